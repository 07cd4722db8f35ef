"""``bialign run`` as a person runs it: the seeds, bad input, an existing folder."""

import json
import shutil
import sqlite3

import pytest

from bialign.pipeline import FILES


@pytest.fixture(scope="module")
def done(bialign, seeds, tmp_path_factory):
    out = tmp_path_factory.mktemp("run") / "out"
    return bialign("run", seeds, "-o", out), out


def test_seeds_give_every_file_and_a_readable_summary(done):
    process, out = done
    assert process.returncode == 0, process.stderr
    assert sorted(path.name for path in out.iterdir()) == sorted(FILES)
    for word in ("10 pages", "translator ريم شاهين", "report.html", "more than one spelling"):
        assert word in process.stdout


def test_one_record_a_page_and_the_segments_tile(done):
    _, out = done
    pages = [json.loads(line) for line in (out / "pages.jsonl").read_text().splitlines()]
    assert len(pages) == 10
    for page in pages:
        ends = [0, *(s["end"] for s in page["segments"])]
        assert [s["start"] for s in page["segments"]] == ends[:-1]
        assert ends[-1] == len(page["text"])


def test_story_in_both_languages_gives_parallel_evidence(done):
    _, out = done
    entries = [json.loads(line) for line in (out / "lexicon.jsonl").read_text().splitlines()]
    parallel = {
        e["ar"]: e["canonical"] for e in entries if any(v["kind"] == "parallel" for v in e["evidence"])
    }
    assert parallel["المالكية"] == "al-Malikiyah"
    assert parallel["تل تمر"] == "Tal Tamr"


def test_one_arabic_name_gathers_its_spellings(done):
    _, out = done
    entries = [json.loads(line) for line in (out / "lexicon.jsonl").read_text().splitlines()]
    spellings = {e["ar"]: {v["text"] for v in e["variants"]} for e in entries}
    assert {"Raqqa", "ar-Raqqah"} <= spellings["الرقة"]
    assert {"Idlib", "Idleb"} <= spellings["إدلب"]


def test_every_entry_has_variants_and_evidence(done):
    _, out = done
    for line in (out / "lexicon.jsonl").read_text().splitlines():
        entry = json.loads(line)
        assert entry["variants"]
        assert entry["evidence"]
        counts = [variant["count"] for variant in entry["variants"]]
        assert all(
            count > 0 or variant["proposed"] for count, variant in zip(counts, entry["variants"], strict=True)
        )


def test_the_database_is_sqlite(done):
    _, out = done
    with sqlite3.connect(out / "lexicon.db") as connection:
        [[count]] = connection.execute("SELECT count(*) FROM entry")
    assert count == len((out / "lexicon.jsonl").read_text().splitlines())


def test_a_bad_file_among_good_ones_is_reported_and_the_rest_done(bialign, seeds, tmp_path):
    shutil.copy(seeds / "008_english_only.txt", tmp_path / "good.txt")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 20)
    process = bialign("run", tmp_path / "good.txt", tmp_path / "empty.txt", tmp_path / "binary.txt",
                      tmp_path / "none.txt", "-o", tmp_path / "out")  # fmt: skip
    assert process.returncode == 2
    assert len(process.stderr.splitlines()) == 3
    for name in ("empty.txt", "binary.txt", "none.txt"):
        assert name in process.stderr
    assert "Traceback" not in process.stderr
    assert (tmp_path / "out" / "report.html").exists()


@pytest.mark.parametrize("name", ["none", "folder"])
def test_nothing_to_read_is_one_line_and_leaves_the_folder_alone(bialign, tmp_path, name):
    (tmp_path / "folder").mkdir()
    out = tmp_path / "out"
    out.mkdir()
    (out / "pages.jsonl").write_text("kept\n")
    process = bialign("run", tmp_path / name, "-o", out)
    assert process.returncode == 2
    assert process.stderr.startswith("bialign: ")
    assert "Traceback" not in process.stderr
    assert (out / "pages.jsonl").read_text() == "kept\n"
    assert [path.name for path in out.iterdir()] == ["pages.jsonl"]


def test_out_that_is_a_file(bialign, seeds, tmp_path):
    (tmp_path / "out").write_text("x")
    process = bialign("run", seeds, "-o", tmp_path / "out")
    assert process.returncode == 2
    assert len(process.stderr.splitlines()) == 1
