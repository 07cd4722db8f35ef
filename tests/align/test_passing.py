"""Probabilities of boundaries against a sum over every path."""

from functools import cache

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from bialign.align.beads import SHAPES
from bialign.align.passing import passing


def every_path(n, m, gain, skip):
    """Each path as its boundaries and its gain."""

    @cache
    def to(i, j):
        if (i, j) == (0, 0):
            return [([(0, 0)], 0.0)]
        steps = [(a, b, gain[i, j, k]) for k, (a, b) in enumerate(SHAPES) if a <= i and b <= j]
        steps += [(1, 0, skip)] * (i > 0) + [(0, 1, skip)] * (j > 0)
        return [
            ([*states, (i, j)], worth + more) for a, b, more in steps for states, worth in to(i - a, j - b)
        ]

    return to(n, m)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 3), st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_as_the_sum_over_every_path(n, m, seed):
    gain = np.random.default_rng(seed).normal(0, 2, (n + 1, m + 1, len(SHAPES)))
    low, high = np.zeros(n + 1, np.int64), np.full(n + 1, m + 1)
    found, at = passing(low, high, lambda row, left, right: gain[row, left:right].T, -1.5)
    seen = np.zeros((n + 1, m + 1))
    for states, worth in every_path(n, m, gain, -1.5):
        for i, j in states:
            seen[i, j] += np.exp(worth)
    assert at.tolist() == [row * (m + 1) for row in range(n + 2)]
    np.testing.assert_allclose(np.exp(found).reshape(n + 1, m + 1), seen / seen[0, 0], rtol=1e-6)


def test_outside_the_band_nothing_passes():
    low, high = np.array([0, 1, 2]), np.array([1, 2, 3])
    found, _ = passing(low, high, lambda _row, left, right: np.zeros((len(SHAPES), right - left)), -1.0)
    # one bead of two by two, or two beads
    np.testing.assert_allclose(found, [0.0, np.log(0.5), 0.0], atol=1e-9)
