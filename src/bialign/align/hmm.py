"""IBM Model 1 and the hidden Markov alignment model, both directions at once, in batched numpy.

Model 1 is Brown et al. (1993), the Markov model Vogel, Ney & Tillmann (1996) with the empty word of
Och & Ney (2003); the two directions are trained to agree (Liang, Taskar & Klein
2006): expected counts are products of both directions' posteriors.

A direction is named by its hidden side: ``en`` explains each Arabic word by an English one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

#: Cells (sentence × Arabic word × English word) in a batch, and the longest jump told apart.
CELLS, JUMP = 400_000, 30
#: Probability of the empty word, and what is added to each count of a word pair. Counts are products
#: of two posteriors, so a little is much.
EMPTY, ALPHA = 0.1, 0.0005


@dataclass(frozen=True)
class Batch:
    """Sentence pairs of near lengths, padded.

    Args:
        rows: which sentence pairs, ``[b]``.
        pairs: index of each word pair in the tables ``[b, ar, en]``; padding has the last index.
        ar, en: word ids ``[b, words]``; padding has the last id.
    """

    rows: Ints
    pairs: NDArray[np.int32]
    ar: NDArray[np.int32]
    en: NDArray[np.int32]


@dataclass(frozen=True)
class Tables:
    """What the model learns.

    Args:
        given_en, given_ar: p(ar word | en word) and p(en word | ar word) of each pair ``[pairs + 1]``.
        empty_ar, empty_en: p(word | empty word) of each word, padding last.
        jump_en, jump_ar: weights of jumps along the hidden side ``[2 * JUMP + 1]``.
    """

    given_en: Floats
    given_ar: Floats
    empty_ar: Floats
    empty_en: Floats
    jump_en: Floats
    jump_ar: Floats


class Corpus:
    """Word ids of all sentence pairs, in padded batches, and the list of word pairs that occur.

    Args:
        ar, en: for each sentence pair the ids of its words; neither side empty.
    """

    def __init__(self, ar: Sequence[Ints], en: Sequence[Ints]) -> None:
        self.ar_words = 1 + max((int(ids.max()) for ids in ar), default=-1)
        self.en_words = 1 + max((int(ids.max()) for ids in en), default=-1)
        order = sorted(range(len(ar)), key=lambda k: (len(en[k]), len(ar[k])))
        groups: list[list[int]] = []
        for k in order:
            tall = max(len(ar[k]), len(ar[groups[-1][-1]])) if groups else 0
            if (
                not groups
                or (len(groups[-1]) + 1) * tall * len(en[k]) > CELLS
                or self._loose(groups[-1][0], k, ar, en)
            ):
                groups.append([])
            groups[-1].append(k)
        cells = [self._cells(group, ar, en) for group in groups]
        keys = np.unique(np.concatenate([np.unique(cell[1]) for cell in cells]))
        keys = keys[keys >= 0]
        self.pair_ar, self.pair_en = keys // self.en_words, keys % self.en_words
        self.batches: list[Batch] = []
        for group, (padded, key) in zip(groups, cells, strict=True):
            index = np.searchsorted(keys, key).astype(np.int32)
            index[key < 0] = len(keys)
            self.batches.append(Batch(np.array(group), index, *padded))

    @staticmethod
    def _loose(first: int, k: int, ar: Sequence[Ints], en: Sequence[Ints]) -> bool:
        """Whether a sentence pair would need much padding in the batch of ``first``."""
        return len(en[k]) > len(en[first]) + 2 or len(ar[k]) < len(ar[first]) * 0.7 - 2

    def _cells(
        self, group: list[int], ar: Sequence[Ints], en: Sequence[Ints]
    ) -> tuple[tuple[NDArray[np.int32], NDArray[np.int32]], Ints]:
        """Padded word ids of a group and the key of each word pair, -1 for padding."""
        tall, wide = max(len(ar[k]) for k in group), max(len(en[k]) for k in group)
        ar_ids = np.full((len(group), tall), self.ar_words, np.int32)
        en_ids = np.full((len(group), wide), self.en_words, np.int32)
        for row, k in enumerate(group):
            ar_ids[row, : len(ar[k])] = ar[k]
            en_ids[row, : len(en[k])] = en[k]
        key = ar_ids[:, :, None].astype(np.int64) * self.en_words + en_ids[:, None, :]
        key[(ar_ids == self.ar_words)[:, :, None] | (en_ids == self.en_words)[:, None, :]] = -1
        return (ar_ids, en_ids), key


def train(
    corpus: Corpus, factors: Sequence[Floats] | None = None, *, model1: int = 3, markov: int = 4
) -> tuple[Tables, list[Floats]]:
    """Learn the tables and give the posteriors of the last pass.

    Args:
        corpus: the sentence pairs.
        factors: for each batch what is known beforehand of each link ``[b, ar, en]``: how many
            times likelier than chance its two words translate each other.
        model1: rounds of Model 1.
        markov: rounds of the Markov model, at least one.

    Returns:
        The tables, and for each batch the posteriors of both directions ``[2, b, ar, en]``
        (hidden English, hidden Arabic).
    """
    tables = _flat_tables(corpus)
    posteriors: list[Floats] = []
    weights = factors or [np.ones((1, 1, 1), np.float32)] * len(corpus.batches)
    pairs = len(corpus.pair_ar)
    for step in range(model1 + markov):
        counts = np.zeros((2, pairs + 1), np.float64)
        jumps = np.full((2, 2 * JUMP + 1), 0.5)
        empty_ar, empty_en = np.zeros(corpus.ar_words + 1), np.zeros(corpus.en_words + 1)
        last = step == model1 + markov - 1
        for batch, factor in zip(corpus.batches, weights, strict=True):
            if step < model1:
                one, other = _model1(batch, factor, tables)
            else:
                one, other, moved = _both(batch, factor, tables)
                jumps += moved
            if last:
                posteriors.append(np.stack([one, other]).astype(np.float32))
                continue
            for side, weight in enumerate((one, other) if step < model1 else (one * other,) * 2):
                counts[side] += np.bincount(batch.pairs.ravel(), weight.ravel(), pairs + 1)
            empty_ar += np.bincount(batch.ar.ravel(), 1 - one.sum(axis=2).ravel(), corpus.ar_words + 1)
            empty_en += np.bincount(batch.en.ravel(), 1 - other.sum(axis=1).ravel(), corpus.en_words + 1)
        if not last:
            tables = _estimate(corpus, counts[:, :pairs], empty_ar, empty_en, tables)
            if step >= model1:
                jump_en, jump_ar = (jumps / jumps.sum(axis=1, keepdims=True)).astype(np.float32)
                tables = replace(tables, jump_en=jump_en, jump_ar=jump_ar)
    return tables, posteriors


def _flat_tables(corpus: Corpus) -> Tables:
    """Every pair, word and jump alike."""
    pairs = np.append(np.ones(len(corpus.pair_ar)), 0)
    jump = np.ones(2 * JUMP + 1, np.float32)
    return Tables(
        (pairs / corpus.ar_words).astype(np.float32),
        (pairs / corpus.en_words).astype(np.float32),
        np.full(corpus.ar_words + 1, 1 / corpus.ar_words, np.float32),
        np.full(corpus.en_words + 1, 1 / corpus.en_words, np.float32),
        jump,
        jump,
    )


def _both(batch: Batch, factor: Floats, tables: Tables) -> tuple[Floats, Floats, NDArray[np.float64]]:
    """Posteriors of the Markov model, both directions ``[b, ar, en]``, and both jump counts."""
    ar_there = batch.ar < len(tables.empty_ar) - 1
    en_there = batch.en < len(tables.empty_en) - 1
    one, moved = _markov(
        tables.given_en[batch.pairs] * factor,
        tables.empty_ar[batch.ar],
        tables.jump_en,
        ar_there,
        en_there,
    )
    turned, moved_back = _markov(
        (tables.given_ar[batch.pairs] * factor).transpose(0, 2, 1),
        tables.empty_en[batch.en],
        tables.jump_ar,
        en_there,
        ar_there,
    )
    return one, turned.transpose(0, 2, 1), np.stack([moved, moved_back])


def _model1(batch: Batch, factor: Floats, tables: Tables) -> tuple[Floats, Floats]:
    """Posteriors of Model 1, both directions ``[b, ar, en]``."""
    one = tables.given_en[batch.pairs] * factor
    share = EMPTY / (1 - EMPTY)
    wide = (batch.en < len(tables.empty_en) - 1).sum(axis=1)[:, None]
    tall = (batch.ar < len(tables.empty_ar) - 1).sum(axis=1)[:, None]
    one /= (one.sum(axis=2) + share * wide * tables.empty_ar[batch.ar] + 1e-30)[:, :, None]
    other = tables.given_ar[batch.pairs] * factor
    other /= (other.sum(axis=1) + share * tall * tables.empty_en[batch.en] + 1e-30)[:, None, :]
    return one, other


def _estimate(
    corpus: Corpus,
    counts: NDArray[np.float64],
    empty_ar: NDArray[np.float64],
    empty_en: NDArray[np.float64],
    tables: Tables,
) -> Tables:
    """New translation tables from expected counts."""

    def normal(count: NDArray[np.float64], group: Ints, size: int, words: int) -> Floats:
        total = np.bincount(group, count, size) + ALPHA * words
        return np.append((count + ALPHA) / total[group], 0).astype(np.float32)

    def spread(count: NDArray[np.float64]) -> Floats:
        shares = (count[:-1] + 0.1) / (count[:-1].sum() + 0.1 * len(count))
        return np.append(shares, 0).astype(np.float32)

    return replace(
        tables,
        given_en=normal(counts[0], corpus.pair_en, corpus.en_words, corpus.ar_words),
        given_ar=normal(counts[1], corpus.pair_ar, corpus.ar_words, corpus.en_words),
        empty_ar=spread(empty_ar),
        empty_en=spread(empty_en),
    )


def _markov(
    emitted: Floats, empty: Floats, jump: Floats, seen: NDArray[np.bool_], hidden: NDArray[np.bool_]
) -> tuple[Floats, NDArray[np.float64]]:
    """Forward and backward over a batch.

    Args:
        emitted: p(observed | hidden) ``[b, observed, hidden]``, zero in padding.
        empty: p(observed | empty word) ``[b, observed]``.
        jump: weights of jumps.
        seen: which observed positions are no padding.
        hidden: which hidden positions are no padding.

    Returns:
        Posteriors ``[b, observed, hidden]`` and expected jump counts.
    """
    size, steps, states = emitted.shape
    emission = np.where(seen[:, :, None], emitted + 1e-12, 1.0) * hidden[:, None, :]
    emission = emission.astype(np.float32)
    nothing = np.where(seen, empty + 1e-12, 1.0).astype(np.float32)
    distance = np.clip(np.arange(states)[None, :] - np.arange(states)[:, None], -JUMP, JUMP) + JUMP
    moves = jump[distance]
    norm = np.maximum(hidden.astype(np.float32) @ moves.T, 1e-12)
    start = jump[np.clip(np.arange(states) + 1, -JUMP, JUMP) + JUMP] * hidden
    start /= start.sum(axis=1, keepdims=True)
    real = np.empty((steps, size, states), np.float32)
    null = np.empty((steps, size, states), np.float32)
    scale = np.empty((steps, size, 1), np.float32)
    held = np.zeros((size, states), np.float32)
    for j in range(steps):
        into = start if j == 0 else (held / norm) @ moves
        real[j] = (1 - EMPTY) * into * emission[:, j]
        null[j] = EMPTY * (start if j == 0 else held) * nothing[:, j, None]
        scale[j] = (real[j].sum(axis=1) + null[j].sum(axis=1))[:, None] + 1e-30
        real[j] /= scale[j]
        null[j] /= scale[j]
        held = real[j] + null[j]
    after = np.ones((size, states), np.float32)
    after_null = after
    posterior = np.empty((size, steps, states), np.float32)
    moved = np.zeros((states, states))
    for j in range(steps - 1, -1, -1):
        posterior[:, j] = real[j] * after
        if j:
            into = (1 - EMPTY) * emission[:, j] * after / scale[j]
            before = (real[j - 1] + null[j - 1]) / norm
            moved += (before * seen[:, j, None]).T @ into
            ahead = (into @ moves.T) / norm + EMPTY * nothing[:, j, None] * after_null / scale[j]
            after = after_null = ahead
    posterior *= seen[:, :, None]
    jumps = np.bincount(distance.ravel(), (moved * moves).ravel(), 2 * JUMP + 1)
    return posterior, jumps.astype(np.float64)
