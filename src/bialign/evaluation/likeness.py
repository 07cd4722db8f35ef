"""A spelling no lexicon has, joined to a name by likeness alone: seldom, and always said.

Blocking proposes the lexicon's spellings that share keys with it, the learned pair model judges
them, and the rules of romanisation must agree. The model alone joins four strangers in a hundred
single names, the rules alone eleven; both together one (``scripts/bench_likeness.py``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import regex
from rapidfuzz.distance import DamerauLevenshtein

from bialign.model import Entry, NameType
from bialign.names.cues import COMMON, lower_share
from bialign.names.differences import differences
from bialign.names.gazetteer import lookup
from bialign.names.index import NameIndex
from bialign.names.latin_pairs import same_latin_many
from bialign.text.arabic import fold_arabic
from bialign.text.latin import strictness_key

#: From this probability a spelling is joined where the rules of romanisation allow it, and from
#: the second where one letter differs that no romanisation explains.
LIKELY: Final = 0.3
SURE: Final = 0.5
#: Letters two spellings must have for one of them to be a slip.
LONG: Final = 7
_CANDIDATES: Final = 20
#: Differences that letters alone cannot vouch for.
_NOT_LETTERS: Final = frozenset({"different", "translation", "abbreviation", "expansion"})
_CAPITALS: Final = regex.compile(r"(?:\p{Lu}[.\-]?){1,6}s?\Z")


@dataclass(frozen=True, slots=True)
class Likeness:
    """The entry (id) a spelling was joined to, by which of its spellings, how probably."""

    entry: str
    spelling: str
    probability: float


class Alike:
    """Finds the entry whose spellings an unseen one is most like.

    Args:
        entries: of the lexicon; their proposed spellings are passed over.
    """

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self._entries = entries

    @cached_property
    def _spellings(self) -> Sequence[tuple[str, str]]:
        return [
            (variant.text, entry.id)
            for entry in self._entries.values()
            for variant in entry.variants
            if not variant.proposed and not is_short(variant.text)
        ]

    @cached_property
    def _index(self) -> NameIndex:
        return NameIndex(text for text, _ in self._spellings)

    def find(self, text: str, kind: NameType = "other") -> Likeness | None:
        """The likeliest entry of an unseen spelling, or null.

        Args:
            text: as written.
            kind: what the mention was taken for; ``other`` fits every type.
        """
        if is_short(text) or is_word(text):
            return None
        near = [self._spellings[place] for place in self._index.candidates(text, _CANDIDATES)]
        fits = [(spelling, name) for spelling, name in near if self.may_be(text, kind, name)]
        likely = same_latin_many([(spelling, text) for spelling, _ in fits]).tolist()
        found = [
            Likeness(name, spelling, round(probability, 4))
            for probability, (spelling, name) in zip(likely, fits, strict=True)
            if is_one_name(spelling, text, probability)
        ]
        return max(found, key=lambda item: (item.probability, item.entry), default=None)

    def may_be(self, text: str, kind: NameType, name: str) -> bool:
        """Whether type and gazetteer allow a spelling to be this entry's name."""
        entry = self._entries[name]
        # what a single word is taken for tells a family from its town; a misspelled name of several
        # words is often taken for something else
        if " " not in text and kind != entry.type and "other" not in (kind, entry.type):
            return False
        arabic = {fold_arabic(place.ar) for place in lookup(text)}
        return not arabic or (entry.ar is not None and fold_arabic(entry.ar) in arabic)


def is_short(text: str) -> bool:
    """Whether a spelling is capitals only, which likeness says nothing about: SDF, U.N., USAs.

    >>> is_short("U.N."), is_short("Homs")
    (True, False)
    """
    return _CAPITALS.match(text) is not None


def is_word(text: str) -> bool:
    """Whether a spelling is one ordinary English word, that only stands with a capital here.

    >>> is_word("Games"), is_word("Khaled"), is_word("US")
    (True, False, False)
    """
    return text.isalpha() and not is_short(text) and (lower_share(text) or 0) >= COMMON


def one_letter(a: str, b: str) -> bool:
    """Whether two spellings of as many words differ in one letter of seven or more.

    >>> one_letter("Singapore", "Singapole"), one_letter("Iraq", "Iran")
    (True, False)
    """
    x, y = strictness_key(a, "article"), strictness_key(b, "article")
    long = min(len(x), len(y)) >= LONG and len(a.split()) == len(b.split())
    return long and DamerauLevenshtein.distance(x, y, score_cutoff=1) == 1


def is_one_name(known: str, text: str, probability: float) -> bool:
    """The decision: the model finds two spellings likely one name, and the rules can explain it.

    Args:
        known: a spelling of the lexicon.
        text: one it does not have.
        probability: what ``same_latin_many`` gives the two.
    """
    if probability < LIKELY:
        return False
    explained = _NOT_LETTERS.isdisjoint(differences(known, text))
    return explained or (probability >= SURE and one_letter(known, text))
