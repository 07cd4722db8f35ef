"""The patterns of the date grammar, over the shadow of a text (``pages.shadow``).

A scan looks for what a date cannot lack, a month's name or three numbers joined by one separator;
everything else is matched at a fixed place beside such a find, in slices of bounded length. All
repetitions are bounded, so the time is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from bialign.pages.calendars import alternation, month_words, table, weekday_words
from bialign.pages.clock import time_pattern
from bialign.pages.shadow import ZEROS

#: Marks between a date and its time or weekday, with at most one line end.
_JOINT: Final = r"[\ ,|\-()\[\];:.]{0,5}(?:\n[\ |\-]{0,3})?"
_LETTER: Final = r"[^\W\d_]"
_GAP: Final = r"[\s,./\-]{0,4}"
_NTH: Final = r"(?:\s?(?:st|nd|rd|th|er)(?![^\W\d_]))?"
_OF: Final = r"(?:(?:من|of|لشهر|شهر)\s{1,2}){0,2}"
_YEAR_WORD: Final = r"(?:(?:من\s{1,2})?(?:عام|العام|سنه|السنه|لعام|لسنه|of|the\ year|in)\s{1,2})?"
#: A number that is part of a longer one, of a file name, a path or a code is no part of a date.
_GUARD: Final = r"(?<![\da-z_/\\=])(?<!\d[./:\-])(?<![a-z]-)"
_STOP: Final = r"(?!\d(?!\d?:\d\d)|[./\-]\d(?!\d?:\d\d))(?!(?!t\d|a\.?[hd]|h(?![a-z])|gmt|utc|at|by)[a-z_])"

ORDINALS: Final = (
    *("الاول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع", "العاشر"),
    *("الحادي عشر", "الثاني عشر", "الثالث عشر", "الرابع عشر", "الخامس عشر"),
    *("السادس عشر", "السابع عشر", "الثامن عشر", "التاسع عشر", "العشرين"),
    *("الحادي والعشرين", "الثاني والعشرين", "الثالث والعشرين", "الرابع والعشرين", "الخامس والعشرين"),
    *("السادس والعشرين", "السابع والعشرين", "الثامن والعشرين", "التاسع والعشرين", "الثلاثين"),
    "الحادي والثلاثين",
)


#: Marks of direction, which may stand inside a number.
_UNSEEN: Final = "\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069"
_DIGITS: Final = "0-9" + "".join(f"{chr(zero)}-{chr(zero + 9)}" for zero in ZEROS)
_NUMBER: Final = re.compile(rf"[{_DIGITS}][{_DIGITS}{_UNSEEN}]*")
_JOINED: Final = re.compile(rf"[/.\-'’\u060d\u0640\\][\s{_UNSEEN}]{{0,3}}$")


def anchors(text: str, *, yearless: bool) -> Iterator[tuple[int, int]]:
    """Where the untouched text has what a date cannot lack: a year, or two digits after a separator.

    Args:
        text: the untouched text.
        yearless: take any number, since a crawl time can lend a year.
    """
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        digits = end - start
        if digits > 4:
            digits = sum(char.isdecimal() for char in match[0][:16])
        glued = digits in (5, 6) and text[end : end + 1] == ":"  # a year and an hour with nothing between
        if (
            digits == 4
            or glued
            or yearless
            or (digits == 2 and _JOINED.search(text[max(0, start - 4) : start]))
        ):
            yield start, end


@cache
def seed() -> re.Pattern[str]:
    """A month's name, with the other calendar family's name beside it, or three joined numbers."""
    names = alternation(word for word, _, _ in month_words())
    return re.compile(
        rf"""(?<!{_LETTER})(?P<mon>{names})(?!{_LETTER})\.?
          (?:\s?[/()|\-\s]\s?(?P<mon2>{names})(?!{_LETTER})\s?[()]?)?
        |{_GUARD}(?P<a>\d{{1,4}})\ ?(?P<s>[/.\-])
          \ ?(?P<b>\d{{1,2}})\ ?(?P=s)\ ?(?P<c>\d{{4}}|\d{{1,2}}){_STOP}""",
        re.VERBOSE,
    )


@cache
def day_before() -> re.Pattern[str]:
    """A day of the month at the end of a slice, before a month's name, maybe a year before it."""
    weekday = rf"(?:{alternation(weekday_words())}\s?,?\s)?"
    return re.compile(
        rf"(?:(?<!\d)(?P<y>\d{{4}})\s?[\s,]\s?{weekday})?(?:(?<=\d:\d\d-)|{_GUARD})"
        rf"(?P<d>\d{{1,2}}){_NTH}{_GAP}{_OF}$"
    )


@cache
def ordinal_before() -> re.Pattern[str]:
    """A day of the month in words at the end of a slice."""
    return re.compile(rf"(?<!{_LETTER})(?P<dw>{alternation(ORDINALS)})\s{{1,2}}{_OF}$")


@cache
def year_before() -> re.Pattern[str]:
    """A year at the end of a slice, before a month's name."""
    return re.compile(rf"{_GUARD}(?P<y>\d{{4}})[\s,./\-]{{1,4}}$")


@cache
def year_after() -> re.Pattern[str]:
    """A year after a month's name."""
    return re.compile(rf"{_GAP}{_YEAR_WORD}(?:(?P<y>\d{{4}})|(?<=[-'])(?P<yy>\d\d)|\ ?'(?P<yz>\d\d)){_STOP}")


