"""What docs/normalisation.md shows is what the functions do, and its table of differences is whole."""

import unicodedata
from pathlib import Path

import pytest
import regex
from camel_tools.utils.dediac import dediac_ar
from camel_tools.utils.normalize import (
    normalize_alef_ar,
    normalize_alef_maksura_ar,
    normalize_teh_marbuta_ar,
    normalize_unicode,
)

from bialign.text.arabic import PROFILES, normalize_arabic
from bialign.text.latin import LEVELS, strictness_key
from bialign.text.schemes import SCHEMES, romanize_scheme

PAGE = (Path(__file__).parents[2] / "docs/normalisation.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("| `")
]


@pytest.mark.parametrize(
    "row", [r for r in ROWS if r[0].strip("`") in PROFILES and regex.search("[^\x00-\x7f]", r[2])]
)
def test_profile_examples(row):
    assert normalize_arabic(row[1], row[0].strip("`")).text == row[2]


@pytest.mark.parametrize("row", [r for r in ROWS if r[0].strip("`") in LEVELS])
def test_levels(row):
    assert strictness_key("El-Badee’s  Ḥasan", row[0].strip("`")) == row[2].strip("`")


@pytest.mark.parametrize("row", [r for r in ROWS if r[0].strip("`") in SCHEMES])
def test_schemes(row):
    words = ("القَاهِرَة", "الشَّمْسِيَّة", "وِزَارَة التَّرْبِيَة")
    assert [romanize_scheme(word, row[0].strip("`")) for word in words] == row[1:]


FORMS_OF_MARKS = {*range(0xFC5E, 0xFC64), *range(0xFCF2, 0xFCF5), *range(0xFE70, 0xFE80)}
SIGNS = {*range(0xFDFA, 0xFDFE), *range(0x675, 0x679), 0xFEFF}
MARKS = {
    0x61C, 0x640, *range(0x610, 0x61B), *range(0x653, 0x660), *range(0x6D6, 0x6EE), *range(0x8C9, 0x900)
}  # fmt: skip
SEATS = {0x624, 0x626, 0x672, 0x673, *range(0xFE85, 0xFE87), *range(0xFE89, 0xFE8D), *range(0xFBEA, 0xFC05)}
SEATS |= {*range(0xFC64, 0xFC6A), *range(0xFC97, 0xFC9C), 0xFCDF, 0xFCE0}
PERSIAN = {
    0x6A9,
    0x6AA,
    0x6BE,
    *range(0x6C0, 0x6C4),
    0x6CC,
    0x6D0,
    0x6D2,
    0x6D3,
    0x6D5,
    *range(0xFB8E, 0xFB92),
}
PERSIAN |= {*range(0xFBA4, 0xFBB2), *range(0xFBE4, 0xFBE8), *range(0xFBFC, 0xFC00), 0xFDF0, 0xFDF1}
DOCUMENTED = {
    "unicode": FORMS_OF_MARKS | SIGNS,
    "light": FORMS_OF_MARKS | SIGNS | MARKS,
    "search": FORMS_OF_MARKS | SIGNS | MARKS | SEATS | PERSIAN,
}


def camel(text, profile):
    text = normalize_unicode(text)
    if profile != "unicode":
        text = dediac_ar(text)
    if profile == "search":
        text = normalize_teh_marbuta_ar(normalize_alef_maksura_ar(normalize_alef_ar(text)))
    return text


@pytest.mark.parametrize("profile", DOCUMENTED)
def test_profiles_are_camel_tools_but_for_what_the_page_says(profile):
    blocks = [(0x600, 0x700), (0x750, 0x780), (0x8A0, 0x900), (0xFB50, 0xFE00), (0xFE70, 0xFF00)]
    differing = {
        code
        for first, last in blocks
        for code in range(first, last)
        if unicodedata.category(chr(code)) != "Cn"
        and camel(f"ب{chr(code)}ب", profile) != normalize_arabic(f"ب{chr(code)}ب", profile).text
    }
    assert differing <= DOCUMENTED[profile]
