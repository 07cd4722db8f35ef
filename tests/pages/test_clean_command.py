import json
import subprocess
import sys
from pathlib import Path

import pytest

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
