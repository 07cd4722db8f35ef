"""``bialign align`` through processes."""

import json
import subprocess
import sys

import pytest

AR = "وصل الوزير إلى العاصمة صباح اليوم.\n\nارتفعت أسعار الخبز هذا العام.\n"
EN = "The minister arrived in the capital this morning.\nBread prices rose this year.\n"


def bialign(*arguments, code=0):
    done = subprocess.run(
        [sys.executable, "-m", "bialign", "align", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture
def sides(tmp_path):
    (tmp_path / "ar.txt").write_text(AR, "utf-8")
    (tmp_path / "en.txt").write_text(EN, "utf-8")
    return tmp_path / "ar.txt", tmp_path / "en.txt"


def test_sentences_score_and_page(sides, tmp_path):
    out, page = tmp_path / "out.jsonl", tmp_path / "page.html"
    bialign("sentences", *sides, "-o", out, "--html", page)
    records = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [(record["ar"], record["en"]) for record in records] == [([0], [0]), ([1], []), ([2], [1])]
    assert list(records[0]) == ["ar", "en", "score", "ar_text", "en_text"]
    text = page.read_text("utf-8")
    assert 'dir="rtl"' in text
    assert "data-w=" in text
    assert "http" not in text
    scored = bialign("score", "--gold", out, out, "--json")
    assert json.loads(scored.stdout)["strict"]["f1"] == 1


def test_words_and_names(tmp_path):
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text("زار سالم حلب\tSalem visited Aleppo\nغادر سالم حماة\tSalem left Hama\n", "utf-8")
    links = bialign("words", pairs).stdout.splitlines()
    assert [line.split()[0] for line in links] == ["0-1", "0-1"]
    records = [json.loads(line) for line in bialign("names", pairs).stdout.splitlines()]
    assert {(n["en"]["text"], n["ar"]["text"]) for r in records for n in r["names"]} >= {("Aleppo", "حلب")}


def test_refusals(sides, tmp_path):
    ar, en = sides
    assert "no Arabic" in bialign("sentences", en, ar, code=2).stderr
    assert "cannot read" in bialign("sentences", ar, tmp_path / "none", code=2).stderr
    (tmp_path / "empty").write_text("", "utf-8")
    assert "empty" in bialign("sentences", tmp_path / "empty", en, code=2).stderr
    assert "no page record" in bialign("documents", *pages(tmp_path), code=2).stderr


def pages(folder):
    path = folder / "pages.jsonl"
    path.write_text("{}\n", "utf-8")
    return path, path


def test_a_long_line_is_named_and_the_rest_goes_on(tmp_path):
    pairs = tmp_path / "pairs.tsv"
    line = f"{'كلمة ' * 100_000}\t{'word ' * 100_000}\n"
    pairs.write_text(f"زار سالم حلب\tSalem visited Aleppo\n{line}غادر سالم حماة\tSalem left Hama\n", "utf-8")
    done = bialign("words", pairs)
    assert "pair 2: more than 500 words" in done.stderr
    links = done.stdout.splitlines()
    assert len(links) == 3
    assert links[0]
    assert not links[1]
    assert links[2]
