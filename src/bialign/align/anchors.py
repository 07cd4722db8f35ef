"""First pass: sure 1-1 anchors between two long texts, and the band they leave open.

Anchors are mutual nearest neighbours by margin cosine (Artetxe & Schwenk 2019) that form the
longest increasing chain. So that the cost grows linearly, the texts are first compared as blocks
of sentences, halved level by level (the coarse-to-fine idea of Vecalign, Thompson & Koehn 2019),
and each level looks only inside the band of the one before.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

#: Up to this many rows a level is compared with everything.
DENSE = 1000
#: Neighbours averaged by the margin, and the margin an anchor needs.
NEIGHBOURS, MARGIN = 4, 1.08
#: What a band keeps free on either side of an anchor, and the widest it grows.
SLACK, WIDEST = 12, 400
#: Rows compared at a time.
CHUNK = 256


def find_anchors(ar: Floats, en: Floats) -> list[tuple[int, int]]:
    """Sentences that surely translate each other.

    Args:
        ar: sentence vectors ``[n, d]``, rows of length 1.
        en: those of the other text ``[m, d]``.

    Returns:
        Arabic and English indexes, both increasing.
    """
    return _chain(ar, en, *_search_range(ar, en))


def _search_range(ar: Floats, en: Floats) -> tuple[Ints, Ints]:
    """For each Arabic sentence the English sentences worth comparing."""
    n, m = len(ar), len(en)
    if max(n, m) <= DENSE:
        return np.zeros(n, np.int64), np.full(n, m, np.int64)
    ar_half, en_half = _halved(ar), _halved(en)
    low, high = open_band(find_anchors(ar_half, en_half), len(ar_half), len(en_half))
    half = np.arange(n) // 2
    return np.maximum(2 * low[half] - 2, 0), np.minimum(2 * high[half + 1] + 2, m)


def _halved(vectors: Floats) -> Floats:
    """Mean vectors of two neighbours each."""
    starts = np.arange(0, len(vectors), 2)
    out: Floats = np.add.reduceat(vectors, starts, axis=0)
    out /= np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9)
    return out


def _chain(ar: Floats, en: Floats, low: Ints, high: Ints) -> list[tuple[int, int]]:
    """Mutual nearest neighbours by margin, the longest increasing chain of them."""
    n, m = len(ar), len(en)
    row_best, row_near = np.zeros(n, np.int64), np.zeros(n)
    row_top = np.zeros(n)
    column_best, column_top = np.full(m, -1, np.int64), np.full(m, -np.inf)
    column_sum, column_count = np.zeros(m), np.zeros(m)
    for first in range(0, n, CHUNK):
        last = min(first + CHUNK, n)
        left, right = int(low[first:last].min()), int(high[first:last].max())
        sims = (ar[first:last] @ en[left:right].T).astype(np.float64)
        columns = np.arange(left, right)
        inside = (columns >= low[first:last, None]) & (columns < high[first:last, None])
        sims = np.where(inside, sims, -1.0)
        near = min(NEIGHBOURS, right - left)
        row_near[first:last] = np.partition(sims, -near, axis=1)[:, -near:].mean(axis=1)
        row_best[first:last] = sims.argmax(axis=1) + left
        row_top[first:last] = sims.max(axis=1)
        block_best, block_top = sims.argmax(axis=0) + first, sims.max(axis=0)
        better = block_top > column_top[left:right]
        column_best[left:right][better] = block_best[better]
        column_top[left:right][better] = block_top[better]
        near = min(NEIGHBOURS, last - first)
        top = np.partition(sims, -near, axis=0)[-near:]
        column_sum[left:right] += np.where(top > -1, top, 0).sum(axis=0)
        column_count[left:right] += (top > -1).sum(axis=0)
    column_near = column_sum / np.maximum(column_count, 1)
    rows = np.arange(n)
    margin = 2 * row_top / np.maximum(row_near + column_near[row_best], 1e-6)
    sure = (column_best[row_best] == rows) & (margin > MARGIN)
    return _increasing([(int(i), int(row_best[i])) for i in rows[sure]])


def _increasing(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest chain in which both numbers grow (patience sorting).

    >>> _increasing([(0, 0), (1, 7), (2, 1), (3, 2)])
    [(0, 0), (2, 1), (3, 2)]
    """
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_, column) in enumerate(pairs):
        place = bisect_left(tails, column)
        before.append(ends[place - 1] if place else -1)
        if place == len(tails):
            tails.append(column)
            ends.append(number)
        else:
            tails[place] = column
            ends[place] = number
    out: list[tuple[int, int]] = []
    number = ends[-1] if ends else -1
    while number >= 0:
        out.append(pairs[number])
        number = before[number]
    return out[::-1]


def open_band(anchors: Sequence[tuple[int, int]], n: int, m: int) -> tuple[Ints, Ints]:
    """Where an alignment may run: the rectangles between neighbouring anchors, with slack.

    Args:
        anchors: as ``find_anchors`` gives them.
        n: Arabic sentences.
        m: English sentences.

    Returns:
        For each of the ``n + 1`` Arabic boundaries the half-open range of English boundaries; a
        wide rectangle is cut to a strip along its diagonal.
    """
    low, high = np.zeros(n + 1, np.int64), np.full(n + 1, m + 1, np.int64)
    corners = [(-1, -1), *anchors, (n, m)]
    for (i, j), (next_i, next_j) in pairwise(corners):
        first, last = i + 1, next_i + 1
        left, right = j + 1 - SLACK, next_j + 1 + SLACK
        if right - left > WIDEST:
            middle = np.interp(np.arange(first, last), [i, next_i], [j, next_j])
            low[first:last] = np.maximum(middle - WIDEST // 2, left)
            high[first:last] = np.minimum(middle + WIDEST // 2, right)
        else:
            low[first:last], high[first:last] = left, right
    low, high = np.clip(low, 0, m), np.clip(high, 1, m + 1)
    low[0], high[n] = 0, m + 1
    low = np.minimum.accumulate(low[::-1])[::-1]
    high = np.maximum.accumulate(high)
    # Neighbouring rows must overlap, also where one side has a long passage more.
    low[1:] = np.minimum(low[1:], high[:-1] - 1)
    return low, high
