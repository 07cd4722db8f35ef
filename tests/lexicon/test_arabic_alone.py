"""Arabic that no English name met: which of it gets an entry."""

import pytest

from bialign.lexicon.building import resolve
from bialign.lexicon.records import Occurrence, Source
from bialign.lexicon.store import Store
from bialign.model import Credit


def arabic_entries(*pages, credits=()):
    """The Arabic of the entries; a page is a list of (name, type, context)."""
    store = Store()
    for number, names in enumerate(pages):
        page = f"p{number}"
        made = [
            Occurrence(page, "ar", name, 50 * at, 50 * at + len(name), kind, context)
            for at, (name, kind, context) in enumerate(names)
        ]
        store.add(Source(page, f"{page}.txt", None, None, "ar", tuple(credits)), made, [])
    return {entry.ar for entry in resolve(store).entries}


@pytest.mark.parametrize(
    ("name", "kind", "context", "kept"),
    [
        ("ليلي", "other", "قصف ليلي على الأحياء", False),
        ("زغرتا", "place", "وصل وفد إلى مدينة زغرتا أمس", True),
        ("سامر الخوري", "person", "سامر الخوري يزور المعرض", True),
        ("بغداد", "place", "بغداد تستقبل وفدا", True),
    ],
)
def test_one_sighting(name, kind, context, kept):
    assert arabic_entries([(name, kind, context)]) == ({name} if kept else set())


def test_a_name_word_seen_in_two_places():
    first, second = "شلبي يتحدث", "لقاء مع شلبي"
    assert arabic_entries([("شلبي", "person", first)], [("شلبي", "person", second)]) == {"شلبي"}
    assert arabic_entries([("شلبي", "person", first)], [("شلبي", "person", first)]) == set()
    assert arabic_entries([("يزور", "other", first)], [("يزور", "other", second)]) == set()


def test_a_part_of_a_longer_name_has_no_entry():
    whole = ("سامر الخوري", "person", "سامر الخوري يزور")
    part = ("الخوري", "person", "قال الخوري")
    assert arabic_entries([whole], [part], [("الخوري", "person", "عاد الخوري")]) == {"سامر الخوري"}


def test_a_credited_name_is_one_though_a_single_word():
    made = arabic_entries([("شلبي", "person", "تحرير شلبي")], credits=[Credit("editor", "شلبي")])
    assert made == {"شلبي"}
