"""Sums over all monotone alignments of two spellings: forward, backward, best path.

A state ``(i, j)`` stands before source letter ``i`` (``n`` is the end) with ``j`` target letters
written. From it the model either writes the next target letter, to ``(i, j + 1)``, or goes on to
the next source letter, to ``(i + 1, j)``; going on from ``(n, m)`` ends the name. This is the
output lattice of the RNN transducer (Graves 2012, "Sequence transduction with recurrent neural
networks"), and a stochastic edit distance (Ristad and Yianilos 1998) with context.

Probabilities are not logarithms here: float64 reaches 1e-308, and names are short.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: The least probability a sum is given, so that its logarithm exists.
LEAST = 1e-300


@lru_cache(maxsize=512)
def _skew(rows: int, columns: int) -> Ints:
    """Cell numbers by diagonal and row; cells outside get the number after the last."""
    diagonal = np.arange(rows + columns - 1)[:, None]
    row = np.arange(rows)[None, :]
    column = diagonal - row
    inside = (column >= 0) & (column < columns)
    return np.where(inside, row * columns + column, rows * columns)


def _by_diagonal(cells: Floats) -> Floats:
    """[B, rows, columns] to [diagonals, rows, B], zero outside."""
    batch, rows, columns = cells.shape
    flat = np.zeros((rows * columns + 1, batch))
    flat[:-1] = cells.reshape(batch, -1).T
    skewed: Floats = flat[_skew(rows, columns)]
    return skewed


def forward(go: Floats, write: Floats, n: Ints, m: Ints) -> tuple[Floats, Floats]:
    """Forward sums of a batch.

    Args:
        go: probability of going on from each state, [B, N + 1, M + 1].
        write: probability of writing the pair's own next letter, same shape, zero from ``m`` on.
        n: lengths of the sources, [B].
        m: lengths of the targets, [B].

    Returns:
        Forward sums by diagonal, [N + M + 1, N + 1, B], and the total of each pair, [B].
    """
    batch, rows, columns = go.shape
    go_d, write_d = _by_diagonal(go), _by_diagonal(write)
    alpha = np.zeros((rows + columns - 1, rows, batch))
    alpha[0, 0] = 1.0
    for d in range(rows + columns - 2):
        np.multiply(alpha[d], write_d[d], out=alpha[d + 1])
        alpha[d + 1, 1:] += alpha[d, :-1] * go_d[d, :-1]
    every = np.arange(batch)
    total = alpha[n + m, n, every] * go_d[n + m, n, every]
    return alpha, total


def occupancy(go: Floats, write: Floats, n: Ints, m: Ints) -> tuple[Floats, Floats, Floats]:
    """Posterior probability that a pair's alignment takes each step.

    Returns:
        For going on and for writing, [B, N + 1, M + 1] each, and the totals, [B].
    """
    batch, rows, columns = go.shape
    alpha, total = forward(go, write, n, m)
    go_d, write_d = _by_diagonal(go), _by_diagonal(write)
    ends = np.zeros((rows + columns - 1, rows, batch))
    ends[n + m, n, np.arange(batch)] = 1.0
    beta = np.zeros((rows + columns, rows + 1, batch))
    took_go, took_write = np.zeros_like(go_d), np.zeros_like(go_d)
    for d in range(rows + columns - 2, -1, -1):
        onward = beta[d + 1, 1:] + ends[d]
        took_go[d] = go_d[d] * onward
        took_write[d] = write_d[d] * beta[d + 1, :-1]
        beta[d, :-1] = took_go[d] + took_write[d]
    scale = alpha / np.maximum(total, LEAST)
    skew = _skew(rows, columns)
    inside = skew < rows * columns
    result = []
    for took in (took_go, took_write):
        flat = np.zeros((rows * columns, batch))
        flat[skew[inside]] = (took * scale)[inside]
        result.append(flat.T.reshape(batch, rows, columns))
    return result[0], result[1], total


def best_path(go: Floats, write: Floats) -> list[tuple[int, int]]:
    """The likeliest alignment of one pair.

    Args:
        go: as for ``forward``, for one pair: [n + 1, m + 1].
        write: likewise.

    Returns:
        For each source letter (and the end) the span of target letters it wrote.
    """
    rows, columns = go.shape
    go_l, write_l = np.log(np.maximum(go, LEAST)), np.log(np.maximum(write, LEAST))
    best = np.full((rows, columns), -np.inf)
    best[0, 0] = 0.0
    wrote = np.zeros((rows, columns), dtype=bool)
    for i in range(rows):
        for j in range(columns):
            if i and best[i - 1, j] + go_l[i - 1, j] > best[i, j]:
                best[i, j] = best[i - 1, j] + go_l[i - 1, j]
            if j and best[i, j - 1] + write_l[i, j - 1] > best[i, j]:
                best[i, j], wrote[i, j] = best[i, j - 1] + write_l[i, j - 1], True
    spans = [(0, 0)] * rows
    i, j, end = rows - 1, columns - 1, columns - 1
    while i or j:
        if wrote[i, j]:
            j -= 1
        else:
            spans[i] = (j, end)
            i, end = i - 1, j
    spans[0] = (0, end)
    return spans
