"""A pair of names to the probability that they are one name, with the evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bialign.model import Match
from bialign.names.calibration import Floats
from bialign.names.gazetted import PROMINENT, english_of, latin_fold
from bialign.names.lattice import Ints, best_path
from bialign.names.laying import Laid, lay
from bialign.names.letters import cut_short, fold, plain_arabic, plain_latin
from bialign.names.models import calibrators, romanizer
from bialign.names.sides import Side, arabic_side, latin_side
from bialign.names.units import kin_joined
from bialign.text.presence import has_arabic

#: Pairs laid side by side at once.
_AT_ONCE: Final = 100_000
#: What is left of a probability where no part of one name answers a part of the other.
_NOTHING: Final = 0.2
#: Probability of a pair that the gazetteer has, at the least.
_GAZETTED: Final = 0.97
#: A pair this probable need not be judged again.
_SURE: Final = 0.9
#: Names whose plain letters are remembered between calls.
_REMEMBERED: Final = 100_000
#: Latin letters to an Arabic one, and the other way, beyond which two names are no pair.
_MOST_LATIN, _MOST_ARABIC = 3, 2


@lru_cache(maxsize=_REMEMBERED)
def arabic_letters(name: str) -> str:
    """An Arabic name as it is compared: folded, but for a last ى, which tells Salma from Salmi."""
    plain = plain_arabic(name)
    return "".join(c if c == "ى" else f for c, f in zip(plain, fold(plain), strict=True))


@lru_cache(maxsize=_REMEMBERED)
def latin_letters(name: str) -> str:
    """A Latin name as it is compared."""
    return plain_latin(name)


def _number(texts: Iterable[str]) -> tuple[list[str], Ints]:
    """Distinct texts in the order met, and the number of each."""
    numbers: dict[str, int] = {}
    rows = [numbers.setdefault(text, len(numbers)) for text in texts]
    return list(numbers), np.array(rows, dtype=np.int64)


def _sides(ars: Iterable[str], ens: Iterable[str]) -> tuple[Side, Side, Ints, Ints]:
    arabic, first = _number(arabic_letters(a) for a in ars)
    latin, second = _number(latin_letters(e) for e in ens)
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
    lines = [*cut_short(ar, en), *_evidence(arabic, latin, laid)]
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
