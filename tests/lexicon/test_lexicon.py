import itertools

import pytest

from bialign.errors import StoreError, UsageError
from bialign.lexicon.lexicon import Lexicon

from .conftest import PAGES, page

pytestmark = pytest.mark.usefixtures("small_resolver")


def made(pages):
    lexicon = Lexicon()
    for observed in pages:
        lexicon.observe([observed])
    return lexicon


def test_entries_in_order(lexicon):
    entries = list(lexicon.entries())
    assert [e.canonical for e in entries] == ["al-Hajar al-Aswad", "Hama", "Islamic State", "Salti"]
    assert entries[1].ar == "حماة"
    assert [(v.text, v.count, v.pages, v.first, v.last) for v in entries[1].variants] == [
        ("Hama", 2, 2, "2017-01-02", "2018-02-12"),
        ("Hamah", 1, 1, "2018-03-01", "2018-03-01"),
    ]
    assert len(lexicon) == 4


@pytest.mark.parametrize("order", list(itertools.permutations(PAGES)))
def test_any_order_gives_the_same(lexicon, order):
    assert list(made(order).entries()) == list(lexicon.entries())


def test_every_count_is_traceable(lexicon):
    entry = lexicon.lookup("Hama")[0].entry
    places = list(lexicon.occurrences(entry.id, "en"))
    assert {i for i, _ in places} == {entry.id}
    assert len(places) == sum(v.count for v in entry.variants)
    assert [o.page for _, o in lexicon.occurrences(entry.id, "ar")] == ["p2"]


def test_is_a_known(lexicon):
    assert lexicon.spellings("حماة") == (("Hama", 2), ("Hamah", 1))
    assert lexicon.spellings("حماه") == (("Hama", 2), ("Hamah", 1))
    assert lexicon.arabic("Hamah") == (("حماة", 1),)
    assert lexicon.arabic("Salti") == ()


def test_save_open_add(lexicon, tmp_path):
    path = tmp_path / "l.db"
    lexicon.save(path)
    before = list(lexicon.entries())
    with Lexicon.open(path) as opened:
        assert list(opened.entries()) == before
        opened.observe([page(4, [("en", "Homs")])])
    with Lexicon.open(path) as opened:
        assert [e.canonical for e in opened.entries()][2] == "Homs"
        assert list(opened.entries()) == list(made((*PAGES, page(4, [("en", "Homs")]))).entries())


def test_decisions_survive_rebuilds(lexicon):
    hama, state, salti = (lexicon.lookup(n)[0].entry for n in ("Hama", "Islamic State", "Salti"))
    lexicon.decide("accept", hama.id, who="Ruba", when="2026-01-01T00:00:00")
    lexicon.decide("reject", state.id, who="Ruba", when="2026-01-02T00:00:00")
    lexicon.observe([page(5, [("en", "Hama"), ("en", "Islamic State")], [("حماة", "Hama")])])
    assert lexicon.entry(hama.id).status == "accepted"
    assert lexicon.entry(hama.id).variants[0].count == 3
    assert lexicon.entry(state.id).status == "rejected"
    assert lexicon.entry(salti.id).status == "proposed"
    assert [d.who for d in lexicon.decisions()] == ["Ruba", "Ruba"]


def test_an_accepted_name_outlives_its_pages(lexicon):
    salti = lexicon.lookup("Salti")[0].entry
    lexicon.decide("accept", salti.id, who="Ruba")
    lexicon.observe([page(2, [])])
    kept = lexicon.entry(salti.id)
    assert kept.status == "accepted"
    assert [(v.text, v.count, v.proposed) for v in kept.variants] == [("Salti", 0, True)]


def test_merge_and_split(lexicon):
    hama, salti = lexicon.lookup("Hama")[0].entry, lexicon.lookup("Salti")[0].entry
    lexicon.decide("merge", hama.id, other=salti.id, who="Ruba", when="2026-01-01T00:00:00")
    merged = lexicon.entry(hama.id)
    assert [v.text for v in merged.variants] == ["Hama", "Hamah", "Salti"]
    assert lexicon.entry(salti.id) is None
    assert len(list(lexicon.occurrences(hama.id, "en"))) == 4
    lexicon.decide("split", hama.id, texts=["Salti", "Hamah"], who="Ruba", when="2026-01-02T00:00:00")
    lexicon.observe([page(6, [("en", "Hamah")], [("حماة", "Hamah")])])
    assert [v.text for v in lexicon.entry(hama.id).variants] == ["Hama"]
    apart = lexicon.lookup("Hamah")[0].entry
    assert [(v.text, v.count) for v in apart.variants] == [("Hamah", 2), ("Salti", 1)]
    assert apart.ar is None
    assert len(list(lexicon.occurrences(apart.id))) == 3


def test_wrong_decisions(lexicon):
    hama = lexicon.lookup("Hama")[0].entry.id
    for action, more in (
        ("bless", {}),
        ("merge", {}),
        ("merge", {"other": hama}),
        ("merge", {"other": "none"}),
        ("split", {}),
        ("split", {"texts": ["Hama", "Hamah"]}),
        ("split", {"texts": ["Homs"]}),
        ("accept", {"texts": ["Hama"]}),
    ):
        with pytest.raises(UsageError):
            lexicon.decide(action, hama, who="Ruba", **more)
    with pytest.raises(UsageError):
        lexicon.decide("accept", "none", who="Ruba")
    with pytest.raises(UsageError):
        lexicon.decide("accept", hama, who=" ")


def test_merge_of_lexicons(lexicon):
    one, other = made(PAGES[:2]), made(PAGES[1:])
    one.merge(other)
    assert list(one.entries()) == list(lexicon.entries())


def test_given_entries_join(lexicon):
    taken = list(lexicon.entries())
    fresh = Lexicon()
    fresh.give(taken, "old")
    assert list(fresh.entries()) == taken
    lexicon.give(taken, "old")
    lexicon.give(taken, "old")
    assert lexicon.lookup("Hama")[0].entry.variants[0].count == 4
    assert len(lexicon) == 4


def test_not_a_lexicon(tmp_path):
    for name, content in (("none", None), ("empty", b""), ("text", b"hello there " * 200)):
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(StoreError) as caught:
            Lexicon.open(path)
        assert str(path) in str(caught.value)


def test_shows_itself(lexicon):
    assert "حماة" in lexicon._repr_html_()
    pd = pytest.importorskip("pandas")
    frame = lexicon.to_frame()
    assert isinstance(frame, pd.DataFrame)
    assert len(frame) == 6
