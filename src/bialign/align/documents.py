"""Which Arabic page is the original of which English page, within a site or a month.

Pages meet by vectors in cells (an inverted file, Jégou, Douze & Schmid 2011), so that not all are
compared; among the nearest, the numbers and names that both carry and the days between them count
too. Pairs are taken the best first, each page once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from bialign.align.shared import carried
from bialign.align.vectors import finished, pooled
from bialign.model import Page, Record

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

#: Characters of a page that are read.
READ = 2500
#: Nearest pages looked at, and the least score of a pair.
NEAREST, LEAST = 8, 0.35
#: Up to this many pages one cell holds all; beyond, how many cells an Arabic page looks into.
ONE_CELL, CELLS = 1000, 8
#: Weight of shared numbers and names; what a missing or a far date takes off, and how far is far.
SHARED, NO_DATE, FAR, DAYS = 0.2, 0.05, 0.25, 14


@dataclass(frozen=True, slots=True)
class DocumentPair(Record):
    """Two pages that translate each other: their places in the given lists, a score 0 to 1."""

    ar: int
    en: int
    score: float


def page_vectors(pages: Sequence[Page]) -> Floats:
    """What ``align_documents`` compares of pages, for callers that compute it elsewhere or keep it.

    Args:
        pages: separated Arabic or English pages.

    Returns:
        Vectors ``[n, 512]`` of length 1, zero for a page without a story.
    """
    texts = [_text(page.title_ar or page.title, page.body_ar or page.body) for page in pages]
    return finished(*pooled(texts))


def align_documents(
    ar_pages: Sequence[Page], en_pages: Sequence[Page], vectors: tuple[Floats, Floats] | None = None
) -> list[DocumentPair]:
    """Pair the pages of two lists that translate each other.

    Args:
        ar_pages: separated Arabic pages.
        en_pages: separated English pages.
        vectors: ``page_vectors`` of both lists, where they are known already.

    Returns:
        Pairs in the order of the Arabic pages, each page in one at most. ``score`` is the cosine
        of both pages, mixed with the share of numbers and names in common, less for dates apart.
    """
    ar_texts = [_text(page.title_ar or page.title, page.body_ar or page.body) for page in ar_pages]
    en_texts = [_text(page.title, page.body) for page in en_pages]
    ar_there = [i for i, text in enumerate(ar_texts) if text.strip()]
    en_there = [j for j, text in enumerate(en_texts) if text.strip()]
    if not ar_there or not en_there:
        return []
    ar_texts, en_texts = [ar_texts[i] for i in ar_there], [en_texts[j] for j in en_there]
    if vectors is None:
        ar, en = finished(*pooled(ar_texts)), finished(*pooled(en_texts))
    else:
        ar, en = vectors[0][ar_there], vectors[1][en_there]
    ar_items, en_items = carried(ar_texts, en_texts)
    often = Counter(name for items in (*ar_items, *en_items) for name in items)
    ranked: list[tuple[float, int, int]] = []
    for i, near in enumerate(_nearest(ar, en)):
        for j in near.tolist():
            common = _shared(ar_items[i], en_items[j], often)
            score = float(ar[i] @ en[j]) * (1 - SHARED) + SHARED * common
            score -= _apart(ar_pages[ar_there[i]].published, en_pages[en_there[j]].published)
            if score >= LEAST:
                ranked.append((score, ar_there[i], en_there[j]))
    ranked.sort(key=lambda item: (-item[0], item[1:]))
    taken: dict[int, DocumentPair] = {}
    used: set[int] = set()
    for score, i, j in ranked:
        if i not in taken and j not in used:
            taken[i] = DocumentPair(i, j, round(min(score, 1.0), 4))
            used.add(j)
    return [taken[i] for i in sorted(taken)]


def _text(title: str, body: str) -> str:
    return f"{title}\n{body}"[:READ]


def _nearest(ar: Floats, en: Floats) -> list[Ints]:
    """For each Arabic page the nearest English ones among the cells it looks into."""
    count = 1 if len(en) <= ONE_CELL else int(np.sqrt(len(en)))
    centres = en[np.linspace(0, len(en) - 1, count).astype(int)]
    cell = (en @ centres.T).argmax(axis=1)
    held = [np.nonzero(cell == number)[0] for number in range(count)]
    looked = np.argsort(-(ar @ centres.T), axis=1)[:, :CELLS]
    out: list[Ints] = []
    for vector, cells in zip(ar, looked, strict=True):
        places = np.concatenate([held[number] for number in cells.tolist()])
        order = np.argsort(-(en[places] @ vector), kind="stable")[:NEAREST]
        out.append(places[order])
    return out


def _shared(one: Mapping[str, int], other: Mapping[str, int], often: Mapping[str, int]) -> float:
    """How much of what either page carries is the same, rare items weighing more, 0 to 1."""
    whole = sum(1 / often[name] for name in one) + sum(1 / often[name] for name in other)
    return 2 * sum(1 / often[name] for name in one if name in other) / whole if whole else 0.0


def _apart(one: str | None, other: str | None) -> float:
    """What the days between two dates take off."""
    if not one or not other:
        return NO_DATE
    days = abs((date.fromisoformat(one[:10]) - date.fromisoformat(other[:10])).days)
    return FAR * min(days / DAYS, 1.0)
