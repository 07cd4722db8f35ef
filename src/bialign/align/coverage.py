"""How much of two runs of sentences is in either: the words of each that find a partner.

A sentence vector is a sum, in which one word can stand for another; here every word looks for the
word of the other side that fits it best (late interaction, Khattab & Zaharia 2020), by
``likeness``, and rare words weigh more. The best partner in a run is the best of its sentences'
best, so each pair of sentences is compared once, and only inside the band.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import regex
from numpy.typing import NDArray

from bialign.align.beads import AR_COUNTS, EN_COUNTS, LONGEST
from bialign.align.gains import window_sums
from bialign.align.likeness import Likeness, numbered

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

#: The likeness factor at which a pair of words is as good as half a translation.
HALF: Final = 8.0
#: Words of a sentence that are looked at.
LONGEST_SENTENCE: Final = 200

_WORD: Final = regex.compile(r"\p{L}[\p{L}\p{M}]*|\p{Nd}+(?:[.,٫٬]\p{Nd}+)*")


class Words:
    """Two texts as words, with what is known of any pair of them.

    Args:
        ar: Arabic sentences.
        en: English sentences.
    """

    def __init__(self, ar: Sequence[str], en: Sequence[str]) -> None:
        ar_words, self.ar = numbered([_words(text) for text in ar])
        en_words, self.en = numbered([_words(text) for text in en])
        self._likeness = Likeness(ar_words, en_words)
        self.ar_rarity, self.en_rarity = _rarity(self.ar), _rarity(self.en)

    def partners(self, ar: Ints, en: Ints) -> Floats:
        """How far each two words translate each other, 0 to 1 ``[len(ar), len(en)]``."""
        factors = self._likeness.factors(ar, en)
        out: Floats = factors / (factors + np.float32(HALF))
        return out


def _words(text: str) -> list[str]:
    return [match.group() for match in _WORD.finditer(text[: 20 * LONGEST_SENTENCE])][:LONGEST_SENTENCE]


def _rarity(sentences: Sequence[Ints]) -> list[Floats]:
    """What each word of each sentence weighs (inverse document frequency)."""
    if not any(len(ids) for ids in sentences):
        return [np.zeros(0, np.float32) for _ in sentences]
    often = np.bincount(np.concatenate([np.unique(ids) for ids in sentences]))
    weights = np.log((len(sentences) + 1) / (often + 0.5)).astype(np.float32)
    return [weights[ids] for ids in sentences]


class Coverage:
    """The share of two runs' words that find a partner, for every bead in a band.

    Args:
        words: the two texts.
        low: for each Arabic boundary the first English boundary of the band.
        high: the boundary behind the last one.
    """

    def __init__(self, words: Words, low: Ints, high: Ints) -> None:
        n, m = len(words.ar), len(words.en)
        self._first = low[:-1]
        until = np.maximum(np.minimum(high[1:] - 1, m), self._first)
        self._row_first, self._row_until = _turned(self._first, until, m)
        self._ar_at = np.append(0, np.cumsum(until - self._first + 1))
        self._en_at = np.append(0, np.cumsum(self._row_until - self._row_first + 1))
        self._ar_found = np.zeros((int(self._ar_at[-1]) + 1, LONGEST), np.float32)
        self._en_found = np.zeros((int(self._en_at[-1]) + 1, LONGEST), np.float32)
        waiting: dict[int, list[Floats]] = {}
        for i in range(n):
            left, right = int(self._first[i]), int(until[i])
            best_ar, best_en = _best(words, i, left, right)
            at = int(self._ar_at[i])
            self._ar_found[at + 1 : at + 1 + right - left] = _by_run(best_ar, words.ar_rarity[i])
            for j in range(left, right):
                waiting.setdefault(j, []).append(best_en[j - left])
            for j in [j for j in waiting if self._row_until[j] == i + 1]:
                best = np.stack(waiting.pop(j), axis=1)
                at = int(self._en_at[j])
                self._en_found[at + 1 : at + 1 + best.shape[1]] = _by_run(best, words.en_rarity[j])
        self._ar_whole = window_sums(_totals(words.ar_rarity), LONGEST)
        self._en_whole = window_sums(_totals(words.en_rarity), LONGEST)

    def __call__(self, row: int, low: int, high: int) -> Floats:
        """Geometric mean of both sides' shares, of each shape that ends at ``(row, low:high)``.

        Args:
            row: an Arabic boundary.
            low: the first English boundary.
            high: the boundary behind the last one.

        Returns:
            ``[shapes, high - low]``.
        """
        ends = np.arange(low, high)
        # Arabic words found in runs that end at each boundary: [run of Arabic, boundary, run of English]
        found = np.zeros((LONGEST, high - low, LONGEST), np.float32)
        for size in range(1, min(row, LONGEST) + 1):
            i = row - size
            place = ends - self._first[i]
            inside = (place >= 0) & (place < self._ar_at[i + 1] - self._ar_at[i])
            held = self._ar_found[np.where(inside, self._ar_at[i] + place, -1)]
            found[size - 1] = held + (found[size - 2] if size > 1 else 0)
        ar_share = found[AR_COUNTS - 1, :, EN_COUNTS - 1] / self._ar_whole[row, AR_COUNTS - 1][:, None]
        # English words found in runs of Arabic that end at the row: [English sentence, run of Arabic]
        first = max(low - LONGEST, 0)
        sentences = np.arange(first, max(high - 1, first))
        place = row - self._row_first[sentences]
        inside = (place >= 0) & (place < self._en_at[sentences + 1] - self._en_at[sentences])
        held = self._en_found[np.where(inside, self._en_at[sentences] + place, -1)]
        sums = np.concatenate([np.zeros((1, LONGEST)), np.cumsum(held, axis=0, dtype=np.float64)])
        start = np.maximum(ends[None, :] - EN_COUNTS[:, None] - first, 0)
        at = AR_COUNTS[:, None] - 1
        en_share = (sums[(ends - first)[None, :], at] - sums[start, at]) / self._en_whole[low:high].T[
            EN_COUNTS - 1
        ]
        out: Floats = np.sqrt(np.clip(ar_share * en_share, 0, 1)).astype(np.float32)
        return out


def _turned(first: Ints, until: Ints, m: int) -> tuple[Ints, Ints]:
    """For each English sentence the range of Arabic sentences whose range holds it."""
    row_first, row_until = np.zeros(m, np.int64), np.zeros(m, np.int64)
    for i in range(len(first) - 1, -1, -1):
        row_first[first[i] : until[i]] = i
    for i in range(len(first)):
        row_until[first[i] : until[i]] = i + 1
    return row_first, row_until


def _best(words: Words, i: int, left: int, right: int) -> tuple[Floats, list[Floats]]:
    """Best partners of Arabic sentence ``i`` and English sentences ``left:right``.

    Returns:
        For each Arabic word its best partner in each sentence ``[words, right - left]``; for each
        English sentence its words' best partner.
    """
    ar, en = words.ar[i], words.en[left:right]
    sizes = np.array([len(ids) for ids in en], np.int64)
    if not len(ar) or not sizes.sum():
        return np.zeros((len(ar), right - left), np.float32), [np.zeros(size, np.float32) for size in sizes]
    partners = words.partners(ar, np.concatenate(en))
    starts = np.append(0, np.cumsum(sizes))
    best_ar = np.zeros((len(ar), right - left), np.float32)
    full = sizes > 0
    best_ar[:, full] = np.maximum.reduceat(partners, starts[:-1][full], axis=1)
    best_en = partners.max(axis=0)
    return best_ar, [best_en[starts[k] : starts[k + 1]] for k in range(right - left)]


def _by_run(best: Floats, rarity: Floats) -> Floats:
    """Weight of the words found in runs of 1 to LONGEST sentences that end with each one.

    Args:
        best: each word's best partner in each sentence ``[words, sentences]``.
        rarity: what each word weighs ``[words]``.

    Returns:
        ``[sentences, LONGEST]``.
    """
    out = np.zeros((best.shape[1], LONGEST), np.float32)
    run = best.copy()
    for size in range(LONGEST):
        if size and best.shape[1] > size:
            np.maximum(run[:, size:], best[:, : best.shape[1] - size], out=run[:, size:])
        out[:, size] = rarity @ run
    return out


def _totals(rarity: Sequence[Floats]) -> NDArray[np.float64]:
    return np.array([float(weights.sum()) for weights in rarity]) + 1e-3
