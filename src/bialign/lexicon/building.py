"""From observations to entries: which spellings are one name, and what its Arabic is.

Entries are a pure function of the stored observations, so the order and portions in which pages
arrive change nothing. The way there:

1. English surfaces are grouped by comparison key; an abbreviation goes with the name it was
   bracketed to, a part of a name with the fuller name of its page (``groups``).
2. Every Arabic spelling is scored against every group it was linked to; kinds of evidence count
   as independent, repetition strengthens one kind less and less (``scoring``).
3. A group takes the Arabic of its best score if that is more likely than not. Groups with one
   Arabic name are one entry, and so are groups that are one name by their spelling.
4. A transliterated name without Arabic gets a generated spelling that says so; an Arabic name
   without English gets proposed ones (``generating``).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Final

from bialign.lexicon.arabic_alone import names_by_themselves
from bialign.lexicon.clustering import best_arabic, clusters_of, rather_than_made, without_doubtful
from bialign.lexicon.generating import generated_arabic, known_words, proposed_english
from bialign.lexicon.groups import Group, Key, Senses, Tally, best_written, key_in
from bialign.lexicon.namesakes import sense_in
from bialign.lexicon.observations import Script
from bialign.lexicon.observed import Observed, StoreObserved
from bialign.lexicon.scoring import Scores, score_links
from bialign.lexicon.store import Resolution, Store
from bialign.model import Candidate, Entry, Evidence, NameType, Variant
from bialign.names.differences import differences
from bialign.names.translated import is_abbreviation, is_transliterated

_PAGES_SHOWN: Final = 3
_FORMS_KEPT: Final = 100_000
_ID_LENGTH: Final = 12


@dataclass(frozen=True, slots=True)
class Resolved:
    """What observations come to.

    Args:
        entries: ids unique.
        owners: the entry's id by script and key of a group; a group left out belongs to none.
    """

    entries: list[Entry]
    owners: Mapping[tuple[Script, Key], str]


def resolve(store: Store) -> Resolution:
    """Compute every entry of a store from its observations.

    Args:
        store: the observations.

    Returns:
        The entries, and for each occurrence the entry it belongs to.
    """
    observed = StoreObserved(store)
    resolved = resolve_observed(observed)
    return Resolution(resolved.entries, placed(store, observed.home, observed.senses, resolved.owners))


def placed(
    store: Store, home: Mapping[Key, Key], senses: Senses, owners: Mapping[tuple[Script, Key], str]
) -> Iterable[tuple[int, str]]:
    """The occurrences of a store with the entries they belong to, to be gone through more than once.

    Args:
        store: the occurrences.
        home: where each abbreviation goes.
        senses: where one spelling means another than it mostly does.
        owners: as in ``Resolved``.
    """
    return _Placed(store, home, senses, owners)


@dataclass(frozen=True, slots=True)
class _Placed:
    """The occurrences of a store with their entries, read anew each time."""

    store: Store
    home: Mapping[Key, Key]
    senses: Senses
    owners: Mapping[tuple[Script, Key], str]

    def __iter__(self) -> Iterator[tuple[int, str]]:
        key_of_form = lru_cache(_FORMS_KEPT)(partial(key_in, self.home))
        ids = self.store.numbers_of(page for _, page in self.senses)
        for number, script, text, stands_for, source in self.store.forms():
            key = key_of_form(script, text, stands_for)[0]
            if script == "en" and source in ids:
                key = self.senses.get((key, ids[source]), key)
            owner = self.owners.get((script, key))
            if owner is not None:
                yield number, owner


def resolve_observed(observed: Observed) -> Resolved:
    """Compute every entry from counted observations.

    Args:
        observed: the observations, wherever they are kept.
    """
    groups = observed.groups
    scores = score_links(observed)
    arabic = {key: best for key in groups.english if (best := best_arabic(scores.get(key, {}))) is not None}
    arabic = without_doubtful(groups, arabic)
    arabic |= rather_than_made(groups, scores, arabic)
    entries: list[Entry] = []
    entry_of: dict[tuple[Script, Key], str] = {}
    clusters = list(clusters_of(groups, arabic))
    surfaces = _surfaces(observed, clusters)
    for keys, written in zip(clusters, surfaces, strict=True):
        members = [groups.english[key] for key in keys]
        linked = sorted((arabic[key], key) for key in keys if key in arabic)
        entry = _entry(members, written, linked, scores, observed)
        entries.append(entry)
        entry_of |= {("en", key): entry.id for key in keys}
        entry_of |= {("ar", ar): entry.id for ar, _ in linked}
    entries = _with_generated(entries)
    unmet = [group for key, group in groups.arabic.items() if ("ar", key) not in entry_of]
    met = [entry.ar for entry in entries if entry.ar is not None]
    alone = list(names_by_themselves(unmet, groups, met, observed.credited()))
    proposals = proposed_english([(group.usual, group.type) for group in alone])
    for group, proposed in zip(alone, proposals, strict=True):
        entry = _arabic_entry(group, proposed, observed)
        entries.append(entry)
        entry_of["ar", group.key] = entry.id
    return Resolved(entries, entry_of)


def _entry(
    members: Sequence[Group],
    surfaces: Mapping[str, Tally],
    linked: Sequence[tuple[Key, Key]],
    scores: Scores,
    observed: Observed,
) -> Entry:
    """The entry of English groups that are one name.

    ``surfaces`` are those of all members; ``linked`` holds the Arabic and English key of every member
    with Arabic; the Arabic is the same.
    """
    groups = observed.groups
    kind = _type(members)
    canonical = _canonical(surfaces)
    evidence = [Evidence("page", "named on the page", observed.path(page)) for page in _pages(members)]
    if linked:
        key = linked[0][0]
        spellings: Counter[str] = Counter()
        found: list[Evidence] = []
        for _, member in linked:
            spellings += scores[member][key].spellings + Counter()
            spellings.update(dict.fromkeys(scores[member][key].spellings, 0))
            found += [e for e in scores[member][key].evidence if e not in found]
        if key in groups.arabic:
            seen = groups.arabic[key].surfaces
            spellings.update({text: tally.count for text, tally in seen.items()})
        ar = best_written(spellings)
        probability = max(scores[member][key].probability for _, member in linked)
        senses = sorted({sense for _, member in linked if (sense := sense_in(member))})
        apart = canonical if is_abbreviation(canonical) else " ".join(senses)
        identity = f"ar:{key}:{apart}" if apart and apart != key else f"ar:{key}"
        return _made(identity, ar, kind, canonical, surfaces, probability, found + evidence)
    identity = f"en:{min(group.key for group in members)}"
    return _made(identity, None, kind, canonical, surfaces, 1.0, evidence)


def _with_generated(entries: Sequence[Entry]) -> list[Entry]:
    """The entries, those without Arabic given a generated spelling that says so, where they can be."""
    without = [i for i, entry in enumerate(entries) if entry.ar is None]
    seen = [(e.ar, v.text, v.count) for e in entries if e.ar is not None for v in e.variants]
    generated = generated_arabic([entries[i].canonical for i in without], known_words(seen))
    out = list(entries)
    for i, candidate in zip(without, generated, strict=True):
        if candidate is not None:
            detail = f"Arabic generated from {entries[i].canonical}, not seen in any text"
            made = Evidence("model", detail, "transliteration")
            out[i] = replace(
                entries[i],
                ar=candidate.text,
                probability=round(candidate.probability, 4),
                evidence=(*entries[i].evidence, made),
            )
    return out


def _arabic_entry(group: Group, proposed: Sequence[Candidate], observed: Observed) -> Entry:
    """The entry of an Arabic name that no page spells in English."""
    shown = group.pages[:_PAGES_SHOWN]
    evidence = [Evidence("page", "named on the page", observed.path(page)) for page in shown]
    evidence += [Evidence("gazetteer", c.text, "gazetteer") for c in proposed if c.attested]
    canonical = proposed[0].text
    variants = tuple(
        Variant(c.text, 0, 0, None, None, differences(canonical, c.text), proposed=True) for c in proposed
    )
    probability = round(proposed[0].probability, 4)
    identity = _id(f"ar:{group.key}")
    ar = best_written({text: tally.count for text, tally in group.surfaces.items()})
    return Entry(identity, ar, group.type, canonical, variants, probability, tuple(evidence))


def _made(
    identity: str,
    ar: str | None,
    kind: NameType,
    canonical: str,
    surfaces: Mapping[str, Tally],
    probability: float,
    evidence: Iterable[Evidence],
) -> Entry:
    order = sorted(surfaces, key=lambda text: (text != canonical, -surfaces[text].count, text))
    variants = tuple(_variant(text, surfaces[text], canonical) for text in order)
    return Entry(_id(identity), ar, kind, canonical, variants, probability, tuple(evidence))


def _variant(text: str, tally: Tally, canonical: str) -> Variant:
    return Variant(
        text, tally.count, tally.pages, tally.first, tally.last, _differences(canonical, text, tally)
    )


def _differences(canonical: str, text: str, tally: Tally) -> tuple[str, ...]:
    if text == canonical:
        return ()
    if is_abbreviation(text) != is_abbreviation(canonical) and text.casefold() != canonical.casefold():
        return ("abbreviation",)
    if tally.part:
        return ("expansion",)
    found = differences(canonical, text)
    if "different" in found and is_transliterated(text) != is_transliterated(canonical):
        return ("translation",)
    return found


def _surfaces(observed: Observed, clusters: Sequence[Sequence[Key]]) -> list[dict[str, Tally]]:
    """For each cluster of groups all their spellings; a page that has one in two groups counts once."""
    found: list[dict[str, Tally]] = []
    split: dict[tuple[int, str], None] = {}
    for number, keys in enumerate(clusters):
        surfaces: dict[str, Tally] = {}
        for key in keys:
            for text, tally in observed.groups.english[key].surfaces.items():
                if text in surfaces:
                    split[number, text] = None
                    surfaces[text] = surfaces[text].plus(tally)
                else:
                    surfaces[text] = tally
        found.append(surfaces)
    if split:
        wanted = [(text, frozenset(clusters[number])) for number, text in split]
        for (number, text), pages in zip(split, observed.pages_together(wanted), strict=True):
            found[number][text].pages = pages
    return found


def _canonical(surfaces: Mapping[str, Tally]) -> str:
    """The most frequent full spelling; ties go to the first in the alphabet."""
    words = Counter(surface.casefold() for surface in surfaces)

    def order(text: str) -> tuple[bool, bool, int, str]:
        short = is_abbreviation(text) and words[text.casefold()] == 1
        return (short, surfaces[text].part > 0, -surfaces[text].count, text)

    return min(surfaces, key=order)


def _type(members: Sequence[Group]) -> NameType:
    types: Counter[NameType] = Counter()
    for group in members:
        types.update(group.types)
    return Group("", types=types).type


def _pages(members: Sequence[Group]) -> list[str]:
    pages = dict.fromkeys(page for group in members for page in group.pages)
    return list(pages)[:_PAGES_SHOWN]


def _id(identity: str) -> str:
    return hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:_ID_LENGTH]
