"""Suppressions: findings that a person has looked at and wants to hear of no more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from bialign.errors import InputError
from bialign.evaluation.findings import Finding
from bialign.evaluation.inputs import load_lines
from bialign.model import DIFFERENCES


@dataclass(frozen=True, slots=True)
class Suppression:
    """One line of a suppression file: code, spelling and path, each ``*`` for any.

    Args:
        code: a difference class.
        spelling, path: patterns with ``*`` and ``?``.
        place: ``line N`` of the file.
    """

    code: str
    spelling: str
    path: str
    place: str

    def covers(self, finding: Finding) -> bool:
        """Whether this silences the finding."""
        return (
            self.code in ("*", finding.code)
            and fnmatchcase(finding.found, self.spelling)
            and fnmatchcase(finding.path, self.path)
        )


def load_suppressions(path: str | Path) -> tuple[Suppression, ...]:
    """Read a suppression file: ``CODE TAB SPELLING TAB PATH  # why`` a line.

    Columns left out at the end are ``*``; what follows ``#`` is a comment.

    Raises:
        InputError: it cannot be read, a code is not known, or a line has more columns.
    """
    found = []
    for number, line in enumerate(load_lines(path), 1):
        columns = [column.strip() for column in line.partition("#")[0].rstrip().split("\t")]
        if columns == [""]:
            continue
        place = f"line {number}"
        if len(columns) > 3 or columns[0] not in ("*", *DIFFERENCES):
            raise InputError(
                f"not a suppression: {line.strip()!r}",
                path=str(path),
                place=place,
                mend=f"CODE TAB SPELLING TAB PATH, CODE one of * {' '.join(DIFFERENCES)}",
            )
        code, spelling, where = ((*columns, "", "")[index] or "*" for index in range(3))
        found.append(Suppression(code, spelling, where, place))
    return tuple(found)


def suppress(
    findings: Iterable[Finding], suppressions: Iterable[Suppression]
) -> tuple[tuple[Finding, ...], tuple[Suppression, ...]]:
    """Leave out what is suppressed.

    Returns:
        The findings that remain, and the suppressions that covered none.
    """
    wanted, used, kept = tuple(suppressions), set[int](), []
    for finding in findings:
        covering = [number for number, item in enumerate(wanted) if item.covers(finding)]
        used.update(covering)
        if not covering:
            kept.append(finding)
    return tuple(kept), tuple(item for number, item in enumerate(wanted) if number not in used)
