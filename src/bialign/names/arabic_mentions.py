"""Where names stand in an Arabic text: a learned tagger, names known elsewhere, quotation marks, cues.

Arabic has no capitals. A name is taken where a lexicon knows the words, where the learned sequence
model (``bialign.names.tagger``) sees one, between quotation marks, and where the gazetteer or a cue
word says one stands and the model at least thinks it possible. The proclitics و ف ب ل ك س are cut
off.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import regex

from bialign.model import Known, Mention, NameType
from bialign.names.arabic_features import MARKS, readings
from bialign.names.arabic_words import Word, arabic_words, runs_of
from bialign.names.cues import arabic_common, cues, is_nisba, is_state
from bialign.names.gazetteer import Gazetted, arabic_fold, english_of, person_words
from bialign.names.tagger import LONGEST_RUN, Guess, Token, best_cut, tag

_QUOTED: Final = regex.compile(r"[\"“”«](?P<inside>[^\"“”«»\n]{2,60})[\"“”»]")
#: What is left of a word without its vowel marks and tatweel, which no look-up minds.
_LETTER: Final = regex.compile(r"[^\p{Mn}ـ]")
_LONGEST: Final = 5
#: A cue word, or a gazetted name of several words, is believed from this probability of a name on.
_POSSIBLE: Final = 0.1
#: So little is enough for one word that is a large town's or a country's name.
_HARDLY: Final = 0.02
#: log10 of people (with the gazetteer's bonuses): a town that is meant wherever its name stands.
_LARGE: Final = 6.8


@dataclass(frozen=True, slots=True)
class _Found:
    first: int
    last: int
    cut: int
    type: NameType
    reason: str


class _Text:
    """The words of a text and what the model says of them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = arabic_words(text)
        self.guesses: dict[int, Guess] = {}
        self.inside: list[float] = [0.0] * len(self.words)
        runs = runs_of(self.words, LONGEST_RUN)
        tokens = [[Token(w.text, w.before, w.after) for w in self.words[a:b]] for a, b in runs]
        for (first, last), tagged in zip(runs, tag(tokens), strict=True):
            self.inside[first:last] = tagged.inside.tolist()
            for guess in tagged.names:
                self.guesses[first + guess.first] = Guess(
                    first + guess.first, first + guess.last, guess.cut, guess.type, guess.probability
                )


def find_arabic_names(text: str, known: Known | None = None) -> list[Mention]:
    """The names of an Arabic text; see ``bialign.names.mentions.find_names``.

    >>> [(m.text, m.type) for m in find_arabic_names("وصل إلى مدينة دوما وبدمشق")]
    [('دوما', 'place'), ('دمشق', 'place')]
    """
    seen = _Text(text)
    words = seen.words
    quotes = _quoted(seen)
    mentions = []
    at = 0
    while at < len(words):
        found = (
            _known(words, at, known)
            or quotes.get(at)
            or _tagged(seen, at)
            or _gazetted(seen, at)
            or _cued(seen, at)
        )
        if found is None:
            at += 1
            continue
        mentions.append(_mention(text, words, found))
        at = found.last
    return mentions


def _runs(words: Sequence[Word], first: int, longest: int) -> Iterator[int]:
    """Ends of the joined runs of words that open at ``first``, longest first."""
    last = first + 1
    while last < len(words) and last - first < longest and words[last].joined:
        last += 1
    yield from range(last, first, -1)


def _known(words: Sequence[Word], at: int, known: Known | None) -> _Found | None:
    """The longest run of words from ``at`` that a lexicon has."""
    if known is None or arabic_fold(words[at].text) in _folded("stop_words"):
        return None
    for last in _runs(words, at, _LONGEST):
        tail = " ".join(word.text for word in words[at + 1 : last])
        for cut, head in readings(MARKS.sub("", words[at].text)):
            name = f"{head} {tail}".strip()
            if known.spellings(name):
                return _Found(at, last, cut, _type_of(name), "a known name")
    return None


def _tagged(seen: _Text, at: int) -> _Found | None:
    """What the model takes for a name."""
    guess = seen.guesses.get(at)
    if guess is None:
        return None
    last, kind, reason = guess.last, guess.type, f"looks like a name ({guess.probability:.2f})"
    words = [word.text for word in seen.words[at:last]]
    if kind == "place" and len(words) > 1 and _is_person(seen, at, words):
        kind = "person"
    if arabic_fold(" ".join(words)[guess.cut :]) in _folded("gazetted_organisations"):
        kind = "organisation"
    if kind == "place" and len(words) > 1 and _is_led(words, guess.cut):
        seen.guesses[at + 1] = Guess(at + 1, last, 0, kind, guess.probability)
        return None  # شرق الحسكة, حي المنصور
    if len(words) > 1 and _is_other_place(words[-1]) and (kind == "person" or words[-2].startswith("ال")):
        last -= 1  # غادر مقتدى الصدر النجف: what is definite already takes no place after it
        seen.guesses[last] = Guess(last, last + 1, 0, "place", guess.probability)
    elif len(words) > 2 and kind == "person" and _is_other_place(words[0][guess.cut :]):
        seen.guesses[at + 1] = Guess(at + 1, last, 0, kind, guess.probability)
        last, kind = at + 1, "place"  # محافظ نينوى أثيل النجيفي
    return _Found(at, last, guess.cut, kind, reason)


def _is_led(words: Sequence[str], cut: int) -> bool:
    """Whether the first word says what or where the place is, and is no part of its name."""
    name = arabic_fold(" ".join(words))[cut:]
    return name.split()[0] in _folded("place") | _folded("stop_words") and not english_of(name, type="place")


