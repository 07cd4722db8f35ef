"""Which words of an Arabic text are names, and of what type: a learned sequence model.

A linear-chain conditional random field (Lafferty, McCallum, Pereira 2001) over runs of words that
join each other. A word may open a name of a type in one of three readings (whole, or one or two
proclitics cut off), carry one on, or stand outside. The evidence of a word is a sum of learned
weights (hashed features) of the word itself in each reading, of two words on either side, of what
punctuation stands around, and of the gazetteer's longer names; it was learned
(``scripts/build_arabic_tagger.py``) from Arabic sentences whose English translation shows which words
are names, and from composed sentences. Probabilities come from the forward and backward sums.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from bialign.model import NameType
from bialign.names.arabic_features import (
    READINGS,
    SIZE,
    gap_features,
    hashed,
    longer_features,
    longer_places,
    own_features,
    side_features,
)
from bialign.names.gazetteer import arabic_fold
from bialign.names.sequences import best_paths, expectations

Floats = npt.NDArray[np.float32]

TYPES: Final[tuple[NameType, ...]] = ("person", "place", "organisation", "other")
#: Weights a feature has: outside, a name of each type opens, goes on; proclitics stand before one.
COLUMNS: Final = 2 + 2 * len(TYPES)
#: States of a word: outside; each type opened in each reading; each type going on.
STATES: Final = 1 + len(TYPES) * (READINGS + 1)
#: A longer run is cut: no name is so long, and the sums stay quick.
LONGEST_RUN: Final = 120
_AT_ONCE: Final = 256


class Token(NamedTuple):
    """A word as written and the kind of gap on either side (``GAPS``)."""

    text: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Guess:
    """Words ``[first, last)`` of a run that the model takes for a name.

    Args:
        first, last: which words.
        cut: letters of the first word that are proclitics.
        type: of what type.
        probability: the least of its words' probabilities of being in a name so.
    """

    first: int
    last: int
    cut: int
    type: NameType
    probability: float


class Tagged(NamedTuple):
    """The names of a run, and each word's probability of being in one, however bounded and typed."""

    names: list[Guess]
    inside: Floats


class Model(NamedTuple):
    """Learned weights: of features [SIZE, COLUMNS], of moves from state to state, of a first state."""

    weights: Floats
    moves: Floats
    first: Floats


@cache
def model() -> Model:
    """The shipped weights."""
    data = files("bialign").joinpath("resources/arabic_tagger.bin").read_bytes()
    return unpack(data)


def pack(weights: Floats, moves: Floats, first: Floats) -> bytes:
    """Weights as bytes: scale, moves and first columns in float32, then features as deflated signed bytes."""
    scale = np.float32(np.abs(weights).max() / 127)
    head = np.concatenate([[scale], moves.ravel(), first]).astype("<f4").tobytes()
    return head + zlib.compress(np.round(weights / scale).astype(np.int8).T.tobytes(), 9)


def unpack(data: bytes) -> Model:
    """``pack`` read back."""
    width = COLUMNS * COLUMNS
    head = np.frombuffer(data[: 4 * (1 + width + COLUMNS)], dtype="<f4")
    weights = np.frombuffer(zlib.decompress(data[4 * len(head) :]), dtype=np.int8).reshape(COLUMNS, SIZE)
    moves, first = head[1 : 1 + width].reshape(COLUMNS, COLUMNS), head[1 + width :]
    return Model(np.ascontiguousarray(weights.T, dtype=np.float32) * head[0], moves, first)


#: Column of every state, and of which reading a state is (its evidence is that reading's).
COLUMN_OF: Final = np.array(
    [
        0,
        *(1 + t for _ in range(READINGS) for t in range(len(TYPES))),
        *(1 + len(TYPES) + t for t in range(len(TYPES))),
    ]
)
READING_OF: Final = np.array([0, *(r for r in range(READINGS) for _ in TYPES), *(0 for _ in TYPES)])
#: Which columns of what stands around a word count for a state.
AROUND: Final = np.zeros((STATES, COLUMNS), dtype=np.float32)
AROUND[np.arange(STATES), COLUMN_OF] = 1
AROUND[READING_OF > 0, -1] = 1
#: What cannot be: a reading a word has not; a name going on after none, or after one of another type.
NEVER: Final = np.float32(-1e4)


