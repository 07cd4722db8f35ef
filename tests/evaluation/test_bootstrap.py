"""The vectorised bootstrap against a slow one that copies documents."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bialign.evaluation.bootstrap import SEED, _draw, bootstrap
from bialign.evaluation.counts import Counts, Uses
from bialign.evaluation.measures import Agreement, Dominance, PseudoReference

ROUNDS = 40
ROWS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 6)), min_size=1, max_size=40
).filter(lambda rows: len({row[2] for row in rows}) >= 5)


def copied(uses: Uses, weights: np.ndarray) -> list[tuple[int, int, tuple[int, int]]]:
    """Occurrences of a resample: name, spelling, and which copy of which document."""
    return [
        (int(n), int(v), (int(d), copy))
        for n, v, d in zip(uses.name, uses.spelling, uses.document, strict=True)
        for copy in range(int(weights[d]))
    ]


def slow_agreement(rows: list[tuple[int, int, tuple[int, int]]]) -> float:
    """Pairs alike over pairs, copies of one document never compared with each other."""
    alike = pairs = 0
    for i, (name, spelling, (document, copy)) in enumerate(rows):
        for other_name, other_spelling, (other_document, other_copy) in rows[:i]:
            if name == other_name and (document != other_document or copy == other_copy):
                pairs += 1
                alike += spelling == other_spelling
    return alike / pairs if pairs else float("nan")


def quantiles(values: list[float]) -> tuple[float, float] | None:
    known = [value for value in values if not np.isnan(value)]
    return tuple(np.quantile(known, (0.025, 0.975))) if known else None


@settings(max_examples=40, deadline=None)
@given(ROWS)
def test_agreement_equals_the_slow_bootstrap(rows) -> None:
    uses = Uses.of(rows)
    counts = {"written": Counts.of(uses.name, uses.spelling)}
    found = bootstrap(uses, counts, (Agreement(), Dominance(), PseudoReference("first")), rounds=ROUNDS)
    drawn = _draw(uses.documents, ROUNDS, SEED)
    wanted = quantiles([slow_agreement(copied(uses, drawn[:, r])) for r in range(ROUNDS)])
    interval = found["written", "agreement"].micro
    assert (interval is None) == (wanted is None)
    if wanted is not None:
        assert interval == pytest.approx(wanted, abs=1e-5)


def test_coarser_levels_join_the_cells_of_finer_ones() -> None:
    generator = np.random.default_rng(1)
    uses = Uses(
        generator.integers(0, 30, 900),
        generator.integers(0, 6, 900),
        np.sort(generator.integers(0, 40, 900)),
        30,
        6,
        40,
    )
    fine, coarse = (Counts.of(uses.name, uses.spelling // step) for step in (1, 2))
    both = bootstrap(uses, {"written": fine, "case": coarse}, (Agreement(),))
    alone = bootstrap(uses, {"case": coarse}, (Agreement(),))
    assert both["case", "agreement"].micro == pytest.approx(alone["case", "agreement"].micro, abs=1e-6)
    assert both["case", "agreement"].macro == pytest.approx(alone["case", "agreement"].macro, abs=1e-6)


def test_same_seed_same_interval_and_the_estimate_inside() -> None:
    generator = np.random.default_rng(2)
    uses = Uses(
        np.zeros(300, int), generator.choice(3, 300, p=(0.6, 0.3, 0.1)), np.arange(300) // 3, 1, 3, 100
    )
    counts = {"written": Counts.of(uses.name, uses.spelling)}
    one, two, other = (
        bootstrap(uses, counts, (Agreement(),), seed=seed)["written", "agreement"] for seed in (1, 1, 2)
    )
    assert one.micro == two.micro != other.micro
    score = Agreement().score(counts["written"], "written", one)
    assert one.micro[0] < score.micro < one.micro[1]
    assert "bootstrap:1000|seed:1|resampled:document" in score.signature


def test_too_few_documents_give_no_interval() -> None:
    uses = Uses.of([(0, 0, 0), (0, 1, 1), (0, 0, 2)])
    assert bootstrap(uses, {"written": Counts.of(uses.name, uses.spelling)}, (Agreement(),)) == {}
