"""Where names stand in a text, in either script, without a downloaded model."""

from __future__ import annotations

import bisect
import dataclasses
from collections.abc import Iterator
from typing import Final, Literal

import regex

from bialign.errors import UsageError
from bialign.model import Known, Mention
from bialign.names.abbreviations import bracketed, expansion_before, find_expansions
from bialign.names.arabic_mentions import arabic_mention, find_arabic_names
from bialign.names.backends import backend as find_backend
from bialign.names.cues import is_country
from bialign.names.english import Finder
from bialign.names.kinds import kind_of

_WORD_BEFORE: Final = regex.compile(r"[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}'’]|-(?=[\p{L}\p{N}]))*-?$")
_WORD_AFTER: Final = regex.compile(r"(?:[\p{L}\p{M}\p{N}]|['’\-](?=[\p{L}\p{N}]))+")
_LONGEST_WORD: Final = 30
#: A longer text is read in parts, broken near their end.
_BLOCK: Final = 400_000
_BREAK_WITHIN: Final = 20_000
#: No capitalised name is longer (code points): what overlaps a span opens no further before it.
_LONGEST_NAME: Final = 400


def find_names(
    text: str, language: Literal["en", "ar"], known: Known | None = None, backend: str | None = None
) -> list[Mention]:
    """The names of a text, sorted, apart from each other.

    A span points into the untouched text and may hold broken hyphens and spaces; ``text`` is what
    stands there, white space folded to one space. Titles, nationality adjectives, directions,
    dates and possessive endings are outside. Of a compound such as ``US-led`` the name is ``US``.
    ``X (ABC)`` is two mentions, and X may end in a word of lower case where the letters of the
    abbreviation call for it.

    Args:
        text: any text.
        language: ``en`` or ``ar``.
        known: names attested elsewhere, a lexicon's or a ``PairList``.
        backend: another finder, where it is installed (``bialign.names.backends``): ``spacy``,
            ``spacy:MODEL``, ``camel`` or ``camel:MODEL``.

    Raises:
        UsageError: another language, or a backend that is not installed.

    >>> [m.text for m in find_names("They left the town of Sittah for the al- Nasr Gathering.", "en")]
    ['Sittah', 'al- Nasr Gathering']
    """
    if language not in ("en", "ar"):
        raise UsageError(f"no names are found in language {language!r}", mend="en or ar")
    if backend is not None:
        return _from_backend(text, language, backend)
    mentions: list[Mention] = []
    for start, end in _blocks(text):
        block = text if end - start == len(text) else text[start:end]
        found = _english(block, known) if language == "en" else find_arabic_names(block, known)
        mentions += (moved(mention, start) for mention in found) if start else found
    return mentions


def moved(mention: Mention, by: int) -> Mention:
    """The mention so many code points further on."""
    places = {name: getattr(mention, name) + by for name in ("start", "end", "token_start", "token_end")}
    return dataclasses.replace(mention, **places)


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Ranges that tile the text, none much longer than ``_BLOCK``, so that memory stays small.

    A block ends at a line end, else after a sentence, else at white space, as far as one is near.
    """
    start = 0
    while len(text) - start > _BLOCK:
        low = start + _BLOCK - _BREAK_WITHIN
        cut = max(text.rfind(mark, low, start + _BLOCK) + len(mark) for mark in ("\n", ". ", "؟ ", "! "))
        if cut <= low:
            cut = max(text.rfind(" ", low, start + _BLOCK) + 1, low)
        yield start, cut
        start = cut
    yield start, len(text)


def _from_backend(text: str, language: str, name: str) -> list[Mention]:
    mentions: list[Mention] = []
    for start, end, kind in sorted(find_backend(name)(text)):
        if mentions and start < mentions[-1].token_end:
            continue
        low = mentions[-1].token_end if mentions else 0
        token = _whole_words(text, (start, end), low, len(text))
        if language == "ar":
            mentions.append(arabic_mention(text, start, end, kind, f"found by {name}"))
        else:
            written = " ".join(text[start:end].split())
            mentions.append(Mention(written, start, end, *token, kind, f"found by {name}"))
    return mentions


def _english(text: str, known: Known | None) -> list[Mention]:
    finder = Finder(text, known)
    found: dict[tuple[int, int], tuple[str, str]] = {}
    for span in finder.spans():
        start, end = finder.words[span.first].start, finder.words[span.last - 1].end
        found[start, end] = span.title, span.reason
    capitalised = sorted(found)
    for bracket in bracketed(text):
        found.setdefault(bracket.span(1), ("", "abbreviation in brackets"))
        expansion = expansion_before(text, bracket.start(), bracket.group(1))
        if expansion is None:
            continue
        start, end, why = expansion
        if (start, end) not in found:
            near = (
                bisect.bisect(capitalised, (start - _LONGEST_NAME, 0)),
                bisect.bisect(capitalised, (end, 0)),
            )
            for other in capitalised[slice(*near)]:
                if start < other[1]:
                    found.pop(other, None)
            found[start, end] = "", f"spelled out before '{bracket.group(1)}': {why}"
    mentions: list[Mention] = []
    spans = sorted(found)
    for index, place in enumerate(spans):
        low = mentions[-1].token_end if mentions else 0
        high = spans[index + 1][0] if index + 1 < len(spans) else len(text)
        mentions.append(_mention(text, place, _whole_words(text, place, low, high), *found[place]))
    expanded = {long.start for _, long in find_expansions(text, mentions)}
    return [
        dataclasses.replace(m, type="organisation", reason=f"{m.reason}, but abbreviated")
        if m.start in expanded and m.type == "other"
        else m
        for m in _with_families(mentions)
    ]


def _with_families(mentions: list[Mention]) -> list[Mention]:
    """Give a last name alone (``al-Zahrani``) the type person where the full name stands in the text too."""
    families: dict[str, str] = {}
    for mention in mentions:
        words = mention.text.split()
        if mention.type == "person" and len(words) > 1:
            families.setdefault(words[-1], mention.text)
    return [
        dataclasses.replace(m, type="person", reason=f"{m.reason}, but a part of '{families[m.text]}'")
        if m.text in families and m.type != "person" and not is_country(m.text)
        else m
        for m in mentions
    ]


def _mention(text: str, span: tuple[int, int], token: tuple[int, int], title: str, reason: str) -> Mention:
    start, end = span
    before, after = text[max(0, start - 60) : start], text[end : end + 60]
    kind, why = kind_of(text[start:end], before, after, title)
    written = " ".join(text[start:end].split())
    return Mention(written, start, end, *token, kind, f"{reason}; {kind}: {why}")


def _whole_words(text: str, span: tuple[int, int], low: int, high: int) -> tuple[int, int]:
    """The span widened to the whole words it stands in (``US-led``), between two bounds."""
    start, end = span
    ahead = _WORD_BEFORE.search(text, max(low, start - _LONGEST_WORD), start)
    behind = _WORD_AFTER.match(text, end, min(high, end + _LONGEST_WORD))
    return (ahead.start() if ahead else start), (behind.end() if behind else end)
