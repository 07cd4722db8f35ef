"""Whether an English name was spelled by sound, translated or abbreviated."""

from __future__ import annotations

from typing import Final

import regex

from bialign.names.cues import cues, is_demonym, lower_share

_WORDS: Final = regex.compile(r"[\p{L}\p{M}'’ʿʾ]+")
# Words of names that are also English letters in a row; they carry no meaning of their own.
_ARTICLES: Final = ("al", "el", "ul", "as", "ash", "at", "ath", "ad", "adh", "an", "ar", "az")
_PARTICLES: Final = frozenset((*_ARTICLES, "abu", "abou", "bin", "ibn", "ben", "bint", "umm"))
# Share of an English word's occurrences in lower case, in percent: from the first figure on it may
# be a word, from the second it is one whatever stands beside it.
_COMMON: Final = 50
_SURELY: Final = 80
_SHORT: Final = range(2, 7)


def is_abbreviation(text: str) -> bool:
    """Whether a spelling is an abbreviation: two to six capitals and nothing else.

    >>> is_abbreviation("SDF"), is_abbreviation("Hama")
    (True, False)
    """
    return len(text) in _SHORT and text.isupper() and text.isalpha()


def is_transliterated(name: str) -> bool:
    """Whether a name was spelled by sound, not translated.

    No word of it heads English names of organisations or is surely an ordinary word, and no more
    than half may be. A word after an Arabic article is none, whatever it looks like (``al-Sham``).
    An abbreviation in capitals was not spelled by sound.

    >>> is_transliterated("Ihab al-Salti"), is_transliterated("Free Syrian Army")
    (True, False)
    """
    if is_abbreviation(name):
        return False
    words = _WORDS.findall(name)
    bare = [
        word
        for before, word in zip(["", *words], words, strict=False)
        if word.casefold() not in _PARTICLES and before.casefold() not in _ARTICLES
    ]
    heads = cues("english")["organisation_words"]
    if not words or any(is_demonym(word) or word.casefold() in heads for word in bare):
        return False
    shares = [lower_share(word) or 0 for word in bare]
    return max(shares, default=0) < _SURELY and 2 * sum(share >= _COMMON for share in shares) <= len(shares)
