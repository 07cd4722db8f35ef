"""The records that flow through bialign: frozen, slotted, with one JSON form each.

``start`` and ``end`` are everywhere Unicode code points of the untouched text the record
belongs to, half open. JSON keys stand in the order of the fields; an absent fact is null or
an empty list, never a missing key.
"""

from __future__ import annotations

import dataclasses
import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, Protocol, Self

Kind = Literal[
    "title", "headline", "body", "dateline", "credits", "date",
    "category", "tag", "navigation", "boilerplate", "caption",
]  # fmt: skip
Role = Literal[
    "author", "reporter", "editor", "translator", "translation_editor", "editor_in_chief",
    "reviewer", "photographer", "interviewer", "preparer", "source",
]  # fmt: skip
Relation = Literal["previous", "next", "related"]
NameType = Literal["person", "place", "organisation", "other"]
Language = Literal["en", "ar", "mul"]
Status = Literal["proposed", "accepted", "rejected"]
EvidenceKind = Literal["parallel", "page", "gazetteer", "model"]

#: Difference classes between two spellings of one name, from slight to grave.
DIFFERENCES: Final = (
    "case", "spacing", "hyphen", "mark", "article", "vowel", "consonant", "ending",
    "expansion", "abbreviation", "translation", "different",
)  # fmt: skip


class Record:
    """What all records share: a plain dictionary form and a table in notebooks."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """The record as JSON-ready data, keys in field order, nested records included."""
        return {f.name: _plain(getattr(self, f.name)) for f in dataclasses.fields(self)}  # type: ignore[arg-type]  # only dataclasses derive from Record

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th>{html.escape(name)}</th><td dir='auto'>{html.escape(str(value))}</td></tr>"
            for name, value in self.to_dict().items()
        )
        return f"<table>{rows}</table>"


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return value.to_dict()
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return value


@dataclass(frozen=True, slots=True)
class Hint(Record):
    """A fact the markup of a page states beside its visible text.

    Args:
        fact: ``title``, ``published``, ``updated``, ``author``, ``section``, ``tag``, ``site``, ``url`` …
        value: as the markup has it.
        origin: ``json-ld``, ``opengraph``, ``meta``, ``time``, ``microdata``, ``title``.
    """

    fact: str
    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class Block(Record):
    """One block element of an HTML page, as a span of the page's visible text.

    Args:
        start, end: code points into ``RawPage.text``.
        tag: the block's element name (``h1``, ``p``, ``li`` …).
        path: element names and classes from the root, ``div.header>ul.nav>li``.
        link_share: share (0 to 1) of the block's characters that stand inside links.
    """

    start: int
    end: int
    tag: str
    path: str = ""
    link_share: float = 0.0


@dataclass(frozen=True, slots=True)
class RawPage(Record):
    """One page as it came: untouched text and what the markup says beside it.

    Args:
        source: the path as given, ``FILE#line`` for a record of a JSON lines file.
        text: the decoded text (visible text for HTML), no newline translated, no BOM dropped.
        id: the record's own id, else null (``separate`` then makes one).
        url: the page's address where the input gives one.
        media: ``text`` or ``html``.
        crawled: ISO 8601 time of the crawl where the input gives one.
        hints: facts from markup.
        blocks: block structure of an HTML page, in text order; empty for plain text.
        warnings: what was odd in reading, one line each.
    """

    source: str
    text: str
    id: str | None = None
    url: str | None = None
    media: Literal["text", "html"] = "text"
    crawled: str | None = None
    hints: tuple[Hint, ...] = ()
    blocks: tuple[Block, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dateline(Record):
    """Where a story was filed and by which agency; either may be null."""

    place: str | None
    agency: str | None


@dataclass(frozen=True, slots=True)
class Credit(Record):
    """A person or agency and what they did for the page, the name as written."""

    role: Role
    name: str


@dataclass(frozen=True, slots=True)
class Headline(Record):
    """Another story's headline standing on the page."""

    relation: Relation
    text: str


@dataclass(frozen=True, slots=True)
class Segment(Record):
    """A labelled span of a page; the segments of a page tile its text."""

    start: int
    end: int
    kind: Kind
    reason: str


