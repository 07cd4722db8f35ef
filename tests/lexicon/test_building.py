"""Entries computed from observations: grouping, linking, parts, abbreviations, order-freedom."""

import itertools
import random

import pytest

from bialign.lexicon.building import resolve
from bialign.lexicon.records import Link, Occurrence, Source
from bialign.lexicon.store import Store
from bialign.model import Entry


def source(page: str, date: str | None = "2019-03-03") -> Source:
    return Source(page, f"{page}.txt", None, date, "en")


def seen(page: str, *names: str, script: str = "en", type: str = "place", stands_for: str | None = None):
    return [
        Occurrence(page, script, name, 10 * i, 10 * i + len(name), type, "", stands_for)
        for i, name in enumerate(names)
    ]


def entries(*observations) -> dict[str, Entry]:
    store = Store()
    for observation in observations:
        store.add(*observation)
    return {entry.canonical: entry for entry in resolve(store).entries}


def test_spellings_of_one_key_are_one_entry_with_their_differences():
    found = entries((source("a"), seen("a", "al-Tabqah", "al-Tabqah", "Al-Tabqah", "at-Tabqa"), []))
    entry = found["al-Tabqah"]
    assert [(v.text, v.count, v.differences) for v in entry.variants] == [
        ("al-Tabqah", 2, ()),
        ("Al-Tabqah", 1, ("case",)),
        ("at-Tabqa", 1, ("article", "ending")),
    ]


def test_groups_linked_to_one_arabic_name_are_one_entry():
    links = [
        Link("a", "الجيش الوطني", "National Army", "page", "of one meaning", 0.9),
        Link("b", "الجيش الوطني", "al-Jaysh al-Watani", "page", "spelled alike", 0.8),
    ]
    found = entries(
        (source("a"), seen("a", "National Army", "National Army", type="organisation"), links[:1]),
        (source("b"), seen("b", "al-Jaysh al-Watani", type="organisation"), links[1:]),
    )
    entry = found["National Army"]
    assert entry.ar == "الجيش الوطني"
    assert [v.text for v in entry.variants] == ["National Army", "al-Jaysh al-Watani"]
    assert entry.variants[1].differences == ("translation",)
    assert {e.kind for e in entry.evidence} == {"page"}


def test_unlikely_arabic_is_not_taken():
    link = Link("a", "الوزير", "Boat Council", "page", "of one meaning", 0.4)
    assert (
        entries((source("a"), seen("a", "Boat Council", type="organisation"), [link]))["Boat Council"].ar
        is None
    )


def test_abbreviation_goes_with_its_expansion_on_every_page():
    tied = seen("a", "ABC", type="organisation", stands_for="Aleppo Boat Club")
    full = seen("a", "Aleppo Boat Club", type="organisation")
    found = entries(
        (source("a"), [*full, *tied], []), (source("b"), seen("b", "ABC", type="organisation"), [])
    )
    entry = found["Aleppo Boat Club"]
    assert [(v.text, v.count, v.pages, v.differences) for v in entry.variants] == [
        ("Aleppo Boat Club", 1, 1, ()),
        ("ABC", 2, 2, ("abbreviation",)),
    ]


def test_capitals_with_the_arabic_of_the_name_they_shorten_are_that_name_whatever_its_type():
    def told(page, text, kind, ar):
        return (source(page), seen(page, text, type=kind), [Link(page, ar, text, "parallel", "aligned", 0.9)])

    found = entries(
        told("a", "Hayat Tahrir al-Sham", "person", "هيئة تحرير الشام"),
        told("b", "HTS", "organisation", "هيئة تحرير الشام"),
        told("c", "al-SARS", "place", "سارس"),
        told("d", "SARS", "organisation", "سارس"),
        told("e", "Nawa", "place", "نوى"),
        told("f", "NAWA", "organisation", "نوى"),
    )
    together = {frozenset(variant.text for variant in entry.variants) for entry in found.values()}
    assert together == {
        frozenset({"Hayat Tahrir al-Sham", "HTS"}),
        frozenset({"al-SARS", "SARS"}),
        frozenset({"Nawa"}),
        frozenset({"NAWA"}),
    }


def test_part_goes_with_the_fuller_name_on_its_page_alone():
    one = seen("a", "Nabil al-Zorbi", type="person") + seen(
        "a", "al-Zorbi", type="person", stands_for="Nabil al-Zorbi"
    )
    found = entries((source("a"), one, []), (source("b"), seen("b", "al-Zorbi", type="person"), []))
    assert [(v.text, v.count, v.differences) for v in found["Nabil al-Zorbi"].variants] == [
        ("Nabil al-Zorbi", 1, ()),
        ("al-Zorbi", 1, ("expansion",)),
    ]
    assert found["al-Zorbi"].variants[0].count == 1


