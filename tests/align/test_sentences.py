"""Sentence alignment on composed texts and, where present, on the gold documents."""

from pathlib import Path

import pytest

from bialign.align.scoring import read_beads, score_beads
from bialign.align.sentences import align_sentences
from bialign.errors import NotParallel

SHARED = Path(__file__).parents[3] / "shared/data/bitext"

AR = [
    "وصل الوزير إلى العاصمة صباح اليوم.",
    "وعقد اجتماعاً مع رئيس البلدية ثم زار المستشفى الجديد.",
    "",
    "ارتفعت أسعار الخبز بنسبة 20 بالمئة هذا العام.",
    "وقال التجار إن السبب هو نقص القمح.",
]
EN = [
    "The minister arrived in the capital this morning.",
    "He held a meeting with the mayor.",
    "Then he visited the new hospital.",
    "Bread prices rose by 20 percent this year.",
    "Traders said the reason was a shortage of wheat.",
]


def test_composed_text():
    beads = align_sentences(AR, EN)
    assert [(b.ar, b.en) for b in beads] == [
        ((0,), (0,)),
        ((1,), (1, 2)),
        ((2,), ()),
        ((3,), (3,)),
        ((4,), (4,)),
    ]


@pytest.mark.parametrize(
    ("ar", "en"),
    [([], EN), (AR, []), (["", "  "], EN), (EN, AR), (AR, AR)],
    ids=["no Arabic", "no English", "blank Arabic", "exchanged", "both Arabic"],
)
def test_wrong_sides(ar, en):
    with pytest.raises(NotParallel):
        align_sentences(ar, en)


def test_empty_side_forced():
    assert [(b.ar, b.en) for b in align_sentences([], ["a", "b"], force=True)] == [((), (0,)), ((), (1,))]


def test_every_sentence_once():
    beads = align_sentences(AR * 3, EN[::-1] + EN, force=True)
    assert [i for b in beads for i in b.ar] == list(range(15))
    assert [j for b in beads for j in b.en] == list(range(10))


@pytest.mark.skipif(not SHARED.exists(), reason="the shared development texts are not here")
@pytest.mark.parametrize(
    ("name", "strict", "lax"),
    [("law/001", 0.97, 0.99), ("law/002", 0.96, 0.99), ("literature/001", 0.75, 0.94)],
)
def test_gold_documents(name, strict, lax):
    path = SHARED / "sentence_alignment" / name
    ar = path.with_name(f"{path.name}.ar.txt").read_text("utf-8").splitlines()
    en = path.with_name(f"{path.name}.en.txt").read_text("utf-8").splitlines()
    beads = [(b.ar, b.en) for b in align_sentences(ar, en)]
    scores = score_beads(read_beads(f"{path}.gold"), beads)
    assert scores.strict.f1 >= strict
    assert scores.lax.f1 >= lax


def test_a_line_of_100_000_words():
    beads = align_sentences([AR[0], "كلمة " * 100_000, AR[3]], [EN[0], EN[3]], force=True)
    assert ((0,), (0,)) in [(b.ar, b.en) for b in beads]


def test_without_vectors():
    beads = align_sentences(AR, EN, vectors=False)
    assert [i for b in beads for i in b.ar] == list(range(5))
    assert [j for b in beads for j in b.en] == list(range(5))


def test_not_parallel():
    with pytest.raises(NotParallel):
        align_sentences(AR, ["Cats sleep a lot.", "The sea is blue.", "We played chess.", "It is late."])


def test_nothing_with_nothing() -> None:
    assert align_sentences([], []) == []


def test_one_short_sentence_beside_a_blank_one() -> None:
    beads = align_sentences(["", "ذهب"], ["", "went"], force=True)
    assert sorted(i for bead in beads for i in bead.ar) == [0, 1]
    assert sorted(j for bead in beads for j in bead.en) == [0, 1]


def test_a_single_sentence_meets_its_translation() -> None:
    [bead] = align_sentences(["ذهب الولد إلى المدرسة"], ["The boy went to school."])
    assert (bead.ar, bead.en) == ((0,), (0,))
    with pytest.raises(NotParallel):
        align_sentences(["ذهب الولد إلى المدرسة"], ["Stock prices fell sharply on Monday."])


@pytest.mark.parametrize("more", [0, 7])
def test_a_text_of_equal_sentences_is_aligned_in_order(more: int) -> None:
    beads = align_sentences(["هذا هو البيت."] * (50 + more), ["This is the house."] * 50)
    joined = [bead for bead in beads if bead.ar and bead.en]
    assert len(joined) == 50
    assert all(len(bead.ar) == len(bead.en) == 1 for bead in joined)
