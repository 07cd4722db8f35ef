"""The names of one side of many pairs, cut into parts that are numbered, so that each is scored once."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bialign.names.lattice import Ints
from bialign.names.letters import fold
from bialign.names.units import (
    Unit,
    arabic_units,
    bare_arabic,
    bare_latin,
    core_arabic,
    core_latin,
    free_latin,
    latin_units,
)

#: Parts of a name looked at; what stands after them joins the last.
_MOST_UNITS: Final = 6
#: Interdental letters as most dialects say them; writers follow the sound (عثمان: Othman, Osman).
_DIALECT: Final = str.maketrans("ثذ", "سد")
#: A last ى is read a, except where writers put it for ي.
_LAST_A: Final = re.compile(r"ى\b")


@dataclass(frozen=True, slots=True)
class Side:
    """The distinct names of one side.

    Args:
        names: plain letters.
        units: the distinct parts, whole names among them.
        read: the same as the models read them: Arabic folded, [units].
        light: whether a part may be left out of a name, [units].
        parts: numbers of each name's parts, -1 after the last, [names, most parts].
        whole: number of each name taken as one part, [names].
        letters: number of letters of each part, [units].
        bare: number of each part without its article, its own where it has none, [units].
        free: of a Latin part that may end in the feminine's t, number of the part without it;
            of an Arabic part, its own number if it may be such a feminine; else -1, [units].
        core: of a compound (servant of X, father of X, X of the faith), number of its X; else -1, [units].
        kind: of which kind that compound is, 0 for none, [units].
        soft: of an Arabic part with ث or ذ, number of the part as dialects say it (س, د), of one that
            ends in ى, of the part with ا; else -1, [units].
    """

    names: list[str]
    units: list[str]
    read: list[str]
    light: NDArray[np.bool_]
    parts: Ints
    whole: Ints
    letters: Ints
    bare: Ints
    free: Ints
    core: Ints
    kind: Ints
    soft: Ints


class _Script(NamedTuple):
    """How names of one script are cut: into parts, and each part into what can stand for it."""

    split: Callable[[str], list[Unit]]
    strip: Callable[[str], str]
    loosen: Callable[[str], str]
    core: Callable[[str], tuple[int, str]]
    soften: Callable[[str], str]


def arabic_side(names: Sequence[str]) -> Side:
    """Split distinct Arabic names, plain and folded but for ى, which folds with ي when it is read."""
    return _side(names, _Script(arabic_units, bare_arabic, _arabic_feminine, core_arabic, _said))


def latin_side(names: Sequence[str]) -> Side:
    """Split distinct Latin names, plain."""
    return _side(names, _Script(latin_units, bare_latin, _latin_feminine, core_latin, lambda _: ""))


def _arabic_feminine(unit: str) -> str:
    return unit if unit.endswith("ه") else ""


def _latin_feminine(unit: str) -> str:
    free = free_latin(unit)
    return "" if free == unit else free


def _said(unit: str) -> str:
    said = _LAST_A.sub("ا", unit.translate(_DIALECT))
    return "" if said == unit else said


def _side(names: Sequence[str], script: _Script) -> Side:
    numbers: dict[str, int] = {}
    light: list[bool] = []

    def number(text: str, *, may_go: bool = False) -> int:
        found = numbers.setdefault(text, len(numbers))
        if found == len(light):
            light.append(may_go)
        return found

    split_names = []
    for name in names:
        units = script.split(name)
        if len(units) > _MOST_UNITS:
            rest = " ".join(u.text for u in units[_MOST_UNITS - 1 :])
            units = [*units[: _MOST_UNITS - 1], Unit(rest, light=False)]
        split_names.append([number(u.text, may_go=u.light) for u in units])
    parts = np.full((len(names), max(map(len, split_names), default=0)), -1, dtype=np.int64)
    for row, found in zip(parts, split_names, strict=True):
        row[: len(found)] = found
    whole = np.array([number(name) for name in names], dtype=np.int64)
    given = list(numbers)

    def derived(made: Sequence[str]) -> list[int]:
        return [number(text) if text else -1 for text in made]

    cores = [script.core(text) for text in given]
    columns = [
        derived([script.strip(text) for text in given]),
        derived([script.loosen(text) for text in given]),
        derived([core for _, core in cores]),
        [kind for kind, _ in cores],
        derived([script.soften(text) for text in given]),
    ]
    added = len(numbers) - len(given)
    fill = np.full(added, -1)
    bare, free, core, kind, soft = (np.concatenate([np.array(c, dtype=np.int64), fill]) for c in columns)
    bare[len(given) :] = np.arange(len(given), len(numbers))
    kind[len(given) :] = 0
    letters = np.array([len(text) for text in numbers], dtype=np.int64)
    lightness = np.array(light, dtype=bool)
    read = [fold(text) for text in numbers]
    return Side(
        list(names), list(numbers), read, lightness, parts, whole, letters, bare, free, core, kind, soft
    )
