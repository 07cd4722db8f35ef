"""The parts of a full name that answer each other in the two scripts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bialign.names.letters import fold

#: Latin forms of the Arabic article, as they stand before a word.
LATIN_ARTICLES: Final = frozenset(
    {
        *("al", "el", "ul", "il", "as", "ash", "ad", "adh", "ar", "an", "at", "ath", "az"),
        *("es", "ech", "ed", "er", "en", "et", "ez"),
    }
)
#: Further forms of it that stand only after a head: Abd ur Rahman.
_LATIN_JOINTS: Final = frozenset({"ur", "us", "ush", "ud", "uz", "un"})
_LATIN_HEADS: Final = frozenset(
    [
        "abd",
        "abdel",
        "abdul",
        "abdal",
        "abdu",
        "abdol",
        "abu",
        "abou",
        "abo",
        "abi",
        "abul",
        "aboul",
        "umm",
        "um",
        "oum",
    ]
)
_LATIN_TAILS: Final = frozenset(
    [
        "din",
        "deen",
        "dine",
        "eddine",
        "eddin",
        "uddin",
        "uldin",
        "aldin",
        "eldin",
        "addin",
        "edine",
        "allah",
        "ullah",
    ]
)
_ARABIC_HEADS: Final = frozenset({"عبد", "ابو", "ابي", "ام"})
#: Compounds that are also written as one word: عبدالرحمن, نورالدين, نصرالله.
_WRITTEN_AS_ONE: Final = re.compile(r"\b(عبد)(?=ال\w{2})|\b(\w{2,})(?<!عبد)(?=(?:الدين|الله)\b)")
_ARABIC_KIN: Final = re.compile(r"\b(بن|ابن) (?=\w)")
_LATIN_KIN: Final = re.compile(r"\b(ben|bin|ibn) (?=\w)")
_ARABIC_TAILS: Final = frozenset({"الدين", "الله"})
#: Words a name may drop or gain and stay the same name: son of, titles, kinds of place; folded.
LIGHT: Final = frozenset(
    {
        "bin", "ben", "ibn", "bint", "mint", "ould", "bn", "b", "al", "el",
        "بن", "ابن", "بنت", "منت", "ولد", "ال",
        "dr", "mr", "mrs", "sheikh", "shaykh", "cheikh", "haj", "hajj", "الشيخ", "شيخ", "د", "الحاج",
        "wilaya", "wilayat", "wilayah", "governorate", "district", "province", "muhafazat", "city", "town",
        "village", "qaryat", "madinat",
        "ولايه", "محافظه", "مديريه", "مدينه", "قريه", "بلديه", "دوار", "douar",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unit:
    """One part: its plain letters and whether it may be left out (bin, a title)."""

    text: str
    light: bool


def arabic_units(plain: str) -> list[Unit]:
    """Parts of an Arabic name; عبد, أبو and الدين join their neighbours.

    >>> [u.text for u in arabic_units("عبد الرحمن نور الدين بن علي")]
    ['عبد الرحمن', 'نور الدين', 'بن', 'علي']
    >>> [u.text for u in arabic_units("عبدالرحمن نورالدين")]
    ['عبد الرحمن', 'نور الدين']
    """
    units: list[str] = []
    head = False
    for word in _WRITTEN_AS_ONE.sub(r"\g<0> ", plain).split():
        bare = fold(word)
        if units and (head or bare in _ARABIC_TAILS):
            units[-1] += " " + word
            head = False
        else:
            units.append(word)
            head = bare in _ARABIC_HEADS
    return [Unit(u, fold(u) in LIGHT) for u in units]


def kin_joined(plain: str, *, arabic: bool) -> str:
    """A name with its "son of" written as one word with what follows.

    >>> kin_joined("طاهر بن علي", arabic=True), kin_joined("taher ben ali", arabic=False)
    ('طاهر بنعلي', 'taher benali')
    """
    return (_ARABIC_KIN if arabic else _LATIN_KIN).sub(r"\1", plain)


def bare_arabic(unit: str) -> str:
    """A part without its article.

    >>> bare_arabic("الاسد"), bare_arabic("الي")
    ('اسد', 'الي')
    """
    return unit[2:] if unit.startswith("ال") and len(unit) > 4 else unit


def bare_latin(unit: str) -> str:
    """A part without its article.

    >>> bare_latin("al asad"), bare_latin("alasad")
    ('asad', 'alasad')
    """
    first, _, rest = unit.partition(" ")
    return rest if rest and first in LATIN_ARTICLES else unit


#: Kinds of compounds by the word that all of a kind share, and what is left of one, in each script.
_ARABIC_COMPOUNDS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"عبد (?:ال)?(?P<x>\S{2,}.*)",
        r"اب[ويا] (?:ال)?(?P<x>\S{2,}.*)",
        r"ام (?:ال)?(?P<x>\S{2,}.*)",
        r"(?P<x>.{2,}?) ?الدين",
        r"(?P<x>.{2,}?) ?الله",
    )
)
_LATIN_COMPOUNDS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"abd(?:[aeiou]?(?: [aeu](?:[dlnrstz]|sh|th)| ?l|[dnrstz](?=\S))?|[aeiou]) ?(?P<x>\S{3,}.*)",
        r"ab(?:ou?|u)(?: ?[aeu]?l )? ?(?P<x>\S{3,}.*)",
        r"o?u?mm? (?:[aeu]?l )?(?P<x>\S{3,}.*)",
        r"(?P<x>.{2,}?) ?(?:[aeu]l|[aeu]dh?|[aeu])? ?dh?(?:i|ee|y)ne?",
        r"(?P<x>.{2,}?) ?[aeiu]?ll?ah?",
    )
)  # fmt: skip


def core_arabic(unit: str) -> tuple[int, str]:
    """Of which kind a compound is, and the part that tells it from others of its kind; 0 for none.

    >>> core_arabic("عبد الرحيم"), core_arabic("نور الدين"), core_arabic("سمير")
    ((1, 'رحيم'), (4, 'نور'), (0, ''))
    """
    return _core(unit, _ARABIC_COMPOUNDS)


def core_latin(unit: str) -> tuple[int, str]:
    """As ``core_arabic``, of Latin.

    >>> core_latin("abdel rahim"), core_latin("abderrahmane"), core_latin("noureddine")
    ((1, 'rahim'), (1, 'rahmane'), (4, 'nour'))
    """
    return _core(unit, _LATIN_COMPOUNDS)


def _core(unit: str, compounds: tuple[re.Pattern[str], ...]) -> tuple[int, str]:
    for kind, pattern in enumerate(compounds, 1):
        if found := pattern.fullmatch(unit):
            return kind, found["x"]
    return 0, ""


def free_latin(unit: str) -> str:
    """A part without the t that a feminine ending has before the word it belongs to.

    >>> free_latin("madinat"), free_latin("samir")
    ('madina', 'samir')
    """
    return unit[:-1] if len(unit) > 4 and unit.endswith(("at", "et", "it")) else unit


def latin_units(plain: str) -> list[Unit]:
    """Parts of a Latin name; the article, abd, abu and din join their neighbours.

    >>> [u.text for u in latin_units("abdul rahman nour al din ben ali al saadi")]
    ['abdul rahman', 'nour al din', 'ben', 'ali', 'al saadi']
    """
    words = plain.split()
    units: list[str] = []
    head = False
    for i, word in enumerate(words):
        following = words[i + 1] if i + 1 < len(words) else ""
        tail = word in _LATIN_TAILS or (word in LATIN_ARTICLES | {"ud", "ed"} and following in _LATIN_TAILS)
        if units and (head or tail):
            units[-1] += " " + word
            article = word in LATIN_ARTICLES or (head and word in _LATIN_JOINTS)
            head = article or (tail and word not in _LATIN_TAILS)
        else:
            units.append(word)
            head = bool(following) and (word in _LATIN_HEADS or word in LATIN_ARTICLES)
    return [Unit(u, u in LIGHT) for u in units]
