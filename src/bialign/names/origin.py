"""Where an Arabic name comes from, by its letters: weights for the spelling habits of each origin.

A name whose country nobody told is spelled by a mean of all habits, each weighed by how likely the
name is of that origin: ``بوسبعين`` by the Maghreb's, ``شتاينبرغ`` by the world's, ``يوسف`` by everyone's.
A multinomial logistic regression on hashed letter n-grams (Weinberger et al. 2009, "Feature hashing
for large scale multitask learning") gives the weights; ``scripts/build_origin.py`` fits it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bialign.names.letters import fold

#: Rows of weights that letter n-grams are hashed to, the longest n-gram, and letters read of a name.
ROWS: Final = 1 << 13
LONGEST: Final = 4
LETTERS: Final = 30
Weights = NDArray[np.float32]


def features(ar: str) -> list[int]:
    """Rows of the weights that speak of a name: its letter n-grams, the edges letters too.

    >>> len(features("علي"))
    14
    """
    marked = f"<{fold(ar)[:LETTERS]}>"
    grams = {marked[i : i + n] for n in range(1, LONGEST + 1) for i in range(len(marked) - n + 1)}
    return sorted(crc32(gram.encode()) % ROWS for gram in grams)


@dataclass(frozen=True, slots=True)
class Origins:
    """The regression.

    Args:
        styles: the origins: countries of persons, ``world``, ``place``.
        weights: [ROWS, styles].
    """

    styles: tuple[str, ...]
    weights: Weights

    def chances(self, ars: Sequence[str]) -> Weights:
        """Probability of every origin for each name, float32 [names, styles]."""
        logits = np.zeros((len(ars), len(self.styles)), dtype=np.float32)
        for row, ar in enumerate(ars):
            logits[row] = self.weights[features(ar)].sum(axis=0)
        logits -= logits.max(axis=1, keepdims=True, initial=-np.inf)
        np.exp(logits, out=logits)
        logits /= logits.sum(axis=1, keepdims=True)
        return logits


@cache
def origins() -> Origins:
    """The shipped regression, read once a process at first use."""
    raw = (files("bialign.resources") / "origin.npz").read_bytes()
    with np.load(BytesIO(raw), allow_pickle=False) as arrays:
        weights = arrays["weights"].astype(np.float32) * arrays["scale"]
        return Origins(tuple(str(s) for s in arrays["styles"]), weights)
