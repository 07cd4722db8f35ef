"""Variant clusters: joins, order-freedom, linkage against a slow reference, B-cubed."""

import itertools
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bialign.names.clusters import bcubed, cluster_variants, explain_variants, gather
from bialign.names.latin_pairs import same_latin_many

VARIANTS = [
    ["Abdul Rahman al-Jasem", "Abd al-Rahman al-Jassem", "Abdulrahman Al Jasim"],
    ["Deir ez-Zor", "Deir al-Zour", "Dayr az Zawr"],
    ["Hassan", "Hasan"],
    ["Hussein", "Hussain", "Husayn"],
    ["Maarrat al-Nu'man", "Ma'arat al-Numan", "Maaret al-Numan"],
    ["Omar", "Umar"],
]


def test_variants_of_a_name_are_gathered_and_names_kept_apart():
    assert cluster_variants(itertools.chain(*VARIANTS)) == sorted(map(sorted, VARIANTS))


@pytest.mark.parametrize("seed", range(3))
def test_order_changes_nothing(seed):
    names = list(itertools.chain(*VARIANTS))
    shuffled = random.Random(seed).sample(names, len(names))
    assert cluster_variants(shuffled) == cluster_variants(names)


def test_empty_and_odd_names_stand_alone():
    assert cluster_variants([]) == []
    assert cluster_variants(["", "123", "😀", "Hama"]) == [[""], ["123"], ["Hama"], ["😀"]]


@given(st.lists(st.text(max_size=10), max_size=8))
def test_every_name_is_in_one_cluster(names):
    assert sorted(itertools.chain(*cluster_variants(names))) == sorted(set(names))


def slowly(count, pairs, probability, threshold):
    """Average linkage as its definition says: mean over all pairs of two clusters, absent ones zero."""
    p = {frozenset(pair): value for pair, value in zip(pairs, probability, strict=True)}
    of = [{i} for i in range(count)]
    for k in sorted(range(len(pairs)), key=lambda k: (-round(probability[k], 6), k)):
        if probability[k] < threshold:
            break
        one, other = (next(c for c in of if i in c) for i in pairs[k])
        if one is not other:
            mean = sum(p.get(frozenset((i, j)), 0.0) for i in one for j in other) / (len(one) * len(other))
            if mean >= threshold:
                of = [c for c in of if c is not one and c is not other] + [one | other]
    return sorted(sorted(c) for c in of)


@given(st.integers(0, 10_000))
def test_linkage_agrees_with_its_definition(seed):
    rng = random.Random(seed)
    pairs = [pair for pair in itertools.combinations(range(7), 2) if rng.random() < 0.6]
    # sixteenths add up exactly, whatever the order
    probability = np.array([rng.randint(0, 16) / 16 for _ in pairs])
    assert gather(7, pairs, probability, 0.3) == slowly(7, pairs, probability.tolist(), 0.3)


def test_bcubed_of_perfect_and_of_single_clusters():
    gold = {"a": 1, "b": 1, "c": 2}
    assert bcubed(gold, gold) == (1.0, 1.0, 1.0)
    assert bcubed(gold, {name: name for name in gold})[0] == 1.0


@pytest.mark.parametrize(
    ("a", "b"), [("Hassan", "Hussein"), ("Omar", "Amr"), ("Said", "Sayyid"), ("Salma", "Salim")]
)
def test_names_often_confused_are_two(a, b):
    assert same_latin_many([(a, b)])[0] < 0.5


def test_no_pairs():
    assert same_latin_many([]).tolist() == []
    assert same_latin_many([("", ""), ("", "Hama")]).tolist() == [0.0, 0.0]


def test_every_join_is_explained():
    cluster = ["Hussain", "Husayn", "Hussein"]
    joins = explain_variants(cluster)
    assert len(joins) == len(cluster) - 1
    assert {name for join in joins for name in (join.a, join.b)} == set(cluster)
    assert all(0 < join.probability <= 1 for join in joins)
    assert all(join.reason.startswith("differ in ") for join in joins)
    assert explain_variants([]) == explain_variants(["Hama"]) == []
    across = explain_variants(["Idlib", "إدلب"])
    assert across[0].reason == "the Arabic and the Latin letters answer each other"
