"""Which names occur where: from a lexicon's own occurrences, or found in the pages."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Protocol

from bialign.evaluation.grouping import Document
from bialign.evaluation.joining import Speller
from bialign.evaluation.likeness import Alike
from bialign.evaluation.ordered import OrderedUses, Use
from bialign.lexicon.records import Occurrence, Source
from bialign.model import Entry, Mention, Page
from bialign.pages.written import Picked, Texts, held, languages

#: Characters of context kept on either side of a name, as the lexicon does.
CONTEXT = 80


class NameLexicon(Protocol):
    """What the evaluation asks of a lexicon (``bialign.lexicon.store.Lexicon`` has it)."""

    def entries(self) -> Iterable[Entry]:
        """All entries."""
        ...

    def occurrences(
        self, entry_id: str | None = None, script: Literal["en", "ar"] | None = None
    ) -> Iterable[tuple[str, Occurrence]]:
        """Entry id and occurrence, of one entry or all, in one script or both."""
        ...

    def sources(self) -> Iterable[Source]:
        """The pages and pairs the occurrences stand on."""
        ...

    def spellings(self, ar: str) -> Sequence[tuple[str, int]]:
        """English spellings of an Arabic name, with counts."""
        ...

    def arabic(self, en: str) -> Sequence[tuple[str, int]]:
        """Arabic spellings of an English name, with counts."""
        ...


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything a report counts.

    Args:
        documents: in reading order: by date, undated last, then as they came.
        uses: entry id and English occurrence, in reading order.
        entries: the entries that occur, by id.
        unmatched: names found in the pages that no entry of the lexicon covers.
        searched: pages whose names were found anew, the lexicon having none of them.
        texts: the untouched text of each page by id, for lines and columns; of a lexicon's own
            sources it is not known.
        likened: page and start of the occurrences that belong to their entry by likeness alone, and
            the probability that they do.
    """

    documents: tuple[Document, ...]
    uses: Collection[tuple[str, Occurrence]]
    entries: dict[str, Entry]
    unmatched: int
    searched: int
    texts: Mapping[str, str] = field(default_factory=dict)
    likened: Mapping[tuple[str, int], float] = field(default_factory=dict)

    def in_full(self) -> Gathered:
        """Without the short forms that stand for a fuller name on their page."""
        uses = OrderedUses(self.documents, (item for item in self.uses if item[1].stands_for is None))
        met = {name for name, _ in uses}
        entries = {name: entry for name, entry in self.entries.items() if name in met}
        return replace(self, uses=uses, entries=entries)


def _occurrence(page: Page, mention: Mention, full: Mention | None) -> Occurrence:
    around = page.text[max(0, mention.start - CONTEXT) : mention.end + CONTEXT]
    return Occurrence(
        page=page.id,
        script="en",
        text=" ".join(mention.text.split()),
        start=mention.start,
        end=mention.end,
        type=mention.type,
        context=" ".join(around.split()),
        stands_for=" ".join(full.text.split()) if full else None,
    )


def _found(
    pages: Sequence[Page], entries: Mapping[str, Entry], lexicon: NameLexicon
) -> Iterator[tuple[str | None, Occurrence, float | None]]:
    """The English names of pages, each with its entry or null, and the probability if by likeness."""
    if not pages:
        return
    from bialign.lexicon.page_names import find_page_names  # noqa: PLC0415  (slow to load, seldom needed)

    speller, alike = Speller(entries.values()), Alike(entries)
    for page in pages:
        named = find_page_names(page, lexicon)
        for mention in named.english:
            full = named.stands_for.get(mention.start)
            owner = speller.entry(mention.text) or (speller.entry(full.text) if full else None)
            like = None if owner else alike.find(" ".join(mention.text.split()), mention.type)
            if like:
                yield like.entry, _occurrence(page, mention, full), like.probability
            else:
                yield owner, _occurrence(page, mention, full), None


def _natural(text: str) -> list[tuple[bool, int, str]]:
    """A sort key that counts: ``bitext#2`` before ``bitext#10``."""
    parts = re.split(r"([0-9]+)", text)
    return [(number % 2 == 1, int(part) if number % 2 else 0, part) for number, part in enumerate(parts)]


def gather(pages: Iterable[Page], lexicon: NameLexicon) -> Gathered:
    """All English occurrences of the lexicon's names in the pages.

    A page the lexicon was built from brings the occurrences the lexicon keeps; in any other the
    names are found anew and joined to entries by spelling, else by likeness, which is recorded.
    Rejected entries are left out.

    Args:
        pages: separated pages; none of them: everything the lexicon keeps.
        lexicon: built, opened or imported.
    """
    entries = {entry.id: entry for entry in lexicon.entries() if entry.status != "rejected"}
    given = held(pages)
    documents: dict[str, Document] = {}
    places: dict[str, int] = {}
    shared: dict[Any, Any] = {}
    for number, page in enumerate(given):
        documents[page.id] = _lean(Document.of_page(page), shared)
        places[page.id] = number
    if not places:
        kept = sorted(lexicon.sources(), key=lambda source: _natural(source.source))
        documents = {source.id: _lean(Document.of_source(source), shared) for source in kept}
    ordered = tuple(sorted(documents.values(), key=lambda document: document.date or "9999"))
    new = dict(places)
    for source in lexicon.sources():
        new.pop(source.id, None)
    spoken = languages(given)
    anew = Picked(given, [number for number in new.values() if spoken[number] != "ar"])
    met: set[str] = set()
    unmatched, likened = 0, dict[tuple[str, int], float]()

    def uses() -> Iterator[Use]:
        nonlocal unmatched
        for name, occurrence in lexicon.occurrences(script="en"):
            if name in entries and occurrence.page in documents:
                met.add(name)
                yield name, occurrence
        for owner, occurrence, probability in _found(anew, entries, lexicon):
            if probability is not None:
                likened[occurrence.page, occurrence.start] = probability
            if owner:
                met.add(owner)
                yield owner, occurrence
            else:
                unmatched += 1

    in_order = OrderedUses(ordered, uses())
    return Gathered(
        documents=ordered,
        uses=in_order,
        entries={name: entry for name, entry in entries.items() if name in met},
        unmatched=unmatched,
        searched=len(anew),
        texts=Texts(given, places),
        likened=likened,
    )


def _lean(document: Document, shared: dict[Any, Any]) -> Document:
    """The document, with what others have too kept once for all of them."""
    return replace(
        document,
        date=shared.setdefault(document.date, document.date),
        credits=shared.setdefault(document.credits, document.credits),
        keys=shared.setdefault(document.keys, document.keys),
        outlet=shared.setdefault(document.outlet, document.outlet),
        section=shared.setdefault(document.section, document.section),
    )
