"""Where names stand in an Arabic text: cue words, names known elsewhere, quotation marks.

Arabic has no capitals. A name is taken where a word says one follows (``مدينة``, ``الرئيس``), where
one opens (``تنظيم``, ``جيش``), where a lexicon or gazetteer knows the words, between quotation
marks, or where a learned classifier (``bialign.names.tagger``) takes them for one. The proclitics
و ف ب ل ك س are cut off what was found without them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import regex

from bialign.model import Known, Mention, NameType
from bialign.names.cues import arabic_common, cues, is_nisba, is_state
from bialign.names.gazetteer import Gazetted, arabic_fold, english_of, person_words
from bialign.names.tagger import judge, readings

_WORD: Final = regex.compile(r"[\p{Arab}--[؀-؏؛-؟٪-٭۔]][\p{Arab}\p{M}ـ--[؀-؏؛-؟٪-٭۔]]*", regex.V1)
_QUOTED: Final = regex.compile(r"[\"“”«](?P<inside>[^\"“”«»\n]{2,60})[\"“”»]")
#: Vowel marks and tatweel, which no look-up minds, and what is left of a word without them.
_MARK: Final = regex.compile(r"[\p{Mn}ـ]")
_LETTER: Final = regex.compile(r"[^\p{Mn}ـ]")
_JOINED: Final = regex.compile(r"[ \t\u00a0\u200e\u200f]{1,3}|[ \t]?-[ \t]?")
_LONGEST: Final = 5
#: log10 of people: a bare word names a place only from a town of some size on.
_BARE_PLACE: Final = 6.0
#: The classifier's probability from which it decides alone, and below which it vetoes the gazetteer.
_SURE: Final = 0.6
_POSSIBLE: Final = 0.05
#: A name once begun goes on through words of this probability.
_GOES_ON: Final = 0.25


@dataclass(frozen=True, slots=True)
class _Word:
    """A word and how many of its letters are proclitics in a given reading."""

    text: str
    start: int
    end: int
    joined: bool


@dataclass(frozen=True, slots=True)
class _Found:
    first: int
    last: int
    cut: int
    type: NameType
    reason: str


def find_arabic_names(text: str, known: Known | None = None) -> list[Mention]:
    """The names of an Arabic text; see ``bialign.names.mentions.find_names``.

    >>> [(m.text, m.type) for m in find_arabic_names("وصل إلى مدينة دوما وبدمشق")]
    [('دوما', 'place'), ('دمشق', 'place')]
    """
    words = _words(text)
    quotes = _quoted(text, words)
    mentions = []
    at = 0
    while at < len(words):
        found = (
            _looked_up(words, at, known)
            or _cued(words, at)
            or _organisation(words, at)
            or quotes.get(at)
            or _tagged(words, at)
        )
        if found is None:
            at += 1
            continue
        mentions.append(_mention(text, words, found))
        at = found.last
    return mentions


def _words(text: str) -> list[_Word]:
    words: list[_Word] = []
    end = 0
    for match in _WORD.finditer(text):
        joined = bool(words) and match.start() - end < 4 and bool(_JOINED.fullmatch(text, end, match.start()))
        words.append(_Word(match.group(), match.start(), match.end(), joined))
        end = match.end()
    return words


def _runs(words: Sequence[_Word], first: int, longest: int) -> Iterator[int]:
    """Ends of the joined runs of words that open at ``first``, longest first."""
    last = first + 1
    while last < len(words) and last - first < longest and words[last].joined:
        last += 1
    yield from range(last, first, -1)


def _looked_up(words: Sequence[_Word], at: int, known: Known | None) -> _Found | None:
    """The longest run of words from ``at`` that a lexicon or the gazetteer has."""
    if arabic_fold(words[at].text) in _stop_words():
        return None
    for last in _runs(words, at, _LONGEST):
        tail = " ".join(word.text for word in words[at + 1 : last])
        for cut, head in readings(_MARK.sub("", words[at].text)):
            name = f"{head} {tail}".strip()
            if known is not None and known.spellings(name):
                return _Found(at, last, cut, _type_of(name), "a known name")
            places = english_of(name, type="place")
            single = last - at == 1
            if places and (not single or _stands_alone(words, at, cut, places)):
                kind: NameType = "place"
                if single and places[0].prominence < _BARE_PLACE and arabic_fold(head) in person_words()[1]:
                    kind = "person"
                return _Found(at, last, cut, kind, f"in the gazetteer as {places[0].en}")
    return None


def _stands_alone(words: Sequence[_Word], at: int, cut: int, places: Sequence[Gazetted]) -> bool:
    """Whether one bare word that the gazetteer has is the place there and no common word."""
    word = words[at].text
    if cut and (english_of(word, type="place") or arabic_fold(word) in arabic_common()):
        return False
    probability, clitics = judge(word, *_around(words, at))
    if probability >= _SURE:
        return clitics == cut
    common = arabic_fold(word[cut:]) in arabic_common()
    return places[0].prominence >= _BARE_PLACE and not common and probability >= _POSSIBLE


def _around(words: Sequence[_Word], at: int) -> tuple[str, str]:
    """The words that join a word before and after."""
    before = words[at - 1].text if at and words[at].joined else ""
    after = words[at + 1].text if at + 1 < len(words) and words[at + 1].joined else ""
    return before, after


def _tagged(words: Sequence[_Word], at: int) -> _Found | None:
    """A run of words that the classifier takes for a name."""
    probability, cut = judge(words[at].text, *_around(words, at))
    if probability < _SURE or words[at].text.endswith("ً") or arabic_fold(words[at].text) in _stop_words():
        return None
    last = at + 1
    while last < len(words) and last - at < _LONGEST and words[last].joined:
        linked = arabic_fold(words[last].text) in _folded("person_joins")
        further, clitics = judge(words[last].text, *_around(words, last))
        if clitics or not (further >= _GOES_ON or linked) or is_state(words[last].text):
            break
        last += 1
    name = " ".join(word.text for word in words[at:last])[cut:]
    kind = _type_of(name)
    if kind == "other" and last - at > 1:
        kind = "person"
    return _Found(at, last, cut, kind, f"looks like a name ({probability:.2f})")


def _type_of(name: str) -> NameType:
    first = name.split(maxsplit=1)[0]
    if english_of(name, type="place"):
        return "place"
    if arabic_fold(first) in _folded("organisation"):
        return "organisation"
    return "person" if arabic_fold(first) in person_words()[1] else "other"


def _cued(words: Sequence[_Word], at: int) -> _Found | None:
    """The name right after a cue word for places or persons; the cue may be two words."""
    cue_at = at - 1
    if cue_at < 0 or not words[at].joined or arabic_fold(words[at].text) in _stop_words():
        return None
    single = {arabic_fold(rest) for _, rest in readings(words[cue_at].text)}
    double = {f"{arabic_fold(words[cue_at - 1].text)} {arabic_fold(words[cue_at].text)}"} if cue_at else set()
    for type_, lists in (("person", _folded("person")), ("place", _folded("place"))):
        if not (single | double) & lists:
            continue
        first = at
        while type_ == "person" and first + 1 < len(words) and is_nisba(words[first].text):
            first += 1  # الرئيس التركي …
        last = _person_end(words, first) if type_ == "person" else _place_end(words, first)
        if last > first:
            kind: NameType = "person" if type_ == "person" else "place"
            return _Found(first, last, 0, kind, f"after '{words[cue_at].text}'")
    return None


def _place_end(words: Sequence[_Word], at: int) -> int:
    """A place after its cue: a word, with what its first word needs or agrees with."""
    word = words[at].text
    folded = arabic_fold(word)
    if folded in _folded("place") or folded in _folded("person"):
        return at
    if judge(word, *_around(words, at))[0] < _POSSIBLE and not english_of(word):
        return at
    following = at + 1
    if following < len(words) and words[following].joined:
        after = words[following].text
        agrees = word.startswith("ال") and after.startswith("ال")
        if folded in _folded("idafa_heads") or (agrees and arabic_fold(after) not in _stop_words()):
            return at + 2
    return following


def _person_end(words: Sequence[_Word], at: int) -> int:
    """A person after a title: words of personal names, particles between them, three at most."""
    people = person_words()[1]
    joins = _folded("person_joins")
    last, names = at, 0
    while last < len(words) and names < _LONGEST and (last == at or words[last].joined):
        folded = arabic_fold(words[last].text)
        sure = judge(words[last].text, *_around(words, last))[0] >= (_GOES_ON if names else _POSSIBLE)
        if folded in _stop_words() or (last == at and folded in _folded("person")):
            break
        if folded not in joins:
            if not sure and folded not in people and folded.removeprefix("ال") not in people:
                break
            names += 1
        last += 1
    return last if names else at


def _organisation(words: Sequence[_Word], at: int) -> _Found | None:
    """An organisation from its head noun on: definite words, places and adjectives after it."""
    for cut, head in readings(_MARK.sub("", words[at].text)):
        folded = arabic_fold(head)
        if folded not in _folded("organisation"):
            continue
        last = at + 1
        while last < len(words) and last - at < 5 and words[last].joined:
            text = words[last].text
            definite = text.startswith("ال") and len(text) > 3
            if arabic_fold(text) in _stop_words() or not (definite or _names_something(words, last, at)):
                break
            last += 1
        if last > at + 1:
            return _Found(at, last, cut, "organisation", f"opens with '{head}'")
    return None


def _names_something(words: Sequence[_Word], at: int, first: int) -> bool:
    text = words[at].text
    if english_of(text):
        return True
    after = at + 1
    linked = after < len(words) and words[after].joined and words[after].text.startswith("ال")
    return at == first + 1 and linked and arabic_fold(text) not in _stop_words()


def _quoted(text: str, words: Sequence[_Word]) -> dict[int, _Found]:
    """Quoted runs of one to four words, by their first word."""
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
            found[position] = _Found(position, last, 0, _type_of(inside), "in quotation marks")
    return found


@cache
def _folded(name: str) -> frozenset[str]:
    return frozenset(arabic_fold(word) for word in cues("arabic")[name])


@cache
def _stop_words() -> frozenset[str]:
    return _folded("stop_words")


def _mention(text: str, words: Sequence[_Word], found: _Found) -> Mention:
    token_start, end = words[found.first].start, words[found.last - 1].end
    start = token_start
    letters = list(_LETTER.finditer(words[found.first].text))
    if found.cut:
        start += letters[found.cut].start()
    name = " ".join(text[start:end].split())
    if found.cut and letters[found.cut - 1].group() == "ل" and name.startswith("ل"):
        name = "ا" + name
    return Mention(name, start, end, token_start, end, found.type, f"{found.type}: {found.reason}")
