"""Term and entity measures, against a slow reading of the authors' definition where there is one."""

from __future__ import annotations

import pytest

from bialign.errors import InputError, UsageError
from bialign.evaluation.terms import (
    clitics_cut,
    entity_accuracy,
    term_exact_match,
    term_lines,
    window_overlap,
)


@pytest.mark.parametrize(("form", "correct"), [("raw", 1), ("normalised", 2), ("clitics_cut", 3)])
def test_exact_match_by_form(form, correct) -> None:
    sources = ["The epidemic spread.", "An Epidemic, again", "of epidemics: the epidemic"]
    arabic = ["انتشر الوَباء", "الوباء أيضا", "وللوباء"]
    score = term_exact_match(sources, arabic, {"epidemic": ["الوباء"]}, form)
    assert (score.correct, score.total) == (correct, 3)
    assert f"form:{form}" in score.signature


def test_a_term_that_stands_twice_wants_its_target_twice() -> None:
    score = term_exact_match(["flu and flu"], ["إنفلونزا"], {"flu": ["إنفلونزا"]})
    assert (score.correct, score.total) == (1, 2)


def test_the_simple_count_takes_a_term_once_a_line_and_inside_longer_ones() -> None:
    score = term_lines(
        ["flu and flu", "bird flu", "none"], ["إنفلونزا"] * 3, {"flu": ["إنفلونزا"], "bird flu": ["x"]}
    )
    assert (score.correct, score.total) == (2, 3)
    with pytest.raises(UsageError):
        term_lines([], [], {}, "no such form")


def test_window_overlap() -> None:
    reference = "the patient has severe acute fever and cough today"
    terms = [["fever"]]
    assert window_overlap([reference], [reference], terms).score == 1.0
    changed = "the patient has mild acute fever and pain today"
    assert window_overlap([changed], [reference], terms, window=2).score == pytest.approx(2 / 4)
    assert window_overlap([changed], [reference], terms, window=3).score == pytest.approx(4 / 6)
    assert window_overlap(["no such term"], [reference], terms).score == 0.0
    assert window_overlap(["a b"], ["a b"], [[]]).score is None


def test_window_overlap_passes_over_punctuation_and_matches_best_first() -> None:
    reference = "red fever , blue and green fever white"
    translation = "green fever white and red fever blue"
    assert window_overlap([translation], [reference], [["fever"]], window=1).score == 1.0


def test_entity_accuracy_counts_missing_predictions_as_wrong() -> None:
    mentions = {"1": ["دمشق", "الشام"], "2": ["Cairo"], "3": ["x"]}
    assert entity_accuracy({"1": "في الشام", "2": "in CAIRO"}, mentions).score == pytest.approx(2 / 3)
    assert entity_accuracy({}, {}).score is None


def test_clitics() -> None:
    assert clitics_cut("وبالمدينة والقرية") == clitics_cut("مدينة قرية")


def test_bad_input() -> None:
    with pytest.raises(InputError, match="2 lines on one side, 1 on the other"):
        term_exact_match(["a", "b"], ["ا"], {})
    with pytest.raises(UsageError, match="unknown form"):
        term_exact_match(["a"], ["ا"], {}, "loose")
