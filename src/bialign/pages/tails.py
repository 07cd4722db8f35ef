"""Credits at the end of a story's last paragraph: ``… he said. (Translated by Ruth Wright)``."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import Final

import regex

from bialign.pages.bylines import byline_names
from bialign.pages.credits import FoundCredit, find_credits

_LONGEST: Final = 200
_MOST_ENDS: Final = 6
_END: Final = regex.compile(r"[.!?؟][”\"»)]*\s+(?=\S)")
# A note says of the piece itself who translated it: "This report was … translated into English by …".
_PIECE: Final = regex.compile(
    r"\bth(?:is|e) (?:\p{L}+ )?"
    r"(?:report|article|story|piece|interview|feature|investigation|essay|op-ed|text|post)\b"
    r"|\boriginally (?:published|written|appeared)"
    r"|(?:هذا|هذه) (?:التقرير|المقال|المقالة|القصة|المادة|الحوار|التحقيق|النص|الموضوع|الترجمة)|في الأصل",
    regex.IGNORECASE,
)
_WORK: Final = regex.compile(
    r"\b(?:translated|edited|written|reported|fact-checked)\b"
    r"|\b(?:ترجمة|ترجمها|ترجمه|ترجمته|ترجمتها|وترجمه|وترجمها|وترجمته|وترجمتها|نقله|ونقله|نقلها|ونقلها|حررته|حرره|وحرره)\b",
    regex.IGNORECASE,
)
# … or who helped: "Omar Haddad in Beirut contributed to this report".
_HELPED: Final = regex.compile(
    r"(?P<en>\p{Lu}[\p{L}'’.-]+(?: (?:\p{Lu}|al-|el-)[\p{L}'’.-]+){1,3})(?:,| in [\p{L} ]{3,30})? "
    r"contributed (?:to|reporting)"
    r"|(?:ساهم|ساهمت|شارك|شاركت|أسهم|أسهمت) في (?:إعداد )?(?:هذا )?(?:التقرير|التحقيق|التغطية|المادة)\s?:?\s"
    r"(?P<ar>\p{Arabic}+(?: \p{Arabic}+){1,2})\.?$"
)
# One of these stands in every note.
_SIGNAL_WORDS: Final = (
    *("contributed", "ranslated", "dited", "ritten", "eported", "fact-checked"),
    *("ساهم", "أسهم", "شارك", "ترجم", "نقل", "حرر"),
)
_LONGEST_NOTE: Final = 400
_NEAR: Final = 3
_SIGNS: Final = regex.compile(r"[\s()\[\].,;،؛|/–—-]+")


def tail_credits(paragraph: str) -> tuple[int, list[FoundCredit]] | None:
    """The credits that end a paragraph, in brackets or after a colon, and where they begin.

    Args:
        paragraph: the last paragraph of a story.

    Returns:
        The position where the sentences end, and the credits; null where none follow. Nothing but
        credits may stand behind that position.

    >>> text = "It is over, he said. (ترجمة: ليلى حسن)"
    >>> at, found = tail_credits(text)
    >>> text[at:], found[0].role
    ('(ترجمة: ليلى حسن)', 'translator')
    >>> tail_credits("It is over. By Sunday all had left.") is None
    True
    """
    reach = max(0, len(paragraph) - _LONGEST)
    for end in islice(_END.finditer(paragraph, reach), _MOST_ENDS):
        tail = paragraph[end.end() :]
        if not (tail[0] in "([" and tail.rstrip(" .")[-1:] in {")", "]"}) and ":" not in tail:
            continue
        found = find_credits(tail)
        left = tail
        for credit in found:
            left = left[: credit.start] + " " * (credit.end - credit.start) + left[credit.end :]
        if found and not _SIGNS.sub("", left):
            return end.end(), found
    return None


def note_credits(paragraph: str) -> list[FoundCredit]:
    """The credits that a note about the piece tells in a sentence; empty for any other paragraph.

    Args:
        paragraph: a first or last paragraph of a story.

    >>> note = "This report was originally published in Arabic and translated into English by Colin Marsh."
    >>> [(credit.role, credit.name) for credit in note_credits(note)]
    [('translator', 'Colin Marsh')]
    >>> note_credits("The report was translated by volunteers into four languages.")
    []
    """
    if len(paragraph) > _LONGEST_NOTE or not any(word in paragraph for word in _SIGNAL_WORDS):
        return []
    if helped := _HELPED.search(paragraph):
        name = helped["en"] or helped["ar"]
        at = helped.start("en") if helped["en"] else helped.start("ar")
        return [FoundCredit(at, at + len(name), at, at + len(name), "reporter", name, "contributed")]
    if not _PIECE.search(paragraph):
        return []
    found: list[FoundCredit] = []
    for work in _WORK.finditer(paragraph):
        at = work.start() + paragraph[work.start() : work.start() + 1].count("و")
        for credit in find_credits(paragraph[at:]):
            if credit.start > _NEAR or not (names := byline_names(credit.name, beside=True)):
                break
            name_at = at + credit.name_start
            found.append(
                replace(
                    credit,
                    start=at + credit.start,
                    end=at + credit.end,
                    name_start=name_at,
                    name_end=name_at + len(credit.name),
                    name=names[0],
                )
            )
    return list({(credit.role, credit.name): credit for credit in found}.values())
