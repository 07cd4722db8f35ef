"""Arabic names in Latin letters: a readable normal form, and keys to compare spellings with.

The readable form mends what typing and scraping broke (quotes, hyphens, spaces) and leaves every
other choice of the writer. The key goes on to what writers choose freely: case, marks, hyphens,
the article, the letters for long vowels and for sounds English lacks.
"""

from __future__ import annotations

import functools
import unicodedata
from typing import Final, Literal, get_args

import regex

from bialign.errors import UsageError
from bialign.text.offsets import Matched, Normalized, identity, substitute, trim
from bialign.text.romanised import fold_compounds, fold_word

Level = Literal["written", "case", "marks", "article", "romanisation"]
LEVELS: Final[tuple[Level, ...]] = get_args(Level)
LATIN_PROFILES: Final = ("readable", "key")

#: Signs for ayn, hamza and apostrophes of every shape.
MARKS: Final = "'’‘‛`´ʼʻʽʾʿʹˈ′ˊˋʔʕ＇"

_ARTICLE: Final = r"(?:[aeu]l|il|a(?:sh?|th?|dh?|n|r|z)|e(?:sh?|th?|dh?|n|r|z))"
_WHITE: Final = regex.compile(r"[^\S\n\r]+")
_QUOTE: Final = regex.compile(
    r"(?<=\p{L})[’‘‛`´′＇](?=\p{L}|\b|\s|\p{P}|$)|(?<![\p{L}\p{N}])[‛`´′＇](?=\p{L})"
)
_DASH: Final = regex.compile(r"(?<=\p{L}[’']?)[\u00AD\u2010\u2011\u2212\uFE63\uFF0D](?=\s?\p{L})")
_DOUBLED: Final = regex.compile(rf"(?i)(?<=\b{_ARTICLE})\s?--+\s?(?=\p{{L}})|(?<=\p{{L}})--+(?={_ARTICLE}\b)")
# White space is folded before this; each branch begins with what is rare, as what stands behind it
# is looked at only there.
_DANGLING: Final = regex.compile(
    rf"(?i)(?: -|- )(?<=\b{_ARTICLE}..)(?=['’ʿʾ]?\p{{L}})"
    r"|(?-i:- (?<=\p{Lu}[\p{L}'’]{1,30}- )(?=\p{Lu}))"
    rf"| -(?<=\p{{L}} -)(?={_ARTICLE}[- ]\p{{L}})"
)
_INVISIBLE: Final = regex.compile(r"[\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]+")
_MARK: Final = regex.compile(rf"[{MARKS}]+")
_POSSESSIVE: Final = regex.compile(r"(?i)(?<=\p{L})['’`´ʼ]s\b")
# Letters that Unicode does not take apart, and the one whose mark changes its sound.
_LETTERS: Final = str.maketrans(
    {"ı": "i", "ø": "o", "ə": "a", "đ": "d", "ħ": "h", "ł": "l", "ç": "s", "ß": "ss"}
)
_JOINT: Final = regex.compile(r"[\s\p{Pd}_.,·]+")

# The article stands before a hyphen, or as a word of its own before another word; before sun
# letters it takes the letter's shape and must fit it, so that English "as" or "at" stays.
_LEADING_ARTICLE: Final = regex.compile(
    r"\b(?:(?:[aeiou]l|l(?=-))[-\s]+(?=\p{L})"
    r"|[aeiou](?P<sun>sh|ch|th|dh|[tdrzsnlj])[-\s]+(?=(?P=sun))"
    r"|w[aei]?l-(?=\p{L}))"
)
_ELIDED: Final = regex.compile(rf"(?i)\bl[{MARKS}](?=\p{{L}})")
# SOURCE: the common Arabic chat alphabet (Yaghan 2008, "Arabizi").
_CHAT_LETTERS: Final = {"2": "ʾ", "3": "ʿ", "5": "kh", "6": "ṭ", "7": "ḥ", "9": "ṣ"}
_CHAT: Final = regex.compile(r"(?<![\p{N}.,])[235679](?![\p{N}.,])(?:(?<=\p{L}.)|(?=\p{L}))")
_WHOLE: Final = regex.compile(r"(?s).+")


