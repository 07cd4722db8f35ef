"""The date grammar: cases as data, spans, ambiguity, negative cases, round trips, linear time."""

from __future__ import annotations

import datetime as dt
import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bialign.pages.calendars import day_of, hijri_of, month_words, months
from bialign.pages.clock import offset_at
from bialign.pages.dates import day_order, find_dates, parse_date
from bialign.pages.shadow import shadow

CASES = json.loads((Path(__file__).parents[1] / "cases" / "dates.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES["real"], ids=lambda c: c["text"][:40])
def test_real_lines(case):
    found = find_dates(case["text"])
    assert [[d.stamp, d.role] for d in found] == case["dates"]


@pytest.mark.parametrize("case", CASES["composed"], ids=lambda c: c["text"][:40])
def test_composed_lines(case):
    found = parse_date(case["text"], crawled=case.get("crawled"), day_first=case.get("day_first"))
    assert found is not None
    assert found.stamp == case["stamp"], found
    assert found.role == case.get("role")
    assert bool(found.warnings) == case.get("warns", False), found.warnings


@pytest.mark.parametrize("text", CASES["negative"])
def test_no_date(text):
    assert find_dates(text) == []
    assert find_dates(f"قال المصدر إن {text} كان هناك") == []


@pytest.mark.parametrize(
    "case", [c for c in CASES["composed"] if not c.get("alone")], ids=lambda c: c["text"][:40]
)
def test_found_inside_a_page(case):
    """The same stamp amid other text, and a span that holds the date and no neighbour."""
    before, after = "خبر عسكري\n", "\nومضى الناس في طريقهم"
    page = before + case["text"] + after
    found = find_dates(page, crawled=case.get("crawled"), day_first=case.get("day_first"))
    assert case["stamp"] in [d.stamp for d in found]
    date = next(d for d in found if d.stamp == case["stamp"])
    assert date.start >= len(before)
    assert date.end <= len(page) - len(after)
    if date.cue_start is not None:
        assert len(before) <= date.cue_start <= date.start


def test_relative_without_a_crawl_time_is_null():
    found = parse_date("منذ ٥ ساعات")
    assert found is not None
    assert (found.stamp, found.precision, found.calendar) == (None, "relative", "relative")


def test_crawl_time_keeps_its_offset():
    found = parse_date("منذ ساعتين", crawled="2018-02-12T15:00:00+03:00")
    assert found is not None
    assert found.stamp == "2018-02-12T13:00+03:00"


def test_month_before_its_shortest_length():
    found = parse_date("منذ شهر", crawled="2018-03-31")
    assert found is not None
    assert found.stamp == "2018-02-28"


def test_unreadable_crawl_time_resolves_nothing():
    found = parse_date("منذ شهر", crawled="soon")
    assert found is not None
    assert found.stamp is None


@pytest.mark.parametrize(
    ("text", "day_first", "crawled", "stamp", "reason"),
    [
        ("03/04/2018", None, None, "2018-04-03", "habit of the region"),
        ("03/04/2018", False, None, "2018-03-04", "site's other pages"),
        ("03/04/2018", True, None, "2018-04-03", "site's other pages"),
        ("13/04/2018", False, None, "2018-04-13", "day first"),
        ("الأحد 03/04/2018", True, None, "2018-03-04", "by its weekday"),
        ("03/04/2018", None, "2018-03-20", "2018-03-04", "after the crawl"),
        ("04/04/2018", None, None, "2018-04-04", "day first"),
    ],
)
def test_order_of_day_and_month(text, day_first, crawled, stamp, reason):
    found = parse_date(text, day_first=day_first, crawled=crawled)
    assert found is not None
    assert found.stamp == stamp
    assert reason in found.reason


def test_a_site_tells_its_order():
    pages = ["نشر في 05/06/2018", "نشر في 12/25/2018", "نشر في 11/30/2018"]
    dates = [d for page in pages for d in find_dates(page)]
    assert day_order(dates) is False
    assert day_order(find_dates("05/06/2018")) is None


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("الثلاثاء 12 فبراير 2018", "weekday"),
        ("12 شباط/مارس 2018", "month names differ"),
        ("25 شعبان 1439 هـ الموافق 8 مايو 2018 م", "Umm al-Qura has 1439-8-22"),
    ],
)
def test_disagreement_is_noted(text, warning):
    found = parse_date(text)
    assert found is not None
    assert warning in found.warnings[0]


def test_other_cues_are_told():
    (birth,) = find_dates("تاريخ الميلاد: 12/2/1978")
    assert (birth.cue, birth.role) == ("birth", None)
    (clock,) = find_dates("التوقيت: الاثنين 12 فبراير 2018")
    assert (clock.cue, clock.role) == ("clock", None)


def test_levantine_and_hijri_names_are_told_apart():
    assert months()["شباط"] == ("gregorian", 2)
    assert months()["شعبان"] == ("hijri", 8)


def test_no_month_name_has_two_meanings():
    meanings: dict[str, set[tuple[str, int]]] = {}
    for word, calendar, number in month_words():
        meanings.setdefault(word, set()).add((calendar, number))
    assert {w: m for w, m in meanings.items() if len(m) > 1} == {}


