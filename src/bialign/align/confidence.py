"""How probable it is that a bead is exactly right."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bialign.align.gains import DEARER
from bialign.align.path import Path

Floats = NDArray[np.float32]


def features(path: Path, ar_lengths: Floats, en_lengths: Floats) -> NDArray[np.float64]:
    """What a bead's confidence rests on.

    Args:
        path: the best path.
        ar_lengths: characters of each Arabic sentence.
        en_lengths: characters of each English sentence.

    Returns:
        For each bead ``[k, 5]``: one, the centred cosine and the weaker neighbour's, both raised
        by as much as the text's anchors lie below those of a close translation, how far the
        length ratio is off, sentences beyond two.
    """
    ar_ends, en_ends = (np.append(0, np.cumsum(side, dtype=np.float64)) for side in (ar_lengths, en_lengths))
    i, a, j, b = path.beads.T
    ar_share = (ar_ends[i + a] - ar_ends[i]) / max(ar_ends[-1], 1)
    en_share = (en_ends[j + b] - en_ends[j]) / max(en_ends[-1], 1)
    off = np.abs(np.log((ar_share + 1e-6) / (en_share + 1e-6)))
    raised = path.similarities - path.skip / DEARER
    around = np.concatenate([[1.0], raised, [1.0]])
    beside = np.minimum(around[:-2], around[2:])
    return np.column_stack(
        [
            np.ones(len(i)),
            raised,
            beside,
            np.minimum(off, 3.0),
            np.maximum(a + b - 2, 0),
        ]
    )


#: Weights of the features, fitted by ``scripts/build_bead_confidence.py`` on composed texts.
WITH_VECTORS = (-3.02, 11.59, 0.93, -3.5, -1.43)
WITHOUT_VECTORS = (0.34, 5.46, 2.83, -6.1, -1.21)
#: The same for a sentence left alone.
ALONE_WITH = (0.41, 0.42, 0.36, 1.22, 0.0)
ALONE_WITHOUT = (0.02, 2.64, 3.91, 0.06, 0.0)


def confidences(path: Path, ar_lengths: Floats, en_lengths: Floats, *, vectors: bool = True) -> list[float]:
    """The probability that each bead is right, by logistic regression.

    Args:
        path: the best path.
        ar_lengths: characters of each Arabic sentence.
        en_lengths: characters of each English sentence.
        vectors: whether the path rests on sentence vectors.
    """
    seen = features(path, ar_lengths, en_lengths)
    full = (path.beads[:, 1] > 0) & (path.beads[:, 3] > 0)
    both, one = (WITH_VECTORS, ALONE_WITH) if vectors else (WITHOUT_VECTORS, ALONE_WITHOUT)
    logits = np.where(full, seen @ np.array(both), seen @ np.array(one))
    probabilities = 1 / (1 + np.exp(-logits))
    return [round(value, 4) for value in probabilities.tolist()]
