"""Change points: since when a name is spelled another way, by everyone or by one translator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bialign.evaluation.counts import FloatArray
from bialign.evaluation.levels import IntArray
from bialign.evaluation.sheet import Sheet
from bialign.model import Record

#: What must stand on either side of a change to speak of one.
FEWEST_OCCURRENCES: Final = 5
FEWEST_DOCUMENTS: Final = 3
SHUFFLES: Final = 999
#: Shuffles as good as the data after which no more are made.
ENOUGH: Final = 20
#: False discovery rate over all names and groups looked at.
RATE: Final = 0.05

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Change(Record):
    """A day from which a name is spelled differently.

    Args:
        name: the entry's id.
        by, group: whose spelling changed, null for all documents.
        date: ISO 8601 day of the first document after the change.
        before, after: the most frequent spelling on either side.
        count_before, count_after: ``n of m``, how many occurrences have it there.
        p_value: of a change this strong if the order of the documents meant nothing.
    """

    name: str
    by: str | None
    group: str | None
    date: str
    before: str
    after: str
    count_before: str
    count_after: str
    p_value: float


def find_changes(
    sheet: Sheet, members: Mapping[str, Mapping[str, IntArray]], seed: int = 12345
) -> tuple[Change, ...]:
    """The change of each name, and of each name within each group, where the counts show one.

    For every name the day is sought that best parts its dated documents by spelling (largest
    likelihood ratio G², as in the change point model of Hinkley 1970). How often documents in
    shuffled order part as well gives the p value (Good's permutation test with the usual + 1);
    of all p values those are kept that Benjamini and Hochberg's step-up procedure (1995) passes
    at a false discovery rate of 5 %. Only changes of the most frequent spelling are told; the
    other names count as tried.

    Args:
        sheet: the occurrences, with at least ``FEWEST_DOCUMENTS`` dated documents on either side.
        members: documents of every group of every grouping; time itself is no group.
        seed: of the shuffles.
    """
    dates = [document.date for document in sheet.gathered.documents]
    dated = np.array([date is not None for date in dates], dtype=np.bool_)
    if dated.sum() < 2 * FEWEST_DOCUMENTS:
        return ()
    varied = np.diff(sheet.written.starts, append=len(sheet.written.values)) > 1
    wanted = varied[sheet.uses.name] & dated[sheet.uses.document]
    found = list(_changes(sheet, np.flatnonzero(wanted), None, None, dates, seed))
    for by, groups in members.items():
        if by in ("month", "year") or len(groups) < 2:
            continue
        for group, documents in groups.items():
            rows = np.flatnonzero(wanted & sheet.within(documents))
            found += _changes(sheet, rows, by, group, dates, seed)
    return _discovered(found)


def _changes(
    sheet: Sheet, rows: IntArray, by: str | None, group: str | None, dates: Sequence[str | None], seed: int
) -> Iterator[Change | None]:
    """The best split of every name that has one; null where the usual spelling stays the same."""
    entries = list(sheet.gathered.entries)
    order = rows[np.argsort(sheet.uses.name[rows], kind="stable")]
    names, starts = np.unique(sheet.uses.name[order], return_index=True)
    parts = np.split(order, starts[1:]) if len(order) else []
    for name, mine in zip(names.tolist(), parts, strict=True):
        if len(mine) < 2 * FEWEST_OCCURRENCES:
            continue
        documents, document = np.unique(sheet.uses.document[mine], return_inverse=True)
        cells, cell = np.unique(sheet.written.cell[mine], return_inverse=True)
        if len(documents) < 2 * FEWEST_DOCUMENTS or len(cells) < 2:
            continue
        table = np.zeros((len(documents), len(cells)))
        np.add.at(table, (document, cell), 1)
        days = np.array([dates[number] or "" for number in documents.tolist()])
        split = best_split(table, days[1:] != days[:-1])
        if split is None:
            continue
        before, after = table[:split].sum(axis=0), table[split:].sum(axis=0)
        if before.argmax() == after.argmax():
            yield None
            continue
        yield Change(
            name=entries[name],
            by=by,
            group=group,
            date=str(days[split]),
            before=sheet.text(int(cells[before.argmax()])),
            after=sheet.text(int(cells[after.argmax()])),
            count_before=f"{int(before.max())} of {int(before.sum())}",
            count_after=f"{int(after.max())} of {int(after.sum())}",
            p_value=p_value(table, days[1:] != days[:-1], np.random.default_rng(seed)),
        )


def best_split(table: FloatArray, boundary: Flags) -> int | None:
    """Where a sequence of documents parts best by spelling.

    Args:
        table: occurrences ``[documents, spellings]`` in order of time.
        boundary: whether between document i and i + 1 a day ends, ``[documents - 1]``.

    Returns:
        The first document after the split, null where none is allowed.
    """
    gain = _gains(table[np.newaxis], boundary)[0]
    best = int(gain.argmax())
    return best + 1 if gain[best] >= 0 else None


def p_value(table: FloatArray, boundary: Flags, generator: np.random.Generator) -> float:
    """How often documents in shuffled order part as well as they do in theirs.

    Sequential as Besag and Clifford (1991) propose: after ``ENOUGH`` shuffles that part as well the
    share is known well enough.
    """
    best = _gains(table[np.newaxis], boundary).max() - 1e-9
    as_good = shuffles = 0
    size = max(1, min(ENOUGH, 200_000 // table.size))
    while shuffles < SHUFFLES and as_good < ENOUGH:
        count = min(size, SHUFFLES - shuffles)
        shuffled = table[generator.permuted(np.tile(np.arange(len(table)), (count, 1)), axis=1)]
        as_good += int((_gains(shuffled, boundary).max(axis=1) >= best).sum())
        shuffles += count
    return (1 + as_good) / (1 + shuffles)


def _gains(tables: FloatArray, boundary: Flags) -> FloatArray:
    """The gain of every split, -1 where it is not allowed."""
    gains: FloatArray = np.where(_allowed(tables) & boundary, _gain(tables), -1.0)
    return gains


def _allowed(tables: FloatArray) -> Flags:
    """After which documents enough stands on both sides, ``[tables, documents - 1]``."""
    left = tables.sum(axis=2).cumsum(axis=1)
    enough: Flags = np.minimum(left[:, :-1], left[:, -1:] - left[:, :-1]) >= FEWEST_OCCURRENCES
    enough[:, : FEWEST_DOCUMENTS - 1] = False
    enough[:, max(0, tables.shape[1] - FEWEST_DOCUMENTS) :] = False
    return enough


def _gain(tables: FloatArray) -> FloatArray:
    """G² of splitting after every document, ``[tables, documents - 1]``."""
    left = tables.cumsum(axis=1)[:, :-1]
    whole = tables.sum(axis=1, keepdims=True)
    gain: FloatArray = 2 * (_fit(left) + _fit(whole - left) - _fit(whole))
    return gain


def _fit(counts: FloatArray) -> FloatArray:
    """The largest multinomial log likelihood of counts along the last axis."""
    total = counts.sum(axis=-1)
    fit: FloatArray = (counts * np.log(np.maximum(counts, 1))).sum(axis=-1) - total * np.log(
        np.maximum(total, 1)
    )
    return fit


def _discovered(changes: Sequence[Change | None]) -> tuple[Change, ...]:
    """Those that stay below the false discovery rate; nulls count as tried, with a p value of 1."""
    ordered = sorted(change.p_value for change in changes if change)
    passing = [p for rank, p in enumerate(ordered, 1) if p <= RATE * rank / len(changes)]
    limit = max(passing, default=-1.0)
    return tuple(change for change in changes if change and change.p_value <= limit)
