"""Pairs that are one name and hard pairs that are not, for calibration and measurement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Indel

from bialign.names.blocking import skeletons
from bialign.names.examples import Example, consonants_agree, word_key
from bialign.names.letters import fold
from bialign.names.likeness import same_word
from bialign.names.units import Unit, arabic_units, latin_units

#: Share of a name's sightings below which a spelling is not trusted to be one of its own.
_RARE = 0.03
#: Sightings from which on an Arabic word is one of its own.
_OFTEN = 5
#: Pairs of spellings drawn of each name of a kind: places are many and their names less sure.
_PAIRS = {"word": 4, "full": 3, "place": 1, "world": 1}
#: Likeness of the consonants of two spellings of one name.
_AKIN = 0.75
#: Names whose likeness to a pool is computed at once.
_ROWS = 256


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
    every: Sequence[Example],
    hard: int = 4,
    easy: int = 0,
    most: int = 4000,
    seed: int = 7,
    *,
    wide: bool = False,
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
        wide: whether negatives are drawn from single words of all lists, which has far nearer
            ones (Samira for سمير), not from the part alone.
    """
    rng = np.random.default_rng(seed)
    attested = _attested(every)
    pairs = sorted({(fold(e.ar), e.en, e.kind) for e in part})
    chosen = [pairs[i] for i in rng.permutation(len(pairs))[:most]]
    kinds = {kind for _, _, kind in pairs}
    spare = (e.en for e in every if e.kind in kinds and " " not in e.ar and len(e.en) > 1)
    pool = sorted(set(spare) if wide else {en for _, en, _ in pairs})
    trials: list[Trial] = []
    for k, (ar, en, kind) in enumerate(chosen):
        if k % _ROWS == 0:
            near = process.cdist(
                [x for _, x, _ in chosen[k : k + _ROWS]],
                pool,
                scorer=Indel.normalized_similarity,
                dtype=np.float32,
            )
        row = near[k % _ROWS]
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

    Parts are dropped and exchanged only where the two names of the list answer each other part by
    part: of a pair that has a word more on one side, dropping it would make the names the same.

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
        made = {(ar, several[int(rng.integers(len(several)))][1])}
        ars, ens = arabic_units(ar), latin_units(en)
        if _answering(ars, ens):
            parts, spelled = [u.text for u in ars], [u.text for u in ens]
            heavy = [k for k, u in enumerate(ens) if not u.light and not ars[k].light]
            for _ in range(2):
                k = int(rng.choice(heavy))
                other = str(rng.choice(close[spelled[k]]))
                known = {_bare(x) for x in attested.get(_key(parts[k]), ())} | {_bare(spelled[k])}
                if not any(same_word(_bare(other), x) for x in known):
                    made.add((ar, _joined(spelled, k, other)))
            drawn = pool[int(rng.integers(len(pool)))]
            made.add((ar, _joined(spelled, int(rng.choice(heavy)), drawn)))
            if len(heavy) > 1:
                made.add((ar, _joined(spelled, int(rng.choice(heavy)), "")))
                made.add((_joined(parts, int(rng.choice(heavy)), ""), en))
        trials.extend(
            Trial(a, e, same=False, kind=kind) for a, e in sorted(made) if e and e not in attested[_key(a)]
        )
    return trials


