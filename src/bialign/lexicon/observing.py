"""What pages and parallel text say of names: occurrences, and links between the two scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from hashlib import blake2b
from typing import Final

import regex

from bialign.align.documents import READ, Floats, align_documents
from bialign.align.names import align_names
from bialign.lexicon.links import link_of, links_of_pages, links_with, page_links
from bialign.lexicon.page_names import ARABIC_KINDS, STORY_KINDS, Named, find_page_names, masked, merge
from bialign.lexicon.records import Link, Occurrence, Source, Story
from bialign.model import Known, Mention, Page
from bialign.names.mentions import find_names
from bialign.pages.written import Picked, held, languages

#: What is observed of one page or one pair of parallel text.
Observation = tuple[Source, list[Occurrence], list[Link]]

#: What ``observe_together`` tells when it works on all its pages at once.
TOGETHER: Final = -1
_CONTEXT: Final = 80
#: Pages whose names are paired at a time.
_AT_ONCE: Final = 64
_MOSTLY: Final = 0.5


def observe_pages(
    pages: Iterable[Page],
    known: Known | None = None,
    failed: Callable[[Page, Exception], None] | None = None,
) -> Iterator[Observation]:
    """Find the names of pages and what links them across the scripts.

    An Arabic and an English page that tell one story are found (``align_documents``) and their
    names linked sentence by sentence; the names of every English page are linked to the Arabic
    that stands on the page itself. A story whose original comes in another call is linked once
    both are stored (``linking``).

    Args:
        pages: separated pages, since any may be the original of any other: those of a file
            (``pages.written``) are read as they are needed, others held together.
        known: a lexicon to look names up in.
        failed: takes a page that something unforeseen happened at, with that; the others go on.
            Without it what happened is raised.

    Yields:
        One observation a page, in page order.
    """
    all_pages = held(pages)
    originals = find_originals(all_pages)
    for begin in range(0, len(all_pages), _AT_ONCE):
        numbers = range(begin, min(begin + _AT_ONCE, len(all_pages)))
        asked = [partial(_beside, all_pages, number, originals.get(number)) for number in numbers]
        for number, seen in zip(numbers, observe_together(asked, known), strict=True):
            if not isinstance(seen, Exception):
                yield seen[1]
            elif failed is None:
                raise seen
            else:
                failed(all_pages[number], seen)


def _beside(pages: Sequence[Page], number: int, original: int | None) -> tuple[Page, Page | None]:
    return pages[number], None if original is None else pages[original]


def observe_together(
    asked: Iterable[Callable[[], tuple[Page, Page | None]]],
    known: Known | None = None,
    *,
    name: Callable[[Page], Named] | None = None,
    tell: Callable[[int], None] = lambda _: None,
    singly: bool = False,
) -> list[tuple[Page, Observation] | Exception]:
    """What some pages say, the models asked once for all of them; what fails on one leaves the others.

    Args:
        asked: gives each page, and the Arabic page that tells the same story where it was looked for.
        known: a lexicon to look names up in.
        name: finds the names of a page; ``find_page_names`` if left out.
        tell: is told the number of each page before something is done to it, ``TOGETHER`` before
            something is done to all.
        singly: do nothing to all at once.

    Returns:
        For each page itself and what it says, or what happened instead.
    """
    named: dict[int, tuple[Named, Page | None]] = {}
    seen: dict[int, tuple[Page, Observation] | Exception] = {}
    for number, give in enumerate(asked):
        tell(number)
        try:
            page, original = give()
            named[number] = (find_page_names(page, known) if name is None else name(page)), original
        except Exception as error:  # noqa: BLE001  (whatever a page does stands in its place)
            seen[number] = error
    links: dict[int, list[Link]] = {}
    if not singly:
        tell(TOGETHER)
        try:
            links = dict(zip(named, links_of_pages([item for item, _ in named.values()]), strict=True))
        except Exception:  # noqa: BLE001  (which page it was is found below)
            links = {}
    for number, (item, original) in named.items():
        tell(number)
        try:
            found = links[number] if number in links else page_links(item)
            if original is not None:
                found = found + links_with(original, item, known)
            seen[number] = item.page, observation(item, found, original)
        except Exception as error:  # noqa: BLE001  (see above)
            seen[number] = error
    return [seen[number] for number in sorted(seen)]


def observe_page(page: Page, original: Page | None = None, known: Known | None = None) -> Observation:
    """What one page says, and what it says beside the Arabic page that tells the same story.

    Args:
        page: a separated page.
        original: the Arabic page, where it was looked for already.
        known: a lexicon to look names up in.
    """
    named = find_page_names(page, known)
    links = page_links(named)
    if original is not None:
        links += links_with(original, named, known)
    return observation(named, links, original)


def observation(named: Named, links: list[Link], original: Page | None = None) -> Observation:
    """What the lexicon keeps of a page, its names and the links found for them.

    Args:
        named: the page and its names.
        links: ``page_links``, and those with its original.
        original: the Arabic page that tells its story, where it was looked for already.
    """
    page = named.page
    source = source_of(page)
    if page.language != "mul" and (page.title or page.body).strip():
        arabic = page.language == "ar"
        story = Story(
            title=page.title,
            body=page.body[:READ],
            text=masked(page, STORY_KINDS, arabic=arabic).rstrip("\n"),
            original=None if original is None else original.id,
        )
        source = replace(source, story=story)
    return source, _occurrences(named, links), links


def observe_pairs(
    pairs: Iterable[tuple[str, str] | tuple[str, str, str]], known: Known | None = None
) -> Iterator[Observation]:
    """Find the names of parallel text, one observation a pair of Arabic and English text.

    Args:
        pairs: ``(ar_text, en_text)``, or with where it stands as a third; all are aligned together,
            since each helps the others.
        known: a lexicon to look names up in.

    Yields:
        One observation a pair, in order. Its id is made of the two texts, so that the same pair
        read again is not counted again; its source is where it stands, else ``bitext#N``, N from one.
    """
    given = list(pairs)
    texts = [(pair[0], pair[1]) for pair in given]
    places = [pair[2] if len(pair) > 2 else f"bitext#{number}" for number, pair in enumerate(given, 1)]
    english = [find_names(en, "en", known) for _, en in texts]
    spans = [[(m.start, m.end) for m in mentions] for mentions in english]
    aligned = align_names(texts, en_names=spans, known=known)
    for text, place, mentions, found in zip(texts, places, english, aligned, strict=True):
        both = "\t".join(text).encode("utf-8", "surrogatepass")
        name = f"bitext:{blake2b(both, digest_size=8).hexdigest()}"
        source = Source(name, place, None, None, "mul")
        occurrences = [_occurrence(name, "en", text[1], m, None) for m in mentions]
        occurrences += [_occurrence(name, "ar", text[0], pair.ar, None) for pair in found]
        links = [link_of(name, pair) for pair in found]
        yield source, occurrences, links


def source_of(page: Page) -> Source:
    """What the lexicon keeps of a page."""
    return Source.of_page(page)


def find_originals(
    pages: Sequence[Page], vectors: Callable[[Sequence[int]], Floats] | None = None
) -> dict[int, int]:
    """Which Arabic page tells the story of which English page.

    Args:
        pages: all pages, in any language.
        vectors: gives the ``align.documents.page_vectors`` of the pages of these numbers, where
            they are known already.

    Returns:
        The number of the Arabic page by that of the English page.
    """
    spoken = languages(pages)
    arabic, english = ([n for n, spoke in enumerate(spoken) if spoke == wanted] for wanted in ("ar", "en"))
    if not arabic or not english:
        return {}
    both = None if vectors is None else (vectors(arabic), vectors(english))
    pairs = align_documents(Picked(pages, arabic), Picked(pages, english), both)
    return {english[pair.en]: arabic[pair.ar] for pair in pairs}


def _occurrences(named: Named, links: Sequence[Link]) -> list[Occurrence]:
    page = named.page
    # A found name that begins before a linked one is the fuller name: a given name before the family's.
    starts = {m.end: m.start for m in named.arabic}
    linked = [m for m in _linked(named, links) if starts.get(m.end, m.start) >= m.start]
    arabic = merge(linked, named.arabic)
    english = [_occurrence(page.id, "en", page.text, m, named.stands_for.get(m.start)) for m in named.english]
    return english + [_occurrence(page.id, "ar", page.text, m, None) for m in arabic]


def _linked(named: Named, links: Sequence[Link]) -> list[Mention]:
    """Where the Arabic of a page's links stands on the page.

    The English name says where the Arabic one begins and ends better than the Arabic words do.
    """
    kinds = {" ".join(mention.text.split()): mention.type for mention in named.english}
    sure = {link.ar: kinds.get(link.en, "other") for link in links if link.probability >= _MOSTLY}
    if not sure:
        return []
    longest_first = sorted(sure, key=lambda ar: (-len(ar), ar))
    either = "|".join(r"\s+".join(map(regex.escape, ar.split())) for ar in longest_first)
    pattern = regex.compile(rf"(?<![\p{{L}}\p{{M}}])[وفبلكس]?({either})(?![\p{{L}}\p{{M}}])")
    found = []
    for match in pattern.finditer(masked(named.page, ARABIC_KINDS, arabic=True)):
        name = " ".join(match[1].split())
        (start, end), (token_start, token_end) = match.span(1), match.span()
        reason = "the Arabic of an English name of the page"
        found.append(Mention(name, start, end, token_start, token_end, sure[name], reason))
    return found


def _occurrence(page: str, script: str, text: str, mention: Mention, fuller: Mention | None) -> Occurrence:
    return Occurrence(
        page=page,
        script="ar" if script == "ar" else "en",
        text=" ".join(mention.text.split()),
        start=mention.start,
        end=mention.end,
        type=mention.type,
        context=" ".join(text[max(0, mention.start - _CONTEXT) : mention.end + _CONTEXT].split()),
        stands_for=" ".join(fuller.text.split()) if fuller else None,
    )
