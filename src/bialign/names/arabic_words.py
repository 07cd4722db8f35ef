"""The words of an Arabic text, what stands between them, and the runs of words that join."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

import regex

_WORD: Final = regex.compile(r"[\p{Arab}--[؀-؏؛-؟٪-٭۔]][\p{Arab}\p{M}ـ--[؀-؏؛-؟٪-٭۔]]*", regex.V1)
_JOINED: Final = regex.compile(r"[ \t\u00a0\u200e\u200f]{1,3}|[ \t]?-[ \t]?")
#: What a gap between two words may hold, the first that it does is its kind.
_KINDS: Final = tuple(
    (kind, regex.compile(pattern))
    for kind, pattern in (
        ("line", r"[\r\n]"), ("quote", r"[\"“”«»„‟]"), ("(", r"\("), (")", r"\)"), (".", r"[.!?؟…]"),
        (":", ":"), (",", r"[،؛,;]"), ("9", r"\p{N}"), ("a", r"\p{Latin}"),
    )
)  # fmt: skip
#: A longer gap is a break, whatever it holds.
_LONG_GAP: Final = 40


@dataclass(frozen=True, slots=True)
class Word:
    """A word and what stands around it.

    Args:
        text: as written.
        start, end: where.
        joined: whether it joins the word before: white space or a hyphen between them.
        before, after: the kind of the gap on either side, a space where it joins.
    """

    text: str
    start: int
    end: int
    joined: bool
    before: str
    after: str


def arabic_words(text: str) -> list[Word]:
    """The Arabic words of a text, in order.

    >>> [(w.text, w.joined, w.after) for w in arabic_words("قال: «قسد» هنا")]
    [('قال', False, 'quote'), ('قسد', False, 'quote'), ('هنا', False, 'line')]
    """
    spans = [match.span() for match in _WORD.finditer(text)]
    kinds = ["line"]
    for (_, end), (start, _) in pairwise(spans):
        kinds.append(_kind(text[end:start]) if start - end <= _LONG_GAP else "line")
    kinds.append("line")
    return [
        Word(text[start:end], start, end, kinds[i] == " ", kinds[i], kinds[i + 1])
        for i, (start, end) in enumerate(spans)
    ]


@lru_cache(maxsize=10_000)
def _kind(gap: str) -> str:
    if _JOINED.fullmatch(gap):
        return " "
    return next((kind for kind, pattern in _KINDS if pattern.search(gap)), "other")


def runs_of(words: Sequence[Word], longest: int) -> list[tuple[int, int]]:
    """Half-open ranges of words that join each other, cut where longer than ``longest``."""
    runs = []
    first = 0
    for at in range(1, len(words) + 1):
        if at == len(words) or not words[at].joined or at - first == longest:
            runs.append((first, at))
            first = at
    return runs if words else []
