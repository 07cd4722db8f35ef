"""Which Arabic page is the original of which English page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import regex
from numpy.typing import NDArray

from bialign.align.vectors import finished, pooled
from bialign.model import Page, Record

Floats = NDArray[np.float32]

#: Characters of a page that its vector reads.
READ = 3000
#: Nearest pages looked at, and the least score of a pair.
NEAREST, LEAST = 10, 0.3
#: Days apart at which a date speaks no more.
DAYS = 14

_NUMBER = regex.compile(r"\p{Nd}+(?:[.,٫٬]\p{Nd}+)*")


@dataclass(frozen=True, slots=True)
class DocumentPair(Record):
    """Two pages that translate each other: their places in the given lists, a score 0 to 1."""

    ar: int
    en: int
    score: float


def align_documents(ar_pages: Sequence[Page], en_pages: Sequence[Page]) -> list[DocumentPair]:
    """Pair the pages of two lists that translate each other.

    Each page meets only its nearest neighbours by vector; among them the numbers both carry and
    the days between them count too. The assignment is one to one; unmatched pages are left out.

    Args:
        ar_pages: separated Arabic pages.
        en_pages: separated English pages.

    Returns:
        Pairs in the order of the Arabic pages.
    """
    if not ar_pages or not en_pages:
        return []
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415  (slow to import)

    ar_texts, en_texts = [_text(page) for page in ar_pages], [_text(page) for page in en_pages]
    ar, en = finished(*pooled(ar_texts)), finished(*pooled(en_texts))
    ar_numbers, en_numbers = [_numbers(text) for text in ar_texts], [_numbers(text) for text in en_texts]
    scores: dict[tuple[int, int], float] = {}
    near = min(NEAREST, len(en_pages))
    for i in range(len(ar_pages)):
        sims = en @ ar[i]
        for j in np.argpartition(-sims, near - 1)[:near].tolist():
            score = 0.8 * float(sims[j]) + 0.2 * _shared(ar_numbers[i], en_numbers[j])
            score -= 0.2 * _days_apart(ar_pages[i].published, en_pages[j].published)
            if score >= LEAST:
                scores[i, j] = score
    table = np.zeros((len(ar_pages), len(en_pages)), np.float32)
    for (i, j), score in scores.items():
        table[i, j] = score
    rows, columns = linear_sum_assignment(-table)
    return [
        DocumentPair(int(i), int(j), round(min(scores[i, j], 1.0), 4))
        for i, j in zip(rows.tolist(), columns.tolist(), strict=True)
        if (i, j) in scores
    ]


def _text(page: Page) -> str:
    return f"{page.title}\n{page.body}"[:READ]


def _numbers(text: str) -> frozenset[str]:
    return frozenset(
        "".join(str(int(c)) if c.isdigit() else "." for c in match.group())
        for match in _NUMBER.finditer(text)
    )


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    """Overlap of two number sets, 0 where either is empty."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _days_apart(one: str | None, other: str | None) -> float:
    """0 for one day, 1 for ``DAYS`` and more, a half where a date is missing."""
    if not one or not other:
        return 0.5
    days = abs((date.fromisoformat(one[:10]) - date.fromisoformat(other[:10])).days)
    return min(days / DAYS, 1.0)
