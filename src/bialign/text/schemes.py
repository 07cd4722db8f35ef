"""Romanisation standards for Arabic: ALA-LC, BGN/PCGN, IJMES, DIN 31635, ISO 233, UNGEGN.

Beside them camel-tools' four letter-for-letter codes. The standards are rules over Arabic with
its vowel marks: where a vowel is not written none is invented.

SOURCES: ALA-LC Romanization Tables, Arabic (Library of Congress, 1997, rev. 2012); BGN/PCGN 1956
System for Arabic; IJMES Translation and Transliteration Guide; DIN 31635 (1982); ISO 233 (1984);
UN resolution II/8 (1972), UNGEGN; compared side by side in T. T. Pedersen, "Transliteration of
Arabic", rev. 2.2 (2008). Habash, Soudi, Buckwalter 2007 for HSB, through camel-tools.
"""

from __future__ import annotations

import functools
from typing import Any, Final

import regex

from bialign.errors import UsageError
from bialign.text.arabic import normalize_arabic
from bialign.text.transcription import ISO, STANDARDS, capitalised, transcribe, transliterate_iso

_CAMEL: Final = {
    "buckwalter": "ar2bw",
    "safe-buckwalter": "ar2safebw",
    "xml-buckwalter": "ar2xmlbw",
    "hsb": "ar2hsb",
}

#: The names of the schemes.
SCHEMES: Final[tuple[str, ...]] = (*STANDARDS, ISO, *_CAMEL)

_PHRASE: Final = regex.compile(
    r"\p{Arabic}[\p{Arabic}\u064B-\u0655\u0670]*(?:[^\S\n]+\p{Arabic}[\p{Arabic}\u064B-\u0655\u0670]*)*"
)
_SIGNS: Final = str.maketrans({"،": ",", "؛": ";", "؟": "?", "٪": "%", "٫": ".", "٬": ","})


def romanize_scheme(text: str, scheme: str, *, capitals: bool = False) -> str:
    """Write Arabic text in a romanisation standard or transliteration code.

    Args:
        text: Arabic text, with its vowel marks where the scheme is to show them. Text in other
            scripts stays.
        scheme: one of ``SCHEMES``.
        capitals: begin every word but the article with a capital, as names are written; the
            letter codes know no capitals and stay as they are.

    Raises:
        UsageError: no such scheme.

    >>> romanize_scheme("الشَّمْسِيَّة", "ala-lc"), romanize_scheme("الشَّمْسِيَّة", "din")
    ('al-shamsīyah', 'aš-šamsiyyah')
    >>> romanize_scheme("حلب", "buckwalter")
    'Hlb'
    """
    if scheme not in SCHEMES:
        raise UsageError(f"no transliteration scheme {scheme!r}", mend=f"one of {', '.join(SCHEMES)}")
    if scheme in _CAMEL:
        return str(_mapper(_CAMEL[scheme]).map_string(text))
    clean = normalize_arabic(text, "clean", persian=True, digits=True, joiner="space").text

    def written(match: regex.Match[str]) -> str:
        words, gaps = match.group().split(), [*regex.findall(r"\s+", match.group()), ""]
        done = transliterate_iso(words) if scheme == ISO else transcribe(words, STANDARDS[scheme])
        done = [capitalised(word) for word in done] if capitals else done
        return "".join(word + gap for word, gap in zip(done, gaps, strict=True))

    return str(_PHRASE.sub(written, clean)).translate(_SIGNS)


@functools.cache
def _mapper(name: str) -> Any:
    from camel_tools.utils.charmap import CharMapper  # noqa: PLC0415  (read at first use)

    return CharMapper.builtin_mapper(name)
