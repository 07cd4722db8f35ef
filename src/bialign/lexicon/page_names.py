"""The names of a page: where they are looked for, and which of them stand for fuller ones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from bialign.model import Kind, Known, Mention, NameType, Page
from bialign.names.abbreviations import find_expansions
from bialign.names.mentions import find_names
from bialign.names.partial import fuller_names
from bialign.text.scripts import arabic_share, has_arabic

ENGLISH_KINDS: Final[frozenset[Kind]] = frozenset({"title", "dateline", "body"})
ARABIC_KINDS: Final[frozenset[Kind]] = frozenset({"title", "body", "tag", "headline"})
STORY_KINDS: Final[frozenset[Kind]] = frozenset({"title", "body"})
_MOSTLY: Final = 0.5


@dataclass(frozen=True, slots=True)
class Named:
    """A page with the names found in it.

    Args:
        english, arabic: mentions, spans into ``page.text``.
        stands_for: for a mention's start, the fuller name it stands for on this page.
    """

    page: Page
    english: list[Mention]
    arabic: list[Mention]
    stands_for: dict[int, Mention]


def find_page_names(page: Page, known: Known | None = None) -> Named:
    """The names of a page: English in title, dateline and body, Arabic there and in its metadata.

    The credited names count as Arabic names of persons; nothing is looked for in a repeated block.
    """
    english_text = masked(page, ENGLISH_KINDS, arabic=False)
    english = find_names(english_text, "en", known)
    arabic = find_names(masked(page, ARABIC_KINDS, arabic=True), "ar", known)
    arabic = merge(_credited(page), arabic)
    agency = page.dateline.agency if page.dateline else None
    english = [_as_agency(m) if m.text == agency else m for m in english]
    stands_for = {short.start: full for short, full in fuller_names(english)}
    stands_for |= {short.start: full for short, full in find_expansions(english_text, english)}
    return Named(page, english, arabic, stands_for)


def masked(page: Page, kinds: frozenset[Kind], *, arabic: bool) -> str:
    """The page's text with everything blanked but segments of some kinds in one script.

    Blanked text becomes line ends, so that spans found in what is left are spans of the page.
    An English paragraph that quotes Arabic is read for both.
    """
    parts = []
    for segment in page.segments:
        text = page.text[segment.start : segment.end]
        wanted = segment.kind in kinds and (has_arabic(text) if arabic else arabic_share(text) < _MOSTLY)
        parts.append(text if wanted else "\n" * len(text))
    return "".join(parts)


def _credited(page: Page) -> list[Mention]:
    """The credited people and the agency named as the source, each where the credits first name them."""
    found = []
    for credit in page.credits:
        if not has_arabic(credit.name):
            continue
        for segment in page.segments:
            at = page.text.find(credit.name, segment.start, segment.end)
            if segment.kind == "credits" and at >= 0:
                end = at + len(credit.name)
                reason = f"credited as {credit.role.replace('_', ' ')}"
                kind: NameType = "organisation" if credit.role == "source" else "person"
                found.append(Mention(credit.name, at, end, at, end, kind, reason))
                break
    return found


def _as_agency(mention: Mention) -> Mention:
    return replace(mention, type="organisation", reason="the agency of the dateline")


def merge(first: list[Mention], second: list[Mention]) -> list[Mention]:
    """Both lists in text order; of two that overlap, the one of the first list."""
    kept = [m for m in second if all(m.end <= f.start or f.end <= m.start for f in first)]
    return sorted(first + kept, key=lambda m: m.start)
