"""How the command as a whole ends: one line for wrong use, quiet when its reader goes away."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

BIALIGN = [sys.executable, "-m", "bialign"]


def bialign(*arguments, **options):
    return subprocess.run([*BIALIGN, *arguments], capture_output=True, text=True, check=False, **options)


@pytest.mark.parametrize(
    "arguments",
    [["bogus"], ["clean"], ["clean", "--bogus"], ["romanize", "-n", "0", "x"], ["lexicon", "lookup", "x"]],
)
def test_wrong_use_is_one_line(arguments):
    done = bialign(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("bialign: ")
    assert done.stderr.count("\n") == 1
    assert "--help" in done.stderr


def test_a_wrong_choice_names_the_right_ones():
    error = bialign("align", "sentences", "a", "b", "--format", "zzz").stderr
    assert "Value error" not in error
    assert "'moses'" in error


@pytest.mark.skipif(sys.platform != "linux", reason="RLIMIT_AS bounds memory on Linux")
def test_too_little_memory_is_one_line():
    code = (
        "import resource, sys; from bialign.cli import main;"
        "resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30));"
        "sys.argv = ['bialign', 'normalize', '/dev/zero']; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "bialign: not enough memory (give it less at a time, or shorter lines)\n"


def test_no_arguments_show_the_help():
    assert "Commands" in bialign().stderr


def test_a_reader_that_goes_away_is_no_error(seeds):
    shell = f"{sys.executable} -m bialign names {seeds}/*.txt | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_one_line(seeds):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*BIALIGN, "clean", str(seeds)], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 2
    assert done.stderr == "bialign: No space left on device\n"


def test_an_interruption_is_one_line():
    running = subprocess.Popen(
        [*BIALIGN, "romanize"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    time.sleep(3)  # it waits for its standard input
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert (running.returncode, said) == (130, b"bialign: interrupted\n")


def test_a_pair_of_names_waits_for_no_library_it_does_not_need():
    code = (
        "import sys; from bialign.cli import main; sys.argv = ['bialign', 'match', 'دمشق', 'Damascus']; main();"
        "print(sorted({'pydantic', 'regex', 'rapidfuzz', 'rich', 'scipy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[1:] == ["[]"], done.stderr
