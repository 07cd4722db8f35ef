"""Decisions find their entry again, whatever the rebuild made of it."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bialign.errors import UsageError
from bialign.lexicon.decisions import Decision, apply
from bialign.lexicon.joining import Agreement, Drafts, agreement, join
from bialign.lexicon.lexicon import Lexicon
from bialign.model import Entry, Evidence, Variant

from .conftest import page


def entry(entry_id, ar, *texts, kind="parallel", **more):
    variants = tuple(Variant(t, 2, 1, "2018-01-01", "2018-01-01", ()) for t in texts)
    return Entry(entry_id, ar, "place", texts[0], variants, 0.9, (Evidence(kind, "", ""),), **more)


def decided(entries, *decisions):
    drafts = Drafts(entries, (), lambda _: ())
    apply(drafts, decisions)
    return {e.id: e for e in drafts.entries()}


SEEN = entry("a", "حماة", "Hama", "Hamah")


@pytest.mark.parametrize(
    ("now", "accepted", "rejected"),
    [
        (entry("a", "حماة", "Hama"), True, True),
        (entry("b", "حماه", "Hamah", "Hama"), True, True),
        (entry("b", None, "Hama"), True, True),
        (entry("b", None, "Hamah"), True, True),
        (entry("b", None, "Hims"), False, False),
        (entry("b", "حمص", "Hama"), False, False),
        (entry("b", "هامة", "Hama", kind="model"), True, False),
        (entry("b", "حماة", "Homs"), False, False),
    ],
)
def test_an_entry_is_found_again(now, accepted, rejected):
    after = decided([now], Decision("accept", SEEN, "R", "1"))
    assert (after[now.id].status == "accepted") == accepted
    assert next(e for e in after.values() if e.status == "accepted").ar in {"حماة", now.ar}
    after = decided([now], Decision("reject", SEEN, "R", "1"))
    assert (after[now.id].status == "rejected") == rejected


def test_the_accepted_arabic_and_canonical_stay():
    now = entry("b", None, "Hamah", "Hama")
    after = decided([now], Decision("accept", SEEN, "R", "1"))["b"]
    assert (after.ar, after.canonical) == ("حماة", "Hama")
    assert [v.text for v in after.variants] == ["Hama", "Hamah"]


def test_the_last_word_counts():
    first, last = Decision("accept", SEEN, "R", "1"), Decision("reject", SEEN, "S", "2")
    assert decided([SEEN], first, last)["a"].status == "rejected"


def test_merge_keeps_the_first_and_adds():
    other = replace(entry("b", "حمص", "Hama", "Homs"), status="accepted")
    after = decided([SEEN, other], Decision("merge", SEEN, "R", "1", other=other))
    assert list(after) == ["a"]
    assert [(v.text, v.count) for v in after["a"].variants] == [("Hama", 4), ("Hamah", 2), ("Homs", 2)]
    assert (after["a"].ar, after["a"].status) == ("حماة", "accepted")
    assert all(v.differences for v in after["a"].variants[1:])


def test_what_is_gone_cannot_be_merged_or_split():
    other = entry("b", "حمص", "Homs")
    assert decided([SEEN], Decision("merge", SEEN, "R", "1", other=other)) == {"a": SEEN}
    assert decided([other], Decision("merge", SEEN, "R", "1", other=other)) == {"b": other}
    assert decided([SEEN], Decision("split", other, "R", "1", texts=("Homs",))) == {"a": SEEN}
    assert decided([SEEN], Decision("split", SEEN, "R", "1", texts=("Hama", "Hamah"))) == {"a": SEEN}


def test_a_split_entry_can_be_decided_on():
    split = Decision("split", SEEN, "R", "1", texts=("Hamah",), ar="هامة")
    [apart] = [e for e in decided([SEEN], split).values() if e.id != "a"]
    assert (apart.canonical, apart.ar) == ("Hamah", "هامة")
    after = decided([SEEN], split, Decision("accept", apart, "R", "2"))
    assert after[apart.id].status == "accepted"
    assert after["a"].status == "proposed"


def test_rows_and_back():
    for decision in (
        Decision("split", SEEN, "R", "1", note="n", texts=("Hamah",), ar="هامة"),
        Decision("merge", SEEN, "R", "1", other=entry("b", None, "Homs")),
    ):
        assert Decision.from_row(decision.to_row()) == decision


def test_agreement():
    assert agreement(entry("a", None, "X"), entry("b", None, "X")) is Agreement.SAME
    assert agreement(entry("a", "أ", "X"), entry("b", "ا", "X")) is Agreement.SAME
    assert agreement(entry("a", "أ", "X"), entry("b", "ب", "X")) is Agreement.OTHER


def test_join_takes_dates_and_pages_from_both():
    a = Entry("a", "ا", "other", "X", (Variant("X", 3, 2, "2018-01-01", "2018-02-01", ()),), 1.0, ())
    b = Entry("b", None, "place", "X", (Variant("X", 1, 1, None, None, ()),), 1.0, (), "rejected")
    joined = join(a, b, {"X": 1})
    assert joined.variants == (Variant("X", 4, 2, "2018-01-01", "2018-02-01", ()),)
    assert (joined.type, joined.status) == ("place", "rejected")


NAMES = ["Hama", "Hamah", "Homs", "Hims", "Salti", "al-Salti"]
LINKS = [("حماة", "Hama"), ("حماة", "Hamah"), ("حمص", "Homs"), ("حمص", "Hims")]


@pytest.mark.usefixtures("small_resolver")
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_any_portions_give_one_build_and_the_decisions(seed):
    chance = random.Random(seed)
    pages = [
        page(
            i,
            [("en", chance.choice(NAMES)) for _ in range(4)],
            chance.sample(LINKS, 2),
            f"2018-01-{i + 1:02}",
        )
        for i in range(5)
    ]
    whole = Lexicon()
    whole.observe(pages)
    chosen = chance.choice(list(whole.entries()))
    decision = Decision(chance.choice(["accept", "reject"]), chosen, "R", "1")
    parts = Lexicon()
    for lexicon in (whole, parts):
        lexicon.store.decide(decision)
    chance.shuffle(pages)
    while pages:
        size = chance.randint(1, 3)
        parts.observe(pages[:size])
        pages = pages[size:]
    whole.observe([])
    assert list(parts.entries()) == list(whole.entries())
    decided_on = [e for e in parts.entries() if e.status != "proposed"]
    assert [e.ar for e in decided_on] == [chosen.ar]
    for made in (whole, parts):
        for found in made.entries():
            places = list(made.occurrences(found.id, "en"))
            assert len(places) == sum(v.count for v in found.variants)
        made.close()


@pytest.mark.usefixtures("small_resolver")
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_a_decision_at_once_is_what_a_rebuild_gives(seed):
    chance = random.Random(seed)
    lexicon = Lexicon()
    lexicon.observe(
        page(
            i,
            [("en", chance.choice(NAMES)) for _ in range(4)],
            chance.sample(LINKS, 2),
            f"2018-01-{i + 1:02}",
        )
        for i in range(5)
    )
    for turn in range(4):
        entries = list(lexicon.entries())
        chosen = chance.choice(entries)
        more = {}
        action = chance.choice(["accept", "reject", "merge", "split"])
        if action == "merge":
            more["other"] = chance.choice(entries).id
        if action == "split":
            more["texts"] = [v.text for v in chosen.variants][1:] or ["none"]
        try:
            lexicon.decide(action, chosen.id, who="R", when=str(turn), **more)
        except UsageError:
            continue
        at_once = state(lexicon)
        lexicon._stale = True
        assert at_once == state(lexicon)


def state(lexicon):
    forms = lexicon._fresh().rows(
        "SELECT w.text, e.id, f.count FROM form f JOIN spelling w ON w.number = f.spelling "
        "JOIN entry e ON e.number = f.entry ORDER BY 1, 2"
    )
    return list(lexicon.entries()), list(lexicon.occurrences()), forms
