"""The batched models against slow and obvious ones, and symmetrisation."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bialign.align import hmm
from bialign.align.anchors import _increasing, open_band
from bialign.align.beads import SHAPES, best_path
from bialign.align.symmetrize import grow_diag_final_and, intersection

LINKS = st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=15)


@given(LINKS, LINKS)
def test_symmetrised_lies_between(one, other):
    out = grow_diag_final_and(one, other)
    assert intersection(one, other) <= out <= one | other


def slow_markov(emitted, empty, jump):
    """Posteriors by summing over every path of one sentence."""
    steps, states = emitted.shape
    moves = np.array(
        [[jump[np.clip(b - a, -hmm.JUMP, hmm.JUMP) + hmm.JUMP] for b in range(states)] for a in range(states)]
    )
    moves /= moves.sum(axis=1, keepdims=True)
    start = np.array([jump[np.clip(b + 1, -hmm.JUMP, hmm.JUMP) + hmm.JUMP] for b in range(states)])
    start /= start.sum()
    total, whole = np.zeros((steps, states)), 0.0
    for path in np.ndindex(*(2 * states,) * steps):
        chance = 1.0
        for j, state in enumerate(path):
            place = state % states
            if state < states:
                before = start[place] if j == 0 else moves[path[j - 1] % states, place]
                chance *= (1 - hmm.EMPTY) * before * emitted[j, place]
            else:
                before = start[place] if j == 0 else float(path[j - 1] % states == place)
                chance *= hmm.EMPTY * before * empty[j]
        for j, state in enumerate(path):
            if state < states:
                total[j, state] += chance
        whole += chance
    return total / whole


def test_forward_backward_is_exact_also_with_padding():
    chance = np.random.default_rng(3)
    emitted = chance.random((2, 4, 4)).astype(np.float32)
    empty = chance.random((2, 4)).astype(np.float32)
    jump = chance.random(2 * hmm.JUMP + 1).astype(np.float32)
    seen = np.array([[True] * 3 + [False], [True] * 2 + [False] * 2])
    hidden = np.array([[True] * 3 + [False], [True] * 2 + [False] * 2])
    emitted[0, 3:] = emitted[0, :, 3:] = emitted[1, 2:] = emitted[1, :, 2:] = 0
    posterior, _ = hmm._markov(emitted, empty, jump, seen, hidden)
    for k, size in ((0, 3), (1, 2)):
        expected = slow_markov(emitted[k, :size, :size], empty[k], jump)
        assert np.allclose(posterior[k, :size, :size], expected, atol=1e-4)
        assert not posterior[k, size:].any()


@given(st.lists(st.integers(0, 20), max_size=9))
def test_longest_chain(columns):
    pairs = list(enumerate(columns))
    found = _increasing(pairs)
    assert all(a[1] < b[1] for a, b in pairwise(found))
    longest = [1] * len(columns)
    for k in range(len(columns)):
        longest[k] += max((longest[q] for q in range(k) if columns[q] < columns[k]), default=0)
    assert len(found) == max(longest, default=0)


@given(st.integers(1, 60), st.integers(1, 900), st.data())
def test_bands_join(n, m, data):
    rows = sorted(data.draw(st.sets(st.integers(0, n - 1), max_size=min(5, m))))
    columns = sorted(data.draw(st.sets(st.integers(0, m - 1), min_size=len(rows), max_size=len(rows))))
    low, high = open_band(list(zip(rows, columns, strict=True)), n, m)
    assert (low[0], high[-1]) == (0, m + 1)
    assert (low < high).all()
    assert (low[1:] < high[:-1]).all()
    flat = np.zeros((len(SHAPES), m + 1), np.float32)
    path = best_path(
        low, high, lambda _, a, b: flat[:, a:b], np.zeros(n, np.float32), np.zeros(m, np.float32)
    )
    assert sum(bead[1] for bead in path) == n
    assert sum(bead[3] for bead in path) == m
