"""In what two spellings of one entry differ: by rule, by what the lexicon recorded, by letters."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import regex
from rapidfuzz.distance import DamerauLevenshtein

from bialign.evaluation.levels import differ
from bialign.evaluation.likeness import is_short
from bialign.model import DIFFERENCES, Entry
from bialign.names.abbreviations import letters_support
from bialign.text.latin import strictness_key, unmark

#: Ways to shorten a name, which a text does after naming it in full.
SHORTENED: Final = frozenset({"expansion", "abbreviation"})
#: Letters a word must have for one other letter in it to be a slip, and not another word.
LONG: Final = 5
_VOWELS: Final = regex.compile(r"[aeiouy]+")
_WORDS: Final = regex.compile(r"[\p{L}\p{M}\p{N}]+")


def classes(entry: Entry, usual: str, other: str) -> tuple[str, ...]:
    """The difference classes of two spellings of an entry.

    The rules of romanisation go first. Where they see two different names, it may be a slip of one
    letter a word; else the lexicon knows more: it has seen which spelling abbreviates or translates
    the other.

    Args:
        entry: the two are spellings of this name.
        usual: the spelling to compare with.
        other: another spelling.

    Returns:
        Codes of ``DIFFERENCES`` in their order, empty for equal spellings.
    """
    found = differ(usual, other)
    if "different" not in found:
        return found
    return _slips(usual, other) or _recorded(entry, usual, other) or found


def is_short_form(entry: Entry, text: str) -> bool:
    """Whether a spelling is short for the entry's canonical one: an abbreviation, or a part of it."""
    canonical = entry.canonical
    if len(text) >= len(canonical) or strictness_key(text, "marks") == strictness_key(canonical, "marks"):
        return False
    return not SHORTENED.isdisjoint(_recorded(entry, canonical, text))


def _recorded(entry: Entry, usual: str, other: str) -> tuple[str, ...]:
    """What the lexicon says of two spellings, one of them canonical; nothing where it says no more."""
    if entry.canonical not in (usual, other) or is_short(entry.canonical):
        return ()
    varied = other if usual == entry.canonical else usual
    recorded = next((v.differences for v in entry.variants if v.text == varied), ())
    if "different" in recorded:
        return ()
    words = entry.canonical.split()
    if "abbreviation" in recorded and len(words) < 2 and not letters_support(varied, words):
        return ()  # capitals beside a single word that they do not spell: something else
    return recorded


@lru_cache(maxsize=1 << 14)
def _slips(usual: str, other: str) -> tuple[str, ...]:
    """The classes of spellings that differ in dots, or in one letter of a long word, else nothing."""
    left, right = _WORDS.findall(_plain(usual)), _WORDS.findall(_plain(other))
    if "".join(left) == "".join(right):
        return ("mark",)
    if len(left) != len(right):
        return ()
    pairs = [(a, b) for a, b in zip(left, right, strict=True) if a != b]
    if any(min(len(a), len(b)) < LONG or DamerauLevenshtein.distance(a, b) > 1 for a, b in pairs):
        return ()
    found = set()
    for a, b in pairs:
        if _VOWELS.sub("", a) != _VOWELS.sub("", b):
            found.add("consonant")
        if _VOWELS.findall(a) != _VOWELS.findall(b):
            found.add("vowel")
    return tuple(code for code in DIFFERENCES if code in found)


def _plain(text: str) -> str:
    return unmark(text.casefold()).replace(".", "")
