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
from rapidfuzz import process
from rapidfuzz.distance import Indel

from bialign.errors import StoreError, UsageError
from bialign.files import writing
from bialign.model import Hit
from bialign.names.arabic_pairs import same_arabic_many
from bialign.names.blocking import keys as keys_of
from bialign.names.blocking import skeletons
from bialign.names.latin_pairs import same_latin_many
from bialign.names.matching import match_many
from bialign.text.arabic import fold_arabic
from bialign.text.latin import latin_key
from bialign.text.scripts import has_arabic

#: Candidates that blocking passes on to matching.
CANDIDATES: Final = 100

_VERSION: Final = 2
#: Candidates that the models judge, at the least.
_JUDGED: Final = 24
#: Postings read for a query.
_READ: Final = 150_000
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
        if not len(keys):
            return []
        wanted = np.array([_hash(key) for key in keys_of(query)], dtype=np.uint64)
        places = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        found = np.unique(places[keys[places] == wanted])
        starts = np.where(found > 0, ends[found - 1], 0)
        sizes = ends[found] - starts
        order = np.argsort(sizes, kind="stable")
        # The rarest keys say most and cost least: the rest is not read once there is enough.
        order = order[: max(1, int(np.searchsorted(np.cumsum(sizes[order]), _READ, side="right")))]
        if not len(found):
            return []
        read = [postings[starts[k] : starts[k] + sizes[k]] for k in order]
        names = np.concatenate(read)
        score = np.zeros(len(self), dtype=np.float32)
        for some, weight in zip(read, self._weights[found[order]].tolist(), strict=True):
            score[some] += weight**2
        value = score[names] / norms[names]
        most = limit * len(read)
        if len(names) > most:
            top = np.argpartition(-value, most)[:most]
            names, value = names[top], value[top]
        names, first = np.unique(names, return_index=True)
        best = np.lexsort((names, -value[first]))[:limit]
        return [int(i) for i in names[best]]

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
        if len(names) > max(_JUDGED, 3 * k):
            near = _nearest(query, names)[: max(_JUDGED, 3 * k)]
            positions, names = [positions[i] for i in near], [names[i] for i in near]
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


def _nearest(query: str, names: Sequence[str]) -> list[int]:
    """Positions of names, those first whose consonants and vowels are most like the query's."""
    asked = skeletons(query)
    found = [skeletons(name) for name in names]
    fine, vowelled = (
        process.cdist([asked[k]], [name[k] for name in found], scorer=Indel.normalized_similarity)[0]
        for k in (1, 2)
    )
    order: list[int] = np.argsort(-(fine + vowelled), kind="stable").tolist()
    return order


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
        for gram in keys_of(name):
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
    """Probability that a query is each of some names that blocking proposed, in whichever script.

    Names in the query's own script are compared by their letters (``latin_pairs``,
    ``arabic_pairs``), those in the other by the name models.

    Args:
        query: a name.
        names: any names.

    Returns:
        float64 of the length of ``names``.
    """
    arabic = has_arabic(query)
    out = np.zeros(len(names))
    other = np.array([has_arabic(name) != arabic for name in names], dtype=bool)
    across = [(query, name) if arabic else (name, query) for name, o in zip(names, other, strict=True) if o]
    within = [(query, name) for name, o in zip(names, other, strict=True) if not o]
    if across:
        out[other] = match_many(across)
    if within:
        alike = np.array([_key(name, arabic=arabic) == _key(query, arabic=arabic) for _, name in within])
        judged = same_arabic_many(within) if arabic else same_latin_many(within)
        lettered = bool(_key(query, arabic=arabic))
        out[~other] = np.where(alike & lettered, 1.0, judged)
    return out


def _key(name: str, *, arabic: bool) -> str:
    return fold_arabic(name) if arabic else latin_key(name)


@lru_cache(maxsize=500_000)
def _hash(gram: str) -> int:
    return int.from_bytes(hashlib.blake2b(gram.encode("utf-8", "surrogatepass"), digest_size=8).digest())
