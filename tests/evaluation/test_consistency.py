"""Reports on made-up pages with a made-up lexicon."""

from __future__ import annotations

import json

import pytest

from bialign.errors import UsageError
from bialign.evaluation.consistency import consistency
from bialign.evaluation.joining import Speller


@pytest.fixture
def pages(fakes):
    return [
        fakes.page(1, "Hamah, Hamah. Also Al-Hajar.", "سعيد", "2018-03-02"),
        fakes.page(2, "Hama and al-Hajar and al-Hajar.", "محمد", "2018-02-01T10:00:00"),
        fakes.page(3, "Hama in Homs.", None, None),
    ]


@pytest.fixture
def lexicon(fakes, pages):
    entries = [
        fakes.entry("hajar", "الحجر", "al-Hajar", "Al-Hajar"),
        fakes.entry("hama", "حماة", "Hamah", "Hama,", "Hama "),
        fakes.entry("homs", None, "Homs"),
        fakes.entry("other", "غيره", "Elsewhere"),
    ]
    return fakes.FakeLexicon(entries, pages)


def test_names_groups_and_dates(pages, lexicon) -> None:
    report = consistency(pages, lexicon, by="translator")
    hajar = next(name for name in report.names if name.id == "hajar")
    assert [(v.text, v.count, v.first, v.differences) for v in hajar.variants] == [
        ("al-Hajar", 2, "2018-02-01", ()),
        ("Al-Hajar", 1, "2018-03-02", ("case",)),
    ]
    assert hajar.agreement["written"] == pytest.approx(1 / 3)
    assert hajar.agreement["case"] == 1.0
    assert hajar.groups == {"translator": {"سعيد": {"Al-Hajar": 1}, "محمد": {"al-Hajar": 2}}}
    assert {name.id for name in report.names} == {"hajar", "hama", "homs"}
    homs = next(name for name in report.names if name.id == "homs")
    assert set(homs.agreement.values()) == {None}


def test_report_is_json(pages, lexicon) -> None:
    report = consistency(pages, lexicon)
    plain = json.loads(report.to_json())
    assert plain["occurrences"] == 8
    assert plain["scores"][0]["signature"].startswith("agreement|level:written")


def test_no_pages_means_all_the_lexicon_keeps(pages, lexicon) -> None:
    assert consistency((), lexicon).occurrences == consistency(pages, lexicon).occurrences


def test_nothing_found(fakes) -> None:
    report = consistency((), fakes.FakeLexicon([]))
    assert (report.occurrences, report.names, report.scores[0].micro) == (0, (), None)


def test_unknown_grouping(pages, lexicon) -> None:
    with pytest.raises(UsageError, match="unknown grouping 'colour'"):
        consistency(pages, lexicon, by="colour")


def test_rejected_entries_and_proposed_variants_are_not_counted(fakes, pages) -> None:
    entries = [fakes.entry("hama", "حماة", "Hamah", status="rejected"), fakes.entry("homs", None, "Homs")]
    report = consistency(pages, fakes.FakeLexicon(entries, pages))
    assert [name.id for name in report.names] == ["homs"]


def test_other_pages_are_searched(fakes, lexicon) -> None:
    other = fakes.page(9, "A market opened in Homs on Monday, a resident of Homs said.")
    report = consistency([other], lexicon)
    assert report.searched == 1
    assert [(name.id, name.occurrences) for name in report.names] == [("homs", 2)]


def test_speller_prefers_the_strictest_level(fakes) -> None:
    speller = Speller([fakes.entry("a", None, "al-Hajar"), fakes.entry("b", None, "Hajar")])
    assert (speller.entry("Hajar"), speller.entry("AL-HAJAR")) == ("b", "a")
    assert speller.entry("el-Hajar") is None  # both fit once the article is gone
