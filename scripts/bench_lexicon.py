"""Measure the lexicon. Parts: store (a million entries: size, opening, look-ups).

    python scripts/bench_lexicon.py store [--entries 1000000] [--data ../shared/data]

Names are made of the words of ``names/person_words.tsv``; every entry has two English spellings.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
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
    """Print how long look-ups take and how often they find the entry meant."""
    times, first, among = [], 0, 0
    for query, wanted in queries:
        start = time.perf_counter()
        found = [f.entry.id for f in lexicon.lookup(query, 10)]
        times.append(1000 * (time.perf_counter() - start))
        first += found[:1] == [wanted]
        among += wanted in found
    times.sort()
    print(
        f"{name:18} median {statistics.median(times):6.2f} ms, 95 % {times[int(0.95 * len(times))]:6.2f} ms, "
        f"worst {times[-1]:6.2f} ms; found first {first / len(times):.3f}, in ten {among / len(times):.3f}"
    )


def store_part(count: int, data: Path, queries: int) -> None:
    """A lexicon of many entries: making, saving, opening, looking up."""
    chance = random.Random(7)  # noqa: S311  (the same names every time)
    rows = (
        line.split("\t") for line in (data / "names/person_words.tsv").read_text("utf-8").splitlines()[1:]
    )
    words = [(row[0], row[1]) for row in rows if len(row[0]) > 2 and len(row[1]) > 2]
    entries = list(made_entries(count, words, chance))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "big.db")
        start = time.perf_counter()
        store = Store()
        store.replace(Resolution(entries, []))
        print(f"{count:,} entries written in {time.perf_counter() - start:.1f} s")
        start = time.perf_counter()
        Lexicon(store).save(path)
        store.close()
        print(f"saved in {time.perf_counter() - start:.1f} s, {path.stat().st_size / 1e6:.0f} MB")
        start = time.perf_counter()
        lexicon = Lexicon.open(path)
        print(f"opened in {1000 * (time.perf_counter() - start):.1f} ms")
        start = time.perf_counter()
        first = lexicon.lookup(entries[count // 2].canonical)
        print(f"first look-up {1000 * (time.perf_counter() - start):.1f} ms, {len(first)} found")
        sample = chance.sample(entries, queries)
        measure(lexicon, "as written", [(e.canonical, e.id) for e in sample])
        measure(
            lexicon,
            "other case, marks",
            [(e.variants[1].text.upper().replace("-", " "), e.id) for e in sample],
        )
        measure(lexicon, "Arabic", [(e.ar or "", e.id) for e in sample])
        measure(
            lexicon,
            "one letter wrong",
            [(misspelt(e.canonical, LETTERS["en"], chance), e.id) for e in sample],
        )
        measure(
            lexicon,
            "Arabic, one wrong",
            [(misspelt(e.ar or "", LETTERS["ar"], chance), e.id) for e in sample],
        )
        measure(
            lexicon,
            "two letters wrong",
            [
                (misspelt(misspelt(e.canonical, LETTERS["en"], chance), LETTERS["en"], chance), e.id)
                for e in sample
            ],
        )
        measure(lexicon, "beginning", [(e.canonical[: 2 * len(e.canonical) // 3], e.id) for e in sample])
        measure(lexicon, "one common word", [(e.canonical.split()[0], e.id) for e in sample])
        start = time.perf_counter()
        for e in sample:
            lexicon.spellings(e.ar or "")
            lexicon.arabic(e.canonical)
        print(f"spellings + arabic {1000 * (time.perf_counter() - start) / len(sample):.2f} ms a name")
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
    options = parser.parse_args()
    store_part(options.entries, options.data, options.queries)


if __name__ == "__main__":
    main()
