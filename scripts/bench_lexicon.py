"""Measure the lexicon. Parts: store (a million entries: size, opening, look-ups).

    python scripts/bench_lexicon.py store [--entries 1000000] [--db /tmp/big.db]

Names are made of the words of ``names/person_words.tsv``; every entry has two English spellings.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bialign.lexicon.lexicon import Lexicon
from bialign.lexicon.store import Resolution, Store
from bialign.model import Entry, Evidence, Variant

SHARED = Path(__file__).parents[2] / "shared" / "data"
LETTERS = {"en": "abcdefghijklmnopqrstuvwxyz", "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"}


def made_entries(count: int, words: list[tuple[str, str]], chance: random.Random) -> Iterator[Entry]:
    """Entries of two or three words, no two with the same Arabic."""
    seen: set[str] = set()
    while len(seen) < count:
        parts = [chance.choice(words) for _ in range(chance.choice((2, 2, 3)))]
        ar = " ".join(part[0] for part in parts)
        en = " ".join(part[1].title() for part in parts)
        other = " ".join(f"al-{part[1].title()}" for part in parts)
        if ar in seen:
            continue
        seen.add(ar)
        times = chance.randint(1, 50)
        variants = (
            Variant(en, times, times, "2018-01-01", "2020-01-01", ()),
            Variant(other, 1, 1, "2018-01-01", "2018-01-01", ("article",)),
        )
        evidence = (Evidence("parallel", "aligned sentences", f"pages/{len(seen)}.txt"),)
        yield Entry(f"{len(seen):012x}", ar, "person", en, variants, 0.98, evidence)


def misspelt(text: str, letters: str, chance: random.Random) -> str:
    """The text with one letter dropped, doubled, changed, or exchanged with the next."""
    place = chance.randrange(1, len(text) - 1)
    head, letter, tail = text[:place], text[place], text[place + 1 :]
    return chance.choice(
        (
            head + tail,
            head + letter * 2 + tail,
            head + chance.choice(letters) + tail,
            head + tail[:1] + letter + tail[1:],
        )
    )


def measure(lexicon: Lexicon, name: str, queries: list[tuple[str, str]]) -> None:
    """Print how long look-ups take (on the clock, and of one processor) and how often they find the entry."""
    clock, processor, first, among = [], 0.0, 0, 0
    for query, wanted in queries:
        start, begun = time.perf_counter(), time.process_time()
        found = [f.entry.id for f in lexicon.lookup(query, 10)]
        clock.append(1000 * (time.perf_counter() - start))
        processor += 1000 * (time.process_time() - begun)
        first += found[:1] == [wanted]
        among += wanted in found
    clock.sort()
    count = len(queries)
    print(
        f"{name:18} median {statistics.median(clock):5.1f} ms, 95 % {clock[int(0.95 * count)]:5.1f} ms, "
        f"processor {processor / count:5.1f} ms; found first {first / count:.3f}, in ten {among / count:.3f}"
    )


def make(count: int, words: list[tuple[str, str]], chance: random.Random, path: Path) -> None:
    """Write a lexicon of that many entries."""
    start = time.perf_counter()
    store = Store()
    store.replace(Resolution(list(made_entries(count, words, chance)), []))
    print(f"{count:,} entries made and written in {time.perf_counter() - start:.0f} s")
    start = time.perf_counter()
    Lexicon(store).save(path)
    store.close()
    print(f"saved in {time.perf_counter() - start:.1f} s")


def store_part(count: int, data: Path, queries: int, path: Path) -> None:
    """A lexicon of many entries: making (unless it is there), opening, looking up."""
    chance = random.Random(7)  # noqa: S311  (the same names every time)
    rows = (
        line.split("\t") for line in (data / "names/person_words.tsv").read_text("utf-8").splitlines()[1:]
    )
    words = [(row[0], row[1]) for row in rows if len(row[0]) > 2 and len(row[1]) > 2]
    if not path.exists():
        make(count, words, chance, path)
    start = time.perf_counter()
    lexicon = Lexicon.open(path)
    opened = time.perf_counter() - start
    print(f"{len(lexicon):,} entries, {path.stat().st_size / 1e6:.0f} MB, opened in {1000 * opened:.1f} ms")
    ids = [f"{chance.randint(1, count):012x}" for _ in range(queries)]
    sample = [entry for entry_id in ids if (entry := lexicon.entry(entry_id)) is not None]
    en, ar = LETTERS["en"], LETTERS["ar"]
    kinds: list[tuple[str, Callable[[Entry], str]]] = [
        ("as written", lambda e: e.canonical),
        ("other case, marks", lambda e: e.variants[1].text.upper().replace("-", " ")),
        ("Arabic", lambda e: e.ar or ""),
        ("one letter wrong", lambda e: misspelt(e.canonical, en, chance)),
        ("Arabic, one wrong", lambda e: misspelt(e.ar or "", ar, chance)),
        ("two letters wrong", lambda e: misspelt(misspelt(e.canonical, en, chance), en, chance)),
        ("beginning", lambda e: e.canonical[: 2 * len(e.canonical) // 3]),
    ]
    for name, query_of in kinds:
        measure(lexicon, name, [(query_of(e), e.id) for e in sample])
    start = time.process_time()
    for e in sample:
        lexicon.spellings(e.ar or "")
        lexicon.arabic(e.canonical)
    print(f"spellings and arabic of a name: {1000 * (time.process_time() - start) / len(sample):.2f} ms")
    lexicon.close()


def main() -> None:
    """Run one part."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("part", choices=["store"])
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--data", type=Path, default=SHARED)
    parser.add_argument("--db", type=Path, help="keep the lexicon here, or use the one that is there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.db or Path(folder, "big.db")
        store_part(options.entries, options.data, options.queries, path)


if __name__ == "__main__":
    main()
