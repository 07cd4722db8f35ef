"""Arabic normalisation profiles, each with a way back to the untouched text.

The profiles build on one another: ``unicode`` < ``clean`` < ``light`` < ``search`` < ``match``.
What each changes, and where it differs from camel-tools, is the table in
``docs/normalisation.md``.

SOURCES: the Unicode Standard 16, chapter 9.2 and UAX 15 (forms), UAX 9 (direction marks);
Obeid et al. 2020, "CAMeL Tools" (letter classes of the folds).
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable
from typing import Final, Literal, get_args

import numpy as np
import regex

from bialign.errors import UsageError
from bialign.text.offsets import Normalized, Offsets, spread
from bialign.text.tables import CHUNK, MOST, Kept, Piece, Places, Table, chunks, compose

Profile = Literal["unicode", "clean", "light", "search", "match"]
PROFILES: Final[tuple[Profile, ...]] = get_args(Profile)
_LADDER: Final[tuple[str, ...]] = PROFILES
Joiner = Literal["keep", "space", "drop"]
JOINERS: Final[tuple[Joiner, ...]] = get_args(Joiner)
# Below this many characters a call costs more than its work, and numpy's calls cost most.
_SHORT: Final = 1_000
# How a piece of text goes back: which characters were kept, or the place of each.
Way = Kept | Places


def _span(first: int, last: int) -> set[int]:
    return set(range(first, last + 1))


#: Direction marks and invisible characters without a width.
INVISIBLE: Final = frozenset(
    {0xAD, 0x61C, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF} | _span(0x202A, 0x202E) | _span(0x2066, 0x206F)
)
TATWEEL: Final = 0x640
#: Marks of recitation and of honour, which no word is spelled with.
QURANIC: Final = frozenset(
    _span(0x610, 0x61A)
    | _span(0x6D6, 0x6DC)
    | _span(0x6DF, 0x6E8)
    | _span(0x6EA, 0x6ED)
    | _span(0x8C9, 0x8E1)
    | _span(0x8E3, 0x8FF)
)
#: Vowel marks, doubling, nunation, dagger alef and the rarer vowel signs.
HARAKAT: Final = frozenset(_span(0x64B, 0x652) | _span(0x656, 0x65F) | {0x670})
#: Madda and hamza written apart from their letter.
HAMZA_MARKS: Final = frozenset({0x653, 0x654, 0x655})

_ALEF: Final = dict.fromkeys((0x622, 0x623, 0x625, 0x671, 0x672, 0x673, 0x675), 0x627)
_SEATS: Final = {
    0x624: 0x648,
    0x626: 0x64A,
    0x6C0: 0x647,
    0x6C2: 0x647,
    0x6D3: 0x64A,
    0x676: 0x648,
    0x678: 0x64A,
}
_PERSIAN: Final = {
    0x6A9: 0x643, 0x6AA: 0x643,
    0x6CC: 0x64A, 0x6D2: 0x64A, 0x6D0: 0x64A,
    0x6BE: 0x647, 0x6C1: 0x647, 0x6D5: 0x647, 0x6C0: 0x647, 0x6C2: 0x647,
    0x6C3: 0x629,
}  # fmt: skip
_DIGITS: Final = {base + digit: 0x30 + digit for base in (0x660, 0x6F0) for digit in range(10)}

# Arabic presentation forms that are letters; signs such as ﷼ and ﷽ are of another category, and
# the two formulas ﷺ and ﷻ are kept as the signs they are.
_FORMS: Final = regex.compile(r"[[\uFB50-\uFDFF\uFE70-\uFEFC]&&\p{L}--[\uFDFA\uFDFB]]", regex.V1)
_JOINERS: Final = regex.compile(r"[\u200C\u200D]")
_BETWEEN: Final = regex.compile(r"(?<=\p{scx=Arab})\u200C(?=\p{scx=Arab})")
_LOOSE: Final = regex.compile(
    r"(?<!\p{scx=Arab})\u200C|\u200C(?!\p{scx=Arab})|(?<=\p{scx=Arab})\u200D|\u200D(?=\p{scx=Arab})"
)
_STRAY: Final = regex.compile(r"(?<![\p{L}\p{M}])[[\p{scx=Arab}]&&\p{M}]+", regex.V1)
_CARRIED: Final = regex.compile("\u0640+([\u0653-\u0655])")
_SEPARATORS: Final = regex.compile(r"[\s\p{P}\p{S}\p{Cf}\uFE0F]+")


def normalize_arabic(
    text: str,
    profile: str = "light",
    *,
    persian: bool | None = None,
    digits: bool | None = None,
    joiner: str | None = None,
) -> Normalized:
    """Normalise Arabic text; everything that is not Arabic stays.

    Args:
        text: any text, lone surrogates included.
        profile: ``unicode`` (presentation forms to letters, NFC), ``clean`` (+ direction marks,
            invisible characters, tatweel, recitation marks and stray marks out), ``light``
            (+ vowel marks out), ``search`` (+ alef, yeh, teh marbuta and hamza seats folded),
            ``match`` (+ digits, punctuation and white space folded: the key of a name).
        persian: fold Persian and Urdu kaf, yeh and heh to the Arabic letters; by default only
            ``search`` and ``match`` do.
        digits: write Arabic and Persian digits as 0 to 9; by default only ``match`` does.
        joiner: ``keep``, ``space`` or ``drop``: what a zero-width non-joiner between two Arabic
            letters becomes; by default it is
            kept, in ``search`` and ``match`` it becomes a space. It never vanishes unless asked.

    Returns:
        The normalised text with its offsets.

    Raises:
        UsageError: no such profile or joiner.

    >>> normalize_arabic("البَابُ الأَخْضَر").text
    'الباب الأخضر'
    >>> normalize_arabic("البَابُ الأَخْضَر", "search").text
    'الباب الاخضر'
    """
    recipe = _recipe(profile, persian, digits, joiner)
    if len(text) <= _SHORT:
        short = recipe.short(text)
        if short is not None:
            return recipe.finish(Normalized(short, functools.partial(recipe.offsets, text), (), text))
    texts: list[str] = []
    ways: list[tuple[int, Way]] = []
    for chunk in chunks(text):
        done, way = recipe.apply(chunk)
        texts.append(done)
        ways.append((len(chunk), way))
    return recipe.finish(Normalized("".join(texts), functools.partial(_unpack, ways), (), text))


def fold_arabic(text: str) -> str:
    """The text alone of profile ``match``: equal for spellings of one name in the folded lists.

    >>> fold_arabic("سُلمى  أحمد"), fold_arabic("حماة")
    ('سلمي احمد', 'حماه')
    """
    return normalize_arabic(text, "match").text


def fold_many(texts: Iterable[str]) -> list[str]:
    """``fold_arabic`` of many texts."""
    return [fold_arabic(text) for text in texts]


def _unpack(ways: list[tuple[int, Way]]) -> Offsets:
    """The offsets of a whole text from what was kept of its pieces."""
    counting = np.arange(2 * CHUNK, dtype=np.int32)
    parts: list[Offsets] = []
    base = 0
    for length, way in ways:
        if way is None:
            places = np.arange(base, base + length, dtype=np.int32)
        elif way.dtype != np.bool_:
            places = (way + base).astype(np.int32)
        else:
            dense = length <= len(counting) and np.count_nonzero(way) > MOST * length
            places = counting[:length][way] if dense else np.flatnonzero(way).astype(np.int32)
            places += np.int32(base)
        parts.append(places)
        base += length
    return np.concatenate([*parts, np.array([base], dtype=np.int32)])


class _Recipe:
    """The steps of one profile with its options."""

    def __init__(self, profile: str, *, persian: bool, digits: bool, joiner: str) -> None:
        self._level = _LADDER.index(profile)
        self._joiner = joiner
        mapping: dict[int, int | None] = {}
        if self._level >= PROFILES.index("search"):
            mapping |= _ALEF | _SEATS | {0x649: 0x64A, 0x629: 0x647, 0x6C3: 0x647}
            mapping |= dict.fromkeys(HAMZA_MARKS)
        if persian:
            mapping |= _PERSIAN
            if self._level >= PROFILES.index("search"):
                mapping[0x6C3] = 0x647
        if digits:
            mapping |= _DIGITS
        if self._level >= PROFILES.index("light"):
            mapping |= dict.fromkeys(HARAKAT)
        if self._level >= PROFILES.index("clean"):
            mapping |= dict.fromkeys(INVISIBLE | QURANIC | {TATWEEL})
        self._table = Table(mapping, _slow_points() - set(mapping))

    def short(self, text: str) -> str | None:
        """The text alone of a short piece, or None where tables do not suffice."""
        return self._table.short(text)

    def offsets(self, text: str) -> Offsets:
        """The offsets of a text that is one piece."""
        return _unpack([(len(text), self.apply(text)[1])])

    def apply(self, text: str) -> tuple[str, Way]:
        """The steps on one piece of text, its origins counted from the piece's beginning."""
        quick = self._table.apply(text)
        if quick is not None:
            return quick
        piece = _expand_forms((text, np.arange(len(text))))
        if self._level == 0:
            return _after(piece, compose)
        piece = _replace(piece, _CARRIED, lambda m: {"\u0653": "آ", "\u0654": "ئ", "\u0655": "إ"}[m[1]])
        if self._joiner != "keep":
            piece = _replace(piece, _BETWEEN, lambda _: " " if self._joiner == "space" else "")
        piece = _replace(piece, _LOOSE, lambda _: "")
        piece = _after(piece, self._table.apply_any)
        piece = _after(piece, compose)
        piece = _after(piece, self._table.apply_any)
        if self._level >= PROFILES.index("light"):
            return _replace(piece, regex.compile("[\u0653-\u0655]+"), lambda _: "")
        return _replace(piece, _STRAY, lambda _: "")

    def finish(self, done: Normalized) -> Normalized:
        """What looks further than one piece: white space and punctuation of a name's key."""
        if self._level < PROFILES.index("match"):
            return done
        text = _SEPARATORS.sub(" ", done.text).strip(" ")
        return Normalized(text, functools.partial(self._name_offsets, done), (), done.source)

    @staticmethod
    def _name_offsets(done: Normalized) -> Offsets:
        text, origins = _replace((done.text, done.offsets[:-1]), _SEPARATORS, lambda _: " ")
        lead = len(text) - len(text.lstrip(" "))
        kept = origins[lead : lead + len(text.strip(" "))]
        return np.append(kept, done.offsets[-1:]).astype(np.int32)


