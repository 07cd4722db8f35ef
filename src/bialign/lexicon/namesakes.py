"""One English spelling of two persons or places: which pages mean which.

``Hasan`` is حسن on some pages and حسان on others. A spelling has several senses where two Arabic
names, each on two pages or more, are both likely to be written so and are no two spellings of one
name; or where whole pages know it as a person and whole pages as a place, and the company it keeps
tells the two apart (one sense a discourse: Gale, Church & Yarowsky 1992, "One sense per
discourse"). A page without evidence of its own goes to the sense whose company it shares, by a naive
Bayes model of the other names on the page; if that does not tell, to the sense seen most. All of it
is a function of what the pages say, whichever came first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log
from typing import Final

from bialign.lexicon.arabic_alone import is_part
from bialign.lexicon.groups import Groups, Key, Senses, group_key, key_in
from bialign.lexicon.observations import key_of
from bialign.lexicon.records import Link, Occurrence
from bialign.model import NameType
from bialign.names.matching import match_many
from bialign.names.sameness import same_many
from bialign.names.translated import is_abbreviation, is_transliterated

#: A link this likely says on its page which name is meant.
LIKELY: Final = 0.5
#: Pages that an Arabic name must have, and its share of all that say which name is meant.
_LEAST, _SHARE = 2, 0.1
#: Both Arabic names must be as likely as this to be written so, and no likelier one name than that.
_WRITTEN_SO, _ONE_NAME = 0.4, 0.1
#: Pages of each kind, their share, and how many of them the company must tell right.
_LEAST_OF_KIND, _SHARE_OF_KIND, _TOLD = 4, 0.2, 0.85
#: Log-odds from which on the company of a page tells its sense.
_TELLS: Final = log(4)
#: What a name counts that a sense was never seen with.
_SMOOTH: Final = 0.5
_KINDS: Final[tuple[NameType, ...]] = ("person", "place")
#: Parts a group's key from what tells its sense; no key has it.
_MARK: Final = "\x1f"


@dataclass(frozen=True, slots=True)
class Company:
    """One page that has a name.

    Args:
        key: of the name's group.
        page: its id.
        arabic: the keys of the Arabic that the page's likely links give the name.
        kind: what most of its mentions there were taken for; null if nothing is known or two are even.
        others: the keys of the other English names of the page.
    """

    key: Key
    page: str
    arabic: frozenset[Key]
    kind: NameType | None
    others: frozenset[Key]


def sense_key(key: Key, sense: str) -> Key:
    """The group of a sense that is not the one seen most."""
    return f"{key}{_MARK}{sense}"


def plain_key(key: Key) -> Key:
    """The key of a group without what tells its sense.

    >>> plain_key(sense_key("hasan", "حسان")), plain_key("hasan")
    ('hasan', 'hasan')
    """
    return key.partition(_MARK)[0]


def sense_in(key: Key) -> str:
    """What tells the sense of a group, nothing for the one seen most."""
    return key.partition(_MARK)[2]


def company_of(
    page: str,
    occurrences: Iterable[Occurrence],
    links: Iterable[Link],
    home: Mapping[Key, Key],
    wanted: frozenset[Key],
) -> list[Company]:
    """What a page says of those of some names that stand on it.

    Args:
        page: its id.
        occurrences: all of the page.
        links: all of the page.
        home: from ``groups.homes``.
        wanted: keys of groups.
    """
    kinds: dict[Key, Counter[NameType]] = defaultdict(Counter)
    for o in occurrences:
        if o.script == "en":
            kinds[key_in(home, "en", o.text, o.stands_for)[0]][o.type] += 1
    there = wanted & kinds.keys()
    if not there:
        return []
    arabic: dict[Key, set[Key]] = defaultdict(set)
    for link in links:
        key = group_key(link.en)
        if link.probability >= LIKELY and (key := home.get(key, key)) in there:
            arabic[key].add(key_of(link.ar, "ar"))
    others = frozenset(kinds)
    return [
        Company(key, page, frozenset(arabic[key]), _kind(kinds[key]), others - {key}) for key in sorted(there)
    ]


def _kind(types: Counter[NameType]) -> NameType | None:
    ranked = sorted(((types[kind], kind) for kind in _KINDS if types[kind]), reverse=True)
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1]


def suspects(groups: Groups, linked: Mapping[Key, Mapping[Key, int]]) -> dict[Key, list[Key]]:
    """The names that may have several senses, with the Arabic of each sense, the most frequent first.

    Args:
        groups: all groups, of one sense each.
        linked: for an English key the pages on which each Arabic key is likely its name.

    Returns:
        By English key; an empty list where only the kinds of its mentions speak for two senses.
    """
    asked: list[tuple[Key, list[Key]]] = []
    for key, counts in linked.items():
        enough = max(_LEAST, _SHARE * sum(counts.values()))
        rivals = sorted((ar for ar, n in counts.items() if n >= enough), key=lambda ar: (-counts[ar], ar))
        if len(rivals) > 1 and key in groups.english and not is_abbreviation(key):
            asked.append((key, rivals))
    asked = list(_written_so(groups, asked))
    apart = _apart({pair for _, rivals in asked for pair in combinations(rivals, 2)})
    found: dict[Key, list[Key]] = {}
    for key, rivals in asked:
        senses: list[Key] = []
        for ar in rivals:
            if all((other, ar) in apart for other in senses):
                senses.append(ar)
        if len(senses) > 1:
            found[key] = senses
    for key, group in groups.english.items():
        person, place = (group.types[kind] for kind in _KINDS)
        least = max(_LEAST_OF_KIND, _SHARE_OF_KIND * (person + place))
        if key not in found and min(person, place) >= least and not is_abbreviation(key):
            found[key] = []
    return dict(sorted(found.items()))


def _written_so(
    groups: Groups, asked: Sequence[tuple[Key, Sequence[Key]]]
) -> Iterator[tuple[Key, list[Key]]]:
    """Each name with those of its Arabic that may be written as one of its spellings, letter by letter."""
    pairs = [
        (key, ar, text)
        for key, rivals in asked
        for text in sorted(filter(is_transliterated, groups.english[key].surfaces))
        for ar in rivals
    ]
    likely: dict[tuple[Key, Key], float] = defaultdict(float)
    for (key, ar, _), probability in zip(pairs, match_many([pair[1:] for pair in pairs]), strict=True):
        likely[key, ar] = max(likely[key, ar], float(probability))
    for key, rivals in asked:
        yield key, [ar for ar in rivals if likely[key, ar] >= _WRITTEN_SO]


def _apart(pairs: Collection[tuple[Key, Key]]) -> set[tuple[Key, Key]]:
    """The pairs of Arabic names that are no two spellings of one name.

    Names of as many words are compared word by word: what both share says nothing.
    """
    unlike = [
        (one, other)
        for one, other in sorted(pairs)
        if one.replace(" ", "") != other.replace(" ", "")
        and not is_part(one, other)
        and not is_part(other, one)
    ]
    words = {pair: _words_that_differ(*pair) for pair in unlike}
    asked = [pair for found in words.values() for pair in found]
    same = dict(zip(asked, same_many(asked).tolist(), strict=True))
    return {pair for pair, found in words.items() if min(same[asked] for asked in found) < _ONE_NAME}


def _words_that_differ(one: Key, other: Key) -> list[tuple[str, str]]:
    left, right = one.split(), other.split()
    if len(left) != len(right):
        return [(one, other)]
    return [(a, b) for a, b in zip(left, right, strict=True) if a != b]


def senses_of(found: Iterable[Company], suspected: Mapping[Key, Sequence[Key]]) -> Senses:
    """Which pages mean which sense of which name.

    Args:
        found: every page that has one of the suspected names, each once for each of them.
        suspected: from ``suspects``.

    Returns:
        For ``(key, page)`` the key of the group it belongs to; pages of the sense seen most are left out.
    """
    by_key: dict[Key, list[Company]] = defaultdict(list)
    for company in found:
        by_key[company.key].append(company)
    senses: dict[tuple[Key, str], Key] = {}
    for key, pages in sorted(by_key.items()):
        ordered = sorted(pages, key=lambda company: company.page)
        told = _by_arabic(ordered, suspected[key]) if suspected[key] else _by_kind(ordered)
        seeds = Counter(sense for sense in told if sense is not None)
        if len(seeds) < 2:
            continue
        usual = min(seeds, key=lambda sense: (-seeds[sense], sense))
        model = _Model(ordered, told)
        for company, own in zip(ordered, told, strict=True):
            sense = own or model.tells(company.others) or usual
            if sense != usual:
                senses[key, company.page] = sense_key(key, sense)
    return senses


def _by_arabic(pages: Sequence[Company], rivals: Sequence[Key]) -> list[str | None]:
    """The sense that each page's own links give; none where they give several or none of the rivals."""
    held = frozenset(rivals)
    return [
        next(iter(company.arabic & held)) if len(company.arabic & held) == 1 else None for company in pages
    ]


