"""Many sites in one input: which page is of which site, and each site's template.

A site is told by its host; pages without an address are grouped by the lines they share.
"""

from __future__ import annotations

import functools
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from bialign.errors import InputError
from bialign.files import writing
from bialign.model import RawPage
from bialign.pages.lines import read_lines
from bialign.pages.templates import LEAST, Learner, Template, Traits, digest, host, traits

#: So many pages without an address are grouped; later ones are given to the groups found.
MOST_GROUPED: Final = 5000
MOST_SITES: Final = 2000
_NONE: Final = Template()


class Sites:
    """The templates of many sites.

    Args:
        templates: by host, and for pages without one in the order found.
    """

    def __init__(self, templates: Iterable[Template] = ()) -> None:
        self.templates = tuple(templates)
        self._by_host = {t.site: t for t in self.templates if t.site}
        self._by_line: dict[str, Template] = {}
        for template in self.templates:
            if template.site is None:
                self._by_line |= dict.fromkeys(template.lines, template)

    def of(self, raw: RawPage) -> Template:
        """The template for a page; an empty one where none fits."""
        if known := self._by_host.get(host(raw.url) or ""):
            return known
        if not self._by_line:
            return _NONE
        votes: Counter[int] = Counter()
        found: dict[int, Template] = {}
        for line in read_lines(raw):
            template = self._by_line.get(digest(line.key))
            if template is not None:
                votes[id(template)] += 1
                found[id(template)] = template
        return found[votes.most_common(1)[0][0]] if votes else _NONE

    def to_dict(self) -> dict[str, Any]:
        """The templates as JSON-ready data."""
        return {"sites": [template.to_dict() for template in self.templates]}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Sites:
        """The templates that ``to_dict`` wrote.

        Raises:
            KeyError: a key is missing.
        """
        return cls(Template.from_dict(item) for item in data["sites"])

    def save(self, path: str | Path) -> None:
        """Write the templates as one JSON object.

        Raises:
            InputError: the file cannot be written.
        """
        with writing(path) as out:
            json.dump(self.to_dict(), out, ensure_ascii=False)

    @classmethod
    def load(cls, path: str | Path) -> Sites:
        """The templates that ``save`` wrote.

        Raises:
            InputError: the file is missing or holds something else.
        """
        try:
            return cls.from_dict(json.loads(Path(path).read_text(encoding="utf-8")))
        except OSError as error:
            raise InputError(f"cannot read: {error.strerror}", path=str(path)) from error
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            mend = "make one with bialign clean --save-template"
            raise InputError("not a template", path=str(path), mend=mend) from error


def learn_sites(raws: Iterable[RawPage]) -> Sites:
    """Learn the templates of all sites in one pass.

    Args:
        raws: pages of any sites, in any order; read once.
    """
    return sites_of((host(raw.url), functools.partial(traits, raw)) for raw in raws)


def sites_of(pages: Iterable[tuple[str | None, Callable[[], Traits | None]]]) -> Sites:
    """The templates of all sites, from what single pages say of them.

    Args:
        pages: in any order, read once: the host of each, and what gives its traits where they are
            wanted, null for a page that cannot be read.
    """
    hosts: dict[str, Learner] = {}
    homeless: list[Traits] = []
    for name, told in pages:
        if name is None:
            if len(homeless) < MOST_GROUPED and (found := told()):
                homeless.append(found)
        elif (name in hosts or len(hosts) < MOST_SITES) and (found := told()):
            hosts.setdefault(name, Learner(name)).add(found)
    learned = [learner.template() for learner in hosts.values()]
    return Sites([t for t in learned if t.pages >= LEAST] + grouped(homeless))


def grouped(pages: Sequence[Traits]) -> list[Template]:
    """Templates of the groups of pages that share lines."""
    if len(pages) < LEAST:
        return []
    counts = Counter(line for page in pages for line in page.lines)
    parent = list(range(len(pages)))

    def root(page: int) -> int:
        while parent[page] != page:
            parent[page] = parent[parent[page]]
            page = parent[page]
        return page

    first: dict[str, int] = {}
    for page, found in enumerate(pages):
        for line in found.lines:
            if counts[line] >= LEAST:
                parent[root(page)] = root(first.setdefault(line, page))
    groups: dict[int, list[Traits]] = defaultdict(list)
    for page, found in enumerate(pages):
        groups[root(page)].append(found)
    templates = []
    for group in groups.values():
        if len(group) >= LEAST:
            learner = Learner()
            for found in group:
                learner.add(found)
            templates.append(learner.template())
    return templates
