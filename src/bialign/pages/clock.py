"""Times of day and time zones in date lines: ``11:29:33 ص``, ``الساعة 5 مساءً``, ``GMT+0400``.

The patterns read folded text (``pages.shadow``) and are bounded: each looks at no more than some
forty characters from where it is tried, so scanning with them is linear.
"""

from __future__ import annotations

import datetime as dt
import zoneinfo
from dataclasses import dataclass
from functools import cache
from typing import Final

import regex

from bialign.pages.calendars import alternation, key, table

_HALF: Final = (
    r"(?:صباحا|الصبح|ص|مساء|ظهرا|بعد\s{1,2}الظهر|قبل\s{1,2}الظهر|الظهر|عصرا|العصر|فجرا|ليلا|م"
    r"|[ap]\.?\s?m\.?)(?![\p{L}\p{M}])"
)
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
    """The pattern of a time of day with its half of the day and its zone; groups named ``t…``."""
    zones = alternation(w for kind in ("zone", "offset") for _, w in table(kind))
    codes = alternation(w for _, w in table("offset") if w.isascii())
    local = alternation(w for _, w in table("local"))
    return rf"""
    (?:(?P<tcue>(?:في\s)?(?:تمام\s)?(?:عند\s)?الساعه|at|@|في|وقت|س|علي|time|الوقت)\s{{0,2}}[:]?\s{{0,3}})?
    (?:(?P<tpre>{_HALF})\s?)?
    (?<![\d.:])
    (?:(?P<th>\d{{1,2}}) \s?:\s? (?P<tm>[0-5]\d) (?:\s?:\s?(?P<ts>[0-5]\d)(?:\.\d{{1,9}})?)?
      |(?P<th>\d{{1,2}})[.h](?P<tm>[0-5]\d)(?=\s?(?:{_HALF}|gmt|utc|[)\n]|$|بتوقيت))
      |(?P<th>\d{{1,2}})(?=\s?(?:{_HALF}))(?<=(?:الساعه|at|@|في)\s{{0,2}}:?\s{{0,3}}\d{{1,2}}|\d(?=\s?(?:صباحا|مساء|ظهرا|[ap]\.?m)))
      |(?P<th>\d{{1,2}})(?<=الساعه\s{{0,2}}:?\s{{0,3}}\d{{1,2}})(?=\s?(?:بتوقيت|[)\n|,.]|$))
    )
    (?![\d:]|[.\-/]\d)
    (?:\s{{0,2}}(?P<thalf>{_HALF}))?
    (?:\s{{0,2}}[(\[,\-|]?\s{{0,2}}
      (?:(?P<tlocal>{local})(?!\p{{L}})
        |(?P<tz>(?:(?:ب|حسب\s|بحسب\s)?(?:ال)?توقيت\s{{1,2}}(?:(?:مدينه|دوله)\s)?(?:{zones})|(?:{codes}))(?!\p{{L}}))
           (?:\s{{1,2}}(?:standard\s)?time(?!\p{{L}}))?
           (?:\s?(?P<tplus>[+\-])\s?(?P<toh>\d{{1,2}}):?(?P<tom>[0-5]\d)?(?!\d))?
         |(?P<tz>(?:{zones})\s{{1,2}}(?:local\s)?time(?!\p{{L}}))
         |(?P<tz>(?P<tplus>[+\-])(?P<toh>\d{{2}}):?(?P<tom>[0-5]\d)(?!\d)))
      \s?[)\]]?)?
    """


@cache
def _zones() -> dict[str, str]:
    return {key(word): value for kind in ("zone", "offset") for value, word in table(kind)}


_ZONE_NOISE: Final = regex.compile(
    r"^(?:ب|حسب\s|بحسب\s)?(?:ال)?توقيت\s+(?:(?:مدينه|دوله)\s)?|\s(?:local\s)?(?:standard\s)?time$"
)


def read_time(match: regex.Match[str]) -> Clock | None:
    """The time of day in a match of ``time_pattern``; null where the numbers are none.

    Twelve o'clock with ص is midnight, with م or ظهراً noon; ليلاً is the evening from six on and
    the small hours before. An hour past twelve stands as it is whatever follows it.
    """
    hour = int(match["th"])
    minute = int(match["tm"] or 0)
    half = key(match["thalf"] or match["tpre"] or "")
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


def _zone(match: regex.Match[str]) -> str | None:
    if match["tz"] is None:
        return None
    if match["toh"]:
        hours, minutes = int(match["toh"]), int(match["tom"] or 0)
        return f"{match['tplus']}{hours:02}:{minutes:02}" if hours <= 14 else None
    return _zones().get(key(_ZONE_NOISE.sub("", match["tz"])))


def offset_at(zone: str | None, moment: dt.datetime) -> str:
    """The UTC offset ``+HH:MM`` of a zone at a local time; empty where none is known.

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
