"""A spelling no lexicon has, joined to a name by likeness alone: with care, and always said.

Blocking proposes the lexicon's spellings that share keys with it. What decides is how often a
stranger, a name the lexicon does not have, is as like one of its names by chance; that grows with
the number of names it could be taken for. A spelling is joined where less than one stranger in a
hundred would be (``RATE``), by the better of two grounds: the name models (the spelling against the
name's Arabic and against its Latin spellings), or one wrong letter in a word long enough that
few names are so near each other. ``scripts/bench_likeness.py`` prints the rates.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
import regex
from rapidfuzz.distance import DamerauLevenshtein

from bialign.model import Entry, NameType
from bialign.names.calibration import Floats
from bialign.names.cues import COMMON, lower_share
from bialign.names.gazetteer import lookup
from bialign.names.index import NameIndex
from bialign.names.latin_pairs import same_latin_many
from bialign.names.letters import plain_latin
from bialign.names.matching import match_many
from bialign.names.models import attested, calibrators
from bialign.names.sameness import latin_features
from bialign.text.arabic import fold_arabic
from bialign.text.latin import strictness_key

#: Strangers that may be joined by mistake, and the names in the lexicon the rates were measured with.
RATE: Final = 0.01
NAMES: Final = 3000
#: Names below which the rates are not followed down: no lexicon so small was measured.
FEWEST: Final = 300
#: Unseen spellings of known names to strangers, for the probability that is told.
_STRANGERS: Final = 10
_CANDIDATES: Final = 20
#: Candidates that the slow model judges, and log-odds of the quick ones below which it would be in vain.
_JUDGED: Final = 4
_HOPELESS: Final = -4.0
#: Probabilities this near to none or to all are as far as log-odds go.
_CERTAIN: Final = 1e-4
_CAPITALS: Final = regex.compile(r"(?:\p{Lu}[.\-]?){1,6}s?\Z")


class Scale(NamedTuple):
    """At which log-odds ``RATE`` of strangers is as like one of ``NAMES``, and how fast that falls."""

    even: float
    slope: float


#: By whether the Arabic speaks too, and whether the spelling is a single word.
SCALES: Final[Mapping[tuple[bool, bool], Scale]] = {
    (True, True): Scale(6.5, 0.6),
    (True, False): Scale(0.5, 0.6),
    (False, True): Scale(2.3, 2.0),
    (False, False): Scale(0.5, 1.3),
}
#: Strangers that have a name one letter from them among ``NAMES``, by the letters of the shorter:
#: one letter inside exchanged (or two turned), and any other one letter.
SLIPS: Final = ((5, 0.055, 0.17), (6, 0.045, 0.12), (7, 0.008, 0.045), (9, 0.002, 0.01))
#: The same for names of several words.
_SLIPS_OF_SEVERAL: Final = 0.003


@dataclass(frozen=True, slots=True)
class Likeness:
    """The entry (id) a spelling was joined to, by which of its spellings, how probably."""

    entry: str
    spelling: str
    probability: float


class _Spelling(NamedTuple):
    text: str
    entry: str


def _count(entry: Entry) -> int:
    return sum(variant.count for variant in entry.variants)


class Alike:
    """Finds the entry whose spellings an unseen one is most like.

    Args:
        entries: of the lexicon; their proposed spellings are passed over.
    """

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self._entries = entries
        self._rated: dict[str, list[tuple[float, _Spelling]]] = {}

    @cached_property
    def _spellings(self) -> Sequence[_Spelling]:
        return [
            _Spelling(variant.text, entry.id)
            for entry in self._entries.values()
            for variant in entry.variants
            if not variant.proposed and not is_short(variant.text)
        ]

    @cached_property
    def _index(self) -> NameIndex:
        return NameIndex(spelling.text for spelling in self._spellings)

    @cached_property
    def _counts(self) -> Sequence[int]:
        """How often the names stand, ascending."""
        return sorted(map(_count, self._entries.values()))

    def find(self, text: str, kind: NameType = "other") -> Likeness | None:
        """The likeliest entry of an unseen spelling, or null.

        Args:
            text: as written.
            kind: what the mention was taken for; ``other`` fits every type.
        """
        if text not in self._rated:
            self._rated[text] = [] if is_short(text) or is_word(text) else self._near(text)
        fits = [item for item in self._rated[text] if self._may_be(text, kind, item[1].entry)]
        if not fits or min(fits)[0] >= RATE:
            return None
        rate, best = min(fits)
        return Likeness(best.entry, best.text, round(1 / (1 + _STRANGERS * rate), 4))

    def _near(self, text: str) -> list[tuple[float, _Spelling]]:
        """The spellings near a text, each with the strangers that are as near by chance."""
        near = [self._spellings[place] for place in self._index.candidates(text, _CANDIDATES)]
        if not near:
            return []
        arabic = [_seen_arabic(self._entries[spelling.entry]) for spelling in near]
        rates = stranger_rates([(s.text, ar) for s, ar in zip(near, arabic, strict=True)], text)
        rivals = [self._rivals(spelling) / NAMES for spelling in near]
        return [(rate * share, s) for rate, share, s in zip(rates.tolist(), rivals, near, strict=True)]

    def _rivals(self, spelling: _Spelling) -> int:
        """The names that stand as often as this one or oftener: what a stranger could be taken for."""
        above = bisect_left(self._counts, _count(self._entries[spelling.entry]))
        return max(len(self._counts) - above, FEWEST)

    def _may_be(self, text: str, kind: NameType, name: str) -> bool:
        """Whether type and gazetteer allow a spelling to be this entry's name."""
        entry = self._entries[name]
        # what a single word is taken for tells a family from its town; a misspelled name of several
        # words is often taken for something else
        if " " not in text and kind != entry.type and "other" not in (kind, entry.type):
            return False
        arabic = {fold_arabic(place.ar) for place in lookup(text)}
        return not arabic or (entry.ar is not None and fold_arabic(entry.ar) in arabic)


