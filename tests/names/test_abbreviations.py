"""Bracketed abbreviations find their expansion."""

import pytest

from bialign.names.abbreviations import (
    expansion_before,
    find_expansions,
    letters_support,
)
from bialign.names.mentions import find_names


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("The World Health Organization (WHO) said WHO would help.", [("WHO", "World Health Organization")]),
        ("the Islamic State of Iraq and Syria (ISIS)", [("ISIS", "Islamic State of Iraq and Syria")]),
        ("the Islamic states (ISIS) commanders", [("ISIS", "Islamic states")]),
        ("Kurdistan Workers' Party (PKK) bases", []),
        ("He came (BBC).", []),
    ],
)
def test_find_expansions(text, pairs):
    found = find_expansions(text, find_names(text, "en"))
    assert [(short.text, long.text) for short, long in found] == pairs


def test_support():
    assert letters_support("UN", ["United", "Nations"]) == "its initials"
    assert letters_support("XY", ["United", "Nations"]) is None
    assert letters_support("", []) is None


def test_the_floor_is_kept():
    text = "United Nations (UN)"
    assert expansion_before(text, 15, "UN")[:2] == (0, 14)
    assert expansion_before(text, 15, "UN", floor=7) is None
