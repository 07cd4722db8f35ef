"""Translation consistency: who spells which name how, since when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from bialign import __version__
from bialign.evaluation.counts import Counts
from bialign.evaluation.gathering import NameLexicon, gather
from bialign.evaluation.grouping import check
from bialign.evaluation.levels import LEVELS, IntArray
from bialign.evaluation.measures import MEASURES, Agreement, Dominance, Entropy, plain
from bialign.evaluation.records import (
    ConsistencyReport,
    GroupConsistency,
    NameConsistency,
    VariantUse,
)
from bialign.evaluation.sheet import Sheet
from bialign.model import Page
from bialign.names.differences import differences

__all__ = ["ConsistencyReport", "consistency"]

#: What a report is grouped by unless asked otherwise.
DEFAULT_BY: Final = ("translator",)


def consistency(
    pages: Iterable[Page], lexicon: NameLexicon, by: str | Sequence[str] | None = None
) -> ConsistencyReport:
    """Evaluate how consistently names are spelled across pages.

    Args:
        pages: separated pages; none of them: everything the lexicon keeps (bitext, say).
        lexicon: says which spellings are one name.
        by: one grouping or several of ``GROUPINGS``; translator if left out.

    Raises:
        UsageError: a grouping is not known.
    """
    wanted = check((by,) if isinstance(by, str) else tuple(DEFAULT_BY if by is None else by))
    return evaluate(Sheet.of(gather(pages, lexicon)), wanted)


def evaluate(sheet: Sheet, by: tuple[str, ...]) -> ConsistencyReport:
    """The report on a sheet."""
    members = {name: sheet.members(name) for name in by}
    return ConsistencyReport(
        version=__version__,
        by=by,
        documents=sheet.uses.documents,
        occurrences=len(sheet.uses),
        unmatched=sheet.gathered.unmatched,
        searched=sheet.gathered.searched,
        scores=tuple(
            measure.score(sheet.counts[level], level, direction="ar-en", by="all")
            for level in LEVELS
            for measure in MEASURES
        ),
        names=tuple(_names(sheet, members)),
        groups=tuple(group for name in by for group in _groups(sheet, name, members[name])),
    )


def _names(sheet: Sheet, members: Mapping[str, Mapping[str, IntArray]]) -> Iterator[NameConsistency]:
    written, uses = sheet.written, sheet.uses
    agreement = {level: Agreement().per_name(sheet.counts[level]) for level in LEVELS}
    dominance, entropy = Dominance().per_name(written), Entropy().per_name(written)
    totals = written.totals()
    cell, _ = _pairs(uses.name, uses.document, uses.documents)
    documents = np.bincount(cell, minlength=uses.names)
    variants = _variants(sheet)
    by_cell = {by: _by_cell(sheet, groups) for by, groups in members.items()}
    chosen = set(sheet.usual.tolist())
    for position, entry in enumerate(sheet.gathered.entries.values()):
        order = sorted(
            written.of_name(position),
            key=lambda cell: (-written.values[cell], cell not in chosen, variants[cell].text),
        )
        yield NameConsistency(
            id=entry.id,
            ar=entry.ar,
            type=entry.type,
            usual=sheet.text(int(sheet.usual[position])),
            occurrences=int(totals[position]),
            documents=int(documents[position]),
            agreement={level: plain(values[position]) for level, values in agreement.items()},
            dominance=plain(dominance[position]),
            entropy=plain(entropy[position]),
            variants=tuple(variants[cell] for cell in order),
            groups={by: _spelled(table, order, variants) for by, table in by_cell.items()},
        )


def _pairs(left: IntArray, right: IntArray, width: int) -> tuple[IntArray, IntArray]:
    """The distinct pairs of two columns, sorted; ``width`` is above every right value."""
    both = np.unique(left * max(width, 1) + right)
    return both // max(width, 1), both % max(width, 1)


def _by_cell(sheet: Sheet, members: Mapping[str, IntArray]) -> dict[int, list[tuple[str, int]]]:
    """For every cell the groups that have it, with counts."""
    table: dict[int, list[tuple[str, int]]] = {}
    for label, documents in members.items():
        cells, values = np.unique(sheet.written.cell[sheet.within(documents)], return_counts=True)
        for cell, value in zip(cells.tolist(), values.tolist(), strict=True):
            table.setdefault(cell, []).append((label, value))
    return table


def _spelled(
    table: Mapping[int, Sequence[tuple[str, int]]], cells: Sequence[int], variants: Sequence[VariantUse]
) -> dict[str, dict[str, int]]:
    """For every group how often it has each of these spellings, groups by label."""
    found: dict[str, dict[str, int]] = {}
    for cell in cells:
        for label, value in table.get(cell, ()):
            found.setdefault(label, {})[variants[cell].text] = value
    return dict(sorted(found.items()))


def _variants(sheet: Sheet) -> list[VariantUse]:
    """The spelling of every cell, with its dates and how it differs from the usual one."""
    written, documents = sheet.written, sheet.gathered.documents
    size = len(written.values)
    cell, document = _pairs(written.cell, sheet.uses.document, sheet.uses.documents)
    pages = np.bincount(cell, minlength=size)
    dated = np.array([bool(item.date) for item in documents], dtype=np.bool_)
    keep = np.flatnonzero(dated[document]) if len(document) else document
    first, last = np.full(size, -1), np.full(size, -1)
    last[cell[keep]] = document[keep]  # pairs ascend: the latest is written last, and stays
    first[cell[keep[::-1]]] = document[keep[::-1]]
    usual = [sheet.text(number) for number in sheet.usual[written.owners()].tolist()]
    return [
        VariantUse(
            text=sheet.text(number),
            count=int(written.values[number]),
            pages=int(pages[number]),
            first=documents[first[number]].date if first[number] >= 0 else None,
            last=documents[last[number]].date if last[number] >= 0 else None,
            differences=() if sheet.text(number) == name else differences(name, sheet.text(number)),
        )
        for number, name in enumerate(usual)
    ]


def _groups(sheet: Sheet, by: str, members: Mapping[str, IntArray]) -> Iterator[GroupConsistency]:
    for label, documents in members.items():
        rows = sheet.within(documents)
        name = sheet.uses.name[rows]
        yield GroupConsistency(
            by=by,
            group=label,
            documents=len(documents),
            occurrences=int(rows.sum()),
            names=len(np.unique(name)),
            departures=int((sheet.written.cell[rows] != sheet.usual[name]).sum()) if len(name) else 0,
            agreement={
                level: Agreement().score(Counts.of(name, column[rows]), level).micro
                for level, column in sheet.keys.items()
            },
        )
