"""The fast model of one direction: step probabilities in tables, learned by EM.

It lives on the lattice of ``lattice.py``, but a step depends only on the source letter, the next
one, and the letter written last: a stochastic edit transducer (Ristad and Yianilos 1998, "Learning
string-edit distance") with a context on either side. Scoring a pair is a few look-ups a cell, so it
can look at every pair of a pool; the network then judges the few that are near.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bialign.names.lattice import LEAST, Floats, Ints, occupancy
from bialign.names.letters import EDGE, UNKNOWN, Alphabet

Symbols = NDArray[np.uint8]
#: Steps are stored as whole multiples of this many nats below certainty.
_GRAIN = 0.0625
_WORTH = np.exp(-_GRAIN * np.arange(256)).astype(np.float32)
_AT_ONCE = 4096


@dataclass(frozen=True, slots=True)
class Tables:
    """One direction.

    Args:
        source: the alphabet read.
        target: the alphabet written.
        steps: probability of a step, ``EDGE`` being to go on: [source letter, next source letter,
            last target letter, step], flat; float32, or as ``packed`` gives it.
    """

    source: Alphabet
    target: Alphabet
    steps: NDArray[np.float32] | NDArray[np.uint8]

    def score_rows(self, sources: Symbols, targets: Symbols, n: Ints, m: Ints) -> Floats:
        """Log-probability of targets given sources.

        Args:
            sources: [B, N], padded.
            targets: [B, M], padded.
            n: lengths of the sources, [B].
            m: lengths of the targets, [B].
        """
        columns = targets.shape[1] + 1
        size, every = len(self.target), np.arange(len(sources))
        read = (self._read(sources) * size).T.copy()
        letters = np.zeros((columns + 1, len(sources)), dtype=np.int64)
        letters[1:columns] = targets.T
        before = letters * size
        alpha = np.zeros((columns, len(sources)))
        alpha[0] = 1.0
        ends = np.zeros(len(sources))
        for i in range(sources.shape[1] + 1):
            carried = np.zeros(len(sources))
            for j in range(columns):
                if j:
                    alpha[j] += carried
                place = read[i] + before[j]
                carried = alpha[j] * self._step(place + letters[j + 1])
                alpha[j] *= self._step(place)
            done = n == i
            ends[done] = alpha[m[done], every[done]]
        scores: Floats = np.log(np.maximum(ends, LEAST))
        return scores

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> Floats:
        """Log-probability of each target given its source, pair by pair; float64 [pairs]."""
        kinds = sorted(set(sources)), sorted(set(targets))
        number = [{text: k for k, text in enumerate(side)} for side in kinds]
        first = np.fromiter((number[0][s] for s in sources), dtype=np.int64, count=len(sources))
        second = np.fromiter((number[1][t] for t in targets), dtype=np.int64, count=len(targets))
        return self.score_numbered(kinds[0], kinds[1], first, second)

    def score_numbered(
        self, sources: Sequence[str], targets: Sequence[str], first: Ints, second: Ints
    ) -> Floats:
        """As ``score``, the pairs given as numbers into lists of distinct texts."""
        rows, written = self.source.block(sources), self.target.block(targets)
        n = np.array([len(s) for s in sources], dtype=np.int64)
        m = np.array([len(t) for t in targets], dtype=np.int64)
        scores = np.zeros(len(first))
        order = np.lexsort((m[second], n[first])) if len(first) else np.zeros(0, dtype=np.int64)
        for start in range(0, len(order), _AT_ONCE):
            some = order[start : start + _AT_ONCE]
            of, to = first[some], second[some]
            high, wide = int(n[of].max(initial=0)), int(m[to].max(initial=0))
            scores[some] = self.score_rows(rows[of, :high], written[to, :wide], n[of], m[to])
        return scores

    def probabilities(self) -> NDArray[np.float32]:
        """The probability of every step, laid out as ``steps``."""
        return self._step(np.arange(self.steps.size))

    def _step(self, places: Ints) -> NDArray[np.float32]:
        steps: NDArray[Any] = self.steps.take(places)
        return _WORTH.take(steps) if steps.dtype == np.uint8 else steps

    def _read(self, sources: Symbols) -> Ints:
        """The part of a step's place that the source decides: [B, n + 1]."""
        padded = np.full((len(sources), sources.shape[1] + 2), EDGE, dtype=np.int64)
        padded[:, : sources.shape[1]] = sources
        place: Ints = (padded[:, :-1] * len(self.source) + padded[:, 1:]) * len(self.target)
        return place

    def count(self, pairs: Sequence[tuple[str, str]], weights: Floats, counts: Floats) -> None:
        """Add the expected steps of pairs to counts laid out as ``steps``."""
        n = np.array([len(s) for s, _ in pairs])
        m = np.array([len(t) for _, t in pairs])
        rows, written = self.source.block([s for s, _ in pairs]), self.target.block([t for _, t in pairs])
        read = self._read(rows)
        letters = np.zeros((len(pairs), written.shape[1] + 2), dtype=np.int64)
        letters[:, 1:-1] = written
        place = (read[:, :, None] + letters[:, None, :-1]) * len(self.target)
        onward = place + letters[:, None, 1:]
        go, write = self._step(place).astype(np.float64), self._step(onward).astype(np.float64)
        write *= np.arange(write.shape[2]) < m[:, None, None]
        go *= np.arange(go.shape[1])[:, None] <= n[:, None, None]
        took_go, took_write, _ = occupancy(go, write, n, m)
        for took, where in ((took_go, place), (took_write, onward)):
            kept = took > 1e-6
            np.add.at(counts, where[kept], (took * weights[:, None, None])[kept])

    def packed(self) -> NDArray[np.uint8]:
        """The steps in one byte each."""
        return np.clip(np.round(-np.log(np.maximum(self.steps, LEAST)) / _GRAIN), 0, 255).astype(np.uint8)


