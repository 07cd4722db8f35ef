"""What the lexicon keeps of a page."""

from dataclasses import replace

import pytest

from bialign.evaluation.grouping import Document
from bialign.lexicon.records import Source
from bialign.model import Page, Segment

PAGE = Page(
    id="p",
    source="x.html",
    url=None,
    language="en",
    title="",
    dateline=None,
    body="Text.",
    title_ar=None,
    body_ar=None,
    published="2019-03-03T09:14:02",
    updated=None,
    credits=(),
    categories=("خبر",),
    tags=(),
    headlines=(),
    segments=(Segment(0, 5, "body", "all"),),
    text="Text.",
)


@pytest.mark.parametrize(
    ("url", "site", "outlet"),
    [
        ("https://news.example/1", None, "news.example"),
        ("https://news.example/1", "News", "News"),
        (None, None, None),
        ("http://[", None, None),
    ],
)
def test_outlet_is_the_site_else_the_host(url, site, outlet):
    page = replace(PAGE, url=url, site=site)
    assert Source.of_page(page).outlet == outlet
    assert Document.of_page(page).outlet == outlet


def test_day_and_section():
    source = Source.of_page(PAGE)
    assert (source.date, source.section) == ("2019-03-03", "خبر")
