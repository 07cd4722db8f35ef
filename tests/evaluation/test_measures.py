"""The measures against slow, obvious references."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from math import log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bialign.evaluation.counts import Counts, as_columns
from bialign.evaluation.measures import Agreement, Dominance, Entropy, Measure, PseudoReference

NAMES = st.lists(st.lists(st.integers(0, 4), min_size=1, max_size=9), min_size=1, max_size=6)


def count(names: list[list[int]]) -> Counts:
    name = np.repeat(np.arange(len(names)), [len(row) for row in names])
    return Counts.of(name, np.array([value for row in names for value in row], dtype=np.int64))


def agreement(row: list[int]) -> float:
    pairs = list(combinations(row, 2))
    return sum(a == b for a, b in pairs) / len(pairs)


def dominance(row: list[int]) -> float:
    return Counter(row).most_common(1)[0][1] / len(row)


def entropy(row: list[int]) -> float:
    return -sum(n / len(row) * log2(n / len(row)) for n in Counter(row).values())


def first(row: list[int]) -> float:
    return row.count(row[0]) / len(row)


def given_zero(row: list[int]) -> float:
    return row.count(0) / len(row)


REFERENCES = [
    (Agreement(), agreement, lambda row: len(row) * (len(row) - 1) / 2),
    (Dominance(), dominance, len),
    (Entropy(), entropy, len),
    (PseudoReference("first"), first, len),
    (PseudoReference("most_frequent"), dominance, len),
    (PseudoReference("given", dict.fromkeys(range(9), 0)), given_zero, len),
]


@pytest.mark.parametrize(("measure", "slow", "weight"), REFERENCES, ids=lambda x: getattr(x, "label", ""))
@given(names=NAMES)
def test_measure_equals_the_obvious_reference(measure: Measure, slow, weight, names) -> None:
    counts = count(names)
    score = measure.score(counts, "written")
    enough = 0 if measure.label.endswith("given") else 1
    repeated = [row for row in names if len(row) > enough]
    assert score.names == len(repeated)
    assert score.once == len(names) - len(repeated)
    assert score.occurrences == sum(map(len, repeated))
    if not repeated:
        assert score.micro is None
        assert score.macro is None
        return
    figures = [slow(row) for row in repeated]
    weights = [weight(row) for row in repeated]
    assert score.macro == pytest.approx(sum(figures) / len(figures), abs=1e-9)
    micro = sum(f * w for f, w in zip(figures, weights, strict=True)) / sum(weights)
    assert score.micro == pytest.approx(micro, abs=1e-9)
    each = measure.per_name(counts)
    for row, value in zip(names, each, strict=True):
        assert np.isnan(value) if len(row) <= enough else value == pytest.approx(slow(row), abs=1e-9)


def test_one_name_six_times() -> None:
    counts = as_columns([[5, 1]])
    assert Agreement().score(counts, "written").micro == pytest.approx(2 / 3)
    assert Dominance().score(counts, "written").micro == pytest.approx(5 / 6)


def test_nothing_to_measure() -> None:
    for measure in (Agreement(), Dominance(), Entropy(), PseudoReference("first")):
        score = measure.score(as_columns([]), "written")
        assert (score.micro, score.macro, score.names, score.once) == (None, None, 0, 0)


def test_signature_says_how() -> None:
    text = PseudoReference("first").score(as_columns([[2]]), "case", by="translator").signature
    for part in (
        "pseudo_reference",
        "reference:first",
        "level:case",
        "unit:occurrence",
        "by:translator",
        "version:",
    ):
        assert part in text.split("|") or any(item.startswith(part) for item in text.split("|"))
