"""Parts of names tied to the fuller name of the same text."""

from bialign.model import Mention
from bialign.names.partial import fuller_names


def mentions(*named: tuple[str, str]) -> list[Mention]:
    return [
        Mention(text, 100 * i, 100 * i + len(text), 100 * i, 100 * i + len(text), kind, "test")
        for i, (text, kind) in enumerate(named)
    ]


def tied(*named: tuple[str, str]) -> list[tuple[str, str]]:
    return [(part.text, full.text) for part, full in fuller_names(mentions(*named))]


def test_family_name_after_the_full_name():
    assert tied(("Nabil al-Zorbi", "person"), ("Al-Zorbi", "person")) == [("Al-Zorbi", "Nabil al-Zorbi")]


def test_a_family_name_may_stand_before_the_full_name():
    assert tied(("al-Zorbi", "person"), ("Nabil al-Zorbi", "person")) == [("al-Zorbi", "Nabil al-Zorbi")]


def test_nothing_else_stands_before_the_full_name():
    assert tied(("al-Zorbi", "place"), ("Nabil al-Zorbi", "person")) == []
    assert tied(("Council", "organisation"), ("Boat Council", "organisation")) == []


def test_two_bearers_leave_a_name_before_them_undecided():
    assert tied(("al-Zorbi", "person"), ("Nabil al-Zorbi", "person"), ("Rami al-Zorbi", "person")) == []


def test_many_mentions_take_linear_time():
    names = [(f"Nabil{i} al-Zorbi{i}", "person") for i in range(3000)]
    parts = [(f"al-Zorbi{i}", "person") for i in range(3000)]
    assert len(tied(*names, *parts)) == 3000


def test_two_bearers_leave_it_undecided():
    assert tied(("Nabil al-Zorbi", "person"), ("Rami al-Zorbi", "person"), ("al-Zorbi", "person")) == []


def test_a_place_is_no_part():
    assert tied(("University of Damascus", "organisation"), ("Damascus", "place")) == []


def test_a_family_name_that_is_a_place_too():
    assert tied(("Nabil al-Zorbi", "person"), ("al-Zorbi", "place")) == [("al-Zorbi", "Nabil al-Zorbi")]


def test_repeated_full_name_is_one_bearer():
    assert tied(("Nabil al-Zorbi", "person"), ("Nabil Al-Zorbi", "person"), ("al-Zorbi", "other")) == [
        ("al-Zorbi", "Nabil al-Zorbi")
    ]
