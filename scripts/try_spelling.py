"""Designs tried on top of the romaniser and not taken, with what each would give.

    python scripts/try_spelling.py [--data ../shared/data/names]

All judge the network's ten best spellings of a word whose country nobody told; what is learned is
learned on the training and dev parts of the split, what is printed is of the test part.

- *consensus*: the spelling nearest to all others by their posterior, minimum Bayes risk (Kumar and
  Byrne 2004) under a likeness that falls with the edit distance.
- *reranked*: a linear model (multinomial, fitted on dev words by all their attested spellings) of the
  network's score, the lists' counts of the Latin word, letter language models of persons, foreigners
  and places, and habits of spelling (doubling, ou, ee, a last h).
- *joint n-grams*: the same with a joint model of Arabic letters and the Latin letters they give
  (Bisani and Ney 2008), interpolated to four pairs, one each of persons, foreigners and places, mixed
  by the guessed origin.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from pathlib import Path
from typing import Final
from unittest.mock import patch

import numpy as np
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist
from scipy.optimize import minimize
from scipy.special import logsumexp
from spelling_measures import KINDS, References, references

from bialign.names import transliteration
from bialign.names.decoding import decode
from bialign.names.examples import Example, attested_in, part_of, read_examples
from bialign.names.letters import fold
from bialign.names.models import romanizer, tables
from bialign.names.pairs import Pair, likely, pairs_of
from bialign.names.unfolding import aligned

ROOT = Path(__file__).resolve().parent.parent
BEST: Final = 10
#: What a dev word of each kind counts in fitting: person words are asked for most.
WORTH: Final = {"word": 2.0, "world": 1.0, "place": 1.0}
OF_PAIR: Final = {"word": "person", "world": "world", "place": "place"}
Grams = dict[tuple[Hashable, ...], float]
Scorer = Callable[[np.ndarray, list[str]], np.ndarray]


class NGrams:
    """Interpolated n-grams with absolute discounting (Ney et al. 1994) and continuation counts."""

    def __init__(self, texts: Iterable[tuple[Sequence[Hashable], float]], order: int = 4) -> None:
        self.order, self.discount = order, 0.75
        counts: list[Grams] = [defaultdict(float) for _ in range(order)]
        for text, weight in texts:
            marked = ["^"] * (order - 1) + list(text)
            for i in range(order - 1, len(marked)):
                counts[-1][tuple(marked[i - order + 1 : i + 1])] += weight
        for k in range(order - 1, 0, -1):
            for gram in counts[k]:
                counts[k - 1][gram[1:]] += 1
        self.counts = counts
        self.totals: list[Grams] = [defaultdict(float) for _ in range(order)]
        self.kept: list[Grams] = [defaultdict(float) for _ in range(order)]
        for count, total, kept in zip(counts, self.totals, self.kept, strict=True):
            for gram, times in count.items():
                total[gram[:-1]] += times
                kept[gram[:-1]] += times - min(self.discount, times)

    def score(self, text: Sequence[Hashable]) -> float:
        """Log-probability of a text."""
        marked = ["^"] * (self.order - 1) + list(text)
        found = 0.0
        for i in range(self.order - 1, len(marked)):
            p = 0.1 / (len(self.counts[0]) + 1)
            for k in range(self.order):
                gram = tuple(marked[i - k : i + 1])
                if total := self.totals[k].get(gram[:-1]):
                    times = self.counts[k].get(gram, 0.0)
                    left = 1 - self.kept[k][gram[:-1]] / total
                    p = max(times - self.discount, 0.0) / total + left * p
            found += float(np.log(p))
        return found


def letter_pairs(pairs: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Each Arabic letter, and the end, with the Latin letters it gives on the likeliest path."""
    spans = aligned([ar for ar, _ in pairs], [en for _, en in pairs])
    return [
        [letter + en[a:b] for letter, (a, b) in zip(ar + "$", found, strict=True)]
        for (ar, en), found in zip(pairs, spans, strict=True)
    ]


class Words:
    """The words of a part of the split, what the network writes for each, and features of that."""

    def __init__(self, part: list[Example]) -> None:
        self.refs: dict[str, References] = {kind: references(part, [kind]) for kind, _ in KINDS}
        self.words = sorted({word for refs in self.refs.values() for word in refs})
        shares = transliteration._guessed_origins(self.words)  # noqa: SLF001  (what romanize_many asks)
        found = decode(romanizer(), self.words, shares, beam=BEST)
        self.texts = [[en for en, _ in f] for f in found]
        self.scores = [np.array([score for _, score in f]) for f in found]
        styles = romanizer().styles
        foreign, unknown = shares[:, styles.index("world")], shares[:, 0]
        chances = np.column_stack([1 - foreign - unknown, foreign, unknown])
        self.origin = np.log(np.maximum(chances, 1e-4))
        self.rows: list[np.ndarray] = []

    def features(
        self, lists: dict[str, dict[str, float]], letters: list[NGrams], joint: list[NGrams]
    ) -> None:
        """Features of every spelling: score, letters of three kinds and mixed, lists, habits, joint."""
        pairs = letter_pairs(
            [(w, en) for w, found in zip(self.words, self.texts, strict=True) for en in found]
        )
        each = iter(pairs)
        for found, scores, origin in zip(self.texts, self.scores, self.origin, strict=True):
            rows = []
            for en, score in zip(found, scores.tolist(), strict=True):
                pair = next(each)
                by_letters = [model.score([*en, "$"]) for model in letters]
                by_pairs = np.array([model.score(pair) for model in joint])
                counts = [np.log1p(lists[kind].get(en, 0.0)) for kind in OF_PAIR.values()]
                habits = [
                    len(en), sum(c in "aeiou" for c in en), bool(re.search(r"(.)\1", en)),
                    en.endswith("h"), "ou" in en, "ee" in en or "oo" in en,
                ]  # fmt: skip
                mixed = logsumexp(origin + by_pairs)
                rows.append([score, mixed, *by_letters, *counts, max(counts) > 0, *habits])
            self.rows.append(np.array(rows, dtype=np.float64))


