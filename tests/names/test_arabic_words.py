"""Arabic words and the gaps between them."""

from bialign.names.arabic_words import arabic_words, runs_of


def test_gaps_are_told_apart():
    words = arabic_words("قال (سامي) أمس: «قسد» هنا، 12 يوم.\nنهاية")
    assert [(w.text, w.before, w.after) for w in words] == [
        ("قال", "line", "("),
        ("سامي", "(", ")"),
        ("أمس", ")", "quote"),
        ("قسد", "quote", "quote"),
        ("هنا", "quote", ","),
        ("يوم", ",", "line"),
        ("نهاية", "line", "line"),
    ]


def test_runs_join_and_are_cut():
    words = arabic_words("واحد اثنان ثلاثة، أربعة-خمسة")
    assert runs_of(words, 120) == [(0, 3), (3, 5)]
    assert runs_of(words, 2) == [(0, 2), (2, 3), (3, 5)]
    assert runs_of([], 5) == []


def test_spans_are_those_of_the_text():
    text = "ذهبَ إلى ٱلمدينة"
    assert [text[w.start : w.end] for w in arabic_words(text)] == text.split()
