"""The figures that papers and standards work out, by name, and what is said of the papers that work out none.

- Herfindahl–Hirschman index, which Itagaki, Aikawa and He (MT Summit 2007) take for terminology: the
  example of the U.S. Department of Justice, four shares of 30, 30, 20 and 20 per cent, 2,600 points. Our
  agreement is its unbiased form, from which the index follows.
- Shannon, *A Mathematical Theory of Communication* (1948), section 9: symbols of probability 1/2, 1/4, 1/8
  and 1/8 have 7/4 bits.
- M-ETA: the evaluation notebook of SemEval-2025 task 2 (SapienzaNLP/ea-mt-eval) prints 266 of 722, 36.84.
- WMT21 terminology: the authors' README (mahfuzibnalam/terminology_evaluation) prints 2,386 right and 938
  wrong, 0.7178; their corpora are not ours to ship and the figure needs a French lemmatiser, so only the
  quotient is checked. Window overlap is checked against their definition in ``test_terms``.
- LTCR of Lyu et al. (EMNLP 2021) is defined by pairs; their definition is the reference implementation of
  ``test_measures``. We found no worked example, nor in Semenov and Bojar (WMT 2022); the tables of the
  programs of WMT25 (wmt-conference/wmt25-terminology), which say how first, most frequent and
  predefined references are told, are followed here by hand.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from bialign.evaluation.counts import Counts, as_columns
from bialign.evaluation.measures import Agreement, Entropy, PseudoReference
from bialign.evaluation.terms import EntityAccuracy, TermExactMatch


@pytest.mark.parametrize("size", [10, 100, 10_000])
def test_herfindahl_of_the_department_of_justice(size: int) -> None:
    shares = [3 * size // 10, 3 * size // 10, 2 * size // 10, 2 * size // 10]
    agreement = Agreement().score(as_columns([shares]), "written").micro
    assert agreement is not None
    herfindahl = (agreement * (size - 1) + 1) / size
    assert 10_000 * herfindahl == pytest.approx(2600, abs=1e-9)


def test_shannons_seven_quarters() -> None:
    assert Entropy().score(as_columns([[4, 2, 1, 1]]), "written").micro == pytest.approx(7 / 4, abs=1e-9)


def test_ltcr_by_its_definition() -> None:
    """Σ_i Σ_{j>i} 1(t_i = t_j) / C(k, 2), summed over words before dividing (Lyu et al. 2021)."""
    words = [["a", "a", "b", "a"], ["c", "d"], ["e", "e", "e"]]
    alike = sum(t[i] == t[j] for t in words for j in range(len(t)) for i in range(j))
    pairs = sum(len(t) * (len(t) - 1) // 2 for t in words)
    counted = as_columns([[3, 1], [1, 1], [3]])
    assert (alike, pairs) == (6, 10)
    assert Agreement().score(counted, "written").micro == pytest.approx(alike / pairs, abs=1e-9)


def rows(terms: Sequence[Sequence[str]]) -> Counts:
    numbers = {text: number for number, text in enumerate(dict.fromkeys(t for row in terms for t in row))}
    names = np.repeat(np.arange(len(terms)), [len(row) for row in terms])
    return Counts.of(names, np.array([numbers[t] for row in terms for t in row], dtype=np.int64))


def test_pseudo_references_of_wmt25() -> None:
    """Two terms, four and two occurrences: first b, most frequent a, predefined a; then c, c, d."""
    counts = rows([["b", "a", "a", "a"], ["c", "d"]])
    first = PseudoReference("first").score(counts, "written")
    often = PseudoReference("most_frequent").score(counts, "written")
    given = PseudoReference("given", {0: 1, 1: 3}).score(counts, "written")  # a, d
    assert (first.micro, first.macro) == pytest.approx((2 / 6, (1 / 4 + 1 / 2) / 2))
    assert (often.micro, often.macro) == pytest.approx((4 / 6, (3 / 4 + 1 / 2) / 2))
    assert (given.micro, given.macro) == pytest.approx((4 / 6, (3 / 4 + 1 / 2) / 2))


def test_m_eta_of_the_shared_tasks_notebook() -> None:
    mentions = {str(item): ["戀戀風塵"] for item in range(722)}
    predictions = {str(item): "《戀戀風塵》" if item < 266 else "別的" for item in range(700)}
    score = EntityAccuracy().score(predictions, mentions)
    assert (score.correct, score.total) == (266, 722)
    assert round(100 * (score.score or 0), 2) == 36.84


def test_exact_match_of_the_wmt21_readme() -> None:
    right, wrong = 2386, 704 + 234
    translations = ["le virus"] * right + ["la grippe"] * wrong
    score = TermExactMatch().score(["virus"] * (right + wrong), translations, {"virus": ["virus"]})
    assert score.score == pytest.approx(0.7178098676293622, abs=1e-12)
