"""Which entry a spelling belongs to, where the lexicon has not seen the page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Final

from bialign.evaluation.levels import LEVELS, key
from bialign.evaluation.likeness import is_short, is_word
from bialign.model import Entry

#: The share of a key's occurrences that makes its entry clear.
CLEAR: Final = 0.75


class Speller:
    """Finds the entry of a spelling, by the strictest level at which one fits.

    A spelling that several entries have at that level goes to the one that has it most often, at
    the looser levels only if that entry has ``CLEAR`` of all its occurrences: the key alone cannot
    tell. At the last level, where letters are exchanged, capitals alone (UN, as *on* is spelled) and
    ordinary words fit nothing. What fits at no level is left to ``likeness``.
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
            if level == LEVELS[-1] and (is_short(text) or is_word(text)):
                return None
            folded, table = key(text, level), self._table(level)
            if folded in table:
                return table[folded]
        return None

    def _table(self, level: str) -> dict[str, str | None]:
        if level not in self._tables:
            tallies: defaultdict[str, Counter[str]] = defaultdict(Counter)
            for text, count, name in self._rated:
                if level == LEVELS[-1] and is_short(text):
                    continue
                tallies[key(text, level)][name] += count
            needed = 0.0 if level == "written" else CLEAR
            table = {folded: _clear(tally, needed) for folded, tally in tallies.items()}
            self._tables[level] = table
        return self._tables[level]


def _clear(tally: Counter[str], share: float) -> str | None:
    """The entry with this share of the occurrences or more; the only one in any case."""
    name, count = tally.most_common(1)[0]
    if len(tally) == 1 or share == 0:
        return name
    return name if count > 0 and count >= share * tally.total() else None
