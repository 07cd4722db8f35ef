"""Two corpora against each other."""

from __future__ import annotations

import pytest

from bialign.errors import UsageError
from bialign.evaluation.comparing import compare
from bialign.evaluation.consistency import Settings, consistency


def test_the_more_consistent_corpus_is_told(fakes) -> None:
    names = [f"Town{letter}" for letter in "bcdfghjklm"]
    entries = [fakes.entry(name, None, f"{name} ", f"{name}h ") for name in names]
    tidy = [fakes.page(n, "".join(f"{name} and {name} or {name} " for name in names)) for n in range(3)]
    mixed = [
        fakes.page(10 + n, "".join(f"{name} and {name}h or {name} " for name in names[:-1])) for n in range(3)
    ]
    lexicon = fakes.FakeLexicon(entries, tidy + mixed)
    left, right = (consistency(pages, lexicon, settings=Settings(rounds=0)) for pages in (tidy, mixed))
    comparison = compare(left, right)
    assert comparison.names == 9
    assert comparison.left == 1.0
    assert comparison.difference < 0
    assert comparison.p_value < 0.01
    assert comparison.interval[1] < 0
    again = compare(left, left)
    assert (again.difference, again.p_value) == (0, 1.0)
    with pytest.raises(UsageError):
        compare(left, right, "loud")


def test_too_few_names_for_a_test(fakes) -> None:
    empty = consistency((), fakes.FakeLexicon([]))
    comparison = compare(empty, empty)
    assert (comparison.names, comparison.difference, comparison.p_value) == (0, None, None)
