"""Learn ``src/bialign/resources/arabic_tagger.bin``, which says what Arabic words are names.

Three kinds of sentences teach it:

- the Arabic of tico19, flores and tatoeba, labelled through their English side: the names that
  ``find_names`` sees there by their capitals are met by ``align_names``. Where an English name meets
  nothing sure, the rarer Arabic words of the sentence are left undecided. Every tenth line is kept
  apart and its figures printed; the sets kept for measuring are never read.
- the same sentences with other names (``../shared/data/names``, training splits) in their place;
- sentences composed from ``arabic_contexts.txt`` (``arabic_composing.py``).

A word left undecided may be anything: its sentence's likelihood sums over all it may be. Words are
hidden from the model at random, so that it learns to do without knowing them.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from arabic_composing import Composer
from arabic_projecting import Marks, projected, renamed
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize
from seeded import seeded

from bialign.names import arabic_features as seen
from bialign.names import tagger
from bialign.names.arabic_features import READINGS, SIZE
from bialign.names.arabic_words import Word, arabic_words, runs_of
from bialign.names.gazetteer import arabic_fold
from bialign.names.sequences import expectations
from bialign.names.tagger import AROUND, COLUMN_OF, COLUMNS, NEVER, READING_OF, STATES, TYPES

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src/bialign/resources/arabic_tagger.bin"

#: Further copies of a sentence with names, each with other names put in.
COPIES = 2
#: Words hidden from the model, their neighbours' view of them too.
HIDDEN = 0.25
PENALTY = 0.5
#: Features of fewer words in all are not learned, and so many of the learned weights are kept.
RARE = 3
KEPT = 400_000
SEED = 7
Floats = NDArray[np.float32]


def main() -> None:
    """Learn and write the model."""
    parser = argparse.ArgumentParser(description="Learn what Arabic words are names.")
    parser.add_argument("-o", "--output", type=Path, default=TARGET)
    parser.add_argument("--composed", type=int, default=40_000, help="composed sentences")
    parser.add_argument("--rounds", type=int, default=80)
    parser.add_argument(
        "--projected", type=Path, help="keep the projected names in this file for another run"
    )
    parser.add_argument("--start", type=Path, help="go on from the weights of this file")
    args = parser.parse_args()
    start = np.zeros(SIZE * COLUMNS + COLUMNS * COLUMNS + COLUMNS)
    if args.start is not None:
        start = np.concatenate([np.ravel(part) for part in tagger.unpack(args.start.read_bytes())]).astype(
            float
        )
    draw = seeded(SEED)
    composer = Composer(draw)
    learned, apart = Data(draw), Data(draw, hide=False)
    for number, (text, marks, open_) in enumerate(projected(args.projected)):
        if number % 10 == 0:
            apart.add(text, marks, open_)
            continue
        learned.add(text, marks, open_)
        for _ in range(COPIES if marks else 0):
            learned.add(*renamed(text, marks, open_, composer))
    print(f"{len(learned.golds)} runs from bitext, {len(apart.golds)} kept apart")
    for _ in range(args.composed):
        learned.add(*composer.sentence(), [])
    print(f"{len(learned.golds)} runs, {sum(map(len, learned.golds))} words")
    weights, moves, first = learn(learned, args.rounds, start)
    args.output.write_bytes(tagger.pack(weights, moves, first))
    print(f"{args.output.stat().st_size / 1e3:.0f} kB -> {args.output}")
    tagger.model.cache_clear()
    for name, data in (("learned", learned), ("kept apart", apart)):
        measure(name, data)


# What is learned from.


@dataclass
class _Items:
    """Distinct rows of features, numbered as they come."""

    numbers: dict[Any, int]
    features: list[NDArray[np.int64]]

    def number(self, key: Any, features: Any) -> int:
        if key not in self.numbers:
            self.numbers[key] = len(self.features)
            self.features.append(
                seen.hashed(features()) if features is not None else np.array([], dtype=np.int64)
            )
        return self.numbers[key]

    def matrix(self) -> Any:
        indptr = np.cumsum([0, *map(len, self.features)])
        ones = np.ones(int(indptr[-1]), dtype=np.float32)
        return sparse.csr_matrix(
            (ones, np.concatenate(self.features), indptr), shape=(len(self.features), SIZE)
        )


class Data:
    """Runs of words with what each may be.

    Args:
        draw: for hiding words.
        hide: whether to hide any.
    """

    def __init__(self, draw: Random, *, hide: bool = True) -> None:
        self.draw, self.hide = draw, HIDDEN if hide else 0.0
        self.items = _Items({}, [])
        self.none = self.items.number(None, None)
        self.own: list[list[int]] = []
        self.has: list[list[bool]] = []
        self.around: list[list[int]] = []
        self.golds: list[NDArray[np.bool_]] = []
        self.runs: list[list[tagger.Token]] = []

    def add(self, text: str, marks: Marks, open_: list[tuple[int, int]]) -> None:
        """The runs of a text."""
        words = arabic_words(text)
        for first, last in runs_of(words, tagger.LONGEST_RUN):
            gold = states(words[first:last], marks, open_)
            if gold is not None:
                self._add_run(words[first:last], gold)

    def _add_run(self, words: Sequence[Word], gold: NDArray[np.bool_]) -> None:
        texts = [word.text for word in words]
        hidden = [self.draw.random() < self.hide for _ in texts]
        longer = seen.longer_places([arabic_fold(text) for text in texts])
        inside = {at: (at - first, cut) for first, last, cut in longer for at in range(first, last)}
        number = self.items.number
        for i, (word, text, hide) in enumerate(zip(words, texts, hidden, strict=True)):
            forms = seen.own_features(text, hide=hide)
            row = [
                number(("own", text, hide, r), lambda f=form: f) if form is not None else self.none
                for r, form in enumerate(forms + [None] * (READINGS - len(forms)))
            ]
            self.has.append([r < len(forms) for r in range(READINGS)])
            self.own.append(row)
            sides = [
                number(("gap", word.before, word.after), lambda w=word: seen.gap_features(w.before, w.after))
            ]
            for where, step in tagger.SIDES:
                near = i + step
                out = not 0 <= near < len(texts)
                key = ("side", where, "" if out else texts[near], not out and hidden[near])
                sides.append(number(key, lambda k=key: seen.side_features(k[1], k[2], hide=k[3])))
            if i in inside:
                place = min(inside[i][0], 1)
                sides.append(number(("longer", place), lambda p=place: seen.longer_features(p)))
            else:
                sides.append(self.none)
            self.around.append(sides)
        self.golds.append(gold)
        self.runs.append([tagger.Token(w.text, w.before, w.after) for w in words])


def states(words: Sequence[Word], marks: Marks, open_: list[tuple[int, int]]) -> NDArray[np.bool_] | None:
    """States every word may be in; None where a name does not fit the words."""
    gold = np.zeros((len(words), STATES), dtype=bool)
    gold[:, 0] = True
    for at, word in enumerate(words):
        if any(a < word.end and word.start < b for a, b in open_):
            gold[at] = True
    for a, b, kind in marks:
        places = [i for i, word in enumerate(words) if a < word.end and word.start < b]
        if not places:
            continue
        cut = max(0, a - words[places[0]].start)
        readable = cut in dict(seen.readings(arabic_fold(words[places[0]].text)))
        if not readable or words[places[-1]].end != b or words[places[0]].start > a:
            return None  # cut where no reading cuts, or goes on in another run
        kinds = range(len(TYPES)) if kind == "other" else [TYPES.index(kind)]
        for i in places:
            gold[i] = False
            for t in kinds:
                gold[i, 1 + cut * len(TYPES) + t if i == places[0] else 1 + READINGS * len(TYPES) + t] = True
    return gold


# Learning.


def learn(data: Data, rounds: int, start: NDArray[np.float64]) -> tuple[Floats, Floats, Floats]:
    """Weights that make the golden states likely, with a quadratic penalty."""
    own, around = np.array(data.own), np.array(data.around)
    matrix = data.items.matrix()
    uses = np.bincount(own.ravel(), minlength=matrix.shape[0]) + np.bincount(
        around.ravel(), minlength=matrix.shape[0]
    )
    matrix = matrix @ sparse.diags((matrix.T @ uses >= RARE).astype(np.float32))
    has = np.array(data.has)
    lengths = np.array([len(gold) for gold in data.golds])
    starts = np.cumsum([0, *lengths[:-1]])
    order = np.argsort(lengths, kind="stable")
    batches = [order[i : i + 1024] for i in range(0, len(order), 1024)]
    gold = np.concatenate(data.golds)
    blocked = np.where(gold, 0, NEVER).astype(np.float32)
    to_column = np.zeros((STATES, COLUMNS), dtype=np.float32)
    to_column[np.arange(STATES), COLUMN_OF] = 1
    absent = np.where(has[:, READING_OF], 0, NEVER).astype(np.float32)
    count, words = matrix.shape[0], len(own)
    select = [
        sparse.csr_matrix(
            (np.ones(words, dtype=np.float32), (own[:, r], np.arange(words))), shape=(count, words)
        )
        for r in range(READINGS)
    ]
    beside = sparse.csr_matrix(
        (
            np.ones(around.size, dtype=np.float32),
            (around.ravel(), np.repeat(np.arange(words), around.shape[1])),
        ),
        shape=(count, words),
    )
    of_reading = [to_column * np.equal(READING_OF, r)[:, None] for r in range(READINGS)]
    at_weights, at_moves = SIZE * COLUMNS, SIZE * COLUMNS + COLUMNS * COLUMNS

    def loss(vector: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = vector[:at_weights].reshape(SIZE, COLUMNS).astype(np.float32)
        moves = tagger.move_scores(vector[at_weights:at_moves].reshape(COLUMNS, COLUMNS).astype(np.float32))
        first = tagger.first_scores(vector[at_moves:].astype(np.float32))
        values = matrix @ weights
        scores = values[around].sum(axis=1) @ AROUND.T + values[own][:, READING_OF, COLUMN_OF] + absent
        slope = np.zeros_like(scores)
        d_moves, d_first = np.zeros((STATES, STATES)), np.zeros(STATES)
        total = 0.0
        for batch in batches:
            some = lengths[batch]
            at = starts[batch][:, None] + np.minimum(np.arange(some.max())[None], some[:, None] - 1)
            live = np.arange(some.max())[None] < some[:, None]
            for sign, extra in ((1, 0.0), (-1, blocked[at])):
                shares, pairs, logs = expectations(scores[at] + extra, some, moves, first)
                total += sign * float(logs.sum())
                slope[at[live]] += sign * shares[live]
                d_moves += sign * pairs
                d_first += sign * shares[:, 0].sum(axis=0)
        d_values = beside @ (slope @ AROUND)
        for r in range(READINGS):
            d_values += select[r] @ (slope @ of_reading[r])
        d_columns = to_column.T @ d_moves @ to_column
        gradient = np.concatenate([(matrix.T @ d_values).ravel(), d_columns.ravel(), to_column.T @ d_first])
        total += PENALTY / 2 * float(vector @ vector)
        print(f"  {total:.0f}", end="", flush=True)
        return total, gradient.astype(np.float64) + PENALTY * vector

    found = minimize(
        loss, start, jac=True, method="L-BFGS-B", options={"maxiter": rounds, "maxfun": rounds + 20}
    ).x
    print()
    small = np.sort(np.abs(found[:at_weights]))[-KEPT]
    found[:at_weights][np.abs(found[:at_weights]) < small] = 0
    return (
        found[:at_weights].reshape(SIZE, COLUMNS).astype(np.float32),
        found[at_weights:at_moves].reshape(COLUMNS, COLUMNS).astype(np.float32),
        found[at_moves:].astype(np.float32),
    )


def measure(name: str, data: Data) -> None:
    """Precision and recall of whole names in the runs that leave nothing undecided."""
    sure = [k for k, gold in enumerate(data.golds) if (gold.sum(axis=1) == 1).all() or not gold[:, 0].all()]
    right = found = marked = 0
    for k, tagged in zip(sure, tagger.tag([data.runs[k] for k in sure]), strict=True):
        gold = golden(data.golds[k])
        ours = {(g.first, g.last, g.cut) for g in tagged.names}
        right, found, marked = right + len(gold & ours), found + len(ours), marked + len(gold)
    precision, recall = right / max(1, found), right / max(1, marked)
    print(f"{name}: {len(sure)} runs, {marked} names, P {precision:.3f} R {recall:.3f}")


def golden(gold: NDArray[np.bool_]) -> set[tuple[int, int, int]]:
    """The names of a run's golden states."""
    opened = len(TYPES) * READINGS
    names = set()
    at = 0
    while at < len(gold):
        state = int(gold[at].argmax())
        last = at + 1
        if state and state <= opened:
            while last < len(gold) and not gold[last, 0] and int(gold[last].argmax()) > opened:
                last += 1
            names.add((at, last, int(READING_OF[state])))
        at = last
    return names


if __name__ == "__main__":
    main()
