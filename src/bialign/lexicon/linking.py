"""Stories told in both languages, found among all the pages of a store, whenever each was added.

Which page is whose original is decided over all stories kept, in the order of their ids, so that
the portions and the order in which pages came do not matter. What was linked before with the
same original is not linked again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bialign.align.documents import align_documents, page_vectors
from bialign.lexicon import stories
from bialign.lexicon.links import story_links
from bialign.lexicon.store import Store
from bialign.model import Language, Mention, Page

#: Stories whose vectors are computed at a time.
_BATCH: Final = 64


def link_stories(store: Store) -> None:
    """Pair the stories of a store and link the names of the pairs that are new.

    Args:
        store: pages observed; links of pairs that no longer are ones go.
    """
    if not stories.unpaired(store.connection):
        return
    with store.transaction():
        _compute_vectors(store)
        arabic, english = (stories.numbers(store.connection, language) for language in ("ar", "en"))
        found = align_documents(
            [_page(store, number, "ar") for number, _ in arabic],
            [_page(store, number, "en") for number, _ in english],
            (
                stories.vectors(store.connection, [number for number, _ in arabic]),
                stories.vectors(store.connection, [number for number, _ in english]),
            ),
        )
        wanted = {pair.en: arabic[pair.ar] for pair in found}
        linked = dict(store.query("SELECT source, original FROM story WHERE original IS NOT NULL"))
        for place, (number, name) in enumerate(english):
            ar_number, original = wanted.get(place, (0, None))
            if linked.get(number) != original:
                stories.unlink(store.connection, number, original)
                if original is not None:
                    _link(store, number, name, ar_number)
        stories.paired(store.connection)


def _compute_vectors(store: Store) -> None:
    missing = stories.without_vector(store.connection)
    for at in range(0, len(missing), _BATCH):
        batch = missing[at : at + _BATCH]
        made = page_vectors([_page(store, number, "en") for number in batch])
        for number, vector in zip(batch, made, strict=True):
            stories.set_vector(store.connection, number, vector)


def _page(store: Store, number: int, language: Language) -> Page:
    """What documents are compared by, as a page."""
    [[packed, name, day]] = store.rows(
        "SELECT t.told, s.id, s.date FROM story t JOIN source s ON s.number = t.source WHERE t.source = ?",
        (number,),
    )
    title, body, _ = stories.told(packed)
    return Page(name, "", None, language, title, None, body, None, None, day, None, (), (), (), (), (), "")


def _link(store: Store, number: int, name: str, original: int) -> None:
    texts = [
        stories.told(packed)[2]
        for source in (original, number)
        for (packed,) in store.rows("SELECT told FROM story WHERE source = ?", (source,))
    ]
    links = story_links(texts[0], texts[1], name, _english(store, number))
    store.add_links(number, links)


def _english(store: Store, number: int) -> Sequence[Mention]:
    rows = store.rows(
        "SELECT w.text, o.start, o.end, o.type FROM occurrence o JOIN spelling w ON w.number = o.spelling "
        "WHERE o.source = ? AND w.script = 'en' ORDER BY o.start, o.end",
        (number,),
    )
    return [Mention(text, start, end, start, end, kind, "") for text, start, end, kind in rows]
