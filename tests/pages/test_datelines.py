import pytest

from bialign.pages.datelines import inline_dateline, whole_dateline

INLINE = [
    ("دمشق، سوريا (CNN) -- أكدت جهات", "دمشق، سوريا", "CNN"),
    ("واشنطن (رويترز) - قال مسؤول", "واشنطن", "رويترز"),
    ("دمشق-سانا أكد وزير الصحة", "دمشق", "سانا"),
    ("سانا - بيروت: قال مسؤول", "بيروت", "سانا"),
    ("دمشق - قتل عشرة أشخاص", "دمشق", None),
    ("DAMASCUS — Ten people were killed", "DAMASCUS", None),
    ("Damascus, SMART - Ten people were killed", "Damascus", "SMART"),
    ("Sana'a (Reuters) -- Ten people were killed", "Sana'a", "Reuters"),
    ("Deir ez-Zor, Syria (AFP) – Ten people were killed", "Deir ez-Zor, Syria", "AFP"),
    ("Cairo, Sha'ban 22, 1439, May 8, 2018, SPA -- The king", "Cairo", "SPA"),
]
NONE = [
    "He said - and he meant it - that all was well",
    "Al Qaeda - the group - said it",
    "قال المصدر: إن القوات دخلت",
    "The al- Rabee’ Thawra Gathering said on its website",
    "وأضاف - بحسب البيان - أن الأمر انتهى",
    "Ten people were killed in Damascus",
]


@pytest.mark.parametrize(("text", "place", "agency"), INLINE)
def test_before_the_first_sentence(text, place, agency):
    found = inline_dateline(text)
    assert (found.dateline.place, found.dateline.agency) == (place, agency)
    assert text[found.end :][:1].strip()


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_dateline(text):
    assert inline_dateline(text) is None


def test_on_a_line_of_its_own():
    assert whole_dateline("الرياض: واس").dateline.agency == "واس"
    assert whole_dateline("Aleppo, Enab").dateline.agency == "Enab"
    assert whole_dateline("Aleppo, Syria") is None
    assert whole_dateline("أخبار محلية") is None
