"""Looking up phrases word by word: the longest one that starts at a word wins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Final, Generic, NamedTuple, TypeVar

T = TypeVar("T")
_WORD: Final = re.compile(r"[^\W_]+(?:['_][^\W_]+)*")


class Word(NamedTuple):
    """A folded word and its span in the folded text."""

    text: str
    start: int
    end: int


#: A word of its three fields; many times as fast as the class itself, and there are many.
_word: Final = partial(tuple.__new__, Word)


def words(folded: str) -> list[Word]:
    """The words of a folded text; hyphens and stops divide them.

    >>> [w.text for w in words("editor-in-chief: علي")]
    ['editor', 'in', 'chief', 'علي']
    """
    return [_word((m.group(), *m.span())) for m in _WORD.finditer(folded)]


def texts(folded: str) -> list[str]:
    """The words of a folded text without their places."""
    return _WORD.findall(folded)


class Phrases(Generic[T]):
    """Folded phrases with a value each, found by their words.

    >>> table = Phrases([("تحرير", 1), ("تحرير الترجمه", 2)])
    >>> table.at(words("تحرير الترجمه فرح"), 0)
    (2, 2)
    """

    def __init__(self, items: Iterable[tuple[str, T]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for phrase, value in items:
            parts = tuple(word.text for word in words(phrase))
            if parts:
                self._by_first.setdefault(parts[0], []).append((parts, value))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        #: Words of which one is in every text that holds a phrase, with or without a و before it.
        self.firsts: Final = frozenset(self._by_first).union("و" + word for word in self._by_first)

    def at(self, found: list[Word], index: int) -> tuple[int, T] | None:
        """The longest phrase that starts at word ``index``: how many words, and its value."""
        for parts, value in self._by_first.get(found[index].text, ()):
            end = index + len(parts)
            if end <= len(found) and all(
                found[index + k].text == part for k, part in enumerate(parts[1:], 1)
            ):
                return len(parts), value
        return None

    def at_text(self, found: Sequence[str], index: int) -> tuple[int, T] | None:
        """As ``at``, for words without places."""
        for parts, value in self._by_first.get(found[index], ()):
            if len(parts) == 1 or tuple(found[index : index + len(parts)]) == parts:
                return len(parts), value
        return None

    def none_in(self, found: Iterable[str]) -> bool:
        """Whether no word can begin a phrase, with or without a و before it."""
        return self.firsts.isdisjoint(found)

    def whole_text(self, found: Sequence[str]) -> T | None:
        """The value of the phrase that all the words together are."""
        hit = self.at_text(found, 0) if found else None
        return hit[1] if hit and hit[0] == len(found) else None

    def whole(self, found: list[Word]) -> T | None:
        """The value of the phrase that all the words together are."""
        hit = self.at(found, 0) if found else None
        return hit[1] if hit and hit[0] == len(found) else None
