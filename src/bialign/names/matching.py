"""A pair of names to the probability that they are one name, with the evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bialign.model import Match
from bialign.names.calibration import Floats
from bialign.names.differences import differences
from bialign.names.lattice import Ints, best_path
from bialign.names.letters import fold, plain_arabic, plain_latin
from bialign.names.models import arabizer, calibrators, romanizer, tables
from bialign.names.transliteration import arabize_many, romanize_many
from bialign.names.units import Unit, arabic_units, latin_units
from bialign.text.scripts import has_arabic, has_latin

#: A unit pair below this logit is no pair: the units count as missing on either side.
_APART = -4.0
#: Above this logit of the tables a pair is worth the networks' time.
_NEAR = -5.0
#: Probability of pairs that cannot be compared (no letters of the script).
_NEVER = 0.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two full names laid side by side.

    Args:
        whole: logit of the two spellings taken as one word each.
        pairs: Arabic unit, Latin unit, their logit; in the Arabic order.
        missing_ar, missing_en: units that nothing answers.
    """

    whole: float
    pairs: tuple[tuple[Unit, Unit, float], ...]
    missing_ar: tuple[Unit, ...]
    missing_en: tuple[Unit, ...]

    def features(self) -> list[float]:
        """What the calibration of full names sees."""
        logits = [logit for *_, logit in self.pairs] or [_APART * 3]
        heavy = [sum(not u.light for u in side) for side in (self.missing_ar, self.missing_en)]
        light = sum(u.light for side in (self.missing_ar, self.missing_en) for u in side)
        return [
            min(self.whole, 12.0),
            float(np.mean(np.minimum(logits, 8.0))),
            min(logits),
            min(heavy),
            float(heavy[0] > 0 or heavy[1] > 0),
            max(heavy),
            light,
            float(self.whole > 2.0) * max(heavy),
        ]


def fast_features(ars: Sequence[str], ens: Sequence[str], first: Ints, second: Ints) -> Floats:
    """What the tables say of pairs: the scores of both directions and the lengths.

    Args:
        ars: distinct plain folded Arabic spellings.
        ens: distinct plain Latin spellings.
        first: number of the Arabic spelling of each pair.
        second: number of the Latin spelling of each pair.

    Returns:
        float64 [pairs, 6].
    """
    there_tables, back_tables = tables()
    there = there_tables.score_numbered(ars, ens, first, second)
    back = back_tables.score_numbered(ens, ars, second, first)
    n = np.array([len(a) for a in ars], dtype=np.float64)[first]
    m = np.array([len(e) for e in ens], dtype=np.float64)[second]
    return np.column_stack([there, back, there / np.maximum(m, 1), back / np.maximum(n, 1), n, m])


def network_features(ars: Sequence[str], ens: Sequence[str], first: Ints, second: Ints) -> Floats:
    """What the networks say of pairs, both directions; float64 [pairs, 4]. Arguments as above."""
    left, right = [ars[k] for k in first], [ens[k] for k in second]
    there = romanizer().score(left, right, [None] * len(left))
    back = arabizer().score(right, left, ["folded"] * len(left))
    n = np.maximum([len(a) for a in left], 1)
    m = np.maximum([len(e) for e in right], 1)
    return np.column_stack([there, back, there / m, back / n])


def logits_of(ars: Sequence[str], ens: Sequence[str], first: Ints, second: Ints) -> Floats:
    """Log-odds that two spellings are one name: by the tables, and near ones by the networks too.

    Arguments as ``fast_features``; float64 [pairs].
    """
    fast = fast_features(ars, ens, first, second)
    logits = calibrators()["fast"].logit(fast)
    near = np.nonzero(logits > _NEAR)[0]
    if len(near):
        more = network_features(ars, ens, first[near], second[near])
        logits[near] = calibrators()["word"].logit(np.column_stack([fast[near], more]))
    return logits


def _logits(pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], float]:
    if not pairs:
        return {}
    ars, ens = sorted({a for a, _ in pairs}), sorted({e for _, e in pairs})
    ar_number, en_number = ({text: k for k, text in enumerate(side)} for side in (ars, ens))
    first = np.array([ar_number[a] for a, _ in pairs])
    second = np.array([en_number[e] for _, e in pairs])
    return dict(zip(pairs, logits_of(ars, ens, first, second).tolist(), strict=True))


def compare_many(pairs: Iterable[tuple[str, str]]) -> list[Comparison | None]:
    """Lay many pairs side by side; None where one side has no letters."""
    plain = [(fold(plain_arabic(a)), plain_latin(e)) for a, e in pairs]
    ar_units = {a: arabic_units(a) for a, _ in plain}
    en_units = {e: latin_units(e) for _, e in plain}
    wanted = set()
    for a, e in plain:
        if a and e:
            wanted.add((a, e))
            wanted.update((u.text, v.text) for u in ar_units[a] for v in en_units[e])
    logits = _logits(sorted(wanted))
    return [_compare(a, e, ar_units[a], en_units[e], logits) if a and e else None for a, e in plain]


