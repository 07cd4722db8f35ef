"""Many names, in either script or both, and the few of them that a query may be.

Blocking finds candidates by the keys that spellings share (``blocking``), weighted by rarity as
in text retrieval (tf-idf cosine; Salton & Buckley 1988); the calibrated matching then judges
them. The index is a handful of arrays: built in one pass, saved as files, opened memory-mapped.
"""

from __future__ import annotations

import hashlib
import json
from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from bialign.errors import StoreError, UsageError
from bialign.files import writing
from bialign.model import Hit
from bialign.names.blocking import grams
from bialign.names.matching import match_many
from bialign.names.transliteration import arabize_many, romanize_many
from bialign.text.arabic import fold_arabic
from bialign.text.latin import latin_key
from bialign.text.scripts import has_arabic

#: Candidates that blocking passes on to matching.
CANDIDATES: Final = 100

_VERSION: Final = 1
_PIVOTS: Final = 3
# A key that more than this share of the names has says nothing worth its time in a large index.
_COMMON: Final = 0.1
_LARGE: Final = 10_000
_HEADER: Final = 128


class IndexArrays(NamedTuple):
    """What an index consists of.

    Args:
        text: the names as UTF-8, one after the other.
        starts: where each begins in ``text``, and the end of the last [names + 1].
        keys: hashes of the blocking keys, ascending [keys].
        ends: where the postings of each key end [keys].
        postings: positions of the names that have the key, key after key.
        norms: length of each name's vector of key weights [names].
    """

    text: npt.NDArray[np.uint8]
    starts: npt.NDArray[np.int64]
    keys: npt.NDArray[np.uint64]
    ends: npt.NDArray[np.int64]
    postings: npt.NDArray[np.int32]
    norms: npt.NDArray[np.float32]


class NameIndex:
    """Names to search, in either script.

    Args:
        names: read once, in order; a name may come twice.
        arrays: a built index instead of names.

    Example:
        >>> index = NameIndex(["Homs", "Hama", "حلب"])
        >>> index.search("حماة", k=1)[0].name
        'Hama'
    """

    def __init__(self, names: Iterable[str] = (), *, arrays: IndexArrays | None = None) -> None:
        self._arrays = _build(names) if arrays is None else arrays
        self._weights = _weights(self._arrays.ends, len(self))

    def __len__(self) -> int:
        return len(self._arrays.starts) - 1

    def __getitem__(self, position: int) -> str:
        start, end = self._arrays.starts[position : position + 2].tolist()
        return bytes(self._arrays.text[start:end]).decode("utf-8", "surrogatepass")

    def candidates(self, query: str, limit: int = CANDIDATES) -> list[int]:
        """Positions of the names that share most with the query, best first; no matching yet.

        Args:
            query: a name in either script.
            limit: how many at most.
        """
        _, _, keys, ends, postings, norms = self._arrays
        hashes = np.array([_hash(gram) for gram in grams(query)], dtype=np.uint64)
        places = np.searchsorted(keys, hashes).tolist()
        found = [p for p, wanted in zip(places, hashes, strict=True) if p < len(keys) and keys[p] == wanted]
        most = len(self) if len(self) < _LARGE else int(_COMMON * len(self))
        score = np.zeros(len(self), dtype=np.float32)
        for key in found:
            start, end = int(ends[key - 1]) if key else 0, int(ends[key])
            if end - start <= most:
                score[postings[start:end]] += self._weights[key] ** 2
        score /= norms
        hits = np.flatnonzero(score)
        if len(hits) > limit:
            hits = hits[np.argpartition(-score[hits], limit)[:limit]]
        return [int(i) for i in hits[np.lexsort((hits, -score[hits]))]]

    def search(self, query: str, k: int = 10) -> list[Hit]:
        """The names that the query most probably is.

        Args:
            query: a name in either script.
            k: how many at most.

        Returns:
            Hits by falling probability, equal ones in the order of the index.

        Raises:
            UsageError: ``k`` is less than one.
        """
        if k < 1:
            raise UsageError(f"k is {k}", mend="one or more")
        positions = self.candidates(query)
        names = [self[position] for position in positions]
        hits = [
            Hit(name, position, round(float(p), 4))
            for name, position, p in zip(names, positions, probabilities(query, names), strict=True)
        ]
        return sorted(hits, key=lambda hit: (-hit.probability, hit.position))[:k]

    def save(self, path: str | Path) -> None:
        """Write the index into a folder, made if missing; ``open`` maps it without reading it all.

        Raises:
            InputError: the folder cannot be written.
        """
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        for name, values in self._arrays._asdict().items():
            with writing(folder / f"{name}.npy", "wb") as stream:
                np.save(stream, values, allow_pickle=False)
        with writing(folder / "index.json") as stream:
            json.dump({"bialign name index": _VERSION, "names": len(self)}, stream)

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """Map an index that ``save`` wrote.

        Raises:
            StoreError: there is none, or it is damaged or of another version.
        """
        folder = Path(path)
        try:
            header = json.loads((folder / "index.json").read_text("utf-8"))
            maps = [_mapped(folder / f"{name}.npy") for name in IndexArrays._fields]
        except (OSError, ValueError) as error:
            raise StoreError(f"no name index: {error}", path=str(path), mend="write one with save") from error
        arrays = IndexArrays(*maps)
        whole = len(arrays.keys) == len(arrays.ends) and len(arrays.norms) == len(arrays.starts) - 1
        if not whole or header != {"bialign name index": _VERSION, "names": len(arrays.norms)}:
            raise StoreError("a damaged name index, or another version's", path=str(path))
        return cls(arrays=arrays)


