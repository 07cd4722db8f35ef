"""Whether two names are one name, in whichever scripts they are.

Two scripts are ``matching``'s. Two names in one script are compared by their letters, and by way of
the likeliest spellings of each in the other script.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bialign.model import Match
from bialign.names.arabic_pairs import same_arabic_many
from bialign.names.calibration import Floats
from bialign.names.differences import differences
from bialign.names.latin_pairs import same_latin_many
from bialign.names.letters import fold, overlong, whole_arabic, whole_latin
from bialign.names.matching import arabic_letters, latin_letters, match, match_many
from bialign.names.models import calibrators
from bialign.names.transliteration import arabize_many, romanize_many
from bialign.text.presence import has_arabic, has_latin

#: Spellings in the other script by way of which two names of one script are compared.
_WAYS: Final = 4
#: Probabilities this near to none or to all are as far as log-odds go.
_CERTAIN: Final = 1e-4
#: Those of ``spelled_features`` that ``latin_features`` gives.
LATIN_COLUMNS: Final = (0, 1, 3)
#: Difference classes that the same words do not have.
_UNLIKE: Final = frozenset({"different", "expansion"})


def same_name(a: str, b: str) -> Match:
    """Whether two names in any script are one name.

    Two names in different scripts are compared by ``match``. Two in one script are compared by
    way of the likeliest spellings of each in the other script, and by their letters too; where one
    is longer than a name can be (``letters.overlong``), whether all their letters are the same.

    Returns:
        The probability, the evidence and, for two Latin spellings, the difference classes.
    """
    arabic_a, arabic_b = has_arabic(a), has_arabic(b)
    if arabic_a != arabic_b:
        return match(a, b) if arabic_a else match(b, a)
    if arabic_a:
        return _same_whole(a, b, arabic=True) if _long(a, b) else _same_arabic(a, b)
    if has_latin(a) and has_latin(b):
        return _same_whole(a, b, arabic=False) if _long(a, b) else _same_latin(a, b)
    return Match(float(bool(a.strip()) and a == b), ("no letters to compare",))


def same_many(pairs: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
    """The probabilities of ``same_name`` for many pairs at once; float64 of their number."""
    result = np.zeros(len(pairs))
    arabic = np.array([(has_arabic(a), has_arabic(b)) for a, b in pairs], dtype=bool).reshape(-1, 2)
    latin = np.array([has_latin(a) and has_latin(b) for a, b in pairs], dtype=bool) & ~arabic.any(axis=1)
    across = arabic[:, 0] != arabic[:, 1]
    turned = [
        pairs[k] if arabic[k, 0] else (pairs[k][1], pairs[k][0]) for k in np.flatnonzero(across).tolist()
    ]
    result[across] = match_many(turned)
    long = np.array([_long(a, b) for a, b in pairs], dtype=bool)
    for where, judge in ((arabic.all(axis=1) & ~long, _arabic_many), (latin & ~long, _latin_many)):
        some = [pairs[k] for k in np.flatnonzero(where).tolist()]
        if some:
            result[where] = judge(some)
    rest = ~across & (long | ~(arabic.all(axis=1) | latin))
    result[rest] = [same_name(*pairs[k]).probability for k in np.flatnonzero(rest).tolist()]
    return result


def _long(a: str, b: str) -> bool:
    return overlong(a) or overlong(b)


def _same_whole(a: str, b: str, *, arabic: bool) -> Match:
    """Whether two texts too long for names have the same letters, to their ends."""
    one, other = (fold(whole_arabic(name)) if arabic else whole_latin(name) for name in (a, b))
    same = bool(one) and one == other
    told = "too long for a name: " + ("the same letters" if same else "not the same letters")
    return Match(float(same), (told,), () if arabic else differences(a, b))


def _arabic_many(pairs: Sequence[tuple[str, str]]) -> Floats:
    """Letters and sound must both agree: حسن and حسان are both Hassan, and two names."""
    letters = same_arabic_many(pairs)
    ways, _ = _ways(pairs, arabic=True)
    return np.where(letters == 1.0, 1.0, np.minimum(letters, ways.mean(axis=1)))


def _latin_many(pairs: Sequence[tuple[str, str]]) -> Floats:
    same = np.array([latin_letters(a) == latin_letters(b) for a, b in pairs], dtype=bool)
    return np.where(same, 1.0, calibrators()["spelled"](spelled_features(pairs)[0]))


def _same_arabic(a: str, b: str) -> Match:
    letters = float(same_arabic_many([(a, b)])[0])
    if letters == 1.0:
        return Match(letters, ("the same letters, but for what spellings leave open",))
    if not (arabic_letters(a) and arabic_letters(b)):
        return Match(float(a == b), ("no letters to compare",))
    _, lines = _ways([(a, b)], arabic=True)
    return Match(float(_arabic_many([(a, b)])[0]), (f"by their letters: {letters:.2f}", *lines))


def _same_latin(a: str, b: str) -> Match:
    found = differences(a, b)
    if latin_letters(a) == latin_letters(b):
        return Match(1.0, ("the same letters",), found)
    rows, lines = spelled_features([(a, b)])
    return Match(float(calibrators()["spelled"](rows)[0]), tuple(lines), found)


def latin_features(pairs: Sequence[tuple[str, str]]) -> tuple[Floats, list[str]]:
    """The first, second and fourth of ``spelled_features``, which the regression ``latin`` sees.

    ``evaluation.likeness`` has its scale from that regression; ``same_name`` uses ``spelled``.
    """
    rows, lines = spelled_features(pairs)
    return rows[:, LATIN_COLUMNS], lines


def spelled_features(pairs: Sequence[tuple[str, str]]) -> tuple[Floats, list[str]]:
    """What the judgement of two Latin spellings sees.

    Returns:
        Log-odds of the letters, log-odds by way of Arabic, mean of the two ways and lesser of them,
        whether one spelling alone ends in the a that makes a man's name a woman's, and whether the
        rules of romanisation (``differences``) find other words, or more of them: float64
        [pairs, 5]; a line of evidence for each pair.
    """
    ways, lines = _ways(pairs, arabic=False)
    seen = np.column_stack([same_latin_many(pairs), ways.mean(axis=1), ways.min(axis=1)])
    both = np.clip(seen, _CERTAIN, 1 - _CERTAIN)
    feminine = [_ends_in_a(a) != _ends_in_a(b) for a, b in pairs]
    unlike = [not _UNLIKE.isdisjoint(differences(a, b)) for a, b in pairs]
    return np.column_stack([np.log(both / (1 - both)), feminine, unlike]), lines


def _ends_in_a(name: str) -> bool:
    return latin_letters(name).removesuffix("h").endswith("a")


def _ways(pairs: Sequence[tuple[str, str]], *, arabic: bool) -> tuple[Floats, list[str]]:
    """Each name's match with what the other may be in the other script, by how likely that is.

    Args:
        pairs: two names in one script.
        arabic: whether that is the Arabic one.

    Returns:
        The probability of each pair both ways, [pairs, 2], 0 where a name has no letters; and the
        likeliest way of each pair, to read.
    """
    other = romanize_many if arabic else arabize_many
    lefts, rights = other([a for a, _ in pairs], n=_WAYS), other([b for _, b in pairs], n=_WAYS)
    asked: list[tuple[str, str]] = []
    rows: list[tuple[int, int]] = []
    weights: list[float] = []
    for k, ((a, b), left, right) in enumerate(zip(pairs, lefts, rights, strict=True)):
        for way, (name, spellings) in enumerate(((b, left), (a, right)) if left and right else ()):
            total = sum(c.probability for c in spellings) or 1.0
            asked += [(name, c.text) for c in spellings]
            rows += [(k, way)] * len(spellings)
            weights += [c.probability / total for c in spellings]
    found = match_many(asked if arabic else [(ar, en) for en, ar in asked])
    result, best = np.zeros((len(pairs), 2)), np.zeros(len(pairs))
    lines = ["no letters to compare"] * len(pairs)
    for (name, spelling), row, weight, probability in zip(asked, rows, weights, found, strict=True):
        result[row] += weight * probability
        if weight * probability >= best[row[0]]:
            best[row[0]] = weight * probability
            lines[row[0]] = f"by way of {spelling} for {name}: {probability:.2f}"
    return result, lines
