"""One spelling of two names: told apart by the Arabic or the company of pages, whatever came first."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bialign.lexicon.building import resolve
from bialign.lexicon.lexicon import Lexicon
from bialign.lexicon.namesakes import Company, plain_key, sense_in, sense_key, senses_of
from bialign.lexicon.records import Link, Occurrence, Source
from bialign.lexicon.store import Store


def told(number, names, links=()):
    """A page that names things and links some of them."""
    page = f"p{number:03}"
    occurrences = [
        Occurrence(page, "en", text, at * 20, at * 20 + 5, kind, "", None)
        for at, (text, kind) in enumerate(names)
    ]
    found = [Link(page, ar, en, "page", "beside", 0.9) for ar, en in links]
    return Source(page, f"{page}.txt", None, "2018-01-01", "en"), occurrences, found


def filled(pages):
    store = Store()
    for page in pages:
        store.add(*page)
    return store


def entries(pages):
    store = filled(pages)
    resolution = resolve(store)
    names = dict(store.query("SELECT o.number, s.id FROM occurrence o JOIN source s ON s.number = o.source"))
    made = [
        (e.id, e.ar, e.type, [(v.text, v.count, v.pages) for v in e.variants]) for e in resolution.entries
    ]
    return made, sorted((names[number], entry) for number, entry in resolution.assigned)


#: Hasan of Hama, in six stories, and Hasan of Homs, in four; some say in Arabic which.
HASANS = [
    told(n, [("Hasan", "person"), ("Hama", "place"), ("Rami Salti", "person")], [("حسن", "Hasan")] * (n < 4))
    for n in range(6)
] + [told(n, [("Hassan", "person"), ("Homs", "place")], [("حسان", "Hassan")] * (n < 9)) for n in range(6, 10)]


def variants_of(made):
    return {ar: variants for _, ar, _, variants in made}


def test_two_arabic_names_of_one_spelling_are_two_entries():
    made, _ = entries(HASANS)
    found = variants_of(made)
    assert found["حسن"] == [("Hasan", 6, 6)]
    assert found["حسان"] == [("Hassan", 4, 4)]


def test_a_page_without_arabic_goes_where_its_company_is():
    made, placed = entries(HASANS)
    homs = next(entry for entry, ar, *_ in made if ar == "حسان")
    assert ("p009", homs) in placed


@settings(max_examples=10, deadline=None)
@given(st.permutations(HASANS), st.integers(0, 9))
def test_the_order_and_the_portions_of_pages_change_nothing(pages, cut):
    whole = entries(HASANS)
    assert entries(pages) == whole
    with Lexicon() as lexicon:
        lexicon.observe(pages[:cut])
        len(lexicon)
        lexicon.observe(pages[cut:])
        assert {e.id: [v.count for v in e.variants] for e in lexicon.entries()} == {
            entry: [count for _, count, _ in variants] for entry, _, _, variants in whole[0]
        }


@pytest.mark.parametrize("pair", [("الصلتي", "السلطي"), ("جبلة", "جبله"), ("عبد الرحمن", "عبدالرحمان")])
def test_two_arabic_spellings_of_one_name_are_one_entry(pair):
    english = {"الصلتي": "al-Salti", "جبلة": "Jabla", "عبد الرحمن": "Abd al-Rahman"}[pair[0]]
    pages = [told(n, [(english, "other")], [(pair[n % 2], english)]) for n in range(8)]
    made, _ = entries(pages)
    assert [variants for *_, variants in made if variants[0][0] == english] == [[(english, 8, 8)]]


def test_one_wrong_link_is_no_second_sense():
    pages = [told(n, [("Hasan", "person")], [("حسان" if n == 7 else "حسن", "Hasan")]) for n in range(8)]
    made, _ = entries(pages)
    assert variants_of(made)["حسن"] == [("Hasan", 8, 8)]


#: Salman the man, with his ministers, and Salman the town, with its neighbours.
SALMANS = [
    told(n, [("Salman", "person"), ("Adel Jubeir", "person"), ("Riyadh", "place")]) for n in range(6)
] + [told(n, [("Salman", "place"), ("Samawah", "place"), ("Rumaitha", "place")]) for n in range(6, 12)]


def test_a_person_and_a_place_of_one_spelling_in_different_company_are_two_entries():
    made, _ = entries(SALMANS)
    found = sorted((kind, variants) for _, _, kind, variants in made if variants[0][0] == "Salman")
    assert found == [("person", [("Salman", 6, 6)]), ("place", [("Salman", 6, 6)])]


def test_a_type_that_is_taken_now_so_now_so_in_one_company_is_one_entry():
    chance = random.Random(5)
    kinds = ["person", "place"] * 8
    chance.shuffle(kinds)
    made, _ = entries([told(n, [("Salman", kind), ("Riyadh", "place")]) for n, kind in enumerate(kinds)])
    assert [variants for *_, variants in made if variants[0][0] == "Salman"] == [[("Salman", 16, 16)]]


def test_what_a_person_decided_of_one_sense_stands_when_pages_come():
    with Lexicon() as lexicon:
        lexicon.observe(HASANS)
        entry = next(e for e in lexicon.entries() if e.ar == "حسان")
        lexicon.decide("accept", entry.id, who="me")
        lexicon.observe([told(20, [("Hassan", "person"), ("Homs", "place")])])
        kept = lexicon.entry(entry.id)
        assert kept is not None
        assert (kept.status, kept.variants[0].count) == ("accepted", 5)


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from([(), ("x",), ("y",), ("x", "y")])), max_size=12
    )
)
def test_senses_are_those_of_pages_that_have_the_name(rows):
    found = [
        Company("k", f"p{n}", frozenset(arabic), None, frozenset(company))
        for n, (company, arabic) in enumerate(rows)
    ]
    senses = senses_of(found, {"k": ["x", "y"]})
    assert senses == senses_of(reversed(found), {"k": ["x", "y"]})
    assert {key for key, _ in senses} <= {"k"}
    assert len({plain_key(key) for key in senses.values()} | {"k"}) == 1
    told_x = [c.page for c in found if c.arabic == {"x"}]
    told_y = [c.page for c in found if c.arabic == {"y"}]
    if told_x and told_y:
        usual = "x" if len(told_x) >= len(told_y) else "y"
        other, rare = ("y", told_y) if usual == "x" else ("x", told_x)
        assert {page: senses["k", page] for page in rare} == dict.fromkeys(rare, sense_key("k", other))
        assert all(sense_in(key) == other for key in senses.values())
    else:
        assert not senses
