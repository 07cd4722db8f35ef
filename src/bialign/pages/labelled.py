"""A page in the making: its lines with their labels, and the facts read off them so far."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from bialign.model import Credit, Dateline, Headline, Language, RawPage, Role
from bialign.pages.bars import Bar, listed
from bialign.pages.dates import FoundDate
from bialign.pages.folding import fold
from bialign.pages.lines import Line
from bialign.pages.phrases import texts
from bialign.pages.tables import labels
from bialign.pages.templates import Template

#: Labels of other stories' headlines.
RELATIONS: Final = frozenset({"previous", "next", "related"})
_TAIL: Final = re.compile(r"\s+[-–—|»•:]\s+")


@dataclass
class Labelled:
    """The labelled lines of a page and the facts read off them."""

    raw: RawPage
    lines: list[Line]
    template: Template
    language: Language = "en"
    title: str = ""
    body: str = ""
    title_ar: str | None = None
    body_ar: str | None = None
    dateline: Dateline | None = None
    published: str | None = None
    updated: str | None = None
    site: str | None = None
    credited: list[tuple[int, Credit]] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    headlines: list[Headline] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    dates: list[FoundDate] = field(default_factory=list)
    bars: dict[int, Bar] = field(default_factory=dict)
    lists: dict[int, tuple[list[str], list[str]]] = field(default_factory=dict)

    @cached_property
    def stated_tags(self) -> frozenset[str]:
        """Keys of the tags that the markup states."""
        tags = [hint.value for hint in self.raw.hints if hint.fact == "tag"]
        words_of = [listed(hint.value) for hint in self.raw.hints if hint.fact == "keywords"]
        keys = {key_of(name) for name in [*tags, *(word for some in words_of for word in some)]}
        return frozenset(key for key in keys if key and labels().whole_text(key.split()) != "tags")

    @cached_property
    def outlets(self) -> frozenset[str]:
        """Keys of the site's own names, as its markup and its other pages give them."""
        named = [hint.value for hint in self.raw.hints if hint.fact == "site"]
        tails = [hint.value for hint in self.raw.hints if hint.fact == "title"]
        named += [part for tail in tails for part in _TAIL.split(tail)[1:]]
        return frozenset(key_of(name) for name in [*named, *self.template.names])

    @property
    def credits(self) -> list[Credit]:
        """The credits in the page's order, each once."""
        return list(dict.fromkeys(credit for _, credit in sorted(self.credited, key=lambda item: item[0])))

    def credit(self, role: Role, name: str, at: int) -> None:
        """Note a credit that stands at a position of the page."""
        self.credited.append((at, Credit(role, name)))

    def spread(self, kind: str, line: Line, items: list[str]) -> None:
        """Note the sections or tags that a line lists; whether they are the story's is told later."""
        sections, tags = self.lists.setdefault(line.index, ([], []))
        (sections if kind == "category" else tags).extend(items)


def key_of(text: str) -> str:
    """The folded words of a text, single spaces between: what two writings of a name share."""
    return " ".join(texts(fold(text)))
