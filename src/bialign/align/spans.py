"""Arabic spans that may be the name at an English span, and how well each fits.

A span is judged by the links of its words, by its spelling and by its meaning as a whole; the
links of a rare name are weak, its spelling is strong, and a translated name has its meaning.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bialign.align.vectors import finished, pooled
from bialign.model import Known
from bialign.names.matching import match_many
from bialign.text.arabic import fold_arabic
from bialign.text.sentences import Token

Floats = NDArray[np.float32]

#: How many more words than the English name its Arabic may have, and the least posterior of the
#: span's best word.
MORE_WORDS: Final = 4
LEAST: Final = 0.04
#: Spans of a name that are judged as a whole, those of the best links.
NEAREST: Final = 10
#: Bound of what the corpus says of a proclitic: how often it has the word without it.
MOST_SAID: Final = 4.0
#: What is seen of a span, and what it is worth (fitted on made pairs; see ``data/README.md``).
WEIGHTS: Final = {
    "linked": 0.59,
    "elsewhere": -3.33,
    "words": 0.37,
    "covered": 0.69,
    "longer": 0.01,
    "shorter": -0.38,
    "first": -0.13,
    "last": 1.04,
    "lost": -1.77,
    "particles": -1.36,
    "open": -0.59,
    "kinds": -4.67,
    "left alone": 2.26,
    "right alone": -1.19,
    "cut": -1.92,
    "cut before the article": 0.71,
    "cut fa or kaf": -2.73,
    "cut said": 0.76,
    "spelled": 6.71,
    "meant": 8.06,
}
_PLACE: Final = {name: number for number, name in enumerate(WEIGHTS)}
#: Words that seldom begin or end a name, and words that never end one.
_PARTICLES: Final = frozenset(
    fold_arabic(
        "في من على إلى عن مع هو هي هم هل ما متى أين كيف كم لماذا ماذا أي أن إن أو ثم قد لقد كان كانت يكون"
        " تكون التي الذي الذين هذا هذه ذلك تلك بين بعد قبل عند خلال حتى منذ حول لدى ضد كما لا لم لن ليس ليست"
        " تم يتم فيها فيه منها منه عليه عليها إليه إليها له لها به بها لهم بأن لأن وهو وهي وكان وكانت أيضا"
    ).split()
)
_OPEN: Final = frozenset(fold_arabic("ابن بن أبو أبي أبا بنت أم عبد آل ذو ذي بو سيدي").split())
_PROCLITICS: Final = ("وف", "بلكس")
#: Arabic words that say what kind of thing a name is, with the English that make one a part of it.
#: Translators put them before names where the English has none. Before a name most stand without the
#: article; with it they are often the name itself (المدينة).
_KINDS: Final = {
    fold_arabic(word): frozenset(english.split())
    for word, english in {
        "فيلم": "film movie",
        "مسلسل": "series show drama",
        "سلسلة": "series chain",
        "رواية": "novel",
        "كتاب": "book",
        "مسرحية": "play",
        "أغنية": "song",
        "لعبة": "game",
        "برنامج": "program programme show",
        "مجلة": "magazine journal review",
        "صحيفة": "newspaper paper",
        "جريدة": "newspaper paper",
        "قناة": "channel canal tv",
        "وكالة": "agency",
        "موقع": "site website",
        "شركة": "company corporation group inc",
        "مدينة": "city town",
        "بلدة": "town township",
        "قرية": "village",
        "محافظة": "governorate province",
        "ولاية": "state province wilayat wilayah",
        "مقاطعة": "county district province",
        "منطقة": "area region district zone",
        "المسلسل": "series show drama",
        "التلفزيوني": "television tv",
        "الدكتور": "dr doctor",
    }.items()
}


@dataclass(frozen=True, slots=True)
class Span:
    """A candidate.

    Args:
        first: its first word.
        last: its last word.
        start: where the name begins, without proclitics.
        end: where it ends.
        text: the name; لل gives back ال.
        share: mean link posterior of its words.
        seen: what ``WEIGHTS`` weighs, in its order; spelling and meaning are still zero.
    """

    first: int
    last: int
    start: int
    end: int
    text: str
    share: float
    seen: tuple[float, ...]


def candidates(
    text: str,
    words: Sequence[Token],
    one: Floats,
    other: Floats,
    inside: Sequence[int],
    name: str,
    counts: Mapping[str, int],
) -> list[Span]:
    """The likeliest spans by links, each with and without what may be proclitics.

    Args:
        text: the Arabic text.
        words: its words.
        one: posteriors of each Arabic word's source ``[ar, en]``.
        other: posteriors of each English word's source ``[ar, en]``.
        inside: the English words of the name.
        name: the English name.
        counts: how often the corpus has each folded Arabic word.
    """
    if not inside or not one.size:
        return []
    both = (one + other) / 2
    columns = both[:, inside]
    held = np.minimum(columns.sum(axis=1), 1.0)
    is_word = np.array([word.text[0].isalnum() for word in words])
    folded = [fold_arabic(word.text) for word in words]
    # by word, in the order of WEIGHTS: linked, elsewhere, words
    by_word = np.stack([held, np.minimum(both.sum(axis=1) - held, 1.0), np.ones(len(words))]) * is_word
    until = np.concatenate([np.zeros((3, 1)), np.cumsum(by_word, axis=1)], axis=1)
    kinds = np.concatenate([[0.0], np.cumsum(_kinds(folded, name))])
    # by word: how far it translates nothing and is no particle; with a border on either side
    free = [word not in _PARTICLES for word in folded]
    alone = np.pad(np.maximum(is_word - by_word[0] - by_word[1], 0) * free, 1)
    mass = float(held.sum())
    weights = np.array(list(WEIGHTS.values()))
    ranked: list[tuple[float, int, int, NDArray[np.float64]]] = []
    for first in np.nonzero(is_word)[0].tolist():
        top = np.zeros(len(inside), np.float32)
        for last in range(first, min(first + len(inside) + MORE_WORDS, len(words))):
            top = np.maximum(top, columns[last])
            if not is_word[last] or held[first : last + 1].max() < LEAST:
                continue
            sums = until[:, last + 1] - until[:, first]
            uneven = last - first + 1 - len(inside)
            seen = np.zeros(len(WEIGHTS))
            seen[:14] = (
                *sums,
                float(top.sum()),
                max(uneven, 0),
                max(-uneven, 0),
                held[first],
                held[last],
                mass - sums[0],
                sum(float(1 - held[at]) for at in {first, last} if folded[at] in _PARTICLES),
                folded[last] in _OPEN,
                kinds[last + 1] - kinds[first],
                alone[first],
                alone[last + 2],
            )
            ranked.append((float(seen @ weights), first, last, seen))
    ranked.sort(key=lambda item: -item[0])
    found: list[Span] = []
    for _, first, last, seen in ranked[:NEAREST]:
        share = float(held[first : last + 1].mean())
        start, end = words[first].start, words[last].end
        for cut, said in _proclitics(words[first].text, counts):
            written = text[start + cut : end]
            if cut and words[first].text[cut - 1 : cut + 1] == "لل":
                written = "ا" + written
            seen[_PLACE["cut"] : _PLACE["cut"] + 4] = said
            found.append(Span(first, last, start + cut, end, written, share, tuple(seen.tolist())))
    return found


def _kinds(folded: Sequence[str], name: str) -> list[bool]:
    """Which words are for a kind of thing that the name does not say."""
    english = frozenset(name.casefold().replace("-", " ").split())
    out: list[bool] = []
    for word in folded:
        says = _KINDS.get(word, _KINDS.get(word[1:]) if word[:1] in "وفبلكس" else None)
        out.append(says is not None and not says & english)
    return out


def _proclitics(word: str, counts: Mapping[str, int]) -> list[tuple[int, tuple[float, ...]]]:
    """How many letters may stand before the name, and what is seen of each cut."""
    whole = counts.get(fold_arabic(word), 1) - 1
    out: list[tuple[int, tuple[float, ...]]] = [(0, (0.0, 0.0, 0.0, 0.0))]
    at, article, rare, said = 0, 0.0, 0.0, 0.0
    for letters in _PROCLITICS:
        if at < len(word) - 2 and word[at] in letters:
            at += 1
            rest = "ا" + word[at:] if word[at - 1 : at + 1] == "لل" else word[at:]
            alone = counts.get(fold_arabic(rest), 0)
            says = float(np.log((alone + 0.1) / (whole + 0.1)))
            article += rest.startswith("ال") and len(rest) > 4
            rare += word[at - 1] in "فكس"
            said = min(max(says, -MOST_SAID), MOST_SAID)
            out.append((at, (at, article, rare, said)))
    return out


def fitness(
    asked: Sequence[tuple[str, Sequence[Span]]], known: Known | None = None
) -> list[NDArray[np.float64]]:
    """What is seen of each candidate, spelling and meaning with it.

    Args:
        asked: English names with their candidates.
        known: attested names; an attested spelling counts as a sure one.

    Returns:
        For each name ``[candidates, features]`` in the order of ``WEIGHTS``; the last two are the
        spelling's probability and the meaning's cosine.
    """
    pairs = [(span.text, name) for name, spans in asked for span in spans]
    spelled = match_many(pairs)
    if known is not None:
        attested = {name: {fold_arabic(ar) for ar, _ in known.arabic(name)} for name, _ in asked}
        spelled = np.array(
            [
                1.0 if fold_arabic(ar) in attested[en] else spelling
                for (ar, en), spelling in zip(pairs, spelled.tolist(), strict=True)
            ]
        )
    texts = list(dict.fromkeys(text for pair in pairs for text in pair))
    place = {text: number for number, text in enumerate(texts)}
    vectors = finished(*pooled(texts)) if texts else np.zeros((0, 1), np.float32)
    rows = np.array([[place[ar], place[en]] for ar, en in pairs], np.int64).reshape(-1, 2)
    meant = np.einsum("nd,nd->n", vectors[rows[:, 0]], vectors[rows[:, 1]])
    out: list[NDArray[np.float64]] = []
    at = 0
    for _, spans in asked:
        part = slice(at, at + len(spans))
        at += len(spans)
        seen = np.array([span.seen for span in spans], np.float64).reshape(len(spans), len(WEIGHTS))
        seen[:, -2], seen[:, -1] = spelled[part], meant[part]
        out.append(seen)
    return out
