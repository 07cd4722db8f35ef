"""Findings as text for editors, JSON lines, SARIF 2.1.0 and a table."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import quote

from bialign.evaluation.findings import Finding
from bialign.evaluation.measures import VERSION
from bialign.files import dumps

#: What each difference class means, for people and for SARIF's rules.
MEANINGS: Final[Mapping[str, str]] = {
    "case": "The spellings differ in capital letters.",
    "spacing": "The spellings differ in spaces.",
    "hyphen": "The spellings differ in hyphens.",
    "mark": "The spellings differ in apostrophes or diacritics.",
    "article": "The spellings differ in the article (al-, el-, ash-, none).",
    "vowel": "The spellings differ in vowels.",
    "consonant": "The spellings differ in consonants.",
    "ending": "The spellings differ in the ending (-a, -ah, -eh).",
    "expansion": "One spelling has a part that the other drops.",
    "abbreviation": "One spelling abbreviates the other.",
    "translation": "One spelling is translated, the other transliterated.",
    "different": "The spellings are different names.",
}
SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def as_text(findings: Iterable[Finding]) -> str:
    """One line each, ``file:line:column: code message``, which editors and CI can jump to."""
    return "".join(
        f"{_printable(finding.path)}:{finding.line}:{finding.column}: {finding.code} "
        f"{_printable(finding.message)}\n"
        for finding in findings
    )


def as_jsonl(findings: Iterable[Finding]) -> str:
    """One JSON object a line: the record and its message."""
    return "".join(f"{dumps(finding.to_dict() | {'message': finding.message})}\n" for finding in findings)


def as_table(findings: Iterable[Finding]) -> str:
    """Tab separated with a header line, for a spreadsheet."""
    names = ("path", "line", "column", "severity", "code", "ar", "found", "expected", "basis", "share")
    rows = [names, *([str(getattr(item, name) or "") for name in names] for item in findings)]
    return "".join("\t".join(_printable(cell) for cell in row) + "\n" for row in rows)


def as_sarif(findings: Iterable[Finding]) -> str:
    """A SARIF 2.1.0 log (OASIS standard), one run, each finding with its fix."""
    run = {
        "tool": {
            "driver": {
                "name": "bialign",
                "version": VERSION,
                "rules": [
                    {"id": code, "shortDescription": {"text": meaning}} for code, meaning in MEANINGS.items()
                ],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding) for finding in findings],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1) + "\n"


def _result(finding: Finding) -> dict[str, Any]:
    where = {"uri": quote(PurePath(finding.path).as_posix())}
    region: dict[str, int] = {"startLine": finding.line, "startColumn": finding.column}
    length = finding.end - finding.start
    if length == len(finding.found):  # on one line, as written
        region["endColumn"] = finding.column + length
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": list(MEANINGS).index(finding.code),
        "level": finding.severity,
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": {"artifactLocation": where, "region": region}}],
    }
    if "endColumn" in region:
        replacement = {"deletedRegion": region, "insertedContent": {"text": finding.expected}}
        result["fixes"] = [
            {
                "description": {"text": f"Write '{finding.expected}'"},
                "artifactChanges": [{"artifactLocation": where, "replacements": [replacement]}],
            }
        ]
    return result


def _printable(text: str) -> str:
    """Control characters, tabs and line ends among them, as a space: a finding is one line."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


#: By the name the command line gives.
FORMATS: Final[Mapping[str, Callable[[Iterable[Finding]], str]]] = {
    "text": as_text,
    "jsonl": as_jsonl,
    "sarif": as_sarif,
    "table": as_table,
}
