"""How ``bialign run`` scales on one machine, on composed pages.

    python scripts/bench_scale.py [--part start jobs memory kills crawl spark] [--pages 400] [--kills 20]
                                  [--sizes 1000 4000] [--distinct 500]

``start``: processor time of start-up, each as a multiple of, or beyond, the least a Python program
needs: interleaved repeats, the least of each.
``jobs``: ``--pages`` pages with one and with two processes: pages a second, speed-up, share of each stage,
and whether the results are the same bytes.
``memory``: peak memory of a run and cost a page at each of ``--sizes``, with two processes. The pages
repeat ``--distinct`` composed texts under other names, and a worker looks up what it made of a text
before (``scripts/scaling/seen_before.py``), so the cost is that of all but the work on single pages; with
``--distinct 0`` every page is another and all the work is done.
``kills``: the run is ended at random moments (the run or a worker killed, the run interrupted) and
called again, ``--kills`` times; the files must be the same bytes as an undisturbed run's.
``crawl``: records a second of a made WARC file of which one page in twenty has both languages, the others
English news of 40 KB of markup: read as they are, and asked first whether they can be wanted.
``spark``: ``--pages`` pages by the cluster engine, two cores, and by the local one (``spark_beside_local``).
"""

from __future__ import annotations

import argparse
import gzip
import html
import itertools
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from compose_pages import Composed, compose
from seeded import seeded
from spark_beside_local import compare

from bialign.pages.reading import read_pages
from bialign.pages.wanted import Sieve

SCALING: Final = Path(__file__).parent / "scaling"
#: Runs, and prints seconds a stage, processor seconds and peak memory in KB.
RUN: Final = """
import json, os, resource, sys, threading, time
from pathlib import Path
from bialign.running import local

def resident(process):
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024
    except (FileNotFoundError, ProcessLookupError):
        return 0

def watch():
    while True:
        children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
        stage = progress.so_far().partition(":")[0]
        now = resident("self") + sum(map(resident, children))
        peak[stage] = max(peak.get(stage, 0), now)
        time.sleep(0.2)

peak, progress, begun = {}, local.Progress(), time.monotonic()
threading.Thread(target=watch, daemon=True).start()
command = json.loads(sys.argv[4]) if len(sys.argv) > 4 else local.COMMAND
inputs, out, jobs = [sys.argv[1]], sys.argv[2], int(sys.argv[3])
local.run(inputs, out, jobs=jobs, on_error=print, progress=progress, command=command)
own = resource.getrusage(resource.RUSAGE_SELF)
workers = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({
    "seconds": time.monotonic() - begun, "stages": progress.seconds, "run": own.ru_maxrss,
    "worker": workers.ru_maxrss, "all": max(peak.values()), "peak": peak,
    "processor": [own.ru_utime + own.ru_stime, workers.ru_utime + workers.ru_stime],
}))
"""


def write_pages(path: Path, pages: int, distinct: int = 0) -> Path:
    """Compose pages into a JSON lines file; after ``distinct`` of them (0: never) the texts come again."""
    composed: Iterator[Composed] = compose(distinct or pages)
    if distinct:
        composed = itertools.islice(itertools.cycle(list(composed)), pages)
    with path.open("w", encoding="utf-8") as out:
        for number, page in enumerate(composed):
            record = {"id": f"page-{number}"}
            if page.name.endswith(".jsonl"):
                record |= json.loads(page.text)
            else:
                record["html" if page.name.endswith(".html") else "text"] = page.text
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
    return path


