"""The gazetteer's table, and looking names up in it by what readable spellings of one name share.

It imports little, so that a command over a single name starts at once; ``gazetteer`` has the rest.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, Literal

from bialign.model import NameType, Record

GazetteerType = Literal["place", "language"]

#: ISO 3166-1 codes of the countries where Arabic is an official language.
ARAB_COUNTRIES: Final = frozenset(
    {"AE", "BH", "DJ", "DZ", "EG", "EH", "IQ", "JO", "KM", "KW", "LB", "LY", "MA", "MR"}
    | {"OM", "PS", "QA", "SA", "SD", "SO", "SY", "TN", "YE"}
)

_KNOWN = 4.0  # log10 of the population at which a place is known by its name alone
#: A place of one word is meant by its bare name from this prominence on.
PROMINENT: Final = 6.5
_ARAB_BONUS = 1.5
_STATE_BONUS = 2.0
#: Signs that a name's letters are compared without, besides combining marks.
_SIGNS: Final = frozenset("ـ'’‘ʻʼʾʿ`´")
_GAPS = re.compile(r"[ \t\u00a0\-‐‑.]+")
_EDGES = re.compile(r"^ | $", re.MULTILINE)
_ARTICLE = re.compile(r"\b(?:al|el|ul|a([drstzn]h?)(?= \1)) ")
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


def english_of(ar: str, type: NameType | None = None, country: str | None = None) -> list[Gazetted]:  # noqa: A002  (the records' word)
    """What libraries know under an Arabic name, best first; the English is in ``en`` and ``names``.

    >>> english_of("ابها")[0].en
    'Abha'
    """
    return [g for g in _of_arabic(arabic_fold(ar)) if wanted(g, type, country)]


@lru_cache(maxsize=50_000)
def _of_arabic(folded: str) -> tuple[Gazetted, ...]:
    found = (_row(_lines()[row]) for row in _arabic_index().get(folded, ()))
    return tuple(sorted(found, key=lambda g: (-g.prominence, g.en)))


def latin_fold(name: str) -> str:
    """What two readable spellings of one Latin name share, cheap enough for a whole table.

    >>> latin_fold("al- Bāb  Al-Sharqi"), latin_fold("Ash-Shām")
    ('babsharqi', 'sham')
    """
    return _fold_lines(" ".join(name.split()))


def _fold_lines(text: str) -> str:
    """Fold a name a line; one pass over a whole column costs what a few hundred names would singly."""
    text = unicodedata.normalize("NFKD", text).casefold()
    text = _GAPS.sub(" ", _unmarked(text))
    return str(_ARTICLE.sub("", _EDGES.sub("", text))).replace(" ", "")


@lru_cache(maxsize=100_000)
def arabic_fold(name: str) -> str:
    """An Arabic name without vowel marks, hamza and final letter told apart no more.

    >>> arabic_fold("إدْلِب") == arabic_fold("ادلب")
    True
    """
    return " ".join(_fold_arabic(name).split())


def _unmarked(text: str) -> str:
    """Without marks and signs; a text has few kinds of them, which go one after the other."""
    for letter in set(text):
        if letter in _SIGNS or unicodedata.category(letter) == "Mn":
            text = text.replace(letter, "")
    return text


def _fold_arabic(text: str) -> str:
    text = _unmarked(text)
    for letter, plain in _ARABIC_FOLD:  # over a long text quicker than a table
        text = text.replace(letter, plain)
    return text


def wanted(gazetted: Gazetted, type_: NameType | None, country: str | None) -> bool:
    """Whether a row is of a type and a country, or, no country told, known by its name alone."""
    if type_ is not None and type_ != ("other" if gazetted.type == "language" else "place"):
        return False
    if country is not None:
        return gazetted.country == country
    return gazetted.prominence >= _KNOWN


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
def _arabic_index() -> dict[str, list[int]]:
    """Rows by folded Arabic name; the column is folded in one pass, and no row is read."""
    column = "\n".join([line.partition("\t")[0] for line in _lines()])
    index: dict[str, list[int]] = {}
    for row, key in enumerate(_fold_arabic(column).split("\n")):
        index.setdefault(key, []).append(row)
    return index
