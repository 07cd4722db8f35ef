"""Sentence alignment without vectors: length, what both sides carry, and a dictionary of the text.

As Moore (2002) and hunalign (Varga et al. 2005) do, a first alignment by length and shared items
teaches a word model (IBM Model 1), and the next rounds compare what the Arabic sentence is
translated to, word by word, with the English one. Words are random directions (``shared``).

A dictionary fits the beads it was learned from, whatever they are. So what the path says of its own
likeness comes from dictionaries that have not seen the bead: one from every other bead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import regex
from numpy.typing import NDArray

from bialign.align.gains import VectorGains
from bialign.align.hmm import Corpus, train
from bialign.align.likeness import numbered
from bialign.align.path import Path, find_path, lengths
from bialign.align.shared import shared_vectors
from bialign.align.stems import arabic_stem, english_stem
from bialign.align.vectors import BagRuns, MixedRuns

Floats = NDArray[np.float32]

#: Rounds of alignment after the first; numbers in a word's direction.
ROUNDS, WIDTH = 3, 384
#: Similarity that is worth nothing: without vectors, beads of fitting length must pay even so.
FIRST_BASE, BASE = -0.3, 0.0
#: Weight of shared items beside the dictionary; translations less probable are passed over.
SHARED, LEAST = 0.3, 0.02

_WORD: Final = regex.compile(r"\p{L}[\p{L}\p{M}]*|\p{Nd}+")


def lexical_path(ar: Sequence[str], en: Sequence[str]) -> Path:
    """The beads of two texts without a vector model.

    Args:
        ar: Arabic sentences, none blank.
        en: English sentences, likewise.
    """
    ar_bag, en_bag = (BagRuns(bag) for bag in shared_vectors(ar, en))
    sizes = lengths(ar), lengths(en)
    ar_words, ar_ids = numbered([[arabic_stem(w) for w in _WORD.findall(text)] for text in ar])
    en_words, en_ids = numbered([[english_stem(w) for w in _WORD.findall(text)] for text in en])
    found = find_path(ar_bag, en_bag, *sizes, base=FIRST_BASE)
    words = len(ar_words), len(en_words)

    def runs(beads: NDArray[np.int64]) -> tuple[MixedRuns, MixedRuns] | None:
        """Runs by a dictionary learned from beads; None where none of them has words."""
        table = _dictionary(beads, ar_ids, en_ids)
        if table is None:
            return None
        ar_sums, en_sums = _translated(table, ar_ids, en_ids, words)
        return MixedRuns(BagRuns(ar_sums), ar_bag, SHARED), MixedRuns(BagRuns(en_sums), en_bag, SHARED)

    for _ in range(ROUNDS):
        if (learned := runs(found.beads)) is None:
            break
        found = find_path(*learned, *sizes, base=BASE)
    similarities = np.zeros(len(found.beads), np.float32)
    whole = np.zeros(len(ar) + 1, np.int64), np.full(len(ar) + 1, len(en) + 1, np.int64)
    for part in (0, 1):
        if (unseen := runs(found.beads[1 - part :: 2])) is not None:
            gains = VectorGains(*unseen, *sizes, *whole)
            similarities[part::2] = gains.similarities_of(found.beads[part::2])
    return replace(found, similarities=similarities)


def _dictionary(
    beads: NDArray[np.int64], ar_ids: Sequence[NDArray[np.int64]], en_ids: Sequence[NDArray[np.int64]]
) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats] | None:
    """Word pairs and p(English | Arabic) learned from the beads; None where no bead has words."""
    pairs = [
        (np.concatenate(ar_ids[i : i + a]), np.concatenate(en_ids[j : j + b]))
        for i, a, j, b in beads.tolist()
        if a and b
    ]
    pairs = [(ar, en) for ar, en in pairs if len(ar) and len(en)]
    if not pairs:
        return None
    corpus = Corpus([ar for ar, _ in pairs], [en for _, en in pairs])
    tables, _ = train(corpus, model1=5, markov=0)
    likely = tables.given_ar[:-1] >= LEAST
    return corpus.pair_ar[likely], corpus.pair_en[likely], tables.given_ar[:-1][likely]


def _translated(
    table: tuple[NDArray[np.int64], NDArray[np.int64], Floats],
    ar_ids: Sequence[NDArray[np.int64]],
    en_ids: Sequence[NDArray[np.int64]],
    words: tuple[int, int],
) -> tuple[Floats, Floats]:
    """Sentence sums in the English words' directions, rare words weighing more."""
    often = np.bincount(np.concatenate([np.unique(ids) for ids in en_ids]), minlength=words[1])
    signs = np.random.default_rng(1).choice(np.array([-1, 1], np.float32), (words[1], WIDTH))
    signs *= np.log(1 + len(en_ids) / (1 + often)).astype(np.float32)[:, None]
    meant = np.zeros((words[0], WIDTH), np.float32)
    np.add.at(meant, table[0], signs[table[1]] * table[2][:, None])
    ar_sums = np.stack([meant[ids].sum(axis=0) for ids in ar_ids])
    en_sums = np.stack([signs[ids].sum(axis=0) for ids in en_ids])
    return ar_sums, en_sums
