"""Where the clauses of two texts meet: what tells in which of two neighbours a sentence belongs.

Translators of literature break and join sentences, but keep the order inside them. A sentence
vector knows no order; so both texts are cut into clauses as well, these are aligned like sentences,
and how probably that alignment passes a pair of sentence boundaries speaks for the beads between.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import regex
from numpy.typing import NDArray

from bialign.align.beads import AR_COUNTS, EN_COUNTS
from bialign.align.gains import VectorGains
from bialign.align.passing import passing
from bialign.align.path import Path, lengths, narrow_band
from bialign.align.shared import mixed_runs

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

#: A clause has at least this many words.
LEAST: Final = 4
#: What a gain is worth as the logarithm of a weight.
SHARPNESS: Final = 20.0
#: What a boundary is worth, the probability that is worth nothing, and the one that is as bad as none.
WORTH, NOTHING, NEVER = 3.0, 0.2, 0.1
#: How far around the path of sentences the clauses are aligned: English clauses, and Arabic ones.
NEAR, NEAR_ROWS = 12, 8
#: Beads whose clauses are aligned together; the surest of the last ``CHOICE`` ends them.
BLOCK, CHOICE = 200, 50

_ENDS: Final = {
    "ar": regex.compile(
        r"(?<=[،؛:.!؟…])[»\")]*\s+|\s+(?=(?:[وف]\p{L}{3,}|لكن|التي|الذي|حيث|لأن|بينما|عندما|ثم|أن|إلا|إذا)\s)"
    ),
    "en": regex.compile(
        r"(?<=[,;:.!?—–…])[\"”')]*\s+"
        r"|\s+(?=(?:and|but|which|who|while|when|because|so|although|where|that|for|as|if)\s)"
    ),
}


def clauses(text: str, language: str) -> list[str]:
    """A sentence cut at marks and before words that begin clauses, at least one piece.

    >>> clauses("He came home late, and then he read the letter.", "en")
    ['He came home late,', 'and then he read the letter.']
    """
    out: list[str] = []
    for piece in filter(None, map(str.strip, _ENDS[language].split(text))):
        if out and (len(out[-1].split()) < LEAST or len(piece.split()) < LEAST):
            out[-1] += " " + piece
        else:
            out.append(piece)
    return out or [text]


class Meetings:
    """What the clauses say of each bead in a band of sentences.

    Args:
        ar: Arabic sentences, none blank.
        en: English sentences, likewise.
        path: a path over them.
        low: for each Arabic boundary the first English boundary of the band.
        high: the boundary behind the last one.
    """

    def __init__(self, ar: Sequence[str], en: Sequence[str], path: Path, low: Ints, high: Ints) -> None:
        self._low, self._high = low, high
        self._at = np.append(0, np.cumsum(high - low))
        # the last place is the one outside the band
        self._worth = np.full(int(self._at[-1]) + 1, _worth(-np.inf))
        for beads in _blocks(path):
            self._read(ar, en, beads, path.skip)

    def __call__(self, row: int, low: int, high: int) -> Floats:
        """What the two ends of each shape are worth that ends at ``(row, low:high)``.

        Args:
            row: an Arabic boundary.
            low: the first English boundary.
            high: the boundary behind the last one.

        Returns:
            ``[shapes, high - low]``.
        """
        ends = np.arange(low, high)
        first = np.maximum(row - AR_COUNTS, 0)[:, None]
        starts = ends - EN_COUNTS[:, None]
        inside = (row >= AR_COUNTS[:, None]) & (starts >= self._low[first]) & (starts < self._high[first])
        begun = self._worth[np.where(inside, self._at[first] + starts - self._low[first], -1)]
        out: Floats = ((begun + self._worth[self._at[row] + ends - self._low[row]]) / 2).astype(np.float32)
        return out

    def _read(self, ar: Sequence[str], en: Sequence[str], beads: Ints, skip: float) -> None:
        """Align the clauses of some beads and keep what is seen at the boundaries of sentences."""
        first, last = int(beads[0, 0]), int(beads[-1, 0] + beads[-1, 1])
        en_first, en_last = int(beads[0, 2]), int(beads[-1, 2] + beads[-1, 3])
        ar_cut = [clauses(text, "ar") for text in ar[first:last]]
        en_cut = [clauses(text, "en") for text in en[en_first:en_last]]
        if not ar_cut or not en_cut:
            return
        ar_at, en_at = (np.append(0, np.cumsum([len(cut) for cut in side])) for side in (ar_cut, en_cut))
        ar_all, en_all = ([clause for cut in side for clause in cut] for side in (ar_cut, en_cut))
        i, j = beads[:, 0] - first, beads[:, 2] - en_first
        starts, en_starts = ar_at[i], en_at[j]
        inside = np.column_stack(
            [starts, ar_at[i + beads[:, 1]] - starts, en_starts, en_at[j + beads[:, 3]] - en_starts]
        )
        band = narrow_band(inside, len(ar_all), len(en_all), NEAR, NEAR_ROWS)
        gains = VectorGains(*mixed_runs(ar_all, en_all), lengths(ar_all), lengths(en_all), *band)

        def weights(row: int, low: int, high: int) -> Floats:
            return np.float32(SHARPNESS) * gains(row, low, high)

        found, at = passing(*band, weights, SHARPNESS * min(skip, -0.01))
        for row, boundary in enumerate(ar_at.tolist()):
            low, high = max(int(self._low[first + row]), en_first), int(self._high[first + row])
            place = en_at[np.arange(low, min(high, en_last + 1)) - en_first]
            here = (place >= band[0][boundary]) & (place < band[1][boundary])
            seen = np.where(here, found[np.where(here, at[boundary] + place - band[0][boundary], 0)], -np.inf)
            begin = int(self._at[first + row]) + low - int(self._low[first + row])
            self._worth[begin : begin + len(place)] = _worth(seen)


def _worth(passed: NDArray[np.float64] | float) -> NDArray[np.float64]:
    """What boundaries are worth that a path passes so probably (logarithms)."""
    out: NDArray[np.float64] = WORTH * np.log((np.exp(np.minimum(passed, 0.0)) + NEVER) / NOTHING)
    return out


def _blocks(path: Path) -> Iterator[Ints]:
    """The beads of a path in parts that are aligned by themselves."""
    begin = 0
    while len(path.beads) - begin > BLOCK + CHOICE:
        choice = path.similarities[begin + BLOCK - CHOICE : begin + BLOCK]
        end = begin + BLOCK - CHOICE + int(choice.argmax()) + 1
        yield path.beads[begin:end]
        begin = end
    yield path.beads[begin:]
