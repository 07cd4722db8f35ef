"""What each part of the name models is worth: the figures of ``bench_names.py`` with it left out.

Nothing is trained again: a row says what the shipped models give when a part of them is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from typing import Final, cast
from unittest.mock import patch

import numpy as np
from spelling_measures import TableWriter, answers_told, decoded, references

from bialign.names import attested, calibration, index, matching, scoring, transliteration
from bialign.names.blocking import keys
from bialign.names.examples import Example
from bialign.names.letters import fold, plain_latin
from bialign.names.models import arabizer, romanizer, tables
from bialign.names.network import Array, Network, Symbols
from bialign.names.transliteration import arabize_many, romanize_many
from bialign.names.trials import Trial, near_trials

Patch = AbstractContextManager[object]
Answers = list[list[str]]
#: Blocking keys by how they look (``blocking``), the first kind that fits.
KEYS: Final = {
    "parts two by two": re.compile(r"[+=]"),
    "whole consonant skeleton": re.compile(r"c?\^[A-Z]*\$$"),
    "n-grams of consonants": re.compile(r"[csj^A-Z][A-Z^$]*$"),
    "vowels": re.compile(r"v|[A-Z][aiu]|[aiu][A-Z]"),
}


def no_lists() -> Patch:
    """No word of the name lists known: the word-level language model."""
    return patch.object(transliteration, "attested", return_value=attested.count([]))


def no_origin() -> Patch:
    """Every name of unknown origin, as the networks were told of half of their samples."""

    def unknown(names: Sequence[str]) -> Array:
        shares = np.zeros((len(names), len(romanizer().styles)), dtype=np.float32)
        shares[:, 0] = 1
        return shares

    return patch.object(transliteration, "_guessed_origins", side_effect=unknown)


def short_memory() -> Patch:
    """Only the last letter written is remembered: the networks' own letter language model."""
    whole = Network.remember

    def last(net: Network, tails: Symbols) -> Array:
        kept = np.zeros_like(tails)
        kept[..., 0] = tails[..., 0]
        return whole(net, kept)

    return patch.object(Network, "remember", last)


def exact(answers: Answers, seen: Sequence[dict[str, float]]) -> str:
    """Exact at 1 and at 5."""
    first = np.mean([bool(a) and a[0] in r for a, r in zip(answers, seen, strict=True)])
    five = np.mean([any(x in r for x in a[:5]) for a, r in zip(answers, seen, strict=True)])
    return f"{first:.3f}/{five:.3f}"


def romanized(words: list[str]) -> Answers:
    """As ``romanize_many`` answers."""
    return [[plain_latin(c.text) for c in found] for found in romanize_many(words, 5)]


def arabized(words: list[str]) -> Answers:
    """As ``arabize_many`` answers, folded."""
    return [[fold(c.text) for c in found] for found in arabize_many(words, 5)]


def spelling_table(test: list[Example]) -> None:
    """Romanise and arabise, exact at 1 / at 5."""
    kinds = ("word", "place", "world")
    there = {kind: references(test, [kind]) for kind in kinds}
    back = {kind: references(test, [kind], reverse=True) for kind in kinds}
    writers = [cast("Network", TableWriter(known)) for known in tables()]
    rows: list[tuple[str, list[Patch], Callable[[str, list[str]], Answers]]] = [
        ("everything, country told", [], lambda kind, words: answers_told(test, kind, words)),
        ("no country (origin guessed)", [], lambda _, words: romanized(words)),
        ("  and no word of the lists known", [no_lists()], lambda _, words: romanized(words)),
        ("  and one letter remembered", [short_memory()], lambda _, words: romanized(words)),
        ("  and origin not guessed", [no_origin()], lambda _, words: romanized(words)),
        ("networks only", [], lambda _, words: decoded(romanizer(), words)),
        ("tables only", [], lambda _, words: decoded(writers[0], words)),
    ]
    table("romanise, exact at 1 / 5", rows, there)
    rows = [
        ("everything", [], lambda _, words: arabized(words)),
        ("  no word of the lists known", [no_lists()], lambda _, words: arabized(words)),
        ("  one letter remembered", [short_memory()], lambda _, words: arabized(words)),
        ("networks only", [], lambda _, words: decoded(arabizer(), words, "folded")),
        ("tables only", [], lambda _, words: decoded(writers[1], words)),
    ]
    table("arabise folded, exact at 1 / 5", rows, back)


