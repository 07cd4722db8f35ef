"""Arabic profiles: what each does, and that all of them hold over the whole of Unicode."""

import unicodedata

import numpy as np
import pytest
import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bialign.errors import UsageError
from bialign.text import tables
from bialign.text.arabic import (
    HARAKAT,
    INVISIBLE,
    PROFILES,
    QURANIC,
    fold_arabic,
    fold_many,
    normalize_arabic,
)
from bialign.text.tables import compose

# Any code point, lone surrogates too, with the characters the profiles treat drawn often.
TREATED = (
    "".join(map(chr, sorted(HARAKAT | INVISIBLE | QURANIC)))
    + "ـاأإآٱويىئؤءةهکیەۀۃ\u0653\u0654\u0655\u200c\u200dﻻﷲﷺﹰﹱﱞ١۳ \n،e\u0301한\u1112\u1161\u11ab\u0f73"
)
TEXTS = st.text(st.one_of(st.sampled_from(TREATED), st.characters(codec=None)), max_size=40)
FORMS = regex.compile(r"[\uFB50-\uFDFF\uFE70-\uFEFC]")


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.sampled_from(PROFILES))
@example("\ud83d\ude00", "light")
@example("\u0640\u0654\u0654", "light")
@example("س\u200c\u200c\u200fس", "clean")
def test_profiles_are_idempotent_with_offsets_that_lead_back(text, profile):
    done = normalize_arabic(text, profile)
    assert normalize_arabic(done.text, profile).text == done.text
    offsets = done.offsets
    assert len(offsets) == len(done.text) + 1
    assert offsets[-1] == len(text)
    assert (np.diff(offsets) >= 0).all()
    if done.text:
        assert 0 <= offsets[0] <= offsets[-2] < len(text)
    for start in range(len(done.text)):
        first, last = done.span(start, start + 1)
        assert 0 <= first < last <= len(text)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_unicode_changes_only_forms(text):
    if not FORMS.search(text):
        assert normalize_arabic(text, "unicode").text == unicodedata.normalize("NFC", text)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_composition_is_unicodes(text):
    composed, places = compose(text)
    assert composed == unicodedata.normalize("NFC", text)
    assert len(places) == len(composed)
    assert (np.diff(places) >= 0).all()


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.sampled_from(PROFILES))
def test_short_and_long_texts_go_the_same_way(text, profile):
    short = normalize_arabic(text, profile)
    padded = normalize_arabic(text + "\n" + "ب" * 1100, profile)
    separator = " " if profile == "match" else "\n"
    expected = (short.text + separator).lstrip(" ") if profile == "match" else short.text + separator
    assert padded.text == expected + "ب" * 1100
    assert (padded.offsets[: len(short.text)] == short.offsets[:-1]).all()


@settings(max_examples=200, deadline=None)
@given(st.lists(TEXTS, max_size=12), st.sampled_from(PROFILES[:-1]))
def test_chunks_are_no_seams(parts, profile):
    text = " ".join(parts)
    whole = normalize_arabic(text, profile)
    before = tables.CHUNK
    try:
        tables.CHUNK = 5
        pieces = list(tables.chunks(text))
    finally:
        tables.CHUNK = before
    assert "".join(pieces) == text
    assert "".join(normalize_arabic(piece, profile).text for piece in pieces) == whole.text


@given(TEXTS)
def test_span_of_a_word_normalises_to_the_word(text):
    done = normalize_arabic(text, "search")
    for word in regex.finditer(r"[\u0627-\u064a]+", done.text):
        first, last = done.span(*word.span())
        assert word.group() in normalize_arabic(text[first:last], "search").text


CASES = {
    "unicode": [
        ("ﻻ", "لا"),
        ("ﷲ", "الله"),
        ("ﷺ", "ﷺ"),
        ("ا\u0654حمد", "أحمد"),
        ("\u200fحـلب", "\u200fحـلب"),
        ("ﹰ", "ً"),
    ],
    "clean": [
        ("\u200fحـلب\u200e", "حلب"),
        ("مُحَمَّد", "مُحَمَّد"),
        ("می\u200cشود", "می\u200cشود"),
        ("كتاب\u200c و", "كتاب و"),
        ("قـٔ", "قئ"),
        ("\u064eكتب", "كتب"),
        ("👨\u200d👩\u200d👧 €5 ﷺ 中文", "👨\u200d👩\u200d👧 €5 ﷺ 中文"),
        ("الصلوٰة\u06da", "الصلوٰة"),
        ("١٤ه\u200d", "١٤ه"),
    ],
    "light": [
        ("الأَسْوَدُ", "الأسود"),
        ("الرَّحْمٰن", "الرحمن"),
        ("و\u0654ا\u0653", "ؤآ"),
        ("ا\u064e\u0654", "أ"),
        ("إلى مدرسةٍ", "إلى مدرسة"),
    ],
    "search": [
        ("أإآٱ ى ة ؤئ", "اااا ي ه وي"),
        ("ک ی ۀ", "ك ي ه"),
        ("می\u200cشود", "مي شود"),
        ("جزء", "جزء"),
        ("١٢", "١٢"),
    ],
    "match": [
        ("  سُلمى\u00a0أحمد ", "سلمي احمد"),
        ("«قسد»", "قسد"),
        ("١٢ ۳", "12 3"),
        ("أبو-بكر", "ابو بكر"),
    ],
}


@pytest.mark.parametrize(
    ("profile", "text", "expected"), [(p, a, b) for p, pairs in CASES.items() for a, b in pairs]
)
def test_what_profiles_do(profile, text, expected):
    assert normalize_arabic(text, profile).text == expected


def test_options():
    assert normalize_arabic("می\u200cشود", "clean", joiner="drop", persian=True).text == "ميشود"
    assert normalize_arabic("می\u200cشود", "search", joiner="keep", persian=False).text == "می\u200cشود"
    assert normalize_arabic("١٢۳", "clean", digits=True).text == "123"
    assert normalize_arabic("١٢", "match", digits=False).text == "١٢"


@pytest.mark.parametrize(("options", "word"), [({"profile": "x"}, "'x'"), ({"joiner": "glue"}, "'glue'")])
def test_wrong_options_are_named(options, word):
    with pytest.raises(UsageError, match=word):
        normalize_arabic("ا", **options)


def test_folds_what_name_lists_fold():
    assert fold_arabic("أمين") == fold_arabic("امين")
    assert fold_arabic("مصطفى") == fold_arabic("مصطفي")
    assert fold_arabic("حمزة") == fold_arabic("حمزه")
    assert fold_many(["آمنة", "", "ؤ"]) == ["امنه", "", "و"]


def test_canonically_equal_texts_fold_alike():
    for code in range(0x600, 0x700):
        text = "ب" + chr(code) + "ب"
        apart = unicodedata.normalize("NFD", text)
        for profile in PROFILES:
            assert normalize_arabic(text, profile).text == normalize_arabic(apart, profile).text, hex(code)
