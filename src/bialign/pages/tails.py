"""Credits at the end of a story's last paragraph: ``… he said. (Translated by Ruth Wright)``."""

from __future__ import annotations

from itertools import islice
from typing import Final

import regex

from bialign.pages.credits import FoundCredit, find_credits

_LONGEST: Final = 200
_MOST_ENDS: Final = 6
_END: Final = regex.compile(r"[.!?؟][”\"»)]*\s+(?=\S)")
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
