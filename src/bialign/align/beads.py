"""The banded dynamic programme that joins runs of sentences to beads.

The state is a pair of boundaries, ``i`` in the Arabic and ``j`` in the English text; a bead of
``a`` by ``b`` sentences leads from ``(i - a, j - b)`` to ``(i, j)``. The best path maximises the
sum of the beads' gains, as Gale & Church (1993) and Vecalign (Thompson & Koehn 2019) do with costs.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

#: Longest run on one side of a bead, and the most sentences of both sides together.
LONGEST, TOGETHER = 10, 11
#: A bead's shapes, Arabic by English sentences.
SHAPES = tuple(
    (a, b)
    for a in range(1, LONGEST + 1)
    for b in range(1, LONGEST + 1)
    if a + b <= TOGETHER and min(a, b) <= 3
)

#: The two counts of each shape, and of a sentence of either side's text left alone behind them.
AR_COUNTS = np.array([a for a, _ in SHAPES], np.int64)
EN_COUNTS = np.array([b for _, b in SHAPES], np.int64)
AR_STEPS, EN_STEPS = np.append(AR_COUNTS, 1), np.append(EN_COUNTS, 0)

#: ``gains(row, low, high)``: for the Arabic boundary ``row`` and English boundaries ``low:high``,
#: the gain of each shape that ends there, ``[shapes, high - low]``.
Gains = Callable[[int, int, int], Floats]


def best_path(
    low: Ints, high: Ints, gains: Gains, skip_ar: Floats, skip_en: Floats
) -> list[tuple[int, int, int, int]]:
    """The beads of the best path from (0, 0) to the last boundaries.

    Args:
        low: for each Arabic boundary (number of sentences + 1) the first English boundary looked
            at; the first row holds 0.
        high: the boundary behind the last one looked at; the last row holds the final boundary.
        gains: the gain of each shape, see ``Gains``.
        skip_ar: gain of leaving each Arabic sentence alone ``[n]``.
        skip_en: gain of leaving each English sentence alone ``[m]``.

    Returns:
        ``(first Arabic, count, first English, count)`` of each bead in order; one count is zero
        for a sentence left alone.
    """
    gone_en = np.concatenate([[0.0], np.cumsum(skip_en, dtype=np.float64)])
    at = np.append(0, np.cumsum(high - low))
    # the last place is the one outside the band
    best = np.full(int(at[-1]) + 1, -np.inf)
    came = np.full(int(at[-1]), -1, np.int8)
    best[0] = 0.0
    for row in range(len(low)):
        start, stop = int(low[row]), int(high[row])
        part = slice(int(at[row]), int(at[row + 1]))
        if row:
            before = np.maximum(row - AR_STEPS, 0)
            left = np.arange(start, stop)[None, :] - EN_STEPS[:, None]
            inside = (left >= low[before, None]) & (left < high[before, None]) & (row >= AR_STEPS[:, None])
            total = best[np.where(inside, at[before, None] - low[before, None] + left, -1)]
            total[:-1] += gains(row, start, stop)
            total[-1] += skip_ar[row - 1]
            how = total.argmax(axis=0)
            best[part] = total[how, np.arange(stop - start)]
            came[part] = np.where(np.isfinite(best[part]), how, -1)
        # English sentences left alone: a running maximum along the row.
        offset = gone_en[start:stop]
        level = best[part] - offset
        reached = np.maximum.accumulate(level)
        alone = reached > level
        best[part] = np.where(alone, reached + offset, best[part])
        came[part][alone] = -2
    return _traced(low, [came[first:last] for first, last in pairwise(at.tolist())])


def _traced(low: Ints, came: list[NDArray[np.int8]]) -> list[tuple[int, int, int, int]]:
    """Walk back from the last state."""
    row, column = len(low) - 1, int(low[-1]) + len(came[-1]) - 1
    out: list[tuple[int, int, int, int]] = []
    while row or column:
        how = int(came[row][column - int(low[row])])
        if how == -2:
            a, b = 0, 1
        elif how < 0:
            raise ValueError("the band does not join its ends")
        else:
            a, b = int(AR_STEPS[how]), int(EN_STEPS[how])
        row, column = row - a, column - b
        out.append((row, a, column, b))
    return out[::-1]
