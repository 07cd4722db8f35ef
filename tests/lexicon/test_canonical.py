import pytest

from bialign.errors import UsageError
from bialign.lexicon import canonical
from bialign.lexicon.lexicon import Lexicon
from bialign.model import Entry, Variant

from .conftest import page


def entry(ar, *spellings, **more):
    variants = tuple(Variant(t, n, n, last, last, d) for t, n, last, d in spellings)
    return Entry("x", ar, "place", spellings[0][0], variants, 1.0, (), **more)


HASAKA = entry(
    "الحسكة",
    ("al-Hasakeh", 5, "2018-01-01", ()),
    ("al-Hasakah", 2, "2019-01-01", ("ending",)),
    ("al-Hasaka", 1, "2017-01-01", ("ending",)),
    ("Hasaka", 3, "2020-01-01", ("expansion",)),
)


@pytest.mark.parametrize(
    ("rule", "preferred", "chosen"),
    [
        ("frequent", (), "al-Hasakeh"),
        ("recent", (), "al-Hasakah"),
        ("ala-lc", (), "al-Hasakah"),
        ("ijmes", (), "al-Hasaka"),
        ("list", ("al-Hasaka", "Homs"), "al-Hasaka"),
        ("list", ("Homs",), "al-Hasakeh"),
    ],
)
def test_rules(rule, preferred, chosen):
    [made] = canonical.under([HASAKA], rule, preferred)
    assert made.canonical == made.variants[0].text == chosen
    assert made.variants[0].differences == ()
    assert all(v.differences for v in made.variants[1:])
    assert {(v.text, v.count) for v in made.variants} == {(v.text, v.count) for v in HASAKA.variants}


@pytest.mark.parametrize(
    ("far", "near", "ar"),
    [
        ("El-Qamishli", "al-Qamishli", "القامشلي"),
        ("ar-Raqqa", "al-Raqqa", "الرقة"),
        ("al-Karyatayn", "al-Qaryatayn", "القريتين"),
        ("Mohammed", "Muhammad", "محمد"),
        ("Ali", "ʿAli", "علي"),
    ],
)
def test_nearer_to_ijmes(far, near, ar):
    assert canonical.departures(far, ar, "ijmes") > canonical.departures(near, ar, "ijmes")


def test_accepted_stays_as_it_was_seen():
    accepted = entry(
        "الحسكة", *[(v.text, v.count, v.last, v.differences) for v in HASAKA.variants], status="accepted"
    )
    assert list(canonical.under([accepted], "ijmes")) == [accepted]


@pytest.mark.usefixtures("small_resolver")
def test_the_choice_is_kept(lexicon, tmp_path):
    lexicon.list_under("list", ["Hamah"])
    lexicon.save(tmp_path / "l.db")
    with Lexicon.open(tmp_path / "l.db") as opened:
        opened.observe([page(9, [("en", "Hama")])])
        hama = opened.lookup("Hama")[0].entry
        assert [v.text for v in hama.variants] == ["Hamah", "Hama"]
        opened.decide("accept", hama.id, who="Ruba")
        opened.list_under("frequent")
        assert opened.entry(hama.id).canonical == "Hamah"
        with pytest.raises(UsageError):
            opened.list_under("nicest")
