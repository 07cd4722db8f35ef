"""Second pass over sentences: the path again, near where it ran, by the words of each bead.

The first pass compares sums of words; here the share of words that find a partner (``coverage``)
joins them, with weights learned on free translations made of ``tico19`` as a semi-Markov random
field (Sarawagi & Cohen 2004), whose prior is the first pass.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bialign.align.beads import AR_COUNTS, EN_COUNTS, best_path
from bialign.align.coverage import Coverage, Words
from bialign.align.gains import DEARER, VectorGains
from bialign.align.path import Path, narrow_band
from bialign.align.vectors import Runs

Floats = NDArray[np.float32]

#: What the gain of the first pass is worth beside the features.
PRIOR: Final = 40.0
#: What is seen of a bead and what it is worth.
WEIGHTS: Final = {
    "a bead": -2.78,
    "centred cosine": 2.21,
    "centred cosine by size": 6.27,
    "size": -3.84,
    "lengths apart": -2.38,
    "sentences beyond two": 0.22,
    "many to many": -1.04,
    "not one to one": -0.9,
    "coverage": 37.66,
}
#: The same for a sentence left alone, and for one in a text translated freely.
ALONE, ALONE_FREE = -0.35, -6.5
#: The most that lengths count as apart, as a logarithm.
APART: Final = 2.0

_WEIGHTS = np.array(list(WEIGHTS.values()), np.float32)
_BEYOND = (AR_COUNTS + EN_COUNTS - 2)[:, None].astype(np.float32)
_MANY = (np.minimum(AR_COUNTS, EN_COUNTS) > 1)[:, None].astype(np.float32)


class RefinedGains:
    """Gains of the second pass; callable as ``beads.Gains``.

    Args:
        gains: those of the first pass, for the same band.
        coverage: of the same band.
    """

    def __init__(self, gains: VectorGains, coverage: Coverage) -> None:
        self._gains, self._coverage = gains, coverage

    def __call__(self, row: int, low: int, high: int) -> Floats:
        """The gain of each shape ending at ``(row, low:high)``."""
        similarity = self._gains.similarities(row, low, high)
        ar_share, en_share = self._gains.balance(row, low, high)
        size = (ar_share + en_share) / 2
        apart = np.minimum(np.abs(np.log(ar_share / en_share)), APART)
        bead, cosine, cosine_size, sized, lengths, beyond, many, uneven, covered = _WEIGHTS
        shape = bead + beyond * _BEYOND + many * _MANY + uneven * (_BEYOND > 0)
        worth = similarity * (cosine + cosine_size * size) + sized * size + lengths * apart
        worth += covered * self._coverage(row, low, high) + shape
        out: Floats = worth + np.float32(PRIOR) * self._gains.worth(similarity, ar_share, en_share)
        return out


def refined(path: Path, words: Words, ar: Runs, en: Runs, ar_lengths: Floats, en_lengths: Floats) -> Path:
    """The path of the second pass.

    Args:
        path: the first pass's.
        words: the two texts as words.
        ar: the Arabic text, at least one sentence.
        en: the English text, likewise.
        ar_lengths: characters of each Arabic sentence.
        en_lengths: characters of each English sentence.
    """
    low, high = narrow_band(path, len(ar), len(en))
    gains = VectorGains(ar, en, ar_lengths, en_lengths, low, high)
    skip = PRIOR * path.skip + ALONE - ALONE_FREE * path.skip / DEARER
    found = best_path(
        low,
        high,
        RefinedGains(gains, Coverage(words, low, high)),
        np.full(len(ar), skip, np.float32),
        np.full(len(en), skip, np.float32),
    )
    beads = np.array(found, np.int64)
    return replace(path, beads=beads, similarities=gains.similarities_of(beads))
