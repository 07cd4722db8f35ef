"""Two Arabic spellings to the probability that they are one name, many pairs at once.

Arabic writes its long vowels, so حسن and حسان, one letter apart, are two names, while spellings of
foreign names differ in such letters freely (بلينكن, بلنكن). A logistic regression learned from the
name lists weighs by how many letters, and which, two spellings differ (``scripts/
build_transliteration.py``); differences of orthography alone (hamza, ى, ة, spaces, the article) are none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from bialign.names.blocking import skeletons
from bialign.names.calibration import Floats
from bialign.names.letters import fold, plain_arabic
from bialign.names.models import attested, calibrators
from bialign.names.units import arabic_units, bare_arabic

#: Words that are written with and without their long a: الرحمن, إسحق, هرون, إسمعيل and the like.
_SHORT_A: Final = {
    "رحمان": "رحمن", "اسحاق": "اسحق", "هارون": "هرون", "اسماعيل": "اسمعيل", "ابراهام": "ابرهام",
    "داوود": "داود", "طاووس": "طاوس", "لقمان": "لقمن", "سفيان": "سفين", "الاه": "اله", "عايشه": "عاءشه",
}  # fmt: skip


class _View(NamedTuple):
    """One spelling as it is compared."""

    full: str
    bones: str
    coarse: str
    parts: int


def same_arabic_many(pairs: Iterable[tuple[str, str]]) -> Floats:
    """Probability that the two Arabic spellings of each pair are one name.

    Returns:
        float64 of the number of pairs; 1 where they differ in orthography alone, 0 where a name
        has no letters.

    >>> same_arabic_many([("أبو بكر", "ابوبكر"), ("عبد الرحمن", "عبدالرحمان")]).tolist()
    [1.0, 1.0]
    """
    pairs = list(pairs)
    if not pairs:
        return np.zeros(0)
    a, b = [_view(x) for x, _ in pairs], [_view(y) for _, y in pairs]
    lettered = np.array(
        [any(map(str.isalpha, v.full)) and any(map(str.isalpha, w.full)) for v, w in zip(a, b, strict=True)]
    )
    equal = np.array([v.full == w.full for v, w in zip(a, b, strict=True)])
    found = calibrators()["arabic"](arabic_features(pairs))
    return np.where(lettered, np.where(equal, 1.0, found), 0.0)


def arabic_features(pairs: Sequence[tuple[str, str]]) -> Floats:
    """What the regression sees of pairs of spellings, float64 [pairs, 10]."""
    a, b = [_view(x) for x, _ in pairs], [_view(y) for _, y in pairs]
    both = list(zip(a, b, strict=True))
    columns: list[Floats] = []
    for x, y in (([v.full for v in a], [w.full for w in b]), ([v.bones for v in a], [w.bones for w in b])):
        columns.append(process.cpdist(x, y, scorer=Levenshtein.distance))
        columns.append(process.cpdist(x, y, scorer=Levenshtein.normalized_similarity))
    known = attested().arabic
    seen = np.minimum(known.of([v.full for v in a]), known.of([w.full for w in b]))
    columns += [
        np.array([v.coarse == w.coarse for v, w in both]),
        np.array([min(len(v.full), len(w.full)) for v, w in both]),
        np.array([v.full[:1] == w.full[:1] for v, w in both]),
        np.array([v.full[-1:] == w.full[-1:] for v, w in both]),
        np.array([v.parts != w.parts for v, w in both]),
        np.log1p(seen),
    ]
    return np.column_stack([np.asarray(column, dtype=np.float64) for column in columns])


@lru_cache(maxsize=100_000)
def _view(name: str) -> _View:
    parts = [bare_arabic(unit.text).replace(" ال", " ") for unit in arabic_units(fold(plain_arabic(name)))]
    full = "".join(_SHORT_A.get(word, word) for part in parts for word in part.split())
    bones = full[:1] + "".join(c for c in full[1:] if c not in "اوي")
    return _View(full, bones, skeletons(full)[1], len(parts))
