"""Dates that a page announces and nobody can read: ``تم النشر بتاريخ : 42 شباط، 11:77 ص``.

The words are passed over as what they are, so that the line's credits and sections still come out,
and the record says that it has no date because this one is broken.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from bialign.pages import grammar
from bialign.pages.calendars import alternation, month_words, weekday_words
from bialign.pages.dates import FoundDate
from bialign.pages.shadow import shadow

_LONGEST: Final = 400
_COLON: Final = re.compile("[:：∶︰]")
_OTHERS: Final = ("gmt", "am", "pm", "ص", "م", "ه", "الساعه", "الموافق")


@cache
def _pattern() -> re.Pattern[str]:
    cues = alternation(word for word, kind in grammar.cues().items() if kind in ("published", "updated"))
    names = [word for word, *_ in month_words()]
    parts = alternation([*names, *weekday_words(), *_OTHERS])
    return re.compile(
        rf"(?<![^\W_])(?P<cue>{cues})(?![^\W_])\s{{0,3}}:\s{{0,3}}"
        rf"(?P<date>(?:{parts})?(?:[\s,.:/\-]{{0,4}}(?:\d{{1,4}}|(?:{parts})(?![^\W_]))){{1,12}})"
    )


def unreadable(text: str) -> FoundDate | None:
    """The first date that a cue with a colon announces, however it is broken.

    Args:
        text: a line in which ``find_dates`` found nothing.

    Returns:
        A date without a stamp and with a warning that names it; null where none is announced.

    >>> unreadable("تم النشر بتاريخ : 42 شباط، 11:77 ص خبر اقتصادي").warnings
    ('the date “42 شباط، 11:77 ص” cannot be read',)
    """
    if len(text) > _LONGEST or not _COLON.search(text):
        return None
    shade = shadow(text)
    match = _pattern().search(shade.text)
    if match is None or not any(char.isdigit() for char in match["date"]):
        return None
    start, end = shade.start(match.start("date")), shade.end(match.end("date"))
    kind = grammar.cues()[grammar.cue_key(match["cue"])]
    return FoundDate(
        start,
        end,
        None,
        "updated" if kind == "updated" else "published",
        "relative",
        "announced, unreadable",
        (f"the date “{text[start:end].strip()}” cannot be read",),
        kind,
        shade.start(match.start("cue")),
    )
