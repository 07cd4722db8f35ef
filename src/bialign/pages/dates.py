"""Dates in Arabic and English news pages: which day and time a line states, and in what role.

The grammar reads both calendars, every family of month names (``pages.calendars``), both orders,
12- and 24-hour clocks with zones (``pages.clock``), pairs joined by ``الموافق`` and dates relative
to the crawl. It looks only at windows around digits and a few words, each pattern is bounded, so
the time is linear in the text. A year alone, a month with a year, a phone number, a score, a price
or a verse is no date.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Final, Literal

from bialign.model import Record
from bialign.pages import grammar, relative
from bialign.pages.clock import Clock, offset_at, read_time
from bialign.pages.cores import Core, choose, find_cores
from bialign.pages.shadow import Shadow, shadow

DateRole = Literal["published", "updated"]
Precision = Literal["day", "minute", "second", "relative"]
CalendarUse = Literal["gregorian", "hijri", "both", "relative"]

#: How far around a digit a date can reach, in characters.
_BEFORE: Final = 112
_SHORT: Final = 48
_AFTER: Final = 90
#: How far before a date its cue word may begin.
_CUE_REACH: Final = 96
#: What a whole field may be, and how the grammar writes it: no separators, spaces, a short year.
_FIELDS: Final = (
    (re.compile(r"^(\d{4})(\d\d)(\d\d)$"), r"\1-\2-\3"),
    (re.compile(r"^(\d{4})(\d\d)(\d\d)t(\d\d)(\d\d)(\d\d)(?=z?$)"), r"\1-\2-\3t\4:\5:\6"),
    (re.compile(r"^(\d{1,4}) (\d{1,2}) (\d{1,4})$"), r"\1-\2-\3"),
    (re.compile(r"^(.{0,40}\d.{0,40}[^\W\d_][ .,])(\d\d)$"), r"\1'\2"),
    (re.compile(r"^([^\W\d_]{3,12}\.? \d{1,2},? )(\d\d)$"), r"\g<1>20\2"),
)
#: A cue in a line longer than this stands in running text.
_LINE: Final = 160


@dataclass(frozen=True, slots=True)
class FoundDate(Record):
    """A date standing in a text.

    Args:
        start, end: code points of the untouched text, weekday, time and zone included, cue left out.
        stamp: ISO 8601 to the day, minute or second as the text has it, with an offset only where
            the text states one; null for a relative date without a crawl time.
        role: ``published`` or ``updated`` where a cue word beside it says so, else null.
        precision: ``day``, ``minute``, ``second``; ``relative`` where nothing could be resolved.
        reason: how it was read, in a few words.
        warnings: what does not agree: weekday, calendars, paired month names.
        cue: ``published``, ``updated`` or the kind of another cue (``version``, ``birth``, ``clock`` …).
        cue_start: where the cue begins, null without one.
        calendar: which calendar the text uses.
        order: for an all-digit date whose order is certain, ``day`` or ``month`` (which comes first).
    """

    start: int
    end: int
    stamp: str | None
    role: DateRole | None
    precision: Precision
    reason: str
    warnings: tuple[str, ...] = ()
    cue: str | None = None
    cue_start: int | None = None
    calendar: CalendarUse = "gregorian"
    order: Literal["day", "month"] | None = None


def find_dates(text: str, *, crawled: str | None = None, day_first: bool | None = None) -> list[FoundDate]:
    """Every date in a text, in text order.

    Args:
        text: any text, lines as they are.
        crawled: ISO 8601 time of the crawl; relative dates and dates without a year are resolved
            against it only.
        day_first: order of all-digit dates on this site where its other pages tell
            (``day_order``); null leaves it to the date itself, its weekday, the crawl time and
            then the habit of the region, day first.

    Returns:
        The dates, none overlapping.

    >>> [(d.stamp, d.role) for d in find_dates("تم النشر بتاريخ : 12 فبراير، 2018 11:29:33 ص")]
    [('2018-02-12T11:29:33', 'published')]
    """
    now = _moment(crawled)
    found: list[FoundDate] = []
    for start, end in _windows(grammar.anchors(text, yearless=now is not None), _BEFORE):
        shade = shadow(text, start, end)
        cores = find_cores(shade, yearless=now is not None)
        for core, after in zip_longest(cores, cores[1:]):
            found += _read(_Place(text, shade, now, day_first), core, after)
    for start, end in _windows(relative.anchors(text), _SHORT):
        found += _relative(_Place(text, shadow(text, start, end), now, day_first))
    return _apart(found)


def parse_date(text: str, *, crawled: str | None = None, day_first: bool | None = None) -> FoundDate | None:
    """The date a line states: one marked as published first, else the first with a stamp.

    Args:
        text: a line or a field that should hold a date.
        crawled: as for ``find_dates``.
        day_first: as for ``find_dates``.

    Returns:
        The date, or null where the text has none. A field that is nothing but a date may also have
        a year of two digits, no separators (``20180212``), or no year where a crawl time lends one.

    >>> parse_date("الأحد، 04 آب/اغسطس 2013").stamp
    '2013-08-04'
    >>> parse_date("2018") is None
    True
    """
    found = find_dates(text, crawled=crawled, day_first=day_first)
    if any(date.stamp for date in found):
        return min(found, key=lambda d: (d.role != "published", d.stamp is None, d.start))
    return _whole(text, _moment(crawled), day_first) or (found[0] if found else None)


def _whole(text: str, now: dt.datetime | None, day_first: bool | None) -> FoundDate | None:
    """The date that a whole field is, in forms that running text has for other things too."""
    content = shadow(text).text.strip(" \n.:,-|") if len(text) <= _LINE else ""
    for form, plain in _FIELDS:
        content = form.sub(plain, content)
    for core in find_cores(Shadow(content, 0, len(content)), yearless=now is not None):
        chosen = choose(core, now, day_first, supported=True)
        if chosen and core.end - core.start == len(content):
            stamp, precision = _stamp(chosen.day, core.clock)
            reason = f"{chosen.reason}, a whole field"
            return FoundDate(
                0, len(text), stamp, None, precision, reason, chosen.warnings, calendar=core.calendar
            )
    told = relative.read_field(content, now) if now else None
    if told is None:
        return None
    reason = "a whole field, relative to the crawl time"
    return FoundDate(0, len(text), told, None, _precision(told), reason, calendar="relative")


def day_order(dates: Iterable[FoundDate]) -> bool | None:
    """What the all-digit dates of a site's pages say about its order.

    Args:
        dates: dates found on several pages of one site.

    Returns:
        True for day first, False for month first, null where they do not tell or disagree evenly.

    >>> day_order(find_dates("نشر في 25/02/2018"))
    True
    """
    votes = [d.order for d in dates if d.order]
    return leading_order(votes.count("day"), votes.count("month"))


def leading_order(day: int, month: int) -> bool | None:
    """Whether the day comes first, by so many dates for either; null where they are even."""
    return day > month if day != month else None


def _moment(crawled: str | None) -> dt.datetime | None:
    if not crawled:
        return None
    try:
        return dt.datetime.fromisoformat(crawled)
    except ValueError:
        seen = [core for core in find_cores(shadow(crawled)) if core.options]
        return dt.datetime.combine(seen[0].options[0].day, dt.time()) if seen else None


def _windows(anchors: Iterable[tuple[int, int]], before: int) -> Iterator[tuple[int, int]]:
    """Stretches in which a date can stand, merged where they touch."""
    start, end = 0, -1
    for first, last in anchors:
        if end < 0 or first - before > end:
            if end >= 0:
                yield start, end
            start = max(0, first - before)
        end = last + _AFTER
    if end >= 0:
        yield start, end


def _apart(found: list[FoundDate]) -> list[FoundDate]:
    """Sorted by place; of two that overlap the one with more to say stays."""
    kept: list[FoundDate] = []
    for date in sorted(found, key=lambda d: (d.start, -d.end)):
        if kept and date.start < kept[-1].end:
            if kept[-1].calendar == "relative" and date.calendar != "relative":
                kept[-1] = date
            continue
        kept.append(date)
    return kept


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a date is being read: the text, the shadow of the stretch, and what the caller knows."""

    text: str
    shade: Shadow
    now: dt.datetime | None
    day_first: bool | None


