"""Runs of Arabic, Latin and neutral characters, and the direction controls hidden among them.

SOURCES: Unicode Script_Extensions (UAX 24); the pairing of brackets and the belonging of signs
between two scripts follow the Unicode Bidirectional Algorithm (UAX 9, rules BD16, N0 to N2),
with scripts in place of directions.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final, Literal

import regex

from bialign.model import Record
from bialign.text.presence import has_arabic, has_latin

__all__ = [
    "DirectionMark",
    "Run",
    "Script",
    "arabic_share",
    "direction_marks",
    "has_arabic",
    "has_latin",
    "runs",
]

Script = Literal["arabic", "latin", "neutral"]

_ARABIC: Final = regex.compile(r"\p{scx=Arab}")
_LETTER: Final = regex.compile(r"\p{L}")
_PART: Final = regex.compile(
    r"(?P<arabic>\p{scx=Arab}(?:[\p{scx=Arab}\p{M}]|\p{Cf}(?=\p{scx=Arab}))*+)"
    r"|(?P<latin>\p{Script=Latin}(?:[\p{Script=Latin}\p{M}]|['’ʼ](?=\p{Script=Latin}))*+)"
    r"|(?P<other>\p{L}[\p{L}\p{M}--\p{Script=Latin}--\p{scx=Arab}]*+)"
    r"|(?P<open>[\p{Ps}\p{Pi}])|(?P<close>[\p{Pe}\p{Pf}])"
    r"""|(?P<opening>(?<![^\s\p{Ps}\p{Pi}"'])["'](?=\S))|(?P<closing>["'](?![\p{L}\p{N}]))"""
    r"|(?P<prefix>[#@$€£¥]+(?=[\p{L}\p{N}]))"
    r"|(?P<space>\s+)|(?P<sign>\p{N}+|.)",
    regex.DOTALL | regex.V1,
)
_STRONG: Final[dict[str, Script]] = {"arabic": "arabic", "latin": "latin", "other": "neutral"}
_PARTNER: Final = {
    ")": "(", "]": "[", "}": "{", "»": "«", "›": "‹", "”": "“", "’": "‘", "﴿": "﴾", '"': '"', "'": "'",
}  # fmt: skip
# How many brackets may stand open; the bidirectional algorithm stops at the same depth.
_DEEPEST: Final = 63


@dataclass(frozen=True, slots=True)
class Run(Record):
    """A stretch of text in one script; ``start`` and ``end`` are code points."""

    start: int
    end: int
    script: Script


def arabic_share(text: str) -> float:
    """Share (0 to 1) of the text's letters that are Arabic; 0 where it has no letter.

    >>> arabic_share("ab دم")
    0.5
    """
    letters = "".join(_LETTER.findall(text))
    return len(_ARABIC.findall(letters)) / len(letters) if letters else 0.0


def runs(text: str) -> list[Run]:
    """Cut a text into Arabic, Latin and neutral runs that tile it.

    Brackets and quotation marks that belong together go to the script they stand in, not to the
    one they hold; digits and signs go with the word they touch, white space with what stands
    before it. Letters of other scripts, and a text without letters, are neutral.

    >>> [(r.script, r.start, r.end) for r in runs("قال (NATO) أمس")]
    [('arabic', 0, 5), ('latin', 5, 9), ('arabic', 9, 14)]
    """
    parts = list(_PART.finditer(text))
    scripts = _paired(parts)
    kinds = [part.lastgroup or "sign" for part in parts]
    _touching(scripts, kinds)
    return _merged(parts, scripts)


def _paired(parts: list[regex.Match[str]]) -> list[Script | None]:
    """Scripts of letters, and of brackets that have a partner."""
    scripts: list[Script | None] = [None] * len(parts)
    before: Script | None = None
    waiting: list[tuple[str, int, Script | None]] = []
    for index, part in enumerate(parts):
        kind = part.lastgroup or "sign"
        if kind in _STRONG:
            before = _STRONG[kind]
            scripts[index] = before
            waiting = [(sign, at, outer or before) for sign, at, outer in waiting] if waiting else waiting
            continue
        sign = part.group()
        if kind in {"close", "closing"} or (kind == "opening" and any(sign == s for s, *_ in waiting)):
            wanted = _PARTNER.get(sign)
            found = next((d for d in range(len(waiting) - 1, -1, -1) if waiting[d][0] == wanted), None)
            if found is not None:
                _, opened, outer = waiting[found]
                scripts[opened] = scripts[index] = outer
                del waiting[found:]
                continue
        if kind in {"open", "opening"} and len(waiting) < _DEEPEST:
            waiting.append((sign, index, before))
    return scripts


def _touching(scripts: list[Script | None], kinds: list[str]) -> None:
    """Give signs and digits to the letters they touch: to those before them, else behind."""
    carries = [kind in _STRONG for kind in kinds]
    loose = [script is None and kind != "space" for script, kind in zip(scripts, kinds, strict=True)]
    for index in range(1, len(scripts)):
        if loose[index] and kinds[index] != "prefix" and carries[index - 1]:
            scripts[index] = scripts[index - 1]
            carries[index], loose[index] = True, False
    for index in range(len(scripts) - 2, -1, -1):
        if loose[index] and carries[index + 1]:
            scripts[index] = scripts[index + 1]
            carries[index], loose[index] = True, False


def _merged(parts: list[regex.Match[str]], scripts: list[Script | None]) -> list[Run]:
    """Runs from parts: what has no script yet goes with what stands before it, or else behind."""
    found: list[Run] = []
    current: Script = next(filter(None, scripts), _STRONG["other"])
    for part, script in zip(parts, scripts, strict=True):
        current = script or current
        if found and found[-1].script == current:
            found[-1] = Run(found[-1].start, part.end(), current)
        else:
            found.append(Run(part.start(), part.end(), current))
    return found


@dataclass(frozen=True, slots=True)
class DirectionMark(Record):
    """An invisible direction control in a text.

    Args:
        position: its code point in the text.
        name: what Unicode calls it.
        problem: ``never closed`` before the paragraph ends, ``closes nothing``, or null.
    """

    position: int
    name: str
    problem: str | None = None


_DIRECTION: Final = regex.compile(r"[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]|[\n\r\u0085\u2029]|\Z")
_OPENERS: Final = {
    **dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c"),
    **dict.fromkeys("\u2066\u2067\u2068", "\u2069"),
}


def direction_marks(text: str) -> list[DirectionMark]:
    r"""The direction controls of a text, for a reviewer who cannot see them.

    >>> direction_marks("a\u200fb")
    [DirectionMark(position=1, name='RIGHT-TO-LEFT MARK', problem=None)]
    >>> [mark.problem for mark in direction_marks("\u202bab\u2069")]
    ['never closed', 'closes nothing']
    """
    problems: dict[int, str | None] = {}
    waiting: dict[str, list[int]] = {"\u202c": [], "\u2069": []}
    for match in _DIRECTION.finditer(text):
        sign, position = match.group(), match.start()
        if sign in _OPENERS:
            problems[position] = None
            waiting[_OPENERS[sign]].append(position)
        elif sign in waiting:
            problems[position] = None if waiting[sign] else "closes nothing"
            if waiting[sign]:
                waiting[sign].pop()
        elif sign and sign not in "\n\r\u0085\u2029":
            problems[position] = None
        else:
            # The end of a paragraph closes what stands open.
            for places in waiting.values():
                problems |= dict.fromkeys(places, "never closed")
                places.clear()
    return [
        DirectionMark(at, unicodedata.name(text[at]), problem) for at, problem in sorted(problems.items())
    ]
