"""Names of a page met with the Arabic that stands on it."""

import itertools
from pathlib import Path

import pytest

from bialign.align.pairing import Named, arabic_spans, pair_names, pair_pages
from bialign.lexicon.page_names import find_page_names
from bialign.pages.reading import read_pages
from bialign.pages.separating import separate_all

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="module")
def named():
    raws = [raw for path in sorted(SEEDS.glob("*.txt")) for raw in read_pages(str(path))]
    found = [find_page_names(page) for page in separate_all(raws)]
    return [Named(item.page, item.english, item.arabic) for item in found]


def test_all_pages_at_once_are_as_each_by_itself(named):
    alone = [pair_names(item.page, item.english, item.arabic) for item in named]
    assert any(alone)
    together = pair_pages(named)
    assert [[(p.ar, p.en) for p in pairs] for pairs in together] == [
        [(p.ar, p.en) for p in pairs] for pairs in alone
    ]
    each = itertools.chain.from_iterable
    for one, other in zip(each(alone), each(together), strict=True):
        assert one.probability == pytest.approx(other.probability, abs=1e-9)


def test_the_tag_is_met_with_the_name_of_the_title(named):
    [story] = [item for item in named if item.page.title.startswith("Clashes renew")]
    met = {pair.en.text: pair for pair in pair_names(story.page, story.english, story.arabic)}
    assert met["Hayat Tahrir al-Sham"].ar.text == "هيئة تحرير الشام"
    assert met["Hayat Tahrir al-Sham"].probability >= 0.4  # likelier than what would be generated for it
    assert [span.text for span in arabic_spans(story.page, story.arabic) if span.topic] == [
        "هيئة تحرير الشام"
    ]


def test_every_name_and_every_span_is_taken_once(named):
    for pairs in pair_pages(named):
        assert len({pair.en.text for pair in pairs}) == len(pairs)
        assert all(pair.probability >= 0.1 for pair in pairs)


def test_nothing_asked_nothing_met():
    assert pair_pages([]) == []
