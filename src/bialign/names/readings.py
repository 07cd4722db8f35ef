"""What two names of one script may both be in the other: how far their likely spellings overlap.

Karim and Karima differ in one letter, and no Arabic name is likely to be both; Yusuf and Youcef
differ in three, and one name is likely to be both. The overlap of the two distributions is their
Bhattacharyya coefficient (1943), the sum of the geometric means of what each gives a spelling.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import Final

import numpy as np

from bialign.names.calibration import Floats
from bialign.names.letters import fold, plain_arabic, plain_latin
from bialign.names.transliteration import arabize_many, romanize_many
from bialign.names.units import arabic_units, bare_arabic, bare_latin, latin_units

#: Spellings looked at of each part.
_SPELLINGS: Final = 8

#: Likely spellings of a part of a name with their probabilities.
Readings = dict[str, float]


def overlaps(pairs: Sequence[tuple[str, str]], *, arabic: bool) -> tuple[Floats, list[str]]:
    """How far the likely spellings of two names in the other script overlap.

    Names of as many parts are compared part by part, and the least overlap counts; others are
    compared as one word each. The article counts for nothing.

    Args:
        pairs: two names in one script.
        arabic: whether that is the Arabic one.

    Returns:
        float64 of the number of pairs, 0 for nothing in common to 1 for the same, and a readable
        line for each pair.
    """
    cut = {name: _parts(name, arabic=arabic) for pair in pairs for name in pair}
    asked = {part for parts in cut.values() for part in parts}
    asked |= {"".join(cut[name]) for pair in pairs for name in pair if len(cut[pair[0]]) != len(cut[pair[1]])}
    read = _read(sorted(asked - {""}), arabic=arabic)
    result, lines = np.zeros(len(pairs)), []
    for k, (a, b) in enumerate(pairs):
        left, right = cut[a], cut[b]
        if len(left) != len(right):
            left, right = ["".join(left)], ["".join(right)]
        found = [_overlap(read.get(x, {}), read.get(y, {})) for x, y in zip(left, right, strict=True)]
        result[k], shared = min(found, default=(0.0, ""))
        lines.append(f"both may be {shared}: {result[k]:.2f}" if shared else "no likely spelling in common")
    return result, lines


def _parts(name: str, *, arabic: bool) -> list[str]:
    if arabic:
        found = [bare_arabic(unit.text) for unit in arabic_units(fold(plain_arabic(name))) if not unit.light]
    else:
        found = [bare_latin(unit.text) for unit in latin_units(plain_latin(name)) if not unit.light]
    return [part.replace(" ", "") if arabic else part for part in found]


def _read(parts: list[str], *, arabic: bool) -> dict[str, Readings]:
    spelled = (romanize_many if arabic else arabize_many)(parts, n=_SPELLINGS)
    read: dict[str, Readings] = {}
    for part, candidates in zip(parts, spelled, strict=True):
        readings = read.setdefault(part, {})
        for c in candidates:
            key = _key(c.text, arabic=not arabic)
            readings[key] = readings.get(key, 0.0) + c.probability
        total = max(sum(readings.values()), 1.0)
        read[part] = {key: p / total for key, p in readings.items()}
    return read


def _key(spelling: str, *, arabic: bool) -> str:
    if arabic:
        return bare_arabic(fold(plain_arabic(spelling))).replace(" ", "")
    return bare_latin(plain_latin(spelling)).replace(" ", "")


def _overlap(left: Readings, right: Readings) -> tuple[float, str]:
    """The coefficient, and the spelling that gives most of it."""
    common = {key: sqrt(p * right[key]) for key, p in left.items() if key in right}
    return min(sum(common.values()), 1.0), max(common, key=lambda key: common[key], default="")
