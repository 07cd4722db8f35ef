"""Measure the gazetteer on ``../shared/data/names``: coverage, agreement, and persons kept out.

Places of 17 Arab countries (``places.jsonl``) are looked up under each of their English names: how
often something is found, and how often the first Arabic is one that the data set has for a place
of that English name. Given names (``person_words.tsv``) should find nothing.
"""

from __future__ import annotations

import argparse
import csv
import json
import time
from collections.abc import Callable
from pathlib import Path

from bialign.names.gazetteer import Gazetted, arabic_fold, arabic_of, latin_fold

SHARED = Path(__file__).resolve().parent.parent.parent / "shared/data/names"


def main() -> None:
    """Print the figures."""
    argparse.ArgumentParser(description="Measure the gazetteer.").parse_args()
    started = time.perf_counter()
    arabic_of("Baghdad")
    print(f"first look-up {time.perf_counter() - started:.2f} s")
    places = [json.loads(line) for line in (SHARED / "places.jsonl").read_text(encoding="utf-8").splitlines()]
    arabic: dict[str, set[str]] = {}
    for place in places:
        for name in place["en"]:
            arabic.setdefault(latin_fold(name), set()).update(map(arabic_fold, place["ar"]))
    asked = sorted({(name, place["cc"]) for place in places for name in place["en"]})
    places_of(lambda name, _: arabic_of(name), "bare name", asked, arabic)
    places_of(lambda name, country: arabic_of(name, country=country), "with its country", asked, arabic)
    with (SHARED / "person_words.tsv").open(encoding="utf-8", newline="") as table:
        given = {
            row["en"]
            for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
            if row["role"] == "given"
        }
    taken = sorted(name for name in given if arabic_of(name))
    print(f"given names: {len(given)}, taken for a place {len(taken)} ({len(taken) / len(given):.3f})")


def places_of(
    look_up: Callable[[str, str], list[Gazetted]],
    label: str,
    asked: list[tuple[str, str]],
    arabic: dict[str, set[str]],
) -> None:
    """Share found, and of these the share whose first Arabic the data set has."""
    found = right = 0
    started = time.perf_counter()
    for name, country in asked:
        results = look_up(name, country)
        if results:
            found += 1
            right += arabic_fold(results[0].ar) in arabic[latin_fold(name)]
    seconds = time.perf_counter() - started
    print(
        f"places, {label}: {len(asked)} asked, found {found / len(asked):.3f}, "
        f"of these agreeing {right / found:.3f}, {1e6 * seconds / len(asked):.0f} µs each"
    )


if __name__ == "__main__":
    main()
