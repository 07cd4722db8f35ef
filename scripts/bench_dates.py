"""Measure the date grammar on the project's date cases, beside dateparser, and its speed.

    python scripts/bench_dates.py [--peer PYTHON]

The cases are ``tests/cases/dates.json``: lines seen on sites, composed lines and lines without a
date. ``--peer`` names a Python that has dateparser 1.5 (never installed beside bialign); it is
given each line twice, with its own settings and with Arabic and English named, and counts as right
if either reading is right: the same day, and the same time and offset where the line has them. A
line of several dates is asked for its first. Where a line has no date, any date read is wrong.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import statistics
import subprocess
import time
from pathlib import Path
from typing import Any

from bialign.pages.dates import find_dates, parse_date

CASES = Path(__file__).parents[1] / "tests" / "cases" / "dates.json"
SEED = Path(__file__).parents[2] / "shared" / "seeds" / "000_55b9818272ac5998.txt"
_PEER = """
import json, sys, warnings
warnings.simplefilter("ignore")
import dateparser, datetime
out = []
for case in json.load(sys.stdin):
    settings = {}
    if case.get("crawled"):
        settings["RELATIVE_BASE"] = datetime.datetime.fromisoformat(case["crawled"])
    read = []
    for languages in (None, ["ar", "en"]):
        found = dateparser.parse(case["text"], languages=languages, settings=settings)
        read.append(found.isoformat() if found else None)
    out.append(read)
json.dump({"version": dateparser.__version__, "read": out}, sys.stdout)
"""


def cases() -> list[dict[str, Any]]:
    """All cases as ``text``, ``stamp`` (null for none), ``kind`` and what else they state."""
    data = json.loads(CASES.read_text("utf-8"))
    real = [{"text": c["text"], "stamp": c["dates"][0][0], "kind": "real"} for c in data["real"]]
    composed = [c | {"kind": "composed"} for c in data["composed"]]
    return [*real, *composed, *({"text": t, "stamp": None, "kind": "negative"} for t in data["negative"])]


def right(stamp: str | None, read: str | None) -> bool:
    """Whether a reading is the date of a case, as far as the case states it."""
    if stamp is None or read is None:
        return stamp == read
    gold, found = dt.datetime.fromisoformat(stamp), dt.datetime.fromisoformat(read)
    if gold.date() != found.date():
        return False
    if "T" in stamp and gold.replace(tzinfo=None) != found.replace(tzinfo=None, microsecond=0):
        return False
    return gold.tzinfo is None or gold.utcoffset() == found.utcoffset()


def ours(case: dict[str, Any]) -> bool:
    """Whether bialign reads a case rightly, to the stamp's very form."""
    found = find_dates(case["text"], crawled=case.get("crawled"), day_first=case.get("day_first"))
    if case["kind"] == "composed":
        best = parse_date(case["text"], crawled=case.get("crawled"), day_first=case.get("day_first"))
        return bool(best is not None and best.stamp == case["stamp"])
    return bool((found[0].stamp if found else None) == case["stamp"])


def speed(text: str, times: int = 200) -> float:
    """Median seconds to find the dates of a text, warm."""
    find_dates(text)
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        find_dates(text)
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--peer", default=None, help="a Python with dateparser")
    options = parser.parse_args()
    every = cases()
    mine = [ours(case) for case in every]
    theirs: list[bool] | None = None
    name = ""
    if options.peer:
        answer = subprocess.run(
            [options.peer, "-c", _PEER], input=json.dumps(every), capture_output=True, text=True, check=True
        )
        data = json.loads(answer.stdout)
        name = f"dateparser {data['version']}"
        theirs = [
            all(r is None for r in read)
            if case["stamp"] is None
            else any(right(case["stamp"], r) for r in read)
            for case, read in zip(every, data["read"], strict=True)
        ]
    print(f"{'cases':10}{'lines':>7}{'bialign':>9}" + (f"{name:>18}" if theirs else ""))
    for kind in ("real", "composed", "negative"):
        rows = [n for n, case in enumerate(every) if case["kind"] == kind]
        line = f"{kind:10}{len(rows):7}{sum(mine[n] for n in rows):9}"
        print(line + (f"{sum(theirs[n] for n in rows):18}" if theirs else ""))
    if theirs:
        lost = [case["text"] for case, a, b in zip(every, mine, theirs, strict=True) if b and not a]
        print(f"read rightly by {name} and not by bialign: {len(lost)}")
        for text in lost:
            print("   ", text)
    for label, text in (
        ("seed page", SEED.read_text("utf-8") if SEED.exists() else ""),
        ("a date line", every[0]["text"]),
    ):
        if text:
            seconds = speed(text)
            print(
                f"{label}: {len(text)} characters, median {seconds * 1e6:.0f} µs ({1 / seconds:.0f} a second)"
            )


if __name__ == "__main__":
    main()
