"""Which spellings are one name, without comparing all pairs.

Blocking proposes pairs, a model judges them, and clusters grow by average linkage from the surest
pair down (agglomerative clustering; Sokal & Michener 1958), so that one doubtful bridge does not
join two names. The result does not depend on the order of the input.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from bialign.model import Record
from bialign.names.calibration import Floats
from bialign.names.differences import differences
from bialign.names.index import NameIndex, probabilities
from bialign.names.latin_pairs import spelled_alike_many
from bialign.text.scripts import has_arabic

#: Average probability from which two clusters are one; picked by ``scripts/build_latin_pairs.py``
#: on places that no training of names saw.
JOINED: Final = 0.3

_NEIGHBOURS: Final = 20


@dataclass(frozen=True, slots=True)
class Join(Record):
    """Why two names of one cluster are together.

    Args:
        a: a name.
        b: another name of its cluster.
        probability: that the two are one name.
        reason: in what they differ (``differences``), or by which model they are one.
    """

    a: str
    b: str
    probability: float
    reason: str


def cluster_variants(names: Iterable[str]) -> list[list[str]]:
    """Gather spellings of one name, in either script.

    Args:
        names: any names; one that comes twice counts once.

    Returns:
        Every name in one cluster; clusters and their names in alphabetical order.

    >>> cluster_variants(["Idlib", "Hama", "Idleb", "إدلب"])
    [['Hama'], ['Idleb', 'Idlib', 'إدلب']]
    """
    ordered = sorted(set(names))
    pairs = proposed_pairs(ordered)
    groups = gather(len(ordered), pairs, _judged(ordered, pairs), JOINED)
    return sorted([ordered[i] for i in group] for group in groups)


def explain_variants(cluster: Iterable[str]) -> list[Join]:
    """Which pairs hold a cluster of ``cluster_variants`` together, the surest links first.

    Args:
        cluster: the names of one cluster.

    Returns:
        One link fewer than names, as the surest pairs that connect them all (a maximum spanning
        tree); fewer still where some names share nothing that blocking sees.

    >>> [(join.a, join.b, join.reason) for join in explain_variants(["Idlib", "Idleb"])]
    [('Idleb', 'Idlib', 'differ in vowel')]
    """
    ordered = sorted(set(cluster))
    pairs = proposed_pairs(ordered)
    probability = _judged(ordered, pairs)
    of = list(range(len(ordered)))
    joins = []
    for k in np.argsort(-np.round(probability, 6), kind="stable").tolist():
        i, j = pairs[k]
        if of[i] != of[j]:
            of = [of[i] if group == of[j] else group for group in of]
            a, b = ordered[i], ordered[j]
            joins.append(Join(a, b, round(float(probability[k]), 4), _reason(a, b)))
    return joins


def _reason(a: str, b: str) -> str:
    if has_arabic(a) != has_arabic(b):
        return "the Arabic and the Latin letters answer each other"
    if has_arabic(a):
        return "the Arabic letters are nearly the same"
    found = differences(a, b)
    return f"differ in {', '.join(found)}" if found else "the same but for white space"


def proposed_pairs(names: Sequence[str], neighbours: int = _NEIGHBOURS) -> list[tuple[int, int]]:
    """Pairs of positions that blocking proposes, each once, the smaller first, in order.

    Args:
        names: the names, in a fixed order.
        neighbours: how many candidates a name has at most.
    """
    index = NameIndex(names)
    found = {
        (min(i, j), max(i, j))
        for i, name in enumerate(names)
        for j in index.candidates(name, neighbours + 1)
        if i != j
    }
    return sorted(found)


def gather(
    count: int, pairs: Sequence[tuple[int, int]], probability: Floats, threshold: float
) -> list[list[int]]:
    """Average-linkage clusters of ``count`` things from the probabilities of some pairs.

    A pair that was not proposed counts as no pair.

    Args:
        count: how many things.
        pairs: positions, each pair once.
        probability: of each pair, [pairs].
        threshold: mean probability over all pairs of two clusters from which they are one.

    Returns:
        Positions, each in one cluster, both levels ascending.
    """
    of = list(range(count))
    members = {i: [i] for i in range(count)}
    links: dict[int, dict[int, float]] = defaultdict(dict)
    for (i, j), p in zip(pairs, probability.tolist(), strict=True):
        links[i][j] = links[j][i] = p
    for pair in np.argsort(-np.round(probability, 6), kind="stable").tolist():
        if probability[pair] < threshold:
            break
        small, large = sorted((of[i] for i in pairs[pair]), key=lambda c: (len(members[c]), -c))
        if small == large:
            continue
        between = links[small].get(large, 0.0) / (len(members[small]) * len(members[large]))
        if between < threshold:
            continue
        for i in members.pop(small):
            of[i] = large
            members.setdefault(large, []).append(i)
        for other, weight in links.pop(small).items():
            del links[other][small]
            if other != large:
                links[large][other] = links[other][large] = links[large].get(other, 0.0) + weight
    return sorted(sorted(group) for group in members.values())


def bcubed(gold: Mapping[str, Hashable], found: Mapping[str, Hashable]) -> tuple[float, float, float]:
    """B-cubed precision, recall and F1 of clusters (Bagga & Baldwin 1998).

    Args:
        gold: the true cluster of every name.
        found: the cluster it was put into.

    >>> bcubed({"a": 1, "b": 1, "c": 2}, {"a": 1, "b": 2, "c": 2})
    (0.6666666666666666, 0.6666666666666666, 0.6666666666666666)
    """
    true, ours = defaultdict(set), defaultdict(set)
    for name in gold:
        true[gold[name]].add(name)
        ours[found[name]].add(name)
    precision = recall = 0.0
    for name in gold:
        shared = len(true[gold[name]] & ours[found[name]])
        precision += shared / len(ours[found[name]])
        recall += shared / len(true[gold[name]])
    precision, recall = precision / len(gold), recall / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def _judged(names: Sequence[str], pairs: Sequence[tuple[int, int]]) -> Floats:
    """The probability of each pair; pairs with Arabic in them are judged by the name models."""
    latin = np.array([not (has_arabic(names[i]) or has_arabic(names[j])) for i, j in pairs], dtype=bool)
    out = np.zeros(len(pairs))
    out[latin] = spelled_alike_many(
        [(names[i], names[j]) for (i, j), yes in zip(pairs, latin, strict=True) if yes]
    )
    queries: dict[int, list[int]] = defaultdict(list)
    for position in np.flatnonzero(~latin).tolist():
        queries[pairs[position][0]].append(position)
    for query, positions in queries.items():
        out[positions] = probabilities(names[query], [names[pairs[p][1]] for p in positions])
    return out
