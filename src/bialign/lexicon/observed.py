"""What resolving asks of the observations, wherever they are kept, and the answers of a store.

All of it is counts: what is held grows with the names, not with the pages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby
from typing import Final, NamedTuple, Protocol

from bialign.lexicon.groups import Groups, Key, homes, key_in, read_groups
from bialign.lexicon.observations import Observations
from bialign.model import EvidenceKind

#: Pages of a link that are named.
SHOWN: Final = 3


class LinkTally(NamedTuple):
    """Links that are the same but for their page.

    Args:
        ar, en, kind, detail, probability: as in ``records.Link``.
        pages: on how many pages.
        shown: the first of their ids.
    """

    ar: str
    en: str
    kind: EvidenceKind
    detail: str
    probability: float
    pages: int
    shown: tuple[str, ...]


class Observed(Protocol):
    """Observations, counted."""

    @property
    def groups(self) -> Groups:
        """All occurrences, grouped."""
        ...

    def links(self) -> Iterable[LinkTally]:
        """The links, by Arabic, English, kind, detail and probability."""
        ...

    def path(self, page: str) -> str:
        """The source of a page that a group or a link names."""
        ...

    def credited(self) -> Collection[str]:
        """The names of the people whom the pages credit."""
        ...

    def pages_together(self, wanted: Sequence[tuple[str, Collection[Key]]]) -> list[int]:
        """For an English spelling and the keys of some groups, on how many pages it is in any of them."""
        ...


class StoreObserved:
    """A store's observations, counted in passes over its tables.

    Args:
        store: the observations.
    """

    def __init__(self, store: Observations) -> None:
        self._store = store

    @cached_property
    def groups(self) -> Groups:
        """All occurrences, grouped."""
        return read_groups(self._store.dated_occurrences(), homes(self._store.ties()))

    def links(self) -> Iterator[LinkTally]:
        """The links, counted."""
        for (ar, en, kind, detail, probability), rows in groupby(
            self._store.link_pages(), lambda row: row[:5]
        ):
            pages = list(dict.fromkeys(row[5] for row in rows))
            yield LinkTally(ar, en, kind, detail, probability, len(pages), tuple(pages[:SHOWN]))

    def path(self, page: str) -> str:
        """The source of a page."""
        [[source]] = self._store.rows("SELECT source FROM source WHERE id = ?", (page,))
        return str(source)

    @cached_property
    def _credited(self) -> frozenset[str]:
        return frozenset(credit.name for source in self._store.sources() for credit in source.credits)

    def credited(self) -> frozenset[str]:
        """The names of the people whom the pages credit."""
        return self._credited

    def pages_together(self, wanted: Sequence[tuple[str, Collection[Key]]]) -> list[int]:
        """On how many pages each spelling is in any of its groups."""
        home = self.groups.home
        on: dict[tuple[str, Key], set[str]] = defaultdict(set)
        for text, stands_for, page in self._store.english_pages({text for text, _ in wanted}):
            on[text, key_in(home, "en", text, stands_for)[0]].add(page)
        return [len(set().union(*(on[text, key] for key in keys))) for text, keys in wanted]
