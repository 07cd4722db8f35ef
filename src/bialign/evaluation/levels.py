"""Strictness levels: what counts as the same spelling."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from bialign.errors import UsageError
from bialign.names.differences import differences
from bialign.text.arabic import fold_arabic
from bialign.text.latin import strictness_key

#: From the strictest to the most lenient.
LEVELS: Final = ("written", "case", "marks", "article", "romanisation")
Script = Literal["en", "ar"]
IntArray = NDArray[np.int64]


@lru_cache(maxsize=1 << 16)
def key(spelling: str, level: str, script: Script = "en") -> str:
    """What a spelling is reduced to before it is compared.

    Args:
        spelling: a name as written.
        level: one of ``LEVELS``.
        script: Arabic knows two levels only, as written and folded (profile ``match``).

    Raises:
        UsageError: the level is not known.

    >>> key("Al-Hajar", "case") == key("al-Hajar", "case")
    True
    """
    if level not in LEVELS:
        raise UsageError(f"unknown strictness level {level!r}", mend=f"one of {', '.join(LEVELS)}")
    plain = " ".join(spelling.split())
    if level == "written":
        return plain
    folded = fold_arabic(plain) if script == "ar" else strictness_key(plain, level)
    return folded or plain


@lru_cache(maxsize=1 << 16)
def differ(usual: str, other: str) -> tuple[str, ...]:
    """The difference classes of two English spellings, ``different`` where none is found.

    >>> differ("Hama", "Hama"), differ("al-Hajar", "Al-Hajar")
    ((), ('case',))
    """
    return () if usual == other else differences(usual, other) or ("different",)


def keys(spellings: Sequence[str], level: str, script: Script = "en") -> IntArray:
    """For every spelling the number of its key, equal numbers being equal spellings.

    Returns:
        int64 array as long as ``spellings``, numbered in order of first appearance.

    >>> keys(["Hama", "HAMA", "Homs"], "written").tolist()
    [0, 1, 2]
    """
    numbers: dict[str, int] = {}
    return np.fromiter(
        (numbers.setdefault(key(spelling, level, script), len(numbers)) for spelling in spellings),
        dtype=np.int64,
        count=len(spellings),
    )