@functools.lru_cache(maxsize=64)
def _recipe(profile: str, persian: bool | None, digits: bool | None, joiner: str | None) -> _Recipe:
    if profile not in PROFILES:
        raise UsageError(f"no Arabic profile {profile!r}", mend=f"one of {', '.join(PROFILES)}")
    if joiner not in (None, *JOINERS):
        raise UsageError(f"no joiner treatment {joiner!r}", mend=f"one of {', '.join(JOINERS)}")
    folding = profile in {"search", "match"}
    return _Recipe(
        profile,
        persian=folding if persian is None else persian,
        digits=profile == "match" if digits is None else digits,
        joiner=joiner or ("space" if folding else "keep"),
    )


@functools.cache
def _slow_points() -> frozenset[int]:
    """Characters of the basic plane that a table cannot do right: forms, joiners, what composes."""
    return frozenset(
        code
        for code in range(0x10000)
        if not 0xD800 <= code < 0xE000
        and (
            code in {0x200C, 0x200D}
            or unicodedata.combining(chr(code))
            or not unicodedata.is_normalized("NFC", chr(code))
            or 0x1161 <= code < 0x11C3
            or _FORMS.match(chr(code))
        )
    )


def _after(piece: Piece, step: object) -> Piece:
    """Apply a step that gives text and origins, and join its origins to those so far."""
    text, places = step(piece[0])  # type: ignore[operator]
    return text, piece[1][places]


def _replace(piece: Piece, pattern: regex.Pattern[str], to: object) -> Piece:
    """Replace matches in a piece, keeping the origins."""
    text, origins = piece
    pieces: list[str] = []
    places: list[Places] = []
    at = 0
    for match in pattern.finditer(text):
        start, end = match.span()
        after = to(match)  # type: ignore[operator]
        pieces += (text[at:start], after)
        places += (origins[at:start], spread(np.append(origins[start:end], 0), match[0], after))
        at = end
    if not pieces:
        return piece
    return "".join((*pieces, text[at:])), np.concatenate((*places, origins[at:]))


def _expand_forms(piece: Piece) -> Piece:
    return _replace(piece, _FORMS, lambda match: _letters(match[0]))


@functools.cache
def _letters(form: str) -> str:
    """The letters of a presentation form; a mark's form gives the mark without its carrier."""
    plain = unicodedata.normalize("NFKC", form)
    return plain.lstrip(" \u0640") or plain
