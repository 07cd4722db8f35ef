"""How probable it is that an alignment passes a pair of boundaries: forward and backward over beads.

The states and beads are those of ``beads``; here their gains are logarithms of weights, and all
paths are summed, where ``best_path`` looks for the heaviest (Rabiner 1989, over segments as Sarawagi
& Cohen 2004).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bialign.align.beads import AR_STEPS, EN_STEPS, SHAPES, Gains

Ints = NDArray[np.int64]
Doubles = NDArray[np.float64]


def passing(low: Ints, high: Ints, gains: Gains, skip: float) -> tuple[Doubles, Ints]:
    """The logarithm of the probability that a path passes each pair of boundaries in a band.

    Args:
        low: for each Arabic boundary the first English boundary, see ``beads.best_path``.
        high: the boundary behind the last one.
        gains: the gain of each shape, a logarithm.
        skip: the gain of a unit left alone, below zero.

    Returns:
        The logarithms, row after row ``[states]``, and where each row begins ``[rows + 1]``.
    """
    at = np.append(0, np.cumsum(high - low))
    states = int(at[-1])
    # the last place is the one outside the band
    forward, backward = np.full(states + 1, -np.inf), np.full(states + 1, -np.inf)
    forward[0], backward[states - 1] = 0.0, 0.0
    came = np.full((len(SHAPES) + 1, states), states, np.int64)
    gained = np.full((len(SHAPES) + 1, states), skip)
    for row in range(len(low)):
        start, stop = int(low[row]), int(high[row])
        part, alone = slice(int(at[row]), int(at[row + 1])), np.arange(start, stop) * skip
        if row:
            before = np.maximum(row - AR_STEPS, 0)
            left = np.arange(start, stop)[None, :] - EN_STEPS[:, None]
            inside = (left >= low[before, None]) & (left < high[before, None]) & (row >= AR_STEPS[:, None])
            came[:, part] = np.where(inside, at[before, None] - low[before, None] + left, states)
            gained[:-1, part] = gains(row, start, stop)
            forward[part] = _summed(forward[came[:, part]] + gained[:, part])
        forward[part] = np.logaddexp.accumulate(forward[part] - alone) + alone
    for row in range(len(low) - 1, -1, -1):
        part, alone = slice(int(at[row]), int(at[row + 1])), np.arange(low[row], high[row]) * skip
        backward[part] = np.logaddexp.accumulate((backward[part] + alone)[::-1])[::-1] - alone
        if row:
            into = backward[part] + gained[:, part]
            # a shape leads from different states to different ones, so none is written twice
            for source, worth in zip(came[:, part], into, strict=True):
                backward[source] = np.logaddexp(backward[source], worth)
            backward[states] = -np.inf
    return forward[:-1] + backward[:-1] - forward[states - 1], at


def _summed(logarithms: Doubles) -> Doubles:
    """Logarithm of the column sums of numbers given as logarithms."""
    most = logarithms.max(axis=0)
    most = np.where(np.isfinite(most), most, 0.0)
    with np.errstate(divide="ignore"):
        out: Doubles = np.log(np.exp(logarithms - most).sum(axis=0)) + most
    return out
