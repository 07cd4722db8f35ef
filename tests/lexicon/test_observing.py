"""What is observed of pages, and that the order in which real pages are added changes nothing."""

import dataclasses
import random
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
    chance = random.Random(4)
    for size in (1, 3, 7):
        shuffled = chance.sample(pages, len(pages))
        lexicon = Lexicon()
        for at in range(0, len(shuffled), size):
            lexicon.add(shuffled[at : at + size])
            len(lexicon)  # resolves what is there so far
        assert [entry.to_dict() for entry in lexicon.entries()] == whole
        lexicon.close()


def test_an_original_added_to_the_file_later_links_the_story(pages, tmp_path):
    told = {page.language: page for page in pages if "flood" in page.source}
    whole = [entry.to_dict() for entry in build_lexicon(told.values()).entries()]
    assert any(e["kind"] == "parallel" for entry in whole for e in entry["evidence"])
    for number, order in enumerate(("ar", "en"), start=1):
        path = tmp_path / f"{number}.db"
        build_lexicon([told[order]]).save(path)
        with Lexicon.open(path) as lexicon:
            lexicon.add([page for language, page in told.items() if language != order])
            assert [entry.to_dict() for entry in lexicon.entries()] == whole
            # A page read again as something else is no original any more.
            lexicon.add([dataclasses.replace(told["ar"], language="mul", title="", body="")])
            kept = {e.kind for entry in lexicon.entries() for e in entry.evidence}
            assert "parallel" not in kept


def test_parallel_text_in_portions_is_counted_once():
    pairs = [
        ("وصل الوفد إلى حلب", "The delegation arrived in Aleppo"),
        ("قال سكان حمص", "Residents of Homs said", "x#2"),
    ]
    lexicon = Lexicon()
    for pair in (*pairs, pairs[0]):
        lexicon.add(pairs=[pair])
    assert {source.source for source in lexicon.sources()} == {"bitext#1", "x#2"}
    counts = {v.text: v.count for entry in lexicon.entries() for v in entry.variants if v.count}
    assert counts == {"Aleppo": 1, "Homs": 1}


def test_a_page_in_both_languages_is_linked_within(pages):
    told = {page.language: page for page in pages if "flood" in page.source}
    arabic, english = told["ar"], told["en"]
    text = english.text + "\n\n" + arabic.text
    moved = tuple(
        dataclasses.replace(s, start=s.start + len(english.text) + 2, end=s.end + len(english.text) + 2)
        for s in arabic.segments
    )
    both = dataclasses.replace(
        english,
        language="mul",
        title_ar=arabic.title,
        body_ar=arabic.body,
        segments=english.segments + moved,
        text=text,
    )
    [(_, _, links)] = observe_pages([both])
    assert {(k.ar, k.en) for k in links if k.kind == "parallel"} >= {("جيهان عثمان", "Jihan Osman")}
