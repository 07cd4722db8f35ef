"""Arabic abbreviations of English names, by the initials of their translation."""

import json
from pathlib import Path

import pytest
import regex

from bialign.names.abbreviations import find_expansions
from bialign.names.initials import arabic_initials, find_arabic_abbreviation
from bialign.names.mentions import find_names

CASES = Path(__file__).resolve().parent.parent / "cases"
SEED = Path(__file__).resolve().parents[3] / "shared/seeds/000_55b9818272ac5998.txt"


def test_arabic_initials_are_ranked():
    found = arabic_initials("Iraqi National Council")
    assert "موع" in [c.text for c in found[:3]]
    assert [c.probability for c in found] == sorted((c.probability for c in found), reverse=True)
    assert arabic_initials("Damascus") == []
    assert arabic_initials("") == []
    assert arabic_initials("Xyzzy Plugh Frobozz") == []


def test_an_abbreviation_is_found_among_other_short_words():
    texts = ["من هو ذا عن كل يوم", 'قال "مصدر" إن "موع" اجتمع في البصرة']
    found = find_arabic_abbreviation("Iraqi National Council", texts)
    assert (found.text, found.index) == ("موع", 1)
    assert texts[1][found.start : found.end] == "موع"
    assert find_arabic_abbreviation("Iraqi National Council", texts[:1]) is None
    assert find_arabic_abbreviation("Iraqi National Council", []) is None


@pytest.mark.skipif(not SEED.exists(), reason="../shared/seeds is not here")
def test_the_real_page_abbreviates_in_arabic():
    text = SEED.read_text(encoding="utf-8")
    expansions = {short.text: long.text for short, long in find_expansions(text, find_names(text, "en"))}
    lines = [line for line in text.splitlines() if regex.search(r"\p{Arab}", line)]
    found = find_arabic_abbreviation(expansions["SDF"], lines)
    assert found.text == "قسد"
    assert find_arabic_abbreviation(expansions["FSA"], lines) is None


def _abbreviations():
    real = json.loads((CASES / "abbreviations_ar.json").read_text(encoding="utf-8"))["real"]
    failing = json.loads((CASES / "known_failures.json").read_text(encoding="utf-8"))["abbreviations_ar"]
    return real, failing["cases"]


REAL, FAILING = _abbreviations()
QUOTED = [f"قال متحدث إن «{abbreviation}» اجتمع" for abbreviation, _ in REAL + FAILING]


@pytest.mark.parametrize(
    ("abbreviation", "expansion"),
    [*map(tuple, REAL), *(pytest.param(*case, marks=pytest.mark.xfail(strict=True)) for case in FAILING)],
)
def test_real_abbreviations_not_developed_on(abbreviation, expansion):
    found = find_arabic_abbreviation(expansion, QUOTED)
    assert found is not None
    assert found.text == abbreviation