def _is_person(seen: _Text, at: int, words: Sequence[str]) -> bool:
    """Whether what reads as a place of several words stands after a title, or begins as persons' names do."""
    if english_of(" ".join(words), type="place"):
        return False
    before = arabic_fold(seen.words[at - 1].text) if at and seen.words[at].joined else ""
    return before in _folded("person") or arabic_fold(words[0]) in person_words()[1] - _folded("idafa_heads")


def _is_other_place(word: str) -> bool:
    """Whether a word beside a name is a country or large town rather than a part of the name."""
    folded = arabic_fold(word)
    if is_state(folded):
        return True
    places = english_of(folded, type="place")
    known = places and places[0].prominence >= _LARGE
    return bool(known) and not {folded, folded.removeprefix("ال")} & person_words()[1]


def _gazetted(seen: _Text, at: int) -> _Found | None:
    """The longest place that the gazetteer has, where the model thinks a name possible.

    One word alone must be a large town's or a country's name, and no common word.
    """
    words = seen.words
    for last in _runs(words, at, _LONGEST):
        single, least = last - at == 1, min(seen.inside[at:last])
        if least < _HARDLY and single:
            continue
        tail = " ".join(word.text for word in words[at + 1 : last])
        for cut, head in readings(MARKS.sub("", words[at].text)):
            places = english_of(f"{head} {tail}".strip(), type="place")
            large = bool(places) and places[0].prominence >= _LARGE
            if places and (_stands_alone(head, places) if single else large or least >= _POSSIBLE):
                union = arabic_fold(f"{head} {tail}") in _folded("gazetted_organisations")
                kind: NameType = "organisation" if union else "place"
                return _Found(at, last, cut, kind, f"in the gazetteer as {places[0].en}")
    return None


def _stands_alone(word: str, places: Sequence[Gazetted]) -> bool:
    folded = arabic_fold(word)
    return places[0].prominence >= _LARGE and folded not in arabic_common() | person_words()[1]


def _cued(seen: _Text, at: int) -> _Found | None:
    """A possible name right after a cue word for places or persons; the cue may be two words."""
    words = seen.words
    if at < 1 or not words[at].joined or seen.inside[at] < _POSSIBLE:
        return None
    if arabic_fold(words[at].text) in _folded("stop_words"):
        return None
    single = {arabic_fold(rest) for _, rest in readings(words[at - 1].text)}
    double = {f"{arabic_fold(words[at - 2].text)} {arabic_fold(words[at - 1].text)}"} if at > 1 else set()
    kinds: tuple[tuple[NameType, str], ...] = (("person", "person"), ("place", "place"))
    for kind, name in kinds:
        if (single | double) & _folded(name) and arabic_fold(words[at].text) not in _folded(name):
            if is_nisba(words[at].text):
                return None
            last = at + 1
            while last < len(words) and last - at < 3 and words[last].joined and seen.inside[last] >= 0.5:
                last += 1
            return _Found(at, last, 0, kind, f"after '{words[at - 1].text}'")
    return None


def _type_of(name: str) -> NameType:
    first = name.split(maxsplit=1)[0]
    if arabic_fold(name) in _folded("gazetted_organisations"):
        return "organisation"
    if english_of(name, type="place"):
        return "place"
    if arabic_fold(first) in _folded("organisation"):
        return "organisation"
    return "person" if arabic_fold(first) in person_words()[1] else "other"


def _quoted(seen: _Text) -> dict[int, _Found]:
    """Quoted runs of one to four words, by their first word."""
    text, words = seen.text, seen.words
    found: dict[int, _Found] = {}
    position = 0
    for match in _QUOTED.finditer(text):
        start, end = match.span("inside")
        while position < len(words) and words[position].start < start:
            position += 1
        last = position
        while last < len(words) and words[last].end <= end:
            last += 1
        inside = match.group("inside").strip()
        if 0 < last - position <= 4 and inside == text[words[position].start : words[last - 1].end]:
            guess = seen.guesses.get(position)
            kind = guess.type if guess and guess.last == last else _type_of(inside)
            found[position] = _Found(position, last, 0, kind, "in quotation marks")
    return found


@cache
def _folded(name: str) -> frozenset[str]:
    return frozenset(arabic_fold(word) for word in cues("arabic")[name])


def arabic_mention(text: str, start: int, end: int, kind: NameType, reason: str) -> Mention:
    """A mention of whole words found elsewhere, its proclitics cut off as the model reads them."""
    first = arabic_words(text[start:end])
    cut = best_cut(first[0].text, kind) if first and first[0].start == 0 else 0
    return _spanned(text, start, start + first[0].end if first else end, end, cut, kind, reason)


def _mention(text: str, words: Sequence[Word], found: _Found) -> Mention:
    head, end = words[found.first], words[found.last - 1].end
    return _spanned(text, head.start, head.end, end, found.cut, found.type, f"{found.type}: {found.reason}")


def _spanned(
    text: str, token_start: int, head_end: int, end: int, cut: int, kind: NameType, reason: str
) -> Mention:
    """The mention of words that begin at ``token_start``, ``cut`` letters of the first being proclitics."""
    start = token_start
    letters = list(_LETTER.finditer(text, token_start, head_end))
    if cut:
        start = letters[cut].start()
    name = " ".join(text[start:end].split())
    if cut and letters[cut - 1].group() == "ل" and name.startswith("ل"):
        name = "ا" + name
    return Mention(name, start, end, token_start, end, kind, reason)
