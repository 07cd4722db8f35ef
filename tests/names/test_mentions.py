"""Names in running text: cases as data, and what must hold for any text."""

import json
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bialign.errors import UsageError
from bialign.model import PairList
from bialign.names import mentions
from bialign.names.mentions import find_names

CASES = Path(__file__).resolve().parent.parent / "cases"
SEED = CASES.parent.parent.parent / "shared/seeds/000_55b9818272ac5998.txt"


def cases(language):
    groups = json.loads((CASES / f"mentions_{language}.json").read_text(encoding="utf-8"))
    return [(language, case) for group in ("composed", "negative") for case in groups[group]]


@pytest.mark.parametrize(("language", "case"), cases("en") + cases("ar"), ids=lambda c: str(c)[:40])
def test_cases(language, case):
    found = find_names(case["text"], language)
    assert [m.text for m in found] == [name for name, _ in case["names"]]
    for mention, (_, kind) in zip(found, case["names"], strict=True):
        assert kind in (None, mention.type), mention.reason


WORDS = st.sampled_from([
    "Damascus", "al-", "-al", "el-Sham", "(FSA)", "FSA’s", "Rabee’", "U.S.", "of", "the", "(", ")", ".", "\n",
    "President", "and", "دمشق", "ولل", "للعراق", "«قسد»", "مدينة", "بن", "وعبد", "محمود", 'لـ"سانا"', "وَبِحَلَب",
    "ÀÉ", "İstanbul", "ﷲ", "\u202bقال", "12", "…", "-", "O’Neill's", "MR.", "'s",
])  # fmt: skip


@given(
    st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=12).map(" ".join)), st.sampled_from(["en", "ar"])
)
def test_mentions_are_sorted_apart_and_inside(text, language):
    end = 0
    for mention in find_names(text, language):
        assert end <= mention.token_start <= mention.start < mention.end <= mention.token_end <= len(text)
        written = " ".join(text[mention.start : mention.end].split())
        assert mention.text in (written, "ا" + written)
        end = mention.token_end


@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_proclitics_are_cut_and_nothing_else(text):
    for mention in find_names(text, "ar"):
        cut = [c for c in text[mention.token_start : mention.start] if c.isalpha() and c != "ـ"]
        assert len(cut) < 3
        assert set(cut) <= set("وفبلكس")
        if mention.text.startswith("ا") and text[mention.start] == "ل":
            assert cut[-1] == "ل"


def sentences(name):
    sys.path.insert(0, str(CASES.parent.parent / "scripts"))
    from marked_names import read_marked

    return read_marked(name)


@pytest.mark.parametrize(("language", "exact", "typed"), [("en", 0.95, 0.88), ("ar", 0.72, 0.93)])
def test_marked_sentences_held_out(language, exact, typed):
    """The floor below what ``scripts/bench_mentions.py`` prints of them."""
    right = found = marked = same = 0
    for sentence in sentences(f"{language}_heldout"):
        kinds = {(m.start, m.end): m.type for m in find_names(sentence.text, language)}
        free = [
            s
            for s in kinds
            if s not in sentence.names and any(a < s[1] and s[0] < b for a, b in sentence.free)
        ]
        both = kinds.keys() & sentence.names.keys()
        right, found, marked = (
            right + len(both),
            found + len(kinds) - len(free),
            marked + len(sentence.names),
        )
        same += sum(sentence.names[span] in ("", kinds[span]) for span in both)
    assert 2 * right / (found + marked) > exact
    assert same / right > typed


def test_whole_words_hold_the_name():
    text = "The US-led and pro-Assad sides, and Syria's own."
    assert [text[m.token_start : m.token_end] for m in find_names(text, "en")] == [
        "US-led",
        "pro-Assad",
        "Syria's",
    ]


def test_known_names_are_found_whole():
    known = PairList([("زقزوق", "March Of Hope", 2)])
    assert [m.text for m in find_names("The March Of Hope ended.", "en", known)] == ["March Of Hope"]
    found = find_names("قال وزقزوق هنا", "ar", known)
    assert [(m.text, m.start, m.token_start) for m in found] == [("زقزوق", 5, 4)]


def test_vowel_marks_and_tatweel_move_no_span():
    text = "وصل وَلِلْعِــراق ثم بِدِمَشق"
    assert [(m.text, text[m.token_start : m.token_end]) for m in find_names(text, "ar")] == [
        ("الْعِــراق", "وَلِلْعِــراق"),
        ("دِمَشق", "بِدِمَشق"),
    ]


def test_an_unknown_language_is_refused():
    with pytest.raises(UsageError):
        find_names("x", "fr")


def test_long_text_takes_linear_time():
    started = time.process_time()
    for text in ("Al-A (AB) al- of the U.S. ", "Damascus ", "( ", "‘A’ ", ".", "’s "):
        find_names(text * (40_000 // len(text)), "en")
    for text in ("مدينة للعراق «قسد ", "بن ", "تنظيم الدولة "):
        find_names(text * (40_000 // len(text)), "ar")
    assert time.process_time() - started < 20


@pytest.mark.parametrize(
    ("language", "text"), [("en", "Mr. Karim Haddad of HAMA "), ("ar", "وصل بشار إلى دمشق، ")]
)
def test_a_long_line_is_read_in_parts(monkeypatch, language, text):
    monkeypatch.setattr(mentions, "_BLOCK", 4_000)
    monkeypatch.setattr(mentions, "_BREAK_WITHIN", 400)
    long = text * 500
    found = find_names(long, language)
    assert len(found) == 2 * 500
    for mention in (found[0], found[499], found[-1]):
        assert long[mention.start : mention.end] == mention.text


@pytest.mark.skipif(not SEED.exists(), reason="../shared/seeds is not here")
def test_the_real_page():
    text = SEED.read_text(encoding="utf-8")
    found = [m.text for m in find_names(text, "en")]
    for name in (
        "al- Rabee’ Thawra Gathering", "al-Hayat- Tahrir-al-Sham", "Ihab al-Salti", "Free Syrian Army", "FSA",
        "Syrian Democratic Forces", "SDF", "al-Yarmouk", "Islamic states", "ISIS", "Hama", "Syria", "Iraq",
    ):  # fmt: skip
        assert name in found
    assert found.count("al-Hajar al-Aswad") == 5
    assert found.count("Al-Hajar al-Aswad") == 1
    arabic = [m.text for m in find_names(text, "ar")]
    assert {"تنظيم الدولة الإسلامية", "دوما", "دمشق", "قسد", "عفرين"} <= set(arabic)
