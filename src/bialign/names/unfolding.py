"""Hamza, madda, alif maqsura and teh marbuta put back into folded Arabic, by the Latin beside it.

Each letter that folding may have made of several is a site; a multinomial logistic regression on
hashed features (Weinberger et al. 2009, "Feature hashing for large scale multitask learning") says
which letter stood there. It sees the word and the Latin letters that the site answers to, and the
shape that leaves the hamza out by rule: the verbal nouns of the patterns VII, VIII and X (Wright,
A Grammar of the Arabic Language, i, §19; انتصار, ابتسام, استقلال).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from math import exp
from typing import Final, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bialign.names.examples import Example
from bialign.names.lattice import best_path
from bialign.names.letters import fold
from bialign.names.models import romanizer

#: What a folded letter may have been; the letter itself first.
OPTIONS: Final = {"ا": "اأإآ", "و": "وؤ", "ي": "يىئ", "ه": "هة"}
#: Rows of weights that features are hashed to, and columns: the options after the first.
ROWS: Final = 1 << 15
COLUMNS: Final = 3
_AT_ONCE: Final = 256
_VERBAL_NOUN: Final = re.compile(r"ا(?:ن..ا.|.ت.ا.|ت.ا.|زد.ا.|[ضص]ط.ا.|ست..ا.|ست.ا.)|ابن|اسم$|امر|اثن")
Weights = NDArray[np.float32]


class Site(NamedTuple):
    """A letter to decide.

    Args:
        place: where it stands in the name.
        part: ``start``, ``article``, ``middle`` or ``end`` of its word.
        stem: its word without the article.
        latin: the Latin letters it answers to, with those that go before and after.
    """

    place: int
    part: str
    stem: str
    latin: tuple[str, str, str]


def is_verbal_noun(stem: str) -> bool:
    """Whether a folded word has a shape whose first alif bears no hamza.

    >>> is_verbal_noun("ابتسام"), is_verbal_noun("اسلام"), is_verbal_noun("ابن")
    (True, False, True)
    """
    return _VERBAL_NOUN.match(stem) is not None


def aligned(ars: Sequence[str], ens: Sequence[str]) -> list[list[tuple[int, int]]]:
    """For each pair, the span of Latin letters that each Arabic letter gave, on the likeliest path.

    Args:
        ars: plain Arabic.
        ens: plain Latin, pair by pair.
    """
    net = romanizer()
    spans: list[list[tuple[int, int]]] = [[] for _ in ars]
    order = sorted(range(len(ars)), key=lambda k: (len(ars[k]), len(ens[k])))
    for start in range(0, len(order), _AT_ONCE):
        some = order[start : start + _AT_ONCE]
        n, m = np.array([len(ars[k]) for k in some]), np.array([len(ens[k]) for k in some])
        rows, written = net.source.block([ars[k] for k in some]), net.target.block([ens[k] for k in some])
        read = net.read(rows, n, net.style_rows([None] * len(some)))
        go, write = net.steps(read, n, written, m)
        for row, k in enumerate(some):
            i, j = len(ars[k]) + 1, len(ens[k]) + 1
            spans[k] = best_path(go[row, :i, :j], write[row, :i, :j])
    return spans


def sites(ar: str, en: str, spans: Sequence[tuple[int, int]]) -> Iterator[Site]:
    """The letters of a folded name that may have been others.

    Args:
        ar: plain Arabic, folded.
        en: plain Latin.
        spans: what ``aligned`` says of them.
    """
    start = 0
    for word in ar.split(" "):
        bare = 2 if word.startswith("ال") and len(word) > 4 else 0
        for i, letter in enumerate(word):
            if letter in OPTIONS:
                a, b = spans[start + i]
                part = "start" if i == bare else "article" if i == 0 else "middle"
                if part != "start" and i == len(word) - 1:
                    part = "end"
                yield Site(start + i, part, word[bare:], (en[max(a - 2, 0) : a], en[a:b], en[b : b + 2]))
        start += len(word) + 1


def careful(letter: str, site: Site) -> bool:
    """Whether the letter that stands at a site can be what Arabic spelling asks for there.

    A first a, o or u has its hamza written, a first i too unless the word is a verbal noun; a last
    vowel a is no yeh and, after a consonant, no heh; a last i is no alif maqsura.
    """
    before, gave, _ = site.latin
    if site.part == "start" and letter == "ا":
        return gave[:1] not in {"a", "o", "u"} and is_verbal_noun(site.stem)
    if site.part != "end":
        return True
    sound = (before + gave).rstrip("h ")[-1:]
    if letter == "ه":
        return sound not in {"a", "e"} or site.stem[-2:-1] in {"ا", "و", "ي"} or site.stem == "طه"
    return not ((letter == "ي" and sound == "a") or (letter == "ى" and sound in {"i", "y"}))


def carefully_spelled(pair: Example, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether every site of an attested Arabic name has a letter that the rules allow."""
    found = sites(fold(pair.ar), pair.en, spans)
    return all(careful(pair.ar[site.place], site) for site in found)


