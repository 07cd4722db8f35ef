"""How likely each Arabic spelling is the name of each English group, from all evidence together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import log2
from typing import Final

from bialign.lexicon.groups import Group, Groups, Key, best_written
from bialign.lexicon.namesakes import plain_key, sense_in
from bialign.lexicon.observations import key_of
from bialign.lexicon.observed import LinkTally, Observed
from bialign.model import Evidence, EvidenceKind
from bialign.names.gazetteer import Gazetted, arabic_of, english_of
from bialign.names.matching import match_many
from bialign.names.translated import is_abbreviation, is_transliterated
from bialign.names.transliteration import arabize_many

#: A group takes an Arabic spelling that is more likely its name than not.
ENOUGH: Final = 0.5

# A gazetteer is right about the name; whether this page means that place is less certain where
# another place of the name has another Arabic spelling.
_GAZETTEER: Final = 0.95
# That the gazetteer's Arabic stands on the pages beside the English says something, not much.
_BESIDE: Final = 0.5
# log10 of the people of a place that is meant by its name alone wherever the pages are about.
_FAMOUS: Final = 6.5
# Less alike than this, an English name is no spelling of its Arabic.
_CONVENTIONAL: Final = 0.02
_ABOUT: Final = 2
# Of the places of the country named most: what a country named in passing stays below.
_ABOUT_SHARE: Final = 0.25
_GUESSES: Final = 5
_CERTAIN: Final = 0.9999
# Of the pages with the Arabic of a name, those with the English one; the most that a doubling says.
_KEPT_COMPANY: Final = 0.5
_STRONGEST: Final = 4.0
_EVIDENCE_KEPT: Final = 3


@dataclass(slots=True)
class Score:
    """The evidence that one Arabic spelling is one English group.

    Args:
        by_kind: the best probability of each kind of evidence, repetition counted in.
        spellings: Arabic spellings as written, by how many pages show them.
        evidence: a few pieces of each kind.
    """

    by_kind: dict[EvidenceKind, float] = field(default_factory=dict)
    spellings: Counter[str] = field(default_factory=Counter)
    evidence: list[Evidence] = field(default_factory=list)

    @property
    def probability(self) -> float:
        """All kinds together, taken as independent; four places."""
        against = 1.0
        for probability in self.by_kind.values():
            against *= 1 - probability
        return round(min(1 - against, _CERTAIN), 4)

    def add(self, kind: EvidenceKind, probability: float) -> None:
        """Count a piece of evidence in; of one kind the strongest stands."""
        self.by_kind[kind] = max(self.by_kind.get(kind, 0.0), probability)

    def wants(self, kind: EvidenceKind) -> bool:
        """Whether there is room for more evidence of a kind."""
        return sum(e.kind == kind for e in self.evidence) < _EVIDENCE_KEPT

    def show(self, evidence: Evidence) -> None:
        """Keep a piece of evidence to show, a few of each kind."""
        if evidence not in self.evidence and self.wants(evidence.kind):
            self.evidence.append(evidence)


#: For an English group, every Arabic key it was linked to.
Scores = Mapping[Key, dict[Key, Score]]


def repeated(probability: float, pages: int, everywhere: float = 0.0) -> float:
    """Evidence seen on several pages: each doubling counts less than the one before.

    What is likely on one page is likelier on many. What is unlikely on one becomes likely only
    where the two keep company more than chance brings them together: half the pages that have the
    Arabic of a name have the English one too, other pages ``everywhere``; each doubling of the
    pages multiplies the odds by how much more that is, four times at most.

    Args:
        probability: on one page.
        pages: on how many it was seen.
        everywhere: the share of all pages on which the English name stands.

    >>> repeated(0.6, 1), round(repeated(0.6, 4), 4)
    (0.6, 0.8434)
    >>> round(repeated(0.2, 8, 0.01), 4), round(repeated(0.2, 8, 0.5), 4)
    (0.9412, 0.2)
    """
    if probability >= ENOUGH or pages == 1:
        return float(probability ** (1 / (1 + log2(pages))))
    factor = min(max(_KEPT_COMPANY / max(everywhere, 1e-9), 1.0), _STRONGEST) ** log2(pages)
    odds = float(factor * probability / (1 - probability))
    return odds / (1 + odds)


def score_links(observed: Observed) -> Scores:
    """Score every Arabic spelling against every English group it was linked to or is known for.

    Args:
        observed: the observations, counted.
    """
    groups = observed.groups
    scores: dict[Key, dict[Key, Score]] = defaultdict(dict)
    shown: dict[tuple[Key, Key], list[tuple[str, str, str, EvidenceKind, str]]] = defaultdict(list)
    on = {key: sum(tally.pages for tally in group.surfaces.values()) for key, group in groups.english.items()}
    # At least as many pages were read as the commonest name stands on.
    most = max(on.values(), default=1)
    same: dict[tuple[Key, Key, EvidenceKind], list[LinkTally]] = defaultdict(list)
    for link in observed.links():
        key, ar = link.key, key_of(link.ar, "ar")
        if key in groups.english:
            same[key, ar, link.kind].append(link)
            scores[key].setdefault(ar, Score()).spellings[link.ar] += link.pages
            shown[key, ar] += [(page, link.ar, link.en, link.kind, link.detail) for page in link.shown]
    for (key, ar, kind), links in same.items():
        # A name that another page spells otherwise, or that its abbreviation stands for, is seen again.
        seen_on = {page for link in links for page in link.shown}
        for link in links:
            pages = max(link.pages, len(seen_on))
            scores[key][ar].add(kind, repeated(link.probability, pages, on[key] / most))
    for (key, ar), seen in shown.items():
        for page, _, _, kind, detail in sorted(seen):
            if scores[key][ar].wants(kind):
                scores[key][ar].show(Evidence(kind, detail, observed.path(page)))
    countries = _countries(groups)
    unplaced = [
        (key, found) for key in groups.english for found in _add_gazetteer(key, observed, scores, countries)
    ]
    _add_conventional(unplaced, scores)
    unlinked = [
        key
        for key, group in groups.english.items()
        if not any(_taken(scores[key]))
        and is_transliterated(group.usual)
        and not is_abbreviation(group.usual)
    ]
    _add_seen_elsewhere(unlinked, observed, scores, countries)
    _keep_apart(scores)
    return scores


def _keep_apart(scores: dict[Key, dict[Key, Score]]) -> None:
    """A sense told by its Arabic has that, and no other sense of the spelling does (``namesakes``)."""
    told = [(key, sense_in(key)) for key in scores if sense_in(key) in scores[key]]
    for key, ar in told:
        scores[key] = {ar: scores[key][ar]}
        scores.get(plain_key(key), {}).pop(ar, None)


def _taken(scores: Mapping[Key, Score]) -> Iterator[bool]:
    return (score.probability >= ENOUGH for score in scores.values())


def _add_gazetteer(
    key: Key, observed: Observed, scores: dict[Key, dict[Key, Score]], countries: frozenset[str]
) -> list[Gazetted]:
    """What the gazetteer knows under a group's spellings; a person is not looked up among places.

    Of several places the one whose Arabic stands on the pages is meant, else one of the countries
    the pages are about, else a very large one.

    Returns:
        The first place of the name, if none of it could be meant for these reasons.
    """
    groups = observed.groups
    for found in _gazetted(groups.english[key]):
        seen = [g for g in found if key_of(g.ar, "ar") in groups.arabic]
        near = [g for g in found if g.country in countries or g.prominence >= _FAMOUS]
        if not (seen or near):
            return found[:1]
        meant = (seen or near)[0]
        score = _as_gazetted(scores[key], meant)
        if seen:
            score.add("page", _BESIDE)
            on = groups.arabic[key_of(meant.ar, "ar")].pages[0]
            score.show(Evidence("page", "its Arabic stands on a page too", observed.path(on)))
        return []
    return []


def _as_gazetted(scores: dict[Key, Score], meant: Gazetted) -> Score:
    """The score of a group with the Arabic of the place that is meant, the gazetteer's word counted in."""
    score = scores.setdefault(key_of(meant.ar, "ar"), Score())
    score.add("gazetteer", _GAZETTEER)
    score.spellings[meant.ar] += 0
    detail = f"{meant.en} in {meant.country}" if meant.country else meant.en
    score.show(Evidence("gazetteer", detail, meant.source))
    return score


