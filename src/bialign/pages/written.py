"""Separated pages that lie in a JSON lines file: a sequence of which memory holds an index only."""

from __future__ import annotations

import json
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, cast, overload

from bialign.files import JsonLines, dumps, writing
from bialign.model import Language, Page


class PageLine(NamedTuple):
    """A page as it stands in a file, with what the index keeps of it.

    Args:
        line: the record's JSON with its line end.
        language: of the record.
        day: its ISO 8601 day of publication, else null.
    """

    line: bytes
    language: Language
    day: str | None

    @classmethod
    def of(cls, page: Page) -> PageLine:
        """The line of a page."""
        day = page.published[:10] if page.published else None
        return cls((dumps(page) + "\n").encode(), page.language, day)

    def page(self) -> Page:
        """The page of the line."""
        return Page.from_dict(json.loads(self.line))


class WrittenPages(JsonLines[Page]):
    """The pages of a file, each read when it is asked for.

    What is kept in memory is about thirty bytes a page: where it begins, its language, its day.

    Args:
        lines: the pages in order.
        path: the file to write, whole or not at all.

    Raises:
        InputError: the file cannot be written.
    """

    def __init__(self, lines: Iterable[PageLine], path: Path) -> None:
        self.languages: list[Language] = []
        self.days: list[str | None] = []
        ends = array("q", [0])
        with writing(path, "wb") as out:
            for line, language, day in lines:
                out.write(line)
                ends.append(ends[-1] + len(line))
                self.languages.append(cast("Language", sys.intern(language)))
                self.days.append(day and sys.intern(day))
        super().__init__(path, Page.from_dict, ends)

    def move(self, path: Path) -> None:
        """Give the file another name on the same disk, in the place of a file that has it."""
        self.path = self.path.replace(path)


class Picked(Sequence[Page]):
    """Some pages of a sequence, which stay where they are.

    Args:
        pages: the sequence.
        numbers: which of it, in order.
    """

    def __init__(self, pages: Sequence[Page], numbers: Sequence[int]) -> None:
        self.pages = pages
        self.numbers = numbers

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, number: int) -> Page: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[Page]: ...

    def __getitem__(self, number: int | slice) -> Page | Sequence[Page]:
        if isinstance(number, slice):
            return Picked(self.pages, self.numbers[number])
        return self.pages[self.numbers[number]]


class Texts(Mapping[str, str]):
    """The untouched text of each page by its id, read when it is asked for.

    Args:
        pages: the pages.
        numbers: where each id stands among them.
    """

    def __init__(self, pages: Sequence[Page], numbers: Mapping[str, int]) -> None:
        self._pages = pages
        self._numbers = numbers

    def page(self, name: str) -> Page:
        """The page of that id.

        Raises:
            KeyError: there is none.
        """
        return self._pages[self._numbers[name]]

    def __getitem__(self, name: str) -> str:
        return self.page(name).text

    def __contains__(self, name: object) -> bool:
        return name in self._numbers

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


def held(pages: Iterable[Page]) -> Sequence[Page]:
    """Pages as a sequence: those of a file where they are, any others in memory."""
    return pages if isinstance(pages, WrittenPages | Picked) else list(pages)


def languages(pages: Sequence[Page]) -> Sequence[Language]:
    """The language of each page."""
    if isinstance(pages, WrittenPages):
        return pages.languages
    if isinstance(pages, Picked):
        known = languages(pages.pages)
        return [known[number] for number in pages.numbers]
    return [page.language for page in pages]


def days(pages: Sequence[Page]) -> Sequence[str | None]:
    """The ISO 8601 day each page was published, null where it does not say."""
    if isinstance(pages, WrittenPages):
        return pages.days
    if isinstance(pages, Picked):
        known = days(pages.pages)
        return [known[number] for number in pages.numbers]
    return [page.published[:10] if page.published else None for page in pages]
