"""Which words of a sentence and its translation belong together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bialign.align.hmm import Corpus, train
from bialign.align.stems import arabic_stem, english_stem
from bialign.align.symmetrize import grow_diag_final_and, intersection
from bialign.errors import UsageError
from bialign.model import Known

Floats = NDArray[np.float32]
Method = Literal["grow-diag-final-and", "intersection", "posterior"]

#: A link of the method ``posterior`` has at least this mean posterior of both directions.
THRESHOLD = 0.5
#: Pseudo-count of a word pair that ``known`` attests.
ATTESTED = 2.0


def align_words(
    pairs: Sequence[tuple[Sequence[str], Sequence[str]]],
    known: Known | None = None,
    *,
    method: Method = "grow-diag-final-and",
) -> list[list[tuple[int, int]]]:
    """Link the words of each sentence pair.

    Args:
        pairs: Arabic tokens and English tokens of each pair; the model is trained on all of them.
        known: names of which translations are attested.
        method: how the two directions become one set of links.

    Returns:
        For each pair its links ``(English index, Arabic index)``, sorted.

    Raises:
        UsageError: an unknown method.
    """
    out: list[list[tuple[int, int]]] = []
    for one, other in word_posteriors(pairs, known):
        if not one.size:
            out.append([])
            continue
        if method == "posterior":
            ar_index, en_index = np.nonzero((one + other) / 2 >= THRESHOLD)
            out.append(sorted(zip(en_index.tolist(), ar_index.tolist(), strict=True)))
            continue
        forward = _strongest(one)
        backward = {(i, j) for j, i in _strongest(other.T)}
        if method == "intersection":
            out.append(sorted(intersection(forward, backward)))
        elif method == "grow-diag-final-and":
            out.append(sorted(grow_diag_final_and(forward, backward)))
        else:
            raise UsageError(f"no method {method!r}", mend="grow-diag-final-and, intersection or posterior")
    return out


def word_posteriors(
    pairs: Sequence[tuple[Sequence[str], Sequence[str]]], known: Known | None = None
) -> list[tuple[Floats, Floats]]:
    """How probable each link is, in either direction.

    Args:
        pairs: as for ``align_words``.
        known: as for ``align_words``.

    Returns:
        For each pair two arrays ``[Arabic words, English words]``: given the English sentence the
        source of each Arabic word (rows sum to at most 1), and the other way round (columns do).
    """
    out = [(np.zeros((len(ar), len(en)), np.float32),) * 2 for ar, en in pairs]
    full = [k for k, (ar, en) in enumerate(pairs) if ar and en]
    if not full:
        return out
    ar_ids: dict[str, int] = {}
    en_ids: dict[str, int] = {}
    ar = [np.array([ar_ids.setdefault(arabic_stem(w), len(ar_ids)) for w in pairs[k][0]]) for k in full]
    en = [np.array([en_ids.setdefault(english_stem(w), len(en_ids)) for w in pairs[k][1]]) for k in full]
    corpus = Corpus(ar, en)
    _, posteriors = train(corpus, _prior(corpus, list(ar_ids), list(en_ids), known))
    for batch, values in zip(corpus.batches, posteriors, strict=True):
        for row, number in enumerate(batch.rows):
            k = full[number]
            tall, wide = len(pairs[k][0]), len(pairs[k][1])
            out[k] = (values[0, row, :tall, :wide].copy(), values[1, row, :tall, :wide].copy())
    return out


def _prior(corpus: Corpus, ar_words: list[str], en_words: list[str], known: Known | None) -> Floats | None:
    """Pseudo-counts of the word pairs that ``known`` attests."""
    if known is None:
        return None
    attested = {
        (word, stem)
        for word in ar_words
        for name, _ in known.spellings(word)
        for stem in map(english_stem, name.split())
    }
    return np.array(
        [
            ATTESTED * ((ar_words[i], en_words[j]) in attested)
            for i, j in zip(corpus.pair_ar.tolist(), corpus.pair_en.tolist(), strict=True)
        ],
        np.float32,
    )


def _strongest(posterior: Floats) -> set[tuple[int, int]]:
    """For each row that is not better left to the empty word its best column: ``(column, row)``."""
    best = posterior.argmax(axis=1)
    sure = posterior[np.arange(len(best)), best] > np.maximum(1 - posterior.sum(axis=1), 0)
    return {(int(best[row]), row) for row in np.nonzero(sure)[0].tolist()}
