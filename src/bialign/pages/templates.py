"""What repeats across the pages of one site, learned in one pass and kept in little memory.

A line is the site's, not the story's, when it stands on several pages that tell different stories.
Counting is lossy (Manku and Motwani 2002): when too many lines are held, those seen once go.
"""

from __future__ import annotations

import hashlib
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Self
from urllib.parse import urlsplit

import regex

from bialign.model import RawPage, Record
from bialign.pages.bars import read_bar
from bialign.pages.datelines import whole_dateline
from bialign.pages.dates import leading_order
from bialign.pages.folding import fold
from bialign.pages.lines import Line, read_lines
from bialign.pages.phrases import words

#: A line that stands on fewer pages repeats by chance.
LEAST: Final = 3
#: A line on a smaller share of a site's pages is not the site's.
SHARE: Final = 0.15
_MOST_HELD: Final = 200_000
_SHORTEST: Final = 4
_SECTION_WORDS: Final = 4
_NAMES_TRIED: Final = 5
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
        learner.add(traits(raw))
    return learner.template()


@dataclass(frozen=True, slots=True)
class Traits(Record):
    """What one page says of its site's template.

    Args:
        story: digest of its longest line: a story counts once.
        lines: digests of the lines that a template may hold.
        names: how its titles end.
        day, month: how many all-digit dates put the day, the month first.
        sections: runs of words in a bar, each with the word after it.
    """

    story: str
    lines: tuple[str, ...]
    names: tuple[str, ...]
    day: int
    month: int
    sections: tuple[tuple[str, str], ...]

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The traits that ``to_dict`` wrote."""
        sections = tuple((prefix, following) for prefix, following in data["sections"])
        return cls(
            **{**data, "lines": tuple(data["lines"]), "names": tuple(data["names"]), "sections": sections}
        )


def traits(raw: RawPage) -> Traits:
    """What one page says of its site's template."""
    lines = read_lines(raw)
    longest = max(lines, key=lambda line: len(line.text), default=None)
    orders: Counter[str] = Counter()
    sections: list[tuple[str, str]] = []
    for line in lines:
        if line.size > 40 or not any(char.isdigit() for char in line.text):
            continue
        bar = read_bar(line)
        if bar is None:
            continue
        orders.update(found.order for found in bar.dates if found.order)
        for start, end in bar.loose:
            sections += _openings(fold(line.text[start - line.start : end - line.start]))
    return Traits(
        digest(longest.text) if longest else "",
        tuple(dict.fromkeys(digest(line.key) for line in lines if _countable(line))),
        tuple(_endings(raw, lines)),
        orders["day"],
        orders["month"],
        tuple(dict.fromkeys(sections)),
    )


def _endings(raw: RawPage, lines: list[Line]) -> Iterator[str]:
    titles = [hint.value for hint in raw.hints if hint.fact == "title" and hint.origin == "title"]
    for title in titles or [line.text for line in lines[:1]]:
        if len(title) < 300 and (tail := _TAIL.match(title)):
            yield " ".join(tail["name"].split())


def _openings(folded: str) -> Iterator[tuple[str, str]]:
    found = words(folded)
    for count in range(1, min(_SECTION_WORDS, len(found)) + 1):
        following = found[count].text if count < len(found) else ""
        yield " ".join(word.text for word in found[:count]), following


def site_names(counted: Iterable[tuple[str, int]], pages: int) -> tuple[str, ...]:
    """Which endings of titles are the site's name.

    Args:
        counted: endings with their counts, the most frequent first.
        pages: how many pages were counted.
    """
    usual = itertools.islice(counted, _NAMES_TRIED)
    return tuple(name for name, times in usual if times >= max(2, 2 * SHARE * pages))


class Learner:
    """Gathers what the pages of a site share, a page at a time."""

    def __init__(self, site: str | None = None) -> None:
        self.site = site
        self.pages = 0
        self._lines: Counter[str] = Counter()
        self._names: Counter[str] = Counter()
        self._next: dict[str, set[str]] = defaultdict(set)
        self._day = self._month = 0
        self._stories: set[str] = set()

    def add(self, page: Traits) -> None:
        """Count one page; a story already seen counts once."""
        if page.story in self._stories:
            return
        if len(self._stories) < _MOST_HELD:
            self._stories.add(page.story)
        self.pages += 1
        self._lines.update(page.lines)
        if len(self._lines) > _MOST_HELD:
            self._lines = Counter({line: n for line, n in self._lines.items() if n > 1})
        self._names.update(page.names)
        self._day += page.day
        self._month += page.month
        for prefix, following in page.sections:
            if len(self._next) < _MOST_HELD and len(self._next[prefix]) < LEAST:
                self._next[prefix].add(following)

    def template(self) -> Template:
        """What was learned so far."""
        least = max(LEAST, SHARE * self.pages)
        return Template(
            self.site,
            self.pages,
            site_names(self._names.most_common(), self.pages),
            frozenset(prefix for prefix, following in self._next.items() if len(following) > 1),
            frozenset(line for line, n in self._lines.items() if n >= least),
            leading_order(self._day, self._month),
        )


def _countable(line: Line) -> bool:
    """Whether a line may be a template's: not so short that it is a section or a place."""
    if line.size < _SHORTEST or line.label:
        return False
    return line.size > 8 or whole_dateline(line.text) is None
