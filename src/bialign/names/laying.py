"""Many pairs of names laid side by side at once: which parts answer each other, how surely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bialign.names.calibration import Floats
from bialign.names.lattice import Ints
from bialign.names.scoring import unit_logits
from bialign.names.sides import Side

#: A pair of parts below this log-odds is no pair: both count as missing on the other side.
APART: Final = -4.0
#: What a part loses when its Latin has the t of a feminine that another word follows.
_CONSTRUCT: Final = 0.5


@dataclass(frozen=True, slots=True)
class Laid:
    """Pairs of names laid side by side.

    Args:
        single: whether both names are of one part, [pairs].
        whole: log-odds of the names taken as one part each, zero where they were not needed.
        partner: which Latin part answers each Arabic part, -1 for none, [pairs, parts].
        logit: the log-odds of that, [pairs, parts].
        features: what the calibration of full names sees, [pairs, features].
    """

    single: NDArray[np.bool_]
    whole: Floats
    partner: Ints
    logit: Floats
    features: Floats


def lay(ar: Side, en: Side, first: Ints, second: Ints) -> Laid:
    """Lay pairs of names side by side.

    Args:
        ar: the Arabic side, folded.
        en: the Latin side.
        first: numbers of Arabic names.
        second: numbers of Latin names, pair by pair.
    """
    left, right = ar.parts[first], en.parts[second]
    present = (left >= 0)[:, :, None] & (right >= 0)[:, None, :]
    pair, i, j = np.nonzero(present)
    logits = np.full(present.shape, -np.inf)
    logits[pair, i, j] = unit_logits(ar, en, left[pair, i], right[pair, j])
    _loosen(ar, en, left, right, logits)
    partner, logit = _assign(logits)
    single = ((left >= 0).sum(axis=1) == 1) & ((right >= 0).sum(axis=1) == 1)
    whole = np.where(single, logits[:, 0, 0] if logits.size else 0.0, 0.0)
    missing_ar = (left >= 0) & (partner < 0)
    answered = (partner[:, :, None] == np.arange(right.shape[1])).any(axis=1)
    missing_en = (right >= 0) & ~answered
    asked = np.nonzero(~single & (missing_ar.any(axis=1) | missing_en.any(axis=1)))[0]
    if len(asked):
        whole[asked] = unit_logits(ar, en, ar.whole[first[asked]], en.whole[second[asked]], closely=False)
    features = np.column_stack(
        [
            *_paired(partner, logit),
            *_missing(ar, left, missing_ar),
            *_missing(en, right, missing_en),
            # each side lacks an answer: another name, not a longer form of this one
            np.minimum(
                (missing_ar & ~ar.light[left]).sum(axis=1), (missing_en & ~en.light[right]).sum(axis=1)
            ),
            ((missing_ar & ~ar.light[left]).any(axis=1) | (missing_en & ~en.light[right]).any(axis=1)),
            np.clip(whole, -8.0, 8.0) * ~single,
        ]
    )
    return Laid(single, whole, partner, logit, features)


def _loosen(ar: Side, en: Side, left: Ints, right: Ints, logits: Floats) -> None:
    """Compare feminine parts that another part follows without the t they have there in Latin."""
    wide, high = left.shape[1], right.shape[1]
    followed_ar = np.column_stack([left[:, 1:] >= 0, np.zeros((len(left), min(wide, 1)), dtype=bool)])
    followed_en = np.column_stack([right[:, 1:] >= 0, np.zeros((len(right), min(high, 1)), dtype=bool)])
    open_ar = followed_ar & (ar.free[left] >= 0)
    open_en = followed_en & (en.free[right] >= 0)
    pair, i, j = np.nonzero(open_ar[:, :, None] & open_en[:, None, :])
    if len(pair):
        found = unit_logits(ar, en, left[pair, i], en.free[right[pair, j]]) - _CONSTRUCT
        logits[pair, i, j] = np.maximum(logits[pair, i, j], found)


def _assign(logits: Floats) -> tuple[Ints, Floats]:
    """Pair the parts of each name, the surest first, each once; near places win a tie."""
    pairs, rows, columns = logits.shape
    partner = np.full((pairs, rows), -1, dtype=np.int64)
    logit = np.zeros((pairs, rows))
    off = 1e-3 * np.abs(np.arange(rows)[:, None] - np.arange(columns))
    left = (logits - off).reshape(pairs, rows * columns) if logits.size else np.zeros((pairs, 0))
    live = np.arange(pairs) if logits.size else np.zeros(0, dtype=np.int64)
    for _ in range(min(rows, columns)):
        best = left[live].argmax(axis=1)
        sure = left[live, best] > APART
        live, best = live[sure], best[sure]
        if not len(live):
            break
        i, j = best // columns, best % columns
        partner[live, i] = j
        logit[live, i] = logits[live, i, j]
        grid = left.reshape(pairs, rows, columns)
        grid[live, i, :] = -np.inf
        grid[live, :, j] = -np.inf
    return partner, logit


def _paired(partner: Ints, logit: Floats) -> list[Floats]:
    """Mean and least log-odds of the paired parts, their number, whether any stand crossed."""
    paired = partner >= 0
    count = paired.sum(axis=1)
    kept = np.where(paired, np.minimum(logit, 8.0), 0.0)
    mean = np.where(count > 0, kept.sum(axis=1) / np.maximum(count, 1), APART)
    least = np.where(paired, logit, 12.0).min(axis=1, initial=12.0)
    least = np.where(count > 0, np.minimum(least, 8.0), APART)
    highest = np.maximum.accumulate(np.where(paired, partner, -1), axis=1)
    crossed = (paired & (partner < highest)).any(axis=1)
    return [mean, least, np.minimum(count, 4).astype(np.float64), crossed.astype(np.float64)]


def _missing(side: Side, parts: Ints, missing: NDArray[np.bool_]) -> list[Floats]:
    """Heavy and light parts that nothing answers, and their share of the letters."""
    light = side.light[parts]
    letters = np.where(parts >= 0, side.letters[parts], 0)
    lost = np.where(missing & ~light, letters, 0).sum(axis=1)
    heavy = (missing & ~light).sum(axis=1).astype(np.float64)
    return [
        heavy,
        (missing & light).sum(axis=1).astype(np.float64),
        lost / np.maximum(letters.sum(axis=1), 1),
    ]
