"""What two texts carry in common without a dictionary: numbers, Latin words, names.

Every item gets a fixed random direction, and a sentence the sum of its items', rare ones weighing
more; the cosine of two sentences then tells how much of what they carry is the same (a random
projection, Achlioptas 2003), and a run of sentences is again a plain sum.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import regex
from numpy.typing import NDArray

from bialign.align.likeness import arabic_consonants, latin_consonants
from bialign.align.vectors import BagRuns, MixedRuns, SentenceRuns
from bialign.names.matching import match_many

Floats = NDArray[np.float32]

#: Numbers in an item's direction.
WIDTH: Final = 256
#: Names of this many consonant classes are compared; so probable must two be one name.
CONSONANTS, SAME_NAME = 3, 0.3
#: Weight of shared items beside the meaning.
SHARED: Final = 0.1
#: An item in more than this share of the sentences (and in more than five) tells nothing.
TOO_OFTEN: Final = 0.05

_WORD: Final = regex.compile(r"\p{Nd}+(?:[.,٫٬]\p{Nd}+)*|\p{L}[\p{L}\p{M}]*")
_MARKS: Final = {ord("٫"): ".", ord("٬"): None, ord(","): None}


def carried(ar: Sequence[str], en: Sequence[str]) -> tuple[list[Counter[str]], list[Counter[str]]]:
    """The items of each sentence that the other text has too.

    Args:
        ar: Arabic sentences.
        en: English sentences.
    """
    ar_items = [_items(text) for text in ar]
    en_items = [_items(text) for text in en]
    ar_words = {word for items in ar_items for word in items}
    en_words = {word for items in en_items for word in items}
    same = {word.lower() for word in ar_words} & {word.lower() for word in en_words}
    key = {word: word.lower() for word in ar_words | en_words if word.lower() in same}
    key |= _names(ar_words - key.keys(), en_words - key.keys())
    return _kept(ar_items, key), _kept(en_items, key)


def _items(text: str) -> Counter[str]:
    return Counter(
        _number(word) if word[0].isdigit() else word for word in _WORD.findall(text) if word[0].isalnum()
    )


def _number(word: str) -> str:
    """A number in plain digits, without group marks.

    >>> _number("١٬٢٠٠"), _number("3,5")
    ('1200', '35')
    """
    return "".join(str(int(c)) if c.isdigit() else c for c in word.translate(_MARKS))


def _names(ar_words: set[str], en_words: set[str]) -> dict[str, str]:
    """Capitalised words and their Arabic spellings, by consonants, then by the name model."""
    by_letters: dict[str, list[str]] = {}
    for word in sorted(en_words):
        letters = latin_consonants(word) if word[:1].isupper() else ""
        if len(letters) >= CONSONANTS:
            by_letters.setdefault(letters, []).append(word)
    pairs = [
        (word, other) for word in sorted(ar_words) for other in by_letters.get(arabic_consonants(word), ())
    ]
    out: dict[str, str] = {}
    for (word, other), probability in zip(pairs, match_many(pairs).tolist(), strict=True):
        if probability >= SAME_NAME:
            name = latin_consonants(other)
            out[word], out[other] = name, name
    return out


def _kept(items: Sequence[Counter[str]], key: Mapping[str, str]) -> list[Counter[str]]:
    kept: list[Counter[str]] = []
    for held in items:
        found: Counter[str] = Counter()
        for word, count in held.items():
            if word in key:
                found[key[word]] += count
        kept.append(found)
    often = Counter(name for found in kept for name in found)
    limit = max(5, TOO_OFTEN * len(items))
    return [Counter({name: n for name, n in found.items() if often[name] <= limit}) for found in kept]


def directions(items: Sequence[Counter[str]], seeds: Mapping[str, int]) -> Floats:
    """Sentence vectors of items.

    Args:
        items: items of each sentence with their counts.
        seeds: a number for each item, the same for both texts.

    Returns:
        ``[n, WIDTH]``; a sentence without items is zero.
    """
    often = Counter(name for held in items for name in held)
    signs = np.random.default_rng(0).choice(np.array([-1, 1], np.float32), (max(len(seeds), 1), WIDTH))
    out = np.zeros((len(items), WIDTH), np.float32)
    for row, held in enumerate(items):
        names = [name for name in held if name in seeds]
        if names:
            weights = [held[name] / np.sqrt(often[name]) for name in names]
            out[row] = np.array(weights, np.float32) @ signs[[seeds[name] for name in names]]
    return out


def shared_vectors(ar: Sequence[str], en: Sequence[str]) -> tuple[Floats, Floats]:
    """Vectors of what both texts carry, for each Arabic and each English sentence."""
    ar_items, en_items = carried(ar, en)
    names = sorted({name for held in (*ar_items, *en_items) for name in held})
    seeds = {name: number for number, name in enumerate(names)}
    return directions(ar_items, seeds), directions(en_items, seeds)


def mixed_runs(ar: Sequence[str], en: Sequence[str]) -> tuple[MixedRuns, MixedRuns]:
    """Runs of both texts by meaning and by what both carry.

    Args:
        ar: Arabic sentences, none blank.
        en: English sentences, likewise.
    """
    ar_bag, en_bag = shared_vectors(ar, en)
    return (
        MixedRuns(SentenceRuns(ar), BagRuns(ar_bag), SHARED),
        MixedRuns(SentenceRuns(en), BagRuns(en_bag), SHARED),
    )
