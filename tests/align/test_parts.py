"""Long text pairs in aligned parts."""

from bialign.align.parts import HUGE, LONG, parts, words_between

AR = ["وصل الوزير إلى العاصمة صباح اليوم.", "ارتفعت أسعار الخبز بنسبة 20 بالمئة هذا العام."]
EN = ["The minister arrived in the capital this morning.", "Bread prices rose by 20 percent this year."]


def test_a_short_pair_is_one_part():
    found = parts([("نص", "A text."), ("", "")])
    assert [(p.pair, p.ar_start, p.ar_end, p.en_start, p.en_end) for p in found] == [
        (0, 0, 2, 0, 7),
        (1, 0, 0, 0, 0),
    ]


def test_a_long_pair_is_cut_into_its_beads():
    times = LONG // len(AR[0]) + 1
    ar, en = " ".join(AR * times), " ".join(EN * times)
    found = parts([(ar, en)])
    assert len(found) > times
    ends = [(0, 0)] + [(p.ar_end, p.en_end) for p in found]
    for part, (ar_end, en_end) in zip(found, ends, strict=False):
        assert part.ar_start >= ar_end
        assert part.en_start >= en_end
    shared = sum(("20" in ar[p.ar_start : p.ar_end]) == ("20" in en[p.en_start : p.en_end]) for p in found)
    assert shared == len(found)


def test_a_huge_pair_and_one_without_a_side():
    assert parts([("ا" * (HUGE + 1), "a"), ("ا. " * LONG, " ")]) == []


def test_words_stop_behind_the_most():
    assert [t.text for t in words_between("a b c d", 2, 7, 5)] == ["b", "c", "d"]
    assert len(words_between("word " * 1000, 0, 5000, 10)) == 11
    assert words_between("a b c d", 2, 7, 5)[0].start == 2
