"""Spellings no page carries: generated Arabic, proposed English. Their entries say so."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from bialign.model import Candidate, NameType
from bialign.names.gazetteer import english_of
from bialign.names.matching import match_many
from bialign.names.translated import is_transliterated
from bialign.names.transliteration import arabize_many, romanize_many
from bialign.text.latin import latin_key

_PROPOSED: Final = 3
# From this probability on a word is spelled as the other sounds, so that it is no translation.
_ALIKE: Final = 0.5


def known_words(names: Iterable[tuple[str, str, int]]) -> dict[str, str]:
    """How Arabic writes the words of names whose Arabic was seen.

    Args:
        names: the Arabic, an English spelling of as many words, and how often that was seen.

    Returns:
        By the comparison key of an English word the Arabic word it most often stands for, where
        the one is spelled as the other sounds.

    >>> known_words([("درعا", "Daraa", 3), ("نهر الفرات", "Euphrates River", 1)])
    {'dara': 'درعا'}
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for ar, en, times in names:
        if len(ar.split()) == len(en.split()):
            for ar_word, en_word in zip(ar.split(), en.split(), strict=True):
                counts[latin_key(en_word)][ar_word] += times
    best = {key: min(found, key=lambda word: (-found[word], word)) for key, found in counts.items() if key}
    alike = match_many([(ar, key) for key, ar in best.items()]).tolist()
    return {key: ar for (key, ar), p in zip(best.items(), alike, strict=True) if p >= _ALIKE}


def generated_arabic(names: Sequence[str], known: Mapping[str, str] | None = None) -> list[Candidate | None]:
    """The likeliest Arabic of each transliterated name; None for a translated one.

    A translated name (``Free Syrian Army``) is never transliterated letter by letter.

    Args:
        names: English names.
        known: from ``known_words``; these words are written so.
    """
    wanted = [i for i, name in enumerate(names) if is_transliterated(name)]
    made = arabize_many([names[i] for i in wanted], n=1)
    best = {
        i: _written(names[i], candidates[0], known or {})
        for i, candidates in zip(wanted, made, strict=True)
        if candidates
    }
    return [best.get(i) for i in range(len(names))]


def _written(name: str, made: Candidate, known: Mapping[str, str]) -> Candidate:
    """The candidate, its words written as they are known to be."""
    words, arabic = name.split(), made.text.split()
    if len(words) != len(arabic):
        return made
    text = " ".join(known.get(latin_key(en), ar) for en, ar in zip(words, arabic, strict=True))
    return replace(made, text=text)


def proposed_english(names: Sequence[tuple[str, NameType]]) -> list[list[Candidate]]:
    """English spellings to propose for Arabic names that no page spells in English.

    A gazetteer's name first (attested), then the model's; persons are never looked up among places.

    Args:
        names: each with its type.

    Returns:
        For each name up to three candidates, one at least.
    """
    proposed = []
    made = romanize_many([ar for ar, _ in names], n=_PROPOSED)
    for (ar, kind), candidates in zip(names, made, strict=True):
        known = [] if kind == "person" else english_of(ar)[:1]
        found = [Candidate(g.en, 1.0, attested=True) for g in known]
        found += [c for c in candidates if c.text not in {g.en for g in known}]
        proposed.append(found[:_PROPOSED] or [Candidate(ar, 0.0)])
    return proposed
