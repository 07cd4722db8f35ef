"""The lexicon's store: observations and decisions in SQLite, and the entries made of them.

What was observed (sources, occurrences, links), what was given (imported entries) and what
people decided is kept for good; entries are derived from it and can be replaced at any time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bialign.errors import StoreError
from bialign.files import dumps
from bialign.lexicon import derived
from bialign.lexicon.decisions import Decision
from bialign.lexicon.observations import Observations, Script, key_of, storable
from bialign.lexicon.records import Occurrence
from bialign.lexicon.schema import guarded
from bialign.model import Entry

__all__ = ["Resolution", "Script", "Store", "key_of", "storable"]


#: What ``stats`` counts.
_COUNTED: Final = {
    "names": "SELECT count(*) FROM entry",
    "names_with_arabic": "SELECT count(*) FROM entry WHERE ar IS NOT NULL",
    "names_spelled_in_more_than_one_way": "SELECT count(*) FROM (SELECT 1 FROM variant WHERE count > 0 "
    "GROUP BY entry HAVING count(*) > 1)",
    "spellings": "SELECT count(*) FROM variant WHERE count > 0",
    "proposed_spellings": "SELECT count(*) FROM variant WHERE proposed",
    "english_occurrences": "SELECT coalesce(sum(count), 0) FROM variant",
    "persons": "SELECT count(*) FROM entry WHERE type = 'person'",
    "places": "SELECT count(*) FROM entry WHERE type = 'place'",
    "organisations": "SELECT count(*) FROM entry WHERE type = 'organisation'",
    "others": "SELECT count(*) FROM entry WHERE type = 'other'",
    "accepted": "SELECT count(*) FROM entry WHERE status = 'accepted'",
    "rejected": "SELECT count(*) FROM entry WHERE status = 'rejected'",
    "sources": "SELECT count(*) FROM source",
    "decisions": "SELECT count(*) FROM decision",
}


@dataclass(frozen=True, slots=True)
class Resolution:
    """What the observations come to: the entries, and which occurrence belongs to which.

    Args:
        entries: every entry, ids unique.
        assigned: ``(occurrence number, entry id)``, to be gone through more than once; an occurrence
            left out belongs to none.
    """

    entries: list[Entry]
    assigned: Iterable[tuple[int, str]]


class Store(Observations):
    """Everything one lexicon keeps: what was observed, given and decided, and the entries.

    Args:
        connection: from ``schema.connect``; a new private temporary database if left out.
        path: the file behind it, for errors.
    """

    # --- given entries and decisions

    def give(self, origin: str, entries: Iterable[Entry]) -> int:
        """Record entries that came ready made; what ``origin`` gave before is replaced."""
        with self.transaction():
            self.connection.execute("DELETE FROM given WHERE origin = ?", (origin,))
            return self.connection.executemany(
                "INSERT INTO given VALUES (?,?,?)",
                ((origin, position, dumps(entry)) for position, entry in enumerate(entries)),
            ).rowcount

    def given(self) -> Iterator[tuple[str, Entry]]:
        """Every given entry with its origin, in the order of their origins."""
        for origin, text in self.query("SELECT origin, entry FROM given ORDER BY origin, position"):
            yield origin, Entry.from_dict(json.loads(text))

    def decide(self, decision: Decision) -> None:
        """Record a decision; the same one twice is one."""
        with self.transaction():
            self.connection.execute(
                "INSERT OR IGNORE INTO decision (action, subject, object, who, decided, note) "
                "VALUES (?,?,?,?,?,?)",
                decision.to_row(),
            )

    def decisions(self) -> Iterator[Decision]:
        """Every decision, oldest first."""
        for row in self.query(
            "SELECT action, subject, object, who, decided, note FROM decision "
            "ORDER BY decided, action, subject, object, who"
        ):
            yield Decision.from_row(row)

    def setting(self, name: str) -> str | None:
        """A choice of the user, null if none was made."""
        return next(
            (value for (value,) in self.query("SELECT value FROM setting WHERE name = ?", (name,))), None
        )

    def set(self, name: str, value: str) -> None:
        """Keep a choice of the user."""
        with self.transaction():
            self.connection.execute("INSERT OR REPLACE INTO setting VALUES (?,?)", (name, value))

    def absorb(self, other: Store) -> None:
        """Add everything another store observed, was given and had decided."""
        with self.transaction():
            for source, occurrences, links in other.observations():
                self.add(source, occurrences, links)
            by_origin: dict[str, list[Entry]] = {}
            for origin, entry in other.given():
                by_origin.setdefault(origin, []).append(entry)
            for origin, entries in by_origin.items():
                self.give(origin, entries)
            for decision in other.decisions():
                self.decide(decision)

    # --- entries

    def replace(self, resolution: Resolution) -> None:
        """Let these be the entries; those that did not change are not written again.

        Raises:
            StoreError: the file is locked or the disk fails; the old entries stand then.
        """
        with self.transaction():
            derived.write_entries(self.connection, resolution.entries)
            derived.assign(self.connection, resolution.assigned)
            derived.write_forms(self.connection, self.spelling)
            derived.count_grams(self.connection)

    def amend(self, old: Sequence[str], resolution: Resolution) -> None:
        """Put entries and their occurrences in the place of those of the ids ``old``; the rest stays."""
        with self.transaction():
            before = derived.numbers_of(self.connection, old)
            derived.write_entries(self.connection, resolution.entries, old)
            derived.reassign(self.connection, resolution.assigned)
            after = derived.numbers_of(self.connection, [entry.id for entry in resolution.entries])
            derived.write_forms(self.connection, self.spelling, list({*before, *after}))

    def assigned(self, entry_id: str) -> list[tuple[int, str]]:
        """The occurrences that belong to an entry: their numbers, each with its id."""
        return self.rows(
            "SELECT o.number, e.id FROM entry e JOIN occurrence o ON o.entry = e.number WHERE e.id = ?",
            (entry_id,),
        )

    def entries(self) -> Iterator[Entry]:
        """Every entry by canonical spelling (case folded), then id."""
        with guarded(self.path):
            yield from derived.read_entries(self.connection)

    def entry(self, entry_id: str) -> Entry | None:
        """One entry, or null."""
        with guarded(self.path):
            return next(derived.read_entries(self.connection, "WHERE id = ?", (entry_id,)), None)

    def numbered(self, numbers: Sequence[int]) -> dict[int, Entry]:
        """Entries by their row numbers (as in the ``form`` and ``occurrence`` tables)."""
        marks = ",".join("?" * len(numbers))
        with guarded(self.path):
            ids = dict(
                self.connection.execute(
                    f"SELECT id, number FROM entry WHERE number IN ({marks})",  # noqa: S608  (question marks only)
                    numbers,
                ).fetchall()
            )
            found = derived.read_entries(self.connection, f"WHERE number IN ({marks})", numbers)
            return {ids[entry.id]: entry for entry in found}

    def stats(self) -> dict[str, int]:
        """How much of everything there is, by a name of it."""
        return {name: int(row[0]) for name, sql in _COUNTED.items() for row in self.query(sql)}

    def check(self) -> None:
        """Read the whole file.

        Raises:
            StoreError: a page of it, or an index, is damaged.
        """
        [[answer], *_] = list(self.query("PRAGMA integrity_check(1)"))
        if answer != "ok":
            raise StoreError(
                f"damaged: {answer}", path=self.path, mend="restore a copy, or build it again from its pages"
            )

    def placed(
        self, entry_id: str | None = None, script: Script | None = None
    ) -> Iterator[tuple[str, Occurrence]]:
        """Occurrences that belong to an entry, page by page, each with the entry's id."""
        conditions, values = ["1"], []
        for condition, value in (("e.id = ?", entry_id), ("w.script = ?", script)):
            if value is not None:
                conditions.append(condition)
                values.append(value)
        for row in self.query(
            "SELECT e.id, s.id, w.script, w.text, o.start, o.end, o.type, o.context, o.stands_for "  # noqa: S608  (the conditions above)
            "FROM occurrence o JOIN entry e ON e.number = o.entry JOIN source s ON s.number = o.source "
            f"JOIN spelling w ON w.number = o.spelling WHERE {' AND '.join(conditions)} "
            "ORDER BY s.id, o.start, o.end, w.script",
            values,
        ):
            yield row[0], Occurrence(*row[1:])
