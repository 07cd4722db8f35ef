"""The likeliest target spellings of many sources at once: beam search that merges equal prefixes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bialign.names.lattice import Floats, Ints
from bialign.names.letters import EDGE, UNKNOWN
from bialign.names.network import BACK, Array, Network, Symbols

#: Letters one source letter may write at most, and how far below the best a prefix may fall.
_MOST_WRITTEN = 5
_MARGIN = 5.0
_HASH = np.uint64(0x9E3779B97F4A7C15)


@dataclass(slots=True)
class _Beam:
    """Prefixes of the words being decoded, one a row."""

    word: Ints
    score: Floats
    letters: Symbols
    length: Ints
    hash: NDArray[np.uint64]
    memory: Array

    def __getitem__(self, rows: Ints | NDArray[np.bool_]) -> _Beam:
        return _Beam(
            self.word[rows],
            self.score[rows],
            self.letters[rows],
            self.length[rows],
            self.hash[rows],
            self.memory[rows],
        )


def decode(
    net: Network, sources: Sequence[str], styles: Sequence[str | None], beam: int = 8
) -> list[list[tuple[str, float]]]:
    """The best targets of every source.

    Args:
        net: the direction's network.
        sources: plain letters.
        styles: one a source.
        beam: prefixes kept a source.

    Returns:
        For each source up to ``beam`` targets with their log-probabilities (all alignments that
        the search met, summed), best first. An empty source has none.
    """
    found: list[list[tuple[str, float]]] = [[] for _ in sources]
    order = sorted((k for k in range(len(sources)) if sources[k]), key=lambda k: len(sources[k]))
    for start in range(0, len(order), 128):
        some = order[start : start + 128]
        results = _decode_batch(net, [sources[k] for k in some], [styles[k] for k in some], beam)
        for k, result in zip(some, results, strict=True):
            found[k] = result
    return found


def _decode_batch(
    net: Network, sources: list[str], styles: list[str | None], beam: int
) -> list[list[tuple[str, float]]]:
    n = np.array([len(s) for s in sources])
    read = net.read(net.source.block(sources), n, net.style_rows(styles))
    count = len(sources)
    width = min(3 * int(n.max()) + 4, 200) + BACK
    start = net.remember(np.zeros((1, BACK), dtype=np.uint8))
    hyps = _Beam(
        np.arange(count),
        np.zeros(count),
        np.zeros((count, width), dtype=np.uint8),
        np.full(count, BACK),
        np.zeros(count, dtype=np.uint64),
        np.repeat(start, count, axis=0),
    )
    found: list[list[tuple[str, float]]] = [[] for _ in sources]
    for position in range(int(n.max()) + 1):
        hyps = _pass_position(net, read, hyps, position, beam)
        done = n[hyps.word] == position
        ended = hyps[done]
        for word, score, letters, length in zip(
            ended.word.tolist(), ended.score.tolist(), ended.letters, ended.length, strict=True
        ):
            found[word].append((net.target.text(letters[BACK:length]), score))
        hyps = hyps[~done]
    return [sorted(f, key=lambda item: (-item[1], item[0])) for f in found]


def _pass_position(net: Network, read: Array, hyps: _Beam, position: int, beam: int) -> _Beam:
    """Write nothing to a few letters at one source position and go on."""
    passed: list[_Beam] = []
    best = np.full(len(read), -np.inf)
    for written in range(_MOST_WRITTEN + 1):
        with np.errstate(divide="ignore"):
            log = np.log(net.decide(read[hyps.word, position], hyps.memory)).astype(np.float64)
        on = _Beam(hyps.word, hyps.score + log[:, EDGE], hyps.letters, hyps.length, hyps.hash, hyps.memory)
        np.maximum.at(best, on.word, on.score)
        passed.append(on)
        if written == _MOST_WRITTEN:
            break
        log[:, : UNKNOWN + 1] = -np.inf
        log[hyps.length >= hyps.letters.shape[1]] = -np.inf
        scores = hyps.score[:, None] + log
        row, letter = np.nonzero(scores > np.maximum(best[hyps.word], -1e9)[:, None] - _MARGIN)
        if not len(row):
            break
        chosen = scores[row, letter]
        kept = _top(hyps.word[row], chosen, beam)
        hyps = _extend(net, hyps, row[kept], letter[kept], chosen[kept])
    return _merge(passed, beam)


def _extend(net: Network, hyps: _Beam, row: Ints, letter: Ints, score: Floats) -> _Beam:
    letters, length = hyps.letters[row], hyps.length[row]
    each = np.arange(len(row))
    letters[each, length] = letter
    length = length + 1
    tails = letters[each[:, None], length[:, None] - 1 - np.arange(BACK)]
    new_hash = (hyps.hash[row] + letter.astype(np.uint64)) * _HASH
    return _Beam(hyps.word[row], score, letters, length, new_hash, net.remember(tails))


def _merge(beams: list[_Beam], beam: int) -> _Beam:
    """Sum the scores of equal prefixes, keep the best of each word."""
    word = np.concatenate([b.word for b in beams])
    score = np.concatenate([b.score for b in beams])
    key = np.concatenate([b.hash for b in beams])
    order = np.lexsort((-score, key, word))
    first = np.ones(len(order), dtype=bool)
    first[1:] = (word[order][1:] != word[order][:-1]) | (key[order][1:] != key[order][:-1])
    summed = np.logaddexp.reduceat(score[order], np.nonzero(first)[0])
    leaders = order[first]
    kept = _top(word[leaders], summed, beam)
    kept = kept[summed[kept] > _best_of(word[leaders], summed)[kept] - _MARGIN]
    rows = leaders[kept]
    letters = np.concatenate([b.letters for b in beams])[rows]
    length = np.concatenate([b.length for b in beams])[rows]
    memory = np.concatenate([b.memory for b in beams])[rows]
    return _Beam(word[rows], summed[kept], letters, length, key[rows], memory)


def _best_of(word: Ints, score: Floats) -> Floats:
    best = np.full(int(word.max(initial=-1)) + 1, -np.inf)
    np.maximum.at(best, word, score)
    picked: Floats = best[word]
    return picked


def _top(word: Ints, score: Floats, beam: int) -> Ints:
    """Row numbers of the ``beam`` best rows of each word, ordered by word."""
    order = np.lexsort((-score, word))
    ordered = word[order]
    starts = np.searchsorted(ordered, ordered, side="left")
    picked: Ints = order[np.arange(len(order)) - starts < beam]
    return picked
