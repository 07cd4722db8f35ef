"""Spellings no page carries: generated Arabic, proposed English. Their entries say so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bialign.model import Candidate, NameType
from bialign.names.gazetteer import english_of
from bialign.names.translated import is_transliterated
from bialign.names.transliteration import arabize_many, romanize_many

_PROPOSED: Final = 3


def generated_arabic(names: Sequence[str]) -> list[Candidate | None]:
    """The likeliest Arabic of each transliterated name; None for a translated one.

    A translated name (``Free Syrian Army``) is never transliterated letter by letter.
    """
    wanted = [i for i, name in enumerate(names) if is_transliterated(name)]
    made = arabize_many([names[i] for i in wanted], n=1)
    best = {i: candidates[0] for i, candidates in zip(wanted, made, strict=True) if candidates}
    return [best.get(i) for i in range(len(names))]


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
