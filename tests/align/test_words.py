"""Word alignment on a small composed corpus."""

import numpy as np
import pytest

from bialign.align.words import UNITS, align_words, word_posteriors
from bialign.errors import UsageError

PAIRS = [
    (ar.split(), en.split())
    for ar, en in [
        ("بيت كبير", "big house"),
        ("بيت صغير", "small house"),
        ("كتاب كبير", "big book"),
        ("كتاب صغير", "small book"),
        ("بيت", "house"),
    ]
]


def test_learns_from_five_sentences():
    assert align_words(PAIRS, method="intersection")[:2] == [[(0, 1), (1, 0)], [(0, 1), (1, 0)]]


@pytest.mark.parametrize("unit", UNITS)
def test_each_unit_alone(unit):
    assert align_words(PAIRS, method="intersection", units=[unit])[0] == [(0, 1), (1, 0)]


def test_posteriors_of_several_units_are_their_mean():
    parts = [word_posteriors(PAIRS, units=[unit]) for unit in UNITS]
    for k, whole in enumerate(word_posteriors(PAIRS)):
        for side in (0, 1):
            assert np.allclose(whole[side], sum(part[k][side] for part in parts) / len(UNITS), atol=1e-5)


@pytest.mark.parametrize("units", [[], ["letter"]])
def test_unknown_units(units):
    with pytest.raises(UsageError):
        align_words(PAIRS, units=units)


@pytest.mark.parametrize("method", ["grow-diag-final-and", "intersection", "posterior"])
def test_empty_sides(method):
    links = align_words([([], ["a"]), (["ا"], []), ([], []), *PAIRS], method=method)
    assert links[:3] == [[], [], []]
    assert len(links) == 8


def test_a_line_of_100_000_words():
    assert align_words([(["كلمة"] * 100_000, ["word"] * 10), *PAIRS])[0] == []


def test_nothing():
    assert align_words([]) == []


def test_unknown_method():
    with pytest.raises(UsageError):
        align_words(PAIRS, method="magic")
