"""Runs tile the text, brackets go to their own script, direction controls are told."""

import itertools
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bialign.text.scripts import arabic_share, direction_marks, has_arabic, has_latin, runs

TEXTS = st.text(
    st.one_of(st.sampled_from("abقد ()«»\"'[]3#،\u200f\u202b\u2069\nП"), st.characters(codec=None)),
    max_size=50,
)

CASES = [
    ("قال (NATO) أمس", ["قال (", "NATO", ") أمس"]),
    ("NATO (حلف) said", ["NATO (", "حلف", ") said"]),
    ("قال: \"he said 'نعم' today\" ثم", ['قال: "', "he said '", "نعم", "' today", '" ثم']),
    ("يقول «الـ BBC» إن", ["يقول «الـ ", "BBC", "» إن"]),
    ("COVID-19 في 2020", ["COVID-19 ", "في 2020"]),
    ("قال #NATO نعم", ["قال ", "#NATO ", "نعم"]),
    ("(NATO) قال", ["(NATO) ", "قال"]),
    ('he\'s «قال "yes" لا» ok', ["he's «", 'قال "', "yes", '" لا', "» ok"]),
    ("12:30", ["12:30"]),
    ("Привет مرحبا", ["Привет ", "مرحبا"]),
    ("نعم، مُحَمَّدٌ ١٢٪", ["نعم، مُحَمَّدٌ ١٢٪"]),
]


@pytest.mark.parametrize(("text", "pieces"), CASES)
def test_runs(text, pieces):
    assert [text[run.start : run.end] for run in runs(text)] == pieces


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_runs_tile_any_text_and_hold_their_script(text):
    found = runs(text)
    assert "".join(text[run.start : run.end] for run in found) == text
    assert all(a.script != b.script for a, b in itertools.pairwise(found))
    for run in found:
        # a mark goes with the letter it stands on, whichever scripts Unicode gives it to
        piece = "".join(c for c in text[run.start : run.end] if not unicodedata.combining(c))
        assert not has_latin(piece) or run.script == "latin"
        assert not has_arabic(piece) or run.script == "arabic"


@pytest.mark.parametrize(
    "text", ["(" * 50_000, "(a" * 50_000 + "ب)" * 50_000, "'\"" * 50_000, "\u202b" * 50_000]
)
def test_brackets_without_end_take_linear_time(text):
    begin = time.perf_counter()
    runs(text)
    direction_marks(text)
    assert time.perf_counter() - begin < 10


def test_share_of_arabic():
    assert arabic_share("") == 0
    assert arabic_share("123 ،") == 0
    assert arabic_share("abc دمش") == 0.5


def test_direction_marks_name_what_is_wrong():
    marks = direction_marks("\u202bنعم\u202c \u2067x\n\u2069\u200e")
    assert [(m.position, m.problem) for m in marks] == [
        (0, None), (4, None), (6, "never closed"), (9, "closes nothing"), (10, None)
    ]  # fmt: skip
    assert marks[0].name == "RIGHT-TO-LEFT EMBEDDING"
