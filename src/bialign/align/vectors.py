"""Vectors of runs of adjacent sentences, for the price of embedding each sentence once.

Published aligners embed every run of up to ten adjacent sentences as a text of its own. The
encoder we ship (Universal Sentence Encoder multilingual v3, Yang et al. 2020, in its deep
averaging form) sums one feature vector a token and then applies a few dense layers; so the sum of
a run is the sum of its sentences' sums, but for the few features at each join, and only the
dense layers need to run again. What a join changes is the same vector to a good degree: it is
measured on a sample of the text's own neighbours (``scripts/bench_align.py overlaps`` prints how
near the result comes).
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from functools import cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from bialign.text.encoder import kept, network, readable

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

#: How many neighbouring pairs of sentences the join vector is measured on.
JOIN_SAMPLE = 48
#: Scales the pooled vector below the encoder's own normalisation threshold, so it comes out as it is.
TINY = np.float32(1e-9)
#: Characters of a short text, and how many of them are remembered: some sixty megabytes.
SHORT = 40
REMEMBERED = 30_000


class _Counting:
    """A tokenizer that notes how many pieces each text had."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        self.counts: list[int] = []

    def encode(self, text: str, **options: Any) -> list[int]:
        pieces: list[int] = self._tokenizer.encode(text, **options)
        self.counts.append(len(pieces))
        return pieces


def pooled(texts: Sequence[str]) -> tuple[Floats, Floats]:
    """Token feature sums of texts, before the encoder's last layers.

    The last layers are replaced by the identity, written as ``relu(x) - relu(-x)``.

    Args:
        texts: sentences, of which the first 20,000 characters are read; an empty one gives zeros.

    Returns:
        Sums ``[n, 512]`` and numbers of tokens ``[n]``.
    """
    distinct = [text for text in dict.fromkeys(texts) if text.strip()]
    place = {text: number for number, text in enumerate(distinct)}
    found = _summed(distinct)
    found = np.concatenate([found, np.zeros((1, found.shape[1]), np.float32)])
    rows = found[[place.get(text, len(distinct)) for text in texts]]
    return rows[:, :-1], rows[:, -1]


@cache
def _short() -> dict[str, Floats]:
    """``_summed`` of the short texts asked for lately: words and names that texts have in common."""
    return {}


def _summed(texts: Sequence[str]) -> Floats:
    """Sums of different texts, the numbers of tokens as the last column."""
    before = _short()
    new = [text for text in texts if text not in before]
    made = dict(zip(new, kept("sums", new, _sums_and_counts), strict=True)) if new else {}
    if not texts:
        return _sums_and_counts([])
    out = np.stack([made[text] if text in made else before[text] for text in texts])
    short = [text for text in new if len(text) <= SHORT]
    if len(before) + len(short) > REMEMBERED:
        before.clear()
    before.update((text, made[text].copy()) for text in short[:REMEMBERED])
    return out


def _sums_and_counts(texts: Sequence[str]) -> Floats:
    """``pooled`` of different texts, the numbers of tokens as the last column."""
    model = network()
    bare = copy.copy(model)
    width = model.d0.shape[0]
    same = np.eye(width, dtype=np.float32)
    bare.d0, bare.d1 = np.zeros((width, 1), np.float32), np.zeros((1, 2 * width), np.float32)
    bare.d2, bare.d3 = np.zeros((2 * width, 1), np.float32), np.zeros((1, width), np.float32)
    bare.p1 = np.concatenate([same, -same], axis=1)
    bare.p3 = np.concatenate([same, -same], axis=0) * TINY
    bare.sp = _Counting(model.sp)
    means = bare.encode([readable(text) for text in texts]) * np.float32(np.sqrt(model.eps) / TINY)
    counts = np.array(bare.sp.counts, np.float32)[:, None]
    return np.concatenate([means * np.sqrt(counts), counts], axis=1)


def finished(sums: Floats, counts: Floats) -> Floats:
    """Apply the encoder's last layers to pooled sums.

    Args:
        sums: ``[n, 512]``.
        counts: tokens of each ``[n]``; a row without tokens gives a zero vector.

    Returns:
        Vectors ``[n, 512]`` of length 1.
    """
    model = network()
    mean = sums / np.sqrt(np.maximum(counts, 1))[:, None]
    first = np.maximum(mean @ model.p1 + np.maximum(mean @ model.d0, 0) @ model.d1, 0)
    out: Floats = np.tanh(first @ model.p3 + np.maximum(first @ model.d2, 0) @ model.d3)
    out /= np.maximum(np.linalg.norm(out, axis=1, keepdims=True), TINY)
    out[counts <= 0] = 0
    return out


class Runs(Protocol):
    """One text's sentences, and vectors of its runs on demand."""

    def __len__(self) -> int:
        """How many sentences."""
        ...

    def ending(self, ends: Ints, most: int) -> Floats:
        """Vectors of the runs of 1 to ``most`` sentences that end just before each boundary.

        Args:
            ends: boundaries ``[k]``; boundary ``i`` lies before sentence ``i``.
            most: the longest run, in sentences.

        Returns:
            ``[k, most, d]``; a run that would begin before the text is zero.
        """
        ...

    def of(self, ends: Ints, sizes: Ints) -> Floats:
        """Vectors of single runs.

        Args:
            ends: the boundary behind each run ``[k]``.
            sizes: its sentences ``[k]``, at least one.

        Returns:
            ``[k, d]``.
        """
        ...


