"""The sample pages of ``seeds/`` that have something odd about them."""

from pathlib import Path

from bialign.model import Dateline
from bialign.pages.reading import read_pages
from bialign.pages.separating import separate

SEEDS = Path(__file__).parents[2] / "seeds"


def seed(name):
    return separate(next(read_pages(SEEDS / name)))


def test_a_menu_is_navigation_and_the_section_stands_beside_the_story():
    page = seed("006_museum_other_site.txt")
    menu = page.text[: page.text.index("\n\n")].split("\n")
    kinds = [(page.text[s.start : s.end].strip(), s.kind) for s in page.segments]
    assert kinds[: len(menu)] == [(item, "navigation") for item in menu]
    assert kinds[len(menu)] == ("ثقافة وفنون", "category")
    assert page.categories == ("ثقافة وفنون",)


def test_an_inline_dateline_is_not_body():
    page = seed("006_museum_other_site.txt")
    assert page.dateline == Dateline("Beirut", "Al-Midan")
    assert page.body.startswith("The National Museum")


def test_an_arabic_dateline_on_its_own_line():
    page = seed("005_flood_derik.ar.txt")
    assert page.dateline == Dateline("الحسكة", "نوى")
    assert [page.text[s.start : s.end].strip() for s in page.segments if s.kind == "dateline"] == [
        "الحسكة، نوى"
    ]
    assert page.body.startswith("ألحقت السيول")


def test_a_broken_date_loses_nothing_but_itself():
    page = seed("007_market_daraa.txt")
    assert [(c.role, c.name) for c in page.credits] == [
        ("editor", "هالة مرعي"),
        ("translator", "نزار عبّود"),
        ("translation_editor", "فادي منصور"),
    ]
    assert (page.categories, page.tags) == (("خبر اقتصادي",), ("الجنوب السوري",))
    assert (page.language, page.published) == ("en", None)
    assert page.warnings == ("the date “42 شباط، 11:77 ص” cannot be read",)
