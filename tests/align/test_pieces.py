"""Pieces learned in memory: what a unit is, and that no corpus makes the training fail."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bialign.align.pieces import FEWEST, heaviest_pieces

STEMS = ["مدرسة", "كتاب", "جامعة", "حكومة", "سيارة", "مدينة", "وزارة", "شركة", "مكتبة", "طريق", "حديقة"]
HEADS = ["", "و", "ال", "وال", "بال", "فال", "كال", "ب"]
TAILS = ["", "ها", "هم", "نا"]
FORMS = [head + stem + tail for stem in STEMS for head in HEADS for tail in TAILS]


def test_forms_of_a_word_share_units():
    units = heaviest_pieces(FORMS, [3] * len(FORMS))
    assert len(set(units)) < len(FORMS) / 3
    assert all(unit in form for unit, form in zip(units, FORMS, strict=True))


def test_same_twice():
    assert heaviest_pieces(FORMS, [1] * len(FORMS)) == heaviest_pieces(FORMS, [1] * len(FORMS))


def test_few_words_are_their_own_units():
    assert heaviest_pieces(FORMS[:5], [1] * 5) == FORMS[:5]
    assert heaviest_pieces([], []) == []


def test_what_is_not_letters_is_its_own_unit():
    odd = ["1948", "a\tb", "\x00", "\ud800", "▁", "", "م" * 5000]
    assert heaviest_pieces([*odd, *FORMS], [1] * (len(odd) + len(FORMS)))[: len(odd)] == odd


@pytest.mark.parametrize(
    "words",
    [
        [chr(0x4E00 + k) for k in range(3 * FEWEST)],  # every word one letter
        ["ab" * 20] + [chr(0x4E00 + k) + "a" for k in range(FEWEST)],
        ["a" * (1 + k % 40) + "b" * (k // 40) for k in range(2 * FEWEST)],
    ],
)
def test_odd_corpora(words):
    assert len(heaviest_pieces(words, [1] * len(words))) == len(words)


@settings(max_examples=8, deadline=None)
@given(st.sets(st.text(min_size=1, max_size=12), min_size=FEWEST, max_size=FEWEST + 50))
def test_any_words(words):
    ordered = sorted(words)
    assert len(heaviest_pieces(ordered, [1] * len(ordered))) == len(ordered)
