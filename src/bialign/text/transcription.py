"""The rules behind the romanisation standards: vowels, hamza, ta marbuta, the article."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import regex

_SUKUN, _SHADDA, _DAGGER = "\u0652", "\u0651", "\u0670"
_SHORT: Final = {"\u064e": "a", "\u064f": "u", "\u0650": "i"}
_TANWIN: Final = {"\u064b": "an", "\u064c": "un", "\u064d": "in"}
_LONG: Final = {"a": "ā", "i": "ī", "u": "ū"}
_HAMZAS: Final = "أإءؤئ"
_ALEFS: Final = "اٱ"
_SUN: Final = frozenset("تثدذرزسشصضطظلن")
_UNIT: Final = regex.compile(r"(\P{M})(\p{M}*)")
_MARKS: Final = regex.compile(r"\p{M}+")
# Words whose last vowel is part of them and not a case ending.
_KEPT: Final = frozenset(
    ["هو", "هي", "ثم", "إن", "أن", "كيف", "أين", "حيث", "منذ", "نحن", "أنت", "الذين", "ليس"]
)
_LETTERS: Final = "بتثجحخدذرزسشصضطظعغفقكلمنهويپچژگڤ"


@dataclass(frozen=True, slots=True)
class Standard:
    """What one standard decides.

    Args:
        letters: Latin letters of the Arabic consonants, in the order of ``_LETTERS``.
        hamza: sign of hamza inside a word; at its beginning it is not written.
        maqsura: alif in the shape of ya.
        feminine: ta marbuta when it closes a phrase.
        iyy: doubled ya behind i, inside a word and at its end.
        uww: doubled waw behind u.
        assimilates: whether the article takes the sound of a sun letter.
        joint: what stands between the article and its word.
        clitics: what stands between wa, bi, fa, ka and the article (whose a may fall).
        prime: sign that parts letters which would read as one sound; empty where there is none.
    """

    letters: tuple[str, ...]
    hamza: str
    maqsura: str
    feminine: str
    iyy: tuple[str, str]
    uww: str
    assimilates: bool
    joint: str
    clitics: str
    prime: str


def _letters(special: str) -> tuple[str, ...]:
    th, j, h, kh, dh, sh, s, d, t, z, ayn, gh, ch, zh = special.split()
    return (
        *("b", "t", th, j, h, kh, "d", dh, "r", "z", "s", sh, s, d, t, z, ayn, gh),
        *("f", "q", "k", "l", "m", "n", "h", "w", "y", "p", ch, zh, "g", "v"),
    )


ISO: Final = "iso-233"
_ALA_LC: Final = _letters("th j ḥ kh dh sh ṣ ḍ ṭ ẓ ʻ gh ch zh")
_BGN: Final = _letters("th j ḩ kh dh sh ş ḑ ţ z̧ ‘ gh ch zh")
_IJMES: Final = _letters("th j ḥ kh dh sh ṣ ḍ ṭ ẓ ʿ gh ch zh")
_DIN: Final = _letters("ṯ ǧ ḥ ḫ ḏ š ṣ ḍ ṭ ẓ ʿ ġ č ž")
STANDARDS: Final = {
    "ala-lc": Standard(_ALA_LC, "ʼ", "á", "h", ("īy", "ī"), "ūw", False, "-", "-al-", "ʹ"),
    "bgn-pcgn": Standard(_BGN, "’", "á", "h", ("īy", "ī"), "ūw", True, " ", " al ", "·"),
    "ijmes": Standard(_IJMES, "ʾ", "ā", "", ("iyy", "ī"), "uww", False, "-", "-l-", ""),
    "din": Standard(_DIN, "ʾ", "ā", "h", ("iyy", "iyy"), "uww", True, "-", "-l-", ""),
    "ungegn": Standard(_BGN, "’", "á", "h", ("iyy", "iyy"), "uww", True, "-", " al-", ""),
}


@dataclass(slots=True)
class _Unit:
    """A letter with its marks: doubled, its vowel (``a``, ``an``, ``ā`` …), ``-`` for sukun, or none."""

    letter: str
    doubled: bool
    vowel: str


def _units(word: str) -> list[_Unit]:
    units: list[_Unit] = []
    for letter, marks in _UNIT.findall(word):
        vowel = "".join(_SHORT.get(m, "") or _TANWIN.get(m, "") for m in marks)[:2]
        if _DAGGER in marks:
            vowel = "ā"
        elif not vowel and _SUKUN in marks:
            vowel = "-"
        units.append(_Unit(letter, _SHADDA in marks, vowel))
    return units


def transcribe(words: Sequence[str], standard: Standard) -> list[str]:
    """Romanise the words of one phrase.

    Args:
        words: Arabic words without tatweel or direction marks, in order.
        standard: the standard's decisions.
    """
    done: list[str] = []
    for index, word in enumerate(words):
        following = words[index + 1] if index + 1 < len(words) else ""
        done.append(_word(word, standard, construct=_governs(word, following)))
    return done


def _governs(word: str, following: str) -> bool:
    """Whether a word in ta marbuta stands in construct with the next.

    An indefinite word governs a definite or unmarked noun behind it; an adjective would agree,
    that is be indefinite too and end in ta marbuta or tanwin.
    """
    bare, behind = _MARKS.sub("", word), _MARKS.sub("", following)
    if not bare.endswith("ة") or not following or any(mark in word for mark in _TANWIN):
        return False
    if _article(_units(word))[2]:
        return False
    return _article(_units(following))[2] or not (
        behind.endswith("ة") or any(m in following for m in _TANWIN)
    )


def _article(units: list[_Unit]) -> tuple[str, list[_Unit], bool]:
    """The proclitic and the word behind the article, and whether there is one."""
    letters = "".join(unit.letter for unit in units)
    if letters.startswith("لل") and len(units) >= 4 and units[1].vowel in {"", "-"} and letters[2:] != "ه":
        return "li", units[2:], True
    start = 1 if units and units[0].letter in "وبفك" and units[0].vowel in {"", "a", "i"} else 0
    rest = units[start:]
    if len(rest) < (5 if start else 4) or rest[0].letter not in _ALEFS or rest[1].letter != "ل":
        return "", units, False
    if rest[0].vowel not in {"", "a"} or rest[1].vowel not in {"", "-"} or rest[1].doubled:
        return "", units, False
    clitic = {"و": "wa", "ف": "fa", "ب": "bi", "ك": "ka"}[units[0].letter] if start else ""
    return clitic, rest[2:], True


def _word(word: str, standard: Standard, *, construct: bool) -> str:
    bare = _MARKS.sub("", word)
    if bare in {"الله", "ٱلله"}:
        return "allāh"
    if bare == "لله":
        return "lillāh"
    clitic, units, definite = _article(_units(word))
    body = _body(units, standard, construct=construct, kept=bare in _KEPT)
    if not definite:
        return body
    first = units[0].letter
    consonants = dict(zip(_LETTERS, standard.letters, strict=True))
    sound = consonants[first] if standard.assimilates and first in _SUN else "l"
    if clitic == "li":
        return f"li{sound}{standard.joint}{body}"
    if clitic:
        return f"{clitic}{standard.clitics.replace('l', sound)}{body}"
    return f"a{sound}{standard.joint}{body}"


def _body(units: list[_Unit], standard: Standard, *, construct: bool, kept: bool) -> str:
    """A word without its article."""
    consonants = dict(zip(_LETTERS, standard.letters, strict=True))
    out: list[str] = []

    def sign(text: str, unit: _Unit, place: int) -> None:
        if standard.prime and unit.letter == "ه" and out and out[-1][-1:] in "tkdsgz" and out[-1].isascii():
            out.append(standard.prime)
        # Behind the article a sun letter is doubled in Arabic spelling only.
        out.append(text * 2 if unit.doubled and place else text)
        out.append(unit.vowel.strip("-"))

    for place, unit in enumerate(units):
        before = out[-1] if out else ""
        last = place == len(units) - 1
        if unit.letter == "آ":
            out += [standard.hamza if place else "", "ā"]
        elif unit.letter in _HAMZAS:
            usual = {"أ": "a", "إ": "i"}.get(unit.letter, "") if not place else ""
            sign(standard.hamza if place else "", unit, place)
            out[-1] = out[-1] or usual
        elif unit.letter in _ALEFS:
            _alef(out, unit, place, units)
        elif unit.letter == "ى":
            if before == "a":
                out[-1] = standard.maqsura
            elif before != "an":
                out.append(standard.maqsura)
        elif unit.letter in "وي" and not _glide(out, unit, place, units):
            pass
        elif unit.letter in "وي" and unit.doubled and before == ("u" if unit.letter == "و" else "i"):
            ending = last and unit.vowel != "an"
            out[-1] = standard.uww if unit.letter == "و" else standard.iyy[ending]
            out.append(unit.vowel.strip("-") if not ending or unit.letter == "و" else "")
        elif unit.letter == "ة":
            if before not in {"a", "ā", standard.maqsura}:
                out.append("a")
            out.append("t" if construct else standard.feminine or ("h" if before == "ā" else ""))
        else:
            sign(consonants.get(unit.letter, unit.letter), unit, place)
    if len(out) > 1 and (
        out[-1] in {"un", "in"} or (out[-1] in {"a", "i", "u"} and not kept and len(units) > 1)
    ):
        # Names and titles are read in pause: case endings fall.
        marked = units[-1].vowel == out[-1]
        out = out[:-1] if marked else out
    return "".join(out)


def _alef(out: list[str], unit: _Unit, place: int, units: list[_Unit]) -> None:
    before = out[-1] if out else ""
    if not place:
        weak = "".join(u.letter for u in units[1:3]) in {"بن", "سم", "بنة", "مر", "ثن"}
        out.append(unit.vowel.strip("-") or ("i" if weak else "a"))
    elif before == "a":
        out[-1] = "ā"
    elif before not in {"an", "ū", "ā"}:
        out.append("ā")


def _glide(out: list[str], unit: _Unit, place: int, units: list[_Unit]) -> bool:
    """Whether waw or ya is a consonant; a long vowel is written here."""
    before = out[-1] if out else ""
    short = "u" if unit.letter == "و" else "i"
    if unit.doubled or unit.vowel not in {"", "-"}:
        return True
    if "".join(u.letter for u in units) == "عمرو" and place == 3:
        return False
    if before == short:
        out[-1] = _LONG[short]
        return False
    bare = (
        before not in {"a", "i", "u"}
        and units[place - 1].vowel == ""
        and units[place - 1].letter not in _ALEFS
    )
    follows = units[place + 1] if place + 1 < len(units) else None
    if place and bare and not unit.vowel and (follows is None or follows.letter not in "اىيو"):
        out.append(_LONG[short])
        return False
    return True


_ISO_LETTERS: Final = dict(zip(_LETTERS, (*_letters("ṯ ǧ ḥ ẖ ḏ š ṣ ḍ ṭ ẓ ʿ ġ č ž"),), strict=True)) | {
    "ا": "ʾ",
    "ٱ": "ʾ",
    "ء": "ˌ",
    "أ": "ˈ",
    "إ": "ˈ",
    "ؤ": "ˈ",
    "ئ": "ˈ",
    "آ": "ʾâ",
    "ى": "ỳ",
    "ة": "ẗ",
}
_ISO_MARKS: Final = {
    **_SHORT, "\u064b": "á", "\u064c": "ú", "\u064d": "í", _SHADDA: "\u0304", _SUKUN: "°", _DAGGER: "ā",
}  # fmt: skip


def transliterate_iso(words: Sequence[str]) -> list[str]:
    """ISO 233: a sign for every letter and mark, in their order; doubling is a macron.

    >>> transliterate_iso(["كِتَاب", "القَلَم"])
    ['kitaʾb', 'ʾˈalqalam']
    """
    done: list[str] = []
    for word in words:
        clitic, _, definite = _article(_units(word))
        letters = "".join(_ISO_LETTERS.get(c) or _ISO_MARKS.get(c, c) for c in _iso_order(word))
        letters = regex.sub("^ʾa?l°?", "ʾˈal", letters) if definite and not clitic else letters
        done.append(unicodedata.normalize("NFC", letters))
    return done


def _iso_order(word: str) -> str:
    """Doubling before the vowel, as the macron belongs to the consonant."""
    return str(regex.sub(rf"([\u064b-\u0650\u0670])({_SHADDA})", r"\2\1", word))


_ARTICLE: Final = regex.compile(
    r"^(?:(?:wa|fa|bi|ka)[- ])?(?:a(?:[lnrtdszšṯḏṣḍṭẓşţḑ]|sh|th|dh|z̧)|l|li\p{L}{1,2})[- ]"
)


def capitalised(word: str) -> str:
    """A romanised word with a capital, behind its article and behind ayn.

    >>> capitalised("al-ʻarabīyah")
    'al-ʻArabīyah'
    """
    article = _ARTICLE.match(word)
    at = article.end() if article else 0
    while at < len(word) and not (word[at].isalpha() and word[at].upper() != word[at]):
        at += 1
    return word[:at] + word[at : at + 1].upper() + word[at + 1 :]
