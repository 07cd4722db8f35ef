import sqlite3
from collections import Counter, defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bialign.errors import StoreError
from bialign.lexicon.observed import StoreObserved
from bialign.lexicon.store import Store

from .conftest import PAGES, page, resolve


def filled(pages=PAGES):
    store = Store()
    for observed in pages:
        store.add(*observed)
    return store


def test_what_was_observed_comes_back():
    store = filled()
    assert [s.id for s in store.sources()] == ["p1", "p2", "p3"]
    assert list(store.observations()) == [(s, list(o), list(k)) for s, o, k in PAGES]
    assert [o for _, o in store.occurrences() if o.page == "p1"] == list(PAGES[0][1])


def test_the_same_page_again_replaces():
    store = filled((*PAGES, PAGES[0]))
    assert list(store.observations()) == list(filled().observations())
    store.add(*page(1, [("en", "Homs")]))
    assert [o.text for _, o in store.occurrences() if o.page == "p1"] == ["Homs"]
    assert not [k for k in store.links() if k.page == "p1"]


def test_link_counts_are_pages():
    counts = {(c.ar, c.en): c.pages for c in StoreObserved(filled()).links()}
    assert counts["حماة", "Hama"] == 2
    assert counts["حماة", "Hamah"] == 1


def test_spelling_counts():
    groups = StoreObserved(filled()).groups.english.values()
    counts = {text: (tally.count, tally.pages) for g in groups for text, tally in g.surfaces.items()}
    assert counts["al-Hajar al-Aswad"] == (2, 1)
    assert counts["Hama"] == (2, 2)


def test_replace_is_all_or_nothing():
    store = filled()
    store.replace(resolve(store))
    before = list(store.entries())

    def broken():
        yield before[0]
        raise KeyboardInterrupt

    made = resolve(store)
    object.__setattr__(made, "entries", broken())
    with pytest.raises(KeyboardInterrupt):
        store.replace(made)
    assert list(store.entries()) == before


def test_unchanged_entries_keep_their_rows():
    store = filled()
    store.replace(resolve(store))
    rows = dict(store.query("SELECT id, number FROM entry"))
    store.add(*page(4, [("en", "Homs")]))
    store.replace(resolve(store))
    after = dict(store.query("SELECT id, number FROM entry"))
    assert rows.items() < after.items()


def test_broken_sql_is_a_store_error():
    with pytest.raises(StoreError):
        list(Store().query("SELECT nothing FROM nowhere"))
    assert sqlite3.threadsafety


NAMES = st.tuples(st.sampled_from(["en", "ar"]), st.sampled_from(["Hama", "Hims", "حماة", "a b", "\ud800x"]))
LINKS = st.tuples(st.sampled_from(["حماة", "حمص"]), st.sampled_from(["Hama", "Hims"]))
PAGES_ADDED = st.lists(
    st.builds(page, st.integers(1, 4), st.lists(NAMES, max_size=5), st.lists(LINKS, max_size=4)), max_size=8
)


@settings(max_examples=50, deadline=None)
@given(added=PAGES_ADDED)
def test_counts_are_those_of_a_slow_count(added):
    store = filled(added)
    last = {source.id: (occurrences, links) for source, occurrences, links in added}
    spellings, on_pages, links = Counter(), defaultdict(set), defaultdict(set)
    for page_id, (occurrences, found) in last.items():
        for o in occurrences:
            text = o.text.replace("\ud800", "?")
            spellings[o.script, text] += 1
            on_pages[o.script, text].add(page_id)
        for k in found:
            links[k.ar, k.en, k.kind, k.detail, k.probability].add(page_id)
    observed = StoreObserved(store)
    counted = {
        (script, text): (tally.count, tally.pages)
        for script, held in (("en", observed.groups.english), ("ar", observed.groups.arabic))
        for group in held.values()
        for text, tally in group.surfaces.items()
    }
    assert counted == {name: (n, len(on_pages[name])) for name, n in spellings.items()}
    assert {tuple(c[:5]): c.pages for c in observed.links()} == {k: len(v) for k, v in links.items()}
    copy = Store()
    copy.absorb(store)
    assert [o for _, o in copy.occurrences()] == [o for _, o in store.occurrences()]
    assert list(copy.links()) == list(store.links())