def test_unknown_zone_gives_no_offset():
    assert offset_at("Nowhere/At_All", dt.datetime.fromisoformat("2018-02-12T00:00")) == ""
    assert offset_at("Africa/Casablanca", dt.datetime.fromisoformat("2016-07-12T00:00")) == "+01:00"


@given(st.dates(dt.date(1925, 1, 1), dt.date(2075, 1, 1)))
def test_hijri_and_back(day):
    hijri = hijri_of(day)
    assert hijri is not None
    assert day_of("hijri", *hijri) == day


GREGORIAN = [(w, n) for w, calendar, n in month_words() if calendar == "gregorian"]
HIJRI = [(w, n) for w, calendar, n in month_words() if calendar == "hijri"]
DIGITS = ["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"]
FORMS = ["{d} {m} {y}", "{m} {d}, {y}", "{y} {m} {d}", "{d}-{m}-{y}", "{d} {m}، {y}م", "{d} من {m} عام {y}"]


@st.composite
def written(draw):
    """A day in words of one calendar, with marks strewn into it, and the day."""
    year, day = draw(st.integers(1950, 2070)), draw(st.integers(1, 28))
    word, month = draw(st.sampled_from(GREGORIAN))
    expected = dt.date(year, month, day)
    if draw(st.booleans()):
        word, month = draw(st.sampled_from(HIJRI))
        year = draw(st.integers(1350, 1490))
        plain = day_of("hijri", year, month, day)
        assert plain is not None
        expected = plain
    digits = str.maketrans("0123456789", draw(st.sampled_from(DIGITS)))
    text = draw(st.sampled_from(FORMS)).format(d=day, m=word, y=year).translate(digits)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(1, len(text) - 1))
        text = text[:at] + draw(st.sampled_from("\u200f\u200e\u202b\u202c\u061c")) + text[at:]
    return text, expected


@given(
    written(),
    st.sampled_from(["", "خبر ", "قال: ", "(", "\n"]),
    st.sampled_from(["", " خبر", ")", "\n", " |"]),
)
def test_round_trip_of_written_days(case, before, after):
    text, expected = case
    found = find_dates(before + text + after)
    assert [d.stamp for d in found] == [expected.isoformat()]
    assert found[0].start >= len(before)


CLOCKS = [
    "{h12}:{m:02} {half}",
    "{h:02}:{m:02}",
    "الساعة {h12}:{m:02} {half}",
    "{h:02}:{m:02}:{s:02}",
    "- {h:02}:{m:02}",
]


@given(st.datetimes(dt.datetime(1950, 1, 1), dt.datetime(2099, 1, 1)), st.sampled_from(CLOCKS), st.booleans())  # noqa: DTZ001
def test_round_trip_of_clocks(moment, form, east):
    half = "ص" if moment.hour < 12 else "م"
    clock = form.format(
        h=moment.hour, h12=moment.hour % 12 or 12, m=moment.minute, s=moment.second, half=half
    )
    text = f"{moment.day}/{moment.month}/{moment.year} {clock}"
    if east:
        text = text.translate(str.maketrans("0123456789", DIGITS[1]))
    found = parse_date(text)
    assert found is not None
    assert found.stamp == moment.isoformat(timespec="seconds" if "{s" in form else "minutes")


MARKED = st.text(alphabet="12/ اب\u0640\u064b\u200f\ufefb\ufed3\nAﷺ", max_size=20)


@given(MARKED)
def test_shadow_leads_back(text):
    """Every folded character maps to the one it came from (a character-by-character reference)."""
    shade = shadow(text)
    origins = [i for i, c in enumerate(text) for _ in shadow(c).text or ""]
    if len(origins) == len(shade.text):  # a tatweel between digits is a dash only beside them
        for position, origin in enumerate(origins):
            assert shade.start(position) == origin
            assert shade.end(position + 1) > origin


@given(st.text(alphabet="0123456789/-.: \n،فبرايشطمصهـ\u200fay", max_size=200))
def test_any_text_gives_ordered_spans(text):
    found = find_dates(text, crawled="2020-01-01")
    edges = [edge for d in found for edge in (d.start, d.end)]
    assert edges == sorted(edges)
    assert all(0 <= d.start < d.end <= len(text) for d in found)
    assert all(d.stamp is None or dt.datetime.fromisoformat(d.stamp) for d in found)


HOSTILE = [
    "1",
    "12 ",
    "12/",
    "may 1 ",
    "1 may, ",
    "الاثنين 5 ",
    "11:29 ص ",
    "منذ 3 ",
    "2018-02-",
    "1\u200f",
    "1\n",
    "1ـ",
    "تم النشر في ",
    "published by ",
    "12 كانون ",
    "2018 ",
    "نشر بواسطة 2018 ",
    "(",
    "12 فبراير 2018 ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_lines_take_linear_time(piece):
    """A long line of one repeated piece; the bound is wide, quadratic time would be minutes."""
    text = piece * (250_000 // len(piece))
    start = time.process_time()
    find_dates(text, crawled="2020-01-01")
    assert time.process_time() - start < 15


def test_a_line_of_a_megabyte():
    text = "12 فبراير 2018 12/ " * 55_000
    start = time.process_time()
    assert len(find_dates(text)) == 55_000
    assert time.process_time() - start < 40