def test_generated_arabic_says_so_and_translated_names_get_none():
    found = entries(
        (
            source("a"),
            seen("a", "Nabil al-Zorbi", type="person") + seen("a", "Boat Council", type="other"),
            [],
        )
    )
    assert any(e.kind == "model" for e in found["Nabil al-Zorbi"].evidence)
    assert found["Nabil al-Zorbi"].ar
    assert found["Boat Council"].ar is None
    assert not any(e.kind == "model" for e in found["Boat Council"].evidence)


def test_seen_arabic_replaces_generated():
    occurrences = seen("a", "Nabil al-Zorbi", type="person")
    link = Link("b", "نبيل الزعربي", "Nabil al-Zorbi", "parallel", "aligned", 0.9)
    before = entries((source("a"), occurrences, []))["Nabil al-Zorbi"]
    after = entries(
        (source("a"), occurrences, []), (source("b"), seen("b", "Nabil al-Zorbi", type="person"), [link])
    )["Nabil al-Zorbi"]
    assert before.ar != "نبيل الزعربي"
    assert after.ar == "نبيل الزعربي"
    assert not any(e.kind == "model" for e in after.evidence)


def test_arabic_name_without_english_has_proposals_only():
    arabic = Occurrence("a", "ar", "سامر الخوري", 0, 11, "person")
    [entry] = entries((source("a"), [arabic], [])).values()
    assert entry.ar == "سامر الخوري"
    assert entry.variants
    assert all(v.proposed and v.count == 0 and v.first is None for v in entry.variants)


def test_dates_are_the_first_and_last_day_seen():
    found = entries(
        (source("a", "2019-03-03"), seen("a", "Zorbal"), []),
        (source("b", "2018-01-01"), seen("b", "Zorbal"), []),
        (source("c", None), seen("c", "Zorbal"), []),
    )
    variant = found["Zorbal"].variants[0]
    assert (variant.count, variant.pages, variant.first, variant.last) == (3, 3, "2018-01-01", "2019-03-03")


@pytest.mark.parametrize("seed", range(4))
def test_order_of_pages_changes_nothing(seed):
    names = ["al-Tabqah", "at-Tabqa", "Hama", "Nabil al-Zorbi", "ABC", "Aleppo Boat Club"]
    rng = random.Random(seed)
    observations = []
    for number in range(8):
        page = f"p{number}"
        chosen = rng.sample(names, 4)
        occurrences = list(itertools.chain(*(seen(page, name, type="other") for name in chosen)))
        links = [
            Link(page, "الطبقة", name, "page", "spelled alike", 0.8) for name in chosen if "Tabqa" in name
        ]
        observations.append((source(page), occurrences, links))
    shuffled = rng.sample(observations, len(observations))
    assert entries(*observations) == entries(*shuffled)


def test_the_longer_arabic_stands_for_its_part_unless_the_part_is_seen_more():
    part = Link("a", "المزارعين", "Boat Council", "parallel", "aligned", 0.99)
    whole = [Link(page, "حركة المزارعين", "Boat Council", "page", "one meaning", 0.7) for page in "ab"]
    names = [seen(page, "Boat Council", type="organisation") for page in "abc"]
    more = [Link(page, "المزارعين", "Boat Council", "parallel", "aligned", 0.99) for page in "abc"]
    [entry] = entries((source("a"), names[0], [part, whole[0]]), (source("b"), names[1], [whole[1]])).values()
    assert entry.ar == "حركة المزارعين"
    [entry] = entries(
        (source("a"), names[0], [more[0], whole[0]]),
        (source("b"), names[1], [more[1], whole[1]]),
        (source("c"), names[2], [more[2]]),
    ).values()
    assert entry.ar == "المزارعين"


def test_the_careful_arabic_spelling_is_shown():
    links = [
        Link("a", "احمد الزعربي", "Ahmad al-Zorbi", "page", "spelled alike", 0.9),
        Link("b", "احمد الزعربي", "Ahmad al-Zorbi", "page", "spelled alike", 0.9),
        Link("c", "أحمد الزعربي", "Ahmad al-Zorbi", "page", "spelled alike", 0.9),
    ]
    found = entries(
        *((source(link.page), seen(link.page, "Ahmad al-Zorbi", type="person"), [link]) for link in links)
    )
    assert found["Ahmad al-Zorbi"].ar == "أحمد الزعربي"


def weak(page):
    return Link(page, "هيأة زعرب", "Hayat Zurab", "page", "perhaps", 0.2)


def test_what_is_unlikely_on_one_page_is_likely_on_many():
    """But not where the name stands on most pages anyway."""
    others = [(source(f"x{i}"), seen(f"x{i}", "Zorbal"), []) for i in range(40)]
    met = [(source(f"p{i}"), seen(f"p{i}", "Hayat Zurab"), [weak(f"p{i}")]) for i in range(8)]
    alone = entries(*met[:1], *others)["Hayat Zurab"]
    assert any(e.kind == "model" for e in alone.evidence)
    assert entries(*met, *others)["Hayat Zurab"].ar == "هيأة زعرب"
    assert any(e.kind == "model" for e in entries(*met)["Hayat Zurab"].evidence)