def _mapped(path: Path) -> npt.NDArray[Any]:
    # an empty array cannot be mapped; a header alone is shorter than this
    mode: Literal["r"] | None = "r" if path.stat().st_size > _HEADER else None
    mapped: npt.NDArray[Any] = np.load(path, mmap_mode=mode, allow_pickle=False)
    return mapped


def _build(names: Iterable[str]) -> IndexArrays:
    """Read the names once; memory grows with the number of keys, twelve bytes each."""
    ids: dict[int, int] = {}
    rows, columns = array("i"), array("i")
    text, starts = bytearray(), array("q", [0])
    for row, name in enumerate(names):
        text += name.encode("utf-8", "surrogatepass")
        starts.append(len(text))
        for gram in grams(name):
            rows.append(row)
            columns.append(ids.setdefault(_hash(gram), len(ids)))
    hashes = np.fromiter(ids, dtype=np.uint64, count=len(ids))
    order = np.argsort(hashes, kind="stable")
    rank = np.empty(len(ids), dtype=np.int64)
    rank[order] = np.arange(len(ids))
    key = rank[np.array(columns, dtype=np.int32)]
    by_key = np.argsort(key, kind="stable")
    postings = np.array(rows, dtype=np.int32)[by_key]
    ends = np.cumsum(np.bincount(key, minlength=len(ids)), dtype=np.int64)
    weight = _weights(ends, len(starts) - 1)[key[by_key]]
    norms = np.sqrt(np.bincount(postings, weight**2, minlength=len(starts) - 1))
    return IndexArrays(
        np.frombuffer(bytes(text), dtype=np.uint8),
        np.array(starts, dtype=np.int64),
        hashes[order],
        ends,
        postings,
        np.maximum(norms, 1e-6).astype(np.float32),
    )


def _weights(ends: npt.NDArray[np.int64], names: int) -> npt.NDArray[np.float32]:
    """Rarity of every key: log of names over names with the key."""
    counts = np.maximum(np.diff(ends, prepend=0), 1)
    return np.asarray(np.log1p(names / counts), dtype=np.float32)


def probabilities(query: str, names: Sequence[str]) -> npt.NDArray[np.float64]:
    """Probability that a query is each of some names, in whichever script each is.

    Names in the query's own script are compared by way of its likeliest spellings in the other.

    Args:
        query: a name.
        names: any names.

    Returns:
        float64 of the length of ``names``.
    """
    arabic = has_arabic(query)
    pairs: list[tuple[str, str]] = []
    owner: list[int] = []
    out = np.zeros(len(names))
    pivots = [c.text for c in (romanize_many if arabic else arabize_many)([query], n=_PIVOTS)[0]]
    for i, name in enumerate(names):
        if has_arabic(name) != arabic:
            pairs.append((query, name) if arabic else (name, query))
            owner.append(i)
        elif _key(name, arabic=arabic) == _key(query, arabic=arabic):
            out[i] = 1.0
        else:
            pairs += [(name, pivot) if arabic else (pivot, name) for pivot in pivots]
            owner += [i] * len(pivots)
    if pairs:
        np.maximum.at(out, np.array(owner), match_many(pairs))
    return out


def _key(name: str, *, arabic: bool) -> str:
    return fold_arabic(name) if arabic else latin_key(name)


@lru_cache(maxsize=500_000)
def _hash(gram: str) -> int:
    return int.from_bytes(hashlib.blake2b(gram.encode("utf-8", "surrogatepass"), digest_size=8).digest())
