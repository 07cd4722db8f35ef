"""The likeliest target spellings of many sources at once: beam search that merges equal prefixes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bialign.names.lattice import Floats, Ints
from bialign.names.letters import EDGE, UNKNOWN
from bialign.names.network import BACK, Array, Network, Symbols

#: Letters one source letter may write at most, and how far below the best a prefix may fall: farther
#: where more of them are asked for.
_MOST_WRITTEN = 5
_MARGIN, _MARGIN_EACH = 3.75, 1 / 32
#: Letters of a spelling at most, and of a spelling of a source of n letters (times n, plus).
_LONGEST = 200
_TIMES, _PLUS = 3, 4
#: Farther below 0 than any logarithm of a prefix, so that words stay apart in one sort.
_APART = 4096.0
_AT_ONCE = 256
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
    net: Network, sources: Sequence[str], styles: Sequence[str | None] | Array, beam: int = 8
) -> list[list[tuple[str, float]]]:
    """The best targets of every source.

    Args:
        net: the direction's network.
        sources: plain letters.
        styles: one a source, or the shares of all of the network's, [sources, styles].
        beam: prefixes kept a source.

    Returns:
        For each source up to ``beam`` targets with their log-probabilities (all alignments that
        the search met, summed), best first. An empty source has none.
    """
    told = styles if isinstance(styles, np.ndarray) else net.style_rows(styles)
    found: list[list[tuple[str, float]]] = [[] for _ in sources]
    order = sorted((k for k in range(len(sources)) if sources[k]), key=lambda k: len(sources[k]))
    for start in range(0, len(order), _AT_ONCE):
        some = order[start : start + _AT_ONCE]
        n = np.array([len(sources[k]) for k in some])
        read = net.read(net.source.block([sources[k] for k in some]), n, told[some])
        for k, result in zip(some, _search(net, read, n, beam), strict=True):
            found[k] = result
    return found


def _search(net: Network, read: Array, n: Ints, beam: int) -> list[list[tuple[str, float]]]:
    """Search a batch.

    Args:
        net: the direction's network.
        read: what the network read at every source position, [B, N + 1, J].
        n: lengths of the sources, [B].
        beam: prefixes kept a source.
    """
    count = len(n)
    # Each word has its own bound, so that it is spelled alike in any company.
    longest = np.minimum(_TIMES * n + _PLUS, _LONGEST) + BACK
    start = net.remember(np.zeros((1, BACK), dtype=np.uint8))
    hyps = _Beam(
        np.arange(count),
        np.zeros(count),
        np.zeros((count, int(longest.max())), dtype=np.uint8),
        np.full(count, BACK),
        np.zeros(count, dtype=np.uint64),
        np.repeat(start, count, axis=0),
    )
    found: list[list[tuple[str, float]]] = [[] for _ in n]
    for position in range(int(n.max()) + 1):
        hyps = _pass_position(net, read[:, position], longest, hyps, beam)
        done = n[hyps.word] == position
        ended = hyps[done]
        texts = net.target.texts(ended.letters[:, BACK:])
        for word, score, text in zip(ended.word.tolist(), ended.score.tolist(), texts, strict=True):
            found[word].append((text, score))
        hyps = hyps[~done]
    return [sorted(f, key=lambda item: (-item[1], item[0])) for f in found]


def _pass_position(net: Network, read: Array, longest: Ints, hyps: _Beam, beam: int) -> _Beam:
    """Write nothing to a few letters at one source position, which was read, and go on."""
    passed: list[_Beam] = []
    # The best scores of each word's prefixes that have gone on: what falls below the last of them,
    # or too far below the first, can no longer be kept.
    leading = np.full((len(read), beam), -np.inf)
    for written in range(_MOST_WRITTEN + 1):
        with np.errstate(divide="ignore"):
            log = np.log(net.decide(read[hyps.word], hyps.memory)).astype(np.float64)
        on = _Beam(hyps.word, hyps.score + log[:, EDGE], hyps.letters, hyps.length, hyps.hash, hyps.memory)
        passed.append(on)
        if written == _MOST_WRITTEN:
            break
        leading = _leading(leading, on)
        least = np.maximum(leading[:, -1] - _margin(beam), leading[:, 0])
        log[:, : UNKNOWN + 1] = -np.inf
        log[hyps.length >= longest[hyps.word]] = -np.inf
        scores = hyps.score[:, None] + log
        row, letter = np.nonzero(scores > np.maximum(least, -1e9)[hyps.word, None])
        if not len(row):
            break
        chosen = scores[row, letter]
        kept = _top(hyps.word[row], chosen, beam)
        hyps = _extend(net, hyps, row[kept], letter[kept], chosen[kept])
    return _merge(passed, beam)


def _margin(beam: int) -> float:
    return _MARGIN + _MARGIN_EACH * beam


def _leading(before: Floats, on: _Beam) -> Floats:
    """The best scores so far of each word, in rising order, [words, beam]."""
    held = np.full(before.shape, -np.inf)
    held[on.word, _rank(on.word)] = on.score
    both = np.concatenate([before, held], axis=1)
    both.sort(axis=1)
    return both[:, before.shape[1] :]


def _rank(word: Ints) -> Ints:
    """Each row's place among those of its word, of rows ordered by word."""
    place = np.arange(len(word))
    starts = np.zeros(len(word), dtype=np.int64)
    starts[1:] = np.where(word[1:] != word[:-1], place[1:], 0)
    ranked: Ints = place - np.maximum.accumulate(starts)
    return ranked


def _extend(net: Network, hyps: _Beam, row: Ints, letter: Ints, score: Floats) -> _Beam:
    letters, length = hyps.letters[row], hyps.length[row]
    each = np.arange(len(row))
    letters[each, length] = letter
    length = length + 1
    tails = letters[each[:, None], length[:, None] - 1 - np.arange(BACK)]
    new_hash = (hyps.hash[row] + letter.astype(np.uint64)) * _HASH
    return _Beam(hyps.word[row], score, letters, length, new_hash, _remembered(net, tails))


def _remembered(net: Network, tails: Symbols) -> Array:
    """``net.remember``, each distinct tail read once: many words are written alike in part."""
    keys = tails.astype(np.int64) @ (len(net.target) ** np.arange(BACK))
    _, first, back = np.unique(keys, return_index=True, return_inverse=True)
    return net.remember(tails[first])[back]


def _merge(beams: list[_Beam], beam: int) -> _Beam:
    """Sum the scores of equal prefixes, keep the best of each word."""
    word = np.concatenate([b.word for b in beams])
    score = np.concatenate([b.score for b in beams])
    key = np.concatenate([b.hash for b in beams])
    order = np.lexsort((key, word))
    ordered, keys = word[order], key[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = (ordered[1:] != ordered[:-1]) | (keys[1:] != keys[:-1])
    summed = np.logaddexp.reduceat(score[order], np.nonzero(first)[0])
    leaders = order[first]
    kept = _top(word[leaders], summed, beam)
    kept = kept[summed[kept] > _best_of(word[leaders], summed)[kept] - _margin(beam)]
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
    order = np.argsort(word * _APART - score, kind="stable")
    picked: Ints = order[_rank(word[order]) < beam]
    return picked
