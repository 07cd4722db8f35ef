"""What is known of a word pair before any corpus: meaning by vectors, names by consonants.

The multilingual sentence encoder reads one word as well as a sentence. Its cosines are made
comparable by subtracting what either word reaches with its nearest common words of the other
language (cross-domain similarity local scaling, Conneau et al. 2018). A capitalised English word
is also compared letter by letter, over consonants only, because names are what vectors know least.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np
import regex
from numpy.typing import NDArray
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from bialign.align.stems import arabic_stem
from bialign.align.vectors import finished, pooled
from bialign.model import Known
from bialign.text.arabic import fold_arabic

Floats = NDArray[np.float32]

#: Weight of the scaled cosine, and the cosine that says nothing.
MEANING, NEUTRAL = 8.0, -0.18
#: Weight of the consonants, the likeness from which they count, and of an attested pair.
SPELLING, ALIKE, ATTESTED = 6.0, 0.6, 4.0
#: Common words that a word's neighbourhood is taken from, and how many neighbours.
COMMON, NEIGHBOURS = 2000, 5
#: Rows compared at a time.
CHUNK = 2000

_ARABIC_CLASSES: Final = str.maketrans("بپتطثجغحهخقكدضذظزسصشفڤرلمن", "bbtttgghhkkkdddsssssffrlmn")
_ARABIC_OTHER: Final = regex.compile(r"[^بپتطثجغحهخقكدضذظزسصشفڤرلمن]")
_LATIN_GROUPS: Final = (
    (regex.compile(r"tch|ch|sh|c(?=[eiy])"), "s"),
    (regex.compile(r"ph"), "f"),
    (regex.compile(r"th"), "t"),
    (regex.compile(r"dh"), "d"),
    (regex.compile(r"kh|ck"), "k"),
    (regex.compile(r"gh"), "g"),
    (regex.compile(r"x"), "ks"),
    (regex.compile(r"[^b-df-hj-np-tvz]"), ""),
)
_LATIN_CLASSES: Final = str.maketrans("pjqczv", "bgkksf")
_DOUBLED: Final = regex.compile(r"(.)\1+")


def arabic_consonants(word: str) -> str:
    """Consonant classes of an Arabic word without its clitics.

    >>> arabic_consonants("والبوكمال"), latin_consonants("Abu Kamal")
    ('bkml', 'bkml')
    """
    letters: str = _ARABIC_OTHER.sub("", arabic_stem(word)).translate(_ARABIC_CLASSES)
    return letters


def latin_consonants(word: str) -> str:
    """Consonant classes of an English word.

    >>> latin_consonants("Hassakeh"), arabic_consonants("الحسكة")
    ('hskh', 'hsk')
    """
    text = word.lower()
    for group, sign in _LATIN_GROUPS:
        text = group.sub(sign, text)
    folded: str = _DOUBLED.sub(r"\1", text.translate(_LATIN_CLASSES))
    return folded


class Likeness:
    """How many times likelier than chance any Arabic word translates any English one.

    Args:
        ar_words: the distinct Arabic words of a corpus, most frequent first.
        en_words: the distinct English words, likewise.
        known: attested names.
    """

    def __init__(self, ar_words: Sequence[str], en_words: Sequence[str], known: Known | None = None) -> None:
        self._ar, self._en = finished(*pooled(ar_words)), finished(*pooled(en_words))
        self._ar_near = _neighbourhood(self._ar, self._en[:COMMON])
        self._en_near = _neighbourhood(self._en, self._ar[:COMMON])
        self._ar_letters = [arabic_consonants(word) for word in ar_words]
        self._en_letters = [latin_consonants(word) if word[:1].isupper() else "" for word in en_words]
        self._attested = _attested(ar_words, en_words, known) if known else {}

    def factors(self, ar: NDArray[np.int64], en: NDArray[np.int64]) -> Floats:
        """The factor of each pair of two sentences' words.

        Args:
            ar: numbers of Arabic words ``[j]``.
            en: numbers of English words ``[i]``.

        Returns:
            Factors ``[j, i]``, 1 where nothing speaks for or against.
        """
        scaled = self._ar[ar] @ self._en[en].T
        scaled -= (self._ar_near[ar][:, None] + self._en_near[en]) / 2
        log = MEANING * (scaled - NEUTRAL)
        names = [i for i, word in enumerate(en.tolist()) if len(self._en_letters[word]) > 1]
        if names:
            log[:, names] += SPELLING * np.maximum(self._spelled(ar, en[names]) - ALIKE, 0)
        if self._attested:
            for j, word in enumerate(ar.tolist()):
                others = self._attested.get(word)
                if others:
                    log[j] += ATTESTED * np.isin(en, others)
        out: Floats = np.exp(log).astype(np.float32)
        return out

    def _spelled(self, ar: NDArray[np.int64], en: NDArray[np.int64]) -> Floats:
        """Likeness of the consonants, 0 to 1; a word of one consonant has none."""
        ar_letters = [self._ar_letters[word] for word in ar.tolist()]
        en_letters = [self._en_letters[word] for word in en.tolist()]
        alike = cdist(ar_letters, en_letters, scorer=Indel.normalized_similarity, dtype=np.float32)
        shorter = np.minimum.outer([len(x) for x in ar_letters], [len(x) for x in en_letters])
        out: Floats = alike * np.array([0, 0, 0.85, 1], np.float32)[np.minimum(shorter, 3)]
        return out


def _neighbourhood(vectors: Floats, common: Floats) -> Floats:
    """Mean cosine with the nearest of the common words ``[n]``."""
    near = min(NEIGHBOURS, len(common))
    parts = [
        np.partition(vectors[k : k + CHUNK] @ common.T, -near, axis=1)[:, -near:].mean(axis=1)
        for k in range(0, len(vectors), CHUNK)
    ]
    out: Floats = np.concatenate(parts) if parts else np.zeros(0, np.float32)
    return out


def _attested(ar_words: Sequence[str], en_words: Sequence[str], known: Known) -> dict[int, list[int]]:
    """For each Arabic word the English words of its attested spellings."""
    place: dict[str, list[int]] = {}
    for number, word in enumerate(en_words):
        place.setdefault(word.lower(), []).append(number)
    out: dict[int, list[int]] = {}
    for number, word in enumerate(ar_words):
        for written in {word, fold_arabic(word)}:
            for name, _ in known.spellings(written):
                if (spelled := place.get(name.lower())) is not None:
                    out.setdefault(number, []).extend(spelled)
    return out


def numbered(sentences: Sequence[Sequence[str]]) -> tuple[list[str], list[NDArray[np.int64]]]:
    """The distinct words, most frequent first, and each sentence as numbers of them."""
    counts = Counter(word for sentence in sentences for word in sentence)
    words = [word for word, _ in counts.most_common()]
    place = {word: number for number, word in enumerate(words)}
    return words, [np.array([place[word] for word in sentence], np.int64) for sentence in sentences]
