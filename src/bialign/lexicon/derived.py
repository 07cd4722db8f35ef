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


def write_entries(
    connection: sqlite3.Connection, entries: Iterable[Entry], instead: Sequence[str] | None = None
) -> None:
    """Make the tables hold exactly these entries, touching only what differs.

    Args:
        connection: the lexicon's.
        entries: ids unique.
        instead: the ids of the entries they take the place of; all there are if left out.
    """
    where = "" if instead is None else f"WHERE id IN ({_marks(instead)})"
    old: dict[str, tuple[int, bytes]] = {
        entry_id: (number, digest)
        for entry_id, number, digest in connection.execute(
            f"SELECT id, number, digest FROM entry {where}",  # noqa: S608  (question marks only)
            instead or (),
        )
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


def reassign(connection: sqlite3.Connection, assigned: Iterable[tuple[int, str]]) -> None:
    """Say of these occurrences only which entry they belong to."""
    connection.executemany(
        "UPDATE occurrence SET entry = (SELECT number FROM entry WHERE id = ?2) WHERE number = ?1", assigned
    )


def numbers_of(connection: sqlite3.Connection, ids: Sequence[str]) -> list[int]:
    """The row numbers of the entries of these ids that there are."""
    rows = connection.execute(f"SELECT number FROM entry WHERE id IN ({_marks(ids)})", ids)  # noqa: S608  (question marks only)
    return [number for (number,) in rows]


def write_forms(
    connection: sqlite3.Connection,
    spelling: Callable[[Literal["en", "ar"], str], int],
    among: Sequence[int] | None = None,
) -> None:
    """Index the entries by every spelling they have, in both scripts.

    The count of an English spelling is its variant's, that of an Arabic one the times it was seen.

    Args:
        connection: the lexicon's.
        spelling: gives the number of a spelling.
        among: row numbers of the entries to index, or to drop if there are none; all if left out.
    """
    values = among or ()

    def within(column: str) -> str:
        return "" if among is None else f"AND {column} IN ({_marks(among)})"

    connection.execute(f"DELETE FROM form WHERE 1 {within('entry')}", values)  # noqa: S608  (question marks only)
    connection.execute(
        "INSERT INTO form SELECT o.spelling, o.entry, count(*) FROM occurrence o "  # noqa: S608  (question marks only)
        "JOIN spelling w ON w.number = o.spelling WHERE w.script = 'ar' AND o.entry IS NOT NULL "
        f"{within('o.entry')} GROUP BY 1, 2",
        values,
    )
    places: tuple[tuple[Literal["en", "ar"], str, str, str], ...] = (
        ("en", "text", "variant", "entry"),
        ("ar", "ar", "entry", "number"),
    )
    for script, column, table, number in places:
        unknown = connection.execute(
            f"SELECT DISTINCT v.{column} FROM {table} v LEFT JOIN spelling w "  # noqa: S608  (the names above)
            f"ON w.script = '{script}' AND w.text = v.{column} "
            f"WHERE w.number IS NULL AND v.{column} IS NOT NULL {within('v.' + number)}",
            values,
        ).fetchall()
        for (text,) in unknown:
            spelling(script, text)
    connection.execute(
        "INSERT INTO form SELECT w.number, v.entry, v.count FROM variant v "  # noqa: S608  (question marks only)
        f"JOIN spelling w ON w.script = 'en' AND w.text = v.text WHERE 1 {within('v.entry')}",
        values,
    )
    connection.execute(
        "INSERT OR IGNORE INTO form SELECT w.number, e.number, 0 FROM entry e "  # noqa: S608  (question marks only)
        f"JOIN spelling w ON w.script = 'ar' AND w.text = e.ar WHERE 1 {within('e.number')}",
        values,
    )


def count_grams(connection: sqlite3.Connection) -> None:
    """Count how many spellings have each trigram: counting when looking up would take too long."""
    connection.execute("DELETE FROM gram")
    connection.execute("INSERT INTO gram SELECT term, doc FROM spelling_gram")


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


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
    found: dict[int, list[Any]] = {number: [] for number in numbers}
    for entry, _, *row in connection.execute(
        f"SELECT * FROM {table} WHERE entry IN ({_marks(numbers)}) ORDER BY entry, position",  # noqa: S608  (a fixed table name and question marks)
        numbers,
    ):
        found[entry].append(row)
    return found
