"""What a bead is worth: cosine above the background, length, and a mild reward for more text.

The cosine of two runs is centred on what a run of its size reaches with the other text's average
run (the normalisation of Vecalign, taken as a mean vector, so that it costs one product); texts on
one subject are near each other everywhere, and long runs nearer still.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bialign.align.beads import AR_COUNTS, EN_COUNTS, LONGEST
from bialign.align.vectors import Runs

Floats = NDArray[np.float32]

#: Centred cosine worth nothing.
BASE = 0.12
#: A sentence left alone costs nothing in a text translated as closely as news is (the mean centred
#: cosine of its anchors is then ``CLOSE``), and more the freer the translation, up to ``DEAREST``.
CLOSE, DEARER, DEAREST = 0.72, 0.6, 0.15
#: The highest background that is subtracted, and the cosine of sentences that count as one.
HIGHEST, SAME = 0.9, 0.98
#: How the gain grows with the bead's share of the text: 0 counts beads, 1 counts characters.
GROWTH = 0.2
#: Boundaries the background is averaged over, and boundaries prepared at a time.
SAMPLE, CHUNK = 200, 256

_AR, _EN = AR_COUNTS - 1, EN_COUNTS - 1


def skip_gain(anchored: Floats) -> float:
    """The gain of leaving a sentence alone, never above zero.

    Args:
        anchored: centred cosines of the anchors.
    """
    mean = float(anchored.mean()) if len(anchored) else CLOSE
    return -min(max(DEARER * (CLOSE - mean), 0.0), DEAREST)


def centred(raw: Floats, ar_base: Floats, en_base: Floats) -> Floats:
    """Cosines over what each side reaches with the other text's average."""
    base = np.minimum((ar_base + en_base) / 2, HIGHEST)
    out: Floats = ((raw - base) / (1 - base)).astype(np.float32)
    return out


class VectorGains:
    """Gains from sentence vectors; callable as ``beads.Gains``.

    Args:
        ar, en: the two texts' runs.
        ar_lengths, en_lengths: characters of each sentence.
        low, high: the band, see ``beads.best_path``.
        base: the centred cosine worth nothing.
    """

    def __init__(
        self,
        ar: Runs,
        en: Runs,
        ar_lengths: Floats,
        en_lengths: Floats,
        low: NDArray[np.int64],
        high: NDArray[np.int64],
        base: float = BASE,
    ) -> None:
        self._ar, self._en = ar, en
        self._low, self._high = low, high
        self._worthless = base
        self._ar_mean, self._en_mean = _background(ar), _background(en)
        mean_beads = (len(ar) + len(en)) / 2
        self._ar_shares = window_sums(ar_lengths / ar_lengths.sum() * mean_beads, LONGEST)
        self._en_shares = window_sums(en_lengths / en_lengths.sum() * mean_beads, LONGEST)
        self._ready: tuple[int, int, int, int] = (0, 0, 0, 0)
        self._ar_runs = self._en_runs = np.zeros((0, LONGEST, 1), np.float32)
        self._ar_base = self._en_base = np.zeros((0, LONGEST, LONGEST), np.float32)

    def similarities(self, row: int, low: int, high: int) -> Floats:
        """Centred cosines of the shapes that end at ``(row, low:high)``, ``[shapes, high - low]``."""
        first_row, last_row, first, last = self._ready
        if not (first_row <= row < last_row and first <= low and high <= last):
            self._prepare(row)
            first_row, last_row, first, last = self._ready
        part = slice(low - first, high - first)
        flat = self._en_runs[part].reshape((high - low) * LONGEST, -1)
        raw = (self._ar_runs[row - first_row] @ flat.T).reshape(LONGEST, high - low, LONGEST)
        ar_base, en_base = self._ar_base[row - first_row], self._en_base[part].transpose(2, 0, 1)
        return centred(raw, ar_base[:, None, :], en_base)[_AR, :, _EN]

    def balance(self, row: int, low: int, high: int) -> tuple[Floats, Floats]:
        """Shares of the two sides (in average sentences) of each shape, ``[shapes, high - low]``."""
        return self._ar_shares[row, _AR][:, None], self._en_shares[low:high].T[_EN]

    def __call__(self, row: int, low: int, high: int) -> Floats:
        """The gain of each shape ending at ``(row, low:high)``."""
        return self.worth(self.similarities(row, low, high), *self.balance(row, low, high))

    def worth(self, similarity: Floats, ar_share: Floats, en_share: Floats) -> Floats:
        """The gain of beads of these centred cosines and shares."""
        ratio = np.minimum(ar_share, en_share) / np.maximum(ar_share, en_share)
        grown = ((ar_share + en_share) / 2) ** GROWTH
        out: Floats = grown * (similarity - self._worthless) * np.log2(1 + ratio)
        return out

    def similarities_of(self, beads: NDArray[np.int64]) -> Floats:
        """Centred cosines of beads, 0 where a side is empty; see ``of``."""
        full = (beads[:, 1] > 0) & (beads[:, 3] > 0)
        out = np.zeros(len(beads), np.float32)
        out[full] = self.of(beads[full])
        return out

    def of(self, beads: NDArray[np.int64]) -> Floats:
        """Centred cosines of beads without an empty side.

        Args:
            beads: ``(first Arabic, count, first English, count)`` of each ``[k, 4]``.
        """
        i, a, j, b = beads.T
        ar, en = self._ar.of(i + a, a), self._en.of(j + b, b)
        ar_base = np.einsum("kd,kd->k", ar, self._en_mean[b - 1])
        en_base = np.einsum("kd,kd->k", en, self._ar_mean[a - 1])
        return centred(np.einsum("kd,kd->k", ar, en), ar_base, en_base)

    def _prepare(self, row: int) -> None:
        last_row = min(row + CHUNK, len(self._low))
        first, last = int(self._low[row:last_row].min()), int(self._high[row:last_row].max())
        self._ready = (row, last_row, first, last)
        self._ar_runs = self._ar.ending(np.arange(row, last_row), LONGEST)
        self._en_runs = self._en.ending(np.arange(first, last), LONGEST)
        self._ar_base = self._ar_runs @ self._en_mean.T
        self._en_base = self._en_runs @ self._ar_mean.T