def normalize_latin(text: str, profile: str = "readable", *, chat: bool = False) -> Normalized:
    """Normalise transliterated names in Latin letters.

    Args:
        text: a name, or running text that holds names.
        profile: ``readable`` mends quotes, dashes, dangling and doubled hyphens and white space
            and keeps all else as written; ``key`` gives the comparison key.
        chat: read the digits of chat spelling (2, 3, 5, 6, 7, 9 touching a letter) as the letters
            they stand for; digits are left alone unless asked.

    Returns:
        The normalised text, its offsets and every change with its reason.

    Raises:
        UsageError: no such profile.

    >>> normalize_latin("al- Badee’  Qasim").text
    "al-Badee' Qasim"
    """
    done = (
        substitute(identity(text), _CHAT, _chat_letter, "digit read as a letter") if chat else identity(text)
    )
    if profile == "readable":
        return _readable(done)
    if profile == "key":
        return substitute(done, _WHOLE, lambda m: latin_key(m.group()), "folded to the key")
    raise UsageError(f"no Latin profile {profile!r}", mend=f"one of {', '.join(LATIN_PROFILES)}")


def _chat_letter(match: Matched) -> str:
    letter = _CHAT_LETTERS[match.group()]
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    return letter.upper() if letter.isalpha() and (before or after).isupper() and after.isupper() else letter


def _readable(done: Normalized) -> Normalized:
    done = substitute(done, _INVISIBLE, "", "invisible character dropped")
    done = substitute(done, _WHITE, " ", "white space folded")
    done = trim(done, "white space at the edge dropped")
    done = substitute(done, _QUOTE, "'", "quote sign made an apostrophe")
    done = substitute(done, _DASH, "-", "dash made a hyphen")
    done = substitute(done, _DOUBLED, "-", "doubled hyphen made one")
    return substitute(done, _DANGLING, "-", "space at a hyphen dropped")


def latin_key(text: str) -> str:
    """The comparison key of a name: equal for spellings of one name that writers vary freely.

    >>> latin_key("Al-Qasr al-Abyad") == latin_key("el Qasr el-Abyadh")
    True
    >>> latin_key("Hassan") == latin_key("Hussein")
    False
    """
    return strictness_key(text, "romanisation")


def strictness_key(text: str, level: str) -> str:
    """A key under which spellings fall together that differ in no more than ``level`` allows.

    Args:
        text: one name.
        level: ``written`` (white space folded), ``case`` (+ case), ``marks`` (+ apostrophes,
            diacritics, hyphens, spaces), ``article`` (+ the article and its shapes),
            ``romanisation`` (+ the letters chosen for Arabic sounds).

    Raises:
        UsageError: no such level.

    >>> strictness_key("al-Badee’", "marks"), strictness_key("al-Badee’", "article")
    ('albadee', 'badee')
    """
    if level not in LEVELS:
        raise UsageError(f"no strictness level {level!r}", mend=f"one of {', '.join(LEVELS)}")
    return _cached_key(text, LEVELS.index(level))


@functools.lru_cache(maxsize=65_536)
def _cached_key(text: str, level: int) -> str:
    written = " ".join(text.split())
    if level == 0:
        return written
    lowered = written.casefold()
    if level == 1:
        return lowered
    words = unmark(lowered)
    if level >= 3:
        words = drop_article(words)
    if level >= 4:
        name = " ".join(word for word in _JOINT.split(words) if word)
        return "".join(fold_word(word) for word in fold_compounds(name).split(" "))
    return str(_JOINT.sub("", words))


def unmark(text: str) -> str:
    """A lower-case text without possessive 's, apostrophes, ayn and hamza signs, diacritics.

    >>> unmark("raʾs al-ʿayn’s")
    'ras al-ayn'
    """
    text = _MARK.sub("", _ELIDED.sub("l-", _POSSESSIVE.sub("", text)))
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(c for c in plain if not unicodedata.combining(c))


def drop_possessive(text: str) -> str:
    """A name without an English possessive 's.

    >>> drop_possessive("Assad’s")
    'Assad'
    """
    return str(_POSSESSIVE.sub("", text))


def drop_article(text: str) -> str:
    """A lower-case name without its articles; words that only look like one stay.

    >>> drop_article("ash-sharqiyah al jadida"), drop_article("also at home")
    ('sharqiyah jadida', 'also at home')
    """
    return str(_LEADING_ARTICLE.sub("", text))
