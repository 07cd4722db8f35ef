"""The tables that hold entries: written from a resolution, read back as records."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import Any, Final, Literal

from bialign.files import dumps
from bialign.model import Entry, Evidence, Variant

#: Entries read at a time, so that their variants come with one query and memory stays small.
_BATCH: Final = 500


def write_entries(connection: sqlite3.Connection, entries: Iterable[Entry]) -> None:
    """Make the tables hold exactly these entries, touching only what differs."""
    old: dict[str, tuple[int, bytes]] = {
        entry_id: (number, digest)
        for entry_id, number, digest in connection.execute("SELECT id, number, digest FROM entry")
    }
    for entry in entries:
        digest = blake2b(dumps(entry).encode(), digest_size=16).digest()
        number, before = old.pop(entry.id, (None, b""))
        if before == digest:
            continue
        if number is not None:
            _remove(connection, number)
        _insert(connection, number, entry, digest)
    for number, _ in old.values():
        _remove(connection, number)


def _remove(connection: sqlite3.Connection, number: int) -> None:
    connection.execute("DELETE FROM variant WHERE entry = ?", (number,))
    connection.execute("DELETE FROM evidence WHERE entry = ?", (number,))
    connection.execute("DELETE FROM entry WHERE number = ?", (number,))


def _insert(connection: sqlite3.Connection, number: int | None, entry: Entry, digest: bytes) -> None:
    cursor = connection.execute(
        "INSERT INTO entry VALUES (?,?,?,?,?,?,?,?,?)",
        (
            number,
            entry.id,
            entry.ar,
            entry.type,
            entry.canonical,
            entry.canonical.casefold(),
            entry.probability,
            entry.status,
            digest,
        ),
    )
    number = cursor.lastrowid
    connection.executemany(
        "INSERT INTO variant VALUES (?,?,?,?,?,?,?,?,?)",
        [
            (number, i, v.text, v.count, v.pages, v.first, v.last, " ".join(v.differences), v.proposed)
            for i, v in enumerate(entry.variants)
        ],
    )
    connection.executemany(
        "INSERT INTO evidence VALUES (?,?,?,?,?)",
        [(number, i, e.kind, e.detail, e.source) for i, e in enumerate(entry.evidence)],
    )


def assign(connection: sqlite3.Connection, assigned: Iterable[tuple[int, str]]) -> None:
    """Say of every occurrence which entry it belongs to; those not named belong to none."""
    connection.execute("CREATE TEMP TABLE belongs (occurrence INTEGER PRIMARY KEY, entry INTEGER)")
    try:
        connection.executemany(
            "INSERT INTO belongs SELECT ?, number FROM entry WHERE id = ?",
            assigned,
        )
        connection.execute(
            "UPDATE occurrence SET entry = b.entry FROM (SELECT o.number, b.entry FROM occurrence o "
            "LEFT JOIN temp.belongs b ON b.occurrence = o.number WHERE o.entry IS NOT b.entry) b "
            "WHERE occurrence.number = b.number"
        )
    finally:
        connection.execute("DROP TABLE temp.belongs")


def write_forms(connection: sqlite3.Connection, spelling: Callable[[Literal["en", "ar"], str], int]) -> None:
    """Index the entries by every spelling they have, in both scripts.

    The count of an English spelling is its variant's, that of an Arabic one the times it was seen.
    """
    connection.execute("DELETE FROM form")
    connection.execute(
        "INSERT INTO form SELECT o.spelling, o.entry, count(*) FROM occurrence o "
        "JOIN spelling w ON w.number = o.spelling WHERE w.script = 'ar' AND o.entry IS NOT NULL GROUP BY 1, 2"
    )
    places: tuple[tuple[Literal["en", "ar"], str, str], ...] = (
        ("en", "text", "variant"),
        ("ar", "ar", "entry"),
    )
    for script, column, table in places:
        unknown = connection.execute(
            f"SELECT DISTINCT v.{column} FROM {table} v LEFT JOIN spelling w "  # noqa: S608  (the names above)
            f"ON w.script = ? AND w.text = v.{column} WHERE w.number IS NULL AND v.{column} IS NOT NULL",
            (script,),
        ).fetchall()
        for (text,) in unknown:
            spelling(script, text)
    connection.execute(
        "INSERT INTO form SELECT w.number, v.entry, v.count FROM variant v "
        "JOIN spelling w ON w.script = 'en' AND w.text = v.text"
    )
    connection.execute(
        "INSERT OR IGNORE INTO form SELECT w.number, e.number, 0 FROM entry e "
        "JOIN spelling w ON w.script = 'ar' AND w.text = e.ar"
    )


def read_entries(
    connection: sqlite3.Connection, where: str = "", values: Sequence[Any] = ()
) -> Iterator[Entry]:
    """Entries by canonical spelling (case folded), then id; ``where`` narrows them."""
    rows = connection.execute(
        f"SELECT number, id, ar, type, canonical, probability, status FROM entry {where} "  # noqa: S608  (the clauses are this package's own)
        "ORDER BY folded, id",
        values,
    )
    while batch := rows.fetchmany(_BATCH):
        numbers = [row[0] for row in batch]
        variants = _children(connection, "variant", numbers)
        evidence = _children(connection, "evidence", numbers)
        for number, entry_id, ar, kind, canonical, probability, status in batch:
            yield Entry(
                id=entry_id,
                ar=ar,
                type=kind,
                canonical=canonical,
                variants=tuple(
                    Variant(text, count, pages, first, last, tuple(differences.split()), bool(proposed))
                    for text, count, pages, first, last, differences, proposed in variants[number]
                ),
                probability=probability,
                evidence=tuple(Evidence(*row) for row in evidence[number]),
                status=status,
            )


def _children(
    connection: sqlite3.Connection, table: Literal["variant", "evidence"], numbers: list[int]
) -> dict[int, list[Any]]:
    marks = ",".join("?" * len(numbers))
    found: dict[int, list[Any]] = {number: [] for number in numbers}
    for entry, _, *row in connection.execute(
        f"SELECT * FROM {table} WHERE entry IN ({marks}) ORDER BY entry, position",  # noqa: S608  (a fixed table name and question marks)
        numbers,
    ):
        found[entry].append(row)
    return found
