"""Documents and their groups."""

from __future__ import annotations

from bialign.evaluation.grouping import UNKNOWN, Document, groups
from bialign.model import Credit


def document(name: str, *people: str, keys: tuple[str, ...] = (), **facts: str) -> Document:
    credits_ = tuple(Credit("translator", person) for person in people)
    values = {"source": "s", "url": None, "date": None, "language": "en"} | facts
    return Document(id=name, credits=credits_, keys=keys, **values)


def test_two_translators_are_two_groups() -> None:
    assert groups([document("a", "x", "y"), document("b")], "translator") == {
        "a": ("x", "y"),
        "b": (UNKNOWN,),
    }


def test_one_person_spelled_two_ways_is_one_group() -> None:
    found = groups(
        [
            document("a", "إيهاب", keys=("ايهاب",)),
            document("b", "ايهاب", keys=("ايهاب",)),
            document("c", "إيهاب", keys=("ايهاب",)),
        ],
        "translator",
    )
    assert set(found.values()) == {("إيهاب",)}


def test_facts_of_the_page() -> None:
    one = document("a", date="2018-02-12", outlet="example.org")
    assert groups([one], "month") == {"a": ("2018-02",)}
    assert groups([one], "outlet") == {"a": ("example.org",)}
    assert groups([one], "section") == {"a": (UNKNOWN,)}
