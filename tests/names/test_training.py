"""The lattice, the network's gradient and the data split, against slow and obvious references."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bialign.names import (
    calibration,
    decoding,
    examples,
    gazetteer,
    lattice,
    models,
    network,
    pairs,
    tables,
    training,
)
from bialign.names.letters import ARABIC_LETTERS, LATIN_LETTERS, fold, plain_arabic, plain_latin

PLAN = training.Plan(wide=12, joint=8, epochs=1)


@st.composite
def lattices(draw):
    n, m = draw(st.integers(0, 4)), draw(st.integers(0, 5))
    rng = np.random.default_rng(draw(st.integers(0, 999)))
    go, write = rng.random((1, n + 2, m + 2)), rng.random((1, n + 2, m + 2))
    write[:, :, m:] = 0
    go[:, n + 1 :] = 0
    return go, write, n, m


def slow_total(go, write, n, m):
    @cache
    def ways(i, j):
        if (i, j) == (n, m):
            return go[0, n, m]
        total = 0.0
        if i < n:
            total += go[0, i, j] * ways(i + 1, j)
        if j < m:
            total += write[0, i, j] * ways(i, j + 1)
        return total

    return ways(0, 0)


@given(lattices())
def test_forward_sums_all_paths(case):
    go, write, n, m = case
    _, total = lattice.forward(go, write, np.array([n]), np.array([m]))
    assert total[0] == pytest.approx(slow_total(go, write, n, m))


@given(lattices())
def test_every_alignment_goes_and_writes_once_a_letter(case):
    go, write, n, m = case
    took_go, took_write, _ = lattice.occupancy(go, write, np.array([n]), np.array([m]))
    assert took_go.sum() == pytest.approx(n + 1)
    assert took_write.sum() == pytest.approx(m)


@given(lattices())
def test_best_path_tiles_the_target(case):
    go, write, n, m = case
    spans = lattice.best_path(go[0, : n + 1, : m + 1], write[0, : n + 1, : m + 1])
    assert len(spans) == n + 1
    assert [p for s, e in spans for p in range(s, e)] == list(range(m))


def test_gradient_is_the_slope_of_the_loss():
    net = training.fresh(ARABIC_LETTERS, LATIN_LETTERS, ("", "EG"), PLAN)
    net.weights.update({k: v.astype(np.float64) for k, v in net.weights.items()})
    sources, targets = ["محمد", "علي"], ["mohamad", "ali"]
    batch = (
        ARABIC_LETTERS.block(sources), np.array([4, 3]), LATIN_LETTERS.block(targets), np.array([7, 3]),
        np.array([0, 1]), np.array([1.0, 0.5]),
    )  # fmt: skip
    _, grads = training.gradient(net, *batch)
    for key, value in net.weights.items():
        spot = np.unravel_index(np.abs(grads[key]).argmax(), value.shape)
        kept, step = value[spot], 1e-5
        value[spot] = kept + step
        above = training.gradient(net, *batch)[0]
        value[spot] = kept - step
        below = training.gradient(net, *batch)[0]
        value[spot] = kept
        assert (above - below) / (2 * step) == pytest.approx(grads[key][spot], rel=1e-4)


@pytest.fixture(scope="module")
def tiny():
    """A network that learned five names by heart."""
    pairs = [("محمد", "mohamad"), ("علي", "ali"), ("حسن", "hassan"), ("سمير", "samir"), ("نور", "nour")]
    samples = [training.Sample(a, e, "", 1.0) for a, e in pairs] * 20
    plan = training.Plan(wide=48, joint=32, epochs=60, batch=25, rate=1e-2, drop=0.0, mean=0.9)
    lines = []
    net = training.fresh(ARABIC_LETTERS, LATIN_LETTERS, ("",), plan)
    return training.train(net, lambda _: samples, plan, lines.append), pairs, lines


def test_training_learns_and_reports(tiny):
    net, pairs, lines = tiny
    assert len(lines) == 60
    found = decoding.decode(net, [a for a, _ in pairs], [None] * len(pairs))
    assert [f[0][0] for f in found] == [e for _, e in pairs]


def test_decoded_scores_are_at_most_the_lattice_scores(tiny):
    net, pairs, _ = tiny
    for (a, _), found in zip(pairs, decoding.decode(net, [a for a, _ in pairs], [None] * 5, 16), strict=True):
        exact = net.score([a] * len(found), [t for t, _ in found], [None] * len(found))
        assert all(s <= e + 1e-4 for (_, s), e in zip(found, exact, strict=True))


def test_training_is_deterministic():
    plan = training.Plan(wide=8, joint=8, epochs=2, batch=2)
    samples = [training.Sample("علي", "ali", "", 1.0), training.Sample("حسن", "hasan", "", 1.0)] * 3
    nets = [
        training.train(
            training.fresh(ARABIC_LETTERS, LATIN_LETTERS, ("",), plan),
            lambda _: samples,
            plan,
            lambda _: None,
        )
        for _ in range(2)
    ]
    assert all(np.array_equal(nets[0].weights[k], nets[1].weights[k]) for k in nets[0].weights)


def test_shares_of_styles_are_means_of_their_rows():
    net = training.fresh(ARABIC_LETTERS, LATIN_LETTERS, ("", "EG", "DZ"), PLAN)
    rows, lengths = ARABIC_LETTERS.block(["علي", "سمير"]), np.array([3, 4])
    told = net.read(rows, lengths, np.array([1, 2]))
    shares = np.array([[0, 1, 0], [0, 0, 1]], dtype=np.float32)
    assert net.read(rows, lengths, shares) == pytest.approx(told, abs=1e-6)
    assert decoding.decode(net, ["علي"], shares[:1]) == decoding.decode(net, ["علي"], ["EG"])


def test_a_product_has_the_same_bits_in_any_company():
    rng = np.random.default_rng(1)
    rows, weights = (rng.normal(size=shape).astype(np.float32) for shape in ((300, 192), (192, 28)))
    whole = network.product(rows, weights)
    assert all(np.array_equal(network.product(rows[:k], weights), whole[:k]) for k in (1, 2, 3, 17, 64))
    assert whole == pytest.approx(rows @ weights, abs=1e-4)


def test_pairs_are_parts_counted_together():
    def example(ar, en, style, kind):
        return examples.Example(ar, en, style, kind, 1.0, folded=True, surface=en)

    found = pairs.pairs_of(
        [
            example("سمير", "samir", "SY", "word"),
            example("سمير القاسم", "samir al qasim", "SY", "full"),
            example("سمير", "samir", "SY", "full"),
            example("سمير القاسم", "qasim", "SY", "full"),
        ],
        [gazetteer.Gazetted("باريس", "Paris", "place", "geonames", "FR"),
         gazetteer.Gazetted("حلب", "Aleppo", "place", "geonames", "SY")],
    )  # fmt: skip
    assert {(p.ar, p.en, p.kind, p.country, p.count) for p in found} == {
        ("سمير", "samir", "person", "SY", 2.0),
        ("القاسم", "al qasim", "person", "SY", 1.0),
        ("باريس", "paris", "gazetteer", "", 1.0),
    }


def test_pairs_that_the_tables_take_for_mistakes_are_left_out():
    right, wrong = (pairs.Pair("سمير", en, "person", "SY", 1.0) for en in ("samir", "bakhtout"))
    assert pairs.likely([right, wrong], *models.tables()) == [right]


def test_split_is_by_folded_word_without_article():
    assert examples.part_of("الأسد") == examples.part_of("اسد")
    parts = {
        examples.part_of(w)
        for w in ["سمير", "علي", "حسن", "محمد", "نور", "فرح", "ليلى", "كريم", "زيد", "عمر", "هند"]
    }
    assert "train" in parts


def test_usable_pairs():
    assert examples.usable("علي", "ali")
    assert not examples.usable("علي", "a" * 30)
    assert not examples.usable("", "ali")
    assert not examples.usable("علي", "ali2")


@settings(max_examples=200)
@given(st.text(max_size=300))
def test_plain_letters_of_any_text(text):
    for plain in (plain_arabic(text), plain_latin(text)):
        assert plain == plain.strip()
        assert len(plain) <= 64
    assert len(fold(plain_arabic(text))) == len(plain_arabic(text))


def test_logistic_finds_the_rule_and_calibrates():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(4000, 2))
    truth = 1 / (1 + np.exp(-(2 * x[:, 0] - x[:, 1] + 0.5)))
    same = (rng.random(4000) < truth).astype(float)
    model = calibration.fit(x, same)
    assert np.abs(model(x) - truth).max() < 0.1
    again = calibration.Logistic.from_array(model.to_array())
    assert np.array_equal(again(x), model(x))
    assert calibration.calibration_error(model(x), same) < 0.03


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 999), st.text("ابتثج", min_size=1, max_size=5), st.text("abtj", max_size=6))
def test_tables_score_is_the_lattice_sum(seed, source, target):
    wide, size = len(LATIN_LETTERS), len(ARABIC_LETTERS)
    rng = np.random.default_rng(seed)
    steps = rng.random((size, size, wide, wide)).astype(np.float32)
    model = tables.Tables(ARABIC_LETTERS, LATIN_LETTERS, steps.ravel())
    a = [*ARABIC_LETTERS.row(source), 0, 0]
    e = [0, *LATIN_LETTERS.row(target)]
    n, m = len(source), len(target)
    go, write = np.zeros((1, n + 1, m + 1)), np.zeros((1, n + 1, m + 1))
    for i in range(n + 1):
        for j in range(m + 1):
            go[0, i, j] = steps[a[i], a[i + 1], e[j], 0]
            if j < m:
                write[0, i, j] = steps[a[i], a[i + 1], e[j], e[j + 1]]
    assert model.score([source], [target])[0] == pytest.approx(np.log(slow_total(go, write, n, m)), rel=1e-4)


def test_em_learns_which_letters_answer():
    pairs = [("سمير", "samir"), ("سلمي", "salmi"), ("رمي", "rami"), ("سر", "sar")] * 5
    model = tables.learn(ARABIC_LETTERS, LATIN_LETTERS, pairs, np.ones(len(pairs)))
    right, wrong = model.score(["سمير", "سمير"], ["samir", "rasim"])
    assert right > wrong + 3
    again = tables.Tables(ARABIC_LETTERS, LATIN_LETTERS, model.packed())
    assert again.score(["سمير"], ["samir"])[0] == pytest.approx(right, abs=0.5)


def test_shipped_models_are_small():
    folder = files("bialign.resources")
    names = (
        "romanize.npz",
        "arabize.npz",
        "tables.npz",
        "attested.npz",
        "match.npz",
        "unfold.npz",
        "origin.npz",
    )
    assert sum(len((folder / name).read_bytes()) for name in names) < 8e6
