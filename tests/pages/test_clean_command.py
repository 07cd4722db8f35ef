import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest
import zstandard

ROOT = Path(__file__).parents[2]
PAGE = """Ten killed in Hama on Monday
ترجمة ليلى حسن | 3 مايو 2018
Ten people were killed in Hama on Monday, a medical source said.
"""


def run(*arguments, script=None, **options):
    command = [str(ROOT / "scripts" / script)] if script else ["-m", "bialign.cli"]
    if not script:
        command = ["-c", "from bialign.cli import main; main()"]
    return subprocess.run(
        [sys.executable, *command, *map(str, arguments)],
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        **options,
    )


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.txt").write_text(PAGE, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.txt").write_text(PAGE.replace("Hama", "Homs"), encoding="utf-8")
    return tmp_path


def test_good_and_bad_inputs(folder):
    done = run("clean", folder, folder / "none", "-o", folder / "out.jsonl")
    assert done.returncode == 2, done.stderr
    assert [line.split(": ")[1] for line in done.stderr.splitlines()] == [
        str(folder / "b.txt"),
        str(folder / "none"),
    ]
    records = [json.loads(line) for line in (folder / "out.jsonl").read_text("utf-8").splitlines()]
    assert [record["title"] for record in records] == [
        "Ten killed in Hama on Monday",
        "Ten killed in Homs on Monday",
    ]
    keys = [
        "id",
        "source",
        "url",
        "language",
        "title",
        "dateline",
        "body",
        "title_ar",
        "body_ar",
        "published",
        "updated",
    ]
    assert list(records[0])[: len(keys)] == keys


def test_standard_input_and_output():
    done = run("clean", "-", input=PAGE)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["credits"] == [{"role": "translator", "name": "ليلى حسن"}]


def test_explain_drop_report_and_template(folder):
    done = run("clean", folder / "a.txt", "--explain", "--drop-report", "--save-template", folder / "t.json")
    assert "translator" in done.stdout
    assert "left out of bodies" in done.stderr
    done = run("clean", folder / "a.txt", "--template", folder / "t.json")
    assert done.returncode == 0, done.stderr
    done = run("clean", folder / "a.txt", "--template", folder / "a.txt")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_script(folder):
    done = run(folder / "a.txt", "-o", folder / "out.jsonl", script="clean_pages.py")
    assert done.returncode == 0, done.stderr
    assert json.loads((folder / "out.jsonl").read_text("utf-8"))["published"] == "2018-05-03"
    assert run("--help", script="clean_pages.py").returncode == 0


def warc(*pages, kind="text/html; charset=windows-1256"):
    records = []
    for number, page in enumerate(pages):
        http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + page.encode("windows-1256")
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/{number}\r\n"
            f"WARC-Date: 2020-01-02T03:04:05Z\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(http)}\r\n\r\n"
        )
        records.append(head.encode() + http + b"\r\n\r\n")
    return b"".join(records)


ARABIC = (
    "<html><body><h1>مقتل عشرة مدنيين في ريف حماة</h1><div>ترجمة ليلى منصور | 3 مايو 2018</div>"
    "<p>قتل عشرة مدنيين يوم الاثنين حين سقطت قذائف على سوق البلدة، كما قال مصدر محلي.</p></body></html>"
)


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.compress])
def test_a_warc_file_comes_through_a_pipe_or_packed(pack, tmp_path):
    data = pack(warc(ARABIC, ARABIC.replace("عشرة", "سبعة")))
    (tmp_path / "w.warc.gz").write_bytes(data)
    for arguments, options in (([tmp_path / "w.warc.gz"], {}), (["-"], {"input": data})):
        done = subprocess.run(
            [sys.executable, "-c", "from bialign.cli import main; main()", "clean", *map(str, arguments)],
            check=False, capture_output=True, timeout=120, **options,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        records = [json.loads(line) for line in done.stdout.decode().split("\n")[:-1]]
        assert [record["url"] for record in records] == ["http://a.example/0", "http://a.example/1"]
        assert [record["credits"][0]["name"] for record in records] == ["ليلى منصور"] * 2


def test_a_warc_file_without_a_page_says_where_it_ends(tmp_path):
    first = warc("x", kind="image/png")
    (tmp_path / "i.warc").write_bytes(first * 2)
    done = run("clean", tmp_path / "i.warc")
    assert done.returncode == 2
    assert done.stderr == (
        f"bialign: {tmp_path / 'i.warc'}: byte {len(first)}, the last of 2 records: no page in the WARC file\n"
    )


def test_a_page_that_is_cut_off_says_so(tmp_path):
    (tmp_path / "cut.html").write_text(ARABIC[:-30], encoding="utf-8")
    (tmp_path / "tag.html").write_text(ARABIC[:-8], encoding="utf-8")
    (tmp_path / "whole.html").write_text(ARABIC, encoding="utf-8")
    records = map(json.loads, run("clean", tmp_path).stdout.splitlines())
    warned = {Path(record["source"]).stem: record["warnings"] for record in records}
    cut_off = ["the page does not end: it may be cut off"]
    assert warned == {"cut": cut_off, "tag": cut_off, "whole": []}


def test_templates_of_standard_input_are_refused(tmp_path):
    done = run("clean", "-", "--save-template", tmp_path / "t.json", input=PAGE)
    assert (done.returncode, done.stdout) == (2, "")
    assert "standard input" in done.stderr