class SentenceRuns:
    """Runs by the sentence encoder.

    Args:
        texts: sentences of one language, none blank.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self.sums, self.counts = pooled(texts)
        self._join, self._join_count = self._measured_join(texts)

    def __len__(self) -> int:
        return len(self.counts)

    def _measured_join(self, texts: Sequence[str]) -> tuple[Floats, float]:
        """Mean change of sum and count where two sentences become one text."""
        pairs = np.unique(np.linspace(0, max(len(texts) - 2, 0), JOIN_SAMPLE).astype(int))
        if len(texts) < 2:
            return np.zeros(self.sums.shape[1], np.float32), 0.0
        sums, counts = pooled([f"{texts[i]} {texts[i + 1]}" for i in pairs])
        change = sums - self.sums[pairs] - self.sums[pairs + 1]
        counted = counts - self.counts[pairs] - self.counts[pairs + 1]
        mean: Floats = change.mean(axis=0)
        return mean, float(counted.mean())

    def ending(self, ends: Ints, most: int) -> Floats:
        """See ``Runs.ending``."""
        return self._finished(running_sums(self._values(), ends, most, self._changes()))

    def of(self, ends: Ints, sizes: Ints) -> Floats:
        """See ``Runs.of``."""
        return self._finished(sums_of(self._values(), ends, sizes, self._changes()))

    def _values(self) -> Floats:
        return np.column_stack([self.sums, self.counts])

    def _changes(self) -> Floats:
        return np.append(self._join, self._join_count).astype(np.float32)

    def _finished(self, values: Floats) -> Floats:
        flat = values.reshape(-1, values.shape[-1])
        made = finished(flat[:, :-1], flat[:, -1])
        return made.reshape(*values.shape[:-1], made.shape[1])


class BagRuns:
    """Runs by sums of sentence vectors: what a run carries is what its sentences carry.

    Args:
        sums: a vector for each sentence ``[n, d]``.
    """

    def __init__(self, sums: Floats) -> None:
        self._sums = sums

    def __len__(self) -> int:
        return len(self._sums)

    def ending(self, ends: Ints, most: int) -> Floats:
        """See ``Runs.ending``."""
        return _unit(running_sums(self._sums, ends, most))

    def of(self, ends: Ints, sizes: Ints) -> Floats:
        """See ``Runs.of``."""
        return _unit(sums_of(self._sums, ends, sizes))


class MixedRuns:
    """Two kinds of vectors side by side: a cosine is then the weighted mean of theirs.

    Args:
        main: the first kind.
        other: the second kind.
        weight: share of the second kind, 0 to 1.
    """

    def __init__(self, main: Runs, other: Runs, weight: float) -> None:
        self._main, self._other = main, other
        self._scales = np.sqrt(np.array([1 - weight, weight], np.float32))

    def __len__(self) -> int:
        return len(self._main)

    def ending(self, ends: Ints, most: int) -> Floats:
        """See ``Runs.ending``."""
        return self._beside(self._main.ending(ends, most), self._other.ending(ends, most))

    def of(self, ends: Ints, sizes: Ints) -> Floats:
        """See ``Runs.of``."""
        return self._beside(self._main.of(ends, sizes), self._other.of(ends, sizes))

    def _beside(self, main: Floats, other: Floats) -> Floats:
        return np.concatenate([main * self._scales[0], other * self._scales[1]], axis=-1)


def running_sums(values: Floats, ends: Ints, most: int, change: Floats | float = 0.0) -> Floats:
    """Sums of the 1 to ``most`` rows before each boundary.

    Args:
        values: ``[n, d]``.
        ends: boundaries ``[k]``.
        most: the longest run.
        change: added at each join ``[d]``.

    Returns:
        ``[k, most, d]``, zero where a run would begin before the text.
    """
    out = np.zeros((len(ends), most, values.shape[1]), np.float32)
    for size in range(1, most + 1):
        fits = ends >= size
        rows = values[ends[fits] - size]
        out[fits, size - 1] = rows if size == 1 else out[fits, size - 2] + rows + change
    return out


def sums_of(values: Floats, ends: Ints, sizes: Ints, change: Floats | float = 0.0) -> Floats:
    """Sums of the ``sizes`` rows before each boundary; see ``running_sums``.

    >>> sums_of(np.eye(3, dtype=np.float32), np.array([3, 1]), np.array([2, 1])).tolist()
    [[0.0, 1.0, 1.0], [1.0, 0.0, 0.0]]
    """
    out = values[ends - 1].copy()
    for size in range(2, int(sizes.max(initial=1)) + 1):
        more = sizes >= size
        out[more] += values[ends[more] - size] + change
    return out


def _unit(vectors: Floats) -> Floats:
    out: Floats = vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), TINY)
    return out
