"""Abbreviations and what they stand for.

In English text a bracketed abbreviation is tied to the words before it after Schwartz and Hearst,
"A simple algorithm for identifying abbreviation definitions in biomedical text" (PSB 2003), with
two stronger readings tried first: the words' initials spell it, or begin it. Arabic abbreviations
of an English expansion are the business of ``bialign.names.initials``, offered here as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import regex

from bialign.model import Mention
from bialign.names.initials import (
    ArabicAbbreviation,
    arabic_abbreviations,
    arabic_initials,
    find_arabic_abbreviation,
)

__all__ = [
    "ArabicAbbreviation",
    "arabic_abbreviations",
    "arabic_initials",
    "bracketed",
    "expansion_before",
    "find_arabic_abbreviation",
    "find_expansions",
    "letters_support",
]

_BRACKETED: Final = regex.compile(r"\(\s{0,3}(\p{L}[\p{L}\p{N}&.\-]{1,9})\s{0,3}\)")
_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}'’]*")
_STOP = regex.compile(r"[.!?;:()\[\]\n\r\"“”«»]")
_SMALL: Final = frozenset(
    ("of", "the", "and", "for", "in", "on", "to", "a", "an", "de", "la", "du", "des", "al", "el")
)


def bracketed(text: str) -> Iterator[regex.Match[str]]:
    """Abbreviations alone in brackets: two to ten letters, at least two capitals; in group 1.

    >>> [match.group(1) for match in bracketed("Words (and) Food Programme (WFP), Aid(UNHCR) (A)")]
    ['WFP', 'UNHCR']
    """
    for match in _BRACKETED.finditer(text):
        if sum(letter.isupper() for letter in match.group(1)) > 1:
            yield match


def letters_support(abbreviation: str, words: Sequence[str]) -> str | None:
    """Why ``words`` can be what ``abbreviation`` stands for, or None.

    >>> letters_support("UN", ["United", "Nations"])
    'its initials'
    >>> letters_support("OPEC", ["Oil", "producers"])
    'its initials begin the abbreviation'
    >>> letters_support("UN", ["several", "states"]) is None
    True
    """
    letters = "".join(c for c in abbreviation.lower() if c.isalnum())
    if not letters or not words or words[0].lower() in _SMALL or words[-1].lower() in _SMALL:
        return None
    lower = [word.lower() for word in words]
    heads = "".join(word[0] for word in lower if word not in _SMALL)
    if letters in (heads, "".join(word[0] for word in lower)):
        return "its initials"
    if len(heads) >= 2 and letters.startswith(heads):
        return "its initials begin the abbreviation"
    if len(words) <= min(len(letters) + 5, 2 * len(letters)) and _schwartz_hearst(letters, " ".join(lower)):
        return "its letters in order"
    return None


def _schwartz_hearst(letters: str, long_form: str) -> bool:
    """Whether the letters stand in the long form in order, the first at its very start."""
    at = len(long_form)
    for letter in reversed(letters[1:]):
        at = long_form.rfind(letter, 0, at)
        if at <= 0:
            return False
    return long_form[0] == letters[0]


def expansion_before(text: str, end: int, abbreviation: str, floor: int = 0) -> tuple[int, int, str] | None:
    """The words right before a bracket that the abbreviation in it stands for.

    Args:
        text: any text.
        end: where the bracket opens.
        abbreviation: what the bracket holds.
        floor: do not look before this place.

    Returns:
        Start and end of the expansion and why; None if no words fit. An expansion holds a capital
        letter; the shortest with the strongest reason wins.
    """
    base = max(floor, end - 200)
    base = max([base, *(stop.end() for stop in _STOP.finditer(text, base, end))])
    spans = [match.span() for match in _WORD.finditer(text, base, end)]
    most = min(len(abbreviation) + 5, 2 * len(abbreviation))
    found: list[tuple[int, int, int, int, str]] = []
    order = ("its initials", "its letters in order", "its initials begin the abbreviation")
    for size in range(1, min(most, len(spans)) + 1):
        chosen = spans[-size:]
        words = [text[a:b] for a, b in chosen]
        reason = letters_support(abbreviation, words)
        if reason and words[0][0].isupper():
            found.append((order.index(reason), size, chosen[0][0], chosen[-1][1], reason))
    if not found:
        return None
    return min(found)[2:]


def find_expansions(text: str, mentions: Sequence[Mention]) -> list[tuple[Mention, Mention]]:
    """Tie each bracketed abbreviation to the mention before it that it stands for.

    Args:
        text: the text the mentions stand in.
        mentions: its mentions, as ``find_names`` gives them.

    Returns:
        Pairs (abbreviation, expansion), in text order. Every other mention of the same text that
        spells the abbreviation is the same name; the pair is given once, where it is defined.
    """
    ending = {mention.end: mention for mention in mentions}
    starting = {mention.start: mention for mention in mentions}
    pairs = []
    for bracket in bracketed(text):
        abbreviation = starting.get(bracket.start(1))
        before = text[max(0, bracket.start() - 3) : bracket.start()]
        expansion = ending.get(bracket.start() - len(before) + len(before.rstrip()))
        if abbreviation is None or expansion is None:
            continue
        words = _WORD.findall(expansion.text)
        if letters_support(abbreviation.text, words):
            pairs.append((abbreviation, expansion))
    return pairs
