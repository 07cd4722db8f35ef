"""Records: their JSON form, key order, and the way back."""

import json
from dataclasses import FrozenInstanceError

import pytest

from bialign.model import Credit, Dateline, Entry, Evidence, Headline, Page, Segment, Variant

PAGE = Page(
    id="p1",
    source="seeds/x.txt",
    url=None,
    language="en",
    title="A title",
    dateline=Dateline("Raqqa", None),
    body="One.\n\nTwo.",
    title_ar=None,
    body_ar=None,
    published="2019-03-03",
    updated=None,
    credits=(Credit("translator", "ريم شاهين"),),
    categories=("خبر خدمي",),
    tags=(),
    headlines=(Headline("next", "عنوان"),),
    segments=(Segment(0, 7, "title", "first line"),),
    text="A title",
)
ENTRY = Entry(
    "e1",
    "الرقة",
    "place",
    "Raqqa",
    (
        Variant("Raqqa", 2, 1, None, None, ()),
        Variant("Rakka", 0, 0, None, None, ("consonant",), proposed=True),
    ),
    0.9,
    (Evidence("page", "named", "x.txt"),),
)


def test_page_keys_stand_in_the_order_of_the_design():
    keys = list(PAGE.to_dict())
    assert keys[:16] == [
        "id", "source", "url", "language", "title", "dateline", "body", "title_ar", "body_ar",
        "published", "updated", "credits", "categories", "tags", "headlines", "segments",
    ]  # fmt: skip


@pytest.mark.parametrize(("record", "kind"), [(PAGE, Page), (ENTRY, Entry)])
def test_json_round_trip(record, kind):
    data = json.loads(json.dumps(record.to_dict()))
    assert kind.from_dict(data) == record
    assert kind.from_dict({**data, "unheard_of": 1}) == record


def test_proposed_is_written_only_where_true():
    written = ENTRY.to_dict()["variants"]
    assert "proposed" not in written[0]
    assert written[1]["proposed"] is True


def test_records_are_frozen():
    with pytest.raises(FrozenInstanceError):
        PAGE.title = "other"


def test_notebook_form_escapes():
    assert "<script>" not in Credit("translator", "<script>")._repr_html_()
