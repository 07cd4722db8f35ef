"""Vectors of runs from the sums of their sentences, against the encoder on the joined text."""

import numpy as np
import pytest

from bialign.align.vectors import SentenceRuns, finished, pooled, running_sums, sums_of
from bialign.text.encoder import WIDTH, encoder

TEXTS = [
    "The sky over the city is blue today.",
    "Rain is expected in the north on Friday.",
    "السماء زرقاء اليوم فوق المدينة.",
    "Schools will stay open.",
]


def test_one_sentence_is_the_encoders_own():
    assert np.allclose(finished(*pooled(TEXTS)), encoder().encode(TEXTS), atol=1e-4)


def test_runs_are_near_the_joined_text():
    runs = SentenceRuns(TEXTS)
    whole = encoder().encode([" ".join(TEXTS)])[0]
    assert runs.of(np.array([4]), np.array([4]))[0] @ whole > 0.97


@pytest.mark.parametrize("texts", [[""], ["", TEXTS[0]]])
def test_an_empty_text_has_no_vector(texts):
    vectors = finished(*pooled(texts))
    assert vectors.shape == (len(texts), WIDTH)
    assert not vectors[0].any()


def test_sums_of_runs():
    values = np.random.default_rng(1).random((6, 3)).astype(np.float32)
    sums = running_sums(values, np.arange(1, 7), 4, change=1.0)
    for end in range(1, 7):
        for size in range(1, 5):
            plain = values[end - size : end].sum(axis=0) + size - 1 if size <= end else np.zeros(3)
            assert np.allclose(sums[end - 1, size - 1], plain, atol=1e-5)
    assert np.allclose(sums_of(values, np.array([6]), np.array([3]), change=1.0), sums[5:, 2], atol=1e-5)
