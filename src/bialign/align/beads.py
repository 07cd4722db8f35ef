"""The banded dynamic programme that joins runs of sentences to beads.

The state is a pair of boundaries, ``i`` in the Arabic and ``j`` in the English text; a bead of
``a`` by ``b`` sentences leads from ``(i - a, j - b)`` to ``(i, j)``. The best path maximises the
sum of the beads' gains, as Gale & Church (1993) and Vecalign (Thompson & Koehn 2019) do with costs.
"""

from __future__ import annotations

from collections.abc import Callable

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
    rows = len(low)
    gone_en = np.concatenate([[0.0], np.cumsum(skip_en, dtype=np.float64)])
    best: list[NDArray[np.float64]] = []
    came: list[NDArray[np.int8]] = []
    for row in range(rows):
        start, stop = int(low[row]), int(high[row])
        here = np.full(stop - start, -np.inf)
        how = np.full(stop - start, -1, np.int8)
        if row == 0 and start == 0:
            here[0] = 0.0
        if row:
            gained = gains(row, start, stop)
            for number, (a, b) in enumerate((*SHAPES, (1, 0))):
                if a > row:
                    continue
                before, first = best[row - a], int(low[row - a])
                left, right = max(start, first + b), min(stop, first + b + len(before))
                if left >= right:
                    continue
                total = before[left - b - first : right - b - first] + (
                    gained[number, left - start : right - start] if b else skip_ar[row - 1]
                )
                part = slice(left - start, right - start)
                better = total > here[part]
                here[part][better] = total[better]
                how[part][better] = number
        # English sentences left alone: a running maximum along the row.
        offset = gone_en[start:stop]
        level = here - offset
        reached = np.maximum.accumulate(level)
        alone = reached > level
        here = np.where(alone, reached + offset, here)
        how[alone] = -2
        best.append(here)
        came.append(how)
    return _traced(low, came)


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
            a, b = (*SHAPES, (1, 0))[how]
        row, column = row - a, column - b
        out.append((row, a, column, b))
    return out[::-1]
