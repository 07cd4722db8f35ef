"""Occurrences gathered to groups: all surfaces that one comparison key holds together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Final

from bialign.lexicon.observations import Script, key_of
from bialign.lexicon.records import Occurrence
from bialign.model import NameType
from bialign.names.translated import is_abbreviation

#: A group's key: an English comparison key, or an abbreviation as it is.
Key = str
#: For a group's key and the id of a page, the group of the sense it has there (``namesakes``).
Senses = Mapping[tuple[Key, str], Key]

#: Pages of a group that are named, and its contexts that are kept: the first by page.
PAGES_SHOWN: Final = 3
CONTEXTS_KEPT: Final = 2
_KEYS_KEPT: Final = 100_000
# Letters that hurried writers leave bare (أ as ا, ة as ه); nobody adds them by accident.
_CAREFUL: Final = frozenset("أإآؤئءة")
# A spelling this often as the usual one is no slip.
_NO_SLIP: Final = 0.2


@dataclass(slots=True)
class Tally:
    """How often one surface was seen.

    Args:
        count: occurrences.
        part: those of them in which it is a part of a fuller name of its page.
        pages: how many pages it stands on.
        first, last: ISO 8601 days.
        latest: the page counted last.
    """

    count: int = 0
    part: int = 0
    pages: int = 0
    first: str | None = None
    last: str | None = None
    latest: str | None = None

    def add(self, page: str, day: str | None, *, part: bool) -> None:
        """Count one occurrence; those of one page follow each other."""
        self.count += 1
        self.part += part
        self.pages += page != self.latest
        self.latest = page
        if day is not None:
            self.first = min(day, self.first or day)
            self.last = max(day, self.last or day)

    def plus(self, other: Tally) -> Tally:
        """Both tallies as one, as if no page had both."""
        days = [d for d in (self.first, self.last, other.first, other.last) if d is not None]
        return Tally(
            self.count + other.count,
            self.part + other.part,
            self.pages + other.pages,
            min(days, default=None),
            max(days, default=None),
        )


@dataclass(slots=True)
class Group:
    """Surfaces with one key.

    Args:
        surfaces: by spelling as written.
        types: what the mentions were taken for.
        pages: a few of the pages it stands on.
        contexts: a few different ones, of Arabic names.
    """

    key: Key
    surfaces: dict[str, Tally] = field(default_factory=dict)
    types: Counter[NameType] = field(default_factory=Counter)
    pages: list[str] = field(default_factory=list)
    contexts: list[str] = field(default_factory=list)

    @property
    def type(self) -> NameType:
        """What most of the mentions were taken for; ``other`` only where nothing else was."""
        known: list[tuple[int, NameType]] = [(n, t) for t, n in self.types.items() if t != "other"]
        return max(known, key=lambda pair: (pair[0], pair[1]))[1] if known else "other"

    @property
    def usual(self) -> str:
        """The most frequent full spelling: no abbreviation and no part of a name if there is another."""
        return min(
            self.surfaces,
            key=lambda s: (is_abbreviation(s), self.surfaces[s].part > 0, -self.surfaces[s].count, s),
        )

    def add(self, occurrence: Occurrence, day: str | None, *, part: bool) -> None:
        """Count one occurrence."""
        self.surfaces.setdefault(occurrence.text, Tally()).add(occurrence.page, day, part=part)
        self.types[occurrence.type] += 1
        if len(self.pages) < PAGES_SHOWN and occurrence.page not in self.pages:
            self.pages.append(occurrence.page)
        if (
            occurrence.script == "ar"
            and len(self.contexts) < CONTEXTS_KEPT
            and occurrence.context not in self.contexts
        ):
            self.contexts.append(occurrence.context)


@dataclass(slots=True)
class Groups:
    """The groups of both scripts.

    Args:
        english, arabic: by key.
        home: for an abbreviation the key of the name it goes with, on every page.
    """

    english: dict[Key, Group]
    arabic: dict[Key, Group]
    home: Mapping[Key, Key]


def group_key(text: str) -> Key:
    """The key an English spelling is grouped under; an abbreviation is its own: ``US`` is not ``us``."""
    return text if is_abbreviation(text) else key_of(text, "en") or text


def best_written(spellings: Mapping[str, int]) -> str:
    """The Arabic spelling to show, of several with one key.

    Of those that are no slips the most careful one, which writes hamza and ة; then the most
    frequent; then the first in the alphabet.

    Args:
        spellings: each with its count.

    >>> best_written({"احمد": 5, "أحمد": 3}), best_written({"عبده": 20, "عبدة": 1})
    ('أحمد', 'عبده')
    """
    enough = _NO_SLIP * max(spellings.values())
    usual = [text for text, count in spellings.items() if count >= enough]
    return min(usual, key=lambda text: (-sum(c in _CAREFUL for c in text), -spellings[text], text))


def homes(ties: Iterable[tuple[str, str, int]]) -> dict[Key, Key]:
    """Where each abbreviation goes: with the name it was bracketed to most often.

    Args:
        ties: an English spelling, the fuller name it stands for, how often; not only abbreviations.
    """
    found: dict[Key, Counter[Key]] = defaultdict(Counter)
    for text, fuller, times in ties:
        if is_abbreviation(text):
            found[text][group_key(fuller)] += times
    return {short: min(full, key=lambda key: (-full[key], key)) for short, full in found.items()}


def key_in(home: Mapping[Key, Key], script: Script, text: str, stands_for: str | None) -> tuple[Key, bool]:
    """The group an occurrence is in, and whether it is there as a part of a fuller name.

    An abbreviation goes, on every page, with the name it was bracketed to most often; a part of a
    name goes with the fuller name of its page, on that page alone.

    Args:
        home: from ``homes``.
        script: the occurrence's.
        text: its spelling.
        stands_for: the fuller name of its page, or null.

    >>> key_in({}, "en", "al-Salti", "Ihab al-Salti") == (group_key("Ihab al-Salti"), True)
    True
    """
    if script == "ar":
        return key_of(text, "ar") or text, False
    key, part = group_key(text), False
    if key not in home and stands_for is not None:
        key, part = group_key(stands_for), True
    return home.get(key, key), part


def read_groups(
    occurrences: Iterable[tuple[Occurrence, str | None]], home: Mapping[Key, Key], senses: Senses
) -> Groups:
    """Group occurrences.

    Args:
        occurrences: each with the day of its page, page by page.
        home: from ``homes``.
        senses: from ``namesakes``.
    """
    groups = Groups({}, {}, home)
    keyed = lru_cache(_KEYS_KEPT)(partial(key_in, home))
    for occurrence, day in occurrences:
        key, part = keyed(occurrence.script, occurrence.text, occurrence.stands_for)
        held = groups.arabic if occurrence.script == "ar" else groups.english
        if senses and occurrence.script == "en":
            key = senses.get((key, occurrence.page), key)
        if key not in held:
            held[key] = Group(key)
        held[key].add(occurrence, day, part=part)
    return Groups(dict(sorted(groups.english.items())), dict(sorted(groups.arabic.items())), home)
