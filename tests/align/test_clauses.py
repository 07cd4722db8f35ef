"""Clauses, and what they say of the beads of sentences."""

import numpy as np
import pytest

from bialign.align import clauses as clauses_module
from bialign.align.beads import SHAPES
from bialign.align.clauses import Meetings, clauses
from bialign.align.path import Path


@pytest.mark.parametrize(
    ("language", "text", "pieces"),
    [
        ("en", "No cut here", ["No cut here"]),
        (
            "en",
            "Yes, the old man said, and he went home to his old house.",
            ["Yes, the old man said,", "and he went home to his old house."],
        ),
        (
            "ar",
            "خرج الرجل من بيته صباحا، ومشى إلى السوق القديم.",
            ["خرج الرجل من بيته صباحا،", "ومشى إلى السوق القديم."],
        ),
        ("ar", "،", ["،"]),
    ],
)
def test_cuts(language, text, pieces):
    assert clauses(text, language) == pieces


@pytest.mark.parametrize("block", [2, 200])
def test_a_bead_whose_clauses_meet_is_worth_more(monkeypatch, block):
    monkeypatch.setattr(clauses_module, "BLOCK", block)
    monkeypatch.setattr(clauses_module, "CHOICE", 1)
    ar = [
        "خرج الوزير من القصر صباحا، وعاد إلى بيته في القرية.",
        "ارتفعت أسعار الخبز بنسبة 20 بالمئة هذا العام.",
        "أغلقت المدارس أبوابها بسبب الثلج.",
    ]
    en = [
        "The minister left the palace in the morning.",
        "He returned to his house in the village.",
        "Bread prices rose by 20 percent this year.",
        "The schools closed because of the snow.",
    ]
    beads = np.array([[0, 1, 0, 1], [1, 1, 1, 2], [2, 1, 3, 1]])
    low, high = np.zeros(4, np.int64), np.full(4, 5)
    meetings = Meetings(ar, en, Path(beads, np.ones(3, np.float32), -0.1), low, high)
    worth = meetings(1, 0, 5)
    assert worth.shape == (len(SHAPES), 5)
    assert worth[SHAPES.index((1, 2)), 2] > worth[SHAPES.index((1, 1)), 1]
