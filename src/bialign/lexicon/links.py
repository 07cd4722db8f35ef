"""Links between the English names of pages and stories and the Arabic that says the same."""

from __future__ import annotations

from collections.abc import Sequence

from bialign.align import pairing
from bialign.align.names import align_names
from bialign.align.sentences import align_sentences
from bialign.errors import NotParallel
from bialign.lexicon.believing import believable
from bialign.lexicon.page_names import STORY_KINDS, Named, masked
from bialign.lexicon.records import Link
from bialign.model import Known, Mention, NamePair, Page
from bialign.text.sentences import sentences


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
        [link_of(named.page.id, pair) for pair in pairs] + links_within(named)
        for named, pairs in zip(pages, pairing.pair_pages(asked), strict=True)
    ]


def links_within(named: Named) -> list[Link]:
    """Links of a page that tells its story in both languages."""
    if named.page.language != "mul":
        return []
    arabic, english = (masked(named.page, STORY_KINDS, arabic=arabic) for arabic in (True, False))
    return story_links(arabic, english, named.page.id, named.english)


def links_with(original: Page, story: Named, known: Known | None = None) -> list[Link]:
    """Links between the names of a page and the Arabic page that tells its story."""
    ar_text = masked(original, STORY_KINDS, arabic=True)
    en_text = masked(story.page, STORY_KINDS, arabic=False)
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
    return believable([link_of(page, pair) for pairs in found for pair in pairs])


def link_of(page: str, pair: NamePair) -> Link:
    """What the lexicon keeps of a pair of names."""
    evidence = pair.evidence[0]
    return Link(
        page=page,
        ar=" ".join(pair.ar.text.split()),
        en=" ".join(pair.en.text.split()),
        kind=evidence.kind,
        detail="; ".join(e.detail for e in pair.evidence),
        probability=round(pair.probability, 4),
    )
