"""What the Arabic tagger sees of a word: names of features, and the rows of weights they hash to.

Feature names are hashed (Weinberger et al. 2009, "Feature hashing for large scale multitask
learning"). A word is seen in every reading, whole and with its proclitics cut off: its letters, what
tables say of it, and a class of common words that mean alike (``scripts/build_arabic_classes.py``).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

import numpy as np
import numpy.typing as npt
import regex

from bialign.names.cues import arabic_common, cues, is_nisba, is_state
from bialign.names.gazetteer import arabic_fold, english_of, person_words

#: Readings of a word that may open a name.
READINGS: Final = 3
#: Feature names are hashed into so many rows.
SIZE: Final = 1 << 18

#: Vowel marks and tatweel.
MARKS: Final = regex.compile(r"[\p{Mn}ـ]")
_CLITICS: Final = regex.compile(r"[وف]?[بكلس]?")
_ENDING: Final = regex.compile(r"(?:ات|ون|ين|وا|ها|هم|نا|تم|يه|ان|ته|ني|تي|وي|اء|يا|كم)$")


def readings(word: str) -> Iterator[tuple[int, str]]:
    """How many letters to cut off a word and the name left, the uncut word first.

    >>> list(readings("للعراق"))
    [(0, 'للعراق'), (1, 'العراق')]
    """
    yield 0, word
    for cut in range(1, READINGS):
        clitics, rest = word[:cut], word[cut:]
        if len(rest) < 3 or not _CLITICS.fullmatch(clitics):
            return
        if clitics.endswith("ل") and rest.startswith("ل"):
            rest = "ا" + rest  # the article lost its alef: للعراق
        yield cut, rest


#: The class of a word that is in none.
NO_CLASS: Final = ("none",)

# Features. ``hide`` makes the word one never seen, so that learning cannot lean on knowing it.


def own_features(word: str, *, hide: bool = False) -> list[list[str]]:
    """Feature names of every reading of a word by itself."""
    bare, tanwin = MARKS.sub("", word), "ً" in word
    folded = arabic_fold(bare)
    return [
        [*_reading_features(bare, folded[:cut], rest, hide), f"tanwin={tanwin}"]
        for cut, rest in readings(folded)
    ]


def _reading_features(bare: str, clitics: str, rest: str, hide: bool) -> list[str]:
    stem = _stem(rest)
    marked = f"^{rest}$"
    names = [f"cut={clitics}", f"length={min(len(rest), 9)}", f"article={stem != rest}", "always"]
    names += [f"class={c}" for c in (NO_CLASS if hide else class_of(rest))]
    if not hide:
        names.append(f"word={rest}")
    names += [f"part={marked[i : i + n]}" for n in (2, 3, 4) for i in range(len(marked) - n + 1)]
    names += [f"{stem != rest} {ending.group()}" for ending in _ENDING.finditer(rest)]
    names += [f"final={bare[-1:]}", f"initial={bare[len(clitics) :][:1]}"]
    for flag in _flags(rest):
        names += [flag, f"{flag} cut={clitics}"]
    return names


def side_features(where: str, word: str, *, hide: bool = False) -> list[str]:
    """Feature names of the word that stands ``where`` (-2, -1, 1, 2), empty where none joins."""
    folded = arabic_fold(word)
    names = [f"{where} always"]
    if not folded:
        return [*names, f"{where} none"]
    if not hide:
        names.append(f"{where}={folded}")
    near = where in ("-1", "1")
    for cut, rest in readings(folded):
        if cut and folded[:cut] not in ("و", "ف"):
            break
        names += [f"{where} class={c} {cut}" for c in (NO_CLASS if hide else class_of(rest))]
        if near or not cut:
            names += [f"{where} {flag} {cut}" for flag in _flags(rest)]
    if near:
        names += [f"{where} ends={folded[-2:]}", f"{where} opens={folded[:2]}", f"{where} opens={folded[:1]}"]
    return names


def gap_features(before: str, after: str) -> list[str]:
    """Feature names of the gaps on either side."""
    return [f"gap<{before}", f"gap>{after}", f"gap {before} {after}"]


def _stem(folded: str) -> str:
    return folded[2:] if folded.startswith("ال") and len(folded) > 4 else folded


@lru_cache(maxsize=50_000)
def _flags(rest: str) -> tuple[str, ...]:
    """What tables say of a folded word without proclitics."""
    found = [flag for flag in _CUES if rest in _folded(flag)]
    stem = _stem(rest)
    for flag, words in (("person word", person_words()[1]), ("common place", arabic_common())):
        if rest in words:
            found.append(flag)
        elif stem in words:
            found.append(f"{flag} with article")
    places = english_of(rest, type="place")
    if places:
        found.append(f"place={min(int(places[0].prominence), 8)}")
    if is_state(rest):
        found.append("state")
    if is_nisba(rest) or is_nisba("ال" + rest):
        found.append("nisba")
    return tuple(found)


_CUES: Final = ("person", "place", "organisation", "person_joins", "idafa_heads", "stop_words")


@cache
def _folded(name: str) -> frozenset[str]:
    return frozenset(arabic_fold(word) for word in cues("arabic")[name])


@cache
def _classes() -> tuple[npt.NDArray[np.uint32], bytes]:
    data = files("bialign").joinpath("resources/arabic_classes.bin").read_bytes()
    count = len(data) // 5
    return np.frombuffer(data[: 4 * count], dtype="<u4"), data[4 * count :]


@lru_cache(maxsize=100_000)
def class_of(rest: str) -> tuple[str, ...]:
    """The class of common words a folded word is in, by itself or without its article."""
    hashes, classes = _classes()
    for form in dict.fromkeys((_stem(rest), rest)):
        key = zlib.crc32(form.encode())
        at = int(np.searchsorted(hashes, key))
        if at < len(hashes) and hashes[at] == key:
            return (str(classes[at]),)
    return NO_CLASS


def longer_places(words: Sequence[str]) -> list[tuple[int, int, int]]:
    """Runs of two to four words that the gazetteer has as one place: first, end, letters cut off."""
    found = []
    at = 0
    while at < len(words):
        for last in range(min(len(words), at + 4), at + 1, -1):
            tail = " ".join(words[at + 1 : last])
            cut = next(
                (c for c, head in readings(words[at]) if english_of(f"{head} {tail}", type="place")), None
            )
            if cut is not None:
                found.append((at, last, cut))
                at = last
                break
        else:
            at += 1
    return found


def longer_features(position: int) -> list[str]:
    """Feature names of a word at a position of a longer place of the gazetteer."""
    return ["longer place opens" if position == 0 else "longer place goes on"]


def hashed(names: Sequence[str]) -> npt.NDArray[np.int64]:
    """Rows of the weights that feature names have."""
    return np.array([zlib.crc32(name.encode()) % SIZE for name in names], dtype=np.int64)
