"""Code-point tables applied to whole texts with numpy, and composition with a way back."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import regex

#: Characters worked on at once: small enough for the processor's cache.
CHUNK: Final = 32_768

#: Of numpy's two ways to gather, a mask is the faster where more than this share is kept, and by
#: far the slower where drops are frequent and irregular.
MOST: Final = 0.95

# Values that stand for no character inside the tables: surrogates, which a text that was encoded
# to UTF-16 without astral characters cannot hold.
_DROP: Final = 0xD800
_SLOW: Final = 0xDC00
_WIDTH: Final = 0x10000

_OUTSIDE: Final = re.compile("[\ud800-\udfff\U00010000-\U0010ffff]")
_SPACE: Final = regex.compile(r"\s")

#: A text, and for each of its characters the place it has in the text it was made from.
Places = npt.NDArray[np.integer[Any]]
Piece = tuple[str, Places]

#: Which characters of a text stayed: a mask, or None for all of them.
Kept = npt.NDArray[np.bool_] | None


class Table:
    """A map from characters to characters or to nothing, over the basic plane.

    Args:
        mapping: code point to code point, or to None where the character is dropped.
        slow: code points that want more than a table; ``apply`` refuses a text that holds one.

    >>> Table({0x640: None}).apply("حـلب")[0]
    'حلب'
    """

    def __init__(self, mapping: Mapping[int, int | None], slow: frozenset[int] = frozenset()) -> None:
        self._full = np.arange(_WIDTH, dtype=np.uint32)
        for code, target in mapping.items():
            self._full[code] = _DROP if target is None else target
        self._dropped = np.zeros(_WIDTH, dtype=np.bool_)
        self._dropped[[code for code, target in mapping.items() if target is None]] = True
        self._quick = self._full.astype(np.uint16)
        self._quick[sorted(slow)] = _SLOW
        # Looking up what is missing costs an exception; the usual characters are there as they are.
        self._short: dict[int, int | str] = {
            code: code for code in (*range(0x20, 0x7F), *range(0x600, 0x700))
        }
        self._short |= {code: "" if to is None else chr(to) for code, to in mapping.items()}
        self._short |= dict.fromkeys(slow, chr(_SLOW))
        affected = "".join(f"\\u{code:04x}" for code in sorted(slow.union(mapping)))
        self._affected = re.compile(f"[{affected}\ud800-\udfff\U00010000-\U0010ffff]")

    def short(self, text: str) -> str | None:
        """Map a short text, or None where a character of it wants more than a table."""
        if self._affected.search(text) is None:
            return text
        mapped = text.translate(self._short)
        return None if _OUTSIDE.search(mapped) else mapped

    def apply(self, text: str) -> tuple[str, Kept] | None:
        """Map a text at full speed.

        Returns:
            The text and which characters were kept; None where a character wants more than a
            table.
        """
        try:
            encoded = text.encode("utf-16-le")
        except UnicodeEncodeError:
            return None
        if len(encoded) != 2 * len(text):
            return None
        # ``take`` is four times as fast here as indexing with an array of 16-bit numbers.
        codes = self._quick.take(np.frombuffer(encoded, dtype=np.uint16), mode="clip")
        if (codes == _SLOW).any():
            return None
        kept = codes != _DROP
        count = np.count_nonzero(kept)
        if count == len(text):
            return str(codes.data, "utf-16-le"), None
        gathered = codes[kept] if count > MOST * len(text) else codes.take(np.flatnonzero(kept))
        return str(gathered.data, "utf-16-le"), kept

    def apply_any(self, text: str) -> Piece:
        """Map any text, lone surrogates and astral characters included (these stay)."""
        codes = code_points(text)
        low = codes < _WIDTH
        index = np.where(low, codes, 0)
        places = np.flatnonzero(~(self._dropped[index] & low))
        mapped = np.where(low, self._full[index], codes)[places]
        return to_text(mapped), places


def code_points(text: str) -> npt.NDArray[np.uint32]:
    """The code points of a text, one number a character."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def to_text(codes: npt.NDArray[np.uint32]) -> str:
    """The text of an array of code points."""
    return codes.astype(np.uint32).tobytes().decode("utf-32-le", "surrogatepass")


def chunks(text: str) -> Iterator[str]:
    """Cut a text behind white space into pieces of about ``CHUNK`` characters."""
    start = 0
    while len(text) - start > CHUNK:
        cut = text.rfind(" ", start, start + CHUNK) + 1 or text.rfind("\n", start, start + CHUNK) + 1
        if cut <= start:
            found = _SPACE.search(text, start + CHUNK)
            cut = found.end() if found else len(text)
        yield text[start:cut]
        start = cut
    yield text[start:]


def compose(text: str) -> Piece:
    r"""Unicode's NFC with the origin of every character.

    Text falls into segments that composition never crosses: one starter and what may combine
    with it. Both texts have the same segments, so the characters of a segment are matched in
    order. SOURCE: Unicode Standard Annex 15, section 9 (stable code points, concatenation).

    >>> compose("ا\u0654ب")[1].tolist()
    [0, 2]
    """
    if unicodedata.is_normalized("NFC", text):
        return text, np.arange(len(text))
    composed = unicodedata.normalize("NFC", text)
    here, there = _starters(text), _starters(composed)
    segment = np.searchsorted(there, np.arange(len(composed)), side="right") - 1
    inside = np.arange(len(composed)) - there[segment]
    longest = np.diff(np.append(here, len(text)))[segment] - 1
    return composed, here[segment] + np.minimum(inside, longest)


def _starters(text: str) -> npt.NDArray[np.intp]:
    """Where the segments of a text begin; the first begins at 0 whatever stands there."""
    codes = code_points(text)
    beginning = _BEGINS()[np.minimum(codes, 0x30000)]
    beginning[:1] = True
    return np.flatnonzero(beginning)


@functools.cache
def _BEGINS() -> npt.NDArray[np.bool_]:  # noqa: N802  (a table, made at first use)
    """Whether a code point begins a segment: a starter that never joins what stands before it."""
    joins = set(range(0x1161, 0x1176)) | set(range(0x11A8, 0x11C3))
    begins = np.ones(0x30001, dtype=np.bool_)
    # planes 0 and 1, and the one block of plane 2 that decomposes
    for code in (*range(0x20000), *range(0x2F800, 0x2FA20)):
        character = chr(code)
        if unicodedata.combining(character):
            begins[code] = False
            continue
        parts = unicodedata.decomposition(character)
        if parts and not parts.startswith("<"):
            codes = [int(part, 16) for part in parts.split()]
            joins.update(codes[1:])
            if unicodedata.combining(chr(codes[0])):
                begins[code] = False
    begins[sorted(joins)] = False
    return begins
