"""The sequence model: its sums against all paths written out, and what it knows of names."""

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bialign.names.arabic_features import readings
from bialign.names.arabic_words import arabic_words
from bialign.names.sequences import best_paths, expectations
from bialign.names.tagger import Token, best_cut, tag


def runs(text):
    return [Token(word.text, word.before, word.after) for word in arabic_words(text)]


def found(text):
    words = [token.text for token in runs(text)]
    return [(" ".join(words[g.first : g.last])[g.cut :], g.type) for g in tag([runs(text)])[0].names]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("قال ويليامز إن الحكومة أعلنت النتائج", [("ويليامز", "person")]),
        ("وصل بشار الأسد إلى كوبنهاغن", [("بشار الأسد", "person"), ("كوبنهاغن", "place")]),
        ("أعلنت الحكومة نتائج تسعة اجتماعات مع المدنيين", []),
    ],
)
def test_names_in_sentences(text, names):
    assert found(text) == names


@given(st.text(alphabet="وفبلكساهيمنرت", min_size=1, max_size=8))
def test_readings_give_the_word_back(word):
    for cut, rest in readings(word):
        assert word[:cut] + rest in (word, word[:cut] + "ا" + word[cut:])
    for token in tag([[Token(word, " ", " ")]])[0].names:
        assert 0 <= token.probability <= 1


def test_the_likeliest_cut():
    assert best_cut("وموسكو", "place") == 1
    assert best_cut("دمشق", "place") == 0


def test_empty_runs():
    assert tag([]) == []
    assert [tagged.names for tagged in tag([[]])] == [[]]


@given(st.integers(0, 10_000))
def test_sums_are_those_over_all_paths(seed):
    draw = np.random.default_rng(seed)
    states, lengths = 3, np.array([3, 1, 2])
    scores = draw.normal(size=(3, 3, states))
    moves, first = draw.normal(size=(states, states)), draw.normal(size=states)
    shares, pairs, logs = expectations(scores, lengths, moves, first)
    expected_pairs = np.zeros((states, states))
    for row, length in enumerate(lengths):
        paths = list(product(range(states), repeat=int(length)))
        weights = np.array(
            [
                first[path[0]]
                + sum(scores[row, i, s] for i, s in enumerate(path))
                + sum(moves[a, b] for a, b in pairwise(path))
                for path in paths
            ]
        )
        probabilities = np.exp(weights - np.logaddexp.reduce(weights))
        assert np.isclose(logs[row], np.logaddexp.reduce(weights), atol=1e-4)
        for i in range(length):
            expected = [
                sum(p for p, path in zip(probabilities, paths, strict=True) if path[i] == s)
                for s in range(states)
            ]
            assert np.allclose(shares[row, i], expected, atol=1e-5)
        for p, path in zip(probabilities, paths, strict=True):
            for a, b in pairwise(path):
                expected_pairs[a, b] += p
        assert tuple(best_paths(scores, lengths, moves, first)[row]) == paths[int(weights.argmax())]
    assert np.allclose(pairs, expected_pairs, atol=1e-4)