def _compare(
    a: str, e: str, ars: list[Unit], ens: list[Unit], logits: dict[tuple[str, str], float]
) -> Comparison:
    """Pair the units, the surest first, each once."""
    ranked = sorted(
        ((logits[u.text, v.text], -abs(i - j), i, j) for i, u in enumerate(ars) for j, v in enumerate(ens)),
        reverse=True,
    )
    taken: dict[int, tuple[int, float]] = {}
    used: set[int] = set()
    for logit, _, i, j in ranked:
        if logit > _APART and i not in taken and j not in used:
            taken[i] = (j, logit)
            used.add(j)
    return Comparison(
        logits[a, e],
        tuple((ars[i], ens[j], logit) for i, (j, logit) in sorted(taken.items())),
        tuple(u for i, u in enumerate(ars) if i not in taken),
        tuple(v for j, v in enumerate(ens) if j not in used),
    )


def match_many(pairs: Iterable[tuple[str, str]]) -> NDArray[np.float64]:
    """Probability of each (Arabic, English) pair that both are the same name.

    Pairs are scored together, equal words once: thousands a second.

    Returns:
        float64 [n]; 0 where one side has no letters of its script.
    """
    compared = compare_many(pairs)
    result = np.full(len(compared), _NEVER)
    single = [k for k, c in enumerate(compared) if c is not None and _single(c)]
    several = [k for k, c in enumerate(compared) if c is not None and not _single(c)]
    if single:
        whole = np.array([c.whole for k in single if (c := compared[k]) is not None])
        result[single] = 1 / (1 + np.exp(-whole))
    if several:
        features = np.array([c.features() for k in several if (c := compared[k]) is not None])
        result[several] = calibrators()["full"](features)
    return result


def _single(comparison: Comparison) -> bool:
    units = len(comparison.pairs) * 2 + len(comparison.missing_ar) + len(comparison.missing_en)
    return units == 2


def score_names(ars: Sequence[str], ens: Sequence[str]) -> NDArray[np.float64]:
    """Probability of every Arabic name with every English one, [len(ars), len(ens)]."""
    flat = match_many([(a, e) for a in ars for e in ens])
    return flat.reshape(len(ars), len(ens))


def match(ar: str, en: str) -> Match:
    """Probability that an Arabic and an English name are the same name, and why.

    Args:
        ar: the Arabic name, with or without vowel marks, folded or not.
        en: the English name in any spelling.

    Returns:
        The calibrated probability and readable evidence: which letters gave which, which words
        are missing on either side.
    """
    comparison = compare_many([(ar, en)])[0]
    if comparison is None:
        return Match(_NEVER, ("one of the names has no letters of its script",))
    probability = float(match_many([(ar, en)])[0])
    return Match(probability, tuple(_evidence(comparison)))


def _evidence(comparison: Comparison) -> list[str]:
    lines = [
        f"{u.text} = {v.text}: {align_letters(u.text, v.text)} (log-odds {logit:+.1f})"
        for u, v, logit in comparison.pairs
    ]
    lines += [f"no English word for {u.text}" for u in comparison.missing_ar]
    lines += [f"no Arabic word for {v.text}" for v in comparison.missing_en]
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
    way of the likeliest spellings of each in the other script.

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


def _same_arabic(a: str, b: str) -> Match:
    left, right = (fold(plain_arabic(name)).replace(" ", "") for name in (a, b))
    if left == right:
        return Match(1.0 if left else float(a == b), ("the same letters, hamza and teh marbuta folded",))
    spellings = romanize_many([a, b], n=3)
    pairs = [(b, c.text) for c in spellings[0]] + [(a, c.text) for c in spellings[1]]
    return _by_way_of(pairs, ())


def _same_latin(a: str, b: str) -> Match:
    found = differences(a, b)
    if plain_latin(a) == plain_latin(b):
        return Match(1.0, ("the same letters",), found)
    spellings = arabize_many([a, b], n=3)
    pairs = [(c.text, b) for c in spellings[0]] + [(c.text, a) for c in spellings[1]]
    return _by_way_of(pairs, found)


def _by_way_of(pairs: list[tuple[str, str]], found: tuple[str, ...]) -> Match:
    if not pairs:
        return Match(_NEVER, ("no letters to compare",), found)
    probabilities = match_many(pairs)
    best = int(np.argmax(probabilities))
    way = f"by way of {pairs[best][0]} = {pairs[best][1]}"
    return Match(float(probabilities[best]), (way,), found)
