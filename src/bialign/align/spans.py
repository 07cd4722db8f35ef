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

#: How many more words than the English name its Arabic may have.
MORE_WORDS: Final = 3
#: What an unlinked word costs its span, how much a link to another English word costs it, and the
#: least posterior of the span's best word.
NEUTRAL, ELSEWHERE, LEAST = 0.15, 0.5, 0.04
#: Spans of a name that spelling and meaning decide between, after the links.
NEAREST: Final = 7
#: Weights of covered English words, spelling, meaning, and of a word more or fewer.
COVERED, SPELLED, MEANT, UNEVEN = 0.7, 1.2, 2.0, 0.04
#: Weight and bound of what the corpus says of a proclitic: how often it has the word without it.
CUT, MOST_CUT = 0.1, 0.4
#: What stands against a proclitic beforehand; before the article nothing does.
_AGAINST: Final = {"و": 0.05, "ب": 0.15, "ل": 0.15, "ف": 0.3, "ك": 0.3, "س": 0.4}
#: What a word for a kind of thing costs the span of a name that does not say it.
KIND: Final = 0.8
#: Words no name begins or ends with.
_PARTICLES: Final = frozenset(
    fold_arabic(
        "في من على إلى عن مع هو هي هم هل ما متى أين كيف كم لماذا ماذا أي أن إن أو ثم قد لقد كان كانت يكون"
        " تكون التي الذي الذين هذا هذه ذلك تلك بين بعد قبل عند خلال حتى منذ حول لدى ضد كما لا لم لن ليس ليست"
        " تم يتم فيها فيه منها منه عليه عليها إليه إليها له لها به بها لهم بأن لأن وهو وهي وكان وكانت أيضا"
    ).split()
)
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
        linked: what the links are worth.
        share: mean link posterior of its words.
    """

    first: int
    last: int
    start: int
    end: int
    text: str
    linked: float
    share: float


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
    worth = held - ELSEWHERE * np.minimum(both.sum(axis=1) - held, 1.0) - NEUTRAL
    worth -= _kind_costs(words, name)
    fit = [_may_bound(word.text) for word in words]
    ranked: list[tuple[float, int, int]] = []
    for first in range(len(words)):
        if not fit[first]:
            continue
        gain = 0.0
        top = np.zeros(len(inside), np.float32)
        for last in range(first, min(first + len(inside) + MORE_WORDS, len(words))):
            gain += float(worth[last]) if words[last].text[0].isalnum() else 0.0
            top = np.maximum(top, columns[last])
            if fit[last] and held[first : last + 1].max() >= LEAST:
                uneven = abs(last - first + 1 - len(inside))
                ranked.append((gain + COVERED * float(top.sum()) - UNEVEN * uneven, first, last))
    ranked.sort(key=lambda item: -item[0])
    found: list[Span] = []
    for gain, first, last in ranked[:NEAREST]:
        share = float(held[first : last + 1].mean())
        start, end = words[first].start, words[last].end
        for cut, bonus in _proclitics(words[first].text, counts):
            written = text[start + cut : end]
            if cut and words[first].text[cut - 1 : cut + 1] == "لل":
                written = "ا" + written
            found.append(Span(first, last, start + cut, end, written, gain + bonus, share))
    return found


def _kind_costs(words: Sequence[Token], name: str) -> Floats:
    """What each word costs its span where it is for a kind of thing that the name does not say."""
    english = frozenset(name.casefold().replace("-", " ").split())
    costs: list[float] = []
    for word in words:
        folded = fold_arabic(word.text)
        says = _KINDS.get(folded, _KINDS.get(folded[1:]) if folded[:1] in _AGAINST else None)
        costs.append(0.0 if says is None or says & english else KIND)
    return np.array(costs, np.float32)


def _may_bound(word: str) -> bool:
    """Whether a name may begin or end with the word."""
    return word[0].isalnum() and fold_arabic(word) not in _PARTICLES


def _proclitics(word: str, counts: Mapping[str, int]) -> list[tuple[int, float]]:
    """How many letters may stand before the name, and what the corpus says of each cut."""
    whole = counts.get(fold_arabic(word), 1) - 1
    out = [(0, 0.0)]
    at, against = 0, 0.0
    for letters in ("وف", "بلكس"):
        if at < len(word) - 2 and word[at] in letters:
            at += 1
            rest = "ا" + word[at:] if word[at - 1 : at + 1] == "لل" else word[at:]
            alone = counts.get(fold_arabic(rest), 0)
            says = CUT * float(np.log((alone + 0.1) / (whole + 0.1)))
            against += -MOST_CUT if rest.startswith("ال") and len(rest) > 4 else _AGAINST[word[at - 1]]
            out.append((at, min(max(says, -MOST_CUT), MOST_CUT) - against))
    return out


def fitness(
    asked: Sequence[tuple[str, Sequence[Span]]], known: Known | None = None
) -> list[tuple[Floats, Floats, Floats]]:
    """How well each candidate fits its English name.

    Args:
        asked: English names with their candidates.
        known: attested names; an attested spelling counts as a sure one.

    Returns:
        For each name the total, the spelling's probability and the meaning's cosine of each
        candidate.
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
    out: list[tuple[Floats, Floats, Floats]] = []
    at = 0
    for _, spans in asked:
        part = slice(at, at + len(spans))
        at += len(spans)
        linked = np.array([span.linked for span in spans])
        total = linked + SPELLED * spelled[part] + MEANT * meant[part]
        out.append((total.astype(np.float32), spelled[part].astype(np.float32), meant[part]))
    return out
