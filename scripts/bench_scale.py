"""How ``bialign run`` scales on one machine, on composed pages.

    python scripts/bench_scale.py [--pages 400] [--kills 5] [--part start jobs memory kills]

``start``: start-up, each as a multiple of, or beyond, the least a Python program needs (best of five).
``jobs``: pages a second with one and with two processes, and the share of each stage.
``memory``: peak memory of the run and of its workers, and cost a page, at a quarter of the pages and at all.
``kills``: the run is killed so many times at random moments and called again; the files must be the same
bytes as an undisturbed run's. Times are of this machine as busy as it is.
"""

from __future__ import annotations

import argparse
import json
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from typing import Any

from compose_pages import compose

#: Runs, and prints how long each stage took and the peak memory of the process and of its children.
RUN = """
import json, resource, sys, time
from bialign.running import local
progress, begun = local.Progress(), time.monotonic()
local.run([sys.argv[1]], sys.argv[2], jobs=int(sys.argv[3]), on_error=print, progress=progress)
peak = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(json.dumps({"seconds": time.monotonic() - begun, "stages": progress.seconds, "peak": peak}))
"""


def write_pages(folder: Path, pages: int) -> Path:
    """Compose pages into a folder."""
    folder.mkdir()
    for page in compose(pages):
        (folder / page.name).write_bytes(page.text.encode(page.encoding))
    return folder


def measured(pages: Path, out: Path, jobs: int) -> dict[str, Any]:
    """One run in a process of its own: seconds, stages, peak memory in KB."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(pages), str(out), str(jobs)], check=True, capture_output=True
    )
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of every file in a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def best(command: list[str]) -> float:
    """Seconds of a command, the best of five."""
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - begun)
    return min(times)


def start() -> None:
    """Start-up beside the least a Python program needs."""
    python = [sys.executable, "-c"]
    bare, bialign = best([*python, ""]), best([*python, "import bialign"])
    print(f"import bialign            {bialign / bare:5.2f} times bare Python ({bare * 1000:.0f} ms)")
    typer = best([*python, "import typer"])
    asked = best([sys.executable, "-m", "bialign", "--help"])
    print(f"bialign --help            {asked / typer:5.2f} times 'import typer' ({typer * 1000:.0f} ms)")
    numpy = best([*python, "import numpy, typer"])
    match = best([sys.executable, "-m", "bialign", "match", "دمشق", "Damascus"])
    print(
        f"bialign match             {(match - numpy) * 1000:5.0f} ms beyond 'import numpy, typer' "
        f"({numpy * 1000:.0f} ms)"
    )


def jobs(folder: Path, number: int) -> None:
    """One process and two."""
    pages = write_pages(folder / "jobs", number)
    runs = {count: measured(pages, folder / f"jobs{count}", count) for count in (1, 2)}
    for count, run in runs.items():
        shares = ", ".join(f"{name} {took / run['seconds']:.0%}" for name, took in run["stages"].items())
        print(f"jobs {count}: {number / run['seconds']:6.2f} pages a second; {shares}")
    names = [run["stages"]["names"] for run in runs.values()]
    print(
        f"speed-up: whole run {runs[1]['seconds'] / runs[2]['seconds']:.2f}, names {names[0] / names[1]:.2f}"
    )
    print(f"results equal: {contents(folder / 'jobs1') == contents(folder / 'jobs2')}")


def memory(folder: Path, number: int) -> None:
    """Peak memory and cost at two sizes."""
    for size in (number // 4, number):
        run = measured(write_pages(folder / f"memory{size}", size), folder / f"out{size}", 2)
        peak = " and ".join(f"{kilobytes / 1024:.0f} MB" for kilobytes in run["peak"])
        each = run["seconds"] / size * 1000
        print(f"{size:6} pages: {each:.0f} ms a page; peak of the run and of a worker {peak}")


def kills(folder: Path, number: int, times: int) -> None:
    """Random kills, then the bytes."""
    pages, rng = write_pages(folder / "kills", number), Random(1)  # noqa: S311  (moments, no secret)
    seconds = measured(pages, folder / "undisturbed", 2)["seconds"]
    killed = 0
    for _ in range(times):
        process = subprocess.Popen(
            [sys.executable, "-c", RUN, str(pages), str(folder / "killed"), "2"], stdout=subprocess.DEVNULL
        )
        try:
            process.wait(timeout=rng.uniform(0.1, 0.5) * seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            killed += 1
    measured(pages, folder / "killed", 2)
    same = contents(folder / "undisturbed") == contents(folder / "killed")
    print(f"killed {killed} times of {times} runs; results equal: {same}")


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=400)
    parser.add_argument("--kills", type=int, default=5)
    parts = ("start", "jobs", "memory", "kills")
    parser.add_argument("--part", nargs="+", choices=parts, default=parts)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if "start" in options.part:
            start()
        if "jobs" in options.part:
            jobs(folder, options.pages)
        if "memory" in options.part:
            memory(folder, options.pages)
        if "kills" in options.part:
            kills(folder, options.pages, options.kills)


if __name__ == "__main__":
    main()
