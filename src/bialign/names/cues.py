"""What single words say about names: titles, particles, demonyms, how common a word is.

The word lists are in ``resources/name_cues.json``; how often English writes a word in lower case is
learned (``resources/english_case.tsv``, ``scripts/build_name_tables.py``).
"""

from __future__ import annotations

import json
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

import regex

from bialign.names.gazetteer import arabic_fold, arabic_of, lookup, territories

#: From this share (per cent) of lower case on, a word is a common word that a capital can start.
COMMON: Final = 35
#: From this share on, a capital alone does not make the word a name even inside a sentence.
VERY_COMMON: Final = 60

_INFLECTIONS: Final = (
    ("ators", "ate"), ("ers", "e"), ("ers", ""), ("ies", "y"), ("es", ""), ("es", "e"), ("s", ""),
    ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("ly", ""), ("er", ""), ("ness", ""), ("ment", ""),
    ("men", ""), ("men", "man"),
)  # fmt: skip


@cache
def cues(language: str) -> dict[str, frozenset[str]]:
    """The word lists of one language (``english`` or ``arabic``), by their name."""
    text = files("bialign").joinpath("resources/name_cues.json").read_text(encoding="utf-8")
    return {name: frozenset(words) for name, words in json.loads(text)[language].items()}


@cache
def _lower_case() -> dict[str, int]:
    text = files("bialign").joinpath("resources/english_case.tsv").read_text(encoding="utf-8")
    return {word: int(share) for word, _, share in (line.partition("\t") for line in text.splitlines())}


@lru_cache(maxsize=50_000)
def lower_share(word: str) -> int | None:
    """How often English writes ``word`` in lower case, per cent; None for a word never seen.

    An unseen word is looked up by its stem, so that ``commanders`` is as common as ``commander``.

    >>> lower_share("battles") > COMMON > lower_share("london"), lower_share("Rabee")
    (True, None)
    """
    table = _lower_case()
    word = word.lower().replace("’", "'")
    if word in table:
        return table[word]
    for ending, instead in _INFLECTIONS:
        stem = word.removesuffix(ending) + instead
        if word.endswith(ending) and len(stem) > 2 and table.get(stem, 0) >= COMMON:
            return table[stem]
    if word.startswith("re") and table.get(word[2:], 0) >= COMMON:
        return table[word[2:]]
    if word.startswith("re") and word.endswith("s") and table.get(word[2:-1], 0) >= COMMON:
        return table[word[2:-1]]
    if "-" in word:
        return max((lower_share(part) or 0 for part in word.split("-") if part), default=0) or None
    return None


@lru_cache(maxsize=10_000)
def is_demonym(word: str) -> bool:
    """Whether a capitalised word is an adjective or noun of a nation, people, faith or language.

    Listed, or the name of a country or province with one of the usual endings.

    >>> [is_demonym(w) for w in ("Syrian", "Algerian", "Iraqis", "Kurdish", "Damascus", "Martin")]
    [True, True, True, True, False, False]
    """
    word = word.lower()
    demonyms = cues("english")["demonyms"]
    singular = word.removesuffix("s")
    if word in demonyms or singular in demonyms:
        return True
    for ending in ("n", "an", "ian", "i", "ese", "ish", "er"):
        stem = singular.removesuffix(ending)
        if stem != singular and len(stem) > 3 and (is_country(stem) or stem in place_names()):
            return word not in place_names() and not arabic_of(word)
    return False


@lru_cache(maxsize=10_000)
def is_country(name: str) -> bool:
    """Whether CLDR has a country or region of this English name."""
    return any(found.source == "cldr" and found.country for found in lookup(name))


@cache
def place_names() -> frozenset[str]:
    """English names of countries and their provinces (ISO 3166), in lower case."""
    text = files("bialign").joinpath("resources/place_names.txt").read_text(encoding="utf-8")
    return frozenset(text.lower().splitlines())


@cache
def _states() -> tuple[frozenset[str], frozenset[str]]:
    """Folded Arabic names of CLDR's countries, and their stems for adjectives."""
    names = {arabic_fold(g.ar) for g in territories()} | _short_states()
    bare = {name.removeprefix("ال") for name in names if " " not in name}
    return frozenset(names), frozenset(regex.sub("(?:يا|ا|ه)$", "", name) for name in bare)


def is_state(word: str) -> bool:
    """Whether an Arabic word is the name of a country."""
    return arabic_fold(word) in _states()[0]


@cache
def _short_states() -> frozenset[str]:
    """Folded names that news shorten a country's to."""
    return frozenset(arabic_fold(word) for word in cues("arabic")["short_states"])


@lru_cache(maxsize=10_000)
def is_nisba(word: str) -> bool:
    """Whether an Arabic word is the adjective of a country, with the article.

    >>> [is_nisba(word) for word in ("التركي", "العراقية", "العراق", "الرئيس")]
    [True, True, False, False]
    """
    stem = regex.sub("(?:يه|ي)$", "", arabic_fold(word))
    return stem.startswith("ال") and stem != arabic_fold(word) and stem[2:] in _states()[1]


@cache
def arabic_common() -> frozenset[str]:
    """Folded Arabic words that are a place's name too, but mostly common words."""
    text = files("bialign").joinpath("resources/arabic_common.txt").read_text(encoding="utf-8")
    return frozenset(text.splitlines())
