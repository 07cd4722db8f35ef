"""Pairs of single parts of names, with their origin and how often they were seen: what the spellers learn.

A name is spelled part by part (``units``), so the parts of longer names teach as much as whole ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from bialign.names.examples import Example, consonants_agree, usable
from bialign.names.gazetteer import ARAB_COUNTRIES, Gazetted
from bialign.names.letters import fold, plain_arabic, plain_latin
from bialign.names.tables import Tables
from bialign.names.units import arabic_units, latin_units

#: The list of an example (``Example.kind``) and what its names are of.
ORIGIN: Final = {
    "word": "person",
    "full": "person",
    "place": "place",
    "world": "world",
    "catalogue": "alalc",
    "gazetteer": "world",
}
#: Log-probability a letter, both ways added, below which a pair of a kind is taken for a mistake.
_LEAST: Final = {"person": -4.2, "place": -3.8, "world": -3.8, "gazetteer": -3.3, "alalc": -5.0}
_MOST_ARABIC, _MOST_LATIN = 20, 24


@dataclass(frozen=True, slots=True)
class Pair:
    """One part of a name in both scripts.

    Args:
        ar, en: plain letters.
        kind: ``person``, ``place``, ``world``, ``gazetteer`` or ``alalc``.
        country: ISO 3166-1, empty where the list does not say.
        count: how often it was seen.
    """

    ar: str
    en: str
    kind: str
    country: str
    count: float


def pairs_of(examples: Iterable[Example], gazetted: Iterable[Gazetted] = ()) -> list[Pair]:
    """The parts of examples and of foreign places of the gazetteer, equal ones counted together.

    Args:
        examples: of ``examples.read_examples``.
        gazetted: rows of the gazetteer; those of Arab countries are passed over, for the lists have them.
    """
    counts: dict[tuple[str, str, str, str], float] = defaultdict(float)
    for e in examples:
        origin = ORIGIN[e.kind]
        country = e.style if len(e.style) == 2 else ""
        times = e.weight**2 if e.kind in {"word", "place"} else 1.0
        for ar, en in _parts(e.ar, e.en, whole=e.kind != "full"):
            counts[ar, en, origin, country] += times
    for ar, en in sorted({part for g in gazetted if g.country not in ARAB_COUNTRIES for part in _foreign(g)}):
        counts[ar, en, "gazetteer", ""] += 1.0
    return [Pair(*key, count) for key, count in counts.items()]


def _parts(ar: str, en: str, *, whole: bool) -> Iterator[tuple[str, str]]:
    """Parts that answer each other: a name of one part itself, unless only parts of longer ones count."""
    ars, ens = arabic_units(ar), latin_units(en)
    if len(ars) == len(ens) > 1:
        yield from (
            (a.text, b.text) for a, b in zip(ars, ens, strict=True) if consonants_agree(a.text, b.text)
        )
    elif len(ars) == 1 and whole:
        yield ar, en


def _foreign(place: Gazetted) -> Iterator[tuple[str, str]]:
    ar, en = plain_arabic(place.ar), plain_latin(place.en)
    if usable(ar, en) and consonants_agree(ar, en):
        yield from ((a, b) for a, b in _parts(ar, en, whole=True) if len(a) > 2)


def likely(pairs: Sequence[Pair], there: Tables, back: Tables) -> list[Pair]:
    """Those that the EM tables do not take for mistakes of the lists, and that are of a name's length.

    Args:
        pairs: to choose from.
        there: the tables Arabic to Latin.
        back: the tables Latin to Arabic.
    """
    short = [p for p in pairs if len(p.ar) <= _MOST_ARABIC and len(p.en) <= _MOST_LATIN]
    ars, ens = [fold(p.ar) for p in short], [p.en for p in short]
    scores = there.score(ars, ens) / np.array([len(en) + 1 for en in ens])
    scores += back.score(ens, ars) / np.array([len(ar) + 1 for ar in ars])
    return [p for p, score in zip(short, scores.tolist(), strict=True) if score > _LEAST[p.kind]]
