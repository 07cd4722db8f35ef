"""Measure the speed of the consistency evaluation, and how often its intervals hold the truth.

OMP_NUM_THREADS=1 python scripts/bench_consistency_speed.py
"""

from __future__ import annotations

import argparse
import resource
import sys
import time

import numpy as np

from bialign.evaluation.bootstrap import bootstrap
from bialign.evaluation.consistency import Settings, evaluate
from bialign.evaluation.counts import Counts, Uses
from bialign.evaluation.gathering import Gathered
from bialign.evaluation.grouping import Document
from bialign.evaluation.measures import Agreement
from bialign.lexicon.records import Occurrence
from bialign.model import Entry, Evidence


def speed(occurrences: int, seed: int) -> None:
    """Evaluate many occurrences with intervals, on one core."""
    gathered = _many(occurrences, seed)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started, processed = time.perf_counter(), time.process_time()
    report = evaluate(gathered, (), Settings())
    seconds, processor = time.perf_counter() - started, time.process_time() - processed
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    score = report.score()
    print(
        f"{len(gathered.uses):,} occurrences of {len(report.names):,} names in {report.documents:,} "
        f"documents: {processor:.1f} s of one core ({seconds:.1f} s by the clock) with 1,000 rounds at "
        f"five levels, both directions, findings and changes; "
        f"agreement {score.micro:.4f} {score.micro_interval}; "
        f"{before / 1024:.0f} MB before, {after / 1024:.0f} at most"
    )


def _many(occurrences: int, seed: int, names: int = 5000, documents: int = 20_000) -> Gathered:
    """Made-up names, a few spellings each, as often as words are (Zipf), in many documents."""
    generator = np.random.default_rng(seed)
    name = (generator.zipf(1.3, occurrences) - 1) % names
    variant = np.minimum(generator.geometric(0.97, occurrences) - 1, 3)
    document = np.sort(generator.integers(0, documents, occurrences))
    endings = ("a", "ah", "eh", "aa")
    letters = "bdfghjklmnqrstz"
    stems = ["".join(letters[n // 15**k % 15] + "a" for k in range(4)).capitalize() for n in range(names)]
    uses = tuple(
        (f"e{n}", Occurrence(f"d{d}", "en", stems[n][:-1] + endings[v], place, place + 8, "place"))
        for place, (n, v, d) in enumerate(
            zip(name.tolist(), variant.tolist(), document.tolist(), strict=True)
        )
    )
    met = sorted({int(n) for n in name.tolist()})
    seen = Evidence("page", "made up", "bench")
    entries = {f"e{n}": Entry(f"e{n}", None, "place", stems[n][:-1] + "a", (), 1.0, (seen,)) for n in met}
    dates = (f"{2000 + d // 1000}-{1 + d // 100 % 10:02}-{1 + d % 28:02}" for d in range(documents))
    papers = tuple(Document(f"d{d}", f"d{d}", None, date, "en") for d, date in enumerate(dates))
    return Gathered(papers, uses, entries, 0, 0)


def coverage(seed: int, repeats: int = 400) -> None:
    """How often the 95 % interval holds the truth, documents leaning to one spelling or not."""
    for lean in (0.0, 0.5):
        true, held, widths = _true_agreement(lean, seed), 0, 0.0
        for repeat in range(repeats):
            uses = _sample(np.random.default_rng([seed, repeat]), lean, documents=60)
            counts = {"written": Counts.of(uses.name, uses.spelling)}
            found = bootstrap(uses, counts, (Agreement(),), rounds=500, seed=repeat)["written", "agreement"]
            assert found.micro is not None
            held += found.micro[0] <= true <= found.micro[1]
            widths += found.micro[1] - found.micro[0]
        print(
            f"documents keep their own spelling with probability {lean}: 95 % interval holds the true "
            f"{true:.3f} in {held / repeats:.1%} of {repeats} samples, mean width {widths / repeats:.3f}"
        )


def _sample(generator: np.random.Generator, lean: float, documents: int) -> Uses:
    """One name of three spellings; a document holds 1 to 6 occurrences."""
    sizes = generator.integers(1, 7, documents)
    document = np.repeat(np.arange(documents), sizes)
    own = generator.choice(3, documents, p=(0.7, 0.2, 0.1))[document]
    free = generator.choice(3, len(document), p=(0.7, 0.2, 0.1))
    spelling = np.where(generator.random(len(document)) < lean, own, free)
    return Uses(np.zeros_like(document), spelling, document, 1, 3, documents)


def _true_agreement(lean: float, seed: int) -> float:
    """What the estimate is on average, from a sample that is large beside those tested."""
    values = []
    for repeat in range(400):
        uses = _sample(np.random.default_rng([seed, 1, repeat]), lean, documents=60)
        values.append(Agreement().score(Counts.of(uses.name, uses.spelling), "written").micro or 0.0)
    return float(np.mean(values))


def main() -> int:
    """Run both measurements."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--occurrences", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=2026)
    options = parser.parse_args()
    speed(options.occurrences, options.seed)
    coverage(options.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
