"""Term lists and lists of accepted names, and what of them a translation holds."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import regex

from bialign.errors import InputError
from bialign.evaluation.inputs import load_lines
from bialign.evaluation.terms import (
    FORMS,
    EntityAccuracy,
    TermExactMatch,
    TermLines,
    TermScore,
    WindowOverlap,
)

#: Names of the two columns, where a list has a header; TICO-19's are among them.
_SOURCES: Final = ("sourceString", "source", "term")
_TARGETS: Final = ("targetString", "target", "translation")
_TOKEN: Final = regex.compile(r"[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]")


def load_terms(path: str | Path) -> dict[str, list[str]]:
    """Read a term list: source TAB target a line, or comma separated with a header (``.csv``).

    A term on several lines has several permitted targets. Blank lines and lines that begin with
    ``#`` are passed over, and so is a header.

    Raises:
        InputError: it cannot be read, a line has not two columns, or there is no term.
    """
    terms: dict[str, list[str]] = {}
    for place, source, target in _rows(str(path)):
        if not source or not target:
            raise InputError("not a term and its target", path=str(path), place=place, mend="term TAB target")
        terms.setdefault(source, []).append(target)
    if not terms:
        raise InputError("no term in the list", path=str(path), mend="term TAB target")
    return terms


def _rows(path: str) -> Iterator[tuple[str, str, str]]:
    lines = load_lines(path)
    comma = path.casefold().endswith(".csv")
    rows = csv.reader(lines) if comma else csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    columns = None
    for row in rows:
        place = f"line {rows.line_num}"
        if not any(cell.strip() for cell in row) or row[0].startswith("#"):
            continue
        if columns is None:
            columns = _columns(row)
            if columns:
                continue
            if comma:
                raise InputError(
                    "no header", path=path, place=place, mend=f"columns {_SOURCES[0]} and {_TARGETS[0]}"
                )
            columns = (0, 1)
        if len(row) <= max(columns) or (columns == (0, 1) and not comma and len(row) != 2):
            raise InputError("not a term and its target", path=path, place=place, mend="term TAB target")
        yield place, row[columns[0]].strip(), row[columns[1]].strip()


def _columns(row: Sequence[str]) -> tuple[int, int] | None:
    names = [cell.strip() for cell in row]
    source = next((names.index(name) for name in _SOURCES if name in names), None)
    target = next((names.index(name) for name in _TARGETS if name in names), None)
    return None if source is None or target is None else (source, target)


def term_scores(
    sources: Sequence[str],
    translations: Sequence[str],
    references: Sequence[str],
    terms: Mapping[str, Sequence[str]],
) -> tuple[TermScore, ...]:
    """Term exact match and the simple count in every form, then window overlap with two and three words.

    Raises:
        InputError: line counts differ.
    """
    counted = [
        measure.score(sources, translations, terms)
        for form in FORMS
        for measure in (TermExactMatch(form), TermLines(form))
    ]
    texts, wanted = map(tokenised, translations), map(tokenised, references)
    standing = terms_in(sources, references, terms)
    sides = list(texts), list(wanted)
    return (*counted, *(WindowOverlap(window).score(*sides, standing) for window in (2, 3)))


def tokenised(text: str) -> str:
    """Words and punctuation marks, apart by spaces.

    >>> tokenised("زار دمشق، وعاد.")
    'زار دمشق ، وعاد .'
    """
    return " ".join(_TOKEN.findall(text))


def terms_in(
    sources: Sequence[str], references: Sequence[str], terms: Mapping[str, Sequence[str]]
) -> list[list[str]]:
    """For every line the targets, as tokens, that its reference has of the terms in its source."""
    wanted: dict[str, list[str]] = {}
    for term, targets in terms.items():
        wanted.setdefault(term.casefold(), []).extend(map(tokenised, targets))
    found = regex.compile(r"(?<!\w)\L<terms>(?!\w)", terms=list(wanted))
    standing = []
    for source, reference in zip(sources, references, strict=True):
        met = [match.group() for match in found.finditer(source.casefold(), overlapped=True)]
        text = f" {tokenised(reference)} "
        standing.append([target for term in met for target in wanted[term] if f" {target} " in text])
    return standing


def entity_scores(translations: Sequence[str], accepted: Sequence[Sequence[str]]) -> tuple[TermScore, ...]:
    """M-ETA in every form, over the lines that have accepted names.

    Args:
        translations: line by line.
        accepted: names that a line's translation may hold; none: the line is not counted.

    Raises:
        InputError: line counts differ.
    """
    if len(translations) != len(accepted):
        raise InputError(f"{len(translations)} translations for {len(accepted)} lines of accepted names")
    predictions = {str(number): text for number, text in enumerate(translations)}
    mentions = {str(number): names for number, names in enumerate(accepted) if any(map(str.strip, names))}
    return tuple(EntityAccuracy(form).score(predictions, mentions) for form in FORMS)