def features(ar: str, site: Site) -> list[int]:
    """Rows of the weights that speak at a site."""
    place, part, stem, (before, gave, after) = site
    left = ar[max(place - 2, 0) : place].rpartition(" ")[2]
    right = ar[place + 1 : place + 3].partition(" ")[0]
    here = f"{ar[place]} {part}"
    noun = is_verbal_noun(stem) if part == "start" else False
    seen = (
        "",
        f"gave {gave}",
        f"gave {gave[:1]} {noun}",
        f"noun {noun}",
        f"round {left[-1:]}{right[:1]}",
        f"round {left[-1:]}{right[:1]} {gave}",
        f"right {right} {gave[:1]}",
        f"left {left} {gave}",
        f"wide {left}_{right}",
        f"sound {before[-1:]}<{gave}>{after[:1]}",
        f"long {before}<{gave}>{after}",
        f"head {stem[:4]}",
        f"tail {stem[-4:]}",
        f"stem {stem}",
        f"stem {stem} {gave}",
        f"size {min(len(stem), 8)} {gave}",
    )
    return [crc32(f"{here} {text}".encode()) % ROWS for text in seen]


@dataclass(frozen=True, slots=True)
class Unfolder:
    """The regression; ``weights`` are [ROWS, COLUMNS]."""

    weights: Weights

    def letters(self, ar: str, site: Site) -> dict[str, float]:
        """Probability of each letter at a site."""
        options = OPTIONS[ar[site.place]]
        logits = self.weights[features(ar, site)].sum(axis=0, dtype=np.float64)
        odds = [1.0, *(exp(min(x, 30.0)) for x in logits[: len(options) - 1].tolist())]
        return {letter: x / sum(odds) for letter, x in zip(options, odds, strict=True)}

    def unfold(self, ar: str, en: str, spans: Sequence[tuple[int, int]]) -> str:
        """The likeliest unfolded spelling of a folded name.

        Args:
            ar: plain Arabic, folded.
            en: plain Latin.
            spans: what ``aligned`` says of them.
        """
        written = list(ar)
        for site in sites(ar, en, spans):
            chances = self.letters(ar, site)
            written[site.place] = max(chances, key=chances.__getitem__)
        return "".join(written)


@cache
def unfolder() -> Unfolder:
    """The shipped regression, read once a process at first use."""
    raw = (files("bialign.resources") / "unfold.npz").read_bytes()
    with np.load(BytesIO(raw), allow_pickle=False) as arrays:
        return Unfolder(arrays["weights"].astype(np.float32))


def unfold_many(ars: Sequence[str], ens: Sequence[str]) -> list[str]:
    """Unfolded spellings of folded names, each with the Latin name it stands for.

    Args:
        ars: plain Arabic, folded.
        ens: plain Latin, pair by pair.

    >>> unfold_many(["ابراهيم", "هدي", "رامي"], ["ibrahim", "huda", "rami"])
    ['إبراهيم', 'هدى', 'رامي']
    """
    model = unfolder()
    return [model.unfold(a, e, spans) for a, e, spans in zip(ars, ens, aligned(ars, ens), strict=True)]
