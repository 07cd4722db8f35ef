"""What pages and parallel text say of names: occurrences, and links between the two scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

import regex

from bialign.align import pairing
from bialign.align.documents import READ, Floats, align_documents
from bialign.align.names import align_names
from bialign.align.sentences import align_sentences
from bialign.errors import NotParallel
from bialign.lexicon.believing import believable
from bialign.lexicon.records import Link, Occurrence, Source, Story
from bialign.model import Kind, Known, Mention, NamePair, NameType, Page
from bialign.names.abbreviations import find_expansions
from bialign.names.mentions import find_names
from bialign.names.partial import fuller_names
from bialign.pages.written import Picked, held, languages
from bialign.text.scripts import arabic_share, has_arabic
from bialign.text.sentences import sentences

#: What is observed of one page or one pair of parallel text.
Observation = tuple[Source, list[Occurrence], list[Link]]

_ENGLISH_KINDS: frozenset[Kind] = frozenset({"title", "dateline", "body"})
_ARABIC_KINDS: frozenset[Kind] = frozenset({"title", "body", "tag", "headline"})
_STORY_KINDS: frozenset[Kind] = frozenset({"title", "body"})
_CONTEXT = 80
#: Pages whose names are paired at a time.
_TOGETHER = 64
_MOSTLY = 0.5


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


def observe_pages(pages: Iterable[Page], known: Known | None = None) -> Iterator[Observation]:
    """Find the names of pages and what links them across the scripts.

    An Arabic and an English page that tell one story are found (``align_documents``) and their
    names linked sentence by sentence; the names of every English page are linked to the Arabic
    that stands on the page itself. A story whose original comes in another call is linked once
    both are stored (``linking``).

    Args:
        pages: separated pages, since any may be the original of any other: those of a file
            (``pages.written``) are read as they are needed, others held together.
        known: a lexicon to look names up in.

    Yields:
        One observation a page, in page order.
    """
    all_pages = held(pages)
    originals = find_originals(all_pages)
    for begin in range(0, len(all_pages), _TOGETHER):
        numbers = range(begin, min(begin + _TOGETHER, len(all_pages)))
        named = [find_page_names(all_pages[number], known) for number in numbers]
        for number, item, links in zip(numbers, named, links_of_pages(named), strict=True):
            original = all_pages[originals[number]] if number in originals else None
            more = [] if original is None else _links_with(original, item, known)
            yield observation(item, links + more, original)


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
        links += _links_with(original, named, known)
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
            text=_masked(page, _STORY_KINDS, arabic=arabic).rstrip("\n"),
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
        links = [_link(name, pair) for pair in found]
        yield source, occurrences, links


def find_page_names(page: Page, known: Known | None = None) -> Named:
    """The names of a page: English in title, dateline and body, Arabic there and in its metadata.

    The credited names count as Arabic names of persons; nothing is looked for in a repeated block.
    """
    english_text = _masked(page, _ENGLISH_KINDS, arabic=False)
    english = find_names(english_text, "en", known)
    arabic = find_names(_masked(page, _ARABIC_KINDS, arabic=True), "ar", known)
    arabic = _merge(_credited(page), arabic)
    agency = page.dateline.agency if page.dateline else None
    english = [_as_agency(m) if m.text == agency else m for m in english]
    stands_for = {short.start: full for short, full in fuller_names(english)}
    stands_for |= {short.start: full for short, full in find_expansions(english_text, english)}
    return Named(page, english, arabic, stands_for)


def source_of(page: Page) -> Source:
    """What the lexicon keeps of a page."""
    return Source.of_page(page)


def _masked(page: Page, kinds: frozenset[Kind], *, arabic: bool) -> str:
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


def _merge(first: list[Mention], second: list[Mention]) -> list[Mention]:
    """Both lists in text order; of two that overlap, the one of the first list."""
    kept = [m for m in second if all(m.end <= f.start or f.end <= m.start for f in first)]
    return sorted(first + kept, key=lambda m: m.start)


def page_links(named: Named) -> list[Link]:
    """Links between the English names of a page and the Arabic that stands on it."""
    return links_of_pages([named])[0]


def links_of_pages(pages: Sequence[Named]) -> list[list[Link]]:
    """``page_links`` of many pages, much sooner: the models are asked once for all of them."""
    asked = [
        pairing.Named(
            named.page,
            named.english,
            named.arabic,
            [(m, named.stands_for[m.start]) for m in named.english if m.start in named.stands_for],
        )
        for named in pages
    ]
    return [
        [_link(named.page.id, pair) for pair in pairs] + _links_within(named)
        for named, pairs in zip(pages, pairing.pair_pages(asked), strict=True)
    ]


def _links_within(named: Named) -> list[Link]:
    """Links of a page that tells its story in both languages."""
    if named.page.language != "mul":
        return []
    arabic, english = (_masked(named.page, _STORY_KINDS, arabic=arabic) for arabic in (True, False))
    return story_links(arabic, english, named.page.id, named.english)


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


def _links_with(original: Page, story: Named, known: Known | None) -> list[Link]:
    ar_text = _masked(original, _STORY_KINDS, arabic=True)
    en_text = _masked(story.page, _STORY_KINDS, arabic=False)
    return story_links(ar_text, en_text, story.page.id, story.english, known)


def story_links(
    ar_text: str, en_text: str, page: str, english: Sequence[Mention], known: Known | None = None
) -> list[Link]:
    """Links between the names of a story and the Arabic text that tells the same.

    Args:
        ar_text: the Arabic story.
        en_text: the English one.
        page: the id of the English one.
        english: its mentions, spans into ``en_text``.
        known: a lexicon to look names up in.

    Returns:
        The links; none if the texts do not run parallel, or their names say that they tell
        another story.
    """
    ar_sentences, en_sentences = sentences(ar_text, "ar"), sentences(en_text, "en")
    try:
        beads = align_sentences([s.text for s in ar_sentences], [s.text for s in en_sentences])
    except NotParallel:
        return []
    texts, names = [], []
    for bead in beads:
        if bead.ar and bead.en:
            start, end = en_sentences[bead.en[0]].start, en_sentences[bead.en[-1]].end
            ar_side = ar_text[ar_sentences[bead.ar[0]].start : ar_sentences[bead.ar[-1]].end]
            texts.append((ar_side, en_text[start:end]))
            inside = [m for m in english if start <= m.start and m.end <= end]
            names.append([(m.start - start, m.end - start) for m in inside])
    found = align_names(texts, en_names=names, known=known)
    return believable([_link(page, pair) for pairs in found for pair in pairs])


def _occurrences(named: Named, links: Sequence[Link]) -> list[Occurrence]:
    page = named.page
    # A found name that begins before a linked one is the fuller name: a given name before the family's.
    starts = {m.end: m.start for m in named.arabic}
    linked = [m for m in _linked(named, links) if starts.get(m.end, m.start) >= m.start]
    arabic = _merge(linked, named.arabic)
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
    for match in pattern.finditer(_masked(named.page, _ARABIC_KINDS, arabic=True)):
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


def _link(page: str, pair: NamePair) -> Link:
    evidence = pair.evidence[0]
    return Link(
        page=page,
        ar=" ".join(pair.ar.text.split()),
        en=" ".join(pair.en.text.split()),
        kind=evidence.kind,
        detail="; ".join(e.detail for e in pair.evidence),
        probability=round(pair.probability, 4),
    )
