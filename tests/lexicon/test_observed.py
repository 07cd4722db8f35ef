"""Counted observations: page counts that hold where one spelling is in two groups of one entry."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from bialign.lexicon.groups import homes, key_in
from bialign.lexicon.observed import StoreObserved
from bialign.lexicon.records import Link, Occurrence, Source
from bialign.lexicon.store import Store

_NAMES = ("Salti", "Ihab al-Salti", "Rami al-Salti", "FSA", "Free Syrian Army")


@st.composite
def _sources(draw):
    found = []
    for number in range(draw(st.integers(1, 5))):
        page = f"p{draw(st.integers(0, 9))}{number}"
        uses = draw(
            st.lists(st.tuples(st.sampled_from(_NAMES), st.sampled_from((None, *_NAMES))), max_size=8)
        )
        occurrences = [
            Occurrence(page, "en", text, at * 20, at * 20 + 5, "other", "", fuller)
            for at, (text, fuller) in enumerate(uses)
        ]
        date = draw(st.sampled_from((None, "2018-02-12", "2019-01-01")))
        links = [Link(page, "السلطي", text, "page", "beside", 0.5) for text, _ in uses]
        found.append((Source(page, f"{page}.txt", None, date, "en"), occurrences, links))
    return found


def _filled(sources):
    store = Store()
    for source, occurrences, links in sources:
        store.add(source, occurrences, links)
    return store


@given(_sources())
def test_counts_are_those_of_sets_of_pages(sources):
    observed = StoreObserved(_filled(sources))
    groups = observed.groups
    ties = Counter((o.text, o.stands_for) for _, found, _ in sources for o in found if o.stands_for)
    home = homes((text, fuller, times) for (text, fuller), times in ties.items())
    assert dict(groups.home) == home
    pages: dict[tuple[str, str], set[str]] = {}
    for _, found, _ in sources:
        for o in found:
            pages.setdefault((key_in(home, "en", o.text, o.stands_for)[0], o.text), set()).add(o.page)
    counted = {
        (key, text): tally.pages for key, g in groups.english.items() for text, tally in g.surfaces.items()
    }
    assert counted == {which: len(on) for which, on in pages.items()}
    keys = frozenset(groups.english)
    wanted = [(text, keys) for text in _NAMES]
    union = [len(set().union(*(on for (_, t), on in pages.items() if t == text))) for text in _NAMES]
    assert observed.pages_together(wanted) == union


@given(_sources())
def test_links_are_counted_by_page(sources):
    links = {}
    for source, _, found in sources:
        for link in found:
            links.setdefault(link.en, set()).add(source.id)
    counted = {link.en: (link.pages, link.shown) for link in StoreObserved(_filled(sources)).links()}
    assert counted == {en: (len(pages), tuple(sorted(pages)[:3])) for en, pages in links.items()}