def fit(dev: Words, columns: list[int], penalty: float = 3.0) -> Scorer:
    """Weights by which the attested spellings of dev words are likeliest."""
    every = np.vstack(dev.rows)[:, columns]
    center, spread = every.mean(axis=0), every.std(axis=0) + 1e-9
    place = {word: k for k, word in enumerate(dev.words)}
    rows, true, worth, starts = [], [], [], [0]
    for kind, refs in dev.refs.items():
        for word, seen in refs.items():
            right = [en in seen for en in dev.texts[place[word]]]
            if any(right):
                rows.append((dev.rows[place[word]][:, columns] - center) / spread)
                true.append(np.array(right, dtype=np.float64))
                worth.append(WORTH[kind])
                starts.append(starts[-1] + len(right))
    x, y, w, begin = np.vstack(rows), np.concatenate(true), np.array(worth), np.array(starts[:-1])
    sizes = np.diff(starts)
    each = np.repeat(w, sizes)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        logits = x @ weights
        odds = np.exp(logits - np.repeat(np.maximum.reduceat(logits, begin), sizes))
        total, right = np.add.reduceat(odds, begin), np.add.reduceat(odds * y, begin) + 1e-30
        slope = x.T @ (each * odds * (1 / np.repeat(total, sizes) - y / np.repeat(right, sizes)))
        return float(
            (w * np.log(total / right)).sum() + penalty * weights @ weights
        ), slope + 2 * penalty * weights

    weights = minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B").x
    return lambda found, _: (found[:, columns] - center) / spread @ weights


def consensus(found: np.ndarray, texts: list[str]) -> np.ndarray:
    """Expected likeness of each spelling to the others."""
    chances = np.exp(found[:, 0])
    apart = cdist(texts, texts, scorer=Levenshtein.distance).astype(np.float64)
    likeness: np.ndarray = np.exp(-apart) @ (chances / chances.sum())
    return likeness


def told(title: str, test: Words, scorer: Scorer) -> None:
    """Print exact at 1 / at 5 of each kind of word."""
    place = {word: k for k, word in enumerate(test.words)}
    figures = []
    for kind, name in KINDS:
        first = five = 0.0
        for word, seen in test.refs[kind].items():
            k = place[word]
            order = np.argsort(-scorer(test.rows[k], test.texts[k]), kind="stable")
            right = [test.texts[k][i] in seen for i in order]
            first, five = first + any(right[:1]), five + any(right[:5])
        count = len(test.refs[kind])
        figures.append(f"{name} {first / count:.3f}/{five / count:.3f}")
    print(f"{title:34}{'  '.join(figures)}", flush=True)


def learned(pairs: Sequence[Pair]) -> tuple[dict[str, dict[str, float]], list[NGrams], list[NGrams]]:
    """Counts of Latin words, letter models and joint models of each kind, from the training part."""
    lists: dict[str, dict[str, float]] = {kind: defaultdict(float) for kind in OF_PAIR.values()}
    joint: dict[str, dict[tuple[str, str], float]] = {kind: defaultdict(float) for kind in lists}
    for pair in pairs:
        if pair.kind in lists:
            lists[pair.kind][pair.en] += pair.count
            joint[pair.kind][fold(pair.ar), pair.en] += pair.count
    letters = [
        NGrams(([*en, "$"], min(n, 9) ** 0.5) for en, n in counts.items()) for counts in lists.values()
    ]
    models = []
    for counted in joint.values():
        found = list(counted)
        weights = [min(counted[pair], 50) ** 0.5 for pair in found]
        models.append(NGrams(zip(letter_pairs(found), weights, strict=True)))
    return lists, letters, models


def main() -> None:
    """Learn and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data" / "names")
    started = time.process_time()
    every = list(read_examples(parser.parse_args().data))
    parts: dict[str, list[Example]] = {"train": [], "dev": [], "test": []}
    for e in every:
        parts[part_of(e.ar)].append(e)
    with patch.object(transliteration, "attested", return_value=attested_in(parts["train"])):
        dev, test = Words(parts["dev"]), Words(parts["test"])
    models = learned(likely(pairs_of(parts["train"]), *tables()))
    print(f"learned in {time.process_time() - started:.0f} s of processor")
    for part in (dev, test):
        part.features(*models)
    wide = dev.rows[0].shape[1]
    told("the network's order", test, lambda found, _: found[:, 0])
    told("consensus", test, consensus)
    told("reranked, no joint n-grams", test, fit(dev, [0, *range(2, wide)]))
    told("network and joint n-grams", test, fit(dev, [0, 1]))
    told("reranked with joint n-grams", test, fit(dev, list(range(wide))))
    started = time.process_time()
    test.rows.clear()
    test.features(*models)
    spent = time.process_time() - started
    print(
        f"features of {len(test.words)} words: {1000 * spent / len(test.words):.1f} ms a word (plain Python)"
    )


if __name__ == "__main__":
    main()
