"""What the report page shows, as plain data: the page's script renders it when it is needed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from bialign.evaluation.classes import classes
from bialign.evaluation.findings import place
from bialign.evaluation.gathering import Gathered, NameLexicon, gather
from bialign.evaluation.grouping import Document
from bialign.evaluation.levels import LEVELS
from bialign.evaluation.records import ConsistencyReport, NameConsistency
from bialign.model import Entry, Page
from bialign.pages.written import Texts
from bialign.report.selecting import Selection, select

#: What would end the script element that holds the data, or a line of it.
_ESCAPES = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


def payload(pages: Sequence[Page], lexicon: NameLexicon, report: ConsistencyReport) -> dict[str, Any]:
    """Everything the report shows; of a large corpus a selection that says so.

    Args:
        pages: shown with their segments.
        lexicon: its entries, those that no page has too.
        report: the figures. A report read back from JSON has no occurrences: they are gathered.
    """
    gathered = report.gathered or gather(pages, lexicon)
    shown = select([entry for entry in lexicon.entries() if entry.status != "rejected"], gathered, report)
    entries = shown.entries
    figures = {name.id: name for name in report.names}
    numbers = {entry.id: number for number, entry in enumerate(entries)}
    sources = _sources(pages, gathered, shown)
    return {
        "version": report.version,
        "by": list(report.by),
        "levels": list(LEVELS),
        "documents": report.documents,
        "occurrences": report.occurrences,
        "warnings": [*report.warnings, *shown.notes],
        "scores": [score.to_dict() for score in report.scores],
        "groups": [group.to_dict() for group in report.groups],
        "names": [_name(entry, figures.get(entry.id)) for entry in entries],
        "uses": _uses(gathered, shown, report, numbers, {item["id"]: n for n, item in enumerate(sources)}),
        "pages": sources,
        "findings": [
            {
                **{
                    key: getattr(item, key) for key in ("code", "severity", "path", "line", "column", "start")
                },
                "page": item.page,
                "name": numbers.get(item.name),
                "message": item.message,
            }
            for item in shown.findings
        ],
        "found": len(report.findings),
        "changes": [change.to_dict() | {"name": numbers.get(change.name)} for change in report.changes],
    }


def as_script(data: dict[str, Any]) -> str:
    r"""The data as JSON that may stand in a script element: no tag can begin or end in it.

    >>> as_script({"text": "</script>"})
    '{"text":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    text = text.translate(_ESCAPES)
    return text.encode("utf-8", "backslashreplace").decode()


def _name(entry: Entry, figures: NameConsistency | None) -> dict[str, Any]:
    seen = figures.variants if figures else ()
    texts = {variant.text for variant in seen}
    usual = figures.usual if figures else entry.canonical
    others = [variant for variant in entry.variants if variant.text not in texts]
    return {
        "ar": entry.ar,
        "generated": _is_generated(entry),
        "type": entry.type,
        "usual": usual,
        "status": entry.status,
        "probability": entry.probability,
        "count": figures.occurrences if figures else 0,
        "pages": figures.documents if figures else 0,
        "agreement": [figures.agreement[level] for level in LEVELS] if figures else [None] * len(LEVELS),
        "interval": figures.interval if figures else None,
        "variants": [
            *([v.text, v.count, v.pages, v.first, v.last, list(v.differences), False] for v in seen),
            *([v.text, 0, 0, None, None, list(classes(entry, usual, v.text)), v.proposed] for v in others),
        ],
        "groups": figures.groups if figures else {},
        "evidence": [[item.kind, item.detail, item.source] for item in entry.evidence],
    }


def _is_generated(entry: Entry) -> bool:
    """Whether the Arabic was made by the model, and no text has it."""
    kinds = {item.kind for item in entry.evidence}
    return entry.ar is not None and "model" in kinds and not kinds & {"parallel", "gazetteer"}


def _uses(
    gathered: Gathered,
    shown: Selection,
    report: ConsistencyReport,
    numbers: dict[str, int],
    pages: dict[str, int],
) -> dict[int, list[list[Any]]]:
    """By name: spelling number, page number, start and length, and the context where no text is kept."""
    spelled = {
        name.id: {variant.text: number for number, variant in enumerate(name.variants)}
        for name in report.names
    }
    starts: defaultdict[str, list[int]] = defaultdict(list)
    for _, use in shown.uses:
        if use.page in shown.whole and use.page in gathered.texts:
            starts[use.page] += (use.start, use.end)
    units = {page: _utf16(gathered.texts[page], found) for page, found in starts.items()}
    uses: defaultdict[int, list[list[Any]]] = defaultdict(list)
    for name, use in shown.uses:
        if name not in numbers or use.text not in spelled.get(name, {}):
            continue
        row: list[Any] = [spelled[name][use.text], pages[use.page]]
        if use.page in units:
            start, end = units[use.page][use.start], units[use.page][use.end]
            row += [start, end - start]
        else:
            row += [use.start, use.end - use.start, use.context]
        uses[numbers[name]].append(row)
    return dict(uses)


def _sources(pages: Sequence[Page], gathered: Gathered, shown: Selection) -> list[dict[str, Any]]:
    texts = gathered.texts
    if not isinstance(texts, Texts):
        texts = Texts(pages, {page.id: number for number, page in enumerate(pages)})
    return [
        _page(texts.page(document.id))
        if document.id in shown.whole and document.id in texts
        else _bare(document)
        for document in shown.documents
    ]


def _page(page: Page) -> dict[str, Any]:
    edges = [edge for segment in page.segments for edge in (segment.start, segment.end)]
    units = _utf16(page.text, edges)
    return {
        "id": page.id,
        "source": page.source,
        "url": page.url,
        "title": page.title or page.title_ar or "",
        "date": page.published,
        "language": page.language,
        "credits": [[credit.role, credit.name] for credit in page.credits],
        "categories": list(page.categories),
        "tags": list(page.tags),
        "warnings": list(page.warnings),
        "text": page.text,
        "segments": [[units[s.start], units[s.end], s.kind, s.reason] for s in page.segments],
    }


def _bare(document: Document) -> dict[str, Any]:
    """A source of the lexicon whose text is not at hand: a line of bitext."""
    return {
        "id": document.id,
        "source": document.source,
        "url": document.url,
        "title": document.source,
        "date": document.date,
        "language": document.language,
        "credits": [[credit.role, credit.name] for credit in document.credits],
        "categories": [],
        "tags": [],
        "warnings": [],
        "text": None,
        "segments": [],
        "line": place(document, None, 0)[1],
    }


def _utf16(text: str, positions: Iterable[int]) -> dict[int, int]:
    """Positions in code points as positions in UTF-16 units, which JavaScript counts in.

    >>> _utf16("a😀b", [1, 2, 3])
    {1: 1, 2: 3, 3: 4}
    """
    if len(text) == 0 or max(text) <= "\uffff":
        return {position: position for position in positions}
    found, last, units = {}, 0, 0
    for position in sorted(set(positions)):
        units += len(text[last:position].encode("utf-16-le", "surrogatepass")) // 2
        last = position
        found[position] = units
    return found
