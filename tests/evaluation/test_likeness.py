"""Unseen spellings joined by likeness, and when they are not."""

from __future__ import annotations

import pytest

from bialign.evaluation.another import is_another
from bialign.evaluation.classes import classes, is_short_form
from bialign.evaluation.consistency import consistency
from bialign.evaluation.joining import Speller
from bialign.evaluation.likeness import RATE, Alike, slip_rate, stranger_rates
from bialign.model import Variant


@pytest.fixture
def entries(fakes):
    made = [
        fakes.entry("bukamal", "البوكمال", "Bukamal City"),
        fakes.entry("germany", "ألمانيا", "Germany"),
        fakes.entry("un", "الأمم المتحدة", "UN"),
        fakes.entry("lyon", "ليون", "Lyon"),
        fakes.entry("rastan", "الرستن", "Rastan", type="person"),
    ]
    return {entry.id: entry for entry in made}


@pytest.mark.parametrize(
    ("text", "kind", "owner"),
    [
        ("Bukemal City", "place", "bukamal"),
        ("Bukemal City", "person", "bukamal"),  # several words are often taken for something else
        ("Rasten", "person", "rastan"),
        ("Rasten", "place", None),
        ("UM", "organisation", None),
        ("Baghdad City", "place", None),
        ("Lion", "place", None),
        ("", "other", None),
    ],
)
def test_joined_where_a_stranger_would_seldom_be_so_like(entries, text, kind, owner) -> None:
    found = Alike(entries).find(text, kind)
    assert (found.entry if found else None) == owner
    assert found is None or 0.9 <= found.probability <= 1


def test_another_place_of_the_gazetteer_is_not_joined(fakes) -> None:
    alike = Alike({"x": fakes.entry("x", None, "Ammaan")})
    assert alike.find("Amman", "place") is None


def test_the_arabic_says_what_latin_letters_cannot() -> None:
    with_arabic, without, translated = stranger_rates(
        [("Idlib", "إدلب"), ("Idlib", None), ("Idlib", "حلب")], "Adlab"
    )
    assert with_arabic < without
    assert translated == pytest.approx(
        without
    )  # an Arabic that the known spelling does not sound like tells nothing


def test_the_more_names_the_nearer_a_spelling_must_be(fakes) -> None:
    few = {"m": fakes.entry("m", None, "Merwani", type="person")}
    many = few | {str(n): fakes.entry(str(n), None, f"Name{n}") for n in range(30_000)}
    assert Alike(few).find("Morwani", "person") is not None
    assert Alike(many).find("Morwani", "person") is None


def test_slips_of_one_letter() -> None:
    """Somebody's name is no slip of another; neither is a short one, or one that two letters part."""
    assert slip_rate("Singapore", "Singapole") < RATE
    assert slip_rate("South Korea", "South Kolea") < RATE
    assert [slip_rate(*pair) for pair in (("Khalid", "Khaled"), ("Iraq", "Iran"), ("Haiti", "Huidi"))] == [
        1
    ] * 3


def test_proposed_spellings_join_nothing(fakes) -> None:
    proposed = (Variant("Bukamal City", 0, 0, None, None, (), proposed=True),)
    assert (
        Alike({"b": fakes.entry("b", None, "Bukamal City", variants=proposed)}).find("Bukemal City") is None
    )


def test_capitals_and_words_do_not_join_by_sound(entries) -> None:
    speller = Speller(entries.values())
    assert [speller.entry(text) for text in ("On", "Lion", "UN")] == [None, None, "un"]


def test_a_joined_occurrence_says_so(fakes, entries) -> None:
    pages = [
        fakes.page(1, "They live in Rastan. The town of Rastan is near. He left Rastan then."),
        fakes.page(2, "The mayor of Girmany left."),
        fakes.page(3, "The mayor of Germany, and Germany itself."),
    ]
    report = consistency(pages, fakes.FakeLexicon(list(entries.values())))
    (finding,) = [item for item in report.findings if item.name == "germany"]
    assert (finding.found, finding.expected, finding.code) == ("Girmany", "Germany", "vowel")
    assert finding.joined is not None
    assert "joined by likeness" in finding.message
    assert report.likened == 1
    assert any("by likeness alone" in warning for warning in report.warnings)


def test_the_lexicon_knows_what_abbreviates_and_what_translates(fakes) -> None:
    variants = tuple(
        Variant(text, count, 1, None, None, found)
        for text, count, found in (
            ("Islamic State", 2, ()),
            ("ISIS", 9, ("abbreviation",)),
            ("Dawla", 1, ("translation",)),
        )
    )
    state = fakes.entry("is", "الدولة الإسلامية", "Islamic State", variants=variants)
    assert classes(state, "Islamic State", "ISIS") == ("abbreviation",)
    assert classes(state, "ISIS", "Islamic State") == ("abbreviation",)
    assert classes(state, "Islamic State", "Dawla") == ("translation",)
    assert [is_short_form(state, variant.text) for variant in variants] == [False, True, False]


def test_the_usual_spelling_is_no_abbreviation(fakes) -> None:
    variants = (
        Variant("Islamic State", 1, 1, None, None, ()),
        Variant("ISIS", 3, 1, None, None, ("abbreviation",)),
    )
    state = fakes.entry("is", None, "Islamic State", variants=variants)
    pages = [fakes.page(1, "ISIS, ISIS and ISIS"), fakes.page(2, "the Islamic State")]
    report = consistency(pages, fakes.FakeLexicon([state], pages))
    assert [name.usual for name in report.names] == ["Islamic State"]
    assert {(finding.code, finding.severity) for finding in report.findings} == {("abbreviation", "note")}


@pytest.mark.parametrize(
    ("usual", "other", "wanted"),
    [
        ("China", "Chona", ("vowel",)),
        ("Singapore", "Singapole", ("consonant",)),
        ("A.D.", "AD", ("mark",)),
        ("Iran", "Iraq", ("different",)),
        ("ARDS", "CFR", ("different",)),
    ],
)
def test_a_slip_of_one_letter_in_a_long_word(fakes, usual, other, wanted) -> None:
    assert classes(fakes.entry("x", None, usual, other), usual, other) == wanted


@pytest.mark.parametrize(
    ("text", "expected", "found", "wanted"),
    [
        ("Japans", "Japan", ("different",), True),
        ("IT", "It", ("case",), True),
        ("Paralympics", "Olympic", ("different",), True),
        ("Party of China", "China Party", ("different",), False),
        ("Phase II", "Phase I", ("different",), True),
        ("al-German", "German", ("article",), False),
    ],
)
def test_two_things_under_one_name(text, expected, found, wanted) -> None:
    assert is_another(text, expected, found) == wanted
