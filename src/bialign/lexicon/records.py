"""What the lexicon keeps of pages and bitext: observations, from which entries are computed.

Entries are a pure function of the set of observations and the recorded decisions, so adding
pages in any order or portion gives the same entries.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from bialign.model import Credit, EvidenceKind, Language, NameType, Page, Record


@dataclass(frozen=True, slots=True)
class Story(Record):
    """What is kept of a page's story, so that the story in the other language finds it whenever it comes.

    Args:
        title, body: what documents are compared by.
        text: the page's text, blank but for the story: spans into the page are spans into it.
        vector: ``align.documents.page_vectors`` of the page, if it was computed already.
        original: of an English story, the id of the Arabic page that its parallel links come from.
    """

    title: str
    body: str
    text: str
    vector: tuple[float, ...] | None = None
    original: str | None = None


@dataclass(frozen=True, slots=True)
class Source(Record):
    """A page, or one pair of parallel text, that names were seen in.

    Args:
        id: the page's id.
        source: its path as given, ``FILE#line`` for a line.
        date: ISO 8601 day it was published, else null.
        credits: who made it, for grouping.
        story: what an Arabic or an English page tells; null for others, and where it is not asked for.
    """

    id: str
    source: str
    url: str | None
    date: str | None
    language: Language
    credits: tuple[Credit, ...] = ()
    outlet: str | None = None
    section: str | None = None
    story: Story | None = None

    @classmethod
    def of_page(cls, page: Page) -> Source:
        """What is kept of a page; its outlet is its site, else the host of its address."""
        return cls(
            id=page.id,
            source=page.source,
            url=page.url,
            date=page.published[:10] if page.published else None,
            language=page.language,
            credits=page.credits,
            outlet=page.site or _host(page.url),
            section=page.categories[0] if page.categories else None,
        )


@dataclass(frozen=True, slots=True)
class Occurrence(Record):
    """One name where it stands: ``start`` and ``end`` into the untouched text of its page.

    Args:
        page: the ``Source`` id.
        script: ``en`` or ``ar``.
        text: as written, white space folded.
        context: up to 80 characters either side, for people.
        stands_for: the fuller name on the same page that this abbreviates (``FSA`` in
            ``Free Syrian Army (FSA)``) or is a part of (``al-Salti`` beside ``Ihab al-Salti``),
            as written there; null for a name that stands for itself.
    """

    page: str
    script: Literal["en", "ar"]
    text: str
    start: int
    end: int
    type: NameType
    context: str = ""
    stands_for: str | None = None


@dataclass(frozen=True, slots=True)
class Link(Record):
    """One piece of evidence that an Arabic and an English spelling are one name.

    Args:
        page: the ``Source`` id it was seen on.
        ar, en: the two spellings.
        kind, detail: as in ``Evidence``.
        probability: of this evidence alone, rounded to four places.
    """

    page: str
    ar: str
    en: str
    kind: EvidenceKind
    detail: str
    probability: float


def _host(url: str | None) -> str | None:
    try:
        return urlsplit(url).hostname if url else None
    except ValueError:  # an address no browser would open names no outlet
        return None
