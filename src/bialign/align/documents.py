"""Which Arabic page is the original of which English page, within a site or a month.

Pages meet by vectors in cells (an inverted file, Jégou, Douze & Schmid 2011), so that not all are
compared; among the nearest, the numbers and names that both carry and the days between them count
too. Pairs are taken the best first, each page once.
"""

from __future__ import annotations

import mmap
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from bialign.align.shared import carried
from bialign.align.vectors import finished, pooled
from bialign.model import Page, Record
from bialign.pages.written import days
from bialign.text.encoder import WIDTH

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

#: Characters of a page that are read.
READ = 2500
#: Nearest pages looked at, and the least score of a pair.
NEAREST, LEAST = 8, 0.35
#: Up to this many pages one cell holds all; beyond, how many cells an Arabic page looks into.
ONE_CELL, CELLS = 1000, 8
#: Arabic pages whose names and numbers are compared together where there are more, those that follow in time.
BATCH = 250
#: Pages encoded, or read, at a time, and the most cosines held at once.
BLOCK, LARGEST = 2048, 1_000_000
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
    out = np.zeros((len(pages), WIDTH), np.float32)
    for begin in range(0, len(pages), BLOCK):
        texts = [_text(page) for page in pages[begin : begin + BLOCK]]
        out[begin : begin + BLOCK] = finished(*pooled(texts))
    return out


def align_documents(
    ar_pages: Sequence[Page], en_pages: Sequence[Page], vectors: tuple[Floats, Floats] | None = None
) -> list[DocumentPair]:
    """Pair the pages of two lists that translate each other.

    Either list may be one that reads its pages when they are asked for (``pages.written``), and
    the vectors may lie in a file (``np.memmap``): of many pages a few are held at a time.

    Args:
        ar_pages: separated Arabic pages.
        en_pages: separated English pages.
        vectors: ``page_vectors`` of both lists, where they are known already.

    Returns:
        Pairs in the order of the Arabic pages, each page in one at most. ``score`` is the cosine
        of both pages, mixed with the share of numbers and names in common, less for dates apart.
    """
    if not ar_pages or not en_pages:
        return []
    ar, en = (page_vectors(ar_pages), page_vectors(en_pages)) if vectors is None else vectors
    ar_there, en_there = _told(ar), _told(en)
    if not len(ar_there) or not len(en_there):
        return []
    near = _nearest(ar, ar_there, en, en_there)
    ar_days, en_days = days(ar_pages), days(en_pages)
    scores, ar_places, en_places = array("d"), array("q"), array("q")
    few = max(len(ar_there), len(en_there)) <= ONE_CELL
    for rows in _batches([ar_days[i] for i in ar_there.tolist()], few=few):
        looked = np.arange(len(en_there)) if few else np.unique(near[rows])
        looked = looked[looked >= 0]
        ar_numbers, en_numbers = ar_there[rows].tolist(), en_there[looked].tolist()
        ar_items, en_items = carried(
            [_text(ar_pages[i]) for i in ar_numbers], [_text(en_pages[j]) for j in en_numbers]
        )
        often = Counter(name for items in (*ar_items, *en_items) for name in items)
        places = {row: place for place, row in enumerate(looked.tolist())}
        for i, items, row in zip(ar_numbers, ar_items, rows.tolist(), strict=True):
            for there in (number for number in near[row].tolist() if number >= 0):
                j = int(en_there[there])
                common = _shared(items, en_items[places[there]], often)
                score = float(ar[i] @ en[j]) * (1 - SHARED) + SHARED * common
                score -= _apart(ar_days[i], en_days[j])
                if score >= LEAST:
                    scores.append(score)
                    ar_places.append(i)
                    en_places.append(j)
        _forget(ar, en)
    return _matched(np.array(scores), np.array(ar_places, np.int64), np.array(en_places, np.int64))


