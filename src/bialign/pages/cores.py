"""From matches of the date grammar to days: number order, calendars, weekdays, times.

A core is a day, month and year in any order with what belongs to it: weekday, mark of the era,
time and, after ``الموافق`` or a dash, the same day in the other calendar.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Literal

from bialign.pages import grammar
from bialign.pages.calendars import (
    FIRST_YEAR,
    HIJRI_YEARS,
    LAST_YEAR,
    Calendar,
    day_of,
    hijri_of,
    key,
    months,
    weekdays,
)
from bialign.pages.clock import Clock, read_time
from bialign.pages.shadow import Shadow

Order = Literal["day", "month"]

#: How far before a core its weekday and its time may begin, in characters.
_REACH = 48


@dataclass(frozen=True, slots=True)
class Option:
    """One way to read the numbers of a core.

    Args:
        day: the Gregorian day.
        reason: which order or calendar was read.
        order: ``day`` or ``month`` first, for all-digit dates.
        warnings: what does not agree.
    """

    day: dt.date
    reason: str
    order: Order | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Core:
    """A date in a shadow: its span, the ways to read it, its weekday and time.

    Args:
        start, end: positions in the shadow.
        options: readings, the habit of the region first; empty without a year.
        calendar: which calendar its numbers are of.
        weekday: Monday 0, null where none is named.
        clock: the time of day beside it.
        yearless: month and day where no year is written.
        weak: a two-digit year, which needs a cue, a weekday or a time to count.
    """

    start: int
    end: int
    options: tuple[Option, ...]
    calendar: Literal["gregorian", "hijri", "both"]
    weekday: int | None = None
    clock: Clock | None = None
    yearless: tuple[int, int] | None = None
    weak: bool = False


def find_cores(shade: Shadow, *, yearless: bool = False) -> list[Core]:
    """The cores of a shadow in order, calendars joined, weekdays and times attached.

    Args:
        shade: the folded stretch.
        yearless: keep days and months without a year too.
    """
    text = shade.text
    found: list[Core] = []
    for match in grammar.seed().finditer(text):
        floor = found[-1].end if found else 0
        if match.start() < floor:
            continue
        core = _named(match, text, floor, shaped=shade.shaped) if match["mon"] else _digits(match)
        if core is None or (core.yearless and not yearless):
            continue
        core = _with_weekday(core, text, floor)
        last = found[-1] if found else None
        if last and _same_day(last, core, text):
            core = _joined(found.pop(), core)
        found.append(_with_time(core, text, found[-1].end if found else 0))
    return found


def _same_day(first: Core, second: Core, text: str) -> bool:
    if {first.calendar, second.calendar} != {"gregorian", "hijri"}:
        return False
    gap = grammar.same_day().fullmatch(text, first.end, second.start)
    return gap is not None and (first.clock is None or gap["said"] is not None)


def _named(match: re.Match[str], text: str, floor: int, *, shaped: bool) -> Core | None:
    """The core around a month's name: ``12 May 2018``, ``May 12, 2018``, ``2018 May 12``."""
    calendar, month = months()[key(match["mon"])]
    left = text[max(floor, match.start() - _REACH) : match.start()]
    base = match.start() - len(left)
    before = grammar.day_before().search(left)
    words = None if before else grammar.ordinal_before().search(left)
    after = grammar.year_after().match(text, match.end())
    following = None
    start, end = match.start(), match.end()
    year: str | None = None
    if after and after["yy"] and text[match.start() - 1 : match.start()] != "-":
        after = None  # "31 January-15 February" is a stretch of days, "31-Jan-15" a date
    if (before or words) and after:
        start, end = (base + before.start("d")) if before else (base + words.start("dw")), after.end()  # type: ignore[union-attr]  # one of the two matched
        day, year = (before["d"] if before else words["dw"]), after["y"] or after["yy"] or after["yz"]  # type: ignore[index]  # as above
    elif (following := grammar.day_after().match(text, match.end())) and following["y"]:
        day, year, end = following["d"], following["y"], following.end()
    elif before and before["y"]:
        day, year, start = before["d"], before["y"], base + before.start("y")
    elif following and (earlier := grammar.year_before().search(left[-12:])):
        day, year, end = following["d"], earlier["y"], following.end()
        start = base + max(0, len(left) - 12) + earlier.start("y")
    elif before:
        day, start = before["d"], base + before.start("d")
    elif following:
        day, end = following["d"], following.end()
    else:
        return None
    if mark := grammar.mark_after().match(text, end):
        end = mark.end()
    turned = shaped and year is not None and _turned(year)
    number = (
        grammar.ORDINALS.index(grammar.cue_key(day)) + 1
        if not day.isdecimal()
        else int(day[::-1] if turned else day)
    )
    if year is None:
        return Core(start, end, (), calendar, yearless=(month, number))
    plain = day_of(calendar, _year(year, turned=turned), month, number)
    if plain is None:
        return None
    warnings: tuple[str, ...] = ()
    if match["mon2"] and months()[key(match["mon2"])] != (calendar, month):
        warnings = ("the two month names differ",)
    clock = None
    if following and following["clock"] and year == following["y"]:
        hour, minute, second = map(int, following["clock"].split(":"))
        clock = Clock(hour, minute, second)
    return Core(start, end, (Option(plain, f"{calendar} month name", None, warnings),), calendar, clock=clock)


