"""Measure the name index at its size: building, saving, opening, searching, recall of blocking.

    python scripts/bench_index.py [--names 1000000] [--queries 500] [--script both] [--keep FOLDER]

Names are made: two to four words of ``../shared/data/names/person_words.tsv``, given names drawn as
often as the list has them, the last one evenly, so that common names stand in many of them. Each
name stands in the index in one of its words' attested spellings, or in Arabic. A query is one name of
the index again: in the other script, in other attested spellings, with a word less, or with the words
written on. What a query finds besides may be right too (other made names of the same words).
"""

from __future__ import annotations

import argparse
import csv
import random
import resource
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import accumulate
from pathlib import Path

from seeded import seeded

from bialign.names.index import CANDIDATES, NameIndex

ROOT = Path(__file__).resolve().parent.parent
#: Candidates at which the recall of blocking is told.
LIMITS = (100, 200, 500, 1000)
Word = tuple[str, list[str]]
Name = list[Word]


def read_words(path: Path) -> tuple[list[Word], list[int]]:
    """Arabic words with their Latin spellings, and how often the list has each."""
    spellings: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if len(row["ar"]) > 2 and len(row["en"]) > 2:
                spellings[row["ar"]][row["en"]] += int(row["count"])
    words, counts = [], []
    for ar, found in spellings.items():
        # a spelling rare among those of a common word is as often a mistake of the list
        usual = [en for en, n in found.items() if n >= 0.03 * sum(found.values())]
        words.append((ar, usual))
        counts.append(sum(found.values()))
    return words, counts


def make_names(count: int, words: list[Word], counts: list[int], chance: random.Random) -> list[Name]:
    """Names of two to four words."""
    sums = list(accumulate(counts))
    lengths = chance.choices((2, 3, 4), (5, 4, 1), k=count)
    given = iter(chance.choices(words, cum_weights=sums, k=sum(lengths)))
    return [[*(next(given) for _ in range(n - 1)), chance.choice(words)] for n in lengths]


def latin(name: Name, chance: random.Random) -> str:
    """A name in attested spellings of its words."""
    return " ".join(chance.choice(spellings) for _, spellings in name)


def arabic(name: Name) -> str:
    """A name in Arabic."""
    return " ".join(ar for ar, _ in name)


def asked(chance: random.Random) -> dict[str, Callable[[Name], str]]:
    """Ways to ask for a name again."""
    return {
        "in Arabic": arabic,
        "other Latin spellings": lambda name: latin(name, chance),
        "Latin, written on": lambda name: latin(name, chance).replace(" ", "", 1),
        "the same in small letters": lambda name: latin(name, chance).replace(" ", "", 1).lower(),
    }


def times(title: str, values: Sequence[float]) -> str:
    """The median of processor time, and what 95 of 100 do not exceed."""
    ordered = sorted(values)
    return f"{title} {ordered[len(ordered) // 2]:.1f} ms (95 % {ordered[int(0.95 * len(ordered))]:.1f})"


def main() -> None:
    """Build, save, open, ask."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared/data/names/person_words.tsv")
    parser.add_argument("--names", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=500)
    parser.add_argument("--script", choices=["latin", "arabic", "both"], default="both")
    parser.add_argument("--keep", type=Path, help="keep the index here, or use the one that is there")
    options = parser.parse_args()
    chance = seeded(11)
    words, counts = read_words(options.data)
    names = make_names(options.names, words, counts, chance)
    arabic_share = {"latin": 0.0, "arabic": 1.0, "both": 0.5}[options.script]
    in_arabic = [chance.random() < arabic_share for _ in names]
    texts = [arabic(n) if a else latin(n, chance) for n, a in zip(names, in_arabic, strict=True)]
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch, "index")
        if not (folder / "index.json").exists():
            started = time.process_time()
            index = NameIndex(iter(texts))
            built = time.process_time() - started
            started = time.process_time()
            index.save(folder)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
            print(
                f"{len(index):,} names: built in {built:.0f} s of one core, saved in "
                f"{time.process_time() - started:.1f} s, {size:.0f} MB; peak memory {peak:.0f} MB"
            )
            del index
        started = time.process_time()
        index = NameIndex.open(folder)
        print(f"opened in {1000 * (time.process_time() - started):.0f} ms")
        places = chance.sample(range(len(names)), options.queries)
        index.search("Mohamed Ali")
        whose = [arabic(name) for name in names]
        for title, ask in asked(chance).items():
            report(title, index, [(ask(names[k]), k) for k in places], texts, whose)


def report(
    title: str, index: NameIndex, queries: list[tuple[str, int]], texts: list[str], whose: list[str]
) -> None:
    """Print recall of blocking, place of the true name after matching, and times.

    Common names stand in the index many times: one with the same Arabic is found as well.
    """
    queries = [(text, k) for text, k in queries if text != texts[k]]
    first, ten, missed = [], [], []
    blocked: dict[int, list[bool]] = {limit: [] for limit in LIMITS}
    blocking, searching = [], []
    for text, k in queries:
        started = time.process_time()
        found = {whose[i] for i in index.candidates(text)}
        blocking.append(1000 * (time.process_time() - started))
        ranked = [whose[i] for i in index.candidates(text, max(LIMITS))]
        for limit, hit in blocked.items():
            hit.append(whose[k] in ranked[:limit])
        if whose[k] not in found:
            missed.append(f"{text} ({texts[k]})")
        started = time.process_time()
        hits = [whose[hit.position] for hit in index.search(text)]
        searching.append(1000 * (time.process_time() - started))
        first.append(hits[:1] == [whose[k]])
        ten.append(whose[k] in hits)
    count = max(len(queries), 1)
    print(
        f"{title}: {len(queries)} queries; recall of blocking at "
        + ", ".join(f"{limit} {sum(hit) / count:.4f}" for limit, hit in blocked.items())
        + f" ({CANDIDATES} are passed on); found first {sum(first) / count:.3f}, "
        + f"in ten {sum(ten) / count:.3f}"
    )
    print(f"  {times('blocking', blocking)}, {times('search', searching)}", flush=True)
    print(f"  missed: {'; '.join(missed[:8])}")


if __name__ == "__main__":
    main()
