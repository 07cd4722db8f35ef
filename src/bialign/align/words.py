"""Which words of a sentence and its translation belong together.

What is counted is a choice: a word as it stands, its stem, or its heaviest piece. Words keep apart
what stems confuse; stems and pieces count together what words keep apart, pieces also where no
rule of ours foresees a form. A model is trained on each and their posteriors are averaged, since
the chance links of one are rarely those of another; ``scripts/bench_align.py words`` prints what
each reaches alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from bialign.align.hmm import Batch, Corpus, Ints, train
from bialign.align.likeness import Likeness, numbered
from bialign.align.pieces import heaviest_pieces
from bialign.align.stems import arabic_stem, english_stem
from bialign.align.symmetrize import grow_diag_final_and, intersection
from bialign.errors import UsageError
from bialign.model import Known
from bialign.text.arabic import fold_arabic

Floats = NDArray[np.float32]
Method = Literal["grow-diag-final-and", "intersection", "posterior"]
Unit = Literal["word", "stem", "piece"]

#: A link of the method ``posterior`` has at least this mean posterior of both directions.
THRESHOLD = 0.5
#: A pair with a longer side is no sentence: it gets no links and teaches nothing.
LONGEST = 500
#: What is counted unless a caller chooses: all three.
UNITS: Final[tuple[Unit, ...]] = ("word", "stem", "piece")
NOTHING = np.zeros((0, 0), np.float32)


def align_words(
    pairs: Sequence[tuple[Sequence[str], Sequence[str]]],
    known: Known | None = None,
    *,
    method: Method = "posterior",
    units: Sequence[Unit] = UNITS,
) -> list[list[tuple[int, int]]]:
    """Link the words of each sentence pair.

    Args:
        pairs: Arabic tokens and English tokens of each pair; the model is trained on all of them.
            A pair with an empty side or one of more than 500 words gets no links.
        known: names of which translations are attested.
        method: how the two directions become one set of links.
        units: what is counted; the posteriors of several are averaged. Each costs a training.

    Returns:
        For each pair its links ``(English index, Arabic index)``, sorted.

    Raises:
        UsageError: an unknown method or unit, or no unit.
    """
    if method not in get_args(Method):
        raise UsageError(f"no method {method!r}", mend=" or ".join(get_args(Method)))
    return [links_of(one, other, method) for one, other in word_posteriors(pairs, known, units=units)]


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
    pairs: Sequence[tuple[Sequence[str], Sequence[str]]],
    known: Known | None = None,
    *,
    units: Sequence[Unit] = UNITS,
) -> list[tuple[Floats, Floats]]:
    """How probable each link is, in either direction.

    Args:
        pairs: as for ``align_words``.
        known: as for ``align_words``.
        units: as for ``align_words``.

    Returns:
        For each pair two arrays ``[Arabic words, English words]``: given the English sentence the
        source of each Arabic word (rows sum to at most 1), and the other way round (columns do);
        empty arrays for a pair that gets no links.

    Raises:
        UsageError: an unknown unit, or none.
    """
    if not units or not set(units) <= set(UNITS):
        raise UsageError(f"no units {', '.join(units) or 'given'}", mend=f"some of {', '.join(UNITS)}")
    full = [k for k, (ar, en) in enumerate(pairs) if 0 < len(ar) <= LONGEST and 0 < len(en) <= LONGEST]
    out = [(NOTHING, NOTHING)] * len(pairs)
    if not full:
        return out
    ar_words, ar_faces = numbered([pairs[k][0] for k in full])
    en_words, en_faces = numbered([pairs[k][1] for k in full])
    likeness = Likeness(ar_words, en_words, known)
    factors: list[Floats] = []
    means: list[Floats] = []
    for unit in dict.fromkeys(units):
        ar_units = _units(ar_words, ar_faces, fold_arabic, arabic_stem, unit)
        en_units = _units(en_words, en_faces, str.lower, english_stem, unit)
        corpus = Corpus([ar_units[ids] for ids in ar_faces], [en_units[ids] for ids in en_faces])
        # batches go by length alone, so all units share the factors
        factors = factors or [_factors(batch, likeness, ar_faces, en_faces) for batch in corpus.batches]
        _, posteriors = train(corpus, factors)
        means = [a + b for a, b in zip(means, posteriors, strict=True)] if means else posteriors
    share = np.float32(1 / len(set(units)))
    for batch, values in zip(corpus.batches, means, strict=True):
        for row, number in enumerate(batch.rows):
            k = full[number]
            tall, wide = len(pairs[k][0]), len(pairs[k][1])
            out[k] = (values[0, row, :tall, :wide] * share, values[1, row, :tall, :wide] * share)
    return out


def _factors(batch: Batch, likeness: Likeness, ar_faces: Sequence[Ints], en_faces: Sequence[Ints]) -> Floats:
    """What is known beforehand of each link of a batch; 1 in padding."""
    factor = np.ones(batch.pairs.shape, np.float32)
    for row, number in enumerate(batch.rows.tolist()):
        ar, en = ar_faces[number], en_faces[number]
        factor[row, : len(ar), : len(en)] = likeness.factors(ar, en)
    return factor


def _units(
    words: Sequence[str],
    faces: Sequence[Ints],
    fold: Callable[[str], str],
    stem: Callable[[str], str],
    unit: Unit,
) -> Ints:
    """For each word the number of what is counted in its place."""
    if unit == "stem":
        return _numbers(map(stem, words))
    folded = [fold(word) or word for word in words]
    if unit == "word":
        return _numbers(folded)
    counts = np.bincount(np.concatenate(faces), minlength=len(words))
    return _numbers(heaviest_pieces(folded, counts.tolist()))


def _numbers(units: Iterable[str]) -> Ints:
    """For each unit its number, equal ones alike."""
    place: dict[str, int] = {}
    return np.array([place.setdefault(unit, len(place)) for unit in units], np.int64)


def _strongest(posterior: Floats) -> set[tuple[int, int]]:
    """For each row that is not better left to the empty word its best column: ``(column, row)``."""
    best = posterior.argmax(axis=1)
    sure = posterior[np.arange(len(best)), best] > np.maximum(1 - posterior.sum(axis=1), 0)
    return {(int(best[row]), row) for row in np.nonzero(sure)[0].tolist()}
