"""Which pages translate each other."""

import dataclasses
from pathlib import Path

import pytest

from bialign.align.documents import align_documents
from bialign.model import Page

SHARED = Path(__file__).parents[3] / "shared/data/bitext"


def page(language, body, published=None, title=""):
    return Page(
        "x", "x", None, language, title, None, body, None, None, published, None, (), (), (), (), (), body
    )


AR = [
    page("ar", "زار الوزير مدينة حلب وتفقد مستشفى الأطفال.", "2020-01-01"),
    page("ar", "ارتفعت أسعار الخبز بنسبة 20 بالمئة.", "2020-01-02"),
    page("ar", "فاز الفريق الوطني بكأس آسيا لكرة القدم.", "2020-01-03"),
]
EN = [
    page("en", "The national team won the Asian football cup.", "2020-01-03"),
    page("en", "The minister visited the city of Aleppo and inspected a children's hospital.", "2020-01-02"),
    page("en", "A recipe for lentil soup with lemon.", "2020-01-02"),
]


def test_pairs_and_unmatched():
    assert [(pair.ar, pair.en) for pair in align_documents(AR, EN)] == [(0, 1), (2, 0)]


def test_nothing():
    assert align_documents([], EN) == []
    assert align_documents(AR, [page("en", "")]) == []


def test_dates_decide_between_equals():
    later = dataclasses.replace(EN[1], published="2020-03-01")
    assert [pair.en for pair in align_documents(AR[:1], [later, EN[1]])] == [1]


@pytest.mark.skipif(not SHARED.exists(), reason="the shared bitext is not here")
def test_parts_of_articles():
    sides = []
    for side in ("ar", "en"):
        lines = (SHARED / "tico19" / f"{side}.txt").read_text("utf-8").splitlines()[:800]
        sides.append([page(side, "\n".join(lines[k : k + 8])) for k in range(0, len(lines), 8)])
    found = align_documents(sides[0][::2] + sides[0][1::2], sides[1][:80])
    order = [*range(0, 100, 2), *range(1, 100, 2)]
    right = sum(order[pair.ar] == pair.en for pair in found)
    assert right >= 0.95 * 80
    assert len(found) <= 84
