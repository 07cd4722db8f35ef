"""Which entry a spelling belongs to, where the lexicon has not seen the page."""

from __future__ import annotations

from collections.abc import Iterable

from bialign.evaluation.levels import LEVELS, key
from bialign.model import Entry


class Speller:
    """Finds the entry of a spelling, by the strictest level at which one fits.

    At ``written`` an ambiguous spelling goes to the entry that has it most often; at the looser
    levels it goes to none, as the key alone cannot tell. A spelling that fits at no level belongs
    to no entry: without its Arabic, likeness does not tell a variant from another name.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        rated = [(variant.text, variant.count, entry.id) for entry in entries for variant in entry.variants]
        rated.sort(key=lambda item: (-item[1], item[2]))
        self._rated = rated
        self._tables: dict[str, dict[str, str | None]] = {}
        self._known: dict[str, str | None] = {}

    def entry(self, text: str) -> str | None:
        """The id of the entry that ``text`` names, or null."""
        if text not in self._known:
            self._known[text] = self._find(text)
        return self._known[text]

    def _find(self, text: str) -> str | None:
        for level in LEVELS:
            folded, table = key(text, level), self._table(level)
            if folded in table:
                return table[folded]
        return None

    def _table(self, level: str) -> dict[str, str | None]:
        if level not in self._tables:
            table: dict[str, str | None] = {}
            for text, _, name in self._rated:
                folded = key(text, level)
                if table.setdefault(folded, name) != name and level != "written":
                    table[folded] = None
            self._tables[level] = table
        return self._tables[level]
