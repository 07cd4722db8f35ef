"""Which Arabic span is which English name, in texts that translate each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bialign.align.words import word_posteriors
from bialign.errors import UsageError
from bialign.model import Evidence, Known, Mention, NamePair
from bialign.names.matching import match_many
from bialign.names.mentions import find_names
from bialign.text.arabic import fold_arabic
from bialign.text.scripts import has_arabic
from bialign.text.sentences import Token, tokens

Floats = NDArray[np.float32]

#: How many more words than the English name its Arabic may have.
MORE_WORDS = 3
#: Link posterior that speaks neither for nor against a word of a span, and the least a span holds.
NEUTRAL, LEAST = 0.25, 0.05
#: Spans of a name that the spelling decides between.
NEAREST = 6
#: A pair below this probability is not given.
ENOUGH = 0.2

_CLITICS = "وفبلكس"


@dataclass(frozen=True, slots=True)
class _Span:
    """An Arabic span of a sentence pair: its words, its name without proclitics, its gain."""

    first: int
    last: int
    start: int
    end: int
    text: str
    gain: float


def align_names(
    pairs: Sequence[tuple[str, str]],
    en_names: Sequence[Sequence[tuple[int, int]]] | None = None,
    known: Known | None = None,
) -> list[list[NamePair]]:
    """Pair the names of texts and their translations.

    Args:
        pairs: Arabic and English text of each pair; words are aligned over all of them.
        en_names: for each pair the ``(start, end)`` of its English names, code points; without
            it names are found by ``names.mentions.find_names``.
        known: attested names.

    Returns:
        For each pair its name pairs in the order of the English names; a name whose Arabic is not
        found is left out.

    Raises:
        UsageError: ``en_names`` has not one list a pair, or a span lies outside its text.
    """
    mentions = _mentions(pairs, en_names, known)
    ar_tokens = [tokens(ar, "ar") for ar, _ in pairs]
    en_tokens = [tokens(en, "en") for _, en in pairs]
    posteriors = word_posteriors(
        [([t.text for t in ar], [t.text for t in en]) for ar, en in zip(ar_tokens, en_tokens, strict=True)],
        known,
    )
    seen = {fold_arabic(t.text) for side in ar_tokens for t in side}
    asked: list[tuple[int, Mention, list[_Span]]] = []
    for k, named in enumerate(mentions):
        mean = ((posteriors[k][0] + posteriors[k][1]) / 2).astype(np.float32)
        for mention in named:
            inside = [
                i for i, t in enumerate(en_tokens[k]) if t.start < mention.end and mention.start < t.end
            ]
            asked.append((k, mention, _spans(pairs[k][0], ar_tokens[k], mean, inside, seen)))
    spelled = match_many([(span.text, mention.text) for _, mention, spans in asked for span in spans])
    out: list[list[NamePair]] = [[] for _ in pairs]
    at = 0
    for k, mention, spans in asked:
        alike = spelled[at : at + len(spans)]
        at += len(spans)
        found = _chosen(mention, spans, alike, k)
        if found is not None:
            out[k].append(found)
    return out


def _mentions(
    pairs: Sequence[tuple[str, str]],
    en_names: Sequence[Sequence[tuple[int, int]]] | None,
    known: Known | None,
) -> list[list[Mention]]:
    if en_names is None:
        return [find_names(en, "en", known) for _, en in pairs]
    if len(en_names) != len(pairs):
        raise UsageError(f"{len(en_names)} lists of names for {len(pairs)} pairs", mend="one list a pair")
    out: list[list[Mention]] = []
    for number, ((_, en), spans) in enumerate(zip(pairs, en_names, strict=True)):
        for start, end in spans:
            if not 0 <= start < end <= len(en):
                raise UsageError(f"no text at {start}:{end}", place=f"pair {number}")
        out.append(
            [
                Mention(" ".join(en[start:end].split()), start, end, start, end, "other", "given")
                for start, end in spans
            ]
        )
    return out


def _spans(text: str, words: list[Token], mean: Floats, inside: list[int], seen: set[str]) -> list[_Span]:
    """The likeliest Arabic spans of an English name by the posteriors of its words."""
    if not inside or not words:
        return []
    held = mean[:, inside].max(axis=1)
    arabic = [has_arabic(t.text) and t.text[0].isalpha() for t in words]
    found: list[_Span] = []
    for first in range(len(words)):
        gain = 0.0
        for last in range(first, min(first + len(inside) + MORE_WORDS, len(words))):
            gain += float(held[last]) - NEUTRAL
            if not (arabic[first] and arabic[last]) or held[first : last + 1].max() < LEAST:
                continue
            start = words[first].start + _proclitics(words[first].text, seen)
            end = words[last].end
            found.append(_Span(first, last, start, end, text[start:end], gain))
    found.sort(key=lambda span: -span.gain)
    return found[:NEAREST]


def _proclitics(word: str, seen: set[str]) -> int:
    """How many letters before the name: conjunctions and prepositions the corpus has it without."""
    cut = 0
    while len(word) - cut > 3 and word[cut] in _CLITICS:
        rest = fold_arabic(word[cut + 1 :])
        if rest not in seen and not rest.startswith("ال"):
            break
        cut += 1
    return cut


def _chosen(mention: Mention, spans: list[_Span], alike: NDArray[np.float64], k: int) -> NamePair | None:
    """The span that links and spelling together like best."""
    if not spans:
        return None
    gains = np.array([span.gain for span in spans])
    width = np.array([span.last - span.first + 1 for span in spans])
    total = gains / width + alike
    best = int(total.argmax())
    links = gains[best] / width[best] + NEUTRAL
    probability = float(np.clip(1 - (1 - links) * (1 - alike[best]), 0, 1))
    if probability < ENOUGH:
        return None
    span = spans[best]
    ar = Mention(span.text, span.start, span.end, span.start, span.end, mention.type, "aligned")
    evidence = (Evidence("parallel", f"word links {links:.2f}, spelling {alike[best]:.2f}", f"pair {k}"),)
    return NamePair(ar, mention, round(probability, 4), evidence)
