"""Every pattern seen on real pages (``../shared/data/pages/metadata_patterns.tsv``), put into a page."""

import csv
from pathlib import Path

import pytest

from bialign.model import RawPage
from bialign.pages.separating import separate

TABLE = Path(__file__).parents[3] / "shared/data/pages/metadata_patterns.tsv"
pytestmark = pytest.mark.skipif(not TABLE.exists(), reason="no ../shared beside this checkout")

EN = (
    "Ten people wounded in the shelling of Babila",
    "Ten people were wounded in the shelling of the town on Monday, a local source said.",
    "The source added that two houses had been destroyed near the market of the town.",
)
AR = (
    "إصابة عشرة أشخاص بقصف على بلدة ببيلا",
    "أصيب عشرة أشخاص بقصف على البلدة يوم الاثنين، بحسب مصدر محلي من المدينة.",
    "وأضاف المصدر أن منزلين دمرا قرب السوق القديم في وسط البلدة.",
)
CRAWLED = "2020-06-01T12:00:00"


def rows():
    if not TABLE.exists():
        return []
    with TABLE.open(encoding="utf-8", newline="") as stream:
        return [
            row["example as seen"] for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


# What a row must give, by its place in the table; where the example stands: under the title unless said.
BAR = {
    "published": "2018-02-12T11:29:33",
    "roles": ["editor", "translator", "translation_editor"],
    "categories": ["خبر عسكري"],
    "tags": ["تنظيم الدولة الإسلامية"],
}
GOLD = [
    BAR,
    {"at": "foot", "headlines": ["previous"]},
    {"published": "2013-08-04", "updated": "2013-08-04T02:21+04:00"},
    {"published": "2013-08-28", "updated": "2013-08-28T14:00+04:00"},
    {"at": "inline", "dateline": ("دمشق، سوريا", "CNN")},
    {"published": "2020-06-03", "roles": ["source"], "dateline": ("أبوظبي", "البيان")},
    {"published": "2020-06-03"},
    {"published": "2020-08-24T09:23"},
    {"roles": ["author"]},
    {"kind": "caption"},
    {"published": "2019-02-08"},
    {"roles": ["interviewer"]},
    {"at": "foot", "roles": []},
    {"at": "top", "published": "2019-02-09"},
    {"at": "foot", "kind": "boilerplate"},
    {"published": "2023-11-07T06:36", "roles": ["author"]},
    {"published": "2023-10-27"},
    {"at": "inline", "dateline": ("دمشق", "القدس العربي"), "roles": ["reporter"]},
    {"at": "inline", "dateline": ("واشنطن", "رويترز")},
    {"dateline": ("الرياض", "واس")},
    {"at": "inline", "dateline": ("دمشق", "سانا")},
    {"published": "2020-06-01T07:00"},
    {"published": "2007-06-01"},
    {"at": "inline", "dateline": ("Cairo", "SPA"), "published": "2018-05-08"},
    {"published": "1898-04-22"},
    {"published": "2017-12-10"},
]


def page_of(example, at):
    lines = example.replace(" ⏎ ", "\n").split("\n")
    title, *body = AR if at == "inline" and not example.startswith("Cairo") else EN
    if at == "inline":
        head = example.partition(" ...")[0]
        text = [title, "", f"{head} {body[0]}", "", body[1]]
    elif at == "foot":
        text = [title, "", *body, "", *lines]
    elif at == "top":
        text = [*lines, "", title, "", *body]
    else:
        text = [title, *lines, "", *body]
    return separate(RawPage("x.txt", "\n".join(text), crawled=CRAWLED)), title, body


@pytest.mark.parametrize("number", range(len(GOLD)))
def test_pattern(number):
    gold = dict(GOLD[number])
    example = rows()[number].split(" (=")[0].split(" (title above")[0]
    page, title, body = page_of(example, gold.pop("at", "below"))
    assert page.title == title
    assert page.body.split("\n\n") == body
    found = {
        "published": page.published,
        "updated": page.updated,
        "roles": [credit.role for credit in page.credits],
        "dateline": page.dateline and (page.dateline.place, page.dateline.agency),
        "categories": list(page.categories),
        "tags": list(page.tags),
        "headlines": [headline.relation for headline in page.headlines],
    }
    kind = gold.pop("kind", None)
    if kind:
        start = page.text.index(example)
        assert [s.kind for s in page.segments if s.start <= start < s.end] == [kind]
    nothing = {fact: [] for fact in ("roles", "categories", "tags", "headlines")}
    nothing |= dict.fromkeys(("published", "updated", "dateline"))
    assert found == nothing | gold


def test_every_row_has_its_case():
    assert len(rows()) == len(GOLD)


@pytest.mark.parametrize(
    "cue", ["نُشر في:", "نشر في:", "تم النشر في:", "تم النشر بتاريخ", "نُشر بتاريخ", "تاريخ النشر:"]
)
def test_cue_words_of_dates(cue):
    page, *_ = page_of(f"{cue} 10 ديسمبر 2017", "below")
    assert (page.published, page.credits, page.categories) == ("2017-12-10", (), ())


@pytest.mark.parametrize(
    ("cue", "roles"),
    [
        ("كتب بواسطة:", ["author"]),
        ("بواسطة:", ["author"]),
        ("إعداد وتحرير:", ["preparer", "editor"]),
        ("ترجمة وتحرير:", ["translator", "editor"]),
        ("المصدر:", ["source"]),
    ],
)
def test_cue_words_of_people(cue, roles):
    page, *_ = page_of(f"{cue} سعيد علي", "below")
    assert [(c.role, c.name) for c in page.credits] == [(role, "سعيد علي") for role in roles]


def test_counters_are_nothing():
    page, *_ = page_of("المشاهدات: 1204", "below")
    assert (page.published, page.credits, page.categories, page.tags) == (None, (), (), ())
