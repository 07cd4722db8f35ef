"""Titles, honorifics and possessives apart from the name, wherever the name stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bialign.text.titles import name_parts

CASES = [
    ("Dr. Naguib Mahfouz", "Dr.", "Naguib Mahfouz", "", ""),
    ("Sheikh Zayed's", "Sheikh", "Zayed", "", "'s"),
    ("Brig. Gen. al-Atassi", "Brig. Gen.", "al-Atassi", "", ""),
    ("Saad Zaghloul Pasha", "", "Saad Zaghloul", "Pasha", ""),
    ("Prophet Muhammad (PBUH)", "Prophet", "Muhammad", "(PBUH)", ""),
    ("Sultan Qaboos", "", "Sultan Qaboos", "", ""),
    ("Said", "", "Said", "", ""),
    ("the Abbas’", "", "the Abbas", "", "’"),
    ("Isma'il", "", "Isma'il", "", ""),
    ("Sheikh", "", "Sheikh", "", ""),
    ("Generaladmiral", "", "Generaladmiral", "", ""),
    ("", "", "", "", ""),
]


@pytest.mark.parametrize(("text", "title", "name", "honorific", "possessive"), CASES)
def test_parts(text, title, name, honorific, possessive):
    parts = name_parts(text)
    assert (parts.title, parts.name, parts.honorific, parts.possessive) == (
        title,
        name,
        honorific,
        possessive,
    )
    assert text[parts.start : parts.end] == name


@given(st.text(max_size=30))
def test_the_name_stands_where_it_says(text):
    parts = name_parts(text)
    assert text[parts.start : parts.end] == parts.name
