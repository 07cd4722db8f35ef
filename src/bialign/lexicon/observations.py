"""What was observed, in the store: written once a source, read back in orders that never change."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Final, Literal, Self

from bialign.lexicon import stories
from bialign.lexicon.records import Link, Occurrence, Source
from bialign.lexicon.schema import connect, create, guarded
from bialign.model import Credit, EvidenceKind
from bialign.text.arabic import fold_arabic
from bialign.text.latin import latin_key

Script = Literal["en", "ar"]

#: Interned spellings kept in memory while adding.
_CACHED: Final = 200_000


def key_of(text: str, script: Script) -> str:
    """The comparison key of a spelling: the house's folding of its script."""
    return fold_arabic(text) if script == "ar" else latin_key(text)


def storable(text: str) -> str:
    """The text as SQLite can keep it: a lone surrogate, which no encoding has, becomes ``?``."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


class Observations:
    """The tables of sources, occurrences and links over one SQLite connection.

    Args:
        connection: from ``schema.connect``; a new private temporary database if left out.
        path: the file behind it, for errors.
    """

    def __init__(self, connection: sqlite3.Connection | None = None, path: str | None = None) -> None:
        self.connection = create() if connection is None else connection
        self.path = path
        self._numbers: dict[tuple[str, str], int] = {}

    @classmethod
    def open(cls, path: str, timeout: float = 30.0) -> Self:
        """The store in an existing file; see ``schema.connect`` for what is raised."""
        return cls(connect(path, timeout), path)

    def close(self) -> None:
        """Close the connection; a temporary database is gone then."""
        self.connection.close()

    def query(self, sql: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        """Rows of one statement, SQLite's errors as ``StoreError``."""
        with guarded(self.path):
            yield from self.connection.execute(sql, values)

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """As ``query``, all at once: faster for few rows."""
        with guarded(self.path):
            return self.connection.execute(sql, values).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, alone among writers; within another one it is part of that.

        Raises:
            StoreError: another process holds the file longer than the timeout, or the disk fails.
        """
        if self.connection.in_transaction:
            yield
            return
        with guarded(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                self._numbers.clear()
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def add(self, source: Source, occurrences: Iterable[Occurrence], links: Iterable[Link]) -> None:
        """Record what was observed on one source; a source seen before is replaced, not doubled."""
        with self.transaction():
            number = self._source(source)
            self.connection.executemany(
                "INSERT INTO occurrence (source, spelling, start, end, type, context, stands_for) "
                "VALUES (?,?,?,?,?,?,?)",
                [
                    (
                        number,
                        self.spelling(o.script, o.text),
                        o.start,
                        o.end,
                        o.type,
                        storable(o.context),
                        o.stands_for and storable(o.stands_for),
                    )
                    for o in occurrences
                ],
            )
            self.add_links(number, links)
            stories.keep(self.connection, number, source)

    def add_links(self, number: int, links: Iterable[Link]) -> None:
        """Record links of the source of that number."""
        self.connection.executemany(
            "INSERT INTO link (source, ar, en, kind, detail, probability) VALUES (?,?,?,?,?,?)",
            [
                (
                    number,
                    self.spelling("ar", k.ar),
                    self.spelling("en", k.en),
                    k.kind,
                    storable(k.detail),
                    k.probability,
                )
                for k in links
            ],
        )

    def _source(self, source: Source) -> int:
        """The number of an emptied or new row for ``source``."""
        makers = json.dumps([c.to_dict() for c in source.credits], ensure_ascii=False)
        facts = tuple(
            fact and storable(fact)
            for fact in (
                source.source,
                source.url,
                source.date,
                source.language,
                makers,
                source.outlet,
                source.section,
            )
        )
        name = storable(source.id)
        row = self.connection.execute("SELECT number FROM source WHERE id = ?", (name,)).fetchone()
        if row is None:
            cursor = self.connection.execute(
                "INSERT INTO source (id, source, url, date, language, credits, outlet, section) "
                "VALUES (?,?,?,?,?,?,?,?)",
                (name, *facts),
            )
            return int(cursor.lastrowid or 0)
        number = int(row[0])
        self.connection.execute("DELETE FROM occurrence WHERE source = ?", (number,))
        self.connection.execute("DELETE FROM link WHERE source = ?", (number,))
        self.connection.execute(
            "UPDATE source SET source=?, url=?, date=?, language=?, credits=?, outlet=?, section=? "
            "WHERE number = ?",
            (*facts, number),
        )
        return number

    def spelling(self, script: Script, text: str) -> int:
        """The number of a spelling, recorded if new."""
        text = storable(text)
        known = self._numbers.get((script, text))
        if known is not None:
            return known
        row = self.connection.execute(
            "SELECT number FROM spelling WHERE script = ? AND text = ?", (script, text)
        ).fetchone()
        if row is None:
            cursor = self.connection.execute(
                "INSERT INTO spelling (script, text, key) VALUES (?,?,?)",
                (script, text, key_of(text, script)),
            )
            row = (cursor.lastrowid,)
        if len(self._numbers) >= _CACHED:
            self._numbers.clear()
        self._numbers[script, text] = number = int(row[0])
        return number

    def sources(self) -> Iterator[Source]:
        """Every source, by id."""
        for row in self.query(
            "SELECT id, source, url, date, language, credits, outlet, section FROM source ORDER BY id"
        ):
            makers = tuple(Credit(**item) for item in json.loads(row[5]))
            yield Source(row[0], row[1], row[2], row[3], row[4], makers, row[6], row[7])

    def occurrences(self) -> Iterator[tuple[int, Occurrence]]:
        """Every occurrence with its row number, page by page (by id) and in text order."""
        for number, *fields in self.query(
            "SELECT o.number, s.id, w.script, w.text, o.start, o.end, o.type, o.context, o.stands_for "
            "FROM source s JOIN occurrence o ON o.source = s.number JOIN spelling w ON w.number = o.spelling "
            "ORDER BY s.id, o.start, o.end, w.script, w.text"
        ):
            yield number, Occurrence(*fields)

    def dated_occurrences(self) -> Iterator[tuple[Occurrence, str | None]]:
        """As ``occurrences``, each with the day its page was published instead of its row number."""
        for day, *fields in self.query(
            "SELECT s.date, s.id, w.script, w.text, o.start, o.end, o.type, o.context, o.stands_for "
            "FROM source s JOIN occurrence o ON o.source = s.number JOIN spelling w ON w.number = o.spelling "
            "ORDER BY s.id, o.start, o.end, w.script, w.text"
        ):
            yield Occurrence(*fields), day

    def ties(self) -> Iterator[tuple[str, str, int]]:
        """English spellings that stand for a fuller name of their page, with it and how often."""
        yield from self.query(
            # counted first: one pass over the occurrences, whatever plan the join gets
            "SELECT w.text, t.stands_for, t.times FROM (SELECT spelling, stands_for, count(*) AS times "
            "FROM occurrence WHERE stands_for IS NOT NULL GROUP BY spelling, stands_for) t "
            "CROSS JOIN spelling w ON w.number = t.spelling WHERE w.script = 'en' ORDER BY 1, 2"
        )

    def english_pages(self, texts: Iterable[str]) -> Iterator[tuple[str, str | None, str]]:
        """English spellings with what they stand for, where they do, and the pages on which they do."""
        yield from self.query(
            "SELECT DISTINCT w.text, o.stands_for, s.id FROM occurrence o "
            "CROSS JOIN spelling w ON w.number = o.spelling CROSS JOIN source s ON s.number = o.source "
            "WHERE o.spelling IN (SELECT number FROM spelling WHERE script = 'en' "
            "AND text IN (SELECT value FROM json_each(?)))",
            (json.dumps(sorted(texts)),),
        )

    def forms(self) -> Iterator[tuple[int, Script, str, str | None, int]]:
        """Of every occurrence its row number, script, spelling, what it stands for, its source's number."""
        yield from self.query(
            "SELECT o.number, w.script, w.text, o.stands_for, o.source FROM occurrence o "
            "JOIN spelling w ON w.number = o.spelling"
        )

    def numbers_of(self, pages: Iterable[str]) -> dict[int, str]:
        """The numbers of sources by which ``forms`` names them, with their ids."""
        asked = json.dumps(sorted(set(pages)))
        return dict(
            self.query("SELECT number, id FROM source WHERE id IN (SELECT value FROM json_each(?))", (asked,))
        )

    def link_pages(self) -> Iterator[tuple[str, str, EvidenceKind, str, float, str]]:
        """Every link, those that are the same but for their page together, then by page."""
        yield from self.query(
            "SELECT a.text, e.text, k.kind, k.detail, k.probability, s.id FROM link k "
            "JOIN source s ON s.number = k.source JOIN spelling a ON a.number = k.ar "
            "JOIN spelling e ON e.number = k.en ORDER BY 1, 2, 3, 4, 5, 6"
        )

    def links(self) -> Iterator[Link]:
        """Every link, page by page."""
        for row in self.query(
            "SELECT s.id, a.text, e.text, k.kind, k.detail, k.probability FROM link k "
            "JOIN source s ON s.number = k.source JOIN spelling a ON a.number = k.ar "
            "JOIN spelling e ON e.number = k.en ORDER BY s.id, a.text, e.text, k.kind, k.detail"
        ):
            yield Link(*row)

    def likely_links(self, least: float) -> Iterator[tuple[str, str, int]]:
        """Arabic and English spellings that links as likely as ``least`` join, and on how many pages."""
        yield from self.query(
            "SELECT a.text, e.text, k.pages FROM (SELECT ar, en, count(DISTINCT source) AS pages FROM link "
            "WHERE probability >= ? GROUP BY ar, en) k "
            "JOIN spelling a ON a.number = k.ar JOIN spelling e ON e.number = k.en ORDER BY a.text, e.text",
            (least,),
        )

    def pages_with(self, texts: Iterable[str]) -> Iterator[tuple[str, list[Occurrence], list[Link]]]:
        """What was observed of each page that has one of these English spellings."""
        spelled = json.dumps(sorted(texts))
        wanted = self.rows(
            "SELECT s.number, s.id FROM source s WHERE s.number IN (SELECT o.source FROM occurrence o "
            "WHERE o.spelling IN (SELECT number FROM spelling WHERE script = 'en' "
            "AND text IN (SELECT value FROM json_each(?)))) ORDER BY s.id",
            (spelled,),
        )
        for number, page in wanted:
            yield page, self._occurrences_of(number, page), self._links_of(number, page)

    def _occurrences_of(self, number: int, page: str) -> list[Occurrence]:
        return [
            Occurrence(page, *row)
            for row in self.query(
                "SELECT w.script, w.text, o.start, o.end, o.type, o.context, o.stands_for "
                "FROM occurrence o JOIN spelling w ON w.number = o.spelling "
                "WHERE o.source = ? ORDER BY o.number",
                (number,),
            )
        ]

    def _links_of(self, number: int, page: str) -> list[Link]:
        return [
            Link(page, *row)
            for row in self.query(
                "SELECT a.text, e.text, k.kind, k.detail, k.probability FROM link k "
                "JOIN spelling a ON a.number = k.ar JOIN spelling e ON e.number = k.en "
                "WHERE k.source = ? ORDER BY k.rowid",
                (number,),
            )
        ]

    def facts(self, numbers: Iterable[int]) -> Iterator[tuple[int, str, str, str]]:
        """For each of these occurrences its number, script, text and page."""
        for number in numbers:
            yield from self.query(
                "SELECT o.number, w.script, w.text, s.id FROM occurrence o "
                "JOIN spelling w ON w.number = o.spelling JOIN source s ON s.number = o.source "
                "WHERE o.number = ?",
                (number,),
            )

    def observations(self) -> Iterator[tuple[Source, list[Occurrence], list[Link]]]:
        """Everything observed, one source at a time."""
        for source in self.sources():
            [[number]] = self.query("SELECT number FROM source WHERE id = ?", (source.id,))
            occurrences = self._occurrences_of(number, source.id)
            links = self._links_of(number, source.id)
            yield replace(source, story=stories.story_of(self.connection, number)), occurrences, links
