"""What of a large corpus one HTML file shows: all figures, and some of the pages, names and findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from bialign.evaluation.findings import Finding
from bialign.evaluation.gathering import Gathered
from bialign.evaluation.grouping import Document
from bialign.evaluation.records import ConsistencyReport
from bialign.lexicon.records import Occurrence
from bialign.model import Entry

#: Pages shown with their text, names and findings listed: a browser opens so much at once.
PAGES: Final = 2000
NAMES: Final = 20_000
FINDINGS: Final = 10_000
#: Occurrences of a name that are shown where not all pages are.
USES: Final = 20
_GRAVE: Final = {"error": 0, "warning": 1, "note": 2}


@dataclass(frozen=True, slots=True)
class Selection:
    """What is shown.

    Args:
        entries: in the lexicon's order.
        documents: in reading order: those shown with their text, and those with a shown occurrence.
        whole: ids of those shown with their text.
        uses: in reading order.
        findings: in reading order.
        notes: what is not shown, and where it is; none where everything is.
    """

    entries: Sequence[Entry]
    documents: Sequence[Document]
    whole: frozenset[str]
    uses: Sequence[tuple[str, Occurrence]]
    findings: Sequence[Finding]
    notes: tuple[str, ...]


def select(entries: Sequence[Entry], gathered: Gathered, report: ConsistencyReport) -> Selection:
    """Choose what to show: everything of a small corpus.

    Of more pages those shown stand at even distances in time, and each name has occurrences at even
    distances too; of names the most frequent are shown, of findings the gravest.
    """
    entries, findings, notes = list(entries), list(report.findings), []
    if len(entries) > NAMES:
        times = {name.id: name.occurrences for name in report.names}
        often = sorted(entries, key=lambda entry: -times.get(entry.id, 0))[:NAMES]
        kept = {entry.id for entry in often}
        notes.append(_note(NAMES, len(entries), "names", "the most frequent", "lexicon.jsonl"))
        entries = [entry for entry in entries if entry.id in kept]
    if len(findings) > FINDINGS:
        order = sorted(range(len(findings)), key=lambda number: (_GRAVE[findings[number].severity], number))
        notes.append(_note(FINDINGS, len(findings), "findings", "the gravest", "consistency.json"))
        findings = [findings[number] for number in sorted(order[:FINDINGS])]
    documents = gathered.documents
    if len(documents) <= PAGES:
        whole = frozenset(document.id for document in documents)
        return Selection(entries, documents, whole, list(gathered.uses), findings, tuple(notes))
    chosen = np.linspace(0, len(documents) - 1, PAGES).astype(int).tolist()
    whole = frozenset(documents[number].id for number in chosen)
    notes.append(_note(PAGES, len(documents), "pages", "at even distances in time", "pages.jsonl"))
    uses = _some(gathered, report, whole)
    met = {use.page for _, use in uses} | {finding.page for finding in findings} | whole
    shown = [document for document in documents if document.id in met]
    return Selection(entries, shown, whole, uses, findings, tuple(notes))


def _some(
    gathered: Gathered, report: ConsistencyReport, whole: frozenset[str]
) -> list[tuple[str, Occurrence]]:
    """The occurrences on pages shown whole, and of each name some at even distances."""
    totals = {name.id: name.occurrences for name in report.names}
    before: Counter[str] = Counter()
    kept = []
    for name, use in gathered.uses:
        place, total = before[name], totals.get(name, 0)
        before[name] += 1
        if use.page in whole or (total and place * USES // total < (place + 1) * USES // total):
            kept.append((name, use))
    return kept


def _note(shown: int, of: int, what: str, which: str, file: str) -> str:
    return f"{shown:,} of {of:,} {what} are shown here, {which}; {file} has all, and the figures count all"
