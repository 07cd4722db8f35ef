"""Entries as tables, one spelling a row: TSV (nothing lost) and CSV for spreadsheets.

The same columns serve both. Rows of one entry repeat its own columns, so that a row can be
filtered and sorted alone; its evidence, as JSON, stands on its first row only.
"""

from __future__ import annotations

import csv
import itertools
import json
import re
from collections.abc import Iterable, Iterator
from typing import IO, Any, Final

from bialign.errors import InputError
from bialign.lexicon.exchange import pairs
from bialign.lexicon.exchange.reading import checked, open_text
from bialign.model import Entry

COLUMNS: Final = (
    "id",
    "ar",
    "type",
    "canonical",
    "text",
    "count",
    "pages",
    "first",
    "last",
    "differences",
    "proposed",
    "probability",
    "status",
    "evidence",
)
_INTO: Final = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_OUT_OF: Final = {"\\\\": "\\", "\\t": "\t", "\\n": "\n", "\\r": "\r"}
#: A cell that a spreadsheet would run as a formula (OWASP, CSV injection), quoted or not yet.
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def rows(entries: Iterable[Entry]) -> Iterator[tuple[Any, ...]]:
    """The rows of the table, values of ``COLUMNS``; null is None."""
    for entry in entries:
        evidence: str | None = json.dumps([e.to_dict() for e in entry.evidence], ensure_ascii=False)
        for v in entry.variants:
            yield (
                entry.id,
                entry.ar,
                entry.type,
                entry.canonical,
                v.text,
                v.count,
                v.pages,
                v.first,
                v.last,
                " ".join(v.differences),
                int(v.proposed),
                entry.probability,
                entry.status,
                evidence,
            )
            evidence = None


def write_tsv(entries: Iterable[Entry], out: IO[str]) -> int:
    r"""Tab-separated, a header line, no quoting; tab, line ends and backslash as ``\t \n \r \\``."""
    ids = set()
    out.write("\t".join(COLUMNS) + "\n")
    for row in rows(entries):
        ids.add(row[0])
        out.write("\t".join("" if cell is None else str(cell).translate(_INTO) for cell in row) + "\n")
    return len(ids)


def write_csv(entries: Iterable[Entry], out: IO[str]) -> int:
    """Comma-separated (RFC 4180) with a byte order mark, which spreadsheets need to see UTF-8.

    A cell that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    ids = set()
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows(entries):
        ids.add(row[0])
        writer.writerow(
            f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell for cell in row
        )
    return len(ids)


def read_tsv(path: str) -> Iterator[Entry]:
    """Entries of a TSV file: our own columns, or any with ``ar`` and ``en`` among them.

    Raises:
        InputError: the file cannot be read, columns are missing, or a row is wrong.
    """
    with open_text(path) as lines:
        cells = (
            [re.sub(r"\\[\\tnr]", lambda m: _OUT_OF[m[0]], cell) for cell in line.rstrip("\r\n").split("\t")]
            for line in lines
        )
        yield from _read(enumerate(cells, 1), path)


def read_csv(path: str) -> Iterator[Entry]:
    """Entries of a CSV file: our own columns, or any with ``ar`` and ``en`` among them.

    Cells are parted by commas, or by semicolons as spreadsheets do where the comma is decimal.

    Raises:
        InputError: the file cannot be read, columns are missing, or a row is wrong.
    """
    with open_text(path) as lines:
        header = next(lines, "")
        delimiter = ";" if header.count(";") > header.count(",") else ","
        reader = csv.reader(itertools.chain([header], lines), delimiter=delimiter)
        try:
            yield from _read(
                (
                    (reader.line_num, [c[1:] if c[:1] == "'" and _FORMULA.match(c) else c for c in row])
                    for row in reader
                ),
                path,
            )
        except csv.Error as error:
            raise InputError(f"not CSV: {error}", path=path, place=f"line {reader.line_num}") from error


def _read(numbered: Iterator[tuple[int, list[str]]], path: str) -> Iterator[Entry]:
    _, header = next(numbered, (0, []))
    names = [name.strip() for name in header]
    records = _records(numbered, names, path)
    if set(COLUMNS) <= set(names):
        yield from checked(_own(records, path), path)
    else:
        yield from pairs.gather(pairs.rows(names, records, path), path)


def _records(
    numbered: Iterator[tuple[int, list[str]]], names: list[str], path: str
) -> Iterator[tuple[int, dict[str, str]]]:
    for number, cells in numbered:
        if not any(cells):
            continue
        if len(cells) != len(names):
            raise InputError(
                f"{len(cells)} columns, the header has {len(names)}", path=path, place=f"line {number}"
            )
        yield number, dict(zip(names, cells, strict=True))


def _own(records: Iterator[tuple[int, dict[str, str]]], path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Our own rows back to the JSON form of entries, each with its place.

    Rows of one entry are found by its id, so that a table sorted another way is still read.
    """
    entries: dict[str, tuple[str, dict[str, Any]]] = {}
    for number, row in records:
        place = f"line {number}"
        try:
            facts = {
                **{name: row[name] for name in ("id", "type", "canonical", "status")},
                "ar": row["ar"] or None,
                "probability": float(row["probability"]),
            }
            evidence = json.loads(row["evidence"] or "[]")
            counts = {name: int(row[name]) for name in ("count", "pages")}
        except (ValueError, RecursionError) as error:
            raise InputError(str(error), path=path, place=place, mend="see docs/formats.md") from error
        first, entry = entries.setdefault(row["id"], (place, {**facts, "evidence": [], "variants": []}))
        if first != place and any(entry[name] != value for name, value in facts.items()):
            raise InputError(
                f"the id {row['id']!r} a second time, for another name",
                path=path,
                place=place,
                mend=f"it is that of {first}",
            )
        entry["evidence"] = entry["evidence"] or evidence
        entry["variants"].append(
            {
                "text": row["text"],
                **counts,
                "first": row["first"] or None,
                "last": row["last"] or None,
                "differences": row["differences"].split(),
                "proposed": row["proposed"] == "1",
            }
        )
    yield from entries.values()
