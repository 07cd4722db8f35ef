"""The documents a report counts in, and how they fall into groups: translator, outlet, month and so on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, get_args

from bialign.errors import UsageError
from bialign.lexicon.records import Source
from bialign.model import Credit, Page, Record, Role

#: Every way to group: a role of the credits, or a fact of the page.
GROUPINGS: Final = (*get_args(Role), "outlet", "section", "month", "year", "language")
#: The group of documents that do not say.
UNKNOWN: Final = "(unknown)"


@dataclass(frozen=True, slots=True)
class Document(Record):
    """What the evaluation needs to know of a page or a line of bitext.

    Args:
        id: the page's id.
        source: its path as given, ``FILE#line`` for a line.
        date: ISO 8601 day, else null.
        part_of: the document this is a line of; null where it is a document itself.
        credits: who made it; ``keys`` the same people in comparable form.
    """

    id: str
    source: str
    url: str | None
    date: str | None
    language: str
    credits: tuple[Credit, ...] = ()
    keys: tuple[str, ...] = ()
    outlet: str | None = None
    section: str | None = None
    part_of: str | None = None

    @classmethod
    def of_page(cls, page: Page) -> Document:
        """The facts of a separated page."""
        return replace(cls.of_source(Source.of_page(page)), keys=page.credit_keys)

    @classmethod
    def of_source(cls, source: Source) -> Document:
        """The facts a lexicon keeps of a page or pair it was built from."""
        return cls(
            id=source.id,
            source=source.source,
            url=source.url,
            date=source.date[:10] if source.date else None,
            language=source.language,
            credits=source.credits,
            outlet=source.outlet,
            section=source.section,
        )


def check(by: Sequence[str]) -> tuple[str, ...]:
    """The groupings asked for, once each.

    Raises:
        UsageError: one is not known.
    """
    for name in by:
        if name not in GROUPINGS:
            raise UsageError(f"unknown grouping {name!r}", mend=f"one of {', '.join(GROUPINGS)}")
    return tuple(dict.fromkeys(by))


def groups(documents: Iterable[Document], by: str) -> dict[str, tuple[str, ...]]:
    """To which groups each document belongs; two translators put it in two.

    People whose names differ only as Arabic spelling varies are one group, shown as most often
    written.

    Returns:
        Group labels for each document's id, ``(UNKNOWN,)`` where it does not say.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for document in documents:
        pairs = list(dict.fromkeys(_labels(document, by)))
        found[document.id] = pairs
        for key, label in pairs:
            written[key][label] += 1
    shown = {key: max(sorted(labels), key=labels.__getitem__) for key, labels in written.items()}
    return {
        name: tuple(dict.fromkeys(shown[key] for key, _ in pairs)) or (UNKNOWN,)
        for name, pairs in found.items()
    }


def _labels(document: Document, by: str) -> Iterable[tuple[str, str]]:
    """Pairs of comparison key and label."""
    if by in get_args(Role):
        keys = document.keys if len(document.keys) == len(document.credits) else ()
        for position, credit in enumerate(document.credits):
            if credit.role == by:
                yield (keys[position] if keys else credit.name), credit.name
        return
    value = {
        "outlet": document.outlet,
        "section": document.section,
        "month": document.date[:7] if document.date else None,
        "year": document.date[:4] if document.date else None,
        "language": document.language,
    }[by]
    if value:
        yield value, value
