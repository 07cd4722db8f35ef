"""The consonants of a name by a few classes that its two scripts can be compared by."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

# Consonant classes that the two scripts can be compared by; a letter absent here is a vowel or weak.
_CLASSES: Final = (
    ("b", "بپ", "bp"), ("f", "فڤ", "fv"), ("t", "تطثدضذظ", "td"), ("s", "سصشزژثذظج", "szcxj"),
    ("k", "قكخگڨغجچ", "kgqxc"), ("l", "ل", "l"), ("m", "م", "m"), ("n", "ن", "n"), ("r", "رغ", "r"),
)  # fmt: skip
_AR_CLASS = {c: name for name, ar, _ in reversed(_CLASSES) for c in ar}
_EN_CLASS = {c: name for name, _, en in reversed(_CLASSES) for c in en}


@lru_cache(maxsize=100_000)
def skeleton_counts(text: str, *, arabic: bool) -> tuple[int, ...]:
    """How often each consonant class stands in a spelling, doubled ones once; [classes].

    >>> skeleton_counts("محمد", arabic=True) == skeleton_counts("mohammad", arabic=False)
    True
    """
    found = skeleton(text, arabic=arabic)
    return tuple(found.count(name) for name, _, _ in _CLASSES)


def skeleton(text: str, *, arabic: bool) -> str:
    """The consonant classes of a spelling, doubled ones once."""
    classes = _AR_CLASS if arabic else _EN_CLASS
    mapped = [classes[c] for c in text if c in classes]
    return "".join(c for i, c in enumerate(mapped) if i == 0 or mapped[i - 1] != c)
