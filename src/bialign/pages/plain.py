"""Which lines need no closer look: those with no sign and no word that metadata could begin with.

Most lines of an HTML page are items of its menus; all that can be said of them is where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from bialign.pages import grammar, relative
from bialign.pages.folding import fold
from bialign.pages.phrases import texts
from bialign.pages.tables import labels, role_cues

# Digits, brackets, marks of labels and tags, pictures; or the full stop of a sentence that files an entry.
_SIGN: Final = re.compile("[\\d#:：\t©()\\[\\]/|\u2190-\u2bff\U00010000-\U0010ffff]|\\.$")
# … and what claims of rights hold.
_RIGHTS: Final = tuple(map(fold, ("محفوظة", "محفوظ", "المحفوظة", "reserved")))


def is_plain(text: str, found: Sequence[str]) -> bool:
    """Whether nothing in a line can be a label, a credit, a date, a tag or a claim of rights.

    Args:
        text: the line.
        found: its folded words.

    >>> is_plain("خرج الناس", ["خرج", "الناس"]), is_plain("ترجمة علي", ["ترجمه", "علي"])
    (True, False)
    """
    first, anywhere = _signals()
    return bool(found) and found[0] not in first and anywhere.isdisjoint(found) and _SIGN.search(text) is None


@cache
def _signals() -> tuple[frozenset[str], frozenset[str]]:
    """Folded words that begin labels, and such as stand in every credit, date or claim without a sign."""
    dated = {word for cue in grammar.cues() for word in texts(cue)[:1]}
    return labels().firsts | dated, role_cues().firsts.union(relative.DAY_WORDS, _RIGHTS)
