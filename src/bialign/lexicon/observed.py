"""What resolving asks of the observations, wherever they are kept, and the answers of a store.

All of it is counts: what is held grows with the names, not with the pages.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from typing import Final, NamedTuple, Protocol

from bialign.lexicon.groups import Groups, Key, Senses, group_key, homes, key_in, read_groups
from bialign.lexicon.namesakes import LIKELY, company_of, senses_of, suspects
from bialign.lexicon.observations import Observations, key_of
from bialign.model import EvidenceKind

#: Pages of a link that are named.
SHOWN: Final = 3


class LinkTally(NamedTuple):
    """Links that are the same but for their page.

    Args:
        ar, en, kind, detail, probability: as in ``records.Link``.
        pages: on how many pages.
        shown: the first of their ids.
        key: the group of the English one on these pages.
    """

    ar: str
    en: str
    kind: EvidenceKind
    detail: str
    probability: float
    pages: int
    shown: tuple[str, ...]
    key: Key


class Observed(Protocol):
    """Observations, counted."""

    @property
    def groups(self) -> Groups:
        """All occurrences, grouped."""
        ...

    @property
    def senses(self) -> Senses:
        """Where one spelling means another than it mostly does."""
        ...

    def links(self) -> Iterable[LinkTally]:
        """The links, by Arabic, English, kind, detail, probability and group."""
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


def link_key(home: Mapping[Key, Key], senses: Senses, en: str, page: str) -> Key:
    """The group of the English spelling of a link."""
    key = group_key(en)
    key = home.get(key, key)
    return senses.get((key, page), key)


class StoreObserved:
    """A store's observations, counted in passes over its tables.

    Args:
        store: the observations.
    """

    def __init__(self, store: Observations) -> None:
        self._store = store

    @cached_property
    def home(self) -> dict[Key, Key]:
        """Where each abbreviation goes."""
        return homes(self._store.ties())

    @cached_property
    def _plain(self) -> Groups:
        """All occurrences, grouped as if every spelling had one sense."""
        return read_groups(self._store.dated_occurrences(), self.home, {})

    @cached_property
    def senses(self) -> Senses:
        """Where one spelling means another than it mostly does."""
        linked: dict[Key, Counter[Key]] = defaultdict(Counter)
        for ar, en, pages in self._store.likely_links(LIKELY):
            linked[link_key(self.home, {}, en, "")][key_of(ar, "ar")] += pages
        suspected = suspects(self._plain, linked)
        texts = {text for key in suspected for text in self._plain.english[key].surfaces}
        wanted = frozenset(suspected)
        found = (
            company
            for page, occurrences, links in self._store.pages_with(texts)
            for company in company_of(page, occurrences, links, self.home, wanted)
        )
        return senses_of(found, suspected)

    @cached_property
    def groups(self) -> Groups:
        """All occurrences, grouped."""
        if not self.senses:
            return self._plain
        return read_groups(self._store.dated_occurrences(), self.home, self.senses)

    def links(self) -> Iterator[LinkTally]:
        """The links, counted."""
        for (ar, en, kind, detail, probability), rows in groupby(
            self._store.link_pages(), lambda row: row[:5]
        ):
            pages: dict[Key, dict[str, None]] = defaultdict(dict)
            for row in rows:
                pages[link_key(self.home, self.senses, en, row[5])][row[5]] = None
            for key, on in sorted(pages.items()):
                yield LinkTally(ar, en, kind, detail, probability, len(on), tuple(on)[:SHOWN], key)

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
        on: dict[tuple[str, Key], set[str]] = defaultdict(set)
        for text, stands_for, page in self._store.english_pages({text for text, _ in wanted}):
            key = key_in(self.home, "en", text, stands_for)[0]
            on[text, self.senses.get((key, page), key)].add(page)
        return [len(set().union(*(on[text, key] for key in keys))) for text, keys in wanted]
