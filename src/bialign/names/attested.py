"""What the name lists attest, as hashed counts: a list of names cannot be read back out of it.

A pair's count is asked by hash, so a wrong "yes" happens once in some thirty thousand questions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.float64]
_MOST = 65_535
_TABLES = ("pairs", "arabic", "latin", "regional")


@dataclass(frozen=True, slots=True)
class Counted:
    """Hashes in order and the count of each."""

    hashes: NDArray[np.uint32]
    counts: NDArray[np.uint16]

    def of(self, texts: Iterable[str]) -> Counts:
        """The counts of texts, 0 for unknown ones; spaces do not matter; float64 [texts]."""
        asked = np.fromiter((_hash(t) for t in texts), dtype=np.uint32)
        if not len(self.hashes):
            return np.zeros(len(asked))
        place = np.minimum(np.searchsorted(self.hashes, asked), len(self.hashes) - 1)
        found: Counts = np.where(self.hashes[place] == asked, self.counts[place], 0).astype(np.float64)
        return found

    @classmethod
    def from_counts(cls, counts: dict[str, float]) -> Counted:
        """Hash and sort counts; texts of one hash are added up."""
        summed: dict[int, float] = {}
        for text, count in counts.items():
            key = _hash(text)
            summed[key] = summed.get(key, 0.0) + count
        keys = np.array(sorted(summed), dtype=np.uint32)
        values = np.array([min(round(summed[int(k)]), _MOST) for k in keys], dtype=np.uint16)
        return cls(keys, values)


@dataclass(frozen=True, slots=True)
class Attested:
    """Counts of pairs, of Arabic names and of Latin ones, all in plain letters, Arabic folded.

    ``regional`` has the pairs and the Arabic names once more, of the people of each country apart.
    """

    pairs: Counted
    arabic: Counted
    latin: Counted
    regional: Counted

    def pair(self, ars: Sequence[str], ens: Sequence[str]) -> Counts:
        """How often each pair is attested."""
        return self.pairs.of(_pair(a, e) for a, e in zip(ars, ens, strict=True))

    def pair_in(self, country: str, ars: Sequence[str], ens: Sequence[str]) -> Counts:
        """How often each pair is attested of people of a country."""
        return self.regional.of(_regional(country, a, e) for a, e in zip(ars, ens, strict=True))

    def arabic_in(self, country: str, ars: Sequence[str]) -> Counts:
        """How often each Arabic name is attested of people of a country."""
        return self.regional.of(_regional(country, a) for a in ars)

    def to_arrays(self) -> dict[str, NDArray[np.uint32] | NDArray[np.uint16]]:
        """Arrays to store it by."""
        arrays: dict[str, NDArray[np.uint32] | NDArray[np.uint16]] = {}
        for name in _TABLES:
            counted: Counted = getattr(self, name)
            arrays |= {f"{name}/hashes": counted.hashes, f"{name}/counts": counted.counts}
        return arrays

    @classmethod
    def from_arrays(cls, arrays: dict[str, NDArray[np.uint32]]) -> Attested:
        """What ``to_arrays`` gave."""
        parts = [
            Counted(arrays[f"{name}/hashes"], arrays[f"{name}/counts"].astype(np.uint16)) for name in _TABLES
        ]
        return cls(*parts)


def count(
    triples: Iterable[tuple[str, str, float]],
    parts: Iterable[tuple[str, str, float]] = (),
    regional: Iterable[tuple[str, str, str, float]] = (),
) -> Attested:
    """Count attested pairs.

    Args:
        triples: plain folded Arabic, plain Latin, how often.
        parts: the same of parts of longer names. They tell what else a Latin part stands for, but
            an Arabic word met in them only has not shown how it is written as a name of its own.
        regional: country, plain folded Arabic, plain Latin, how often, of people of one country.

    >>> seen = count([("سمير", "samir", 3)])
    >>> seen.pair(["سمير", "سمير"], ["samir", "samira"]).tolist()
    [3.0, 0.0]
    >>> count([("عبد الله", "abdallah", 3)]).pair(["عبدالله"], ["abd allah"]).tolist()
    [3.0]
    """
    pairs: dict[str, float] = {}
    arabic: dict[str, float] = {}
    latin: dict[str, float] = {}
    for ar, en, times in triples:
        for table, key in ((pairs, _pair(ar, en)), (arabic, ar), (latin, en)):
            table[key] = table.get(key, 0.0) + times
    for ar, en, times in parts:
        for table, key in ((pairs, _pair(ar, en)), (latin, en)):
            table[key] = table.get(key, 0.0) + times
    of_country: dict[str, float] = {}
    for country, ar, en, times in regional:
        for key in (_regional(country, ar, en), _regional(country, ar)):
            of_country[key] = of_country.get(key, 0.0) + times
    return Attested(*(Counted.from_counts(counts) for counts in (pairs, arabic, latin, of_country)))


def _pair(ar: str, en: str) -> str:
    return f"{ar}\t{en}"


def _regional(country: str, ar: str, en: str = "") -> str:
    return f"{country}\t{ar}\t{en}"


def _hash(text: str) -> int:
    """The same for a name written as one word and as two."""
    return crc32(text.replace(" ", "").encode("utf-8", "replace"))
