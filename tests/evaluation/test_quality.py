"""Quality scores are sacrebleu's."""

from __future__ import annotations

import pytest
from sacrebleu.metrics.bleu import BLEU

from bialign.errors import InputError, UsageError
from bialign.evaluation.quality import quality

REFERENCE = ["the town of Hama lies on the Orontes river", "a market opened in the town on Monday"]
GOOD = ["the town of Hamah lies on the Orontes river", "a market opened in the town on Monday"]
BAD = ["town Hamah is at river", "market was open Monday in a town"]


def test_scores_are_sacrebleus() -> None:
    report = quality(REFERENCE, {"good": GOOD}, "en")
    bleu = next(score for score in report.scores if score.metric == "BLEU")
    assert bleu.score == pytest.approx(BLEU().corpus_score(GOOD, [REFERENCE]).score)
    assert "tok:13a" in bleu.signature
    assert {score.text for score in report.scores} == {"raw"}


def test_arabic_is_scored_raw_and_normalised() -> None:
    report = quality(["زار أحمد مدينة حماة اليوم"], {"one": ["زار احمد مدينه حماة اليوم"]}, "ar")
    scores = {(score.metric, score.text): score for score in report.scores}
    assert scores["BLEU", "normalised"].score == pytest.approx(100)
    assert scores["BLEU", "raw"].score < 100
    assert "tok:intl" in scores["BLEU", "raw"].signature
    assert scores["BLEU", "normalised"].signature.endswith("profile:match")


def test_groups_and_paired_test() -> None:
    report = quality(REFERENCE, {"good": GOOD, "bad": BAD}, "en", groups=["x", "y"], samples=50)
    assert {score.group for score in report.scores} == {"all", "x", "y"}
    assert [(test.metric, test.system) for test in report.tests] == [
        ("BLEU", "bad"),
        ("chrF++", "bad"),
        ("TER", "bad"),
    ]
    assert all(0 < test.p_value <= 1 for test in report.tests)
    assert "bs:50" in report.tests[0].signature


def test_unequal_and_empty_sides() -> None:
    with pytest.raises(InputError, match="good has 2 lines, the references have 1"):
        quality(REFERENCE[:1], {"good": GOOD}, "en")
    with pytest.raises(InputError, match="empty: no text"):
        quality(REFERENCE, {"empty": ["", " "]}, "en")
    with pytest.raises(UsageError, match="unknown language"):
        quality(REFERENCE, {"good": GOOD}, "fr")