def test_a_part_of_a_name_that_english_met_has_no_entry():
    link = Link("a", "سامر الخوري", "Samer al-Khoury", "parallel", "aligned", 0.99)
    part = [seen(page, "سامر", script="ar", type="person") for page in "ab"]
    found = entries(
        (source("a"), [*seen("a", "Samer al-Khoury", type="person"), *part[0]], [link]),
        (source("b"), part[1], []),
    )
    assert [entry.ar for entry in found.values()] == ["سامر الخوري"]


def test_capitals_are_one_name_with_the_word_unless_they_are_something_else():
    agency = seen("a", "NAWA", "UNICEF", type="organisation")
    found = entries(
        (source("a"), agency, []), (source("b"), [*seen("b", "Nawa"), *seen("b", "Unicef", type="other")], [])
    )
    assert {"NAWA", "Nawa"} < found.keys()
    unicef = [entry for entry in found.values() if {"UNICEF", "Unicef"} & {v.text for v in entry.variants}]
    assert [v.differences for entry in unicef for v in entry.variants] == [(), ("case",)]


def test_a_conventional_name_means_its_place_in_any_country():
    assert entries((source("a"), seen("a", "Byblos"), []))["Byblos"].ar == "جبيل"


def test_a_generated_name_is_written_with_the_words_that_were_seen():
    link = Link("a", "زورعا", "Zur'aa", "parallel", "aligned", 0.99)
    found = entries((source("a"), seen("a", "Zur'aa", "Zuraa al-Balad"), [link]))
    made = found["Zuraa al-Balad"]
    assert made.ar is not None
    assert made.ar.split()[0] == "زورعا"
    assert any(e.kind == "model" for e in made.evidence)


def test_a_word_before_a_place_that_english_met_makes_no_other_place():
    link = Link("a", "زورعا", "Zur'aa", "parallel", "aligned", 0.99)
    east = seen("b", "شرق زورعا", "دير حافر", script="ar")
    found = entries((source("a"), seen("a", "Zur'aa"), [link]), (source("b"), east, []))
    assert {entry.ar for entry in found.values()} == {"زورعا", "دير حافر"}


def test_words_about_a_name_that_english_met_make_no_other_name():
    link = Link("a", "سامر الخوري", "Samer al-Khoury", "parallel", "aligned", 0.99)
    arabic = ["سامر الخوري آمن", "رنا الخوري"]
    found = entries(
        (source("a"), seen("a", "Samer al-Khoury", type="person"), [link]),
        (source("b"), seen("b", *arabic, script="ar", type="person"), []),
    )
    assert {entry.ar for entry in found.values()} == {"سامر الخوري", "رنا الخوري"}


@pytest.mark.parametrize(("probability", "seen"), [(0.45, True), (0.1, False)])
def test_arabic_that_is_likelier_than_what_would_be_generated_stands(probability, seen):
    store = Store()
    source = Source("p1", "p1.txt", None, "2018-02-12", "en")
    occurrences = [
        Occurrence("p1", "en", "Hayat Tahrir al-Sham", 0, 20, "organisation", "", None),
        Occurrence("p1", "ar", "هيئة تحرير الشام", 30, 46, "organisation", "", None),
    ]
    store.add(
        source,
        occurrences,
        [Link("p1", "هيئة تحرير الشام", "Hayat Tahrir al-Sham", "page", "d", probability)],
    )
    [entry] = [entry for entry in resolve(store).entries if entry.canonical == "Hayat Tahrir al-Sham"]
    assert (entry.ar == "هيئة تحرير الشام") is seen
    assert any(evidence.kind == "model" for evidence in entry.evidence) is not seen


@pytest.mark.parametrize(
    ("slip", "own", "joined"),
    [
        ("Alepo", "أعلن", True),  # an accident of alignment: nothing like the spelling
        ("Alepi", "أليبي", False),  # Arabic that is written so stays with its own spelling
        ("Byblos", "جبيل", False),  # a conventional name has no name beside it that is spelled so
    ],
)
def test_a_slip_whose_arabic_is_an_accident_goes_with_the_name_it_is_a_slip_of(slip, own, joined):
    def parallel(page, ar, en):
        return source(page), seen(page, en), [Link(page, ar, en, "parallel", "aligned sentence", 0.9)]

    usual = [parallel(f"p{number}", "أليبو", "Aleppo") for number in range(6)]
    found = entries(*usual, parallel("q", own, slip))
    assert (slip in [v.text for v in found["Aleppo"].variants]) is joined