def _by_kind(pages: Sequence[Company]) -> list[str | None]:
    """What each page takes the name for, where that makes two senses; else nothing for all of them."""
    told: list[str | None] = [company.kind for company in pages]
    nothing: list[str | None] = [None] * len(pages)
    counts = Counter(kind for kind in told if kind is not None)
    if len(counts) < 2 or min(counts.values()) < max(_LEAST_OF_KIND, _SHARE_OF_KIND * counts.total()):
        return nothing
    model = _Model(pages, told)
    right: Counter[str] = Counter(
        kind
        for company, kind in zip(pages, told, strict=True)
        if kind is not None and model.tells(company.others, without=kind) == kind
    )
    return told if all(right[kind] >= _TOLD * n for kind, n in counts.items()) else nothing


class _Model:
    """The company that each sense of a name keeps.

    Args:
        pages: pages that have the name.
        told: the sense of each, where it is known.
    """

    def __init__(self, pages: Sequence[Company], told: Sequence[str | None]) -> None:
        self._seen: dict[str, Counter[Key]] = defaultdict(Counter)
        self._pages: Counter[str] = Counter()
        for company, sense in zip(pages, told, strict=True):
            if sense is not None:
                self._seen[sense].update(company.others)
                self._pages[sense] += 1

    def tells(self, others: frozenset[Key], without: str | None = None) -> str | None:
        """The sense that the names of a page speak for, if they do.

        Args:
            others: the page's other names.
            without: the sense among whose pages this one was counted; it is taken out again.
        """
        scores = []
        for sense, pages in sorted(self._pages.items()):
            own = sense == without
            count, seen = pages - own, self._seen[sense]
            score = log(max(count, _SMOOTH))
            # sorted: a sum of floats depends on its order
            for name in sorted(others):
                score += log((seen[name] - own + _SMOOTH) / (count + 2 * _SMOOTH))
            scores.append((score, sense))
        (best, sense), (second, _) = sorted(scores, reverse=True)[:2]
        return sense if best - second >= _TELLS else None