def table(
    title: str,
    rows: list[tuple[str, list[Patch], Callable[[str, list[str]], Answers]]],
    asked: dict[str, dict[str, dict[str, float]]],
) -> None:
    """Print a row for each way of answering, a column for each kind of word."""
    names = {"word": "person words", "place": "place words", "world": "foreign words"}
    print(f"\n{title:36}" + "".join(f"{f'{names[k]} ({len(r)})':>22}" for k, r in asked.items()))
    for name, patches, answer in rows:
        with ExitStack() as stack:
            for one in patches:
                stack.enter_context(one)
            found = [exact(answer(kind, list(refs)), list(refs.values())) for kind, refs in asked.items()]
        print(f"{name:36}" + "".join(f"{x:>22}" for x in found), flush=True)


def matching_table(test: list[Example], every: list[Example], judge: Callable[..., None]) -> None:
    """Same name or not, person words with four near names to one."""
    part = [e for e in test if e.kind == "word" and " " not in e.ar]
    trials = near_trials(part, every, most=2000)
    pairs = [(t.ar, t.en) for t in trials]
    print()
    judge("match, everything", trials, matching.match_many(pairs))
    with patch.object(scoring, "attested", return_value=attested.count([])):
        judge("  no word of the lists known", trials, matching.match_many(pairs))
    with patch.object(scoring, "_NEAR", 1e9):
        judge("  tables only", trials, matching.match_many(pairs))
    ars, ens = [a for a, _ in pairs], [e for _, e in pairs]
    there = romanizer().score(ars, ens, [None] * len(pairs))
    back = arabizer().score(ens, ars, ["folded"] * len(pairs))
    raw = np.exp(np.clip((there + back) / 2, -30, 0))
    judge("  networks only, no calibration", trials, raw)
    judge("  networks only, calibrated on half", *half_calibrated(trials, np.column_stack([there, back])))


def half_calibrated(trials: list[Trial], rows: np.ndarray) -> tuple[list[Trial], np.ndarray]:
    """A regression of its own fitted on every other trial, and its judgement of the rest."""
    same = np.array([t.same for t in trials], dtype=np.float64)
    fitted = calibration.fit(rows[::2], same[::2])
    return trials[1::2], fitted(rows[1::2])


def blocking_table(test: list[Example], every: list[Example], count: int = 20_000) -> None:
    """Recall of blocking with one kind of key only: full names, asked in Arabic among Latin ones."""
    rng = np.random.default_rng(6)
    pairs = sorted({(e.ar, e.en) for e in test if e.kind == "full"})
    asked = [pairs[k] for k in rng.permutation(len(pairs))[:600]]
    others = sorted({e.en for e in every if e.kind == "full"} - {en for _, en in asked})
    names = sorted({en for _, en in asked} | {others[k] for k in rng.permutation(len(others))[:count]})
    place = {en: k for k, en in enumerate(names)}
    print(f"\nblocking, {len(asked)} full names asked in Arabic of {len(names)}: recall at 100, at 10")
    for title in ("everything", *KEYS):
        with patch.object(index, "keys_of", side_effect=lambda name, t=title: keys_of_kind(name, t)):
            built = index.NameIndex(names)
            found = [built.candidates(ar, 100) for ar, _ in asked]
        hits = [place[en] in f for (_, en), f in zip(asked, found, strict=True)]
        ten = [place[en] in f[:10] for (_, en), f in zip(asked, found, strict=True)]
        told = title if title == "everything" else f"{title} only"
        print(f"  {told:32}{np.mean(hits):.3f}  {np.mean(ten):.3f}", flush=True)


def keys_of_kind(name: str, kind: str) -> list[str]:
    """Blocking keys of a name, of one kind or all."""
    if kind == "everything":
        return keys(name)
    found = []
    for key in keys(name):
        first = next((k for k, pattern in KEYS.items() if pattern.match(key)), "")
        found += [key] if first == kind else []
    return found