def stranger_rates(known: Sequence[tuple[str, str | None]], text: str) -> Floats:
    """How often a stranger is as like one of ``NAMES`` names as ``text`` is like each of these.

    Args:
        known: spellings with the Arabic of their names, null where no text has it.
        text: a spelling that is none of them.

    Returns:
        float64 of the number of known spellings, 1 at most.

    >>> bool(stranger_rates([("Hassan Rouhani", "حسن روحاني")], "Hasan Ruhani")[0] < 0.01)
    True
    """
    rates = np.array([slip_rate(spelling, text) for spelling, _ in known])
    letters = _logit(same_latin_many([(spelling, text) for spelling, _ in known]))
    arabic = _by_arabic(known, text)
    hopes = letters + np.nan_to_num(arabic, nan=0.0)
    order = [k for k in np.argsort(-hopes, kind="stable")[:_JUDGED].tolist() if hopes[k] > _HOPELESS]
    if not order:
        return rates
    features, _ = latin_features([(known[k][0], text) for k in order])
    ways = _logit(calibrators()["latin"](features))
    for k, way in zip(order, ways.tolist(), strict=True):
        told = not np.isnan(arabic[k])
        scale = SCALES[told, " " not in text]
        score = way + (arabic[k] if told else 0.0)
        rates[k] = min(rates[k], RATE * float(np.exp(-scale.slope * (score - scale.even))))
    most: Floats = np.minimum(rates, 1.0)
    return most


def _by_arabic(known: Sequence[tuple[str, str | None]], text: str) -> Floats:
    """Log-odds that ``text`` is each name by its Arabic; not a number where the Arabic cannot tell.

    It cannot where the known spelling is none of its sounds: Damascus, or a translated name.
    """
    rows = [k for k, (_, ar) in enumerate(known) if ar]
    pairs = [(ar, spelling) for spelling, ar in known if ar]
    found = np.full(len(known), np.nan)
    own = match_many(pairs, gazetteer=False)
    asked = _logit(match_many([(ar, text) for ar, _ in pairs], gazetteer=False))
    found[rows] = np.where(own > 0.5, asked, np.nan)
    return found


def _logit(probability: Floats) -> Floats:
    within = np.clip(probability, _CERTAIN, 1 - _CERTAIN)
    odds: Floats = np.log(within / (1 - within))
    return odds


def _seen_arabic(entry: Entry) -> str | None:
    """The entry's Arabic, unless the model made it."""
    generated = {item.kind for item in entry.evidence} <= {"page", "model"}
    return None if generated and any(item.kind == "model" for item in entry.evidence) else entry.ar


def slip_rate(known: str, text: str) -> float:
    """How often a stranger is one letter from one of ``NAMES`` names; 1 where more letters differ.

    A spelling that somebody is named, that the gazetteer has or that is a word is no slip.

    >>> slip_rate("Singapore", "Singapole") < RATE < slip_rate("Iraq", "Iran")
    True
    """
    x, y = strictness_key(known, "article"), strictness_key(text, "article")
    if len(known.split()) != len(text.split()) or DamerauLevenshtein.distance(x, y, score_cutoff=1) != 1:
        return 1.0
    if attested().latin.of([plain_latin(text)])[0] or (" " not in text and lookup(text)):
        return 1.0
    length = min(len(x), len(y))
    if " " in text and length >= SLIPS[2][0]:
        return _SLIPS_OF_SEVERAL
    inside = len(x) == len(y) and x[0] == y[0] and x[-1] == y[-1]
    return next((within if inside else other for least, within, other in SLIPS[::-1] if length >= least), 1.0)


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