def _answering(ars: Sequence[Unit], ens: Sequence[Unit]) -> bool:
    """Whether two names have as many parts, with the same consonants one by one, and one that counts."""
    return (
        len(ars) == len(ens)
        and all(consonants_agree(a.text, b.text) for a, b in zip(ars, ens, strict=True))
        and any(not a.light and not b.light for a, b in zip(ars, ens, strict=True))
    )


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
    drawn = [k for k in rng.permutation(len(several)) for _ in range(_PAIRS[several[k][1]])][:most]
    for k in drawn:
        ar, kind = several[k]
        found = usual[ar, kind]
        one, other = (found[i] for i in rng.permutation(len(found))[:2])
        if _bare(one) == _bare(other) or not _akin(one, other):
            continue
        trials.append(Trial(one, other, same=True, kind=kind))
        near = process.extract(one, pool, scorer=Indel.normalized_similarity, limit=30)
        meant = stands_for[_bare(one)]
        apart = [en for en, *_ in near if _bare(en) != _bare(one) and not stands_for[_bare(en)] & meant][:6]
        for counterpart in (one + "a", one + "ah", one.removesuffix("h").removesuffix("a")):
            others = stands_for.get(_bare(counterpart))
            if others and not others & meant:
                trials.append(Trial(one, counterpart, same=False, kind=kind))
        trials += [Trial(one, apart[i], same=False, kind=kind) for i in rng.permutation(len(apart))[:2]]
        units = [u.text for u in latin_units(other)]
        if len(units) > 1:
            short = _joined(units, int(rng.integers(len(units))), "")
            trials.append(Trial(one, short, same=False, kind=kind))
    return sorted(set(trials), key=lambda t: (t.ar, t.en))


def arabic_trials(every: Iterable[Example], most: int = 2500, seed: int = 10) -> list[Trial]:
    """Pairs of Arabic spellings: two of one foreign name or place, and near ones of two names.

    Two words of Arab names often seen are two names however near they are (حسن and حسان, both
    Hassan); of rarer ones and of others, only those are that no Latin spelling has in common.

    Args:
        every: the examples to make trials of.
        most: pairs of each kind at most.
        seed: of the draw.
    """
    rng = np.random.default_rng(seed)
    spelled: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    kinds: dict[str, set[str]] = defaultdict(set)
    seen: dict[str, float] = defaultdict(float)
    for e in every:
        if e.kind in {"word", "world", "place"}:
            spelled[_bare(e.en)]["word" if e.kind == "word" else "other"].add(fold(e.ar))
            kinds[fold(e.ar)].add(e.kind)
            seen[fold(e.ar)] += e.weight**2 if e.kind == "word" else 0
    of_arabic: dict[str, set[str]] = defaultdict(set)
    for en, found in spelled.items():
        for ar in found["word"] | found["other"]:
            of_arabic[ar].add(en)
    trials: list[Trial] = []
    foreign = sorted(en for en, found in spelled.items() if not found["word"] and len(found["other"]) > 1)
    for k in rng.permutation(len(foreign))[:most]:
        several = sorted(ar for ar in spelled[foreign[k]]["other"] if "word" not in kinds[ar])
        if len(several) > 1:
            one, other = (several[i] for i in rng.permutation(len(several))[:2])
            if _akin(one, other):
                trials.append(Trial(one, other, same=True, kind="world"))
    pool = sorted(of_arabic)
    chosen = [pool[i] for i in rng.permutation(len(pool))[:most]]
    often = [ar for ar in pool if seen[ar] >= _OFTEN]
    chosen += [often[i] for i in rng.permutation(len(often))[: most // 2]]
    for start in range(0, len(chosen), _ROWS):
        some = chosen[start : start + _ROWS]
        near = process.cdist(some, pool, scorer=Indel.normalized_similarity, dtype=np.float32)
        for ar, row in zip(some, near, strict=True):
            best = np.argpartition(-row, 30)[:30]
            others = (pool[j] for j in sorted(best) if _key(pool[j]) != _key(ar))
            apart = [
                other
                for other in others
                if min(seen[ar], seen[other]) >= _OFTEN or not of_arabic[other] & of_arabic[ar]
            ]
            trials += [Trial(ar, apart[i], same=False, kind="word") for i in rng.permutation(len(apart))[:2]]
    return trials


def _akin(one: str, other: str) -> bool:
    """Whether two Latin spellings have the same consonants, nearly: a place's names may be two."""
    a, b = skeletons(one)[1], skeletons(other)[1]
    return Indel.normalized_similarity(a, b) >= _AKIN


def _joined(parts: Sequence[str], k: int, other: str) -> str:
    return " ".join(p for p in (*parts[:k], other, *parts[k + 1 :]) if p)
