import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bialign.model import RawPage
from bialign.pages.separating import separate, separate_all
from bialign.pages.sites import Sites, learn_sites

CASES = json.loads((Path(__file__).parents[1] / "cases" / "pages.json").read_text(encoding="utf-8"))


def raw(text, **more):
    return RawPage("x.txt", text, **more)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_cases(case):
    page = separate(raw("\n".join(case["lines"]))).to_dict()
    for key, value in case["gold"].items():
        assert page[key] == value, key


def tiled(page):
    return "".join(page.text[s.start : s.end] for s in page.segments) == page.text and (
        [s.start for s in page.segments[1:]] == [s.end for s in page.segments[:-1]]
    )


PIECES = st.sampled_from(
    [
        "ترجمة محمد غيث",
        "تحرير: سعيد علي | ",
        "12 فبراير، 2018 11:29 ص",
        "\n",
        "\r\n",
        "\n\n",
        " | ",
        "Damascus, SMART -- ",
        "Ten people were killed in the shelling of the town on Monday, a source said. ",
        "قال مصدر محلي إن عشرة أشخاص قتلوا في القصف على البلدة يوم الاثنين. ",
        "الخبر السابق",
        "اقرأ أيضاً:",
        "جميع الحقوق محفوظة ©",
        "#وسم_آخر",
        "خبر عسكري",
        "🕔",
        "\u200f",
        "ـ",
        "\x00",
        "By Ahmed Ali",
        "(انتهى)",
        "İ",
        "ﷺ",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES | st.text(max_size=12), max_size=25).map("".join))
def test_segments_tile_any_text(text):
    page = separate(raw(text))
    assert tiled(page)
    assert all(segment.kind and segment.reason for segment in page.segments)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, min_size=3, max_size=20))
def test_body_is_of_the_page(parts):
    page = separate(raw("\n".join(parts)))
    text = " ".join(page.text.split())
    assert all(" ".join(part.split()) in text for part in page.body.split("\n\n"))


def test_a_page_of_navigation_only():
    page = separate(raw("الرئيسية\nسياسة\nاقتصاد\nاتصل بنا\n"))
    assert page.body == ""
    assert "no story found" in page.warnings


def site_pages(n=6):
    topics = ["المجلس المحلي", "أسعار الخبز", "حركة النزوح", "عودة الأهالي", "مياه الشرب", "كأس آسيا"]
    return [
        raw(
            f"Story number {i} about the town of Babila\nتحرير سعيد علي 12 فبراير، 2018 نبض الشارع {topics[i]}\n"
            f"A local source said that story {i} happened on Monday in the town, without giving details.\n"
            "The Sham Agency is an independent outlet that was founded by reporters of the region.\n"
        )
        for i in range(n)
    ]


def test_what_repeats_on_a_site_is_left_out_and_its_sections_are_learned():
    pages = list(separate_all(site_pages()))
    assert all("independent outlet" not in page.body for page in pages)
    assert {page.categories for page in pages} == {("نبض الشارع",)}
    assert [page.tags[0] for page in pages][:2] == ["المجلس المحلي", "أسعار الخبز"]
    assert list(separate_all(iter(site_pages()))) == pages


def test_templates_are_saved_and_loaded(tmp_path):
    sites = learn_sites(site_pages())
    sites.save(tmp_path / "site.json")
    assert Sites.load(tmp_path / "site.json").templates == sites.templates
    (page,) = separate_all(site_pages(1), Sites.load(tmp_path / "site.json"))
    assert page.categories == ("نبض الشارع",)


def test_records_of_raw_pages_come_back():
    from bialign.pages.reading import page_from_text
    from bialign.pages.separating import raw_page

    page = page_from_text("<html><title>a</title><p>b</p></html>", "x.html")
    assert raw_page(json.loads(json.dumps(page.to_dict()))) == page
