"""How well names are spelled in the other script: what ``bench_names.py`` prints of it.

A test word is an Arabic word none of whose spellings any training has read. Its references are all
spellings that the lists attest of it, over all countries. Seven in ten person words were seen once,
with one spelling, so a right spelling that this one person does not use counts as wrong; ``ceiling``
says what that costs somebody who knew all other bearers of a name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import cast
from unittest.mock import patch

import numpy as np
from peers import romanized_by
from rapidfuzz.distance import Levenshtein

from bialign.names import attested, transliteration
from bialign.names.decoding import decode
from bialign.names.examples import Example
from bialign.names.lattice import Ints
from bialign.names.letters import fold, plain_latin
from bialign.names.models import arabizer, romanizer, tables
from bialign.names.network import Array, Network, Symbols
from bialign.names.pairs import likely, pairs_of
from bialign.names.tables import Tables
from bialign.names.transliteration import arabize_many, romanize_many

#: Each asked name's attested spellings and how often each was seen.
References = dict[str, dict[str, float]]
KINDS = (("word", "person words"), ("world", "foreign words"), ("place", "place words"))


def references(test: Iterable[Example], kinds: Sequence[str], *, reverse: bool = False) -> References:
    """Every attested spelling of each single word of some lists, Arabic folded."""
    found: References = {}
    for e in test:
        if e.kind in kinds and " " not in e.ar:
            source, target = (e.en, fold(e.ar)) if reverse else (fold(e.ar), e.en)
            counts = found.setdefault(source, {})
            counts[target] = counts.get(target, 0.0) + e.weight**2
    return found


def spelled(name: str, guesses: Sequence[Sequence[str]], refs: Sequence[dict[str, float]]) -> None:
    """Print exact at 1 and 5, by words and by sightings, and the character error rate at 1.

    The error rate is to the nearest reference. By sightings, a word counts as often as it was seen
    and a guess gets the sightings of just its spelling.
    """
    both = list(zip(guesses, refs, strict=True))
    first = np.mean([bool(g) and g[0] in r for g, r in both])
    five = np.mean([any(x in r for x in g[:5]) for g, r in both])
    seen = sum(sum(r.values()) for r in refs)
    seen_first = sum(r.get(g[0], 0.0) for g, r in both if g) / seen
    seen_five = sum(sum(r.get(x, 0.0) for x in set(g[:5])) for g, r in both) / seen
    wrong = letters = 0
    for g, r in both:
        near = min(sorted(r), key=lambda x: Levenshtein.distance(g[0] if g else "", x))
        wrong += Levenshtein.distance(g[0] if g else "", near)
        letters += len(near)
    print(
        f"{name}: {len(refs)} words, exact at 1 {first:.3f}, at 5 {five:.3f}, CER {wrong / letters:.3f}; "
        f"of sightings {seen_first:.3f}, {seen_five:.3f}"
    )


def ceiling(every: Iterable[Example], least: int = 10) -> None:
    """Print how often a bearer's spelling is the usual one of the other bearers: no model can do better.

    Over the person words seen ``least`` times or more, each word counting once; without and with
    the bearer's country known.
    """
    told: dict[bool, dict[tuple[str, str], Counter[str]]] = {False: {}, True: {}}
    for e in every:
        if e.kind == "word" and " " not in e.ar:
            for known, counts in told.items():
                key = (fold(e.ar), e.style if known else "")
                counts.setdefault(key, Counter())[e.en] += round(e.weight**2)
    for known, counts in told.items():
        firsts, fives = [], []
        for seen in counts.values():
            total = sum(seen.values())
            if total < least:
                continue
            first = five = 0
            for en, times in seen.items():
                others = seen - Counter([en])
                ranked = sorted(others, key=lambda x: (-others[x], x))[:5]
                first += times * (ranked[:1] == [en])
                five += times * (en in ranked)
            firsts.append(first / total)
            fives.append(five / total)
        print(
            f"ceiling, person words seen {least} times{', country told' if known else ''}: {len(firsts)} "
            f"words, the others' usual spelling {np.mean(firsts):.3f}, one of their five {np.mean(fives):.3f}"
        )


def bench_romanize(test: list[Example], peers: str | None) -> None:
    """Arabic to Latin, as ``romanize_many`` answers, then with parts of it left out, then the peers."""
    right = {(fold(p.ar), p.en) for p in likely(pairs_of(test), *tables())}
    for kind, title in KINDS:
        refs = references(test, [kind])
        words, seen = list(refs), list(refs.values())
        found = romanize_many(words, 5)
        guesses = [[plain_latin(c.text) for c in f] for f in found]
        spelled(f"romanise {title}", guesses, seen)
        chosen = [k for k, s in enumerate(seen) if len(s) > 1]
        spelled("  two references or more", [guesses[k] for k in chosen], [seen[k] for k in chosen])
        wide = references(test, ["word", "world", "place"])
        spelled("  references of all lists", guesses, [wide[w] for w in words])
        clean = [{en: n for en, n in refs[w].items() if (w, en) in right} for w in words]
        chosen = [k for k, s in enumerate(clean) if s]
        title_clean = "  without pairs that the EM tables take for mistakes"
        spelled(title_clean, [guesses[k] for k in chosen], [clean[k] for k in chosen])
        hits = [k for k, f in enumerate(found) if f and f[0].attested]
        print(f"  {len(hits)} of the first answers are dictionary hits (the gazetteer, a hash met by chance)")
        chosen = [k for k in range(len(words)) if k not in set(hits)]
        spelled("  without those", [guesses[k] for k in chosen], [seen[k] for k in chosen])
        if kind != "world":
            spelled("  its most frequent country told", answers_told(test, kind, words), seen)
        ablate(words, seen)
        if peers:
            spell_peers(peers, words, seen)


def answers_told(test: list[Example], kind: str, words: list[str]) -> list[list[str]]:
    """Answers to each word with the country where it was seen most."""
    counts: dict[str, Counter[str]] = {word: Counter() for word in words}
    for e in test:
        if e.kind == kind and " " not in e.ar:
            counts[fold(e.ar)][e.style] += round(100 * e.weight**2)
    of = {word: min(found, key=lambda c: (-found[c], c)) for word, found in counts.items()}
    answers: dict[str, list[str]] = {}
    for country in sorted(set(of.values())):
        some = [word for word in words if of[word] == country]
        for word, found in zip(some, romanize_many(some, 5, country), strict=True):
            answers[word] = [plain_latin(c.text) for c in found]
    return [answers[word] for word in words]


def ablate(words: list[str], seen: list[dict[str, float]]) -> None:
    """The same with a part of the system left out, and by one model alone."""
    with patch.object(transliteration, "attested", return_value=attested.count([])):
        found = romanize_many(words, 5)
        spelled("  no word of the lists known", [[plain_latin(c.text) for c in f] for f in found], seen)
    unknown = np.zeros((len(words), len(romanizer().styles)), dtype=np.float32)
    unknown[:, 0] = 1
    with patch.object(transliteration, "_guessed_origins", side_effect=lambda some: unknown[: len(some)]):
        found = romanize_many(words, 5)
        spelled("  origin not guessed", [[plain_latin(c.text) for c in f] for f in found], seen)
    spelled("  network alone", decoded(romanizer(), words), seen)
    spelled("  EM tables alone", decoded(cast("Network", TableWriter(tables()[0])), words), seen)


def decoded(net: Network, words: list[str], style: str | None = None) -> list[list[str]]:
    """What a network, or the tables in its place, write on their own."""
    return [[text for text, _ in f] for f in decode(net, words, [style] * len(words), 8)]


class TableWriter:
    """The EM tables in the place of a network, so that they can be searched alone."""

    def __init__(self, known: Tables) -> None:
        self.source, self.target = known.source, known.target
        wide = len(known.target)
        steps = known.probabilities().reshape(-1, wide, wide)
        self.steps = steps / steps.sum(axis=-1, keepdims=True)

    def style_rows(self, styles: Sequence[str | None]) -> Ints:
        """Tables know no styles."""
        return np.zeros(len(styles), dtype=np.int64)

    def read(self, rows: Symbols, _lengths: Ints, _styles: Ints) -> Ints:
        """The place of each source letter and the next, [B, N + 1, 1]."""
        padded = np.zeros((len(rows), rows.shape[1] + 2), dtype=np.int64)
        padded[:, :-2] = rows
        return (padded[:, :-1] * len(self.source) + padded[:, 1:])[..., None]

    def remember(self, tails: Symbols) -> Ints:
        """The letter written last, [..., 1]."""
        return tails[..., :1].astype(np.int64)

    def decide(self, read: Ints, remembered: Ints) -> Array:
        """Probabilities of the steps."""
        chosen: Array = self.steps[read[..., 0], remembered[..., 0]]
        return chosen


def bench_arabize(test: list[Example], training: list[Example]) -> None:
    """Latin to Arabic: folded, and in full where the list keeps hamza and teh marbuta.

    A Latin spelling that also stands beside another Arabic word in training asks for the answer the
    model has learned to be the wrong one; those that are new are told apart.
    """
    known = {e.en for e in training}
    for kind, title in KINDS:
        refs = references(test, [kind], reverse=True)
        words, seen = list(refs), list(refs.values())
        found = [[c.text for c in f] for f in arabize_many(words, 5)]
        folded = [[fold(c) for c in f] for f in found]
        spelled(f"arabise {title}, folded", folded, seen)
        new = [k for k, en in enumerate(words) if en not in known]
        spelled("  Latin in no training pair", [folded[k] for k in new], [seen[k] for k in new])
        if kind != "word":
            full: References = {en: {} for en in refs}
            for e in test:
                if e.kind == kind and " " not in e.ar:
                    full[e.en][e.ar] = full[e.en].get(e.ar, 0.0) + e.weight**2
            spelled("  in full", found, list(full.values()))
        with patch.object(transliteration, "attested", return_value=attested.count([])):
            bare = [[fold(c.text) for c in f] for f in arabize_many(words, 5)]
            spelled("  no attested counts", bare, seen)
        spelled("  network alone", decoded(arabizer(), words, "folded"), seen)
        spelled("  EM tables alone", decoded(cast("Network", TableWriter(tables()[1])), words), seen)


def spell_peers(python: str, words: list[str], seen: list[dict[str, float]]) -> None:
    """What other romanisers say, with and without their dictionaries."""
    for peer, given in romanized_by(python, words).items():
        guesses = [[plain_latin(x) for x in texts] for texts, _ in given]
        hits = sum(hit for _, hit in given)
        spelled(f"  {peer} ({hits} dictionary hits)", guesses, seen)
        own = [k for k, (_, hit) in enumerate(given) if not hit]
        if hits:
            spelled("    without those", [guesses[k] for k in own], [seen[k] for k in own])
