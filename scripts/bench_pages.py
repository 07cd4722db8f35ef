"""Measure the pages: composed pages, metadata patterns, the real HTML pages; speed and memory.

    python scripts/bench_pages.py [--peer /path/to/python-with-trafilatura] [--memory 100000]

Prints, in this order: scores over composed pages (``compose_pages.py``, 600 pages of a seed that was
not developed on by default); the history of first sights (``first_sight.py``); what the real HTML pages
of ``../shared/data/pages/html`` give; pages a
second on one core for those HTML pages and for a text page of the seed's size, with the bare HTML
parse's share of the time; the peer's speed (trafilatura's ``bare_extraction`` with metadata, run by the
given Python in the same run, both warm, median over the files); and resident memory over many pages.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

sys.path.insert(0, str(Path(__file__).parent))
import compose_pages
import first_sight
from composing.literal import batches
from composing.scoring import score

from bialign.model import Page, RawPage
from bialign.pages.reading import page_from_bytes
from bialign.pages.separating import separate, separate_all

SHARED = Path(__file__).parents[2] / "shared"
ROUNDS = 15
PEER = """
import json, sys, time
from trafilatura import bare_extraction
out = {}
for name in sys.argv[2:]:
    data = open(name, "rb").read()
    times = []
    for _ in range(int(sys.argv[1]) + 2):
        start = time.process_time()
        bare_extraction(data, with_metadata=True)
        times.append(time.process_time() - start)
    out[name] = min(times[2:])
print(json.dumps(out))
"""


def best(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Least CPU seconds of several rounds, after two to warm up."""
    times = []
    for _ in range(rounds + 2):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times[2:])


def composed(pages: int, seed: int) -> None:
    """Scores over composed pages, each separated alone, and all in one folder with templates."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        compose_pages.write(folder, pages, seed)
        alone = score(compose_pages.separated(folder))
        golds = [json.loads(line) for line in (folder / "gold.jsonl").read_text("utf-8").splitlines()]
        raws = [next(iter(read(folder / gold["file"]))) for gold in golds]
        together = score(zip(golds, (page.to_dict() for page in separate_all(raws)), strict=True))
    print(f"composed pages: {pages}, seed {seed}, {len({g['layout'] for g in golds})} layouts")
    print(f"  {'field':<16}{'alone':>9}{'together':>10}")
    for field, value in alone.items():
        if field != "pages":
            print(f"  {field:<16}{value:>9.5f}{together[field]:>10.5f}")


def first_sights() -> None:
    """Scores of the pages written out whole: at first sight, and as the separator is now."""
    paths = batches()
    now = [score(pair for _, pair in first_sight.separated(path)) for path in paths]
    print("pages written out whole, at first sight (batch@commit)")
    print(first_sight.history())
    print("… and as it is now")
    print(first_sight.table([path.stem for path in paths], now))


def read(path: Path) -> Iterator[RawPage]:
    """The pages of a file."""
    from bialign.pages.reading import read_pages

    return read_pages(path)


def real_pages(files: list[Path]) -> None:
    """What the real HTML pages give, shortly."""
    print("real HTML pages")
    for file in files:
        page = separate(page_from_bytes(file.read_bytes(), str(file)))
        credited = ", ".join(f"{credit.role} {credit.name}" for credit in page.credits) or "no credits"
        print(
            f"  {file.name}: {page.title[:60]} | {page.published} | {credited} | {len(page.body)} characters"
        )


def _separated(data: bytes, name: str) -> Page:
    return separate(page_from_bytes(data, name))


def speed(files: list[Path], peer: str | None) -> None:
    """Pages a second, the share of the bare parse, and the peer."""
    mine, bare = {}, {}
    for file in files:
        data = file.read_bytes()
        mine[file.name] = best(partial(_separated, data, file.name))
        bare[file.name] = best(partial(LexborHTMLParser, data))
    median = statistics.median(mine.values())
    share = statistics.median(bare[name] / mine[name] for name in mine)
    print(
        f"HTML: {1 / median:,.0f} pages a second, median {median * 1e3:.2f} ms; bare parse {share:.0%} of it"
    )
    if peer:
        command = [peer, "-c", PEER, "5", *map(str, files)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
        theirs = json.loads(done.stdout)
        ratios = [theirs[str(file)] / mine[file.name] for file in files]
        print("  times as fast: " + ", ".join(f"{ratio:.1f}" for ratio in ratios))
        print(
            f"trafilatura: median {statistics.median(theirs.values()) * 1e3:.1f} ms; "
            f"we are {statistics.median(ratios):.1f} times as fast (median over the files)"
        )
    for file in sorted((SHARED / "seeds").glob("*.txt")):
        data = file.read_bytes()
        seconds = best(partial(_separated, data, file.name))
        print(f"text page of {len(data):,} bytes: {1 / seconds:,.0f} pages a second")


def memory(pages: int) -> None:
    """Resident memory while many pages pass through, learning included."""
    text = "Ten killed in Hama\nترجمة سعيد علي | 3 مايو 2018 خبر عسكري حماة\n" + "\n".join(
        f"Sentence {i} of the story says that something happened in the town of Hama." for i in range(8)
    )
    many = (RawPage(f"{i}.txt", text.replace("Ten", str(i))) for i in range(pages))
    for count, _ in enumerate(separate_all(many), 1):
        if count % max(1, pages // 5) == 0:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"after {count:,} pages: peak {peak:,.0f} MB")


def main() -> None:
    """Run all measurements."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=600)
    parser.add_argument("--seed", type=int, default=2024)
    parser.add_argument("--peer", help="a Python that has trafilatura and lxml_html_clean")
    parser.add_argument("--memory", type=int, default=0, metavar="PAGES")
    options = parser.parse_args()
    if options.pages:
        composed(options.pages, options.seed)
        first_sights()
    files = sorted((SHARED / "data/pages/html").glob("*.html"))
    if files:
        real_pages(files)
        speed(files, options.peer)
    if options.memory:
        memory(options.memory)


if __name__ == "__main__":
    main()
