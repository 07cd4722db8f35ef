"""Which words of an Arabic text look like names: a small learned classifier.

Logistic regression over hashed features of a word, of its neighbours and of what gazetteer and
personal-name words say of it. It was learned (``scripts/build_arabic_tagger.py``) from Arabic
sentences whose English translation shows by its capitals which words are names. A word is judged
in every reading: whole, and with its proclitics cut off; the readings compete.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final
from zlib import crc32

import numpy as np
import numpy.typing as npt
import regex

from bialign.names.cues import arabic_common, cues
from bialign.names.gazetteer import arabic_fold, english_of, person_words

#: Weights of the model; feature names are hashed into so many.
SIZE: Final = 1 << 15
#: Where in ``word_features`` the word itself stands.
WORD_FEATURE: Final = 2

_CLITICS: Final = regex.compile(r"[وف]?[بكلس]?")


@cache
def _weights() -> npt.NDArray[np.float32]:
    data = files("bialign").joinpath("resources/arabic_tagger.bin").read_bytes()
    scale = np.frombuffer(data[:4], dtype="<f4")[0]
    return np.asarray(np.frombuffer(data[4:], dtype=np.int8) * scale, dtype=np.float32)


def readings(word: str) -> Iterator[tuple[int, str]]:
    """How many letters to cut off a word and the name left, the uncut word first.

    >>> list(readings("للعراق"))
    [(0, 'للعراق'), (1, 'العراق')]
    """
    yield 0, word
    for cut in (1, 2):
        clitics, rest = word[:cut], word[cut:]
        if len(rest) < 3 or not _CLITICS.fullmatch(clitics):
            return
        if clitics.endswith("ل") and rest.startswith("ل"):
            rest = "ا" + rest  # the article lost its alef: للعراق
        yield cut, rest


def word_features(cut: int, word: str, clitics: str) -> npt.NDArray[np.int64]:
    """Hashed features of one reading of a word by itself.

    Args:
        cut: letters cut off.
        word: what is left, folded.
        clitics: the letters cut off.
    """
    return _word_features(cut, word, clitics)


@lru_cache(maxsize=100_000)
def _word_features(cut: int, word: str, clitics: str) -> npt.NDArray[np.int64]:
    marked = f"^{word}$"
    names = [
        f"cut={clitics}",
        f"length={min(len(word), 9)}",
        f"word={word}",
        f"article={word.startswith('ال')}",
    ]
    names += [f"part={marked[i : i + n]}" for n in (2, 3, 4) for i in range(len(marked) - n + 1)]
    places = english_of(word)
    if places:
        names.append(f"place={min(int(places[0].prominence), 8)}{' ' in places[0].ar}")
    for flag, words in (
        ("person", person_words()[1]),
        ("common", arabic_common()),
        ("stop", _folded("stop_words")),
        ("role", _folded("person")),
        ("organisation", _folded("organisation")),
    ):
        if word in words:
            names += [flag, f"{flag} cut={cut}"]
    return hashed(names)


def context_features(before: str, after: str) -> npt.NDArray[np.int64]:
    """Hashed features of the folded words on either side, empty where none joins."""
    return _context_features(before, after)


@lru_cache(maxsize=100_000)
def _context_features(before: str, after: str) -> npt.NDArray[np.int64]:
    names = [f"before={before}", f"after={after}", f"ends={before[-2:]}", f"opens={after[:2]}", "always"]
    for flag in ("person", "place", "organisation", "person_joins", "stop_words"):
        if before.removeprefix("و") in _folded(flag):
            names.append(f"before a {flag}")
        if after in _folded(flag):
            names.append(f"after a {flag}")
    for where, word in (("before", before), ("after", after)):
        if word in person_words()[1]:
            names.append(f"{where} a person word")
        if word and english_of(word, type="place"):
            names.append(f"{where} a place word")
    return hashed(names)


def hashed(names: Sequence[str]) -> npt.NDArray[np.int64]:
    """Places of feature names in the weights."""
    return np.array([crc32(name.encode()) % SIZE for name in names], dtype=np.int64)


def judge(word: str, before: str, after: str) -> tuple[float, int]:
    """The probability that a word is (part of) a name, and how many letters of it are proclitics.

    Args:
        word: the word as written.
        before: the word that joins it before, empty at a break.
        after: the word that joins it after, empty at a break.

    >>> judge("وموسكو", "بين", "")[1]
    1
    """
    weights = _weights()
    folded = arabic_fold(word)
    around = float(weights[context_features(arabic_fold(before), arabic_fold(after))].sum())
    best = max(
        (around + float(weights[word_features(cut, rest, folded[:cut])].sum()), -cut)
        for cut, rest in readings(folded)
    )
    return float(1 / (1 + np.exp(-np.clip(best[0], -30, 30)))), -best[1]


@cache
def _folded(name: str) -> frozenset[str]:
    return frozenset(arabic_fold(word) for word in cues("arabic")[name])