def _add_conventional(unplaced: Sequence[tuple[Key, Gazetted]], scores: dict[Key, dict[Key, Score]]) -> None:
    """A name that is no spelling of its Arabic (Byblos, جبيل) means that place in any country's news."""
    alike = match_many([(place.ar, place.en) for _, place in unplaced]).tolist()
    for (key, place), probability in zip(unplaced, alike, strict=True):
        if probability < _CONVENTIONAL and not any(_taken(scores[key])):
            _as_gazetted(scores[key], place)


def _gazetted(group: Group) -> Iterator[list[Gazetted]]:
    """What the gazetteer has under each spelling of a group, the most frequent spelling first."""
    if group.type in ("person", "organisation"):
        return
    for surface in sorted(group.surfaces, key=lambda s: (-group.surfaces[s].count, s)):
        found = [g for g in arabic_of(surface) if g.source == "cldr" or not is_abbreviation(surface)]
        if found:
            yield found


def _countries(groups: Groups) -> frozenset[str]:
    """The countries that the pages are about: those of two or more of the places they name.

    A place counts for a country only where every place of its name is there. Names in common fall
    by chance into any country, so one with few beside the country named most does not count.
    """
    votes: Counter[str] = Counter()
    for group in groups.english.values():
        for found in _gazetted(group):
            inside = {g.country for g in found}
            if len(inside) == 1:
                votes.update(inside)
    enough = max(_ABOUT, _ABOUT_SHARE * max(votes.values(), default=0))
    return frozenset(country for country, count in votes.items() if country and count >= enough)


