"""When two spellings of one entry are two things, and neither departs from the other."""

from __future__ import annotations

from typing import Final

import regex

from bialign.evaluation.likeness import is_short, is_word
from bialign.text.latin import latin_key

_NUMBERS: Final = regex.compile(r"\d+|\b[IVX]+\b")


def is_another(text: str, expected: str, classes: tuple[str, ...]) -> bool:
    """Whether what the lexicon has under one name are two things to a reader.

    So are an English plural and its singular, names numbered differently, two ordinary words (at
    the start of a sentence, say), such a word and capitals spelled like it, and wholly different
    names without a word in common.

    Args:
        text: a spelling.
        expected: the usual one.
        classes: in what they differ.

    >>> is_another("Phase II", "Phase I", ("consonant",)), is_another("Idleb", "Idlib", ("vowel",))
    (True, False)
    """
    if text == f"{expected}s" or expected == f"{text}s":
        return True
    words = (is_word(text), is_word(expected))
    capitals = is_short(text) or is_short(expected)
    if (all(words) and text.casefold() != expected.casefold()) or (any(words) and capitals):
        return True
    if _NUMBERS.findall(text) != _NUMBERS.findall(expected):
        return True
    return "different" in classes and not _words(text) & _words(expected)


def _words(text: str) -> set[str]:
    return {latin_key(word) for word in text.split()} - {""}