def _read(place: _Place, core: Core, after: Core | None) -> Iterator[FoundDate]:
    """The date of one core with its time, cue and checks, and a cue with a time that follows it."""
    start, end = place.shade.start(core.start), place.shade.end(core.end)
    cue, cue_start = _cue(place, core.start, end)
    chosen = choose(core, place.now, place.day_first, supported=_role(cue) is not None)
    if chosen is None or cue in ("version", "number"):
        return
    warnings = list(chosen.warnings)
    if core.weekday is not None and chosen.day.weekday() != core.weekday:
        warnings.append(f"the weekday named is not that of {chosen.day.isoformat()}")
    stamp, precision = _stamp(chosen.day, core.clock)
    date = FoundDate(
        start,
        end,
        stamp,
        _role(cue),
        precision,
        chosen.reason + (f", cue {cue}" if cue else ""),
        tuple(warnings),
        cue,
        cue_start,
        core.calendar,
        chosen.order,
    )
    yield date
    later = grammar.later_time().match(place.shade.text, core.end)
    if later is None or (after is not None and after.start < later.end() + 4):
        return
    clock = read_time(later)
    if clock is not None:
        stamp, precision = _stamp(chosen.day, clock)
        kind = grammar.cues()[grammar.cue_key(later["cue"])]
        yield replace(
            date,
            start=place.shade.start(later.start("time")),
            end=place.shade.end(later.end()),
            stamp=stamp,
            role=_role(kind),
            precision=precision,
            reason=f"time beside cue {kind}, day of the date before it",
            cue=kind,
            cue_start=place.shade.start(later.start("cue")),
            order=None,
        )


