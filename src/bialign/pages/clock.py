"""Times of day and time zones in date lines: ``11:29:33 ص``, ``الساعة 5 مساءً``, ``GMT+0400``.

The pattern reads a shadow (``pages.shadow``) and is bounded: it looks at no more than some eighty
characters from where it is tried, so scanning with it is linear.
"""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo
from dataclasses import dataclass
from functools import cache
from typing import Final

from bialign.pages.calendars import alternation, key, table

_NO_LETTER: Final = r"(?![^\W\d_])"
_SURE_HALF: Final = (
    r"صباحا|الصبح|مساء|ظهرا|بعد\s{1,2}الظهر|قبل\s{1,2}الظهر|الظهر|عصرا|العصر|فجرا|ليلا|[ap]\.?\s?m\.?"
)
_HALF: Final = rf"(?:{_SURE_HALF}|ص|م){_NO_LETTER}"
_ZONE_KINDS: Final = ("zone", "code", "offset")
_MORNING: Final = ("صباحا", "الصبح", "ص", "قبلالظهر", "فجرا", "am")
_EVENING: Final = ("مساء", "م", "بعدالظهر", "عصرا", "العصر", "pm")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as a text states it.

    Args:
        hour, minute: 24-hour clock.
        second: null where the text has none.
        zone: ``+HH:MM``, an IANA zone name, or null where the text names none.
    """

    hour: int
    minute: int
    second: int | None
    zone: str | None = None


@cache
def time_pattern() -> str:
    """The pattern of a time of day with its half of the day and its zone.

    Groups: ``tcue`` and ``tpre`` before it; ``th tm ts`` with colons, ``dh dm`` with a dot, ``oh``
    an hour alone; ``thalf``; ``zpre`` a zone before it, ``tz`` after it with ``zplus zh zm``, ``tc`` a
    city's time, ``tp`` a city in brackets, ``gplus gh gm`` an offset before GMT,
    ``oplus ooh oom`` a bare one.
    """
    zones = alternation(w for kind in _ZONE_KINDS for _, w in table(kind))
    codes = alternation(w for kind in ("code", "offset") for _, w in table(kind) if w.isascii())
    local = alternation(w for _, w in table("local"))
    return rf"""
    (?:(?P<tcue>(?:(?:في|علي|عند|الي)\ )?(?:تمام\ )?الساعه|at|@|في|وقت|س|علي|الي|time|الوقت)
      \s{{0,2}}[:]?\s{{0,3}})?
    (?:(?P<zpre>{codes})\s{{1,2}})?
    (?:(?P<tpre>{_HALF})\s?)?
    (?:(?<![\d.:])|(?<=(?:19|20)\d\d))
    (?:(?P<th>\d{{1,2}})\s?:\s?(?P<tm>[0-5]\d)(?:\s?:\s?(?P<ts>[0-5]\d)(?:\.\d{{1,9}})?)?
      |(?P<dh>\d{{1,2}})[.h](?P<dm>[0-5]\d)(?=\s?(?:{_HALF}|gmt|utc|[)\n]|$|بتوقيت))
      |(?P<oh>\d{{1,2}})(?=\s?(?:{_HALF}|بتوقيت|[)\n|,.]|$)))
    (?![\d:]|[.\-/]\d)
    (?:\s{{0,2}}(?P<thalf>{_HALF}))?
    (?:\s{{0,2}}[(\[,\-|]?\s{{0,2}}
      (?:{local}{_NO_LETTER}
        |(?P<tz>(?:ب|حسب\ |بحسب\ )?(?:ال)?توقيت\s{{1,2}}(?:(?:مدينه|دوله)\ )?{zones}|{codes}){_NO_LETTER}
           (?!\s{{1,2}}\d{{1,2}}:\d)
           (?:\s{{1,2}}(?:standard\ )?time{_NO_LETTER})?
           (?:\s?(?P<zplus>[+\-])\s?(?P<zh>\d{{1,2}}):?(?P<zm>[0-5]\d)?(?!\d))?
         |(?P<tc>{zones})\s{{1,2}}(?:local\ )?time{_NO_LETTER}
         |(?<=[(\[])\s?(?P<tp>{zones})(?=\s?[)\]])
         |(?P<gplus>[+\-])\s?(?P<gh>\d{{1,2}})(?::?(?P<gm>[0-5]\d))?\s?(?:gmt|utc){_NO_LETTER}
         |(?P<oplus>[+\-])(?P<ooh>\d{{2}}):?(?P<oom>[0-5]\d)(?!\d))
      (?:\s?[)\]])?)?
    """


@cache
def _zones() -> dict[str, str]:
    return {key(word): value for kind in _ZONE_KINDS for value, word in table(kind)}


_ZONE_NOISE: Final = re.compile(r"^(?:ب|حسب\s|بحسب\s)?(?:ال)?توقيت\s+(?:(?:مدينه|دوله)\s)?")


def read_time(match: re.Match[str]) -> Clock | None:
    """The time of day in a match of ``time_pattern``; null where the numbers are none.

    Twelve o'clock with ص is midnight, with م or ظهراً noon; ليلاً is the evening from six on and
    the small hours before. An hour past twelve stands as it is whatever follows it. An hour alone
    counts after ``الساعة`` or ``at``, or before a written-out half of the day.
    """
    half = match["thalf"] or match["tpre"] or ""
    if match["oh"] and not _hour_alone(match, half):
        return None
    hour = int(match["th"] or match["dh"] or match["oh"])
    minute = int(match["tm"] or match["dm"] or 0)
    half = key(half)
    if half in _MORNING:
        hour = hour % 12 if hour <= 12 else hour
    elif half in _EVENING:
        hour = hour % 12 + 12 if hour <= 12 else hour
    elif half in ("ظهرا", "الظهر"):
        hour = hour + 12 if hour < 10 else hour
    elif half == "ليلا":
        hour = hour % 12 if hour in (12, 1, 2, 3, 4, 5) else hour + 12 if 6 <= hour < 12 else hour
    if hour > 23:
        return None
    return Clock(hour, minute, int(match["ts"]) if match["ts"] else None, _zone(match))


def _hour_alone(match: re.Match[str], half: str) -> bool:
    cue = match["tcue"] or ""
    if "الساعه" in cue:
        return True
    return bool(half) and (len(half) > 1 or cue.strip() in ("at", "@"))


def _zone(match: re.Match[str]) -> str | None:
    if match["oplus"]:
        return _offset(match["oplus"], match["ooh"], match["oom"])
    if match["gplus"]:
        return _offset(match["gplus"], match["gh"], match["gm"])
    if match["zplus"]:
        return _offset(match["zplus"], match["zh"], match["zm"])
    name = match["zpre"] or match["tz"] or match["tc"] or match["tp"]
    return _zones().get(key(_ZONE_NOISE.sub("", name))) if name else None


def _offset(sign: str, hours: str, minutes: str | None) -> str | None:
    return f"{sign}{int(hours):02}:{minutes or '00'}" if int(hours) <= 14 else None


def offset_at(zone: str | None, moment: dt.datetime) -> str:
    """The UTC offset ``+HH:MM`` of a zone at a local time; empty where none is known.

    A named zone's offset at a moment comes from the IANA time zone database: the system's, or the
    one of the ``tzdata`` package, which pandas brings with camel-tools.

    Args:
        zone: ``+HH:MM`` or an IANA zone name, as in ``Clock``; null gives the empty string.
        moment: the local time.

    >>> offset_at("Africa/Cairo", dt.datetime(2018, 2, 12, 11, 29))
    '+02:00'
    """
    if zone is None or zone[0] in "+-":
        return zone or ""
    try:
        delta = moment.replace(tzinfo=zoneinfo.ZoneInfo(zone)).utcoffset()
    except zoneinfo.ZoneInfoNotFoundError:
        return ""
    minutes = round(delta.total_seconds() / 60) if delta else 0
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
