"""Spellings no page carries: generated Arabic, proposed English. Their entries say so."""

from __future__ import annotations

import regex

from bialign.lexicon.groups import is_abbreviation
from bialign.model import Candidate, Known, NameType
from bialign.names.cues import cues, is_demonym, lower_share
from bialign.names.gazetteer import english_of
from bialign.names.transliteration import arabize, romanize

_WORDS = regex.compile(r"[\p{L}\p{M}'’ʿʾ]+")
# Words of names that are also English letters in a row; they carry no meaning of their own.
_ARTICLES = ("al", "el", "ul", "as", "ash", "at", "ath", "ad", "adh", "an", "ar", "az")
_PARTICLES = frozenset((*_ARTICLES, "abu", "abou", "bin", "ibn", "ben", "bint", "umm"))
# Share of an English word's occurrences in lower case, in percent: from the first figure on it may
# be a word, from the second it is one whatever stands beside it.
_COMMON = 50
_SURELY = 80


def is_transliterated(name: str) -> bool:
    """Whether a name was spelled by sound, not translated.

    No word of it heads English names of organisations or is surely an ordinary word, and no more than half may be. A word after an
    Arabic article is none, whatever it looks like (``al-Sham``).

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


def generated_arabic(name: str) -> Candidate | None:
    """The likeliest Arabic of a transliterated name; None for a translated one.

    A translated name (``Free Syrian Army``) is never transliterated letter by letter.
    """
    if not is_transliterated(name):
        return None
    return next(iter(arabize(name, n=1)), None)


def proposed_english(ar: str, type: NameType, known: Known | None = None) -> list[Candidate]:  # noqa: A002  (the records' word)
    """English spellings to propose for an Arabic name that no page spells in English.

    A gazetteer's name first (attested), then the model's; persons are never looked up among places.
    """
    found = [] if type == "person" else english_of(ar)
    attested = [Candidate(g.en, 1.0, attested=True) for g in found[:1]]
    made = romanize(ar, n=3, known=known)
    return attested + [c for c in made if c.text not in {a.text for a in attested}][: 3 - len(attested)]
