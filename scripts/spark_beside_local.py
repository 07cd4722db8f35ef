"""The cluster engine beside the local one on the same pages: processor time a page, and equal results.

Called by ``bench_scale.py --part spark``. Each engine runs as the command line a user would type,
and all processes it starts are watched: for Spark that is the driver, the Java
machines and their Python workers. Processor time is compared, which other work on the machine disturbs
least; a run on a few of the pages tells what start-up costs, and is taken off.
"""

from __future__ import annotations

import itertools
import os
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_TICKS: Final = os.sysconf("SC_CLK_TCK")
#: Pages of the run that tells what start-up costs.
FEW: Final = 32
SPARK: Final = (
    "spark.master=local[2]",
    "spark.ui.enabled=false",
    "spark.driver.memory=4g",
    "spark.sql.shuffle.partitions=8",
    "spark.driver.host=127.0.0.1",
    "spark.driver.bindAddress=127.0.0.1",
)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took: seconds by the clock, processor seconds of all its processes."""

    seconds: float
    processor: float

    def __sub__(self, other: Cost) -> Cost:
        return Cost(self.seconds - other.seconds, self.processor - other.processor)


def _look(taken: dict[int, float]) -> None:
    """Note the processor seconds of known processes and of those that they started."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            if int(folder.name) in taken or int(fields[1]) in taken:
                taken[int(folder.name)] = (int(fields[11]) + int(fields[12])) / _TICKS


def watched(command: list[str]) -> Cost:
    """Run a command and add up what its processes took, each as it was last seen."""
    begun = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    taken = {process.pid: 0.0}
    while process.poll() is None:
        _look(taken)
        time.sleep(0.2)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return Cost(time.monotonic() - begun, sum(taken.values()))


def _tables(path: Path) -> dict[str, list[str]]:
    """The rows of each table of a lexicon, in one order."""
    with sqlite3.connect(path) as database:
        every = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        names = [name for (name,) in every if not name.startswith(("spelling_", "entry_"))]
        found = {name: sorted(map(repr, database.execute(f"SELECT * FROM {name}"))) for name in names}  # noqa: S608
    database.close()
    return found


def _equal(local: Path, spark: Path) -> bool:
    files = [{path.name: path for path in folder.iterdir() if path.is_file()} for folder in (local, spark)]
    if files[0].keys() != files[1].keys():
        return False
    return all(
        _tables(path) == _tables(files[1][name])
        if name == "lexicon.db"
        else path.read_bytes() == files[1][name].read_bytes()
        for name, path in files[0].items()
    )


def compare(pages: Path, folder: Path, number: int) -> None:
    """Run both engines on some pages and print what they took.

    Args:
        pages: a JSON lines file.
        folder: for the results.
        number: of its pages.
    """
    few = folder / "few.jsonl"
    with pages.open("rb") as lines:
        few.write_bytes(b"".join(itertools.islice(lines, FEW)))
    bialign = str(Path(sys.executable).with_name("bialign"))
    settings = [word for setting in SPARK for word in ("--spark", setting)]
    engines = {"local": ["--jobs", "2"], "spark": ["--engine", "spark", *settings]}
    costs: dict[str, Cost] = {}
    for name, options in engines.items():
        begun, whole = (
            watched([bialign, "run", str(given), "-o", str(folder / f"{name}-{given.stem}"), *options])
            for given in (few, pages)
        )
        costs[name] = cost = whole - begun
        done = number - FEW
        print(
            f"{name:6}: {done / cost.seconds:6.1f} pages a second by the clock, "
            f"{done / cost.processor:6.1f} a second of processor time; start-up and {FEW} pages "
            f"{begun.seconds:.1f} s ({begun.processor:.1f} s of processor time)",
            flush=True,
        )
    local, spark = costs["local"], costs["spark"]
    print(
        f"spark beside local: {local.processor / spark.processor:.2f} of its pages a second and core "
        f"(by the clock {local.seconds / spark.seconds:.2f})"
    )
    print("results equal:", _equal(folder / f"local-{pages.stem}", folder / f"spark-{pages.stem}"))
