import pytest

from bialign.lexicon.search import attested, lookup
from bialign.lexicon.store import Resolution, Store
from bialign.model import Entry, Variant


@pytest.mark.parametrize(
    ("query", "canonical", "because"),
    [
        ("Hama", "Hama", "the spelling itself"),
        ("hamah", "Hama", "Hama but for case, ending"),
        ("el Hajar el-Aswad", "al-Hajar al-Aswad", "al-Hajar al-Aswad"),
        ("al-Hajjar al Aswat", "al-Hajar al-Aswad", "alike"),
        ("Islamc Stat", "Islamic State", "alike"),
        ("Islam", "Islamic State", "begins"),
        ("Aswad", "al-Hajar al-Aswad", "has its words"),
        ("الأسود", "al-Hajar al-Aswad", "has its words"),
        ("الحجر الاسود", "al-Hajar al-Aswad", "الحجر الأسود"),
        ("الحجر الاسوط", "al-Hajar al-Aswad", "alike"),
        ("الحجر", "al-Hajar al-Aswad", "begins"),
    ],
)
def test_finds_and_says_why(lexicon, query, canonical, because):
    found = lexicon.lookup(query)
    assert found[0].entry.canonical == canonical
    assert because in found[0].why
    assert 0 < found[0].probability <= 1
    assert sorted(-f.probability for f in found) == [-f.probability for f in found]


@pytest.mark.parametrize("query", ["", "   ", "zzzzzzzz", "'\"*", "(" * 500, "\x00", "ـ", "\ud800"])
def test_finds_nothing(lexicon, query):
    assert lexicon.lookup(query) == []


def test_limit(lexicon):
    assert len(lexicon.lookup("Ham", 1)) == 1
    assert lexicon.lookup("Ham", 0) == []


def steps(count):
    """SQLite's steps for the look-ups of one name in a lexicon of ``count`` names."""
    store = Store()
    entries = [
        Entry(f"{i}", f"ا{i}", "place", f"Name {i}", (Variant(f"Name {i}", 1, 1, None, None, ()),), 1.0, ())
        for i in range(count)
    ]
    store.replace(Resolution(entries, []))
    taken = 0

    def count_one():
        nonlocal taken
        taken += 1

    store.connection.set_progress_handler(count_one, 10)
    assert lookup(store, "NAME 77")[0].entry.id == "77"
    assert attested(store, "Name 77", "en") == (("ا77", 0),)
    assert attested(store, "ا77", "ar") == (("Name 77", 1),)
    store.close()
    return taken


def test_the_work_does_not_grow_with_the_lexicon():
    assert steps(4000) < 3 * steps(200)
