"""Sentences and tokens of Arabic and English text, with their places.

Sentence boundaries are those of sentencex (Wikimedia; rules and abbreviation lists of some 300
languages), asked line by line and corrected where it does not know an abbreviation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import regex

from bialign.model import Record


@dataclass(frozen=True, slots=True)
class Token(Record):
    """A stretch of text with its place in the untouched text, in code points."""

    text: str
    start: int
    end: int


_LINE: Final = regex.compile(r"[^\r\n\v\f\x1c-\x1e\u0085\u2028\u2029]+")
_SURROGATE: Final = regex.compile(r"[\uD800-\uDFFF]")
# sentencex reads a line at a time; a line longer than this is handed to it in parts.
_LONGEST: Final = 20_000
_STOPS: Final = tuple(".!?؟…")
_LATIN_TITLES: Final = (
    "Mr|Mrs|Ms|Dr|St|Prof|Gen|Col|Lt|Maj|Capt|Sgt|Brig|Adm|Sen|Rep|Gov|Pres|Hon|Rev|Messrs|Eng|vs"
)
# A sentence goes on behind an abbreviation: an Arabic letter or two with stops (but not the era or
# the half of the day behind a number), a title, an initial. Behind longer Latin abbreviations such
# as U.S. it may end; there a small word with a capital shows that it did.
_GOES_ON: Final = regex.compile(
    r"(?:(?<![\p{L}\p{M}\p{N}]|\p{N}[^\S\n])(?:\p{Script=Arabic}\.){1,3}"
    rf"|(?<![\p{{L}}\p{{M}}.])(?:\p{{Lu}}|{_LATIN_TITLES})\."
    r"|(?<![\p{L}\p{M}])(?:No|Nos|pp?|art|fig)\.(?=\s*\p{N})"
    r"|(?<![\p{L}\p{M}/.])(?:\p{L}\.){2,}(?!\s+(?:The|He|She|It|They|We|In|On|At|But|This|That|A|His|Her)\b))\s*"
)
# sentencex takes every م. for an abbreviation; behind a year it is the era and ends the sentence.
_ERA: Final = regex.compile(r"\p{N}\s?(?:م|هـ?)\.\s+(?!\p{N})")
_TAIL: Final = 24

# A digit may stand inside a Latin word (B2B), but ends an Arabic one (و3).
_LETTERS: Final = r"\p{L}(?:[\p{L}\p{M}\u200C\u200D]|(?<!\p{scx=Arab})\p{Nd})*+"
_TOKEN: Final = regex.compile(
    # addresses
    r"(?i:https?://|ftp://|www\.)[^\s<>\"«»“”\p{Script=Arabic}]*[^\s<>\"«»“”\p{Script=Arabic}\p{P}](?:/(?!\S))?"
    r"|(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)+"
    r"|[@#][\p{L}\p{M}\p{N}_]++"
    # numbers with separators and per cent sign: 3.5%, 11:29:33, ١٢٫٥٪
    r"|\p{N}++(?:[.,:/٫٬،’'-]\p{N}++)*[%٪‰]?"
    # abbreviations with their stops
    r"|(?<![\p{L}\p{M}])(?:\p{L}\.){2,}"
    r"|(?<![\p{L}\p{M}\p{N}]|\p{N}[^\S\n])\p{Script=Arabic}\.(?=[^\S\n]*\p{L})"
    rf"|(?<![\p{{L}}\p{{M}}])(?:\p{{Lu}}|{_LATIN_TITLES})\.(?=[^\S\n]*[\p{{L}}\p{{N}}])"
    # words with their apostrophes, ayn and hamza signs, and hyphens
    rf"|[ʿʾʻʼ‘]?{_LETTERS}(?:['’ʼʻʾʿ‘`´\u00AD\u2010\u2011-]{_LETTERS})*+(?:[ʾʿʻʼ]|['’](?=\s+\p{{Lu}}))?"
    # everything else that can be seen, one sign at a time
    r"|(?![\s\p{Cf}])\X"
)


def sentences(text: str, language: str) -> list[Token]:
    """Cut a text into sentences; a line end always ends one.

    Args:
        text: the untouched text.
        language: ``ar`` or ``en`` (any code sentencex knows; it takes others as English).

    Returns:
        Sentences without the white space around them, in order. Everything but white space is in
        one of them.

    >>> [s.text for s in sentences("قال د. سالم. وصل", "ar")]
    ['قال د. سالم.', 'وصل']
    """
    found: list[Token] = []
    for line in _LINE.finditer(text):
        content = line.group()
        start = 0
        for end in _boundaries(content, language):
            if _goes_on(content, start, end):
                continue
            found += _trimmed(content, start, end, line.start())
            start = end
        found += _trimmed(content, start, len(content), line.start())
    return found


def _boundaries(line: str, language: str) -> list[int]:
    """Where sentencex ends sentences inside a line."""
    from sentencex import get_sentence_boundaries  # noqa: PLC0415  (a compiled library, at first use)

    # It takes UTF-8, which has no lone surrogates; a character for each keeps the places.
    clean = _SURROGATE.sub("\ufffd", line)
    ends: list[int] = []
    start = 0
    while start < len(clean):
        stop = start + _LONGEST
        if stop < len(clean):
            stop = clean.rfind(" ", start, stop) + 1 or stop
        part = clean[start:stop]
        ends += [start + int(b["end_index"]) for b in get_sentence_boundaries(language, part)]
        if stop < len(clean) and ends and ends[-1] == stop and part.rstrip()[-1:] not in _STOPS:
            ends.pop()
        start = stop
    ends += [match.end() for match in _ERA.finditer(line)]
    return sorted({end for end in ends if end < len(line)})


def _goes_on(line: str, start: int, end: int) -> bool:
    """Whether the boundary at ``end`` stands behind an abbreviation."""
    at = max(start, end - _TAIL)
    matches = _GOES_ON.finditer(line, at, end + _TAIL)
    return any(match.end() >= end for match in matches if match.start() < end) if at < end else False


def tokens(text: str, language: str) -> list[Token]:  # noqa: ARG001  (one rule serves both scripts)
    """Cut a text into words, numbers, addresses and signs.

    Numbers keep their separators and per cent sign, words their apostrophes and hyphens,
    addresses everything; every other visible sign stands alone.

    Args:
        text: the untouched text.
        language: ``ar`` or ``en``.

    >>> [t.text for t in tokens("3.5% at 11:29:33, U.S. al-Qasr.", "en")]
    ['3.5%', 'at', '11:29:33', ',', 'U.S.', 'al-Qasr', '.']
    """
    return list(each_token(text))


def each_token(text: str) -> Iterator[Token]:
    """The tokens of a text one after the other, see ``tokens``; for a text of any length."""
    return (Token(match.group(), *match.span()) for match in _TOKEN.finditer(text))


def _trimmed(line: str, start: int, end: int, base: int) -> list[Token]:
    piece = line[start:end]
    body = piece.strip()
    if not body:
        return []
    begin = base + start + len(piece) - len(piece.lstrip())
    return [Token(body, begin, begin + len(body))]
