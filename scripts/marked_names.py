"""Sentences with their names marked in place, as ``tests/cases/marked_names`` has them.

``[p Bashar al-Assad]`` is a person, ``l`` a place, ``o`` an organisation, ``x`` something else, ``*``
of any type; what stands in ``{braces}`` may be found or not.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import regex

FOLDER = Path(__file__).resolve().parent.parent / "tests/cases/marked_names"
TYPES = {"p": "person", "l": "place", "o": "organisation", "x": "other", "*": ""}
_MARK = regex.compile(r"\[(?P<type>[plox*]) (?P<name>[^\]]+)\]|\{(?P<free>[^}]+)\}")


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence, its names by span with their type (empty: any), and the spans that may be names."""

    text: str
    names: dict[tuple[int, int], str]
    free: tuple[tuple[int, int], ...]


def read_marked(name: str) -> list[Marked]:
    """The sentences of one file of the folder, by its name without ending."""
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [parse(line) for line in lines if line and not line.startswith("#")]


def parse(line: str) -> Marked:
    """One marked line.

    >>> parse("In [l Hama], {Nobel} said").names, parse("In [l Hama]").text
    ({(3, 7): 'place'}, 'In Hama')
    """
    text, end = "", 0
    names: dict[tuple[int, int], str] = {}
    free: list[tuple[int, int]] = []
    for match in _MARK.finditer(line):
        text += line[end : match.start()]
        inside = match.group("name") or match.group("free")
        span = len(text), len(text) + len(inside)
        if match.group("name"):
            names[span] = TYPES[match.group("type")]
        else:
            free.append(span)
        text += inside
        end = match.end()
    return Marked(text + line[end:], names, tuple(free))
