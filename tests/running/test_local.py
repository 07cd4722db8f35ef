"""Runs over several processes: one result whatever happens on the way."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from bialign import pipeline
from bialign.errors import BialignError, InputError, UsageError
from bialign.running import local
from bialign.running.journal import FOLDER


def contents(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture
def undisturbed(pages, tmp_path):
    """What a run in one process gives."""
    pipeline.run([pages], tmp_path / "undisturbed")
    return contents(tmp_path / "undisturbed")


def test_results_do_not_depend_on_jobs_nor_on_processes(pages, seeds, tmp_path):
    pipeline.run([pages, seeds], tmp_path / "alone")
    for jobs in (1, 2):
        local.run([pages, seeds], tmp_path / str(jobs), jobs=jobs)
        assert contents(tmp_path / str(jobs)) == contents(tmp_path / "alone")
    assert b'"kind": "parallel"' in (tmp_path / "alone" / "lexicon.jsonl").read_bytes()


def test_killed_and_called_again_gives_the_same_bytes(pages, tmp_path, undisturbed, stand_in):
    out = tmp_path / "out"
    script = (
        "import json, sys; from bialign.running import local; "
        "local.run([sys.argv[1]], sys.argv[2], jobs=1, command=json.loads(sys.argv[3]))"
    )
    process = subprocess.Popen([sys.executable, "-c", script, str(pages), str(out), json.dumps(stand_in)])
    try:
        while len(list((out / FOLDER).glob("????????????????????????????????.jsonl"))) < 1:
            assert process.poll() is None
            time.sleep(0.01)
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    assert not (out / "pages.jsonl").exists()
    taken = Watch()
    local.run([pages], out, jobs=2, progress=taken)
    assert taken.pages["names"] < 40
    assert contents(out) == undisturbed


class Watch(local.Progress):
    """Counts the pages of each stage."""

    def __init__(self):
        super().__init__()
        self.pages = {}

    def advance(self, pages=1):
        self.pages[self._stage] = self.pages.get(self._stage, 0) + pages


def test_a_changed_page_is_made_anew_and_only_its_chunk(pages, tmp_path):
    out, fresh = tmp_path / "out", tmp_path / "fresh"
    stop = Stopping()
    with pytest.raises(KeyboardInterrupt):
        local.run([pages], out, jobs=1, progress=stop)
    changed = pages / "020.txt"
    changed.write_text(changed.read_text("utf-8").replace("Ihab al-Salti", "Walid Tarraf"), "utf-8")
    again = Watch()
    local.run([pages], out, jobs=1, progress=again)
    assert again.pages["names"] == 16
    local.run([pages], fresh, jobs=1)
    assert contents(out) == contents(fresh)
    assert b"Walid Tarraf" in (out / "lexicon.jsonl").read_bytes()


class Stopping(Watch):
    """Interrupts a run when its names are found, before anything is put together."""

    def advance(self, pages=1):
        super().advance(pages)
        if self.pages.get("names") == 40:
            raise KeyboardInterrupt


def test_pages_that_hang_die_or_raise_are_set_aside_and_the_rest_goes_on(pages, tmp_path, stand_in):
    for number, word in ((3, "HANG"), (11, "DIE"), (18, "RAISE"), (25, "SNARE"), (30, "ONCE")):
        path = pages / f"{number:03}.txt"
        path.write_text(path.read_text("utf-8") + f"\n{word}\n", "utf-8")
    told = []
    out = tmp_path / "out"
    summary = local.run([pages], out, jobs=2, page_timeout=3, on_error=told.append, command=stand_in)
    failed = [json.loads(line) for line in (out / "failed.jsonl").read_text("utf-8").splitlines()]
    assert [(item["source"][-7:], item["error"]) for item in failed] == [
        ("003.txt", "took longer than 3 seconds"),
        ("011.txt", "its worker died (signal 9)"),
        ("018.txt", "ValueError: cannot take this page"),
    ]
    assert [error.path for error in told] == [item["source"] for item in failed]
    assert len(summary.failed) == 3
    assert len(summary.pages) == 37
    left = [json.loads(line) for line in (out / "pages.jsonl").read_text("utf-8").splitlines()]
    assert [item["source"][-7:-4] for item in left] == [
        f"{number:03}" for number in range(40) if number not in {3, 11, 18}
    ]


def test_a_worker_that_cannot_start_is_one_error(pages, tmp_path):
    with pytest.raises(BialignError, match="cannot start: no luck"):
        local.run([pages], tmp_path / "out", command=(sys.executable, "-c", "raise SystemExit('no luck')"))


def test_a_full_disk_stops_the_run_with_one_line_and_it_goes_on_when_there_is_room(
    pages, tmp_path, undisturbed
):
    full = (
        "import resource; from bialign.running.worker import main; "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)); main()"
    )
    out = tmp_path / "out"
    with pytest.raises(BialignError, match="cannot write"):
        local.run([pages], out, jobs=1, command=(sys.executable, "-c", full))
    assert [path.name for path in out.iterdir()] == [FOLDER]
    local.run([pages], out, jobs=1)
    assert contents(out) == undisturbed


def test_few_pages_stay_in_this_process(seeds, tmp_path):
    local.run([seeds], tmp_path / "out", command=("/no/such/program",))
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(pipeline.FILES)


def test_every_page_set_aside_is_an_error(pages, tmp_path, stand_in):
    for path in pages.iterdir():
        path.write_text("RAISE " + path.read_text("utf-8"), "utf-8")
    with pytest.raises(InputError, match="could be used"):
        local.run([pages], tmp_path / "out", on_error=lambda _: None, command=stand_in)


@pytest.mark.parametrize("options", [{"jobs": 0}, {"page_timeout": 0}])
def test_no_jobs_and_no_time_are_wrong_use(pages, tmp_path, options):
    with pytest.raises(UsageError):
        local.run([pages], tmp_path / "out", **options)


def test_workers_that_made_room_start_anew(pages, seeds, tmp_path, monkeypatch):
    local.run([pages, seeds], tmp_path / "kept", jobs=2)
    monkeypatch.setattr(local, "MANY", 10)
    local.run([pages, seeds], tmp_path / "rested", jobs=2)
    assert contents(tmp_path / "rested") == contents(tmp_path / "kept")
