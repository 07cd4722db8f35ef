"""Sentences of a story that look like credits, dates, sections or labels stay in its body."""

import json
from pathlib import Path

import pytest

from bialign.model import RawPage
from bialign.pages.separating import separate

CASES = json.loads((Path(__file__).parents[1] / "cases" / "story_sentences.json").read_text("utf-8"))
PAGES = {
    "en": [
        "Ten people wounded in the shelling of Babila",
        "تحرير سعيد علي | ترجمة محمد نور | 12 فبراير 2018",
        "Ten people were wounded in the shelling of the town on Monday, a local source said.",
        "The source added that two houses had been destroyed near the market of the town.",
        "Residents of the town were moved to a school in the afternoon.",
    ],
    "ar": [
        "إصابة عشرة أشخاص بقصف على بلدة ببيلا",
        "تحرير سعيد علي | 12 فبراير 2018",
        "أصيب عشرة أشخاص بقصف على البلدة يوم الاثنين، بحسب مصدر محلي من المدينة.",
        "وأضاف المصدر أن منزلين دمرا قرب السوق القديم في وسط البلدة.",
        "ونقل الأهالي إلى مدرسة في المساء بعد توقف القصف.",
    ],
}
FACTS = ("title", "dateline", "published", "updated", "credits", "categories", "tags", "headlines")


def told(lines):
    return separate(RawPage("x.txt", "\n\n".join(lines))).to_dict()


@pytest.mark.parametrize("place", [3, 4, 5], ids=["second", "third", "last"])
@pytest.mark.parametrize(
    ("language", "sentence"), [(language, text) for language in CASES for text in CASES[language]]
)
def test_the_sentence_stays_in_the_body(language, sentence, place):
    lines = PAGES[language]
    page = told([*lines[:place], sentence, *lines[place:]])
    assert page["body"].split("\n\n") == [*lines[2:place], sentence, *lines[place:]]
    plain = told(lines)
    assert {fact: page[fact] for fact in FACTS} == {fact: plain[fact] for fact in FACTS}
