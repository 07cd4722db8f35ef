"""Folding for comparison: one spelling for a cue word however a site writes it.

Only for looking words up. What a record says always comes from the untouched text, so the
folded text carries its way back (``Folded.back``).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

# Letters and signs that sites exchange freely; each becomes one character, so that offsets stay.
_SAME: Final = {
    "ا": "أإآٱ",
    "ي": "ىئی",
    "ه": "ةہھۃ",
    "و": "ؤ",
    "ك": "ک",
    "'": "’‘ʼ`",
    ":": "：\t",  # a tab stands between the cells of a copied table
    "-": "‐‑",
    " ": "\u00a0\u202f\u2009\u3000",
}

# Marks that carry nothing here: harakat, kashida, direction marks, joiners, BOM, variation selectors.
_DROPPED: Final = (
    "\u0640\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\u061c\ufeff\u00ad\ufe0e\ufe0f"
)
_DROP: Final = re.compile(f"[{_DROPPED}]")
_DROP_SET: Final = frozenset(char for char in map(chr, range(0x10000)) if _DROP.match(char))
# Letters in their joined shapes, which old systems wrote instead of the letters.
_SHAPED: Final = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
_SPECIAL: Final = re.compile(f"[{_DROPPED}\ufb50-\ufdff\ufe70-\ufefc]")
_PAIRS: Final = tuple((sign, to) for to, signs in _SAME.items() for sign in signs)
_TABLE: Final = str.maketrans({sign: to for to, signs in _SAME.items() for sign in signs})


def has_shapes(text: str) -> bool:
    """Whether letters in their joined shapes stand in a text; ``fold`` then normalises all of it."""
    return _SHAPED.search(text) is not None


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text with the place every character came from (null where nothing was dropped)."""

    text: str
    places: tuple[int, ...] | None = None

    def back(self, position: int) -> int:
        """The position in the untouched text of a position in the folded one."""
        if self.places is None:
            return position
        return self.places[position]


def fold(text: str) -> str:
    """The folded text alone: alef forms one, ى as ي, ة as ه, harakat and kashida gone, lower case.

    >>> fold("تـحريرُ الأخبار"), fold("ﺗﺮﺟﻤﺔ")
    ('تحرير الاخبار', 'ترجمه')
    """
    if not text.isascii():
        if _SPECIAL.search(text):
            if _SHAPED.search(text):
                text = unicodedata.normalize("NFKC", text)
            text = _DROP.sub("", text)
        for sign, same in _PAIRS:  # quicker than str.translate on text that is not ASCII
            if sign in text:
                text = text.replace(sign, same)
    return text.lower()


def fold_with_places(text: str) -> Folded:
    """The folded text and the way back.

    >>> folded = fold_with_places("تـحرير")
    >>> folded.text, folded.back(1)
    ('تحرير', 2)
    """
    if text.isascii():
        return Folded(text.lower())
    if not _SPECIAL.search(text):
        lowered = fold(text)
        if len(lowered) == len(text):
            return Folded(lowered)
    if _SHAPED.search(text):
        parts = [fold(char) for char in text]
        places = [place for place, part in enumerate(parts) for _ in part]
        return Folded("".join(parts), (*places, len(text)))
    same = text.translate(_TABLE)
    lowered = same.lower()
    if len(lowered) != len(same):  # İ and a few more grow in lower case
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in same)
    places = [place for place, char in enumerate(lowered) if char not in _DROP_SET]
    return Folded(_DROP.sub("", lowered), (*places, len(text)))