def measured(pages: Path, out: Path, jobs: int, command: Sequence[str] | None = None) -> dict[str, Any]:
    """One run in a process of its own: seconds, stages, memory in KB, processor seconds."""
    given = [] if command is None else [json.dumps(command)]
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(pages), str(out), str(jobs), *given],
        check=True, stdout=subprocess.PIPE,
    )  # fmt: skip
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of every file in a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def processor_time(command: Sequence[str]) -> float:
    """Processor seconds of a command, user and system."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def start(repeats: int = 11) -> None:
    """Start-up beside the least a Python program needs."""
    python = [sys.executable, "-c"]
    bialign = str(Path(sys.executable).with_name("bialign"))
    commands = {
        "bare Python": [*python, ""],
        "import bialign": [*python, "import bialign"],
        "import typer": [*python, "import typer"],
        "bialign --help": [bialign, "--help"],
        "import numpy, typer": [*python, "import numpy, typer"],
        "bialign match": [bialign, "match", "دمشق", "Damascus"],
    }
    least = dict.fromkeys(commands, float("inf"))
    for _ in range(repeats):
        for name, command in commands.items():
            least[name] = min(least[name], processor_time(command))
    for name, beside, most in (
        ("import bialign", "bare Python", 3.0),
        ("bialign --help", "import typer", 2.5),
    ):
        ratio = least[name] / least[beside]
        print(f"{name:16} {ratio:6.2f} times {beside} ({least[beside] * 1000:.0f} ms); at most {most}")
    name, beside = "bialign match", "import numpy, typer"
    beyond = (least[name] - least[beside]) * 1000
    print(f"{name:16} {beyond:6.0f} ms beyond {beside} ({least[beside] * 1000:.0f} ms); at most 200")


def jobs(folder: Path, number: int) -> None:
    """One process and two."""
    pages = write_pages(folder / "jobs.jsonl", number)
    runs = {count: measured(pages, folder / f"jobs{count}", count) for count in (1, 2)}
    for count, run in runs.items():
        shares = ", ".join(f"{name} {took / run['seconds']:.1%}" for name, took in run["stages"].items())
        own, workers = run["processor"]
        print(
            f"jobs {count}: {number / run['seconds']:6.1f} pages a second; processor time a page: run "
            f"{own / number * 1000:.1f} ms, workers {workers / number * 1000:.1f} ms; {shares}"
        )
    names = [run["stages"]["names"] for run in runs.values()]
    print(
        f"speed-up: whole run {runs[1]['seconds'] / runs[2]['seconds']:.2f}, names {names[0] / names[1]:.2f}"
    )
    print(f"results equal: {contents(folder / 'jobs1') == contents(folder / 'jobs2')}")


def memory(folder: Path, sizes: Sequence[int], distinct: int) -> None:
    """Peak memory and cost at each size."""
    command = [sys.executable, "-P", str(SCALING / "seen_before.py")] if distinct else None
    first: float | None = None
    before, spent = 0, 0.0
    for size in sizes:
        pages = write_pages(folder / f"memory{size}.jsonl", size, distinct)
        run = measured(pages, folder / f"out{size}", 2, command)
        megabytes = {name: run[name] / 1024 for name in ("all", "run", "worker")}
        processor = sum(run["processor"])
        first = first or megabytes["all"]
        peaks = ", ".join(f"{name} {value:.0f} MB" for name, value in megabytes.items())
        print(
            f"{size:7} pages: peak memory: {peaks} (all: {megabytes['all'] / first:.2f} of the first); "
            f"processor time {processor:.1f} s, a page more than before costs "
            f"{(processor - spent) / (size - before) * 1000:.2f} ms",
            flush=True,
        )
        before, spent = size, processor
        stages = (
            f"{name} {took:.1f} s, {run['peak'].get(name, 0) / 1024:.0f} MB"
            for name, took in run["stages"].items()
        )
        print("        stages: " + "; ".join(stages), flush=True)


def kills(folder: Path, number: int, times: int) -> None:
    """Random ends of the run and of its workers, then the bytes."""
    pages, rng = write_pages(folder / "kills.jsonl", number), seeded(1)
    seconds = measured(pages, folder / "undisturbed", 2)["seconds"]
    ended: dict[str, int] = dict.fromkeys(("run killed", "run interrupted", "worker killed", "too late"), 0)
    for _ in range(times):
        process = subprocess.Popen(
            [sys.executable, "-c", RUN, str(pages), str(folder / "killed"), "2"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        how = rng.choice(("run killed", "run interrupted", "worker killed"))
        try:
            process.wait(timeout=rng.uniform(0.05, 0.6) * seconds)
            how = "too late"
        except subprocess.TimeoutExpired:
            if how == "worker killed":
                listed = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
                for worker in rng.sample(listed, min(1, len(listed))):
                    os.kill(int(worker), signal.SIGKILL)
                time.sleep(rng.uniform(0.0, 0.2) * seconds)
            process.send_signal(signal.SIGINT if how == "run interrupted" else signal.SIGKILL)
            process.wait()
        ended[how] += 1
    measured(pages, folder / "killed", 2)
    same = contents(folder / "undisturbed") == contents(folder / "killed")
    print(", ".join(f"{how} {count} times" for how, count in ended.items()) + f"; results equal: {same}")


def write_crawl(path: Path, records: int) -> int:
    """Write a WARC file, packed a record at a time; returns the bytes of its pages."""
    filler = "".join(
        f'<div class="card"><a href="/story/{n}">Read more of {n}</a></div>\n' for n in range(600)
    )
    size = 0
    with path.open("wb") as out:
        for number, page in enumerate(compose(records)):
            wanted = number % 20 == 0
            story = page.text if wanted else "Ten people were killed in Hama on Monday, residents said. " * 40
            body = f"<html><body><p>{html.escape(story)}</p>{filler}</body></html>".encode()
            size += len(body)
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
            head = (
                "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2020-05-01T00:00:00Z\r\n"
                f"WARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Target-URI: https://example.org/{number}\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
            )
            out.write(gzip.compress(head.encode() + http + b"\r\n\r\n", 6))
    return size


def crawl(folder: Path, records: int) -> None:
    """Reading a crawl with and without the cheap questions."""
    path = folder / "crawl.warc.gz"
    megabytes = write_crawl(path, records) / 1e6
    for name, sieve in (("every page", None), ("--language ar,en", Sieve.of(["ar,en"]))):
        begun = time.process_time()
        kept = sum(1 for _ in read_pages(path, sieve=sieve))
        took = time.process_time() - begun
        print(
            f"{name:17} {records / took:6.0f} records and {megabytes / took:4.0f} unpacked MB a second; "
            f"{kept} of {records} kept"
        )


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=400)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--sizes", type=int, nargs="+", default=(1000, 4000))
    parser.add_argument("--distinct", type=int, default=500)
    parts = ("start", "jobs", "memory", "kills", "crawl", "spark")
    parser.add_argument("--part", nargs="+", choices=parts, default=parts)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if "start" in options.part:
            start()
        if "jobs" in options.part:
            jobs(folder, options.pages)
        if "memory" in options.part:
            memory(folder, options.sizes, options.distinct)
        if "kills" in options.part:
            kills(folder, options.pages, options.kills)
        if "crawl" in options.part:
            crawl(folder, 5 * options.pages)
        if "spark" in options.part:
            compare(write_pages(folder / "spark.jsonl", options.pages), folder, options.pages)


if __name__ == "__main__":
    main()
