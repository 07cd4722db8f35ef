"""Two Arabic spellings: orthography alone, long vowels, foreign names, odd input."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bialign.names.arabic_pairs import same_arabic_many


@pytest.mark.parametrize(
    ("a", "b"),
    [("أسامة", "اسامه"), ("عبد الله", "عبدالله"), ("هدى", "هدي"), ("عبد الرحمن", "عبد الرحمان"), ("إسحق", "إسحاق")],
)  # fmt: skip
def test_what_spelling_leaves_open_is_no_difference(a, b):
    assert same_arabic_many([(a, b)]).tolist() == [1.0]


def test_a_long_vowel_tells_arab_names_apart_and_foreign_ones_not():
    assert (same_arabic_many([("صالح", "صلاح"), ("عامر", "عمار"), ("حسن", "حسين")]) < 0.5).all()
    assert (same_arabic_many([("بلينكن", "بلنكن"), ("كاليفورنيا", "كليفورنيا")]) > 0.5).all()


def test_names_without_letters_are_no_names():
    assert same_arabic_many([("", ""), ("12", "12"), ("", "علي")]).tolist() == [0.0, 0.0, 0.0]
    assert same_arabic_many([]).tolist() == []


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_texts_in_either_order(a, b):
    there, back = same_arabic_many([(a, b), (b, a)])
    assert 0 <= there <= 1
    assert there == pytest.approx(back)
    assert np.isfinite(there)