def _add_seen_elsewhere(
    unlinked: Sequence[Key],
    observed: Observed,
    scores: dict[Key, dict[Key, Score]],
    countries: frozenset[str],
) -> None:
    """Arabic names that stand on other pages, or in the gazetteer, for groups without any.

    Candidates are what the model would write for the English; one that somebody did write counts
    if matching agrees.
    """
    groups = observed.groups
    names = [groups.english[key].usual for key in unlinked]
    guesses = arabize_many(names, n=_GUESSES)
    found: list[tuple[Key, str, Key, str, Gazetted | None]] = []
    for key, name, candidates in zip(unlinked, names, guesses, strict=True):
        for candidate in candidates:
            ar = key_of(candidate.text, "ar")
            if ar in groups.arabic:
                found.append((key, name, ar, groups.arabic[ar].usual, None))
            elif ar in scores[key]:  # no name by itself, but it stands where the English does
                found.append((key, name, ar, best_written(scores[key][ar].spellings), None))
            elif groups.english[key].type in ("place", "other"):
                places = [g for g in english_of(candidate.text) if g.country in countries]
                found += [(key, name, ar, place.ar, place) for place in places[:1]]
    sure = match_many([(ar, name) for _, name, _, ar, _ in found])
    for (key, _, ar, written, known), probability in zip(found, sure.tolist(), strict=True):
        score = scores[key].setdefault(ar, Score())
        if known is not None:
            evidence = Evidence("gazetteer", f"{known.en}, spelled alike, {probability:.2f}", known.source)
        elif ar not in groups.arabic:
            seen = next(e for e in score.evidence if e.kind == "page")
            evidence = Evidence("page", f"written as it would be, {probability:.2f}", seen.source)
        else:
            page = groups.arabic[ar].pages[0]
            alike = f"spelled alike on another page, {probability:.2f}"
            evidence = Evidence("page", alike, observed.path(page))
        score.add(evidence.kind, probability)
        score.spellings[written] += 0
        score.show(evidence)
