"""Two Latin spellings to the probability that they are one Arabic name, many pairs at once.

A logistic regression on how alike two spellings are at several depths of folding, learned from
places whose several Latin names are known (``scripts/build_latin_pairs.py``). The prior is that
of the pairs blocking proposes, of which few are true.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Final, NamedTuple

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler, Levenshtein

from bialign.names.blocking import skeletons
from bialign.names.calibration import Floats, Logistic
from bialign.names.models import calibrators
from bialign.names.readings import overlaps
from bialign.text.latin import latin_key, strictness_key

#: The file of the shipped regression in ``resources``.
MODEL: Final = "latin_pairs.npy"


class Views(NamedTuple):
    """A spelling at five depths of folding, and its number of words."""

    letters: str
    key: str
    fine: str
    coarse: str
    vowelled: str
    words: int


def same_latin_many(pairs: Iterable[tuple[str, str]]) -> Floats:
    """Probability that the two Latin spellings of each pair are one name.

    Args:
        pairs: any spellings; made for the pairs that an index's ``candidates`` proposes.

    Returns:
        float64 of the number of pairs; a name without letters is no other name.

    >>> likely, unlikely = same_latin_many([("Kasrat Afnan", "Kasret Afnan"), ("Hassan", "Hussein")])
    >>> bool(likely > 0.5 > unlikely)
    True
    """
    pairs = list(pairs)
    if not pairs:
        return np.zeros(0)
    found = _model()(pair_features([a for a, _ in pairs], [b for _, b in pairs]))
    lettered = [bool(views(a).letters and views(b).letters) for a, b in pairs]
    return np.where(lettered, found, 0.0)


def spelled_alike_many(pairs: Sequence[tuple[str, str]]) -> Floats:
    """As ``same_latin_many``, and by what Arabic the two may stand for: slower, and surer.

    Returns:
        float64 of the number of pairs.
    """
    if not pairs:
        return np.zeros(0)
    lettered = [bool(views(a).letters and views(b).letters) for a, b in pairs]
    return np.where(lettered, calibrators()["alike"](alike_features(pairs)), 0.0)


def alike_features(pairs: Sequence[tuple[str, str]]) -> Floats:
    """What that judgement sees: log-odds by the letters, overlap of the likely Arabic; [n, 3]."""
    letters = _model().logit(pair_features([a for a, _ in pairs], [b for _, b in pairs]))
    overlap, _ = overlaps(pairs, arabic=False)
    return np.column_stack([letters, np.log(overlap + 0.01), overlap])


def pair_features(left: Sequence[str], right: Sequence[str]) -> Floats:
    """What the regression sees of pairs of spellings, [n, 15]."""
    a, b = [views(name) for name in left], [views(name) for name in right]
    columns: list[Floats] = []
    for view in ("letters", "key", "fine", "coarse", "vowelled"):
        x, y = [str(getattr(v, view)) for v in a], [str(getattr(v, view)) for v in b]
        columns.append(process.cpdist(x, y, scorer=Levenshtein.normalized_similarity))
        if view in ("letters", "fine"):
            columns.append(process.cpdist(x, y, scorer=Levenshtein.distance))
        if view in ("key", "fine", "coarse"):
            columns.append(np.array([p == q for p, q in zip(x, y, strict=True)]))
    both = list(zip(a, b, strict=True))
    x, y = [v.letters for v in a], [v.letters for v in b]
    columns += [
        process.cpdist(x, y, scorer=JaroWinkler.normalized_similarity),
        np.array([min(len(v.fine), len(w.fine)) for v, w in both]),
        np.array([abs(v.words - w.words) for v, w in both]),
        np.array([v.fine[:1] == w.fine[:1] for v, w in both]),
        np.array([v.fine[-1:] == w.fine[-1:] for v, w in both]),
    ]
    return np.column_stack([np.asarray(column, dtype=np.float64) for column in columns])


@lru_cache(maxsize=200_000)
def views(name: str) -> Views:
    """The depths of folding of one spelling."""
    fine, coarse, vowelled = skeletons(name)
    return Views(strictness_key(name, "article"), latin_key(name), fine, coarse, vowelled, len(name.split()))


@cache
def _model() -> Logistic:
    raw = (files("bialign.resources") / MODEL).read_bytes()
    return Logistic.from_array(np.load(BytesIO(raw), allow_pickle=False))
