"""Reading pages and bitext, and the command line on both."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from bialign.errors import InputError
from bialign.evaluation.inputs import (
    Bitext,
    gather_bitext,
    is_bitext,
    load_all_pages,
    load_bitext,
    load_lines,
    load_pages,
)
from bialign.files import dumps, write_jsonl
from bialign.lexicon.lexicon import build_lexicon

AR = "زار أحمد حماة\nعاد إلى حماة\n"
EN = "Ahmad visited Hama\nHe returned to Hamah\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "ar.txt").write_text(AR, "utf-8")
    (tmp_path / "en.txt").write_text(EN, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_either_order_of_the_sides() -> None:
    one, other = load_bitext(["ar.txt", "en.txt"]), load_bitext(["en.txt", "ar.txt"])
    assert one.pairs == other.pairs
    assert one.path == "en.txt"
    assert len(set(one.documents)) == 2


def test_what_is_bitext(folder) -> None:
    (folder / "pairs.jsonl").write_text(dumps({"ar": "ا", "en": "a"}) + "\n", "utf-8")
    (folder / "pages.jsonl").write_text(dumps({"id": "1", "segments": []}) + "\n", "utf-8")
    assert is_bitext(["ar.txt", "en.txt"])
    assert is_bitext(["x.tmx"])
    assert is_bitext(["pairs.jsonl"])
    assert not is_bitext(["pages.jsonl"])
    assert not is_bitext(["-"])
    assert not is_bitext(["a.txt", "b.txt", "c.txt"])


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("en.txt", "one\n", "2 lines|1 lines"),
        ("en.txt", "one\n\n", "en.txt: line 2: the English side is empty"),
        ("ar.txt", "\nعاد\n", "ar.txt: line 1: the Arabic side is empty"),
        ("en.txt", "١\n٢\n", "en.txt: no English in it"),
        ("ar.txt", "Hama\nHama\n", "ar.txt: no Arabic in it"),
    ],
)
def test_bad_bitext(folder, name, text, message) -> None:
    (folder / name).write_text(text, "utf-8")
    with pytest.raises(InputError, match=message):
        load_bitext(["ar.txt", "en.txt"])


@pytest.mark.usefixtures("folder")
def test_no_page_at_all_is_an_error(folder) -> None:
    (folder / "empty.jsonl").write_text("", "utf-8")
    with pytest.raises(InputError, match=r"empty\.jsonl: no page \(give the pages\.jsonl"):
        load_all_pages(["empty.jsonl"])
    done = subprocess.run(
        [sys.executable, "-m", "bialign", "consistency", "empty.jsonl"],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)


def test_labels_must_fit(folder) -> None:
    (folder / "doc.txt").write_text("a\n", "utf-8")
    with pytest.raises(InputError, match=r"doc.txt: 1 labels for 2 pairs"):
        load_bitext(["ar.txt", "en.txt"], "doc.txt")


def test_pages_and_lines(folder, fakes) -> None:
    pages = [fakes.page(1, "Hama"), fakes.page(2, "Homs")]
    write_jsonl(pages, "pages.jsonl")
    assert list(load_pages("pages.jsonl")) == pages
    (folder / "bad.jsonl").write_text('{"id": "1"}\n', "utf-8")
    with pytest.raises(InputError, match=r"bad.jsonl: line 1: not a page record"):
        list(load_pages("bad.jsonl"))
    (folder / "empty.txt").write_text("\n", "utf-8")
    with pytest.raises(InputError, match=r"empty.txt: no text"):
        load_lines("empty.txt")


def command(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bialign", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


PAGE = "Hama lies on the Orontes. People of Hama told SMART in Hamah that Hama and Hama are one. "


@pytest.fixture
def made(folder, fakes):
    write_jsonl([fakes.page(n, PAGE, "محمد", "2018-02-12") for n in range(6)], "pages.jsonl")
    return folder


@pytest.mark.usefixtures("made")
def test_command_on_pages() -> None:
    done = command("consistency", "pages.jsonl", "--json", "--rounds", "50")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["documents"] == 6
    assert report["scores"][0]["signature"].startswith("agreement|level:written|unit:pair|direction:ar-en")
    low = command("consistency", "pages.jsonl", "--fail-under", "0.999", "--rounds", "0")
    assert low.returncode == 1
    assert "is under 0.999" in low.stderr


@pytest.mark.usefixtures("made")
def test_command_on_bitext_as_findings() -> None:
    done = command("consistency", "ar.txt", "en.txt", "--format", "text", "--rounds", "0")
    assert done.returncode == 0, done.stderr
    assert all(line.startswith("en.txt:") for line in done.stdout.splitlines())


def test_command_writes_the_report(made) -> None:
    done = command("report", "pages.jsonl", "-o", "report.html")
    assert done.returncode == 0, done.stderr
    assert "<!doctype html>" in (made / "report.html").read_text("utf-8")


@pytest.mark.usefixtures("made")
def test_command_quality() -> None:
    done = command("quality", "en.txt", "en.txt", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["scores"][0]["score"] == pytest.approx(100)


@pytest.mark.parametrize(
    "words",
    [
        ("consistency", "none.jsonl"),
        ("consistency", "pages.jsonl", "--by", "colour"),
        ("consistency", "pages.jsonl", "--level", "loud"),
        ("consistency", "pages.jsonl", "--format", "loud"),
        ("consistency", "pages.jsonl", "--documents", "ar.txt"),
        ("quality", "en.txt", "none.txt"),
        ("report", "none.jsonl"),
    ],
)
@pytest.mark.usefixtures("made")
def test_wrong_use_is_one_line_and_exit_2(words) -> None:
    done = command(*words)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("bialign: ")
    assert done.stdout == ""


@pytest.mark.usefixtures("made")
def test_a_line_that_stands_twice_counts_twice() -> None:
    bitext = Bitext((("زار أحمد حماة", "Ahmad visited Hama"),) * 2, "en.txt", ("a", "b"))
    gathered = gather_bitext(bitext, build_lexicon(pairs=bitext.located))
    assert [(item.source, item.part_of) for item in gathered.documents] == [
        ("en.txt#1", "a"),
        ("en.txt#2", "b"),
    ]
    assert {use.page for _, use in gathered.uses} == {"bitext#1", "bitext#2"}
    assert len(gathered.uses) % 2 == 0
