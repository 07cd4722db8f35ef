"""Lines that are no facts of the story: put into a page they change no date, credit, section or tag."""

import json
from functools import cache
from pathlib import Path

import pytest

from bialign.model import Page, RawPage
from bialign.pages.separating import separate

CASES = json.loads((Path(__file__).parents[1] / "cases" / "no_facts.json").read_text("utf-8"))
LINES = [(case["at"], line) for case in CASES for line in case["lines"]]
FACTS = ("title", "published", "updated", "credits", "dateline", "categories", "tags")

PAGES = {
    "en": (
        "Ten killed in shelling of Hama countryside",
        "ترجمة ليلى منصور | تحرير سامر الخطيب | 3 مايو 2018 خبر عسكري حماة",
        "Ten people were killed on Monday when shells fell on the market of the town, a local source said.",
        "The wounded were taken to the hospital of Salamiyah, which has no electricity since the spring.",
        "Shops stayed closed for the rest of the day and the schools sent the pupils home before noon.",
    ),
    "ar": (
        "مقتل عشرة مدنيين بقصف على ريف حماة",
        "كتبت ليلى منصور - 3 أيار 2018 11:05",
        "قتل عشرة مدنيين يوم الاثنين حين سقطت قذائف على سوق البلدة كما قال مصدر محلي من سكانها.",
        "ونقل الجرحى إلى مشفى سلمية الذي انقطعت عنه الكهرباء منذ بداية الربيع الماضي كما هو معروف.",
        "وبقيت المحال مغلقة بقية النهار وأرسلت المدارس تلاميذها إلى بيوتهم قبل حلول الظهر بقليل.",
    ),
}
LABELS = {"comments": ("", "التعليقات"), "related": ("", "أخبار متعلقة")}


def page(language: str, at: str = "", line: str = "", *, bare: bool = False) -> Page:
    """A page with a line in a place of it; a bare one has neither date nor credit."""
    title, metadata, *paragraphs = PAGES[language]
    if at == "body":
        paragraphs.insert(2, line)
    head = [title] if bare else [title, metadata]
    top = [line, ""] if at == "top" else []
    label = LABELS.get(at, ("",))
    bottom = [*label, line] if line and at not in {"top", "body"} else []
    return separate(RawPage("page.txt", "\n".join([*top, *head, "", *paragraphs, *bottom])))


@cache
def without(language: str, *, bare: bool) -> Page:
    """The page as it is without any line put into it."""
    return page(language, bare=bare)


def test_the_cases_are_many() -> None:
    assert len(set(LINES)) == len(LINES) >= 150


@pytest.mark.parametrize("language", PAGES)
@pytest.mark.parametrize(("at", "line"), LINES)
def test_a_page_with_facts_keeps_them(language: str, at: str, line: str) -> None:
    found, plain = page(language, at, line), without(language, bare=False)
    assert [getattr(found, fact) for fact in FACTS] == [getattr(plain, fact) for fact in FACTS]


@pytest.mark.parametrize("language", PAGES)
@pytest.mark.parametrize(("at", "line"), [pair for pair in LINES if pair[0] != "top"])
def test_a_page_without_facts_gets_none(language: str, at: str, line: str) -> None:
    found, plain = page(language, at, line, bare=True), without(language, bare=True)
    assert [getattr(found, fact) for fact in FACTS] == [getattr(plain, fact) for fact in FACTS]