@cache
def day_after() -> re.Pattern[str]:
    """A day of the month after a month's name, and the year where it follows."""
    return re.compile(
        rf"{_GAP}(?:the\s)?(?P<d>\d{{1,2}})(?!\d|:){_NTH}(?:\s{{1,2}}(?P<clock>\d{{2}}:\d{{2}}:\d{{2}})(?=\s\d{{4}}))?"
        rf"(?:{_GAP}{_YEAR_WORD}(?<!\d)(?P<y>\d{{4}}){_STOP})?"
    )


@cache
def mark_after() -> re.Pattern[str]:
    """The mark of an era after a date, or of Greenwich where no time is given."""
    words = r"م|ميلادي(?:ه|ا)?|للميلاد|ه|هجري(?:ه|ا)?|للهجره|من\ الهجره|a\.?d|c\.?e|a\.?h|h|gmt|utc"
    return re.compile(rf"\s{{0,2}}\(?(?P<mark>{words})\.?\)?(?![^\W_])")


@cache
def weekday_before() -> re.Pattern[str]:
    """A weekday at the end of a slice, before a date."""
    return re.compile(
        rf"(?<!{_LETTER})(?:يوم\s{{1,2}})?(?P<wd>{alternation(weekday_words())})(?!{_LETTER})\.?[\s,.|\-/:()]{{0,4}}"
        rf"(?:(?:الموافق|الموافقه|في|on|the|بتاريخ)[\s,:]{{1,3}})?$"
    )


@cache
def weekday_after() -> re.Pattern[str]:
    """A weekday after a date."""
    return re.compile(rf"[\ ,|\-()]{{0,4}}(?P<wd>{alternation(weekday_words())})(?!{_LETTER})\)?")


@cache
def time_after() -> re.Pattern[str]:
    """A time after a date, maybe with a weekday between."""
    weekday = rf"(?:\(?(?P<wd>{alternation(weekday_words())})(?!{_LETTER}){_JOINT})?"
    return re.compile(rf"(?:t|{_JOINT}){weekday}{time_pattern()}", re.VERBOSE)


@cache
def time_before() -> re.Pattern[str]:
    """A time at the end of a slice, before a date."""
    return re.compile(
        rf"(?<!{_LETTER}){time_pattern()}[\ ,|\-();:.]{{0,5}}(?:(?:on|في|يوم|من)\ ){{0,2}}$", re.VERBOSE
    )


@cache
def same_day() -> re.Pattern[str]:
    """What may stand between the two calendars' forms of one day."""
    return re.compile(
        r"[\s,|:()\-/=]{0,5}(?:(?P<said>الموافقه?|موافق|corresponding\sto|i\.?e\.?)[\s,:()\-]{0,4}(?:(?:ليوم|يوم|في|ل)\s?)?)?"
    )


@cache
def cues() -> dict[str, str]:
    """Kind of each cue (``published``, ``updated``, or the kind of another), by its folded words."""
    kinds = ("published", "updated", "other")
    return {cue_key(word): value for kind in kinds for value, word in table(kind)}


def cue_key(words: str) -> str:
    """What a cue is looked up by: single spaces."""
    return " ".join(words.split())


def _cue_words(*kinds: str) -> str:
    words = [w for w, kind in cues().items() if not kinds or kind in kinds]
    return alternation(words)


@cache
def cue_before() -> re.Pattern[str]:
    """A cue at the end of a slice, with what may stand between it and the date."""
    between = r"في|بتاريخ|بواسطه\ [^\n:]{1,40}|by\ [^\n:]{1,40}|يوم|on|at|in|the|هذا|الخبر|المقال"
    return re.compile(
        rf"""(?<![^\W_])(?P<cue>{_cue_words()})(?![^\W_])
        (?P<gap>[\s:,.\-|()\[\]]{{0,8}}(?:(?:{between})[\s:,\-|]{{0,4}}){{0,3}})$""",
        re.VERBOSE,
    )


@cache
def byline_before() -> re.Pattern[str]:
    """``أرسله NAME في`` or ``Submitted by NAME on`` at the end of a slice."""
    verbs = alternation(w for _, w in table("byline"))
    return re.compile(
        rf"(?<![^\W_])(?P<cue>{verbs})\s(?P<gap>[^\n:|,.]{{2,40}}\s(?:في|بتاريخ|يوم|on|at)\s{{1,2}}(?:the\s)?)$"
    )


@cache
def strong_cue() -> re.Pattern[str]:
    """Cues that are labels wherever they stand."""
    return re.compile(r"(?:تم|اخر|تاريخ|وقت|first|last|original)\s|(?:publication|publish|date)\s\w")


@cache
def sentence_goes_on() -> re.Pattern[str]:
    """Untouched text after a date that shows it stands in a sentence."""
    return re.compile(r"[\s,]{0,3}[a-z]{2,}\s.{20}")


@cache
def later_time() -> re.Pattern[str]:
    """After a date: a cue with a time of its own, ``، آخر تحديث 02:21 (GMT+0400)``."""
    words = _cue_words("published", "updated")
    return re.compile(
        rf"{_JOINT}(?P<cue>{words})(?!{_LETTER})[\s:\-]{{0,4}}(?P<time>{time_pattern()})", re.VERBOSE
    )
