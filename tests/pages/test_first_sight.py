"""The pages written out whole, as the separator is now; what they scored at first sight is history."""

from __future__ import annotations

import math
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "scripts"
NEWS = Path(__file__).parents[3] / "shared/data/bitext/flores"
pytestmark = pytest.mark.skipif(not NEWS.exists(), reason="no ../shared beside this checkout")


@pytest.fixture(scope="module")
def first_sight():
    sys.path.insert(0, str(SCRIPTS))
    import first_sight

    yield first_sight
    sys.path.remove(str(SCRIPTS))


def test_batches_score_what_the_mends_reached(first_sight):
    from composing.scoring import score

    pairs = [pair for path in first_sight.batches() for _, pair in first_sight.separated(path)]
    scores = score(pairs)
    assert scores["pages"] >= 80
    for field in ("title", "published", "updated", "credits"):
        assert scores[field] >= 0.97, field
    assert scores["dateline"] >= 0.9
    assert scores["tags"] >= 0.95
    assert scores["body"] >= 0.99
    assert scores["arabic_leaked"] < 0.001
    assert scores["english_lost"] < 0.001


def test_every_batch_has_one_first_sight(first_sight):
    lines = first_sight.HISTORY.read_text("utf-8").splitlines()[1:]
    assert [line.split("\t")[0] for line in lines] == [path.stem for path in first_sight.batches()]
    assert all(float(cell) >= 0 or math.isnan(float(cell)) for line in lines for cell in line.split("\t")[2:])
