"""The transducer network: which letter to write next, given both spellings so far.

A source letter's window of neighbours and the last letters written are each read through tables,
one a slot, added, and put through one layer; their sum decides between writing a letter and going
on to the next source letter. That is an RNN transducer (Graves 2012) with a stateless prediction
network (Ghodsi et al. 2020, "RNN-transducer with stateless prediction network") and a windowed
encoder, which lets the sum over all alignments stay exact and the decoder merge equal prefixes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from bialign.names.lattice import LEAST, Floats, Ints, forward
from bialign.names.letters import EDGE, Alphabet

Array = NDArray[np.float32]
Symbols = NDArray[np.uint8]
T = TypeVar("T")

#: Source letters read on either side, and target letters remembered.
AROUND = 5
BACK = 6
#: Pairs whose names are read together, each once, and pairs whose lattices are summed at once.
_TOGETHER = 4096
_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class Network:
    """One direction of transliteration.

    Args:
        source, target: the alphabets.
        styles: what the model can be told of the name's origin; the first is "unknown".
        weights: ``near`` [2 AROUND + 1, source, wide], ``bag`` [source, wide], ``style``
            [styles, wide], ``near_bias`` [wide], ``near_out`` [wide, H], ``back`` [BACK, target, wide],
            ``back_bias`` [wide], ``back_out`` [wide, H], ``joint`` [H, target], ``bias`` [target].
        best: log-probability of the best spelling of names asked before, kept here by ``scoring``.
    """

    source: Alphabet
    target: Alphabet
    styles: tuple[str, ...]
    weights: dict[str, Array]
    best: dict[str, float] = field(default_factory=dict, compare=False, repr=False)

    def style_rows(self, styles: Sequence[str | None]) -> Ints:
        """Numbers of styles; one that the model does not know counts as unknown."""
        known = {name: i for i, name in enumerate(self.styles)}
        return np.array([known.get(s or "", 0) for s in styles], dtype=np.int64)

    def read(self, rows: Symbols, lengths: Ints, styles: Ints | Array) -> Array:
        """What the joint layer needs of every source position: [B, N + 1, H].

        Args:
            rows: source letters, [B, N], padded.
            lengths: of the sources, [B].
            styles: their numbers, [B], or shares of all styles, [B, styles].
        """
        w = self.weights
        near = windows(rows, lengths)
        hidden = w["near"][0][near[:, :, 0]]
        for slot in range(1, 2 * AROUND + 1):
            hidden += w["near"][slot][near[:, :, slot]]
        bag = product(bags(rows, lengths, len(self.source)), w["bag"])
        style = w["style"][styles] if styles.ndim == 1 else product(styles.astype(np.float32), w["style"])
        hidden += (w["near_bias"] + style + bag)[:, None, :]
        return product(np.maximum(hidden, 0, out=hidden), w["near_out"])

    def remember(self, tails: Symbols) -> Array:
        """What the joint layer needs of the letters written last, [..., BACK] to [..., H]."""
        w = self.weights
        hidden = w["back_bias"] + w["back"][0][tails[..., 0]]
        for slot in range(1, BACK):
            hidden += w["back"][slot][tails[..., slot]]
        return product(np.maximum(hidden, 0, out=hidden), w["back_out"])

    def decide(self, read: Array, remembered: Array) -> Array:
        """Probabilities of going on (symbol ``EDGE``) and of every letter, [..., target]."""
        hidden = read + remembered
        np.maximum(hidden, 0, out=hidden)
        return softmax(product(hidden, self.weights["joint"]) + self.weights["bias"])

    def steps(self, read: Array, n: Ints, targets: Symbols, m: Ints) -> tuple[Floats, Floats]:
        """Probabilities of the steps of each pair's lattice, as ``lattice.forward`` takes them."""
        chosen = self.decide(read[:, :, None, :], self.remember(tails_of(targets))[:, None, :, :])
        return lattice_steps(chosen, targets, n, m)

    def score(self, sources: Sequence[str], targets: Sequence[str], styles: Sequence[str | None]) -> Floats:
        """Log-probability of each target given its source, all alignments summed.

        Args:
            sources: plain letters (see ``letters``).
            targets: plain letters, pair by pair.
            styles: one a pair.

        Returns:
            Natural logarithms, float64 [n].
        """
        scores = np.zeros(len(sources))
        order = sorted(range(len(sources)), key=lambda k: (len(sources[k]), len(targets[k])))
        told = self.style_rows(styles)
        for start in range(0, len(order), _TOGETHER):
            some = order[start : start + _TOGETHER]
            scores[some] = self._score([sources[k] for k in some], [targets[k] for k in some], told[some])
        return scores

    def _score(self, sources: Sequence[str], targets: Sequence[str], styles: Ints) -> Floats:
        """Score pairs in the order of their lengths; what a name is read as, it is in all its pairs."""
        of = _numbers(zip(sources, styles.tolist(), strict=True)), _numbers(targets)
        read_of, write_of = (np.array(rows) for _, rows in of)
        names, told = zip(*of[0][0], strict=True)
        n, m = (np.array([len(text) for text in texts]) for texts in (names, of[1][0]))
        rows, letters = self.source.block(names), self.target.block(of[1][0])
        read, remembered = self.read(rows, n, np.array(told)), self.remember(tails_of(letters))
        scores = np.zeros(len(sources))
        for start in range(0, len(sources), _AT_ONCE):
            a, e = read_of[start : start + _AT_ONCE], write_of[start : start + _AT_ONCE]
            high, wide = n[a].max() + 1, m[e].max() + 1
            chosen = self.decide(read[a, :high, None, :], remembered[e, None, :wide, :])
            go, write = lattice_steps(chosen, letters[e, : wide - 1], n[a], m[e])
            total = forward(go, write, n[a], m[e])[1]
            scores[start : start + _AT_ONCE] = np.log(np.maximum(total, LEAST))
        return scores


