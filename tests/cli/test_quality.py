"""``bialign quality`` as its user runs it."""

from __future__ import annotations

import json
import subprocess
import sys


def bialign(folder, *arguments):
    command = [sys.executable, "-m", "bialign", "quality", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


def write(folder, **texts):
    for name, lines in texts.items():
        (folder / f"{name}.txt").write_text("".join(f"{line}\n" for line in lines), "utf-8")


def test_terms_and_accepted_names_are_in_the_record(tmp_path) -> None:
    write(
        tmp_path,
        ref=["انتشرت الإنفلونزا في دمشق", "ثم خفت"],
        out=["انتشرت الانفلونزا في دمشق", "ثم خفت"],
        source=["The flu spread in Damascus", "then it fell"],
        terms=["flu\tالإنفلونزا"],
        names=["دمشق\tالشام", ""],
    )
    done = bialign(
        tmp_path, "ref.txt", "out.txt", "-L", "ar", "--json", "--samples", "5",
        "--source", "source.txt", "--terms", "terms.txt", "--entities", "names.txt",
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    held = {
        (one["measure"], one["signature"].split("|")[1]): (one["correct"], one["total"])
        for one in json.loads(done.stdout)["terms"]["out.txt"]
    }
    assert held["term_exact_match", "form:raw"] == (0, 1)
    assert held["term_exact_match", "form:normalised"] == (1, 1)
    assert held["entity_accuracy", "form:raw"] == (1, 1)


def test_terms_need_the_source(tmp_path) -> None:
    write(tmp_path, ref=["a"], out=["a"], terms=["a\tb"])
    done = bialign(tmp_path, "ref.txt", "out.txt", "--terms", "terms.txt")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "bialign: --source and --terms go together\n"
