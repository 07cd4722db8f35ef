"""Runs of Arabic, Latin and neutral characters."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final, Literal

import regex

from bialign.model import Record

Script = Literal["arabic", "latin", "neutral"]

# \p{Script=Arabic} would miss the comma, the question mark, tatweel and the harakat, which
# Unicode gives to several scripts; the extension property has them.
_ARABIC: Final = regex.compile(r"\p{scx=Arab}")
_LATIN: Final = regex.compile(r"\p{Script=Latin}")
_STRONG: Final = regex.compile(
    r"(?P<arabic>\p{scx=Arab}(?:[\p{scx=Arab}\p{M}]|\p{Cf})*)|(?P<latin>\p{Script=Latin}[\p{Script=Latin}\p{M}]*)"
)
_LETTER: Final = regex.compile(r"\p{L}")


@dataclass(frozen=True, slots=True)
class Run(Record):
    """A stretch of text in one script; ``start`` and ``end`` are code points."""

    start: int
    end: int
    script: Script


def has_arabic(text: str) -> bool:
    """Whether the text holds an Arabic letter, mark or sign.

    >>> has_arabic("Damascus"), has_arabic("دمشق")
    (False, True)
    """
    return _ARABIC.search(text) is not None


def has_latin(text: str) -> bool:
    """Whether the text holds a Latin letter."""
    return _LATIN.search(text) is not None


def arabic_share(text: str) -> float:
    """Share (0 to 1) of the text's letters that are Arabic; 0 where it has no letter.

    >>> arabic_share("ab دم")
    0.5
    """
    letters = _LETTER.findall(text)
    return sum(map(has_arabic, letters)) / len(letters) if letters else 0.0


def runs(text: str) -> list[Run]:
    """Cut a text into Arabic, Latin and neutral runs that tile it.

    Digits, spaces and punctuation go with the run before them, at the beginning with the run
    behind; a text without letters is one neutral run.

    >>> [(r.script, r.start, r.end) for r in runs("قال NATO")]
    [('arabic', 0, 4), ('latin', 4, 8)]
    """
    found: list[Run] = []
    for match in _STRONG.finditer(text):
        script: Script = "arabic" if match["arabic"] else "latin"
        if found and found[-1].script == script:
            found[-1] = Run(found[-1].start, match.end(), script)
        else:
            if found:
                found[-1] = Run(found[-1].start, match.start(), found[-1].script)
            found.append(Run(match.start() if found else 0, match.end(), script))
    if not found:
        return [Run(0, len(text), "neutral")] if text else []
    found[-1] = Run(found[-1].start, len(text), found[-1].script)
    return found


@dataclass(frozen=True, slots=True)
class DirectionMark(Record):
    """An invisible direction control in a text: where it stands and what Unicode calls it."""

    position: int
    name: str


_DIRECTION: Final = regex.compile(r"[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]")


def direction_marks(text: str) -> list[DirectionMark]:
    r"""The direction controls of a text, for a reviewer who cannot see them.

    >>> direction_marks("a\u200fb")
    [DirectionMark(position=1, name='RIGHT-TO-LEFT MARK')]
    """
    return [DirectionMark(m.start(), unicodedata.name(m.group())) for m in _DIRECTION.finditer(text)]
