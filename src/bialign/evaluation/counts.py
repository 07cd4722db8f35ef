"""Occurrences as columns, and the counts of spellings a name that every measure starts from."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from bialign.evaluation.levels import IntArray

FloatArray = NDArray[np.float64]
N = TypeVar("N", np.int64, np.float64, np.float32)


def numbered(values: Iterable[Hashable]) -> tuple[IntArray, list[Hashable]]:
    """Number values in order of first appearance.

    Returns:
        int64 array of numbers, and the distinct values those numbers stand for.

    >>> numbered(["b", "a", "b"])
    (array([0, 1, 0]), ['b', 'a'])
    """
    table: dict[Hashable, int] = {}
    column = np.array([table.setdefault(value, len(table)) for value in values], dtype=np.int64)
    return column, list(table)


@dataclass(frozen=True, slots=True)
class Uses:
    """Columns over occurrences, in reading order (documents by date, then position).

    Args:
        name: number of the name each occurrence belongs to, int64 ``[n]``.
        spelling: number of its spelling as written, int64 ``[n]``.
        document: number of its document, int64 ``[n]``.
        names, spellings, documents: how many of each there are.
    """

    name: IntArray
    spelling: IntArray
    document: IntArray
    names: int
    spellings: int
    documents: int

    @classmethod
    def of(cls, rows: Iterable[tuple[Hashable, Hashable, Hashable]]) -> Uses:
        """Columns from ``(name, spelling, document)`` rows, numbered as they come."""
        columns = list(zip(*rows, strict=True)) or [(), (), ()]
        (name, names), (spelling, spellings), (document, documents) = map(numbered, columns)
        return cls(name, spelling, document, len(names), len(spellings), len(documents))

    def __len__(self) -> int:
        return len(self.name)

    def take(self, rows: NDArray[np.bool_] | IntArray) -> Uses:
        """The same numbering with fewer occurrences."""
        return Uses(
            self.name[rows],
            self.spelling[rows],
            self.document[rows],
            self.names,
            self.spellings,
            self.documents,
        )


@dataclass(frozen=True, slots=True)
class Counts:
    """How often every name that occurs is spelled in every way.

    Cells (a name with a spelling) stand sorted by name; the cells of the i-th occurring name are
    ``starts[i]:starts[i + 1]``.

    Args:
        values: occurrences a cell, int64 ``[cells]``.
        starts: first cell of every name, int64 ``[names]``.
        names: which name, int64 ``[names]``, ascending.
        variants: which spelling number, int64 ``[cells]``.
        first: for every name the cell of its earliest occurrence, int64 ``[names]``.
        cell: the cell of every occurrence, int64 ``[n]``.
    """

    values: IntArray
    starts: IntArray
    names: IntArray
    variants: IntArray
    first: IntArray
    cell: IntArray

    @classmethod
    def of(cls, name: IntArray, variant: IntArray) -> Counts:
        """Count from two columns over occurrences, in reading order.

        >>> counts = Counts.of(np.array([0, 0, 1, 0]), np.array([5, 6, 5, 5]))
        >>> counts.values.tolist(), counts.starts.tolist(), counts.first.tolist()
        ([2, 1, 1], [0, 2], [0, 2])
        """
        width = int(variant.max(initial=0)) + 1
        cells, cell, values = np.unique(name * width + variant, return_inverse=True, return_counts=True)
        names, starts = np.unique(cells // width, return_index=True)
        _, earliest = np.unique(name, return_index=True)
        return cls(values, starts, names, cells % width, cell[earliest], cell)

    def totals(self) -> IntArray:
        """Occurrences of every name, int64 ``[names]``."""
        return sums(self.values, self.starts)

    def owners(self) -> IntArray:
        """For every cell the position of its name, int64 ``[cells]``."""
        sizes = np.diff(self.starts, append=len(self.values))
        return np.repeat(np.arange(len(self.starts)), sizes)

    def part(self, begin: int, end: int) -> Counts:
        """The names at positions ``begin`` to ``end`` alone, without their occurrences."""
        low = int(self.starts[begin])
        high = int(self.starts[end]) if end < len(self.starts) else len(self.values)
        return Counts(
            self.values[low:high],
            self.starts[begin:end] - low,
            self.names[begin:end],
            self.variants[low:high],
            self.first[begin:end] - low,
            self.cell[:0],
        )

    def of_name(self, position: int) -> range:
        """Which cells belong to the name at this position."""
        end = self.starts[position + 1] if position + 1 < len(self.starts) else len(self.values)
        return range(int(self.starts[position]), int(end))


@dataclass(frozen=True, slots=True)
class Sample:
    """Values for the cells of some ``Counts``: as counted, or drawn anew, one column a round.

    Args:
        values: float ``[cells]`` or ``[cells, rounds]``.
        totals: their sums a name, ``[names]`` or ``[names, rounds]``.
        own: what to take from a name's squared total so that ordered pairs of different
            occurrences remain, ``[names]`` or ``[names, rounds]``; ``own_alike`` likewise from
            the sum of its squared cells. As counted both are the total: an occurrence's pairs
            with itself.
    """

    values: FloatArray
    totals: FloatArray
    own: FloatArray
    own_alike: FloatArray

    @classmethod
    def of(cls, counts: Counts) -> Sample:
        """The values as counted."""
        totals = counts.totals().astype(np.float64)
        return cls(counts.values.astype(np.float64), totals, totals, totals)


def sums(values: NDArray[N], starts: IntArray) -> NDArray[N]:
    """Sum consecutive rows from each start to the next; ``values`` may have more columns.

    >>> sums(np.array([1, 2, 3]), np.array([0, 2])).tolist()
    [3, 3]
    """
    if values.ndim == 1 or not len(starts):
        total: NDArray[N] = np.add.reduceat(values, starts) if len(starts) else values[:0]
        return total
    # a sparse product: numpy's reduceat walks a second axis ten times slower
    ends = np.append(starts, len(values))
    rows = csr_array((np.ones(len(values), values.dtype), np.arange(len(values)), ends))
    summed: NDArray[N] = rows @ values
    return summed


def as_columns(values: Sequence[Sequence[int]]) -> Counts:
    """Counts of names given as lists of how often each spelling stands, for tests and examples.

    >>> as_columns([[5, 1], [2]]).totals().tolist()
    [6, 2]
    """
    name = np.repeat(np.arange(len(values)), [sum(row) for row in values])
    variant = np.concatenate([np.repeat(np.arange(len(row)), row) for row in values] or [np.array([], int)])
    return Counts.of(name.astype(np.int64), variant.astype(np.int64))
