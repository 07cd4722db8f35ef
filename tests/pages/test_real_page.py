"""The page the tool was made for: its record is exact."""

from pathlib import Path

import pytest

from bialign.pages.reading import read_pages
from bialign.pages.separating import separate
from bialign.text.scripts import has_arabic

SEEDS = sorted((Path(__file__).parents[3] / "shared" / "seeds").glob("*.txt"))
pytestmark = pytest.mark.skipif(
    not SEEDS, reason="the real page is not beside this checkout (../shared/seeds)"
)


@pytest.fixture(scope="module")
def page():
    return separate(next(read_pages(SEEDS[0])))


def test_title_and_dateline(page):
    assert page.title == page.text.split("\n", 1)[0]
    assert (page.dateline.place, page.dateline.agency) == ("Damascus", "SMART")
    assert page.language == "en"


def test_body_is_eight_english_paragraphs_with_nothing_lost(page):
    paragraphs = page.body.split("\n\n")
    assert len(paragraphs) == 8
    assert not has_arabic(page.body)
    whole = page.text[page.text.index("Days ago") : page.text.index("الاخبار")]
    assert "".join(page.body.split()) == "".join(whole.split())


def test_metadata(page):
    assert page.published == "2018-02-12T11:29:33"
    assert page.updated is None
    assert [(c.role, c.name) for c in page.credits] == [
        ("editor", "سعيد غزّول"),
        ("translator", "محمد غيث"),
        ("translation_editor", "فرح ناصيف"),
    ]
    assert page.categories == ("خبر عسكري",)
    assert page.tags == ("تنظيم الدولة الإسلامية",)


def test_headlines(page):
    lines = page.text.splitlines()
    assert [(h.relation, h.text) for h in page.headlines] == [("previous", lines[-3]), ("next", lines[-1])]


def test_the_foot_is_a_repeat(page):
    foot = [s for s in page.segments if s.kind == "boilerplate"]
    assert len(foot) == 1
    assert "repeat" in foot[0].reason
    assert "2018" in page.text[foot[0].start : foot[0].end]


def test_segments_tile_the_file(page):
    assert page.text == SEEDS[0].read_bytes().decode()
    assert "".join(page.text[s.start : s.end] for s in page.segments) == page.text
    assert [s.start for s in page.segments[1:]] == [s.end for s in page.segments[:-1]]
