"""Names without a cue that stand where bylines stand."""

from __future__ import annotations

from typing import Final

from bialign.pages.credits import names_in
from bialign.pages.folding import fold
from bialign.pages.phrases import texts, words
from bialign.pages.sections import leading_section
from bialign.pages.tables import agencies, cities, given_names

_NAME_PARTS: Final = frozenset({"ابو", "ام", "عبد", "بن", "ابن", "بنت", "د"})


def byline_names(text: str, *, sure: bool = False, beside: bool = False) -> list[str]:
    """The names a text without a cue consists of, if it looks like a byline.

    Args:
        text: a line or a chunk of a bar.
        sure: the markup says that an author stands here.
        beside: a date or another credit stands beside it.

    >>> byline_names("محمد غيث"), byline_names("أخبار محلية")
    (['محمد غيث'], [])
    """
    found = texts(fold(text))
    head, dash, tail = text.rpartition(" - ")
    if dash and len(head.split()) > 1 and _like_name(found, beside=beside) and fold(tail) in cities():
        return byline_names(head, sure=sure, beside=beside)
    if not 2 <= len(found) <= 12 or not (sure or _like_name(found, beside=beside)):
        return []
    if leading_section(words(fold(text))) or agencies().whole_text(found):
        return []
    names = names_in(text)
    if any(not 2 <= len(name.split()) <= 5 for name in names):
        return []
    if not sure and not all(_like_name(texts(fold(name)), beside=beside) for name in names):
        return []
    return names


def _like_name(found: list[str], *, beside: bool) -> bool:
    return _begins_name(found[0], beside=beside) or (beside and not _NAME_PARTS.isdisjoint(found[1:]))


def _begins_name(word: str, *, beside: bool) -> bool:
    """Whether a folded word is a given name, or a Latin word where a date or credit stands beside."""
    if word.isascii():
        return beside or word in given_names("en")
    return word in given_names("ar") or word in _NAME_PARTS
