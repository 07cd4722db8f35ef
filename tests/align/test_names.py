"""Name pairs of texts and their translations."""

import pytest

from bialign.align.names import align_names
from bialign.errors import UsageError
from bialign.model import PairList

PAIRS = [
    ("وصل سالم الحمصي إلى حلب.", "Salem al-Homsi arrived in Aleppo."),
    ("وغادر سالم حلب أمس.", "Salem left Aleppo yesterday."),
    ("وقال للحمصي إن حماة آمنة.", "He told al-Homsi that Hama was safe."),
]


def test_given_names():
    spans = [[(0, 14), (26, 32)], [(0, 5), (11, 17)], [(8, 16), (22, 26)]]
    found = align_names(PAIRS, spans)
    texts = [[(pair.en.text, pair.ar.text) for pair in named] for named in found]
    assert texts == [
        [("Salem al-Homsi", "سالم الحمصي"), ("Aleppo", "حلب")],
        [("Salem", "سالم"), ("Aleppo", "حلب")],
        [("al-Homsi", "الحمصي"), ("Hama", "حماة")],
    ]
    for (ar, _), named in zip(PAIRS, found, strict=True):
        for pair in named:
            assert ar[pair.ar.token_start : pair.ar.token_end].endswith(ar[pair.ar.start : pair.ar.end])
            assert 0 <= pair.probability <= 1
            assert pair.evidence


def test_found_names():
    found = align_names(PAIRS)
    assert ("Aleppo", "حلب") in {(pair.en.text, pair.ar.text) for named in found for pair in named}


def test_known_names_help():
    known = PairList([("الشهباء", "Zobrux", 3)])
    pairs = [("زار الشهباء والفيحاء.", "He visited Zobrux and Fayha.")]
    assert align_names(pairs, [[(11, 17)]], known)[0][0].ar.text == "الشهباء"


def test_nothing_to_pair():
    assert align_names([]) == []
    assert align_names([("", "Aleppo fell."), ("نص", "")]) == [[], []]


@pytest.mark.parametrize("spans", [[], [[(0, 99)], [], []], [[(3, 3)], [], []]])
def test_wrong_spans(spans):
    with pytest.raises(UsageError):
        align_names(PAIRS, spans)


@pytest.mark.parametrize(
    ("pair", "span", "expected"),
    [
        (("عرض فيلم حلب أمس.", "Aleppo was shown yesterday."), (0, 6), "حلب"),
        (("زار مدينة حماة.", "He visited Hama."), (11, 15), "حماة"),
        (("زار مدينة نصر.", "He visited Nasr City."), (11, 20), "مدينة نصر"),
    ],
)
def test_a_word_for_the_kind_goes_with_the_name_that_says_it(pair, span, expected):
    assert align_names([pair, *PAIRS], [[span], [], [], []])[0][0].ar.text == expected


def test_marks_and_digits_in_arabic():
    assert align_names([("، 12 ـ حماة ، !", "Hama, 12!")], [[(0, 4)]])[0][0].ar.text == "حماة"


def test_an_article_is_aligned_by_sentences(monkeypatch):
    monkeypatch.setattr("bialign.align.parts.LONG", 100)
    filler = [
        ("ارتفعت أسعار الخبز هذا العام.", "Bread prices rose this year."),
        ("فاز الفريق الوطني بكأس آسيا لكرة القدم.", "The national team won the Asian football cup."),
        ("هطلت أمطار غزيرة على الساحل.", "Heavy rain fell on the coast."),
    ]
    ar, en = (" ".join(side) for side in zip(*filler, PAIRS[0], PAIRS[1], *filler[:1], strict=True))
    named = align_names([(ar, en), *PAIRS])[0]
    assert ("Aleppo", "حلب") in {(pair.en.text, pair.ar.text) for pair in named}
    for pair in named:
        assert ar[pair.ar.start : pair.ar.end] == pair.ar.text
        assert en[pair.en.start : pair.en.end] == pair.en.text


def test_a_text_of_any_length_is_bounded():
    huge = ("سالم حلب " * 200_000, "Salem Aleppo " * 200_000)
    line = ("سالم حلب " * 50_000, "Salem Aleppo " * 50_000)
    found = align_names([huge, line, PAIRS[0]])
    assert found[:2] == [[], []]
    assert found[2]
