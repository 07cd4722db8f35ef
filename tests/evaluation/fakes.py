"""A lexicon in a dictionary, and pages made of a line of text: what the evaluation's tests run on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bialign.lexicon.records import Occurrence, Source
from bialign.model import Credit, Entry, Evidence, Page, Segment, Variant


def page(
    number: int, text: str, translator: str | None = None, date: str | None = None, **facts: object
) -> Page:
    values: dict[str, object] = {
        "id": f"p{number}",
        "source": f"page{number}.txt",
        "url": None,
        "language": "en",
        "title": "",
        "dateline": None,
        "body": text,
        "title_ar": None,
        "body_ar": None,
        "published": date,
        "updated": None,
        "credits": (Credit("translator", translator),) if translator else (),
        "categories": (),
        "tags": (),
        "headlines": (),
        "segments": (Segment(0, len(text), "body", "all of it"),),
        "text": text,
    }
    return Page(**{**values, **facts})  # type: ignore[arg-type]


def entry(name: str, ar: str | None, *spellings: str, **facts: object) -> Entry:
    variants = tuple(Variant(text, 1, 1, None, None, ()) for text in spellings)
    values: dict[str, object] = {
        "id": name,
        "ar": ar,
        "type": "place",
        "canonical": spellings[0],
        "variants": variants,
        "probability": 1.0,
        "evidence": (Evidence("page", "test", "test"),),
    }
    return Entry(**{**values, **facts})  # type: ignore[arg-type]


def source(item: Page) -> Source:
    return Source(item.id, item.source, item.url, item.published, item.language, item.credits)


def use(item: Page, text: str, start: int) -> Occurrence:
    end = start + len(text)
    return Occurrence(item.id, "en", text, start, end, "place", item.text[max(0, start - 20) : end + 20])


class FakeLexicon:
    """Entries, and the occurrences of their spellings in some pages, found by plain search."""

    def __init__(self, entries: Sequence[Entry], pages: Iterable[Page] = ()) -> None:
        self._entries = list(entries)
        self._sources: list[Source] = []
        self._occurrences: list[tuple[str, Occurrence]] = []
        for item in pages:
            self._sources.append(source(item))
            for owner in self._entries:
                for variant in owner.variants:
                    start = item.text.find(variant.text)
                    while start >= 0:
                        self._occurrences.append((owner.id, use(item, variant.text, start)))
                        start = item.text.find(variant.text, start + len(variant.text))

    def fill(
        self, entries: Sequence[Entry], uses: Sequence[tuple[str, Occurrence]], pages: Iterable[Page]
    ) -> None:
        """Take entries and occurrences as they are given, of which there may be very many."""
        self._entries, self._occurrences = list(entries), list(uses)
        self._sources = list(map(source, pages))

    def entries(self) -> Iterator[Entry]:
        return iter(self._entries)

    def occurrences(
        self, entry_id: str | None = None, script: str | None = None
    ) -> Iterator[tuple[str, Occurrence]]:
        for name, found in self._occurrences:
            if entry_id in (None, name) and script in (None, found.script):
                yield name, found

    def sources(self) -> Iterator[Source]:
        return iter(self._sources)

    def spellings(self, ar: str) -> Sequence[tuple[str, int]]:
        return [(v.text, v.count) for e in self._entries if e.ar == ar for v in e.variants]

    def arabic(self, en: str) -> Sequence[tuple[str, int]]:
        return [(e.ar, 1) for e in self._entries if e.ar and any(v.text == en for v in e.variants)]
