"""A worker that keeps what it made of a text and gives it again: for what a run of many pages holds.

A run holds what its worker processes made, whoever made it; so a run of 200,000 pages that repeat
500 texts under other names takes the memory of one whose pages all differ in what they say.
"""

import functools
from collections.abc import Sequence
from typing import Any

import numpy as np

from bialign.align.documents import Floats, page_vectors
from bialign.model import Page, RawPage
from bialign.pages.separating import page_id
from bialign.pages.sites import Sites
from bialign.running import worker

_KEPT = 4000


@functools.lru_cache(_KEPT)
def _made(
    sites: Sites, text: str, media: Any, hints: Any, blocks: Any, crawled: str | None
) -> dict[str, Any]:
    raw = RawPage("", text, media=media, hints=hints, blocks=blocks, crawled=crawled)
    return worker.observe(raw, sites)


def work(raw: RawPage, sites: Sites) -> dict[str, Any]:
    """What a worker makes of a page, looked up if the text was there before."""
    made = _made(sites, raw.text, raw.media, raw.hints, raw.blocks, raw.crawled)
    own = {"id": raw.id or page_id(raw), "source": raw.source, "url": raw.url}
    seen = made["seen"]
    return {"page": made["page"] | own, "seen": seen | {"source": seen["source"] | own}}


_VECTORS: dict[tuple[str | None, ...], Floats] = {}


def encode(pages: Sequence[Page]) -> Floats:
    """The vectors of pages, looked up if their texts were there before."""
    told = [(page.title, page.title_ar, page.body, page.body_ar) for page in pages]
    for page, texts in zip(pages, told, strict=True):
        if texts not in _VECTORS:
            _VECTORS[texts] = page_vectors([page])[0]
    return np.array([_VECTORS[texts] for texts in told])


if __name__ == "__main__":
    worker.main(make=work, encode=encode)