def _matched(scores: NDArray[np.float64], ar: Ints, en: Ints) -> list[DocumentPair]:
    """The pairs that stay when the best are taken first, each page once."""
    taken: dict[int, DocumentPair] = {}
    used: set[int] = set()
    for place in np.lexsort((en, ar, -scores)).tolist():
        i, j = int(ar[place]), int(en[place])
        if i not in taken and j not in used:
            taken[i] = DocumentPair(i, j, round(min(float(scores[place]), 1.0), 4))
            used.add(j)
    return [taken[i] for i in sorted(taken)]


def _text(page: Page) -> str:
    return f"{page.title_ar or page.title}\n{page.body_ar or page.body}"[:READ]


def _told(vectors: Floats) -> Ints:
    """The pages that tell something."""
    return np.flatnonzero(np.concatenate([block.any(axis=1) for block in _blocks(vectors)]))


def _batches(ar_days: Sequence[str | None], *, few: bool) -> Iterator[Ints]:
    """Rows of Arabic pages whose names are compared together: all, or of many some that follow in time."""
    if few:
        yield np.arange(len(ar_days))
        return
    rows = np.array(sorted(range(len(ar_days)), key=lambda row: (ar_days[row] or "9999", row)), np.int64)
    for begin in range(0, len(rows), BATCH):
        yield rows[begin : begin + BATCH]


def _blocks(vectors: Floats) -> Iterator[Floats]:
    for begin in range(0, len(vectors), BLOCK):
        yield vectors[begin : begin + BLOCK]
        _forget(vectors)


def _forget(*arrays: Floats) -> None:
    """Let the system take back the memory of files that was read; it is read again when needed."""
    for held in arrays:
        opened = getattr(held, "_mmap", None)
        if isinstance(opened, mmap.mmap):
            opened.madvise(mmap.MADV_DONTNEED)


def _nearest(ar: Floats, ar_there: Ints, en: Floats, en_there: Ints) -> Ints:
    """For each Arabic page the nearest English ones among the cells it looks into.

    Args:
        ar: vectors of all Arabic pages.
        ar_there: rows of those that tell something.
        en: vectors of all English pages.
        en_there: rows of those that tell something.

    Returns:
        ``[len(ar_there), NEAREST]`` places in ``en_there``, the nearest first, -1 where there are
        no more.
    """
    count = 1 if len(en_there) <= ONE_CELL else int(np.sqrt(len(en_there)))
    centres = np.array(en[en_there[np.linspace(0, len(en_there) - 1, count).astype(int)]])
    cell = np.concatenate([(block @ centres.T).argmax(axis=1) for block in _blocks(en)])[en_there]
    cells = min(CELLS, count)
    looked = np.concatenate(
        [np.argsort(-(block @ centres.T), axis=1, kind="stable")[:, :cells] for block in _blocks(ar)]
    )[ar_there]
    members = np.argsort(cell, kind="stable")
    askers = np.argsort(looked, axis=None, kind="stable") // cells
    member_ends = np.bincount(cell, minlength=count).cumsum()
    asker_ends = np.bincount(looked.ravel(), minlength=count).cumsum()
    places = np.full((len(ar_there), NEAREST), -1)
    likeness = np.full((len(ar_there), NEAREST), -np.inf, np.float32)
    for inside, asking in zip(
        np.split(members, member_ends[:-1]), np.split(askers, asker_ends[:-1]), strict=True
    ):
        found = np.array(en[en_there[inside]])
        step = max(1, LARGEST // max(1, len(inside)))
        for begin in range(0, len(asking) if len(inside) else 0, step):
            rows = asking[begin : begin + step]
            alike = np.concatenate([likeness[rows], ar[ar_there[rows]] @ found.T], axis=1)
            both = np.concatenate([places[rows], np.broadcast_to(inside, (len(rows), len(inside)))], axis=1)
            order = np.argsort(-alike, axis=1, kind="stable")[:, :NEAREST]
            likeness[rows] = np.take_along_axis(alike, order, axis=1)
            places[rows] = np.take_along_axis(both, order, axis=1)
        _forget(ar, en)
    return places


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
