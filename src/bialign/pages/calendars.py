"""Month and weekday names of the Arab press, and days of the Gregorian and the Hijri calendar.

Gregorian names come from CLDR through Babel (Egyptian and Gulf, Levantine, Maghrebi, Moroccan,
Mauritanian; English; French, which Maghrebi sites mix in); ``resources/dates.tsv`` adds spellings
and short forms that CLDR lacks, and the Hijri months in both scripts. Hijri days are reckoned by
the Umm al-Qura calendar of Saudi Arabia (hijridate), years 1343 to 1500.
"""

from __future__ import annotations

import datetime as dt
import importlib.resources
import re
from collections.abc import Iterable
from functools import cache
from typing import Any, Final, Literal

import regex
from babel import Locale
from hijridate import Gregorian, Hijri

from bialign.pages.shadow import shadow

Calendar = Literal["gregorian", "hijri"]

#: First and last Gregorian year a page may name: the calendar's own start, and a round future.
FIRST_YEAR: Final = 1583
LAST_YEAR: Final = 2100
#: First and last Hijri year of the Umm al-Qura tables.
HIJRI_YEARS: Final = (1343, 1500)
_LOCALES: Final = ("ar", "ar_SY", "ar_TN", "ar_DZ", "ar_MA", "ar_MR", "en", "fr")
_JOINS: Final = re.compile(r"[\s'\-.]+")


@cache
def table(kind: str) -> tuple[tuple[str, str], ...]:
    """The rows of ``resources/dates.tsv`` of one kind, as ``(value, folded word)``."""
    lines = (
        importlib.resources.files("bialign.resources").joinpath("dates.tsv").read_text("utf-8").splitlines()
    )
    rows = (line.split("\t") for line in lines[1:])
    return tuple((row[1], shadow(word).text) for row in rows if row[0] == kind for word in row[2].split("|"))


def key(word: str) -> str:
    """What a folded name is looked up by: no spaces, apostrophes, hyphens or dots.

    >>> key("sha'ban"), key("تشرين  الاول")
    ('shaban', 'تشرينالاول')
    """
    return _JOINS.sub("", word)


def alternation(words: Iterable[str]) -> str:
    """A pattern for any of the folded ``words``, longest match first, spaces and apostrophes loose.

    The words share their beginnings (a trie), so that trying the pattern costs a few comparisons.

    >>> alternation(["may", "mar", "march"])
    '(?:ma(?:r(?:ch)?|y))'
    """
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for char in word:
            node = node.setdefault(_loose(char), {})
        node[""] = {}
    return f"(?:{_branches(root)})"


def _branches(node: dict[str, Any]) -> str:
    options = [atom + _branches(node[atom]) for atom in sorted(node) if atom]
    if not options:
        return ""
    if len(options) == 1 and "" not in node:
        return options[0]
    return f"(?:{'|'.join(options)})" + ("?" if "" in node else "")


def _loose(char: str) -> str:
    if char == " ":
        return r"[\s'\-]{0,3}"
    return "'?" if char == "'" else regex.escape(char, literal_spaces=True)


@cache
def month_words() -> tuple[tuple[str, Calendar, int], ...]:
    """Every month name as ``(folded word, calendar, number)``."""
    words: list[tuple[str, Calendar, int]] = []
    for name in _LOCALES:
        months = Locale.parse(name).months
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                words += [(shadow(w).text.strip("."), "gregorian", n) for n, w in months[form][width].items()]
    words += [(word, "gregorian", int(value)) for value, word in table("gregorian")]
    words += [(word, "hijri", int(value)) for value, word in table("hijri")]
    return tuple(dict.fromkeys(words))


@cache
def months() -> dict[str, tuple[Calendar, int]]:
    """Month names by ``key``; a name in both calendars (none today) counts as Gregorian."""
    found: dict[str, tuple[Calendar, int]] = {}
    for word, calendar, number in month_words():
        found.setdefault(key(word), (calendar, number))
    return found


@cache
def _weekday_numbers() -> dict[str, int]:
    """Weekday names as folded words, Monday 0."""
    found = {word: int(value) for value, word in table("weekday")}
    for name in ("ar", "en", "fr"):
        for width in ("wide", "abbreviated"):
            for number, word in Locale.parse(name).days["format"][width].items():
                found[shadow(word).text.strip(".")] = number
    return found


def weekday_words() -> tuple[str, ...]:
    """Every weekday name as a folded word."""
    return tuple(_weekday_numbers())


@cache
def weekdays() -> dict[str, int]:
    """Weekday names by ``key``, Monday 0, as in ``datetime.date.weekday``."""
    return {key(word): number for word, number in _weekday_numbers().items()}


def day_of(calendar: Calendar, year: int, month: int, day: int) -> dt.date | None:
    """The Gregorian day of a date in either calendar; null where there is no such day.

    Args:
        calendar: which calendar the numbers are of.
        year: the year as written.
        month: its month.
        day: its day of the month.

    >>> day_of("hijri", 1439, 8, 22)
    datetime.date(2018, 5, 8)
    >>> day_of("gregorian", 2018, 2, 30) is None
    True
    """
    try:
        if calendar == "gregorian":
            return dt.date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
        plain = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return dt.date(plain.year, plain.month, plain.day)


def hijri_of(day: dt.date) -> tuple[int, int, int] | None:
    """The Umm al-Qura year, month and day of a Gregorian day; null outside the tables.

    >>> hijri_of(dt.date(2018, 5, 8))
    (1439, 8, 22)
    """
    try:
        hijri = Gregorian(day.year, day.month, day.day).to_hijri()
    except (ValueError, OverflowError):
        return None
    return hijri.year, hijri.month, hijri.day
