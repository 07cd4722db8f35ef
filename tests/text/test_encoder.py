"""Sentence vectors: unit rows in order, equal texts once, translations near."""

import numpy as np
import pytest

from bialign.text.encoder import WIDTH, Encoder, encoder, network


@pytest.fixture(scope="module")
def model():
    return encoder()


def test_rows_are_unit_vectors_in_order(model):
    texts = ["The sky is blue.", "السماء زرقاء.", "The sky is blue.", "", "\ud800"]
    vectors = model.encode(texts)
    assert vectors.shape == (5, WIDTH)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert (vectors[0] == vectors[2]).all()
    assert vectors[0] @ vectors[1] > vectors[0] @ model.encode(["سعر النفط يرتفع"])[0]


def test_nothing_gives_no_rows(model):
    assert model.encode([]).shape == (0, WIDTH)


def test_each_text_is_computed_once_and_few_are_kept(monkeypatch):
    own = Encoder(capacity=3)
    asked = []

    def compute(texts):
        asked.append(list(texts))
        return np.eye(len(texts), WIDTH, dtype=np.float32)

    monkeypatch.setattr(own, "_compute", compute)
    own.encode(["a", "b", "a"])
    own.encode(["b", "c"])
    own.encode(["d", "e", "f", "g"])
    own.encode(["g", "a"])
    assert asked == [["a", "b"], ["c"], ["d", "e", "f", "g"], ["a"]]


def test_one_a_process():
    assert encoder() is encoder()


def test_one_network_a_process(model):
    model.encode(["The sky is blue."])
    assert network() is network()
