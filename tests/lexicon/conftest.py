"""Hand-made observations, and a small obvious resolver in place of the real one."""

from collections import defaultdict

import pytest

from bialign.lexicon import rebuilding
from bialign.lexicon.lexicon import Lexicon
from bialign.lexicon.records import Link, Occurrence, Source
from bialign.lexicon.store import Resolution
from bialign.model import Entry, Evidence, Variant


def page(number, names, links=(), date="2018-02-12"):
    """An observation: ``names`` are ``(script, text)``, ``links`` are ``(ar, en)``."""
    source = Source(f"p{number}", f"pages/{number}.txt", None, date, "en")
    occurrences = [
        Occurrence(source.id, script, text, 10 * i, 10 * i + len(text), "place", f"… {text} …")
        for i, (script, text) in enumerate(names)
    ]
    found = [Link(source.id, ar, en, "parallel", "aligned sentence", 0.9) for ar, en in links]
    return source, occurrences, found


def resolve(store):
    """One entry for each Arabic name that links name, one for each English spelling left."""
    arabic = {k.en: k.ar for k in store.links()}
    dates = {s.id: s.date for s in store.sources()}
    groups = defaultdict(list)
    for number, o in store.occurrences():
        groups[o.text if o.script == "ar" else arabic.get(o.text, o.text)].append((number, o))
    entries, assigned = [], []
    for name, members in groups.items():
        english = [o for _, o in members if o.script == "en"]
        if not english:
            continue
        ar = name if name in arabic.values() else None
        texts = sorted({o.text for o in english}, key=lambda t: (-sum(o.text == t for o in english), t))
        variants = []
        for text in texts:
            mine = [o for o in english if o.text == text]
            days = [dates[o.page] for o in mine]
            variants.append(Variant(text, len(mine), len({o.page for o in mine}), min(days), max(days), ()))
        kind = "parallel" if ar else "page"
        evidence = (Evidence(kind, "seen", english[0].page),)
        entries.append(Entry(f"id-{name}", ar, "place", texts[0], tuple(variants), 0.9, evidence))
        assigned += [(number, f"id-{name}") for number, _ in members]
    return Resolution(entries, assigned)


PAGES = (
    page(
        1,
        [("en", "al-Hajar al-Aswad"), ("en", "al-Hajar al-Aswad"), ("en", "Hama"), ("ar", "الحجر الأسود")],
        [("الحجر الأسود", "al-Hajar al-Aswad"), ("حماة", "Hama")],
    ),
    page(
        2,
        [("en", "Al-Hajar al-Aswad"), ("en", "Hamah"), ("en", "Salti"), ("ar", "حماة")],
        [("الحجر الأسود", "Al-Hajar al-Aswad"), ("حماة", "Hamah")],
        "2018-03-01",
    ),
    page(3, [("en", "Hama"), ("en", "Islamic State")], [("حماة", "Hama")], "2017-01-02"),
)


@pytest.fixture
def small_resolver(monkeypatch):
    monkeypatch.setattr(rebuilding, "_resolve_observations", resolve)


@pytest.fixture
def lexicon(small_resolver):  # noqa: ARG001  (pytest runs it first)
    made = Lexicon()
    made.observe(PAGES)
    yield made
    made.close()
