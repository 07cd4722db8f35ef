"""Which words of a sentence and its translation belong together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from bialign.align.hmm import Corpus, train
from bialign.align.likeness import Likeness, numbered
from bialign.align.stems import arabic_stem, english_stem
from bialign.align.symmetrize import grow_diag_final_and, intersection
from bialign.errors import UsageError
from bialign.model import Known

Floats = NDArray[np.float32]
Method = Literal["grow-diag-final-and", "intersection", "posterior"]

#: A link of the method ``posterior`` has at least this mean posterior of both directions.
THRESHOLD = 0.5
#: A pair with a longer side is no sentence: it gets no links and teaches nothing.
LONGEST = 500
NOTHING = np.zeros((0, 0), np.float32)


def align_words(
    pairs: Sequence[tuple[Sequence[str], Sequence[str]]],
    known: Known | None = None,
    *,
    method: Method = "posterior",
) -> list[list[tuple[int, int]]]:
    """Link the words of each sentence pair.

    Args:
        pairs: Arabic tokens and English tokens of each pair; the model is trained on all of them.
            A pair with an empty side or one of more than 500 words gets no links.
        known: names of which translations are attested.
        method: how the two directions become one set of links.

    Returns:
        For each pair its links ``(English index, Arabic index)``, sorted.

    Raises:
        UsageError: an unknown method.
    """
    if method not in get_args(Method):
        raise UsageError(f"no method {method!r}", mend=" or ".join(get_args(Method)))
    return [links_of(one, other, method) for one, other in word_posteriors(pairs, known)]


def links_of(one: Floats, other: Floats, method: Method = "posterior") -> list[tuple[int, int]]:
    """The links of one pair, from its posteriors.

    Args:
        one: as the first of ``word_posteriors``.
        other: as the second.
        method: how the two become one set of links.

    Returns:
        ``(English index, Arabic index)``, sorted.
    """
    if not one.size:
        return []
    if method == "posterior":
        ar_index, en_index = np.nonzero((one + other) / 2 >= THRESHOLD)
        return sorted(zip(en_index.tolist(), ar_index.tolist(), strict=True))
    forward = _strongest(one)
    backward = {(i, j) for j, i in _strongest(other.T)}
    joined = intersection if method == "intersection" else grow_diag_final_and
    return sorted(joined(forward, backward))


def word_posteriors(
    pairs: Sequence[tuple[Sequence[str], Sequence[str]]], known: Known | None = None
) -> list[tuple[Floats, Floats]]:
    """How probable each link is, in either direction.

    Args:
        pairs: as for ``align_words``.
        known: as for ``align_words``.

    Returns:
        For each pair two arrays ``[Arabic words, English words]``: given the English sentence the
        source of each Arabic word (rows sum to at most 1), and the other way round (columns do);
        empty arrays for a pair that gets no links.
    """
    full = [k for k, (ar, en) in enumerate(pairs) if 0 < len(ar) <= LONGEST and 0 < len(en) <= LONGEST]
    out = [(NOTHING, NOTHING)] * len(pairs)
    if not full:
        return out
    ar_words, ar_faces = numbered([pairs[k][0] for k in full])
    en_words, en_faces = numbered([pairs[k][1] for k in full])
    ar_stems, en_stems = _stems(map(arabic_stem, ar_words)), _stems(map(english_stem, en_words))
    corpus = Corpus([ar_stems[ids] for ids in ar_faces], [en_stems[ids] for ids in en_faces])
    likeness = Likeness(ar_words, en_words, known)
    factors: list[Floats] = []
    for batch in corpus.batches:
        factor = np.ones(batch.pairs.shape, np.float32)
        for row, number in enumerate(batch.rows.tolist()):
            ar, en = ar_faces[number], en_faces[number]
            factor[row, : len(ar), : len(en)] = likeness.factors(ar, en)
        factors.append(factor)
    _, posteriors = train(corpus, factors)
    for batch, values in zip(corpus.batches, posteriors, strict=True):
        for row, number in enumerate(batch.rows):
            k = full[number]
            tall, wide = len(pairs[k][0]), len(pairs[k][1])
            out[k] = (values[0, row, :tall, :wide].copy(), values[1, row, :tall, :wide].copy())
    return out


def _stems(stems: Iterable[str]) -> NDArray[np.int64]:
    """For each word the number of its stem."""
    place: dict[str, int] = {}
    return np.array([place.setdefault(stem, len(place)) for stem in stems], np.int64)


def _strongest(posterior: Floats) -> set[tuple[int, int]]:
    """For each row that is not better left to the empty word its best column: ``(column, row)``."""
    best = posterior.argmax(axis=1)
    sure = posterior[np.arange(len(best)), best] > np.maximum(1 - posterior.sum(axis=1), 0)
    return {(int(best[row]), row) for row in np.nonzero(sure)[0].tolist()}
