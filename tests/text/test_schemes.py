"""Romanisation standards on judged cases; camel-tools' codes are camel-tools' own."""

import json
from pathlib import Path

import pytest
from camel_tools.utils.charmap import CharMapper
from hypothesis import given, settings
from hypothesis import strategies as st

from bialign.errors import UsageError
from bialign.text.schemes import SCHEMES, romanize_scheme

CASES = json.loads((Path(__file__).parents[1] / "cases/schemes.json").read_text(encoding="utf-8"))
TEXTS = st.text(
    st.one_of(st.sampled_from("اٱلوبفكيىةهأآإؤئءشمنحعـ َُِّْٰ\u064b\u064c\u064d\n 1"), st.characters(codec=None)),
    max_size=24,
)


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['scheme']}:{c['ar']}")
def test_standards(case):
    assert romanize_scheme(case["ar"], case["scheme"]) == case["text"]


def test_every_standard_has_cases():
    assert {case["scheme"] for case in CASES} == set(SCHEMES[:6])


@pytest.mark.parametrize(
    ("scheme", "name"),
    [
        ("buckwalter", "ar2bw"),
        ("safe-buckwalter", "ar2safebw"),
        ("xml-buckwalter", "ar2xmlbw"),
        ("hsb", "ar2hsb"),
    ],
)
def test_codes_are_camel_tools(scheme, name):
    text = "الحَمْدُ لِلّٰهِ، أإآؤئءةى ٱبن"
    assert romanize_scheme(text, scheme) == CharMapper.builtin_mapper(name).map_string(text)


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.sampled_from(SCHEMES))
def test_any_text_is_written(text, scheme):
    assert isinstance(romanize_scheme(text, scheme), str)
    assert romanize_scheme("NATO 2018\n ok", "din") == "NATO 2018\n ok"


def test_capitals_stand_behind_the_article_and_behind_ayn():
    assert romanize_scheme("وِزَارَة التَّرْبِيَة", "ala-lc", capitals=True) == "Wizārat al-Tarbiyah"
    assert romanize_scheme("الشَّمْسِيَّة", "bgn-pcgn", capitals=True) == "ash Shamsīyah"
    assert romanize_scheme("عُمَر", "ala-lc", capitals=True) == "ʻUmar"


def test_signs_and_digits():
    assert romanize_scheme("نَعَم، ١٢٪؟", "ala-lc") == "naʻam, 12%?"


def test_unknown_scheme():
    with pytest.raises(UsageError, match="'latin'"):
        romanize_scheme("ا", "latin")
