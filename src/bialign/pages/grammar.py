"""The date grammar's patterns over folded text, and what each match means.

A core is a day, month and year in any order with what belongs to it: weekday, era mark, time and,
after ``الموافق`` or a dash, the same day in the other calendar. Every quantifier is bounded and
every alternative begins at a digit, a month, a weekday or an ordinal, so a scan is linear.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, Literal

import regex

from bialign.pages.calendars import (
    HIJRI_YEARS,
    LAST_YEAR,
    FIRST_YEAR,
    Calendar,
    alternation,
    day_of,
    hijri_of,
    key,
    month_words,
    months,
    table,
    weekday_words,
    weekdays,
)
from bialign.pages.clock import Clock, read_time, time_pattern
from bialign.pages.shadow import Shadow

_FLAGS: Final = regex.VERSION1 | regex.VERBOSE
#: What may stand between a date and its time or weekday: marks, and at most one line end.
_JOINT: Final = r"[\ ,|\-()\[\];:.]{0,5}(?:\n[\ |\-]{0,3})?"
_ORDINALS: Final = (
    "الاول|الثاني|الثالث|الرابع|الخامس|السادس|السابع|الثامن|التاسع|العاشر|الحادي عشر|الثاني عشر|الثالث عشر"
    "|الرابع عشر|الخامس عشر|السادس عشر|السابع عشر|الثامن عشر|التاسع عشر|العشرين|الحادي والعشرين"
    "|الثاني والعشرين|الثالث والعشرين|الرابع والعشرين|الخامس والعشرين|السادس والعشرين|السابع والعشرين"
    "|الثامن والعشرين|التاسع والعشرين|الثلاثين|الحادي والثلاثين"
).split("|")
_NUMBERS: Final = {
    w: n
    for n, words in enumerate(
        (
            "ثلاث ثلاثه",
            "اربع اربعه",
            "خمس خمسه",
            "ست سته",
            "سبع سبعه",
            "ثماني ثمانيه ثمان",
            "تسع تسعه",
            "عشر عشره",
        ),
        3,
    )
    for w in words.split()
} | {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
DAYS_BACK: Final = {
    "امس": 1, "البارحه": 1, "اول امس": 2, "اليوم": 0, "yesterday": 1, "today": 0, "hier": 1,
}  # fmt: skip


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
    order: Literal["day", "month"] | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Core:
    """A date in folded text: its span, the ways to read it, its weekday and time.

    Args:
        start, end: positions in the folded text.
        options: readings, the habit of the region first; empty without a year.
        calendar: which calendar its numbers are of.
        weekday: Monday 0, null where none is named.
        clock: the time of day beside it.
        yearless: day and month where no year is written.
        weak: a two-digit year that needs a cue, a weekday or a time to count.
    """

    start: int
    end: int
    options: tuple[Option, ...]
    calendar: Literal["gregorian", "hijri", "both"]
    weekday: int | None = None
    clock: Clock | None = None
    yearless: tuple[int, int] | None = None
    weak: bool = False


@cache
def anchor() -> regex.Pattern[str]:
    """What every date has somewhere: a digit, or a word of a relative date."""
    return regex.compile(
        r"\d{1,32}|(?i:\bago\b|\byesterday\b|\btoday\b)|م\p{M}?ن\p{M}?ذ|قبل|[أا]مس|اليوم|البارحة",
        regex.VERSION1,
    )


@cache
def _weekday() -> str:
    return alternation(weekday_words())


@cache
def _core() -> regex.Pattern[str]:
    names = alternation(word for word, _, _ in month_words())
    month = rf"(?P<mon>{names})\.?(?!\p{{L}})(?:\s?[/()|\-\s]\s?(?P<mon2>{names})\s?[()]?(?!\p{{L}}))?"
    ordinals = "|".join(sorted((o.replace(" ", r"\s{1,2}") for o in _ORDINALS), key=len, reverse=True))
    gap = r"[\s,./\-]{0,4}"
    year_word = r"(?:(?:من\s{1,2})?(?:عام|العام|سنه|السنه|لعام|لسنه|of|the\syear|in)\s{1,2})?"
    nth = r"(?:\s?(?:st|nd|rd|th|er))?"
    guard = r"(?<![\d\p{Latin}_])(?<!\d[./:\-])(?<![/\\=]|\p{Latin}-)"
    stop = r"(?!\d|[./\-]\d(?!\d?:\d\d))(?![\p{Latin}_](?<!\dt|\dh|\da))"
    day = rf"{guard}(?P<d>\d{{1,2}}){nth}(?![\d:])"
    year = rf"(?P<y>\d{{4}}){stop}"
    return regex.compile(
        rf"""
        (?:(?<!\p{{L}})(?:يوم\s{{1,2}})?(?P<wd>{_weekday()})\.?(?!\p{{L}})
            [\s,.|\-/:()]{{0,4}}(?:(?:الموافق|الموافقه|في|on|the|بتاريخ)[\s,:]{{1,3}})?)?
        (?:
          {day}{gap}(?:(?:من|of|لشهر|شهر)\s{{1,2}}){{0,2}}{month}{gap}{year_word}(?:{year}|(?P<yy>(?<=[-'])\d\d){stop})
         |(?<!\p{{L}})(?P<dw>{ordinals})(?!\p{{L}})\s{{1,2}}(?:(?:من|لشهر|شهر)\s{{1,2}}){{0,2}}{month}{gap}{year_word}{year}
         |(?<![\p{{L}}\d]){month}{gap}(?P<d>(?<!\d)\d{{1,2}}){nth}(?!\d){gap}{year_word}{year}
         |{guard}(?P<y>\d{{4}})(?!\d){gap}(?<!\d){month}{gap}(?P<d>\d{{1,2}}){nth}{stop}
         |{guard}(?P<y>\d{{4}})(?!\d){gap}(?<=[\s,])(?P<d>\d{{1,2}})\s{{1,2}}{month}
         |{guard}(?P<y>1[3-9]\d\d|20\d\d|2100)\ ?(?P<s>[/.\-])\ ?(?P<n>\d{{1,2}})\ ?(?P=s)\ ?(?P<o>\d{{1,2}}){stop}
         |{guard}(?P<a>\d{{1,2}})\ ?(?P<s>[/.\-])\ ?(?P<b>\d{{1,2}})\ ?(?P=s)\ ?(?:(?P<y>1[3-9]\d\d|20\d\d|2100)|(?P<yy>\d\d)){stop}
         |{day}[\s,.\-]{{0,3}}(?:(?:من|of|لشهر|شهر)\s{{1,2}}){{0,2}}{month}(?!{gap}\d\d)
        )
        (?:\s{{0,2}}\(?(?P<mark>م|ميلادي(?:ه|ا)?|للميلاد|ه|هجري(?:ه|ا)?|للهجره|من\ الهجره|a\.?d|c\.?e|a\.?h|h|gmt|utc)\.?\)?(?![\p{{L}}\d]))?
        """,
        _FLAGS,
    )


@cache
def _time_after() -> regex.Pattern[str]:
    return regex.compile(
        rf"(?:t|{_JOINT})(?:\(?(?P<wd>{_weekday()})(?!\p{{L}}){_JOINT})?{time_pattern()}", _FLAGS
    )


@cache
def _weekday_after() -> regex.Pattern[str]:
    return regex.compile(rf"[\ ,|\-()]{{0,4}}(?P<wd>{_weekday()})\)?(?!\p{{L}})", _FLAGS)


@cache
def _time_before() -> regex.Pattern[str]:
    return regex.compile(
        rf"(?<!\p{{L}}){time_pattern()}[\ ,|\-();:.]{{0,5}}(?:(?:on|في|يوم|من)\s){{0,2}}$", _FLAGS
    )


@cache
def _same_day() -> regex.Pattern[str]:
    """What may stand between the two calendars' forms of one day."""
    return regex.compile(
        r"[\s,|:()\-/=]{0,5}(?:(?:الموافق|موافق|الموافقه|الموافق\sل|corresponding\sto)[\s,:()\-]{0,4}(?:ل|ليوم|في)?\s?)?",
        _FLAGS,
    )


@cache
def cues() -> dict[str, str]:
    """Kind of each cue word, by ``cue_key``."""
    kinds = ("published", "updated", "other")
    return {cue_key(word): value for kind in kinds for value, word in reversed(table(kind))}


def cue_key(word: str) -> str:
    """What a cue is looked up by: single spaces."""
    return " ".join(word.split())


@cache
def _cue_words() -> str:
    words = sorted(cues(), key=lambda w: (-len(w), w))
    return "|".join(regex.escape(w, literal_spaces=True).replace(" ", r"\s{1,3}") for w in words)


@cache
def cue_before() -> regex.Pattern[str]:
    """A cue at the end of a slice, with what may stand between it and the date."""
    return regex.compile(
        rf"""(?<![\p{{L}}\d])(?P<cue>{_cue_words()})(?![\p{{L}}\d])
        (?P<gap>[\s:,.\-|()\[\]]{{0,8}}
          (?:(?:في|بتاريخ|بواسطه\ [^\n:]{{1,40}}|by\ [^\n:]{{1,40}}|يوم|on|at|in|the|هذا|الخبر|المقال)[\s:,\-|]{{0,4}}){{0,3}})$""",
        _FLAGS,
    )


@cache
def strong_cue() -> regex.Pattern[str]:
    """Cues that are labels wherever they stand."""
    return regex.compile(
        r"(?:تم|اخر|تاريخ|وقت|first|last|original)\s|(?:publication|publish|date)\s\w", _FLAGS
    )


@cache
def sentence_goes_on() -> regex.Pattern[str]:
    """Raw text after a date that shows it stands in a sentence."""
    return regex.compile(r"[\s,]{0,3}[a-z]{2,}\s.{20}", _FLAGS)


@cache
def later_time() -> regex.Pattern[str]:
    """After a date: a cue with a time of its own, ``، آخر تحديث 02:21 (GMT+0400)``."""
    labels = [w for w, kind in cues().items() if kind in ("published", "updated")]
    words = "|".join(
        regex.escape(w, literal_spaces=True).replace(" ", r"\s{1,3}")
        for w in sorted(labels, key=len, reverse=True)
    )
    return regex.compile(rf"{_JOINT}(?P<cue>{words})(?!\p{{L}})[\s:\-]{{0,4}}{time_pattern()}", _FLAGS)


@cache
def relative() -> regex.Pattern[str]:
    """A date told by its distance from now."""
    units = alternation(w for _, w in table("unit"))
    numbers = alternation(_NUMBERS)
    days = alternation(DAYS_BACK)
    return regex.compile(
        rf"""(?<![\p{{L}}\d])(?:
          (?:منذ|قبل)\s{{1,2}}(?:(?:حوالي|نحو|اكثر\sمن)\s)?(?:(?P<n>\d{{1,3}}|{numbers})\s{{1,2}})?(?P<unit>{units})(?!\p{{L}})
         |(?P<n>\d{{1,3}}|{numbers})\s{{1,2}}(?P<unit>{units})\s{{1,2}}ago(?!\p{{L}})
         |(?P<day>{days})(?!\p{{L}})(?:{_JOINT}{time_pattern()})?
        )""",
        _FLAGS,
    )


def amount(match: regex.Match[str]) -> tuple[int, str]:
    """How many of which unit (``hours``, ``days`` …) a match of ``relative`` tells."""
    word = match["unit"]
    unit = {w: value for value, w in table("unit")}[" ".join(word.split())]
    if match["n"]:
        return (int(match["n"]) if match["n"].isdecimal() else _NUMBERS[match["n"]]), unit
    return (2 if word.endswith("ين") and word not in ("سنين",) else 1), unit


def cores(folded: Shadow) -> list[Core]:
    """The cores of a folded stretch in order, calendars joined, weekdays and times attached."""
    text = folded.text
    found: list[Core] = []
    for match in _core().finditer(text):
        core = _meaning(match, folded.shaped)
        if core is None:
            continue
        last = found[-1] if found else None
        if last and {last.calendar, core.calendar} == {"gregorian", "hijri"} and last.clock is None:
            gap = _same_day().fullmatch(text, last.end, core.start)
            if gap is not None:
                core = _joined(last, core)
                found.pop()
        found.append(_with_time(core, text, found[-1].end if found else 0))
    return found


def _joined(first: Core, second: Core) -> Core:
    plain, hijri = (first, second) if first.calendar == "gregorian" else (second, first)
    if not plain.options or not hijri.options:
        return replace(
            plain, start=first.start, end=second.end, weekday=_either(first.weekday, second.weekday)
        )
    days = {o.day for o in hijri.options}
    options = sorted(plain.options, key=lambda o: o.day not in days)
    agree = options[0].day in days
    lunar = hijri_of(options[0].day)
    note = () if agree else (f"the Hijri date beside it differs (Umm al-Qura has {lunar})",)
    return replace(
        plain,
        start=first.start,
        end=second.end,
        options=tuple(
            replace(o, reason=o.reason + ", beside a Hijri date", warnings=o.warnings + note) for o in options
        ),
        calendar="both",
        weekday=_either(first.weekday, second.weekday),
    )


def _either(a: int | None, b: int | None) -> int | None:
    return b if a is None else a


def _with_time(core: Core, text: str, floor: int) -> Core:
    """The core with the time and weekday that stand after it, or a time that stands before it."""
    after = _time_after().match(text, core.end)
    clock = read_time(after) if after else None
    if after and clock:
        named = weekdays()[key(after["wd"])] if after["wd"] else None
        return replace(core, end=after.end(), clock=clock, weekday=_either(core.weekday, named))
    if core.weekday is None and (day := _weekday_after().match(text, core.end)):
        core = replace(core, end=day.end(), weekday=weekdays()[key(day["wd"])])
    before = _time_before().search(text, max(floor, core.start - 48), core.start)
    clock = read_time(before) if before else None
    if before and clock:
        return replace(core, start=before.start(), clock=clock)
    return core


def _meaning(match: regex.Match[str], shaped: bool) -> Core | None:
    weekday = weekdays()[key(match["wd"])] if match["wd"] else None
    mark = match["mark"] or ""
    hijri_mark = mark[:1] in ("ه", "h") or "هجر" in mark or mark.replace(".", "") == "ah"
    year = _year(match, shaped)
    if match["mon"]:
        calendar, month = months()[key(match["mon"])]
        day = (
            _ordinal(match["dw"])
            if match["dw"]
            else _digits(match["d"], shaped and year is not None and match["y"] != str(year))
        )
        if year is None:
            if match["y"] or match["yy"]:
                return None
            return Core(match.start(), match.end(), (), calendar, weekday, yearless=(month, day))
        if calendar == "hijri" and year < 100:
            return None
        options = _named(match, calendar, year, month, day)
    elif year is None:
        return None
    else:
        calendar = (
            "hijri"
            if HIJRI_YEARS[0] <= year <= HIJRI_YEARS[1] or (hijri_mark and year < FIRST_YEAR)
            else "gregorian"
        )
        options = _numeric(match, calendar, year)
    if not options:
        return None
    weak = match["mon"] is None and match["yy"] is not None
    return Core(match.start(), match.end(), options, calendar, weekday, weak=weak)


def _digits(number: str, turned: bool) -> int:
    return int(number[::-1] if turned else number)


def _year(match: regex.Match[str], shaped: bool) -> int | None:
    if match["yy"]:
        short = int(match["yy"])
        return 2000 + short if short < 50 else 1900 + short
    if not match["y"]:
        return None
    year = int(match["y"])
    if shaped and not FIRST_YEAR <= year <= LAST_YEAR and not HIJRI_YEARS[0] <= year <= HIJRI_YEARS[1]:
        return int(match["y"][::-1])
    return year


def _ordinal(words: str) -> int:
    return _ORDINALS.index(" ".join(words.split())) + 1


def _named(
    match: regex.Match[str], calendar: Calendar, year: int, month: int, day: int
) -> tuple[Option, ...]:
    plain = day_of(calendar, year, month, day)
    if plain is None:
        return ()
    warnings: tuple[str, ...] = ()
    if match["mon2"] and months()[key(match["mon2"])] != (calendar, month):
        warnings = ("the two month names differ",)
    return (Option(plain, f"{calendar} month name", None, warnings),)


def _numeric(match: regex.Match[str], calendar: Calendar, year: int) -> tuple[Option, ...]:
    if match["n"]:
        first, second = int(match["n"]), int(match["o"])
        orders = [("year first", None, first, second), ("year, day, month", None, second, first)]
        orders = orders[: 1 if day_of(calendar, year, first, second) else 2]
    else:
        first, second = int(match["a"]), int(match["b"])
        orders = [("day first", "day", second, first), ("month first", "month", first, second)]
    options = []
    for reason, order, month, day in orders:
        plain = day_of(calendar, year, month, day)
        if plain is not None:
            options.append(Option(plain, f"{calendar} digits, {reason}", order))  # type: ignore[arg-type]  # literals above
    return tuple(options)


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
    if core.yearless is not None and not core.options:
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
        return replace(by_weekday[0], reason=by_weekday[0].reason + " by its weekday")
    if core.calendar == "both" and not options[0].warnings:
        return options[0]
    if day_first is not None:
        chosen = next((o for o in options if o.order == ("day" if day_first else "month")), options[0])
        return replace(chosen, reason=chosen.reason + " as on the site's other pages", order=None)
    if now is not None:
        past = [o for o in options if o.day <= now.date() + dt.timedelta(days=1)]
        if len(past) == 1:
            return replace(past[0], reason=past[0].reason + ", the other order is after the crawl")
    return replace(options[0], reason=options[0].reason + " by the habit of the region", order=None)


def _without_year(core: Core, now: dt.datetime) -> Option | None:
    assert core.yearless is not None
    month, day = core.yearless
    past = [
        p
        for year in (now.year, now.year - 1)
        if (p := day_of("gregorian", year, month, day)) and p <= now.date()
    ]
    fitting = [p for p in past if core.weekday in (None, p.weekday())]
    if not (fitting or past):
        return None
    return Option(
        (fitting or past)[0],
        "no year, the last such day before the crawl",
        None,
        ("the year is not written",),
    )