def learn(
    source: Alphabet,
    target: Alphabet,
    pairs: Sequence[tuple[str, str]],
    weights: Floats,
    rounds: int = 6,
    trust: float = 4.0,
) -> Tables:
    """Learn tables by expectation maximisation.

    Args:
        source: the alphabet read.
        target: the alphabet written.
        pairs: source and target in plain letters.
        weights: how much each pair counts.
        rounds: passes over the pairs.
        trust: a context seen this often counts as much as the shorter context it backs off to.
    """
    size, wide = len(source), len(target)
    steps = np.full(size * size * wide * wide, 0.5 / wide, dtype=np.float32)
    steps[::wide] = 0.5
    model = Tables(source, target, steps)
    order = sorted(range(len(pairs)), key=lambda k: (len(pairs[k][0]), len(pairs[k][1])))
    for _ in range(rounds):
        counts = np.zeros(size * size * wide * wide)
        for start in range(0, len(order), 512):
            some = order[start : start + 512]
            model.count([pairs[k] for k in some], weights[some], counts)
        model = Tables(source, target, _smooth(counts.reshape(size, size, wide, wide), trust))
    return model


def _smooth(counts: Floats, trust: float) -> NDArray[np.float32]:
    """Relative frequencies, each context leaning on the one without the neighbour's letter."""

    def lean(seen: Floats, on: Floats) -> Floats:
        leaned: Floats = (seen + trust * on) / (seen.sum(axis=-1, keepdims=True) + trust)
        return leaned

    flat = np.full(counts.shape[-1], 1 / counts.shape[-1])
    letter = lean(counts.sum(axis=(1, 2)), flat)
    after = lean(counts.sum(axis=1), letter[:, None])
    before = lean(counts.sum(axis=2), letter[:, None])
    both = lean(counts, (after[:, None] + before[:, :, None]) / 2)
    # A letter the alphabet lacks is written at a price, never at none.
    both[..., UNKNOWN] = np.maximum(both[..., UNKNOWN], 1e-5)
    return both.astype(np.float32).ravel()
