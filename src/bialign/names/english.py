"""Which capitalised chains of an English text are names, and where the name in them begins and ends.

Capitals say little where a sentence opens and nothing in a headline of capitals; there the rest of
the text, the gazetteer and a learned table of common words decide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import regex

from bialign.model import Known
from bialign.names.chains import Word, chains, words_of
from bialign.names.cues import (
    COMMON,
    VERY_COMMON,
    cues,
    is_country,
    is_demonym,
    lower_share,
    place_names,
)
from bialign.names.english_letters import kind_shares
from bialign.names.gazetteer import arabic_of, latin_fold, person_words

_OPENS_SENTENCE: Final = regex.compile(r"[.!?…:;•\n\r|]['\"”’)\]]*\s*['\"“‘(\[\-–—•*]*\s*$")
#: A longer gap between two words is a break of the text, whatever it holds.
_LONG_GAP: Final = 40
_QUOTES: Final = frozenset("\"“”‘’'")
_BRACKET_AHEAD: Final = regex.compile(r"\s*\(\p{Lu}{2}")
_LINE: Final = regex.compile(r"[^\r\n]+")
#: An unknown word that opens a sentence is a common one from this share of its letters' likelihood on.
_WORDLIKE: Final = 0.6


@dataclass(frozen=True, slots=True)
class Span:
    """A name found: its words ``[first, last)``, whether a title stood before it, and why it is one."""

    first: int
    last: int
    title: str
    reason: str


class Finder:
    """Finds the names of one English text.

    Args:
        text: the untouched text.
        known: names known from elsewhere.
    """

    def __init__(self, text: str, known: Known | None = None) -> None:
        self.text = text
        self.known = known
        self.words = words_of(text)
        self._lists = cues("english")
        self._openers = frozenset(i for i, word in enumerate(self.words) if self._opens(i, word))
        self._headline = self._headline_words()
        free = [w for i, w in enumerate(self.words) if i not in self._openers and i not in self._headline]
        self._upper = Counter(w.lower for w in free if w.capital)
        self._small = Counter(w.lower for w in self.words if not w.capital)

    def spans(self) -> list[Span]:
        """The names, in text order, apart from each other."""
        plain = [
            span
            for first, last in chains(self.words, self._openers)
            if first not in self._headline
            for span in self._judge(first, last)
        ]
        seen = {self._fold(span.first, span.last) for span in plain}
        heads = [
            span for first, last in self._headline_runs() for span in self._headline_names(first, last, seen)
        ]
        return sorted([*plain, *heads], key=lambda span: span.first)

    def _opens(self, at: int, word: Word) -> bool:
        if at == 0:
            return True
        before = self.text[self.words[at - 1].end : word.start]
        if before == " " or word.gap == "dot":
            return False
        if len(before) > _LONG_GAP:
            return True
        return bool(_OPENS_SENTENCE.search(before)) or before.rstrip(" ").endswith(("“", '"', "‘"))

    def _fold(self, first: int, last: int) -> str:
        return latin_fold(self.text[self.words[first].start : self.words[last - 1].end])

    # Chains inside running text.

    def _judge(self, first: int, last: int) -> Iterator[Span]:
        """Cut a chain at its titles and take off what is no name."""
        if self._is_known(first, last):
            yield Span(first, last, "", "known name")
            return
        words, lists = self.words, self._lists
        if first > 1 and words[first - 1].lower == "of" and words[first - 2].lower in lists["titles"]:
            yield from self._office(first, last)
            return
        if words[last - 1].lower not in lists["organisation_words"] | lists["place_words"]:
            cut = self._last_title(first, last)
            if cut is not None and cut + 1 < last:
                left = cut
                while left > first and words[left - 1].lower in lists["titles"] | lists["title_modifiers"]:
                    left -= 1
                title = self.text[words[left].start : words[cut].end]
                if left > first:
                    yield from self._trimmed(first, left, "")
                yield from self._trimmed(cut + 1, last, title)
                return
            if cut is not None and (first == cut or self._only_states(first, cut)):
                yield from self._trimmed(first, cut, "")
                return
        yield from self._trimmed(first, last, "")

    def _office(self, first: int, last: int) -> Iterator[Span]:
        """What follows ``Governor of`` or ``Minister of``: the place or office, then perhaps a person."""
        words = self.words
        title = self.text[words[first - 2].start : words[first - 1].end]
        at = first
        while at < last and words[at].lower in self._lists["title_modifiers"]:
            at += 1
        for split in range(last - 1, at, -1):
            if words[split].lower in person_words()[0] and self._is_gazetted(at, split):
                yield from self._trimmed(at, split, "")
                yield from self._trimmed(split, last, title)
                return
        yield from self._trimmed(at, last, title if at > first else "")

    def _last_title(self, first: int, last: int) -> int | None:
        """The last word of the chain that is a title and no given name after another name."""
        titles = self._lists["titles"]
        empty = titles | self._lists["title_modifiers"] | self._lists["function_words"]
        for at in range(last - 1, first - 1, -1):
            if self.words[at].lower in titles and self.words[at].gap != "hyphen":
                before = self.words[first:at]
                plain = all(
                    w.acronym or is_demonym(w.text) or is_country(w.text) or w.lower in empty for w in before
                )
                while before and before[-1].lower in empty:
                    before.pop()
                plain = plain or is_country(" ".join(w.text for w in before))
                if plain or any(w.lower in titles for w in before):
                    return at
        return None

    def _only_states(self, first: int, last: int) -> bool:
        modifiers = self._lists["title_modifiers"]
        return all(
            w.acronym or is_demonym(w.text) or is_country(w.text) or w.lower in modifiers
            for w in self.words[first:last]
        )

    def _trimmed(self, first: int, last: int, title: str) -> Iterator[Span]:
        """Take dates, directions, demonyms and sentence-opening common words off both ends."""
        words, lists = self.words, self._lists
        while first < last and self._drop_first(first, last, title):
            first += 1
        while first < last and self._drop_last(first, last):
            last -= 1
        if first >= last or not any(w.capital for w in words[first:last]):
            return
        inner = words[first:last]
        outside = lists["dates"] | lists["directions"]
        if not title and all(is_demonym(w.text) or w.lower in outside for w in inner):
            return
        roles = lists["titles"] | lists["title_modifiers"]
        if all(w.lower in roles or (w.lower in lists["function_words"] and not w.acronym) for w in inner):
            return
        if last - first == 1 and not title and not self._single(first):
            return
        opens = first in self._openers
        yield Span(first, last, title, "opens a sentence, but no common word" if opens else "capitalised")

    def _drop_first(self, first: int, last: int, title: str) -> bool:
        words, lists = self.words, self._lists
        word, rest = words[first], last - first - 1
        if rest and self._is_gazetted(first, last):
            return False
        if rest and word.lower in lists["european_particles"] | lists["arabic_particles"]:
            return False
        if word.lower in lists["function_words"] and not word.acronym:
            return not (rest and words[first + 1].gap == "hyphen" and word.lower in lists["articles"])
        if word.lower in lists["dates"] and not (rest and word.lower in lists["date_given_names"]):
            return True
        if word.lower in lists["directions"] and rest:
            whole = self.text[word.start : words[last - 1].end].lower()
            return whole not in place_names() and self._is_gazetted(first + 1, last)
        if first in self._openers and rest and not title:
            return self._common_opener(first, last)
        return False

    def _common_opener(self, first: int, last: int) -> bool:
        """Whether the first word of a chain that opens a sentence is only capitalised for that."""
        word = self.words[first]
        if word.acronym or is_demonym(word.text) or self.words[first + 1].gap == "hyphen":
            return False
        if self.words[last - 1].lower in self._lists["organisation_words"] | self._lists["place_words"]:
            return False
        end = self.words[last - 1].end
        if self.text[word.start - 1 : word.start] in _QUOTES and self.text[end : end + 1] in _QUOTES:
            return False
        if (lower_share(word.lower) or 0) < VERY_COMMON or self._upper[word.lower]:
            return False
        following = [w for w in self.words[first + 1 : last] if not is_demonym(w.text)]
        return not following or (lower_share(following[0].lower) or 0) < COMMON  # Human Rights Watch

    def _drop_last(self, first: int, last: int) -> bool:
        word = self.words[last - 1]
        if not word.capital:
            return True
        if last - first == 1:
            return False
        before = self.words[last - 2]
        if word.lower in self._lists["dates"]:
            after = self.text[word.end : word.end + 3].strip()
            return word.lower not in self._lists["date_given_names"] or after[:1].isdigit()
        return before.acronym and is_demonym(word.text)

    def _single(self, at: int) -> bool:
        """Whether one capitalised word alone is a name."""
        word = self.words[at]
        if len(word.text) == 1 or word.text[0].isdigit():
            return False
        if word.acronym:
            return word.lower not in self._lists["dates"] | self._lists["titles"]
        share = lower_share(word.lower)
        common = 0 if share is None else share
        if arabic_of(word.text) and common < VERY_COMMON:
            return True
        if at in self._openers:
            if share is None and not self._upper[word.lower] and kind_shares(word.text)["word"] >= _WORDLIKE:
                return False  # Cholera spread
            return common < COMMON and not (self._small[word.lower] and not self._upper[word.lower])
        lists = self._lists
        if word.lower in lists["organisation_words"] | lists["place_words"] | lists["directions"]:
            return False
        return common < VERY_COMMON and self._small[word.lower] <= self._upper[word.lower]

    def _is_known(self, first: int, last: int) -> bool:
        if self.known is None:
            return False
        return bool(self.known.arabic(self.text[self.words[first].start : self.words[last - 1].end]))

    def _is_gazetted(self, first: int, last: int) -> bool:
        return bool(arabic_of(self.text[self.words[first].start : self.words[last - 1].end]))

    # Headlines, where capitals say nothing.

    def _headline_words(self) -> frozenset[int]:
        """Words of lines that capitalise every word, or every letter."""
        found: set[int] = set()
        at = 0
        for line in _LINE.finditer(self.text):
            start = at
            while at < len(self.words) and self.words[at].start < line.end():
                at += 1
            if _is_headline(self.words[start:at]):
                found.update(range(start, at))
        return frozenset(found)

    def _headline_runs(self) -> Iterator[tuple[int, int]]:
        """Joined runs of capitalised words (and particles) of headline lines."""
        for first, last in chains(self.words, self._openers):
            if first in self._headline:
                yield first, last

    def _headline_names(self, first: int, last: int, seen: set[str]) -> Iterator[Span]:
        at = first
        while at < last:
            for stop in range(min(last, at + 6), at, -1):
                reason = self._headline_reason(at, stop, seen)
                if reason:
                    yield Span(at, stop, "", reason)
                    at = stop
                    break
            else:
                at += 1

    def _headline_reason(self, first: int, last: int, seen: set[str]) -> str:
        inner = self.words[first:last]
        ends = inner[0], inner[-1]
        if any(w.lower in self._lists["function_words"] | self._lists["dates"] for w in ends):
            return ""
        if self._fold(first, last) in seen:
            return "in a headline, and a name in the text"
        if self._is_known(first, last):
            return "in a headline, a known name"
        if all(is_demonym(w.text) for w in inner):
            return ""
        if last - first > 1 and _BRACKET_AHEAD.match(self.text, ends[1].end):
            return "in a headline, before a bracketed abbreviation"
        if self._is_gazetted(first, last) and (
            last - first > 1 or (lower_share(ends[0].lower) or 0) < COMMON
        ):
            return "in a headline, in the gazetteer"
        if (
            all(self._of_name(w) for w in inner)
            and (ends[0].capital or self._is_particle(ends[0]))
            and ends[1].capital
        ):
            return "in a headline, no common word"
        return ""

    def _of_name(self, word: Word) -> bool:
        """Whether a word of a headline may be part of a name nothing else tells of."""
        if not word.capital:
            return self._is_particle(word)
        share = lower_share(word.lower)
        if (share or 0) >= COMMON or word.lower in self._lists["titles"] | self._lists["directions"]:
            return False
        return share is not None or kind_shares(word.text.capitalize())["word"] < _WORDLIKE

    def _is_particle(self, word: Word) -> bool:
        return word.lower in self._lists["articles"] | self._lists["arabic_particles"]


def _is_headline(words: Sequence[Word]) -> bool:
    """Whether a line writes every word of weight with a capital, common words too."""
    lists = cues("english")
    light = (
        lists["function_words"] | lists["articles"] | lists["arabic_particles"] | lists["european_particles"]
    )
    weighty = [w for w in words if w.lower not in light and w.text[0].isalpha() and len(w.text) > 1]
    if len(weighty) < 3 or sum(w.capital for w in weighty) < 0.9 * len(weighty):
        return False
    common = [w for w in weighty if w.capital and (lower_share(w.lower) or 0) >= VERY_COMMON]
    cue = lists["organisation_words"] | lists["place_words"] | lists["titles"]
    telling = [w for w in common if w.lower not in cue]
    return len(common) >= 2 or (len(weighty) > 3 and bool(telling)) or all(w.acronym for w in weighty)
