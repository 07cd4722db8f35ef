"""A large corpus shows a part of itself and says so; a small one shows everything."""

import json
import re
from pathlib import Path

import pytest

from bialign.evaluation.consistency import consistency
from bialign.lexicon.lexicon import build_lexicon
from bialign.model import RawPage
from bialign.pages.separating import separate
from bialign.report import selecting
from bialign.report.html import write_report

STORY = "{place} sees attack {n}\nترجمة سعيد علي | {day} مايو 2018\nTen people were killed in {place} on Monday, said Ihab al-Salti.\n"


@pytest.fixture(scope="module")
def corpus():
    places = ("Hama", "Homs", "Idlib", "Idleb")
    pages = [
        separate(RawPage(f"{n}.txt", STORY.format(n=n, day=n % 28 + 1, place=places[n % 4])))
        for n in range(24)
    ]
    return pages, build_lexicon(pages)


def shown(pages, lexicon, tmp_path: Path):
    report = consistency(pages, lexicon)
    write_report(pages, lexicon, report, tmp_path / "report.html")
    text = (tmp_path / "report.html").read_text("utf-8")
    return report, json.loads(re.search(r'id="data">(.*?)</script>', text, re.DOTALL)[1])


def test_everything_is_shown_of_a_small_corpus(corpus, tmp_path):
    report, data = shown(*corpus, tmp_path)
    assert len(data["pages"]) == 24
    assert all(page["text"] for page in data["pages"])
    assert sum(map(len, data["uses"].values())) == report.occurrences
    assert not any("shown here" in warning for warning in data["warnings"])


def test_a_large_corpus_shows_a_part_and_says_so(corpus, tmp_path, monkeypatch):
    for name, value in (("PAGES", 5), ("NAMES", 3), ("FINDINGS", 2), ("USES", 4)):
        monkeypatch.setattr(selecting, name, value)
    report, data = shown(*corpus, tmp_path)
    whole = [page for page in data["pages"] if page["text"]]
    assert len(whole) == 5
    assert whole[0]["date"] < whole[-1]["date"]
    assert len(data["names"]) == 3
    assert len(data["findings"]) == 2
    assert data["found"] == len(report.findings) > 2
    assert (data["documents"], data["occurrences"]) == (24, report.occurrences)
    for what, file in (
        ("pages", "pages.jsonl"),
        ("names", "lexicon.jsonl"),
        ("findings", "consistency.json"),
    ):
        assert any(what in warning and file in warning for warning in data["warnings"])
    for number, uses in data["uses"].items():
        count = data["names"][int(number)]["count"]
        assert min(4, count) <= len(uses) <= min(4 + 2 * 5, count)
        for use in uses:
            page = data["pages"][use[1]]
            assert len(use) == (4 if page["text"] else 5)
