"""What is observed of pages, and that the order in which real pages are added changes nothing."""

from itertools import pairwise
from pathlib import Path

import pytest

from bialign.lexicon.lexicon import Lexicon, build_lexicon
from bialign.lexicon.observing import observe_pages
from bialign.pages.reading import read_pages
from bialign.pages.separating import separate_all

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="module")
def pages():
    return list(separate_all([raw for path in sorted(SEEDS.glob("*.txt")) for raw in read_pages(str(path))]))


def test_one_observation_a_page_in_page_order(pages):
    observed = [source.id for source, _, _ in observe_pages(iter(pages))]
    assert observed == [page.id for page in pages]


def test_spans_hold_the_names(pages):
    texts = {page.id: page.text for page in pages}
    for _, occurrences, _ in observe_pages(pages):
        for seen in occurrences:
            written = " ".join(texts[seen.page][seen.start : seen.end].split())
            assert written == seen.text or "ا" + written == seen.text  # لل gives back ال


def test_linked_arabic_is_one_occurrence_where_it_stands(pages):
    for source, occurrences, links in observe_pages(pages):
        arabic = sorted((o.start, o.end) for o in occurrences if o.script == "ar")
        assert all(one[1] <= other[0] for one, other in pairwise(arabic)), source.id
        on_page = {link.ar for link in links if link.kind == "page"}
        assert on_page or source.language == "ar" or not any(o.script == "ar" for o in occurrences)


def test_order_and_portions_change_nothing(pages):
    whole = [entry.to_dict() for entry in build_lexicon(pages).entries()]
    # A story and its Arabic original meet only within one call, so that these two stay together.
    told_twice = [page for page in pages if "flood" in page.source]
    others = [page for page in pages if page not in told_twice]
    for portions in ([others[::-1], told_twice[::-1]], [others[4:], told_twice, others[:4]]):
        lexicon = Lexicon()
        for portion in portions:
            lexicon.add(portion)
        assert [entry.to_dict() for entry in lexicon.entries()] == whole
        lexicon.close()
