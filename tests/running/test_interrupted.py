"""A run that is killed, interrupted or out of disk, however often, ends with the same bytes."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from bialign import pipeline
from bialign.running.journal import FOLDER

RUN = (
    "import json, sys; from bialign.running import local; "
    "local.run([sys.argv[1]], sys.argv[2], jobs=2, command=json.loads(sys.argv[3]))"
)


def contents(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture
def undisturbed(pages, tmp_path):
    """What a run in one process gives."""
    pipeline.run([pages], tmp_path / "undisturbed")
    return contents(tmp_path / "undisturbed")


def children(process):
    return [int(pid) for pid in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the workers of a run are listed in /proc")
def test_random_kills_of_the_run_and_its_workers(pages, tmp_path, undisturbed, stand_in):
    rng, out = Random(7), tmp_path / "out"
    for _ in range(4):
        process = subprocess.Popen(
            [sys.executable, "-c", RUN, str(pages), str(out), json.dumps(stand_in)], stderr=subprocess.DEVNULL
        )
        begun = time.monotonic()
        while process.poll() is None and time.monotonic() - begun < 30 and not children(process.pid):
            time.sleep(0.02)
        time.sleep(rng.uniform(0, 3))
        if process.poll() is None:
            for worker in children(process.pid)[:1] if rng.random() < 0.5 else ():
                os.kill(worker, signal.SIGKILL)
            process.send_signal(rng.choice((signal.SIGKILL, signal.SIGINT)))
        process.wait()
    subprocess.run([sys.executable, "-c", RUN, str(pages), str(out), json.dumps(stand_in)], check=True)
    assert contents(out) == undisturbed


def test_an_interruption_says_in_one_line_that_the_run_goes_on(pages, tmp_path, undisturbed):
    out = tmp_path / "out"
    command = [sys.executable, "-m", "bialign", "run", str(pages), "-o", str(out), "--jobs", "1"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    while not list((out / FOLDER).glob("????????????????????????????????.jsonl")):
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    assert process.returncode == 130
    *before, last = said.splitlines()
    assert all(": templates: " in line or ": names: " in line for line in before)  # on a slow machine
    assert last.startswith("bialign: interrupted; the same command goes on from here (names: ")
    assert [path.name for path in out.iterdir()] == [FOLDER]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    assert contents(out) == undisturbed


@pytest.mark.parametrize("room", [8_000, 120_000])
def test_no_room_on_the_disk_is_one_line_and_the_run_goes_on_when_there_is(
    pages, tmp_path, undisturbed, room
):
    out = tmp_path / "out"
    limited = (
        f"import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room})); "
        f"sys.argv = ['bialign', 'run', {str(pages)!r}, '-o', {str(out)!r}, '--jobs', '1']; "
        "from bialign.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", limited], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    said = [line for line in done.stderr.splitlines() if " a second" not in line]
    assert len(said) == 1
    assert said[0].startswith("bialign: ")
    assert [path.name for path in out.iterdir()] == [FOLDER]
    subprocess.run(
        [sys.executable, "-m", "bialign", "run", str(pages), "-o", str(out)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    assert contents(out) == undisturbed
