"""Entries on their way to the store: found by what they are, joined, moved apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from enum import IntEnum

from bialign.model import Entry, Variant
from bialign.names.differences import differences
from bialign.text.arabic import fold_arabic
from bialign.text.latin import latin_key


def zeroed(entry: Entry) -> Entry:
    """The entry with its spellings uncounted, as proposals."""
    variants = tuple(Variant(v.text, 0, 0, None, None, v.differences, proposed=True) for v in entry.variants)
    return replace(entry, variants=variants)


def join(into: Entry, other: Entry, shared: Mapping[str, int] | None = None) -> Entry:
    """One entry of two: id, Arabic, type and canonical spelling of the first where it has them.

    Args:
        into: the entry that stays.
        other: the entry that goes into it.
        shared: for a spelling of both, on how many pages both have it (none if left out).
    """
    variants = {v.text: v for v in into.variants}
    for v in other.variants:
        old = variants.get(v.text)
        # its differences are from the other's canonical spelling
        new = replace(v, differences=())
        variants[v.text] = _added(old, v, (shared or {}).get(v.text, 0)) if old else new
    order = sorted(variants.values(), key=lambda v: (v.text != into.canonical, v.proposed, -v.count, v.text))
    joined = replace(
        into,
        ar=into.ar or other.ar,
        type=other.type if into.type == "other" else into.type,
        variants=tuple(order),
        evidence=tuple(dict.fromkeys((*into.evidence, *other.evidence))),
        status=other.status if into.status == "proposed" else into.status,
    )
    return with_canonical(joined, joined.canonical)


def _added(a: Variant, b: Variant, shared: int) -> Variant:
    return Variant(
        a.text,
        a.count + b.count,
        a.pages + b.pages - shared,
        min(filter(None, (a.first, b.first)), default=None),
        max(filter(None, (a.last, b.last)), default=None),
        a.differences,
        a.proposed and b.proposed,
    )


def with_canonical(entry: Entry, canonical: str) -> Entry:
    """The entry under one of its spellings, that one first, the others' differences measured from it.

    Differences that were measured from this spelling before are kept.
    """

    def measured(variant: Variant) -> tuple[str, ...]:
        if variant.text == canonical:
            return ()
        if variant.differences and canonical == entry.canonical:
            return variant.differences
        return differences(canonical, variant.text)

    ordered = sorted(entry.variants, key=lambda v: v.text != canonical)
    variants = tuple(replace(v, differences=measured(v)) for v in ordered)
    return replace(entry, canonical=canonical, variants=variants)


class Agreement(IntEnum):
    """How the Arabic of two entries agrees."""

    SAME = 0
    ONE_LACKS = 1
    GENERATED = 2
    OTHER = 3


def agreement(a: Entry, b: Entry) -> Agreement:
    """How the Arabic of two entries agrees; generated forms are only guesses at it."""
    if a.ar is None or b.ar is None:
        return Agreement.SAME if a.ar is b.ar else Agreement.ONE_LACKS
    if fold_arabic(a.ar) == fold_arabic(b.ar) or (_guessed(a) and _guessed(b)):
        return Agreement.SAME
    return Agreement.GENERATED if _guessed(a) or _guessed(b) else Agreement.OTHER


def _guessed(entry: Entry) -> bool:
    return any(e.kind == "model" for e in entry.evidence)


class Drafts:
    """Entries and the occurrences that belong to them, while decisions are laid over.

    Args:
        entries: what the observations gave.
        assigned: ``(occurrence number, entry id)``.
        facts: for occurrence numbers, ``(number, script, text, page)`` of each.
    """

    def __init__(
        self,
        entries: Iterable[Entry],
        assigned: Iterable[tuple[int, str]],
        facts: Callable[[list[int]], Iterable[tuple[int, str, str, str]]],
    ) -> None:
        self._facts = facts
        self._entries: dict[str, Entry] = {}
        # Which entries have a spelling of that key; made when an id alone does not find an entry.
        self._holders: defaultdict[str, set[str]] | None = None
        self._numbers: defaultdict[str, list[int]] = defaultdict(list)
        for number, entry_id in assigned:
            self._numbers[entry_id].append(number)
        for entry in entries:
            self.put(entry)

    def put(self, entry: Entry) -> None:
        """Add an entry, or change the one of its id."""
        self._forget(entry.id)
        self._entries[entry.id] = entry
        if self._holders is not None:
            _hold(self._holders, entry)

    def _forget(self, entry_id: str) -> None:
        old = self._entries.pop(entry_id, None)
        if old is not None and self._holders is not None:
            for variant in old.variants:
                self._holders[latin_key(variant.text)].discard(entry_id)

    def find(self, seen: Entry, within: Agreement = Agreement.GENERATED) -> Entry | None:
        """The entry that is now what ``seen`` was: the same Arabic name under a spelling of it.

        Args:
            seen: an entry as it once was, or as another lexicon has it.
            within: how far their Arabic may be apart.
        """
        same = self._entries.get(seen.id)
        if same is not None and agreement(same, seen) <= within:
            return same
        if self._holders is None:
            self._holders = defaultdict(set)
            for entry in self._entries.values():
                _hold(self._holders, entry)
        usual = self._holders[latin_key(seen.canonical)]
        ids = usual.union(*(self._holders[latin_key(v.text)] for v in seen.variants))
        ranked = [
            (rank, entry_id not in usual, entry_id)
            for entry_id in ids
            if (rank := agreement(self._entries[entry_id], seen)) <= within
            and (rank == Agreement.SAME or entry_id in usual)
        ]
        return self._entries[min(ranked)[2]] if ranked else None

    def give(self, entries: Iterable[Entry]) -> None:
        """Join the ready-made entries of one origin to those here; they are distinct among themselves."""
        placed: dict[str, Entry] = {}
        for entry in entries:
            home = self.find(entry, Agreement.SAME)
            if home is None:
                placed[entry.id] = entry
            else:
                placed[home.id] = join(placed.get(home.id, home), entry)
        for entry in placed.values():
            self.put(entry)

    def move(self, source: str, target: str, only: set[tuple[str, str]] | None = None) -> None:
        """Give occurrences (all, or those of these ``(script, text)``) of one entry to another.

        An entry that gives all of them away is gone.
        """
        if only is None:
            self._numbers[target] += self._numbers.pop(source, [])
            self._forget(source)
            return
        going = {
            number for number, script, text, _ in self._facts(self._numbers[source]) if (script, text) in only
        }
        self._numbers[target] += sorted(going)
        self._numbers[source] = [n for n in self._numbers[source] if n not in going]

    def shared_pages(self, one: str, other: str) -> dict[str, int]:
        """For every English spelling of both entries, the number of pages where both have it."""
        pages: list[defaultdict[str, set[str]]] = [defaultdict(set), defaultdict(set)]
        for side, entry_id in zip(pages, (one, other), strict=True):
            for _, script, text, page in self._facts(self._numbers[entry_id]):
                if script == "en":
                    side[text].add(page)
        return {text: len(pages[0][text] & pages[1][text]) for text in pages[0].keys() & pages[1].keys()}

    def entries(self) -> list[Entry]:
        """The entries as they now are, by id."""
        return [self._entries[entry_id] for entry_id in sorted(self._entries)]

    def assigned(self) -> list[tuple[int, str]]:
        """The occurrences as they now belong, by number."""
        return sorted(
            (number, entry_id)
            for entry_id, numbers in self._numbers.items()
            if entry_id in self._entries
            for number in numbers
        )


def _hold(holders: defaultdict[str, set[str]], entry: Entry) -> None:
    for variant in entry.variants:
        holders[latin_key(variant.text)].add(entry.id)
