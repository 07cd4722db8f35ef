"""Word alignment on a small composed corpus."""

import pytest

from bialign.align.words import align_words
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