def _role(cue: str | None) -> DateRole | None:
    if cue == "published":
        return "published"
    return "updated" if cue == "updated" else None


def _precision(stamp: str | None) -> Precision:
    """To what a stamp dates: a day of ten characters, minutes of five more, seconds of three more."""
    if stamp is None:
        return "relative"
    return "day" if len(stamp) == 10 else "second" if stamp[16:17] == ":" else "minute"


def _stamp(day: dt.date, clock: Clock | None) -> tuple[str, Precision]:
    if clock is None:
        return day.isoformat(), "day"
    moment = dt.datetime.combine(day, dt.time(clock.hour, clock.minute, clock.second or 0))
    precision: Precision = "minute" if clock.second is None else "second"
    return moment.isoformat(timespec=f"{precision}s") + offset_at(clock.zone, moment), precision


def _cue(place: _Place, start: int, end: int) -> tuple[str | None, int | None]:
    """The kind of cue that leads to a date, and where it begins.

    ``start`` is the date's start in the shadow, ``end`` its end in the untouched text.
    """
    left = place.shade.text[max(0, start - _CUE_REACH) : start]
    match = grammar.cue_before().search(left) or grammar.byline_before().search(left)
    if match is None:
        return None, None
    kind = grammar.cues().get(grammar.cue_key(match["cue"]), "published")
    if kind in ("published", "updated") and not _labels(place.text, left, match, end):
        return None, None
    return kind, place.shade.start(start - len(left) + match.start("cue"))


def _labels(text: str, left: str, match: re.Match[str], end: int) -> bool:
    """Whether a cue labels the date rather than standing as a verb in a sentence."""
    if ":" in match["gap"] or grammar.strong_cue().match(match["cue"]):
        return True
    stop = text.find("\n", end, end + _LINE)
    rest = text[end : stop if stop >= 0 else end + _LINE]
    ends_line = not rest.strip(" \t\r|-–—•()[]،,")
    before = left[: match.start("cue")].rstrip(" ")
    leads = not before or before[-1] in "\n|-([>" or not (before[-1].isalnum() or before[-1] in ".,;:'\"!?)")
    if leads:
        return ends_line or not grammar.sentence_goes_on().match(rest)
    return ends_line and "\n" in text[max(0, end - _LINE) : end] + "\n" * (end < _LINE)


def _relative(place: _Place) -> Iterator[FoundDate]:
    for match in relative.pattern().finditer(place.shade.text):
        start, end = place.shade.start(match.start()), place.shade.end(match.end())
        cue, cue_start = _cue(place, match.start(), end)
        if relative.is_day_word(match) and not (_role(cue) or _alone(place.text, start, end)):
            continue
        stamp = relative.resolve(match, place.now) if place.now else None
        reason = "relative to the crawl time" if stamp else "relative, and no crawl time is given"
        yield FoundDate(
            start, end, stamp, _role(cue), _precision(stamp), reason, (), cue, cue_start, "relative"
        )


def _alone(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 12) : start].rpartition("\n")[2]
    after = text[end : end + 12].partition("\n")[0]
    return not (before + after).strip(" \t\r|-–—•()[]،,:")
