"""Cheap keys that spellings of one name share across the scripts, to find candidates by.

Both scripts are folded to a few consonant classes: sounds that writers confuse (ض د ذ ظ, s/ṣ,
k/q, j/g/gh) are one class, vowels and the signs for them are not written. What is left of a
word is cut to n-grams. Grams of long vowels are added, since they alone tell apart the many
short names of one skeleton (علي, عليا, ليلى).
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations
from typing import Final

import regex

from bialign.names.letters import fold, plain_arabic, plain_latin
from bialign.names.units import arabic_units, bare_arabic, bare_latin, core_arabic, core_latin, latin_units
from bialign.text.arabic import fold_arabic
from bialign.text.latin import unmark
from bialign.text.scripts import has_arabic

_ARABIC: Final = str.maketrans(
    {
        **dict.fromkeys("بپ", "B"),
        **dict.fromkeys("تطث", "T"),
        **dict.fromkeys("جغگ", "G"),
        **dict.fromkeys("كقک", "K"),
        **dict.fromkeys("دضذظ", "D"),
        **dict.fromkeys("سص", "S"),
        **dict.fromkeys("شچ", "C"),
        **dict.fromkeys("فڤ", "F"),
        **dict.fromkeys("حه", "H"),
        "خ": "X",
        "ر": "R",
        "ز": "Z",
        "ژ": "G",
        "ل": "L",
        "م": "M",
        "ن": "N",
        "و": "u",
        "ي": "i",
        "ى": "i",
        "ی": "i",
        "ا": "a",
        "ع": None,
        "ء": None,
    }
)
_LATIN_LETTERS: Final = str.maketrans(
    {
        **dict.fromkeys("bp", "B"),
        "t": "T",
        **dict.fromkeys("jg", "G"),
        **dict.fromkeys("kq", "K"),
        "d": "D",
        "s": "S",
        **dict.fromkeys("fv", "F"),
        "h": "H",
        "r": "R",
        "z": "Z",
        "l": "L",
        "m": "M",
        "n": "N",
        **dict.fromkeys("ouw", "u"),
        **dict.fromkeys("eiy", "i"),
        "a": "a",
    }
)
_DIGRAPHS: Final = (
    (regex.compile(r"tch|tsh|sch|sh|ch"), "C"),
    (regex.compile(r"kh"), "X"),
    (regex.compile(r"dj|gh"), "G"),
    (regex.compile(r"ph"), "F"),
    (regex.compile(r"(?<=[td])h"), ""),
    (regex.compile(r"x"), "KS"),
    (regex.compile(r"c(?=[eiy])"), "S"),
    (regex.compile(r"c"), "K"),
    (regex.compile(r"h\b"), ""),
)
_ARABIC_WORD: Final = regex.compile(r"[\p{Arab}\p{M}--[،؛؟ـ]]+", flags=regex.V1)
_LATIN_WORD: Final = regex.compile(r"[\p{Latin}\p{M}]+")
_LATIN_ARTICLES: Final = frozenset(
    ["al", "el", "ul", "il", "ar", "as", "ash", "at", "ad", "an", "az", "adh", "ath"]
)
_DOUBLED: Final = regex.compile(r"(.)\1+")
_VOWELS: Final = regex.compile(r"[aiu]+")
_CONSONANTS: Final = regex.compile(r"[A-Z]+")
_PAIRS: Final = regex.compile(r"[A-Z][aiu]|[aiu][A-Z]")
_WITH_ARTICLE: Final = ("aL", "iL", "La")
_COARSE: Final = str.maketrans({"X": "K", "G": "K", "Z": "S", "D": "T", "C": "S", "H": None})
#: Parts of a name that are keyed two by two: more would be no name, and too many pairs.
_MOST_PARTS: Final = 6
_CAPITAL_INSIDE: Final = regex.compile(r"(?<=\p{Ll}{2})(?=\p{Lu}\p{Ll})")
_END: Final = regex.compile(r"[aiuH]+$")


def grams(name: str) -> list[str]:
    """The keys of a name, in either script.

    Args:
        name: any string.

    Returns:
        Distinct keys; none for a string without letters of either script.

    >>> len(set(grams("خالد")) & set(grams("Khaled"))) > 10
    True
    """
    found: dict[str, None] = {}
    words = _words(name)
    for word in words:
        found.update(dict.fromkeys(_word_grams(word)))
        if word.startswith(_WITH_ARTICLE):  # written on (Alshaibi), or a name in al- itself (Alicia)
            found.update(dict.fromkeys(_word_grams(word[2:])))
    if len(words) > 1:
        joined = _VOWELS.sub("", "".join(words))
        found.update(("j" + joined[i : i + 3], None) for i in range(len(joined) - 2))
    elif words:
        bare = _VOWELS.sub("", words[0])
        found.update(("j" + bare[i : i + 3], None) for i in range(len(bare) - 2))
    return list(found)


def keys(name: str) -> list[str]:
    """The grams of a name, and keys of its parts two by two, which few other names have.

    Of a part only what tells it from others is looked at: no article, no "servant of", no "son of".
    Two parts in whichever order are one key, and so are all parts written as one word.

    >>> sorted(set(keys("Abdel Rahman ben Youssef")) - set(grams("Abdel Rahman ben Youssef")))
    ['+RMN SF', '=RMNSF']
    """
    found = grams(name)
    parts = [coarse for part in _telling(name)[:_MOST_PARTS] if (coarse := _coarse(part))]
    if parts:
        found.append("=" + "".join(parts))
    found += {f"+{min(a, b)} {max(a, b)}" for a, b in combinations(parts, 2)}
    return found


def _telling(name: str) -> list[str]:
    """What tells each part of a name from others of its kind."""
    if has_arabic(name):
        units = [u for u in arabic_units(fold(plain_arabic(name))) if not u.light]
        return [core_arabic(u.text)[1] or bare_arabic(u.text) for u in units]
    units = [u for u in latin_units(plain_latin(_parted(name))) if not u.light]
    return [core_latin(u.text)[1] or bare_latin(u.text) for u in units]


@lru_cache(maxsize=100_000)
def _coarse(part: str) -> str:
    """The consonants of a part, classes merged further."""
    word = "".join(_words(part))
    bones: str = _VOWELS.sub("", _DOUBLED.sub(r"\1", _END.sub("", word) or word))
    return bones.translate(_COARSE)


def skeletons(name: str) -> tuple[str, str, str]:
    """All words of a name as one: consonants, consonants with classes merged further, with vowels.

    >>> skeletons("Maarrat al-Nu'man")
    ('MRTNMN', 'MRTNMN', 'MaRaTNuMaN')
    """
    words = [_DOUBLED.sub(r"\1", _END.sub("", word) or word) for word in _words(name)]
    vowelled = "".join(words)
    fine = _VOWELS.sub("", vowelled)
    return fine, fine.translate(_COARSE), vowelled


def _words(name: str) -> list[str]:
    """Folded words: consonant classes in capitals, vowel signs in small letters."""
    if has_arabic(name):
        return [word.translate(_ARABIC) for word in _ARABIC_WORD.findall(fold_arabic(name))]
    words = _LATIN_WORD.findall(unmark(_parted(name).casefold()))
    bare = [word for word in words if word not in _LATIN_ARTICLES] or words
    return [_latin_word(word) for word in bare]


def _parted(name: str) -> str:
    """A name written on without spaces (AhmadHassan), parted where its capitals stand."""
    return str(_CAPITAL_INSIDE.sub(" ", name))


@lru_cache(maxsize=100_000)
def _latin_word(word: str) -> str:
    for pattern, instead in _DIGRAPHS:
        word = pattern.sub(instead, word)
    return word.translate(_LATIN_LETTERS)


@lru_cache(maxsize=100_000)
def _word_grams(word: str) -> tuple[str, ...]:
    """N-grams of the consonants, the same with classes merged further, consonant and vowel pairs."""
    word = _DOUBLED.sub(r"\1", _END.sub("", word) or word)
    fine = f"^{_VOWELS.sub('', word)}$"
    coarse = fine.translate(_COARSE)
    out = [fine[i : i + n] for n in (2, 3) for i in range(len(fine) - n + 1)]
    out += ["s" + fine[i] + fine[i + 2] for i in range(len(fine) - 2)]
    out += ["c" + coarse[i : i + 3] for i in range(len(coarse) - 2)]
    out += [fine, "c" + coarse, "v" + _CONSONANTS.sub("C", word)]
    out += _PAIRS.findall(word)
    return tuple(out)
