"""A pair of names to the probability that they are one name, with the evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bialign.model import Match
from bialign.names.arabic_pairs import same_arabic_many
from bialign.names.calibration import Floats
from bialign.names.differences import differences
from bialign.names.gazetteer import english_of, latin_fold
from bialign.names.latin_pairs import same_latin_many
from bialign.names.lattice import Ints, best_path
from bialign.names.laying import Laid, lay
from bialign.names.letters import fold, plain_arabic, plain_latin
from bialign.names.models import calibrators, romanizer
from bialign.names.sides import Side, arabic_side, latin_side
from bialign.names.transliteration import PROMINENT, arabize_many, romanize_many
from bialign.names.units import kin_joined
from bialign.text.scripts import has_arabic, has_latin

#: Pairs laid side by side at once.
_AT_ONCE: Final = 100_000
#: What is left of a probability where no part of one name answers a part of the other.
_NOTHING: Final = 0.2
#: Spellings in the other script by way of which two names of one script are compared.
_WAYS: Final = 4
#: Probabilities this near to none or to all are as far as log-odds go.
_CERTAIN: Final = 1e-4
#: Difference classes that the same words do not have.
_UNLIKE: Final = frozenset({"different", "expansion"})
#: Probability of a pair that the gazetteer has, at the least.
_GAZETTED: Final = 0.97
#: A pair this probable need not be judged again.
_SURE: Final = 0.9
#: Names whose plain letters are remembered between calls.
_REMEMBERED: Final = 100_000
#: Latin letters to an Arabic one, and the other way, beyond which two names are no pair.
_MOST_LATIN, _MOST_ARABIC = 3, 2


@lru_cache(maxsize=_REMEMBERED)
def _plain_arabic(name: str) -> str:
    """Plain and folded, but with a last ى kept: it tells Salma from Salmi."""
    plain = plain_arabic(name)
    return "".join(c if c == "ى" else f for c, f in zip(plain, fold(plain), strict=True))


@lru_cache(maxsize=_REMEMBERED)
def _plain_latin(name: str) -> str:
    return plain_latin(name)


def _number(texts: Iterable[str]) -> tuple[list[str], Ints]:
    """Distinct texts in the order met, and the number of each."""
    numbers: dict[str, int] = {}
    rows = [numbers.setdefault(text, len(numbers)) for text in texts]
    return list(numbers), np.array(rows, dtype=np.int64)


def _sides(ars: Iterable[str], ens: Iterable[str]) -> tuple[Side, Side, Ints, Ints]:
    arabic, first = _number(_plain_arabic(a) for a in ars)
    latin, second = _number(_plain_latin(e) for e in ens)
    return arabic_side(arabic), latin_side(latin), first, second


def _probabilities(ar: Side, en: Side, first: Ints, second: Ints, *, gazetteer: bool = True) -> Floats:
    """Probability of each pair; 0 where one side has no letters."""
    result = np.zeros(len(first))
    left, right = ar.letters[ar.whole[first]], en.letters[en.whole[second]]
    # lengths that no pair to learn from had: the models and their calibration know nothing there
    likely = (right <= _MOST_LATIN * left + 2) & (left <= _MOST_ARABIC * right + 1)
    asked = np.nonzero((left > 0) & (right > 0) & likely)[0]
    for start in range(0, len(asked), _AT_ONCE):
        some = asked[start : start + _AT_ONCE]
        result[some] = _judge(lay(ar, en, first[some], second[some]))
    _try_joined(ar, en, first, second, result)
    if gazetteer:
        named = np.isin(first * len(en.names) + second, _gazetted(ar.names, en.names))
        result[named] = np.maximum(result[named], _GAZETTED)
    return result


def _try_joined(ar: Side, en: Side, first: Ints, second: Ints, result: Floats) -> None:
    """Judge names again with their "son of" joined to what follows, where only one side parts it."""
    ars = [kin_joined(name, arabic=True) for name in ar.names]
    ens = [kin_joined(name, arabic=False) for name in en.names]
    kin_ar = np.array([a != b for a, b in zip(ars, ar.names, strict=True)], dtype=bool)
    kin_en = np.array([a != b for a, b in zip(ens, en.names, strict=True)], dtype=bool)
    asked = np.nonzero((kin_ar[first] != kin_en[second]) & (result > 0) & (result < _SURE))[0]
    for start in range(0, len(asked), _AT_ONCE):
        some = asked[start : start + _AT_ONCE]
        left, row = _number(ars[k] for k in first[some])
        right, column = _number(ens[k] for k in second[some])
        again = _judge(lay(arabic_side(left), latin_side(right), row, column))
        result[some] = np.maximum(result[some], again)


def _gazetted(ars: Sequence[str], ens: Sequence[str]) -> Ints:
    """The pairs that the gazetteer has, as ``Arabic number * len(ens) + Latin number``.

    A prominent place may have an English name that no letters lead to (Damascus, Aleppo, Egypt).
    """
    numbers: dict[str, list[int]] = {}
    for k, en in enumerate(ens):
        numbers.setdefault(latin_fold(en), []).append(k)
    found = []
    for row, ar in enumerate(ars):
        for place in english_of(ar):
            if place.prominence >= PROMINENT:
                found += [
                    row * len(ens) + k for name in place.names for k in numbers.get(latin_fold(name), [])
                ]
    return np.array(found, dtype=np.int64)


def _judge(laid: Laid) -> Floats:
    result = 1 / (1 + np.exp(-laid.whole))
    answered = (laid.partner >= 0).any(axis=1)
    result = np.where(answered | laid.single, result, result * _NOTHING)
    several = ~laid.single & answered
    if several.any():
        result[several] = calibrators()["full"](laid.features[several])
    return result


def match_many(pairs: Iterable[tuple[str, str]], *, gazetteer: bool = True) -> NDArray[np.float64]:
    """Probability of each (Arabic, English) pair that both are the same name.

    Pairs are scored together and equal words once, which makes it thousands a second.

    Args:
        pairs: Arabic and English.
        gazetteer: whether a pair of the gazetteer is one name whatever its letters; without it the
            letters alone decide, and دمشق is not Damascus.

    Returns:
        float64 [n]; 0 where one side has no letters of its script.
    """
    pairs = list(pairs)
    if not pairs:
        return np.zeros(0)
    return _probabilities(*_sides((a for a, _ in pairs), (e for _, e in pairs)), gazetteer=gazetteer)


def score_names(ars: Sequence[str], ens: Sequence[str]) -> NDArray[np.float64]:
    """Probability of every Arabic name with every English one, float64 [len(ars), len(ens)]."""
    if not ars or not ens:
        return np.zeros((len(ars), len(ens)))
    ar, en, first, second = _sides(ars, ens)
    every = _probabilities(ar, en, np.repeat(first, len(second)), np.tile(second, len(first)))
    return every.reshape(len(ars), len(ens))


def match(ar: str, en: str) -> Match:
    """Probability that an Arabic and an English name are the same name, and why.

    Args:
        ar: the Arabic name, with or without vowel marks, folded or not.
        en: the English name in any spelling; the two may come in either order.

    Returns:
        The calibrated probability and readable evidence: which letters gave which, which words
        are missing on either side.
    """
    if has_arabic(en) and not has_arabic(ar):
        ar, en = en, ar
    arabic, latin, first, second = _sides([ar], [en])
    if not arabic.names[0] or not latin.names[0]:
        return Match(0.0, ("one of the names has no letters of its script",))
    laid = lay(arabic, latin, first, second)
    probability = float(_probabilities(arabic, latin, first, second)[0])
    lines = _evidence(arabic, latin, laid)
    if len(_gazetted(arabic.names, latin.names)):
        lines.insert(0, f"the gazetteer has {ar} as {en}")
    return Match(probability, tuple(lines))


def _evidence(ar: Side, en: Side, laid: Laid) -> list[str]:
    left = [ar.units[k] for k in ar.parts[0] if k >= 0]
    right = [en.units[k] for k in en.parts[0] if k >= 0]
    partner, logit = laid.partner[0].tolist(), laid.logit[0].tolist()
    lines = [
        f"{a} = {right[j]}: {align_letters(a, right[j])} (log-odds {odds:+.1f})"
        for a, j, odds in zip(left, partner, logit, strict=True)
        if j >= 0
    ]
    lines += [f"no English word for {a}" for a, j in zip(left, partner, strict=True) if j < 0]
    lines += [f"no Arabic word for {e}" for k, e in enumerate(right) if k not in partner]
    return lines


def align_letters(ar: str, en: str) -> str:
    """Which Arabic letters gave which Latin letters, on the likeliest path.

    Args:
        ar: plain Arabic.
        en: plain Latin.

    Returns:
        ``letter→letters`` in the Arabic order; a letter that gave nothing has ``–``.
    """
    net = romanizer()
    n, m = np.array([len(ar)]), np.array([len(en)])
    rows, written = net.source.block([ar]), net.target.block([en])
    go, write = net.steps(net.read(rows, n, net.style_rows([None])), n, written, m)
    spans = best_path(go[0], write[0])
    steps = [f"{c}→{en[s:t] or '–'}" for c, (s, t) in zip(ar + "∎", spans, strict=True)]
    if steps[-1].endswith("–"):
        steps.pop()
    return " ".join(steps)


def same_name(a: str, b: str) -> Match:
    """Whether two names in any script are one name.

    Two names in different scripts are compared by ``match``. Two in one script are compared by
    way of the likeliest spellings of each in the other script, and by their letters too.

    Returns:
        The probability, the evidence and, for two Latin spellings, the difference classes.
    """
    arabic_a, arabic_b = has_arabic(a), has_arabic(b)
    if arabic_a != arabic_b:
        return match(a, b) if arabic_a else match(b, a)
    if arabic_a:
        return _same_arabic(a, b)
    if has_latin(a) and has_latin(b):
        return _same_latin(a, b)
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
    for where, judge in ((arabic.all(axis=1), _arabic_many), (latin, _latin_many)):
        some = [pairs[k] for k in np.flatnonzero(where).tolist()]
        if some:
            result[where] = judge(some)
    rest = ~across & ~arabic.all(axis=1) & ~latin
    result[rest] = [
        bool(pairs[k][0].strip()) and pairs[k][0] == pairs[k][1] for k in np.flatnonzero(rest).tolist()
    ]
    return result


def _arabic_many(pairs: Sequence[tuple[str, str]]) -> Floats:
    """Letters and sound must both agree: حسن and حسان are both Hassan, and two names."""
    letters = same_arabic_many(pairs)
    ways, _ = _ways(pairs, arabic=True)
    return np.where(letters == 1.0, 1.0, np.minimum(letters, ways.mean(axis=1)))


def _latin_many(pairs: Sequence[tuple[str, str]]) -> Floats:
    same = np.array([_plain_latin(a) == _plain_latin(b) for a, b in pairs], dtype=bool)
    return np.where(same, 1.0, calibrators()["spelled"](spelled_features(pairs)[0]))


def _same_arabic(a: str, b: str) -> Match:
    letters = float(same_arabic_many([(a, b)])[0])
    if letters == 1.0:
        return Match(letters, ("the same letters, but for what spellings leave open",))
    if not (_plain_arabic(a) and _plain_arabic(b)):
        return Match(float(a == b), ("no letters to compare",))
    _, lines = _ways([(a, b)], arabic=True)
    return Match(float(_arabic_many([(a, b)])[0]), (f"by their letters: {letters:.2f}", *lines))


def _same_latin(a: str, b: str) -> Match:
    found = differences(a, b)
    if _plain_latin(a) == _plain_latin(b):
        return Match(1.0, ("the same letters",), found)
    rows, lines = spelled_features([(a, b)])
    return Match(float(calibrators()["spelled"](rows)[0]), tuple(lines), found)


def latin_features(pairs: Sequence[tuple[str, str]]) -> tuple[Floats, list[str]]:
    """The first, second and fourth of ``spelled_features``, which the regression ``latin`` sees.

    ``evaluation.likeness`` has its scale from that regression; ``same_name`` uses ``spelled``.
    """
    rows, lines = spelled_features(pairs)
    return rows[:, [0, 1, 3]], lines


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
    return _plain_latin(name).removesuffix("h").endswith("a")


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