def move_scores(moves: Floats) -> Floats:
    """Scores of moves between states; a name only goes on after its own type."""
    scores: Floats = moves[COLUMN_OF][:, COLUMN_OF].copy()
    going_on = len(TYPES) < COLUMN_OF
    type_of = (COLUMN_OF - 1) % len(TYPES)
    same = (type_of[:, None] == type_of[None, :]) & (COLUMN_OF[:, None] > 0)
    scores[:, going_on] = np.where(same[:, going_on], scores[:, going_on], NEVER)
    return scores


def first_scores(first: Floats) -> Floats:
    """Scores of a run's first state."""
    return np.where(len(TYPES) < COLUMN_OF, NEVER, first[COLUMN_OF]).astype(np.float32)


@lru_cache(maxsize=100_000)
def _own(word: str) -> Floats:
    """Sums of a word's own features: one row a reading, ``NEVER`` for one it has not."""
    sums = np.full((READINGS, COLUMNS), NEVER, dtype=np.float32)
    for reading, names in enumerate(own_features(word)):
        sums[reading] = model().weights[hashed(names)].sum(axis=0)
    return sums


@lru_cache(maxsize=200_000)
def _side(where: str, word: str) -> Floats:
    return np.asarray(model().weights[hashed(side_features(where, word))].sum(axis=0))


@lru_cache(maxsize=1_000)
def _gap(before: str, after: str) -> Floats:
    return np.asarray(model().weights[hashed(gap_features(before, after))].sum(axis=0))


def best_cut(word: str, kind: NameType) -> int:
    """How many letters of a word that opens a name of this type are most likely proclitics."""
    return int(_own(word)[:, 1 + TYPES.index(kind)].argmax())


SIDES: Final = (("-2", -2), ("-1", -1), ("1", 1), ("2", 2))


def evidence(run: Sequence[Token]) -> Floats:
    """Scores of every state of every word of a run, moves left out: [words, STATES]."""
    words = [token.text for token in run]
    own = np.stack([_own(word) for word in words])
    around = np.stack([_gap(token.before, token.after) for token in run])
    for where, step in SIDES:
        near = (words[i + step] if 0 <= i + step < len(words) else "" for i in range(len(words)))
        around = around + np.stack([_side(where, word) for word in near])
    scores: Floats = own[:, READING_OF, COLUMN_OF] + around @ AROUND.T
    weights = model().weights
    for first, last, cut in longer_places([arabic_fold(word) for word in words]):
        for at in range(first, last):
            added = weights[hashed(longer_features(at - first))].sum(axis=0)
            wanted = (
                (len(TYPES) < COLUMN_OF) | (cut == READING_OF) if at == first else np.ones(STATES, dtype=bool)
            )
            scores[at] += np.where(wanted & (COLUMN_OF > 0), added[COLUMN_OF], 0)
    return scores


# The chain.


def tag(runs: Sequence[Sequence[Token]]) -> list[Tagged]:
    """The names of runs of joined words, by the likeliest path through each.

    >>> run = [Token(word, " ", " ") for word in "قال ويليامز إن الحكومة".split()]
    >>> [(g.first, g.last, g.cut, g.type) for g in tag([run])[0].names]
    [(1, 2, 0, 'person')]
    """
    found = [Tagged([], np.zeros(0, dtype=np.float32)) for _ in runs]
    order = sorted(range(len(runs)), key=lambda k: len(runs[k]))
    moves, first = move_scores(model().moves), first_scores(model().first)
    for start in range(0, len(order), _AT_ONCE):
        some = [k for k in order[start : start + _AT_ONCE] if runs[k]]
        if not some:
            continue
        lengths = np.array([len(runs[k]) for k in some])
        scores = np.zeros((len(some), lengths.max(), STATES), dtype=np.float32)
        for row, k in enumerate(some):
            scores[row, : lengths[row]] = evidence(runs[k])
        shares = expectations(scores, lengths, moves, first)[0]
        for row, (k, path) in enumerate(zip(some, best_paths(scores, lengths, moves, first), strict=True)):
            found[k] = Tagged(list(_guesses(path, shares[row])), 1 - shares[row, : lengths[row], 0])
    return found


def _guesses(path: Sequence[int], shares: Floats) -> Iterator[Guess]:
    """Names along a path of states, with the least share of their words."""
    opened = len(TYPES) * READINGS
    at = 0
    while at < len(path):
        state = path[at]
        last = at + 1
        if state:
            while last < len(path) and path[last] > opened:
                last += 1
            least = min(float(shares[i, path[i]]) for i in range(at, last))
            yield Guess(
                at, last, int(READING_OF[state]), TYPES[(int(COLUMN_OF[state]) - 1) % len(TYPES)], least
            )
        at = last