def _background(runs: Runs) -> Floats:
    """The mean vector of the runs of each size ``[LONGEST, d]``, see ``others``."""
    boundaries = np.unique(np.linspace(1, len(runs), min(SAMPLE, len(runs))).astype(int))
    vectors = runs.ending(boundaries, LONGEST)
    there = boundaries[:, None] > np.arange(LONGEST)
    total: Floats = vectors.sum(axis=0) / np.maximum(there.sum(axis=0), 1)[:, None]
    return total * others(vectors[:, 0], len(runs))


def others(vectors: Floats, sentences: int) -> float:
    """How much of a text's average is others than a sentence's own partner.

    The chance that two sentences drawn from the text differ (Simpson 1949): the average of a text
    of one sentence, or of one sentence again and again, is that sentence, and nothing is left to be
    the background.

    Args:
        vectors: sentences of the text, not all of a long one ``[k, d]``.
        sentences: how many the text has.
    """
    sample = vectors[np.linspace(0, len(vectors) - 1, min(SAMPLE, len(vectors))).astype(int)]
    sizes = np.linalg.norm(sample, axis=1)
    alike = sample @ sample.T > SAME * np.outer(sizes, sizes)
    np.fill_diagonal(alike, val=False)
    pairs = len(sample) * (len(sample) - 1)
    return (1 - 1 / sentences) * (1 - (float(alike.sum()) / pairs if pairs else 0.0))


def window_sums(values: NDArray[np.floating], most: int) -> Floats:
    """Sums of the 1 to ``most`` values before each boundary.

    Args:
        values: positive numbers ``[n]``.
        most: the longest window.

    Returns:
        ``[n + 1, most]``, never quite zero.
    """
    sums = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    ends = np.arange(len(sums))
    starts = np.maximum(ends[:, None] - np.arange(1, most + 1), 0)
    out: Floats = np.maximum(sums[:, None] - sums[starts], 1e-6).astype(np.float32)
    return out
