"""Which Arabic span is which English name, in texts that translate each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bialign.align.parts import parts, words_between
from bialign.align.spans import WEIGHTS, Span, candidates, fitness
from bialign.align.words import LONGEST, word_posteriors
from bialign.errors import UsageError
from bialign.model import Evidence, Known, Mention, NamePair
from bialign.names.mentions import find_names
from bialign.text.arabic import fold_arabic
from bialign.text.sentences import Token

#: See ``judged``.
Judged = tuple[int, Mention, list[Token], list[Span], NDArray[np.float64]]

#: A pair below this probability is not given.
ENOUGH = 0.2


def align_names(
    pairs: Sequence[tuple[str, str]],
    en_names: Sequence[Sequence[tuple[int, int]]] | None = None,
    known: Known | None = None,
) -> list[list[NamePair]]:
    """Pair the names of texts and their translations.

    Args:
        pairs: Arabic and English text of each pair, sentences or whole articles: long ones are cut
            into aligned sentences first. Words are aligned over all of them. A pair with a side of
            more than a million characters is passed over, a sentence of more than 500 words too.
        en_names: for each pair the ``(start, end)`` of its English names, code points; without
            it names are found by ``names.mentions.find_names``.
        known: attested names.

    Returns:
        For each pair its name pairs in the order of the English names; a name whose Arabic is not
        found is left out.

    Raises:
        UsageError: ``en_names`` has not one list a pair, or a span lies outside its text.
    """
    weights = np.array(list(WEIGHTS.values()))
    out: list[list[NamePair]] = [[] for _ in pairs]
    for k, mention, words, spans, seen in judged(pairs, en_names, known):
        if not spans:
            continue
        best = int((seen @ weights).argmax())
        spelled, meant = seen[best, -2:].tolist()
        found = _paired(mention, spans[best], words, spelled, meant, k)
        if found.probability >= ENOUGH:
            out[k].append(found)
    return out


def judged(
    pairs: Sequence[tuple[str, str]],
    en_names: Sequence[Sequence[tuple[int, int]]] | None = None,
    known: Known | None = None,
) -> list[Judged]:
    """The candidates of each English name and what is seen of them.

    Args:
        pairs: as for ``align_names``.
        en_names: as for ``align_names``.
        known: as for ``align_names``.

    Returns:
        For each English name the place of its pair, itself, the Arabic words it is looked for in,
        its candidates and what ``spans.fitness`` sees of each.
    """
    cut = parts(pairs)
    mentions = _mentions(pairs, en_names, known, {part.pair for part in cut})
    ar_tokens = [words_between(pairs[p.pair][0], p.ar_start, p.ar_end, LONGEST) for p in cut]
    en_tokens = [words_between(pairs[p.pair][1], p.en_start, p.en_end, LONGEST) for p in cut]
    posteriors = word_posteriors(
        [([t.text for t in ar], [t.text for t in en]) for ar, en in zip(ar_tokens, en_tokens, strict=True)],
        known,
    )
    counts = Counter(fold_arabic(t.text) for side in ar_tokens for t in side)
    asked: list[tuple[int, Mention, list[Token], list[Span]]] = []
    for part, ar, en, (one, other) in zip(cut, ar_tokens, en_tokens, posteriors, strict=True):
        text = pairs[part.pair][0]
        for mention in mentions[part.pair]:
            if part.en_start <= mention.start < part.en_end:
                inside = [i for i, t in enumerate(en) if t.start < mention.end and mention.start < t.end]
                spans = candidates(text, ar, one, other, inside, mention.text, counts)
                asked.append((part.pair, mention, ar, spans))
    fits = fitness([(mention.text, spans) for _, mention, _, spans in asked], known)
    return [(*one, seen) for one, seen in zip(asked, fits, strict=True)]


def _mentions(
    pairs: Sequence[tuple[str, str]],
    en_names: Sequence[Sequence[tuple[int, int]]] | None,
    known: Known | None,
    read: set[int],
) -> list[list[Mention]]:
    if en_names is None:
        return [find_names(en, "en", known) if k in read else [] for k, (_, en) in enumerate(pairs)]
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


def _paired(
    mention: Mention, span: Span, words: Sequence[Token], spelled: float, meant: float, k: int
) -> NamePair:
    """The pair of a name and its best span, with what speaks for it."""
    probability = 1 - (1 - span.share) * (1 - spelled) * (1 - max(meant - 0.3, 0.0))
    ar = Mention(
        span.text,
        span.start,
        span.end,
        words[span.first].start,
        words[span.last].end,
        mention.type,
        "aligned with the English name",
    )
    detail = f"word links {span.share:.2f}, spelling {spelled:.2f}, meaning {meant:.2f}"
    evidence = (Evidence("parallel", detail, f"pair {k}"),)
    return NamePair(ar, mention, round(min(max(probability, 0.0), 1.0), 4), evidence)
