"""Composed pages: the same from one seed, gold that stands on the page, and the separator on them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bialign.pages.reading import page_from_bytes
from bialign.pages.separating import separate

SCRIPTS = Path(__file__).parents[2] / "scripts"


@pytest.fixture(scope="module")
def composed():
    sys.path.insert(0, str(SCRIPTS))
    from compose_pages import compose, read_layouts

    yield list(compose(len(read_layouts()), seed=3))
    sys.path.remove(str(SCRIPTS))


@pytest.fixture(scope="module")
def pairs(composed):
    pages = []
    for page in composed:
        crawled = None
        text = page.text
        if page.name.endswith("jsonl"):
            import json

            record = json.loads(text)
            text, crawled = record["text"], record["crawled"]
        html = page.name.endswith("html")
        raw = page_from_bytes(text.encode(page.encoding), page.name, html=html, crawled=crawled)
        pages.append((page.gold, separate(raw).to_dict()))
    return pages


def test_one_seed_one_set_of_pages(composed):
    from compose_pages import compose

    again = list(compose(len(composed), seed=3))
    assert again == composed
    assert list(compose(5, seed=4)) != composed[:5]


def test_there_are_many_layouts(composed):
    assert len({page.layout for page in composed}) == len(composed) >= 70
    assert {page.gold["language"] for page in composed} == {"en", "ar", "mul"}
    roles = {credit["role"] for page in composed for credit in page.gold["credits"]}
    assert roles >= {"author", "reporter", "editor", "translator", "translation_editor", "reviewer"}
    assert roles >= {"photographer", "interviewer", "preparer", "source"}


def test_gold_stands_on_the_page(composed):
    for page in composed:
        for credit in page.gold["credits"]:
            assert credit["name"] in page.text, page.name
        for paragraph in page.gold["body"].split("\n\n"):
            assert paragraph.split()[0] in page.text, page.name


def test_the_separator_on_composed_pages(pairs):
    from composing.scoring import score

    scores = score(pairs)
    assert scores["credits"] >= 0.9
    assert scores["published"] >= 0.95
    assert scores["updated"] >= 0.95
    assert scores["title"] >= 0.95
    assert scores["body"] >= 0.995
    assert scores["arabic_leaked"] < 0.001
    assert scores["english_lost"] < 0.001


def test_segments_tile_composed_pages(pairs):
    for _, page in pairs:
        at = 0
        for segment in page["segments"]:
            assert segment["start"] == at < segment["end"]
            at = segment["end"]
        assert at == len(page["text"])


def test_token_f1_and_leaks(composed):
    from composing.scoring import compare, token_f1

    assert token_f1("", "") == 1.0
    assert token_f1("a b", "") == 0.0
    gold = next(page.gold for page in composed if page.gold["language"] == "en" and not page.gold["unscored"])
    perfect = compare(gold, gold)
    assert all(value == 1.0 for name, value in perfect.items() if "_" not in name or name == "title_ar")
    spoiled = compare(gold, gold | {"body": gold["body"].partition("\n\n")[2] + " تم النشر"})
    assert spoiled["arabic_leaked"] == 7
    assert spoiled["english_lost"] > 20
    assert spoiled["body"] < 1


def test_the_script_writes_and_scores(tmp_path):
    script = str(SCRIPTS / "compose_pages.py")
    subprocess.run([sys.executable, script, str(tmp_path), "--pages", "12"], check=True)
    assert len(list(tmp_path.iterdir())) == 13
    report = tmp_path / "failures.md"
    answer = subprocess.run(
        [sys.executable, script, str(tmp_path), "--score", "--failures", str(report)],
        check=True,
        capture_output=True,
        text=True,
    )
    assert "credits" in answer.stdout
    assert report.exists()
