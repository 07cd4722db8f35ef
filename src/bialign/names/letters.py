"""Names as rows of small integers: the alphabets of the models and how text becomes them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

#: Symbol 0 is the edge of a name, symbol 1 any character the models do not know.
EDGE: Final = 0
UNKNOWN: Final = 1
ARABIC: Final = "#? ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژڤگڨ"
LATIN: Final = "#? abcdefghijklmnopqrstuvwxyz"

#: Letters of a word and of a name at most. No name is longer, so no input costs more than one: who
#: spells names refuses what is ``overlong``, who compares them across the scripts reads the first
#: ``MOST`` letters, and in one script asks only whether all letters are the same.
LONGEST: Final = 64
MOST: Final = 320

_ARABIC_SAME = str.maketrans(
    {
        "ٱ": "ا", "ک": "ك", "ی": "ي", "ہ": "ه", "ھ": "ه", "ە": "ه", "ې": "ي", "ے": "ي", "ۀ": "ة",
        "ڭ": "گ", "ڬ": "گ", "ݣ": "گ", "ڥ": "ڤ", "ۋ": "و", "ٮ": "ب", "ٯ": "ق", "٭": " ",
        "-": " ", "‐": " ", "‑": " ", "–": " ", "\u00a0": " ", "_": " ", "ـ": None,
        "'": None, "’": None, "‘": None, "ʼ": None, "ʻ": None, "ʿ": None, "ʾ": None, "`": None, "´": None,
    }
)  # fmt: skip
_LATIN_SAME = str.maketrans(
    {
        "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ß": "ss", "þ": "th", "æ": "ae", "œ": "oe",
        "ħ": "h", "ŋ": "n",
        "-": " ", "‐": " ", "‑": " ", "–": " ", "—": " ", "_": " ", "\u00a0": " ", "/": " ",
        "'": None, "’": None, "‘": None, "ʼ": None, "ʻ": None, "ʿ": None, "ʾ": None, "`": None, "´": None,
        "ʹ": None, "′": None, ".": None, "ˈ": None, "ʽ": None, "“": None, "”": None, '"': None,
    }
)  # fmt: skip
_FOLD = str.maketrans("أإآىةؤئ", "اااي\u0647وي")


def overlong(text: str) -> bool:
    """Whether a text is longer than a name can be; vowel marks do not count.

    >>> overlong("أبو عبد الله محمد بن أحمد بن أبي بكر بن فرح الأنصاري الخزرجي الأندلسي القرطبي")
    False
    >>> overlong("محمد" * 20), overlong("محمد " * 100)
    (True, True)
    """
    if len(text) <= LONGEST:
        return False
    if len(text) > 4 * MOST:
        return True
    words = "".join(c for c in text if not unicodedata.combining(c)).split()
    return sum(map(len, words)) + len(words) - 1 > MOST or max(map(len, words)) > LONGEST


def cut_short(*names: str) -> list[str]:
    """A line of evidence where names are longer than what is compared of them; none for others.

    >>> cut_short("محمد", "Mohamed"), cut_short("م" * 400)
    ([], ['too long for a name: only the first 320 letters were compared'])
    """
    long = any(overlong(name) for name in names)
    return [f"too long for a name: only the first {MOST} letters were compared"] if long else []


def plain_arabic(text: str) -> str:
    """Arabic letters of a name as the models read them: no marks, one space, Persian twins made Arabic.

    No more than ``MOST``.

    >>> plain_arabic("مُحَمَّـد  على")
    'محمد على'
    """
    return whole_arabic(text[: 4 * MOST])[:MOST]


def whole_arabic(text: str) -> str:
    """As ``plain_arabic``, however long the text."""
    folded = unicodedata.normalize("NFKC", text)
    if any(unicodedata.combining(c) for c in folded):
        folded = "".join(c for c in folded if not unicodedata.combining(c))
    kept = folded.translate(_ARABIC_SAME)
    return " ".join("".join(c for c in kept if c.isprintable()).split())


def fold(ar: str) -> str:
    """What lists that fold hamza, alif maqsura and teh marbuta keep of a name.

    >>> fold("أسامة")
    'اسامه'
    """
    return ar.translate(_FOLD)


def plain_latin(text: str) -> str:
    """Latin letters of a name as the models read them: a to z and single spaces, ``MOST`` at most.

    >>> plain_latin("Al-Ḥājj Saʻīd")
    'al hajj said'
    """
    return whole_latin(text[: 4 * MOST])[:MOST]


def whole_latin(text: str) -> str:
    """As ``plain_latin``, however long the text."""
    lowered = text.lower().translate(_LATIN_SAME)
    if not lowered.isascii():
        parts = unicodedata.normalize("NFKD", lowered)
        lowered = "".join(c for c in parts if not unicodedata.combining(c)).translate(_LATIN_SAME)
    return " ".join(lowered.split())


class Alphabet:
    """Text to rows of symbols and back.

    >>> latin = Alphabet(LATIN)
    >>> latin.text(latin.row("sami"))
    'sami'
    """

    def __init__(self, letters: str) -> None:
        self.letters = letters
        # by code point; what is behind the last letter is unknown too
        self._codes = np.full(max(map(ord, letters)) + 2, UNKNOWN, dtype=np.uint8)
        self._codes[[ord(c) for c in letters]] = np.arange(len(letters))

    def __len__(self) -> int:
        return len(self.letters)

    def row(self, text: str) -> NDArray[np.uint8]:
        """One symbol a character."""
        return self._numbered(text)

    def text(self, row: Sequence[int] | NDArray[np.uint8]) -> str:
        """The characters of symbols."""
        return "".join(self.letters[i] for i in row)

    def texts(self, rows: NDArray[np.uint8]) -> list[str]:
        """The characters of rows that end with ``EDGE`` or fill the width, [n, width].

        >>> latin = Alphabet(LATIN)
        >>> latin.texts(latin.block(["sami", "ali"]))
        ['sami', 'ali']
        """
        if not rows.size:
            return [""] * len(rows)
        letters = np.array(["", *self.letters[1:]], dtype="<U1")
        found: list[str] = letters[rows].view(f"<U{rows.shape[1]}")[:, 0].tolist()
        return found

    def block(self, texts: Sequence[str], width: int | None = None) -> NDArray[np.uint8]:
        """Rows of several texts, padded with ``EDGE``: uint8 [n, width]."""
        width = max((len(t) for t in texts), default=0) if width is None else width
        padded = "".join(t[:width].ljust(width, "#") for t in texts)
        return self._numbered(padded).reshape(len(texts), width)

    def _numbered(self, text: str) -> NDArray[np.uint8]:
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        return self._codes[np.minimum(points, len(self._codes) - 1)]


ARABIC_LETTERS: Final = Alphabet(ARABIC)
LATIN_LETTERS: Final = Alphabet(LATIN)
