"""Occurrences in reading order, on disk rather than in memory, since they grow with the corpus."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from bialign.evaluation.grouping import Document
from bialign.lexicon.observations import storable
from bialign.lexicon.records import Occurrence
from bialign.lexicon.schema import guarded

#: An entry's id and an occurrence of it.
Use = tuple[str, Occurrence]

_COLUMNS: Final = "document, start, end, name, text, type, context, stands_for"


class OrderedUses(Collection[Use]):
    """English occurrences with their entries, by document and place, read as often as wanted.

    They lie in a temporary database of which SQLite keeps a few megabytes in memory.

    Args:
        documents: in reading order.
        uses: in any order; those of one document and place stay in theirs.

    Raises:
        StoreError: the temporary folder is full.
    """

    def __init__(self, documents: Sequence[Document], uses: Iterable[Use]) -> None:
        self._documents = documents
        numbers = {document.id: number for number, document in enumerate(documents)}
        with guarded(None):
            self._database = sqlite3.connect("", isolation_level=None)
            self._database.execute(f"CREATE TABLE came ({_COLUMNS})")
            self._database.execute("BEGIN")
            rows = (_row(numbers[use.page], name, use) for name, use in uses)
            self._database.executemany("INSERT INTO came VALUES (?,?,?,?,?,?,?,?)", rows)
            # in the order of reading, so that a plain scan gives it
            self._database.execute(
                f"CREATE TABLE use AS SELECT {_COLUMNS} FROM came ORDER BY document, start, rowid"  # noqa: S608  (the names above)
            )
            self._database.execute("DROP TABLE came")
            self._database.execute("COMMIT")
            [self._size] = self._database.execute("SELECT count(*) FROM use").fetchone()

    def __len__(self) -> int:
        return int(self._size)

    def __iter__(self) -> Iterator[Use]:
        with guarded(None):
            for document, start, end, name, text, kind, context, stands_for in self._database.execute(
                "SELECT * FROM use ORDER BY rowid"
            ):
                page = self._documents[document].id
                yield name, Occurrence(page, "en", text, start, end, kind, context, stands_for)

    def __contains__(self, item: object) -> bool:
        return any(use == item for use in self)


def _row(document: int, name: str, use: Occurrence) -> tuple[int | str | None, ...]:
    full = use.stands_for and storable(use.stands_for)
    return document, use.start, use.end, name, storable(use.text), use.type, storable(use.context), full
