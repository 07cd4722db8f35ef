"""Change points are found where they were made, and not where nothing changed."""

from __future__ import annotations

import numpy as np
import pytest

from bialign.evaluation.changes import best_split, p_value
from bialign.evaluation.consistency import consistency


def corpus(fakes, spellings, translators=None):
    pages = [
        fakes.page(
            n,
            f"In {text} and {text}.",
            translators[n] if translators else None,
            f"2018-{1 + n // 28:02}-{1 + n % 28:02}",
        )
        for n, text in enumerate(spellings)
    ]
    return pages, fakes.FakeLexicon([fakes.entry("hama", "حماة", "Hamah", "Hama ", "Hama.")], pages)


def test_a_change_is_found_on_its_day(fakes) -> None:
    pages, lexicon = corpus(fakes, ["Hamah"] * 12 + ["Homs"] * 3 + ["Hama "] * 12)
    (change,) = consistency(pages, lexicon, by=()).changes
    assert change.before == "Hamah"
    assert change.after.startswith("Hama")
    assert change.after != "Hamah"
    assert change.date == pages[15].published
    assert change.p_value < 0.05


def test_no_change_in_a_mixture(fakes) -> None:
    pages, lexicon = corpus(fakes, ["Hamah", "Hama "] * 14)
    assert consistency(pages, lexicon, by=()).changes == ()


def test_too_little_to_say_so(fakes) -> None:
    pages, lexicon = corpus(fakes, ["Hamah"] * 2 + ["Hama "] * 2)
    assert consistency(pages, lexicon).changes == ()


def test_dated_pages_of_names_with_one_spelling(fakes) -> None:
    report = consistency(*corpus(fakes, ["Hama"] * 8), by="translator")
    assert report.changes == ()


def test_one_translator_changes(fakes) -> None:
    spellings = ["Hamah", "Hamah"] * 12 + ["Hama ", "Hamah"] * 12
    pages, lexicon = corpus(fakes, spellings, ["سعيد", "محمد"] * 24)
    changes = consistency(pages, lexicon, by="translator").changes
    assert [change.group for change in changes] == ["سعيد"]


def test_shuffled_p_values_are_not_too_small() -> None:
    generator = np.random.default_rng(5)
    boundary = np.ones(29, dtype=bool)
    values = []
    for _ in range(120):
        table = np.eye(2)[generator.integers(0, 2, 30)]
        assert best_split(table, boundary) is not None
        values.append(p_value(table, boundary, generator))
    assert np.mean(np.array(values) <= 0.1) == pytest.approx(0.1, abs=0.09)
