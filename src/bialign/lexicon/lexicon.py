"""The lexicon as its users see it: add pages, look names up, decide, save, export."""

from __future__ import annotations

import html
import itertools
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from bialign.errors import UsageError
from bialign.lexicon import canonical, exchange, rebuilding, search, stories
from bialign.lexicon.canonical import Rule
from bialign.lexicon.decisions import Action, Decision, made
from bialign.lexicon.records import Link, Occurrence, Source
from bialign.lexicon.schema import save
from bialign.lexicon.search import Found
from bialign.lexicon.store import Resolution, Script, Store
from bialign.model import Entry, Known, Page

if TYPE_CHECKING:
    import pandas as pd

#: What was seen on one page or in one pair of parallel text.
Observation = tuple[Source, Sequence[Occurrence], Sequence[Link]]

#: Rows shown in a notebook.
_SHOWN = 50


class Lexicon:
    """Every Arabic name with its English spellings, counted, dated, with the pages they stand on.

    ``Lexicon()`` is new and private to this process until it is saved; ``Lexicon.open`` works
    in the file itself, each call that changes it whole or not at all. A lexicon is a ``Known``:
    it can be passed wherever names are found, aligned or romanised.

    Example:
        >>> lexicon = Lexicon()
        >>> lexicon.lookup("Hama")
        []
    """

    def __init__(self, store: Store | None = None) -> None:
        self.store = Store() if store is None else store
        self._stale = False

    @classmethod
    def open(cls, path: str | Path, timeout: float = 30.0) -> Self:
        """Open a lexicon file.

        Args:
            path: what ``save`` or ``bialign lexicon build`` wrote.
            timeout: seconds to wait for another process that is writing.

        Raises:
            StoreError: it is missing, locked, damaged, no lexicon, or of another version.
        """
        return cls(Store.open(str(path), timeout))

    def close(self) -> None:
        """Close the file; a lexicon that was never saved is gone then."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __len__(self) -> int:
        [[count]] = self._fresh().query("SELECT count(*) FROM entry")
        return int(count)

    # --- filling

    def add(
        self,
        pages: Iterable[Page] = (),
        pairs: Iterable[tuple[str, str] | tuple[str, str, str]] = (),
        known: Known | None = None,
    ) -> None:
        """Add what pages and parallel text show; what was added before stays and is not read again.

        Pages may come in any order and portions: the entries are the same. Words of parallel text
        are aligned over all pairs of one call.

        Args:
            pages: separated pages; one with the id of an earlier one takes its place.
            pairs: ``(Arabic, English)`` sentences that translate each other, with where they stand
                as a third if that is known.
            known: names already known, beside this lexicon.

        Raises:
            StoreError: the file is held by another writer, or cannot be written; nothing is added then.
        """
        # Finding names loads models, which looking names up does not need.
        from bialign.lexicon import observing  # noqa: PLC0415  (see above)

        observed = (observing.observe_pages(pages, known), observing.observe_pairs(pairs, known))
        self.observe(itertools.chain.from_iterable(observed), paired=True)

    def observe(self, observations: Iterable[Observation], *, paired: bool = False) -> None:
        """Add what was already observed; see ``add``.

        Args:
            observations: one a page, or a pair of parallel text.
            paired: the stories told in both languages were looked for among all of them, and their
                links are there. A lexicon that holds other stories looks again all the same.
        """
        if self.store.path is None:
            done = paired and not stories.any_kept(self.store.connection)
            self._change(lambda: self._observe(self.store, observations))
            if done:
                stories.paired(self.store.connection)
            return
        # A file is locked only while the observations are copied, not while names are found.
        staged = Store()
        try:
            self._observe(staged, observations)
            if not paired:
                rebuilding.link_stories(staged)
            self._change(lambda: self.store.absorb(staged))
        finally:
            staged.close()

    def install(self, resolution: Resolution) -> None:
        """Let these be the entries, computed elsewhere from just what this lexicon observed."""
        self.store.replace(resolution)
        self._stale = False

    @staticmethod
    def _observe(store: Store, observations: Iterable[Observation]) -> None:
        with store.transaction():
            for source, occurrences, links in observations:
                store.add(source, occurrences, links)

    def merge(self, other: Lexicon) -> None:
        """Add all that another lexicon observed, was given and had decided."""
        self._change(lambda: self.store.absorb(other.store))

    def give(self, entries: Iterable[Entry], origin: str) -> None:
        """Add ready-made entries, such as an imported file's; a second time they take the first's place.

        Args:
            entries: ids unique.
            origin: names where they come from.
        """
        ready = list(entries)
        self._change(lambda: self.store.give(origin, ready))

    def decide(
        self,
        action: Action,
        entry_id: str,
        *,
        other: str | None = None,
        texts: Sequence[str] = (),
        ar: str | None = None,
        who: str,
        when: str | None = None,
        note: str = "",
    ) -> Decision:
        """Record what a person decided; it survives every rebuild.

        Args:
            action: ``accept``, ``reject``, ``merge`` (``other`` into the entry) or ``split``
                (``texts`` out of the entry, to one of their own).
            entry_id: the entry decided on.
            other: the id of the entry to merge into it.
            texts: the English spellings that leave it.
            ar: the Arabic name that belongs to them, where known.
            who: who decided.
            when: ISO 8601 time; now (UTC) if left out.
            note: why.

        Raises:
            UsageError: no such entry, spelling or action.
        """
        decision = made(
            action,
            self._entry(entry_id),
            who=who,
            when=when or datetime.now(UTC).isoformat(timespec="seconds"),
            note=note,
            other=None if other is None else self._entry(other),
            texts=texts,
            ar=ar,
        )
        with self.store.transaction():
            earlier = max((d.when for d in self.store.decisions()), default="")
            self.store.decide(decision)
            if earlier < decision.when and not rebuilding.has_rule(self.store):
                rebuilding.lay(self.store, decision)
            else:
                self._change(lambda: None)
        return decision

    def list_under(self, rule: Rule, preferred: Iterable[str] = ()) -> None:
        """Choose which spelling is canonical; the choice is kept with the lexicon.

        Args:
            rule: see ``canonical.under``.
            preferred: the spellings of the rule ``list``.

        Raises:
            UsageError: no such rule.
        """
        if rule not in canonical.RULES:
            raise UsageError(f"no rule {rule!r}", mend=f"one of {', '.join(canonical.RULES)}")
        choice = json.dumps([rule, sorted(set(preferred))])
        self._change(lambda: self.store.set("canonical", choice))

    def decisions(self) -> list[Decision]:
        """Every decision, oldest first."""
        return list(self.store.decisions())

    # --- reading

    def entries(self) -> Iterator[Entry]:
        """Every entry by canonical spelling (case folded), then id."""
        return self._fresh().entries()

    def entry(self, entry_id: str) -> Entry | None:
        """One entry, or null."""
        return self._fresh().entry(entry_id)

    def occurrences(
        self, entry_id: str | None = None, script: Script | None = None
    ) -> Iterator[tuple[str, Occurrence]]:
        """Where names stand, page by page, each with the id of its entry.

        Args:
            entry_id: of this entry only.
            script: ``en`` or ``ar`` only.
        """
        return self._fresh().placed(entry_id, script)

    def stats(self) -> dict[str, int]:
        """How much of everything the lexicon holds, by a name of it."""
        return self._fresh().stats()

    def sources(self) -> Iterator[Source]:
        """Every page and pair of parallel text that was read, by id."""
        return self.store.sources()

    def lookup(self, text: str, limit: int = 10) -> list[Found]:
        """The entries that ``text`` may name, likeliest first; see ``search.lookup``."""
        return search.lookup(self._fresh(), text, limit)

    def spellings(self, ar: str) -> Sequence[tuple[str, int]]:
        """English spellings attested for an Arabic name, with counts, most frequent first.

        Rejected entries are left out, and so is an Arabic form that was generated, not seen.
        """
        return search.attested(self._fresh(), ar, "ar")

    def arabic(self, en: str) -> Sequence[tuple[str, int]]:
        """Arabic spellings attested for an English name, with counts, most frequent first.

        A spelling that a gazetteer or an import gives and no page shows has count 0.
        """
        return search.attested(self._fresh(), en, "en")

    # --- out

    def save(self, path: str | Path, timeout: float = 30.0) -> None:
        """Write the lexicon to a file, whole or not at all.

        Args:
            path: the file; a lexicon already there is replaced.
            timeout: seconds to wait for another process that is writing it.

        Raises:
            StoreError: the file is in use by another writer, or cannot be written.
        """
        store = self._fresh()
        if store.path is not None and Path(store.path).resolve() == Path(path).resolve():
            return
        save(store.connection, str(path), timeout)

    def export(self, path: str | Path, format: str | None = None) -> int:  # noqa: A002  (the name DESIGN.md gives it)
        """Write the entries in a format of ``bialign.lexicon.exchange``; returns how many.

        Args:
            path: the file, ``-`` for standard output.
            format: its name; from the file's ending if left out.

        Raises:
            UsageError: no such format.
        """
        return exchange.export(self.entries(), path, format)

    def to_frame(self) -> pd.DataFrame:
        """A table, one spelling a row (needs pandas).

        Raises:
            UsageError: pandas is not installed.
        """
        try:
            import pandas as pd  # noqa: PLC0415  (optional)
        except ImportError as error:
            raise UsageError("to_frame needs pandas", mend="pip install pandas") from error
        return pd.DataFrame(exchange.rows(self.entries()), columns=list(exchange.COLUMNS))

    def _repr_html_(self) -> str:
        count = len(self)
        lines = []
        for entry, _ in zip(self.entries(), range(_SHOWN), strict=False):
            spellings = ", ".join(f"{v.text} ({v.count})" for v in entry.variants)
            cells = (entry.ar or "", entry.canonical, entry.type, spellings)
            lines.append("".join(f"<td dir='auto'>{html.escape(cell)}</td>" for cell in cells))
        rows = "".join(f"<tr>{line}</tr>" for line in lines)
        return f"<table><caption>{count} names</caption>{rows}</table>"

    # --- within

    def _entry(self, entry_id: str) -> Entry:
        entry = self.entry(entry_id)
        if entry is None:
            raise UsageError(f"no entry {entry_id!r}", mend="look its id up with bialign lexicon lookup")
        return entry

    def _change(self, change: Callable[[], object]) -> None:
        """Change the store; a file's entries in the same transaction, so that it is never half done."""
        with self.store.transaction():
            change()
            if self.store.path is not None:
                rebuilding.rebuild(self.store)
        self._stale = self.store.path is None

    def _fresh(self) -> Store:
        """The store, its entries made anew if anything was added."""
        if self._stale:
            rebuilding.rebuild(self.store)
            self._stale = False
        return self.store


def build_lexicon(
    pages: Iterable[Page] = (),
    pairs: Iterable[tuple[str, str] | tuple[str, str, str]] = (),
    known: Known | None = None,
) -> Lexicon:
    """A new lexicon of pages, of parallel text, or of both.

    Args:
        pages: separated pages.
        pairs: ``(Arabic, English)`` sentences that translate each other.
        known: names already known.
    """
    lexicon = Lexicon()
    lexicon.add(pages, pairs, known)
    return lexicon
