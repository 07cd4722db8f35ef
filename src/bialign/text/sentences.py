"""Sentences and tokens of Arabic and English text, with their places."""

from __future__ import annotations

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


_LINE: Final = regex.compile(r"[^\r\n\u0085\u2028\u2029\v\f]+")
#: Abbreviations after which a sentence goes on: one or two Arabic letters, titles, initials.
_GOES_ON: Final = regex.compile(
    r"(?:(?<![\p{L}\p{M}])(?:\p{Script=Arabic}{1,2}|أ\.د|\p{Lu}(?:\.\p{Lu})*"
    r"|(?i:mr|mrs|ms|dr|st|prof|gen|col|lt|maj|capt|sgt|brig|sen|rep|gov|no|vs|jr|sr|hon|rev|messrs))\.)\s*\Z"
)
_TOKEN: Final = regex.compile(
    r"(?:https?://|ftp://|www\.)[^\s\p{scx=Arab}<>\"«»]*[^\s\p{scx=Arab}<>\"«»\p{P}]/?"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|[@#][\p{L}\p{N}_]+"
    r"|\p{N}+(?:[.,:/٫٬،\u2019'-]\p{N}+)*[%٪‰]?"
    r"|(?:\p{L}\.){2,}"
    r"|(?<![\p{L}\p{M}])\p{Script=Arabic}\.(?=[^\S\n\r]*\p{Script=Arabic})"
    r"|(?i:mr|mrs|ms|dr|prof|gen|col|lt|maj|capt|sgt|brig|sen|gov|st)\.(?=\s)"
    r"|\p{L}[\p{L}\p{M}\p{Nd}\u200C\u200D]*(?:(?:['’ʼʻʾʿ‘`´-]|\p{Cf})\p{L}[\p{L}\p{M}\p{Nd}\u200C\u200D]*)*(?:[ʾʿ]|(?<=s)['’](?!\w)|['’](?=\s+\p{Lu}))?"
    r"|\p{P}|\p{S}\X*?|\S"
)


def sentences(text: str, language: str) -> list[Token]:
    """Cut a text into sentences; a line end always ends one.

    Boundaries are sentencex's, without those behind an abbreviation it does not know.

    Args:
        text: the untouched text.
        language: ``ar`` or ``en`` (any code sentencex knows).

    Returns:
        Sentences without the white space around them, in order.

    >>> [s.text for s in sentences("قال د. سالم. وصل", "ar")]
    ['قال د. سالم.', 'وصل']
    """
    from sentencex import get_sentence_boundaries  # noqa: PLC0415  (a compiled library, at first use)

    found: list[Token] = []
    for line in _LINE.finditer(text):
        content = line.group()
        start = 0
        for boundary in get_sentence_boundaries(language, content):
            end = boundary["end_index"]
            if end < len(content) and _GOES_ON.search(content, start, end):
                continue
            found += _trimmed(text, line.start() + start, line.start() + end)
            start = end
        found += _trimmed(text, line.start() + start, line.end())
    return found


def tokens(text: str, language: str) -> list[Token]:  # noqa: ARG001  (one rule serves both scripts)
    """Cut a text into words, numbers, addresses and signs.

    Numbers keep their separators and per cent sign, words their apostrophes and hyphens,
    addresses everything; every other sign stands alone.

    Args:
        text: the untouched text.
        language: ``ar`` or ``en``.

    >>> [t.text for t in tokens("3.5% at 11:29:33, U.S. al-Qasr.", "en")]
    ['3.5%', 'at', '11:29:33', ',', 'U.S.', 'al-Qasr', '.']
    """
    return [Token(match.group(), *match.span()) for match in _TOKEN.finditer(text)]


def _trimmed(text: str, start: int, end: int) -> list[Token]:
    piece = text[start:end]
    body = piece.strip()
    if not body:
        return []
    begin = start + len(piece) - len(piece.lstrip())
    return [Token(body, begin, begin + len(body))]
