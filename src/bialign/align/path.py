"""One pass over two texts: anchors, band, best path of beads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bialign.align.anchors import find_anchors, open_band
from bialign.align.beads import best_path
from bialign.align.gains import BASE, VectorGains, centred, others, skip_gain
from bialign.align.vectors import Runs

#: How far the second pass looks around the path of the first: English sentences, and Arabic ones.
NEAR, NEAR_ROWS = 5, 4

#: Below this agreement two texts are no translation of each other. Gold texts have .39 and more,
#: unrelated ones .15 and less (``scripts/bench_align.py sentences``).
PARALLEL = 0.25

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Path:
    """The best path.

    Args:
        beads: ``(first Arabic, count, first English, count)`` of each bead in order ``[k, 4]``.
        similarities: centred cosine of each bead ``[k]``, 0 where a side is empty.
        skip: the gain of a sentence left alone.
    """

    beads: Ints
    similarities: Floats
    skip: float

    def agreement(self) -> float:
        """Mean centred cosine by sentence; a sentence left alone has none."""
        sentences = self.beads[:, 1] + self.beads[:, 3]
        return float((self.similarities * sentences).sum() / max(sentences.sum(), 1))

    def parallel(self) -> bool:
        """Whether enough agrees for two texts that translate each other."""
        return self.agreement() >= PARALLEL


def lengths(texts: Sequence[str]) -> Floats:
    """Characters of each sentence."""
    return np.array([len(text) for text in texts], np.float32)


def find_path(ar: Runs, en: Runs, ar_lengths: Floats, en_lengths: Floats, base: float = BASE) -> Path:
    """The beads of two texts by the vectors of their runs.

    Args:
        ar: the Arabic text, at least one sentence.
        en: the English text, likewise.
        ar_lengths: characters of each Arabic sentence.
        en_lengths: characters of each English sentence.
        base: the centred cosine worth nothing.
    """
    ar_single, en_single = _single(ar), _single(en)
    anchors = find_anchors(ar_single, en_single)
    i, j = np.array(anchors, np.int64).reshape(-1, 2).T
    anchored = centred(
        np.einsum("kd,kd->k", ar_single[i], en_single[j]),
        ar_single[i] @ en_single.mean(axis=0) * others(en_single, len(en)),
        en_single[j] @ ar_single.mean(axis=0) * others(ar_single, len(ar)),
    )
    skip = skip_gain(anchored)
    low, high = open_band(anchors, len(ar), len(en))
    gains = VectorGains(ar, en, ar_lengths, en_lengths, low, high, base)
    beads = np.array(
        best_path(low, high, gains, np.full(len(ar), skip, np.float32), np.full(len(en), skip, np.float32)),
        np.int64,
    )
    return Path(beads, gains.similarities_of(beads), skip)


def narrow_band(
    beads: Ints, n: int, m: int, near: int = NEAR, near_rows: int = NEAR_ROWS
) -> tuple[Ints, Ints]:
    """The band near a path.

    Args:
        beads: the path's, see ``Path``.
        n: Arabic units.
        m: English units.
        near: English units around it.
        near_rows: Arabic units around it.

    Returns:
        As ``anchors.open_band``.
    """
    i, a, j, b = beads.T
    low, high = np.full(n + 1, m, np.int64), np.zeros(n + 1, np.int64)
    for step in range(int(a.max(initial=0)) + 1):
        there = a >= step
        np.minimum.at(low, i[there] + step, j[there])
        np.maximum.at(high, i[there] + step, (j + b)[there])
    around = np.arange(-near_rows, near_rows + 1)[:, None] + np.arange(n + 1)
    around = np.clip(around, 0, n)
    low = np.maximum(low[around].min(axis=0) - near, 0)
    high = np.minimum(high[around].max(axis=0) + near, m) + 1
    low[0], high[n] = 0, m + 1
    return low, high


def _single(runs: Runs) -> Floats:
    """Vectors of the sentences themselves."""
    return runs.of(np.arange(1, len(runs) + 1), np.ones(len(runs), np.int64))
