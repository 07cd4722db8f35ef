"""In what two spellings of one name differ."""

from __future__ import annotations

from typing import Final

import regex

from bialign.model import DIFFERENCES
from bialign.text.latin import drop_article, latin_key, strictness_key, unmark

_HYPHEN: Final = regex.compile(r"\s*\p{Pd}+\s*")
_WORDS: Final = regex.compile(r"[\s\p{Pd}]+")
_VOWELS: Final = regex.compile(r"[aeiouyw]+")
_ENDING: Final = regex.compile(r"(?:ah|eh|at|ih|a|e)\b")
_CAPITALS: Final = regex.compile(r"\p{Lu}(?:\.?\p{Lu})+\.?\Z")


def differences(usual: str, other: str) -> tuple[str, ...]:
    """The difference classes between two Latin spellings of one name.

    Args:
        usual: the spelling to compare with, as a rule the most frequent.
        other: another spelling.

    Returns:
        Codes of ``bialign.model.DIFFERENCES`` in their order; empty for equal spellings.

    >>> differences("al-Hajar al-Aswad", "Al-Hajar al-Aswad")
    ('case',)
    """
    found: set[str] = set()
    a, b = strictness_key(usual, "written"), strictness_key(other, "written")
    if a == b:
        return ()
    if _abbreviates(a, b) or _abbreviates(b, a):
        return ("abbreviation",)
    if a.casefold() == b.casefold() or _differs_in_case(a, b):
        found.add("case")
    a, b = a.casefold(), b.casefold()
    found |= _punctuation(a, b)
    a, b = (" ".join(_WORDS.split(unmark(text))) for text in (a, b))
    bare_a, bare_b = drop_article(a), drop_article(b)
    if bare_a.replace(" ", "") != a.replace(" ", "") or bare_b.replace(" ", "") != b.replace(" ", ""):
        taken_a, taken_b = a.replace(" ", ""), b.replace(" ", "")
        if (
            taken_a != taken_b
            and len(a) - len(bare_a) + len(b) - len(bare_b)
            and _articles(a) != _articles(b)
        ):
            found.add("article")
    found |= _letters(bare_a, bare_b)
    return tuple(code for code in DIFFERENCES if code in found)


def _abbreviates(short: str, long: str) -> bool:
    """Whether ``short`` is capitals that begin the words of ``long``."""
    if not _CAPITALS.match(short) or _CAPITALS.match(long):
        return False
    initials = "".join(word[0] for word in _WORDS.split(long) if word)
    return short.replace(".", "").casefold() in {
        initials.casefold(),
        "".join(c for c in initials if c.isupper()).casefold(),
    }


def _differs_in_case(a: str, b: str) -> bool:
    pairs = zip(_WORDS.split(a), _WORDS.split(b), strict=False)
    return any(x != y and x.casefold() == y.casefold() for x, y in pairs)


def _punctuation(a: str, b: str) -> set[str]:
    found: set[str] = set()
    if unmark(a) != a or unmark(b) != b:
        marks_a, marks_b = ([c for c in text if not c.isascii() or c in "'`"] for text in (a, b))
        if marks_a != marks_b:
            found.add("mark")
    if len(_HYPHEN.findall(a)) != len(_HYPHEN.findall(b)):
        found.add("hyphen")
    elif a.count(" ") != b.count(" "):
        found.add("spacing")
    return found


def _articles(text: str) -> list[str]:
    rest = drop_article(text)
    return sorted(set(text.split()) - set(rest.split()))


def _letters(a: str, b: str) -> set[str]:
    words_a, words_b = a.split(), b.split()
    if a.replace(" ", "") == b.replace(" ", ""):
        return set()
    keys_a, keys_b = ([latin_key(word) for word in words] for words in (words_a, words_b))
    if len(words_a) != len(words_b):
        shorter, longer = sorted((keys_a, keys_b), key=len)
        if set(shorter) <= set(longer):
            return {"expansion"}
        return {"different"} if "".join(keys_a) != "".join(keys_b) else {"vowel"}
    found: set[str] = set()
    for x, y in zip(words_a, words_b, strict=True):
        found |= _word(x, y)
    return found


def _word(a: str, b: str) -> set[str]:
    if a == b:
        return set()
    found: set[str] = set()
    stem_a, stem_b = _ENDING.sub("", a), _ENDING.sub("", b)
    if a[len(stem_a) :] != b[len(stem_b) :]:
        found.add("ending")
    if _VOWELS.sub("", stem_a) == _VOWELS.sub("", stem_b):
        return found | ({"vowel"} if stem_a != stem_b else set())
    if latin_key(stem_a) == latin_key(stem_b) or _VOWELS.sub("", latin_key(stem_a)) == _VOWELS.sub(
        "", latin_key(stem_b)
    ):
        return found | {"consonant"}
    return {"different"}
