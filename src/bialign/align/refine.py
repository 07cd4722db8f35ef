"""Second pass over sentences: the path again, near where it ran, by the words of each bead.

The first pass compares sums of words; here the share of words that find a partner (``coverage``)
joins them, with weights learned on free translations made of ``tico19`` as a semi-Markov random
field (Sarawagi & Cohen 2004), whose prior is the first pass. In a free translation the clauses
(``clauses``) join them too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bialign.align.beads import AR_COUNTS, EN_COUNTS, best_path
from bialign.align.clauses import Meetings
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
#: Clauses are asked in a text whose sentences left alone cost more than this (``gains.skip_gain``):
#: in a closer translation the sentences themselves tell enough.
FREE: Final = -0.05
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
        meetings: of the same band; None where clauses are not asked.
    """

    def __init__(self, gains: VectorGains, coverage: Coverage, meetings: Meetings | None = None) -> None:
        self._gains, self._coverage, self._meetings = gains, coverage, meetings

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
        if self._meetings is not None:
            worth += self._meetings(row, low, high)
        out: Floats = worth + np.float32(PRIOR) * self._gains.worth(similarity, ar_share, en_share)
        return out


def refined(
    path: Path,
    ar: Sequence[str],
    en: Sequence[str],
    ar_runs: Runs,
    en_runs: Runs,
    ar_lengths: Floats,
    en_lengths: Floats,
) -> Path:
    """The path of the second pass.

    Args:
        path: the first pass's.
        ar: Arabic sentences, at least one.
        en: English sentences, likewise.
        ar_runs: runs of the Arabic text.
        en_runs: runs of the English text.
        ar_lengths: characters of each Arabic sentence.
        en_lengths: characters of each English sentence.
    """
    low, high = narrow_band(path.beads, len(ar), len(en))
    gains = VectorGains(ar_runs, en_runs, ar_lengths, en_lengths, low, high)
    coverage = Coverage(Words(ar, en), low, high)
    free = path.skip < FREE and path.parallel()
    meetings = Meetings(ar, en, path, low, high) if free else None
    skip = PRIOR * path.skip + ALONE - ALONE_FREE * path.skip / DEARER
    found = best_path(
        low,
        high,
        RefinedGains(gains, coverage, meetings),
        np.full(len(ar), skip, np.float32),
        np.full(len(en), skip, np.float32),
    )
    beads = np.array(found, np.int64)
    return replace(path, beads=beads, similarities=gains.similarities_of(beads))
