"""Pairs that are one name and hard pairs that are not, for calibration and measurement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Indel

from bialign.names.examples import Example, word_key
from bialign.names.letters import fold
from bialign.names.units import arabic_units, latin_units

#: Share of a name's sightings below which a spelling is not trusted to be one of its own.
_RARE = 0.03


@dataclass(frozen=True, slots=True)
class Trial:
    """One pair and the truth about it; ``kind`` is the list the name came from."""

    ar: str
    en: str
    same: bool
    kind: str


def _attested(examples: Iterable[Example]) -> dict[str, set[str]]:
    """Spellings by key, of names and of the parts of names that have as many in both scripts."""
    spellings: dict[str, set[str]] = defaultdict(set)
    for e in examples:
        spellings[_key(e.ar)].add(e.en)
        if " " in e.ar:
            ars, ens = arabic_units(e.ar), latin_units(e.en)
            if len(ars) == len(ens) > 1:
                for a, b in zip(ars, ens, strict=True):
                    spellings[_key(a.text)].add(b.text)
    return spellings


def _bare(en: str) -> str:
    """A Latin part without its article and spaces: two that agree in it are no hard negatives."""
    words = en.split()
    if len(words) > 1 and len(words[0]) == 2:
        words = words[1:]
    return "".join(words)


def _key(ar: str) -> str:
    return " ".join(word_key(w) for w in ar.split())


def near_trials(
    part: Sequence[Example],
    every: Iterable[Example],
    hard: int = 4,
    easy: int = 0,
    most: int = 4000,
    seed: int = 7,
) -> list[Trial]:
    """Each pair of a part, and the pair's Arabic with the English names nearest to the true one.

    A near name is a negative only if no list gives it for that Arabic name.

    Args:
        part: the examples to make trials of.
        every: all examples, to know what is attested.
        hard: negatives a positive, drawn from the nearest ten.
        easy: negatives a positive, drawn from all names.
        most: positives at most.
        seed: of the draw.
    """
    rng = np.random.default_rng(seed)
    attested = _attested(every)
    pairs = sorted({(fold(e.ar), e.en, e.kind) for e in part})
    chosen = [pairs[i] for i in rng.permutation(len(pairs))[:most]]
    pool = sorted({en for _, en, _ in pairs})
    near = process.cdist(
        [en for _, en, _ in chosen], pool, scorer=Indel.normalized_similarity, dtype=np.float32
    )
    trials: list[Trial] = []
    for (ar, en, kind), row in zip(chosen, near, strict=True):
        trials.append(Trial(ar, en, same=True, kind=kind))
        bare = {_bare(x) for x in attested[_key(ar)]}
        ranked = [pool[j] for j in np.argsort(-row, kind="stable")[:60] if _bare(pool[j]) not in bare][:10]
        picked = rng.permutation(len(ranked))[:hard]
        trials.extend(Trial(ar, ranked[j], same=False, kind=kind) for j in sorted(picked))
        drawn = [pool[j] for j in rng.integers(len(pool), size=easy)]
        trials.extend(Trial(ar, other, same=False, kind=kind) for other in drawn if _bare(other) not in bare)
    return trials


def full_trials(part: Sequence[Example], every: Iterable[Example], seed: int = 8) -> list[Trial]:
    """Full names: the true pairs, and pairs with a part dropped, put for a near one, or of another name.

    Args:
        part: the examples to make trials of; those of one part are passed over.
        every: all examples, to know what is attested.
        seed: of the draw.
    """
    rng = np.random.default_rng(seed)
    attested = _attested(every)
    names = sorted({(fold(e.ar), e.en, e.kind) for e in part})
    several = [p for p in names if max(len(arabic_units(p[0])), len(latin_units(p[1]))) > 1]
    pool = sorted({u.text for _, en, _ in several for u in latin_units(en) if not u.light})
    words = sorted({u.text for _, en, _ in several for u in latin_units(en) if not u.light})
    nearest = process.cdist(words, pool, scorer=Indel.normalized_similarity, dtype=np.float32)
    close = {w: [pool[j] for j in np.argsort(-row)[1:12]] for w, row in zip(words, nearest, strict=True)}
    trials: list[Trial] = []
    for ar, en, kind in several:
        trials.append(Trial(ar, en, same=True, kind=kind))
        ar_parts, en_parts = [u.text for u in arabic_units(ar)], latin_units(en)
        heavy = [k for k, u in enumerate(en_parts) if not u.light]
        if not heavy:
            continue
        made = set()
        for _ in range(2):
            k = int(rng.choice(heavy))
            other = str(rng.choice(close[en_parts[k].text]))
            answering = ar_parts[min(k, len(ar_parts) - 1)]
            if _bare(other) not in {_bare(x) for x in attested.get(_key(answering), ())}:
                made.add((ar, _joined([u.text for u in en_parts], k, other)))
        k = int(rng.choice(heavy))
        made.add((ar, _joined([u.text for u in en_parts], k, "")))
        made.add((ar, several[int(rng.integers(len(several)))][1]))
        drawn = pool[int(rng.integers(len(pool)))]
        made.add((ar, _joined([u.text for u in en_parts], int(rng.choice(heavy)), drawn)))
        k = int(rng.integers(len(ar_parts)))
        made.add((_joined(ar_parts, k, ""), en))
        trials.extend(
            Trial(a, e, same=False, kind=kind) for a, e in sorted(made) if e and e not in attested[_key(a)]
        )
    return trials


def latin_trials(
    part: Sequence[Example], every: Iterable[Example], most: int = 1500, seed: int = 9
) -> list[Trial]:
    """Pairs of Latin spellings: two of one Arabic name, and others that are near.

    Not the same are near spellings of two names, a man's and a woman's name that differ in the
    last a, and a name and a part of it.

    Args:
        part: the examples to make trials of.
        every: all examples, to know what each spelling stands for.
        most: positives at most.
        seed: of the draw.
    """
    rng = np.random.default_rng(seed)
    stands_for: dict[str, set[str]] = defaultdict(set)
    for ar, spellings in _attested(every).items():
        for en in spellings:
            stands_for[_bare(en)].add(ar)
    of_name: dict[tuple[str, str], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for e in part:
        of_name[_key(e.ar), e.kind][e.en] += e.weight**2
    # A spelling rare among those of a common name is as often a mistake of the list.
    usual = {
        key: [en for en, n in sorted(found.items()) if n >= _RARE * sum(found.values())]
        for key, found in of_name.items()
    }
    several = sorted(key for key, found in usual.items() if len({_bare(en) for en in found}) > 1)
    pool = sorted({en for found in usual.values() for en in found})
    trials: list[Trial] = []
    for k in rng.permutation(len(several))[:most]:
        ar, kind = several[k]
        found = usual[ar, kind]
        one, other = (found[i] for i in rng.permutation(len(found))[:2])
        if _bare(one) == _bare(other):
            continue
        trials.append(Trial(one, other, same=True, kind=kind))
        near = process.extract(one, pool, scorer=Indel.normalized_similarity, limit=30)
        meant = stands_for[_bare(one)]
        apart = [en for en, *_ in near if not stands_for[_bare(en)] & meant][:6]
        for counterpart in (one + "a", one + "ah", one.removesuffix("h").removesuffix("a")):
            others = stands_for.get(_bare(counterpart))
            if others and not others & meant:
                trials.append(Trial(one, counterpart, same=False, kind=kind))
        trials += [Trial(one, apart[i], same=False, kind=kind) for i in rng.permutation(len(apart))[:2]]
        units = [u.text for u in latin_units(other)]
        if len(units) > 1:
            short = _joined(units, int(rng.integers(len(units))), "")
            trials.append(Trial(one, short, same=False, kind=kind))
    return trials


def _joined(parts: Sequence[str], k: int, other: str) -> str:
    return " ".join(p for p in (*parts[:k], other, *parts[k + 1 :]) if p)
