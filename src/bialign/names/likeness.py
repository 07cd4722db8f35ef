"""Whether two romanised words can be one Arabic word, sound by sound.

Stricter than an edit distance and looser than the comparison key: the consonants must agree but
for the exchanges that romanisations and dialects make, and each vowel must be one that the other
spelling may stand for. Hassan and Hussein have the same consonants and are two names.
"""

from __future__ import annotations

import functools
from typing import Final

import regex

from bialign.text.romanised import sounds

_PARTS: Final = regex.compile(r"([aeiuYW]*)([^aeiuYW]?)")

# Pairs of vowels (as ``sounds`` writes them; nothing is the empty string) that one Arabic vowel
# is written with. A and i, a and u are different Arabic vowels and stay apart.
_VOWEL_PAIRS: Final = """
    e/a e/i e/Y e/ i/ u/ e/u W/u W/au W/a Y/ai Y/ae Y/ea
    ia/a ia/ea ia/ie ie/i ei/i ui/ue ai/ae ae/a ea/a
"""
_VOWELS: Final = frozenset(frozenset(pair.split("/")) for pair in _VOWEL_PAIRS.split())
# A slot left empty at either end is a missing syllable, not an inserted vowel.
_INNER: Final = frozenset({frozenset(("e", "")), frozenset(("i", "")), frozenset(("u", ""))})
_E_OR_A: Final = frozenset("ea")
_DOUBLED: Final = regex.compile(r"([^aeiouy])\1")
# Consonants that writers exchange: dialect (q as g, th as s, dh as z), Turkish and Persian habits.
_EXCHANGED: Final = frozenset(
    map(
        frozenset,
        ("jk", "jG", "jy", "dz", "ts", "tz", "sz", "Kk", "Kh", "Gk", "vf", "vw", "pb", "CS", "xk", "dt"),
    )
)


@functools.lru_cache(maxsize=65_536)
def same_word(a: str, b: str) -> bool:
    """Whether two lower-case words without marks can be romanisations of one Arabic word.

    >>> same_word("hizbullah", "hezbollah"), same_word("hassan", "hussein"), same_word("amr", "omar")
    (True, False, False)
    """
    x, y = sounds(a), sounds(b)
    if x == y:
        return True
    left, right = _split(x), _split(y)
    if len(left) != len(right):
        return False
    doubled = _DOUBLED.findall(a) != _DOUBLED.findall(b)
    # The more consonants agree, the less a vowel weighs: one may disagree among four, two from five.
    spare = min(max(len(left) - 4, 0), 2)
    budget = 1 if len(left) < 6 else 2
    for place, ((vowel_a, cons_a), (vowel_b, cons_b)) in enumerate(zip(left, right, strict=True)):
        if cons_a != cons_b:
            budget -= 1
            if budget < 0 or frozenset((cons_a, cons_b)) not in _EXCHANGED:
                return False
        if vowel_a == vowel_b:
            continue
        pair = frozenset((vowel_a, vowel_b))
        if not _alike(pair, place, len(left)):
            spare -= 1
            if spare < 0 or place == len(left) - 1:
                return False
        # Fahd and Fahed are one name; Nasr and Nasser, Jaber and Jabbar are not.
        if doubled and ("" in pair or (pair == _E_OR_A and len(left) == 4)):
            return False
    return True


def _split(word: str) -> list[tuple[str, str]]:
    """Vowels before each consonant, the last pair holding the vowels behind the last consonant."""
    pairs: list[tuple[str, str]] = _PARTS.findall(word)
    return pairs[:-1] if len(pairs) > 1 and not pairs[-2][1] else pairs


def _alike(pair: frozenset[str], place: int, places: int) -> bool:
    if pair in _INNER:
        last = place == places - 2
        return ("i" in pair and place == 0) or (0 < place < places - 1 and (not last or "e" in pair))
    if pair == frozenset("Yi"):
        return places > 4
    return pair in _VOWELS