@dataclass(frozen=True, slots=True)
class Page(Record):
    """One separated page. Fields as in ``docs/formats.md``; ``text`` is what the segments tile."""

    id: str
    source: str
    url: str | None
    language: Language
    title: str
    dateline: Dateline | None
    body: str
    title_ar: str | None
    body_ar: str | None
    published: str | None
    updated: str | None
    credits: tuple[Credit, ...]
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    headlines: tuple[Headline, ...]
    segments: tuple[Segment, ...]
    text: str
    site: str | None = None
    credit_keys: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The page that ``to_dict`` wrote; unknown keys are passed over.

        Raises:
            KeyError: a required key is missing.
            TypeError: a nested record has keys it cannot have.
        """
        plain = {f.name: data[f.name] for f in dataclasses.fields(cls) if f.name in data}
        nested: dict[str, Any] = {
            "dateline": Dateline(**data["dateline"]) if data["dateline"] else None,
            "credits": tuple(Credit(**item) for item in data["credits"]),
            "headlines": tuple(Headline(**item) for item in data["headlines"]),
            "segments": tuple(Segment(**item) for item in data["segments"]),
        }
        for name in ("categories", "tags", "credit_keys", "warnings"):
            nested[name] = tuple(data.get(name, ()))
        return cls(**(plain | nested))


@dataclass(frozen=True, slots=True)
class Mention(Record):
    """A name where it stands in a text.

    Args:
        text: the name, broken hyphens and spaces as in the text; لل gives back ال.
        start, end: the name without Arabic proclitics.
        token_start, token_end: the whole words that hold it.
        type: person, place, organisation, other.
        reason: why this is a name and of this type.
    """

    text: str
    start: int
    end: int
    token_start: int
    token_end: int
    type: NameType
    reason: str


@dataclass(frozen=True, slots=True)
class Evidence(Record):
    """Why two names are one: where that was seen, or who says so."""

    kind: EvidenceKind
    detail: str
    source: str


@dataclass(frozen=True, slots=True)
class NamePair(Record):
    """An Arabic and an English mention of one name."""

    ar: Mention
    en: Mention
    probability: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Bead(Record):
    """Sentences that translate each other: indexes of either side, and a confidence 0 to 1."""

    ar: tuple[int, ...]
    en: tuple[int, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Candidate(Record):
    """A proposed spelling, its posterior probability, and whether a text or gazetteer has it."""

    text: str
    probability: float
    attested: bool = False


@dataclass(frozen=True, slots=True)
class Match(Record):
    """Whether two names are one name.

    Args:
        probability: calibrated, 0 to 1.
        evidence: readable lines: which letters gave which, which words were missing.
        differences: difference classes (``DIFFERENCES``) of two spellings in one script.
    """

    probability: float
    evidence: tuple[str, ...]
    differences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit(Record):
    """A name found in an index: its spelling, its place in the index's list, the probability."""

    name: str
    position: int
    probability: float


@dataclass(frozen=True, slots=True)
class Variant(Record):
    """One English spelling of an entry, as written with white space folded.

    A spelling that no page carries has ``count`` 0 and ``proposed`` true.
    """

    text: str
    count: int
    pages: int
    first: str | None
    last: str | None
    differences: tuple[str, ...]
    proposed: bool = False

    def to_dict(self) -> dict[str, Any]:
        """As ``Record.to_dict``; ``proposed`` is written only where it is true."""
        plain = Record.to_dict(self)
        if not self.proposed:
            del plain["proposed"]
        return plain


@dataclass(frozen=True, slots=True)
class Entry(Record):
    """One name of the lexicon: an Arabic spelling and all its English ones."""

    id: str
    ar: str | None
    type: NameType
    canonical: str
    variants: tuple[Variant, ...]
    probability: float
    evidence: tuple[Evidence, ...]
    status: Status = "proposed"

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The entry that ``to_dict`` wrote; unknown keys are passed over.

        Raises:
            KeyError: a required key is missing.
        """
        plain = {f.name: data[f.name] for f in dataclasses.fields(cls) if f.name in data}
        variants = tuple(
            Variant(**{**item, "differences": tuple(item["differences"])}) for item in data["variants"]
        )
        evidence = tuple(Evidence(**item) for item in data["evidence"])
        return cls(**{**plain, "variants": variants, "evidence": evidence})


class Known(Protocol):
    """What ``names`` and ``align`` may ask of a lexicon without importing it."""

    def spellings(self, ar: str) -> Sequence[tuple[str, int]]:
        """English spellings attested for an Arabic name, with counts, most frequent first."""
        ...

    def arabic(self, en: str) -> Sequence[tuple[str, int]]:
        """Arabic spellings attested for an English name, with counts, most frequent first."""
        ...


@dataclass(frozen=True, slots=True)
class PairList:
    """A ``Known`` over plain ``(ar, en, count)`` triples, for callers without a lexicon.

    >>> PairList([("حماة", "Hama", 3), ("حماة", "Hamah", 1)]).spellings("حماة")
    (('Hama', 3), ('Hamah', 1))
    """

    triples: Sequence[tuple[str, str, int]] = field(default=())

    def spellings(self, ar: str) -> Sequence[tuple[str, int]]:
        """English spellings of ``ar``, most frequent first."""
        return tuple(sorted(((e, n) for a, e, n in self.triples if a == ar), key=lambda p: (-p[1], p[0])))

    def arabic(self, en: str) -> Sequence[tuple[str, int]]:
        """Arabic spellings of ``en``, most frequent first."""
        return tuple(sorted(((a, n) for a, e, n in self.triples if e == en), key=lambda p: (-p[1], p[0])))
