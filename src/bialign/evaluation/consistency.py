"""Translation consistency: who spells which name how, since when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from bialign.errors import UsageError
from bialign.evaluation.bootstrap import FEWEST, ROUNDS, SEED, bootstrap
from bialign.evaluation.changes import find_changes
from bialign.evaluation.classes import classes
from bialign.evaluation.counts import Counts, numbered
from bialign.evaluation.findings import find
from bialign.evaluation.gathering import Gathered, NameLexicon, gather
from bialign.evaluation.grouping import check
from bialign.evaluation.levels import LEVELS, IntArray, keys
from bialign.evaluation.measures import (
    MEASURES,
    VERSION,
    Agreement,
    Dominance,
    Entropy,
    Intervals,
    PseudoReference,
    Score,
    plain,
)
from bialign.evaluation.records import (
    ConsistencyReport,
    GroupConsistency,
    NameConsistency,
    VariantUse,
)
from bialign.evaluation.sheet import Sheet
from bialign.evaluation.style import Prescription, Style
from bialign.evaluation.suppressions import Suppression, suppress
from bialign.model import Page

__all__ = ["ConsistencyReport", "consistency"]

#: What a report is grouped by unless asked otherwise.
DEFAULT_BY: Final = ("translator",)


@dataclass(frozen=True, slots=True)
class Settings:
    """How to evaluate.

    Args:
        level: strictness level of the findings: what is equal at it is no departure.
        rounds: resamples for the intervals, 0 for none.
        seed: of resamples and shuffles.
        style: prescribed spellings.
        suppressions: findings to leave out.
        short_forms: ``counted``: a short form that stands for a fuller name on its page (``FSA``,
            ``al-Salti``) is one of the name's spellings; ``apart``: it is left out.
    """

    level: str = "written"
    rounds: int = ROUNDS
    seed: int = SEED
    style: Style | None = None
    suppressions: tuple[Suppression, ...] = ()
    short_forms: str = "counted"

    def __post_init__(self) -> None:
        if self.level not in LEVELS:
            raise UsageError(f"unknown strictness level {self.level!r}", mend=f"one of {', '.join(LEVELS)}")
        if self.short_forms not in ("counted", "apart"):
            raise UsageError(f"short forms cannot be {self.short_forms!r}", mend="counted or apart")


def consistency(
    pages: Iterable[Page],
    lexicon: NameLexicon,
    by: str | Sequence[str] | None = None,
    settings: Settings | None = None,
) -> ConsistencyReport:
    """Evaluate how consistently names are spelled across pages.

    Args:
        pages: separated pages; none of them: everything the lexicon keeps (bitext, say).
        lexicon: says which spellings are one name.
        by: one grouping or several of ``GROUPINGS``; translator if left out.
        settings: level of the findings, bootstrap, style list, suppressions.

    Raises:
        UsageError: a grouping is not known.
        InputError: the style list prescribes two spellings of one name.
    """
    return evaluate(gather(pages, lexicon), by, settings)


def evaluate(
    gathered: Gathered, by: str | Sequence[str] | None = None, settings: Settings | None = None
) -> ConsistencyReport:
    """The report on what was gathered; arguments as for ``consistency``."""
    settings = settings or Settings()
    wanted = check((by,) if isinstance(by, str) else tuple(DEFAULT_BY if by is None else by))
    sheet = Sheet.of(gathered.in_full() if settings.short_forms == "apart" else gathered)
    members = {name: sheet.members(name) for name in wanted}
    style = settings.style.bind(gathered.entries) if settings.style else {}
    departures = tuple(find(sheet, settings.level, style))
    findings, unused = suppress(departures, settings.suppressions)
    intervals = bootstrap(sheet.resampled(), sheet.counts, MEASURES, settings.rounds, settings.seed)
    return ConsistencyReport(
        version=VERSION,
        by=wanted,
        documents=sheet.uses.documents,
        occurrences=len(sheet.uses),
        unmatched=gathered.unmatched,
        likened=len(gathered.likened),
        searched=gathered.searched,
        scores=(
            *_scores(sheet, intervals, settings),
            *_prescribed(sheet, style, settings),
            *_backward(sheet, settings),
        ),
        names=tuple(_names(sheet, members, intervals.get(("written", Agreement().label)))),
        groups=tuple(group for name in wanted for group in _groups(sheet, name, members[name], settings)),
        findings=findings,
        suppressed=len(departures) - len(findings),
        changes=find_changes(sheet, members, settings.seed),
        warnings=tuple(_warnings(gathered, settings, style, unused)),
        gathered=sheet.gathered,
    )


def _warnings(
    gathered: Gathered, settings: Settings, style: Mapping[str, Prescription], unused: Sequence[Suppression]
) -> Iterator[str]:
    if gathered.unmatched:
        yield f"{gathered.unmatched} names in the pages belong to no entry and are in no figure"
    if gathered.likened:
        yield f"{len(gathered.likened)} occurrences belong to a name by likeness alone"
    if settings.style:
        missing = len(set(settings.style.prescriptions) - set(style.values()))
        if missing:
            yield f"{missing} names of the style list do not occur"
    for item in unused:
        yield f"suppression on {item.place} covers nothing"


def _scores(
    sheet: Sheet, intervals: Mapping[tuple[str, str], Intervals], settings: Settings
) -> Iterator[Score]:
    short = None if settings.short_forms == "counted" else settings.short_forms
    for level, counts in sheet.counts.items():
        for measure in MEASURES:
            found = intervals.get((level, measure.label))
            yield measure.score(counts, level, found, direction="ar-en", by="all", short_forms=short)


def _prescribed(sheet: Sheet, style: Mapping[str, Prescription], settings: Settings) -> Iterator[Score]:
    """With a style list, the pseudo-reference that it gives."""
    named = {number: style[name].en for number, name in enumerate(sheet.gathered.entries) if name in style}
    short = None if settings.short_forms == "counted" else settings.short_forms
    for level, counts in sheet.counts.items() if named else ():
        # numbered after the spellings that occur, which so keep their numbers
        numbers = keys([*sheet.spellings, *named.values()], level)[len(sheet.spellings) :].tolist()
        measure = PseudoReference("given", dict(zip(named, numbers, strict=True)))
        found = bootstrap(sheet.resampled(), {level: counts}, (measure,), settings.rounds, settings.seed)
        interval = found.get((level, measure.label))
        yield measure.score(counts, level, interval, direction="ar-en", by="all", short_forms=short)


def _backward(sheet: Sheet, settings: Settings) -> Iterator[Score]:
    """The other direction: how many Arabic names one English spelling stands for."""
    arabic = [entry.ar for entry in sheet.gathered.entries.values()]
    rows = np.array([ar is not None for ar in arabic], dtype=np.bool_)[sheet.uses.name]
    uses = sheet.resampled().take(rows)
    for level, column in sheet.keys.items():
        names = keys([ar or "" for ar in arabic], level, "ar")[uses.name]
        counts = Counts.of(column[rows], names)
        found: Mapping[tuple[str, str], Intervals] = {}
        if level == "written":
            turned = replace(uses, name=column[rows], spelling=names)
            found = bootstrap(turned, {level: counts}, MEASURES, settings.rounds, settings.seed)
        for measure in MEASURES:
            interval = found.get((level, measure.label))
            yield measure.score(counts, level, interval, direction="en-ar", by="all")


def _names(
    sheet: Sheet, members: Mapping[str, Mapping[str, IntArray]], intervals: Intervals | None
) -> Iterator[NameConsistency]:
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
            key=lambda cell: (cell not in chosen, -written.values[cell], variants[cell].text),
        )
        yield NameConsistency(
            id=entry.id,
            ar=entry.ar,
            type=entry.type,
            usual=sheet.text(int(sheet.usual[position])),
            occurrences=int(totals[position]),
            documents=int(documents[position]),
            agreement={level: plain(values[position]) for level, values in agreement.items()},
            interval=_interval(intervals, position) if documents[position] >= FEWEST else None,
            dominance=plain(dominance[position]),
            entropy=plain(entropy[position]),
            variants=tuple(variants[cell] for cell in order),
            groups={by: _spelled(table, order, variants) for by, table in by_cell.items()},
        )


def _interval(intervals: Intervals | None, position: int) -> tuple[float, float] | None:
    if intervals is None or np.isnan(intervals.low[position]):
        return None
    return float(intervals.low[position]), float(intervals.high[position])


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
    owners = written.owners()
    usual = [sheet.text(number) for number in sheet.usual[owners].tolist()]
    entries = list(sheet.gathered.entries.values())
    return [
        VariantUse(
            text=sheet.text(number),
            count=int(written.values[number]),
            pages=int(pages[number]),
            first=documents[first[number]].date if first[number] >= 0 else None,
            last=documents[last[number]].date if last[number] >= 0 else None,
            differences=classes(entries[owner], name, sheet.text(number)),
        )
        for number, (owner, name) in enumerate(zip(owners.tolist(), usual, strict=True))
    ]


def _groups(
    sheet: Sheet, by: str, members: Mapping[str, IntArray], settings: Settings
) -> Iterator[GroupConsistency]:
    whole, agreement = sheet.resampled(), Agreement()
    for label, documents in members.items():
        rows = sheet.within(documents)
        name = sheet.uses.name[rows]
        inside, numbers = numbered(whole.document[rows].tolist())
        uses = replace(whole.take(rows), document=inside, documents=len(numbers))
        counts = {level: Counts.of(name, column[rows]) for level, column in sheet.keys.items()}
        finest = {"written": counts["written"]}
        found = bootstrap(uses, finest, (agreement,), settings.rounds, settings.seed)
        yield GroupConsistency(
            by=by,
            group=label,
            documents=len(documents),
            occurrences=int(rows.sum()),
            names=len(np.unique(name)),
            departures=int((sheet.written.cell[rows] != sheet.usual[name]).sum()) if len(name) else 0,
            agreement={level: agreement.score(part, level).micro for level, part in counts.items()},
            interval=found["written", agreement.label].micro if found else None,
        )