def _digits(match: re.Match[str]) -> Core | None:
    """The core of three joined numbers."""
    first, second, third = match["a"], match["b"], match["c"]
    short = False
    orders: list[tuple[str, Order | None, int, int]]
    if len(first) == 4 and len(third) <= 2:
        year = int(first)
        orders = [
            ("year first", None, int(second), int(third)),
            ("year, day, month", None, int(third), int(second)),
        ]
    elif len(first) <= 2 and len(third) != 1:
        short = len(third) == 2
        year = _year(third)
        orders = [
            ("day first", "day", int(second), int(first)),
            ("month first", "month", int(first), int(second)),
        ]
    else:
        return None
    mark = grammar.mark_after().match(match.string, match.end())
    calendar: Calendar = "hijri" if HIJRI_YEARS[0] <= year <= HIJRI_YEARS[1] else "gregorian"
    if not short and not 1900 <= year <= LAST_YEAR and calendar == "gregorian":
        return None
    options = [
        Option(plain, f"{calendar} digits, {reason}", order)
        for reason, order, month, day in orders
        if (plain := day_of(calendar, year, month, day))
    ]
    if len(first) == 4:
        options = options[:1]
    if not options:
        return None
    return Core(match.start(), mark.end() if mark else match.end(), tuple(options), calendar, weak=short)


def _turned(year: str) -> bool:
    """Whether a year makes sense only read from its other end, as in text stored in visual order."""
    if len(year) != 4 or _sensible(int(year)):
        return False
    return _sensible(int(year[::-1]))


def _sensible(year: int) -> bool:
    return FIRST_YEAR <= year <= LAST_YEAR or HIJRI_YEARS[0] <= year <= HIJRI_YEARS[1]


def _year(digits: str, *, turned: bool = False) -> int:
    number = int(digits[::-1] if turned else digits)
    if len(digits) == 4:
        return number
    return 2000 + number if number < 50 else 1900 + number


def _with_weekday(core: Core, text: str, floor: int) -> Core:
    left = text[max(floor, core.start - 32) : core.start]
    match = grammar.weekday_before().search(left)
    if match is None:
        return core
    start = core.start - len(left) + match.start()
    return replace(core, start=start, weekday=weekdays()[key(match["wd"])])