def _numbers(things: Iterable[T]) -> tuple[list[T], list[int]]:
    """Distinct things in the order met, and the number of each."""
    numbers: dict[T, int] = {}
    rows = [numbers.setdefault(thing, len(numbers)) for thing in things]
    return list(numbers), rows


def product(rows: Array, weights: Array) -> Array:
    """``rows @ weights`` over the last axis, each row the same bits in any company.

    So a name is spelled with the same probabilities alone and among many: elementwise steps and
    products of two rows or more are that in numpy; a single row, which BLAS would add up in
    another order, is doubled.
    """
    flat = rows.reshape(-1, rows.shape[-1])
    found = np.matmul(np.repeat(flat, 2, axis=0), weights)[:1] if len(flat) == 1 else np.matmul(flat, weights)
    shaped: Array = found.reshape(*rows.shape[:-1], weights.shape[-1])
    return shaped


def softmax(logits: Array) -> Array:
    """Along the last axis, in place."""
    logits -= logits.max(axis=-1, keepdims=True)
    np.exp(logits, out=logits)
    logits /= logits.sum(axis=-1, keepdims=True)
    return logits


def windows(rows: Symbols, lengths: Ints) -> Symbols:
    """The neighbours of every source position and of the end: [B, N + 1, 2 AROUND + 1]."""
    batch, width = rows.shape
    padded = np.full((batch, width + 1 + 2 * AROUND), EDGE, dtype=np.uint8)
    padded[:, AROUND : AROUND + width] = np.where(np.arange(width) < lengths[:, None], rows, EDGE)
    return np.lib.stride_tricks.sliding_window_view(padded, 2 * AROUND + 1, axis=1)


def bags(rows: Symbols, lengths: Ints, size: int) -> Array:
    """The share of each letter in each source: [B, size]."""
    counts = np.zeros((len(rows), size), dtype=np.float32)
    inside = np.arange(rows.shape[1]) < lengths[:, None]
    np.add.at(counts, (np.nonzero(inside)[0], rows[inside]), 1)
    counts /= np.maximum(lengths, 1)[:, None]
    return counts


def tails_of(rows: Symbols) -> Symbols:
    """The last letters written before each target position, the latest first: [B, M + 1, BACK]."""
    batch, width = rows.shape
    padded = np.full((batch, width + BACK), EDGE, dtype=np.uint8)
    padded[:, BACK:] = rows
    return np.lib.stride_tricks.sliding_window_view(padded, BACK, axis=1)[:, :, ::-1]


def lattice_steps(chosen: Array, targets: Symbols, n: Ints, m: Ints) -> tuple[Floats, Floats]:
    """The two steps of every state out of all letters' probabilities [B, N + 1, M + 1, target]."""
    batch, rows, columns, _ = chosen.shape
    go = chosen[..., EDGE].astype(np.float64)
    write = np.zeros((batch, rows, columns))
    index = np.broadcast_to(targets[:, None, :, None], (batch, rows, columns - 1, 1)).astype(np.int64)
    write[:, :, :-1] = np.take_along_axis(chosen[:, :, :-1], index, axis=3)[..., 0]
    write *= np.arange(columns) < m[:, None, None]
    go *= np.arange(rows)[:, None] <= n[:, None, None]
    return go, write
