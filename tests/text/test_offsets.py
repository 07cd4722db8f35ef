import regex

from bialign.text.arabic import PROFILES, normalize_arabic
from bialign.text.offsets import identity, substitute


def test_span_holds_marks_but_not_direction_marks():
    done = normalize_arabic("قال \u200fمُحَمَّدٌ\u200f هنا", "light")
    start = done.text.index("محمد")
    first, last = done.span(start, start + 4)
    assert done.source[first:last] == "مُحَمَّدٌ"


def test_substitute_keeps_the_way_back():
    done = substitute(identity("a--b c"), regex.compile("-+"), "-", "doubled")
    assert done.text == "a-b c"
    assert [done.span(i, i + 1) for i in range(5)] == [(0, 1), (1, 2), (3, 4), (4, 5), (5, 6)]
    assert done.changes[0].reason == "doubled"


def test_every_profile_is_idempotent_on_a_mixed_line():
    line = "ﻻ ا\u0654حمد مُحَمَّدٌ می\u200cشود ـ\u0654 ﷺ €👨\u200d👩\u200d👧 الرحمـٰن على حماة إلى 中 e\u0301"
    for profile in PROFILES:
        once = normalize_arabic(line, profile).text
        assert normalize_arabic(once, profile).text == once