def _with_time(core: Core, text: str, floor: int) -> Core:
    """The core with the time and weekday that stand after it, or a time that stands before it."""
    if core.clock is not None:
        return core
    after = grammar.time_after().match(text, core.end)
    clock = read_time(after) if after else None
    if after and clock:
        named = weekdays()[key(after["wd"])] if after["wd"] else None
        return replace(core, end=after.end(), clock=clock, weekday=_either(core.weekday, named))
    if core.weekday is None and (day := grammar.weekday_after().match(text, core.end)):
        core = replace(core, end=day.end(), weekday=weekdays()[key(day["wd"])])
    left = text[max(floor, core.start - _REACH) : core.start]
    if not any(c.isdecimal() for c in left):
        return core
    before = grammar.time_before().search(left)
    clock = read_time(before) if before else None
    if before and clock:
        return replace(core, start=core.start - len(left) + before.start(), clock=clock)
    return core


def _joined(first: Core, second: Core) -> Core:
    """One core of the same day in both calendars; the Gregorian wins, disagreement is noted."""
    plain, hijri = (first, second) if first.calendar == "gregorian" else (second, first)
    clock = first.clock or second.clock
    whole = replace(
        plain, clock=clock, start=first.start, end=second.end, weekday=_either(first.weekday, second.weekday)
    )
    if not plain.options or not hijri.options:
        return whole
    days = {o.day for o in hijri.options}
    options = sorted(plain.options, key=lambda o: o.day not in days)
    note: tuple[str, ...] = ()
    if options[0].day not in days:
        lunar = hijri_of(options[0].day)
        said = "-".join(map(str, lunar)) if lunar else "no such day"
        note = (f"the Hijri date beside it is of another day (Umm al-Qura has {said})",)
    options = [
        replace(o, reason=f"{o.reason}, beside a Hijri date", warnings=o.warnings + note) for o in options
    ]
    return replace(whole, options=tuple(options), calendar="both", weak=False)


def _either(a: int | None, b: int | None) -> int | None:
    return b if a is None else a


def choose(core: Core, now: dt.datetime | None, day_first: bool | None, *, supported: bool) -> Option | None:
    """The reading of a core that its surroundings support.

    Args:
        core: the core.
        now: the crawl time, where known.
        day_first: the site's order of all-digit dates, where known.
        supported: whether a cue of publication or update stands beside it.

    Returns:
        The reading with its reason; null where the numbers are no date.
    """
    held = supported or core.weekday is not None or core.clock is not None
    if not core.options:
        return _without_year(core, now) if held and now and core.calendar == "gregorian" else None
    if core.weak and not held:
        return None
    options = core.options
    if len(options) == 1:
        return options[0]
    if len({o.day for o in options}) == 1:
        return replace(options[0], order=None)
    by_weekday = [o for o in options if o.day.weekday() == core.weekday]
    if len(by_weekday) == 1:
        return replace(by_weekday[0], reason=f"{by_weekday[0].reason} by its weekday")
    if core.calendar == "both" and not options[0].warnings:
        return options[0]
    if day_first is not None:
        chosen = next((o for o in options if o.order == ("day" if day_first else "month")), options[0])
        return replace(chosen, reason=f"{chosen.reason} as on the site's other pages", order=None)
    if now is not None:
        past = [o for o in options if o.day <= now.date() + dt.timedelta(days=1)]
        if len(past) == 1:
            return replace(past[0], reason=f"{past[0].reason}, the other order is after the crawl")
    return replace(options[0], reason=f"{options[0].reason} by the habit of the region", order=None)


def _without_year(core: Core, now: dt.datetime) -> Option | None:
    if core.yearless is None:
        return None
    month, day = core.yearless
    years = (now.year, now.year - 1)
    past = [p for year in years if (p := day_of("gregorian", year, month, day)) and p <= now.date()]
    fitting = [p for p in past if core.weekday in (None, p.weekday())] or past
    if not fitting:
        return None
    return Option(
        fitting[0], "no year, the last such day before the crawl", None, ("the year is not written",)
    )
