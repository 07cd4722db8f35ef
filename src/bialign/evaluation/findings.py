"""Findings: each departure from the usual or prescribed spelling of a name, where it stands."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from bialign.evaluation.another import is_another
from bialign.evaluation.classes import SHORTENED
from bialign.evaluation.classes import classes as classes_of
from bialign.evaluation.grouping import Document
from bialign.evaluation.levels import IntArray, key
from bialign.evaluation.sheet import Sheet
from bialign.evaluation.style import Prescription
from bialign.lexicon.records import Occurrence
from bialign.model import DIFFERENCES, Record

Severity = Literal["note", "warning", "error"]
SEVERITIES: Final[tuple[Severity, ...]] = ("note", "warning", "error")
#: Differences of typing; all others change letters, words or the name itself.
SLIGHT: Final = frozenset({"case", "spacing", "hyphen", "mark"})
_NUMBERED: Final = re.compile(r"(?P<path>.+)#(?P<line>\d+)\Z", re.DOTALL)
_SENTENCE_END: Final = re.compile(r"(?:^|[.!?:;\n\r–—-])[\s\"'“”‘’«»()\[\]]*\Z")


@dataclass(frozen=True, slots=True)
class Finding(Record):
    """One occurrence that is not spelled as its name usually is, or should be.

    Args:
        code: the gravest difference class.
        severity: ``error`` against a style list; ``warning`` where letters or words differ; ``note``
            for case, spacing, hyphens and marks, for abbreviations, for a name that may be another
            one (``different``), and where no spelling is the more frequent.
        path, line, column: where, from one; columns are code points of the line. Of HTML these
            are lines of the visible text.
        page, start, end: the page's id and the span in its untouched text.
        name, ar: the entry's id and Arabic.
        found, expected: the two spellings; the second is the suggestion.
        basis: ``usual`` or ``style``.
        differences: all classes.
        share: ``n of m`` occurrences that have the expected spelling.
        context: the text around it.
        joined: the probability that the occurrence belongs to the name, where likeness alone says
            so; null where the lexicon has the spelling.
    """

    code: str
    severity: Severity
    path: str
    line: int
    column: int
    page: str
    start: int
    end: int
    name: str
    ar: str | None
    found: str
    expected: str
    basis: Literal["usual", "style"]
    differences: tuple[str, ...]
    share: str
    context: str
    joined: float | None = None

    @property
    def message(self) -> str:
        """What is wrong, in one line."""
        of = f" for {self.ar}" if self.ar else ""
        wanted = (
            f"the style list has '{self.expected}'"
            if self.basis == "style"
            else f"usually '{self.expected}' ({self.share})"
        )
        by = "" if self.joined is None else f"; joined by likeness, probability {self.joined:.2f}"
        return f"'{self.found}'{of}, {wanted}{by}"


def find(
    sheet: Sheet, level: str = "written", style: Mapping[str, Prescription] | None = None
) -> Iterator[Finding]:
    """The departures, in reading order.

    Not departures: a short form that stands for a fuller name on the same page, a shorter or
    longer form where the same document has the expected one too, a name in full where the usual
    spelling is short, a capital that only opens a sentence, what is another thing (``another``),
    and wholly different names of which none is the more frequent.

    Args:
        sheet: the occurrences.
        level: spellings that are equal at this strictness level are no departure.
        style: the prescription of entries by id; an entry without one is held to its usual
            spelling.
    """
    style = style or {}
    entries = list(sheet.gathered.entries.values())
    expected = [
        style[entry.id].en if entry.id in style else sheet.text(int(usual))
        for entry, usual in zip(entries, sheet.usual.tolist(), strict=True)
    ]
    codes: dict[str, int] = {}
    wanted, spelled = (
        np.array([codes.setdefault(key(text, level), len(codes)) for text in texts], dtype=np.int64)
        for texts in (expected, sheet.spellings)
    )
    uses = sheet.uses
    code_of = spelled[uses.spelling]
    departs = code_of != wanted[uses.name] if len(uses) else np.zeros(0, dtype=np.bool_)
    at = np.flatnonzero(departs)
    beside = np.isin(_both(uses.name, uses.document)[at], _both(uses.name, uses.document)[~departs])
    rights = np.bincount(uses.name[~departs], minlength=uses.names)
    _, same, times = np.unique(_both(uses.name, code_of)[at], return_inverse=True, return_counts=True)
    as_often = times[same] >= rights[uses.name[at]]
    totals = sheet.written.totals().tolist()
    documents = sheet.gathered.documents
    departing = itertools.compress(sheet.gathered.uses, departs.tolist())
    columns = (uses.name[at], uses.document[at], beside, as_often)
    for (_, use), name, number, in_full, alike in zip(
        departing, *(column.tolist() for column in columns), strict=True
    ):
        classes = classes_of(entries[name], expected[name], use.text)
        prescribed = entries[name].id in style
        if _is_length(use, expected[name], classes, in_full=in_full, prescribed=prescribed):
            continue
        text = sheet.gathered.texts.get(use.page)
        if _opens_sentence(use, text, expected[name]):
            continue
        if not prescribed and is_another(use.text, expected[name], classes):
            continue
        code = max(classes, key=DIFFERENCES.index)
        if alike and code == "different" and not prescribed:
            continue
        slight = SLIGHT.issuperset(classes) or code in ("different", "abbreviation") or alike
        path, line, column = place(documents[number], text, use.start)
        yield Finding(
            code=code,
            severity="error" if prescribed else "note" if slight else "warning",
            path=path,
            line=line,
            column=column,
            page=use.page,
            start=use.start,
            end=use.end,
            name=entries[name].id,
            ar=entries[name].ar,
            found=use.text,
            expected=expected[name],
            basis="style" if prescribed else "usual",
            differences=classes,
            share=f"{rights[name]} of {totals[name]}",
            context=use.context,
            joined=sheet.gathered.likened.get((use.page, use.start)),
        )


def _both(left: IntArray, right: IntArray) -> IntArray:
    """Two columns as one, equal where both are."""
    return left * (int(right.max(initial=0)) + 1) + right


def _is_length(
    use: Occurrence, expected: str, classes: tuple[str, ...], *, in_full: bool, prescribed: bool
) -> bool:
    """Whether only the length differs: in full, or short where the document has the name in full."""
    if use.stands_for is not None and not {*SHORTENED, "different"}.isdisjoint(classes):
        return True
    if not SHORTENED.issuperset(classes):
        return False
    return in_full or (len(use.text) > len(expected) and not prescribed)


def _opens_sentence(use: Occurrence, text: str | None, expected: str) -> bool:
    """Whether the spelling differs by a capital only, and stands where a sentence begins."""
    if use.text[:1].lower() + use.text[1:] != expected:
        return False
    before = use.context.partition(use.text)[0] if text is None else text[max(0, use.start - 20) : use.start]
    return bool(_SENTENCE_END.search(before))


def place(document: Document, text: str | None, start: int) -> tuple[str, int, int]:
    """Path, line and column (from one) of a position in a document.

    A document that is itself a line, ``FILE#line``, is that line. Only LF, CR LF and CR end a
    line, as in editors.
    """
    numbered = _NUMBERED.match(document.source)
    if numbered:
        return numbered["path"], int(numbered["line"]), start + 1
    if text is None:
        return document.source, 1, start + 1
    inside = text[:start]
    begin = max(inside.rfind("\n"), inside.rfind("\r")) + 1
    lines = inside.count("\n") + inside.count("\r") - inside.count("\r\n")
    return document.source, lines + 1, start - begin + 1
