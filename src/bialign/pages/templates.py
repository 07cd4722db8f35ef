"""What repeats across the pages of one site, learned in one pass and kept in little memory.

A line is the site's, not the story's, when it stands on several pages that tell different stories.
Counting is lossy (Manku and Motwani 2002): when too many lines are held, those seen once go.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Self
from urllib.parse import urlsplit

import regex

from bialign.model import RawPage, Record
from bialign.pages.bars import read_bar
from bialign.pages.datelines import whole_dateline
from bialign.pages.dates import FoundDate, day_order
from bialign.pages.folding import fold
from bialign.pages.lines import Line, read_lines
from bialign.pages.phrases import words

#: A line that stands on fewer pages repeats by chance.
LEAST: Final = 3
_SHARE: Final = 0.15
_MOST_HELD: Final = 200_000
_SHORTEST: Final = 4
_SECTION_WORDS: Final = 4
_MOST_DATES: Final = 2000
_TAIL: Final = regex.compile(r".{8,}\s[-–—|»:]{1,2}\s+(?P<name>[^-–—|»]{2,40})$")


@dataclass(frozen=True, slots=True)
class Template(Record):
    """What the pages of one site share.

    Args:
        site: the site's host, null where it is not known.
        pages: how many pages it was learned from.
        names: names of the site, as they end its titles.
        sections: folded section names.
        lines: digests of the lines that stand on many pages.
        day_first: order of all-digit dates, null where the pages do not tell.
    """

    site: str | None = None
    pages: int = 0
    names: tuple[str, ...] = ()
    sections: frozenset[str] = frozenset()
    lines: frozenset[str] = frozenset()
    day_first: bool | None = None

    def repeats(self, key: str) -> bool:
        """Whether a line (its words joined) stands on many pages of the site."""
        return bool(self.lines) and digest(key) in self.lines

    def to_dict(self) -> dict[str, Any]:
        """As ``Record.to_dict``; sets as sorted lists."""
        plain = Record.to_dict(self)
        return plain | {"sections": sorted(self.sections), "lines": sorted(self.lines)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The template that ``to_dict`` wrote.

        Raises:
            KeyError: a key is missing.
        """
        return cls(
            data["site"],
            int(data["pages"]),
            tuple(data["names"]),
            frozenset(data["sections"]),
            frozenset(data["lines"]),
            data["day_first"],
        )


def digest(key: str) -> str:
    """A short name of a line that is the same in every process."""
    return hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def host(url: str | None) -> str | None:
    """The host of an address without ``www.``.

    >>> host("https://www.example.org/a")
    'example.org'
    """
    if not url:
        return None
    try:
        name = urlsplit(url if "//" in url else f"//{url}").hostname
    except ValueError:
        return None
    return name.removeprefix("www.") if name and "." in name else None


def learn(raws: Iterable[RawPage]) -> Template:
    """Learn what repeats across the pages of one site.

    Args:
        raws: pages of one site, read once.
    """
    learner = Learner()
    for raw in raws:
        learner.add(raw)
    return learner.template()


class Learner:
    """Gathers what the pages of a site share, a page at a time."""

    def __init__(self, site: str | None = None) -> None:
        self.site = site
        self.pages = 0
        self._lines: Counter[str] = Counter()
        self._names: Counter[str] = Counter()
        self._next: dict[str, set[str]] = defaultdict(set)
        self._dates: list[FoundDate] = []
        self._stories: set[str] = set()

    def add(self, raw: RawPage) -> list[str]:
        """Count one page; a story already seen counts once.

        Returns:
            Digests of the page's lines that a template may hold.
        """
        lines = read_lines(raw)
        digests = list(dict.fromkeys(digest(line.key) for line in lines if _countable(line)))
        longest = max(lines, key=lambda line: len(line.text), default=None)
        story = digest(longest.text) if longest else ""
        if story in self._stories:
            return digests
        if len(self._stories) < _MOST_HELD:
            self._stories.add(story)
        self.pages += 1
        self._lines.update(digests)
        if len(self._lines) > _MOST_HELD:
            self._lines = Counter({line: n for line, n in self._lines.items() if n > 1})
        self._name(raw, lines)
        for line in lines:
            self._bar(line)
        return digests

    def _name(self, raw: RawPage, lines: list[Line]) -> None:
        titles = [hint.value for hint in raw.hints if hint.fact == "title" and hint.origin == "title"]
        for title in titles or [line.text for line in lines[:1]]:
            if len(title) < 300 and (tail := _TAIL.match(title)):
                self._names[" ".join(tail["name"].split())] += 1

    def _bar(self, line: Line) -> None:
        if line.size > 40 or not any(char.isdigit() for char in line.text):
            return
        bar = read_bar(line)
        if bar is None:
            return
        if len(self._dates) < _MOST_DATES:
            self._dates += bar.dates
        for start, end in bar.loose:
            found = words(fold(line.text[start - line.start : end - line.start]))
            for count in range(1, min(_SECTION_WORDS, len(found)) + 1):
                following = found[count].text if count < len(found) else ""
                prefix = " ".join(word.text for word in found[:count])
                if len(self._next) < _MOST_HELD and len(self._next[prefix]) < LEAST:
                    self._next[prefix].add(following)

    def template(self) -> Template:
        """What was learned so far."""
        least = max(LEAST, _SHARE * self.pages)
        names = tuple(name for name, n in self._names.most_common(5) if n >= max(2, 2 * _SHARE * self.pages))
        return Template(
            self.site,
            self.pages,
            names,
            frozenset(prefix for prefix, following in self._next.items() if len(following) > 1),
            frozenset(line for line, n in self._lines.items() if n >= least),
            day_order(self._dates),
        )


def _countable(line: Line) -> bool:
    """Whether a line may be a template's: not so short that it is a section or a place."""
    if line.size < _SHORTEST or line.label:
        return False
    return line.size > 8 or whole_dateline(line.text) is None
