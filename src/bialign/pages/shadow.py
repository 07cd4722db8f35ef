"""The plain shadow of a stretch of text that the date grammar reads, with the way back.

Direction marks, tatweel and harakat go; digits of every family become ASCII; presentation forms
become letters (a space for a ligature of more than two); alef, yeh, teh marbuta and hamza carriers
are levelled; Latin is lower-cased; spaces, dashes, slashes and apostrophes each become one
character. Line ends stay.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import Final

import regex

#: The zeros of the digit families met on Arabic pages (Unicode category Nd, ten in a row each).
ZEROS: Final = (0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0xFF10, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6)
#: Characters that only style or direct the text: soft hyphen, harakat, tatweel, marks of direction, joiners.
_DROPPED: Final = (
    (0x00AD, 0x00AD),
    (0x0300, 0x036F),
    (0x0610, 0x061A),
    (0x061C, 0x061C),
    (0x0640, 0x0640),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06DC),
    (0x06DF, 0x06E8),
    (0x06EA, 0x06ED),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x2069),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
)
_SHAPES: Final = ((0xFB50, 0xFDFF), (0xFE70, 0xFEFC))
_LEVELLED: Final = {
    " ": "\t\r\v\f\x1c\x1d\x1e\x1f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
    "\u200a\u202f\u205f\u3000",
    "\n": "\x85\u2028\u2029",
    "-": "‐‑‒–—―−－﹣⁃",
    "/": "⁄∕／\\؍⧸",
    ",": "،٬，、",
    ":": "：∶︰",
    ".": "٫。．",
    "'": "’‘ʼʻʿʾ`´ʹ′",
    "|": "·•¦●∙‧◦｜",
    "(": "（",
    ")": "）",
    "+": "＋",
    "ا": "أإآٱ",
    "ي": "ىیېئ",
    "و": "ؤۆ",
    "ه": "ةۀہھە",
    "ك": "کڪ",
    "a": "àâäáãåā",
    "c": "ç",
    "e": "éèêë",
    "i": "îïíìī",
    "o": "ôöó",
    "u": "ùûüúū",
}
_SPECIAL: Final = regex.compile("[" + "".join(f"{chr(a)}-{chr(b)}" for a, b in _DROPPED + _SHAPES) + "]")
#: A tatweel standing as a dash between digits or spaces.
_DASH: Final = regex.compile(r"(?<=[\d\s])\u0640(?=[\d\s])")


@cache
def _table() -> dict[int, str]:
    table = {ord("A") + i: chr(ord("a") + i) for i in range(26)}
    for zero in ZEROS:
        table.update({zero + i: str(i) for i in range(10)})
    for plain, others in _LEVELLED.items():
        table.update({ord(c): plain for c in others})
        table.update({ord(c.upper()): plain for c in others if len(c.upper()) == 1})
    for first, last in _DROPPED:
        table.update(dict.fromkeys(range(first, last + 1), ""))
    for first, last in _SHAPES:
        for point in range(first, last + 1):
            letters = unicodedata.normalize("NFKC", chr(point)).translate(table).strip()
            table[point] = letters if len(letters) <= 2 else " "
    return table


@dataclass(frozen=True, slots=True)
class Shadow:
    """A folded stretch of a text and how its positions map back.

    Args:
        text: the folded characters.
        base: where the stretch begins in the untouched text.
        length: how many code points of the untouched text it covers.
        stops: folded positions from which on the shift changes, ascending.
        shifts: what to add to a folded position, before the first stop and from each stop on.
        shaped: whether presentation forms stood in it.
    """

    text: str
    base: int
    length: int
    stops: tuple[int, ...] = ()
    shifts: tuple[int, ...] = (0,)
    shaped: bool = False

    def start(self, position: int) -> int:
        """Where the folded character at ``position`` begins in the untouched text."""
        return self.base + min(self.length, position + self.shifts[bisect_right(self.stops, position)])

    def end(self, position: int) -> int:
        """Where the folded character before ``position`` ends, marks dropped after it included."""
        return max(self.start(position - 1) + 1, self.start(position)) if position else self.base


def shadow(text: str, start: int = 0, end: int | None = None) -> Shadow:
    """Fold ``text[start:end]``.

    Args:
        text: any text.
        start: where the stretch to fold begins, in code points.
        end: where it ends; the end of the text if left out.

    Returns:
        The folded stretch; its positions lead back to ``text``.

    >>> plain = shadow("١٢ فبـرايـر")
    >>> plain.text, plain.end(len(plain.text))
    ('12 فبراير', 11)
    """
    part = text[start:end]
    table = _table()
    if "\u0640" in part:
        part = _DASH.sub("-", part)
    folded = part.translate(table)
    stops: list[int] = []
    shifts = [0]
    shaped = False
    for match in _SPECIAL.finditer(part):
        width = len(table.get(ord(match[0]), " "))
        shaped |= match[0] >= "\ufb50" and width > 0
        if width == 1:
            continue
        place = match.start() - shifts[-1] + width // 2
        shift = shifts[-1] + 1 - width
        if stops and stops[-1] == place:
            shifts[-1] = shift
        else:
            stops.append(place)
            shifts.append(shift)
    return Shadow(folded, start, len(part), tuple(stops), tuple(shifts), shaped)
