"""Folded Arabic put back into full spelling."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bialign.names.examples import Example
from bialign.names.letters import ARABIC, LATIN, fold
from bialign.names.transliteration import arabize
from bialign.names.unfolding import OPTIONS, aligned, carefully_spelled, sites, unfold_many, unfolder

NAMES = [
    ("إيهاب", "ihab"), ("إبراهيم", "ibrahim"), ("هدى", "huda"), ("أسامة", "osama"), ("آدم", "adam"),
    ("ليلى", "layla"), ("علي", "ali"), ("رامي", "rami"), ("انتصار", "intisar"), ("ابتسام", "ibtisam"),
    ("إسلام", "islam"), ("إلياس", "elias"), ("عائشة", "aisha"), ("رائد", "raed"), ("طه", "taha"),
    ("فاطمة", "fatima"), ("أحلام", "ahlam"), ("آية", "aya"), ("مصطفى", "mustafa"), ("نزيه", "nazih"),
]  # fmt: skip


def test_names_come_back_in_full():
    found = unfold_many([fold(ar) for ar, _ in NAMES], [en for _, en in NAMES])
    assert found == [ar for ar, _ in NAMES]


def test_the_latin_decides():
    assert unfold_many(["امال", "امال"], ["amal", "imal"]) == ["آمال", "إمال"]
    assert unfold_many(["مني", "مني"], ["mona", "muni"]) == ["منى", "مني"]


def test_the_article_bears_no_hamza():
    assert unfold_many(["الاسد", "الايمان"], ["al asad", "al iman"]) == ["الأسد", "الإيمان"]


@pytest.mark.parametrize("name", ["Ihab", "Ibrahim", "Huda", "Osama"])
def test_arabize_writes_in_full(name):
    expected = {en: ar for ar, en in NAMES}[name.lower()]
    assert arabize(name)[0].text == expected


def test_careful_spelling():
    pairs = [("أحمد", "ahmad"), ("احمد", "ahmad"), ("ابتسام", "ibtisam"), ("ايهاب", "ihab"), ("مني", "mona")]
    found = [
        carefully_spelled(Example(ar, en, "", "place", 1.0, folded=False, surface=en), spans)
        for (ar, en), spans in zip(
            pairs, aligned([fold(a) for a, _ in pairs], [e for _, e in pairs]), strict=True
        )
    ]
    assert found == [True, False, True, False, False]


@settings(max_examples=40, deadline=None)
@given(st.text(ARABIC[2:], max_size=12), st.text(LATIN[2:], max_size=14))
def test_only_sites_change_and_chances_sum_to_one(ar, en):
    folded = fold(" ".join(ar.split()))
    latin = " ".join(en.split())
    assert fold(unfold_many([folded], [latin])[0]) == fold(folded)
    spans = aligned([folded], [latin])[0]
    assert [place for a, b in spans for place in range(a, b)] == list(range(len(latin)))
    for site in sites(folded, latin, spans):
        chances = unfolder().letters(folded, site)
        assert list(chances) == list(OPTIONS[folded[site.place]])
        assert np.isclose(sum(chances.values()), 1)
