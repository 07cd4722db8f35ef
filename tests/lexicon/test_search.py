import pytest


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
