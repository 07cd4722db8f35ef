"""Dates told by their distance from now: ``منذ ٥ ساعات``, ``2 days ago``, ``أمس 11:20``.

They are resolved only against a time of crawl that the input gives; without one they stay null.
The patterns read a shadow (``pages.shadow``).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from bialign.pages.calendars import alternation, key, table, weekday_words, weekdays
from bialign.pages.clock import Clock, offset_at, read_time, time_pattern

_LETTER: Final = r"[^\W\d_]"
_THREE_TO_TEN: Final = ("ثلاث", "اربع", "خمس", "ست", "سبع", "ثماني", "تسع", "عشر")
_ONE_TO_TEN: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBERS: Final = (
    {word + end: n for n, word in enumerate(_THREE_TO_TEN, 3) for end in ("", "ه")}
    | {word: n for n, word in enumerate(_ONE_TO_TEN, 1)}
    | {"ثمان": 8, "عشرين": 20, "ثلاثين": 30, "a": 1, "an": 1}
)
_DAYS_BACK: Final = {
    "قبل امس": 2,
    "قبل يوم امس": 2,
    "اول امس": 2,
    "امس": 1,
    "البارحه": 1,
    "اليوم": 0,
    "the day before yesterday": 2,
    "day before yesterday": 2,
    "yesterday": 1,
    "today": 0,
}
_NOW: Final = ("الان", "قبل لحظات", "منذ لحظات", "just now", "right now", "now")
_LAST: Final = {
    "last week": (1, "weeks"),
    "last month": (1, "months"),
    "last year": (1, "years"),
    "الاسبوع الماضي": (1, "weeks"),
    "الشهر الماضي": (1, "months"),
    "العام الماضي": (1, "years"),
    "السنه الماضيه": (1, "years"),
}
_SHORT: Final = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks", "mo": "months", "y": "years"}


#: Folded words of which a relative date has one at least.
DAY_WORDS: Final = frozenset(("منذ", "قبل", "اليوم", "امس", "ago", "yesterday", "today"))
#: What a relative date has in the untouched text.
_ANCHORS: Final = re.compile(r" ago|(?:yester|to)day|منذ|مُنذ|مُنْذُ|قبل |[أا]مس|اليوم|البارحة", re.IGNORECASE)


def anchors(text: str) -> Iterator[tuple[int, int]]:
    """Where the untouched text has a word of a relative date, in text order."""
    return (match.span() for match in _ANCHORS.finditer(text))


@cache
def pattern() -> re.Pattern[str]:
    """A relative date where it stands; groups ``n unit``, ``n2 unit2`` (a second part), ``day``, ``time``."""
    units = alternation(w for _, w in table("unit"))
    numbers = alternation(_NUMBERS)
    more = (
        rf"\s?,?\s?(?:و|and)?\s?(?P<{{}}>\d{{{{1,3}}}}|{numbers})\s{{{{1,2}}}}(?P<{{}}>{units})(?!{_LETTER})"
    )
    return re.compile(
        rf"""(?<![^\W_])(?<!\d[,.])(?:
          (?P<day>{alternation(_DAYS_BACK)})(?!{_LETTER})
            (?:[\ ,|\-()\[\];:.]{{0,5}}(?P<time>{time_pattern()}))?
         |(?:منذ|قبل)\s{{1,2}}(?:(?:حوالي|نحو|اكثر\ من|اقل\ من)\s)?
            (?:(?P<n>\d{{1,3}}|{numbers})\s{{1,2}})?(?P<unit>{units})(?!{_LETTER})
            (?:{more.format("n2", "unit2")})?
         |(?P<en>\d{{1,3}}|{numbers})\s{{1,2}}(?P<eunit>{units})(?!{_LETTER})
            (?:{more.format("en2", "eunit2")})?\s{{1,2}}ago(?!{_LETTER})
         |(?P<sn>\d{{1,3}})\s?(?P<short>m|h|d|w|mo|y)\sago(?!{_LETTER})
        )""",
        re.VERBOSE,
    )


def is_day_word(match: re.Match[str]) -> bool:
    """Whether a match is only ``today`` or ``yesterday``, words that stories use too."""
    return match["day"] is not None and match["time"] is None


def _count(number: str | None, unit: str) -> int:
    """How many: the number written, else two for a dual and one for a singular."""
    if number:
        return int(number) if number.isdecimal() else _NUMBERS[number]
    return 2 if unit.endswith("ين") and unit != "سنين" else 1


def _amounts(match: re.Match[str]) -> list[tuple[int, str]]:
    if match["short"]:
        return [(int(match["sn"]), _SHORT[match["short"]])]
    names = {word: value for value, word in table("unit")}
    groups = (("n", "unit"), ("n2", "unit2"), ("en", "eunit"), ("en2", "eunit2"))
    return [(_count(match[n], match[unit]), names[match[unit]]) for n, unit in groups if match[unit]]


def resolve(match: re.Match[str], now: dt.datetime) -> str | None:
    """The ISO stamp of a match of ``pattern`` at the time of a crawl; null beyond the calendar.

    Minutes and hours give a time to the minute, in the crawl's own zone; the rest give a day.

    Args:
        match: a match of ``pattern``.
        now: the time of the crawl.
    """
    if match["day"]:
        clock = read_time(match) if match["time"] else None
        return _at(back(now, _DAYS_BACK[" ".join(match["day"].split())], "days"), clock)
    moment: dt.datetime | None = now
    fine = False
    for amount, unit in _amounts(match):
        moment = moment and back(moment, amount, unit)
        fine |= unit in ("seconds", "minutes", "hours")
    if moment is None:
        return None
    return moment.isoformat(timespec="minutes") if fine else moment.date().isoformat()


def _at(moment: dt.datetime | None, clock: Clock | None) -> str | None:
    if moment is None or clock is None:
        return moment.date().isoformat() if moment else None
    exact = dt.datetime.combine(moment.date(), dt.time(clock.hour, clock.minute, clock.second or 0))
    return exact.isoformat(timespec="minutes" if clock.second is None else "seconds") + offset_at(
        clock.zone, exact
    )


def back(now: dt.datetime, amount: int, unit: str) -> dt.datetime | None:
    """A moment so many units before another (after it where negative); null beyond the calendar.

    Args:
        now: the moment to count from.
        amount: how many.
        unit: ``seconds`` to ``years``; a month ends no later than its last day.

    >>> back(dt.datetime(2018, 3, 31), 1, "months")
    datetime.datetime(2018, 2, 28, 0, 0)
    """
    try:
        if unit not in ("months", "years"):
            return now - dt.timedelta(**{unit: amount})
        months = now.year * 12 + now.month - 1 - amount * (12 if unit == "years" else 1)
        first = now.replace(year=months // 12, month=months % 12 + 1, day=1)
        after = (first + dt.timedelta(days=31)).replace(day=1)
    except (ValueError, OverflowError):
        return None
    return first.replace(day=min(now.day, (after - dt.timedelta(days=1)).day))


@cache
def _field() -> re.Pattern[str]:
    weekday = alternation(weekday_words())
    units = alternation(w for _, w in table("unit"))
    return re.compile(
        rf"(?P<now>{alternation(_NOW)})|(?P<next>غدا|tomorrow)|(?P<last>{alternation(_LAST)})"
        rf"|(?:بعد|in)\s{{1,2}}(?:(?P<n>\d{{1,3}}|{alternation(_NUMBERS)})\s{{1,2}})?(?P<unit>{units})"
        rf"|(?:last\s|يوم\s)?(?P<wd>{weekday})(?:\sالماضي)?"
    )


def read_field(text: str, now: dt.datetime) -> str | None:
    """The stamp of a whole field that is a relative date no running text should be searched for.

    Args:
        text: a field's shadow, nothing else in it.
        now: the time of the crawl.

    Returns:
        The stamp, or null where the field is no such date.

    >>> read_field("tomorrow", dt.datetime(2018, 2, 28)), read_field("الاثنين", dt.datetime(2018, 2, 15))
    ('2018-03-01', '2018-02-12')
    """
    match = _field().fullmatch(text.strip(" .:,-|"))
    if match is None:
        return None
    if match["now"]:
        return now.isoformat(timespec="minutes")
    if match["wd"]:
        days = (now.weekday() - weekdays()[key(match["wd"])] - 1) % 7 + 1
        return _at(back(now, days, "days"), None)
    if match["last"]:
        return _at(back(now, *_LAST[" ".join(match["last"].split())]), None)
    if match["next"]:
        return _at(back(now, -1, "days"), None)
    names = {word: value for value, word in table("unit")}
    ahead = back(now, -_count(match["n"], match["unit"]), names[match["unit"]])
    fine = names[match["unit"]] in ("seconds", "minutes", "hours")
    if ahead is None:
        return None
    return ahead.isoformat(timespec="minutes") if fine else ahead.date().isoformat()
