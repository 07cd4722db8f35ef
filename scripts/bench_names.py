"""Measure the name models on Arabic words that no training has seen.

    python scripts/bench_names.py [--data ../shared/data/names] [--part romanize …] [--peers PYTHON]

Test words are those of ``examples.part_of``: by a hash of the folded Arabic word with the article
off, so that none of a test word's spellings is in the training part, which is what the shipped
models were trained on. Attested counts are taken from the training part too. Every figure
is printed with the size of its test. ``--peers`` names the Python of an environment that has the
peers installed (arabic-name-romanizer, uroman, unidecode, rapidfuzz).
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from unittest.mock import patch

import numpy as np
from ablations import blocking_table, matching_table, spelling_table
from build_transliteration import BUILT
from fitting import RESOURCES
from peers import scored_by
from rapidfuzz import process
from rapidfuzz.distance import Indel
from spelling_measures import bench_arabize, bench_romanize, ceiling

from bialign.names import calibration, matching, sameness, scoring, transliteration
from bialign.names.examples import PLACES_LEFT_OUT, Example, attested_in, part_of, read_examples, read_places
from bialign.names.letters import fold
from bialign.names.models import arabizer, attested, calibrators, romanizer, tables
from bialign.names.origin import origins
from bialign.names.transliteration import arabize_many, romanize, romanize_many
from bialign.names.trials import Trial, full_trials, latin_trials, near_trials
from bialign.names.unfolding import aligned, carefully_spelled, unfold_many, unfolder

ROOT = Path(__file__).resolve().parent.parent
References = dict[str, set[str]]


def bench_unfold(test: list[Example], away: list[Example]) -> None:
    """Folded Arabic put back into full spelling, by the Latin beside it.

    Lists of living usage leave hamzas out themselves, so each figure is told of all names and of
    those whose list has them where the rules of spelling ask for them.
    """
    for title, part in (
        ("catalogue words", [e for e in test if e.kind == "catalogue"]),
        ("foreign words", [e for e in test if e.kind == "world"]),
        ("place words", [e for e in test if e.kind == "place"]),
        (f"places of {', '.join(PLACES_LEFT_OUT)}", away),
    ):
        print(f"unfold {title}: {unfolded_right(part)}")


def unfolded_right(part: list[Example]) -> str:
    """How many names come back in full, and how many are so when left folded."""
    folded, ens = [fold(e.ar) for e in part], [e.en for e in part]
    kept = np.array(
        [carefully_spelled(e, spans) for e, spans in zip(part, aligned(folded, ens), strict=True)]
    )
    given = zip(folded, part, strict=True)
    plain = np.array([ar == e.ar for ar, e in given])
    right = np.array([ar == e.ar for ar, e in zip(unfold_many(folded, ens), part, strict=True)])
    return (
        f"{len(part)} names, {right.mean():.3f} right ({plain.mean():.3f} as folded); {kept.sum()} "
        f"carefully spelled, {right[kept].mean():.3f} right ({plain[kept].mean():.3f} as folded)"
    )


def ranks(title: str, scores: np.ndarray, true: Sequence[set[int]]) -> None:
    """Print recall at 1, mean reciprocal rank and mean average precision; ties count against us."""
    first, reciprocal, precision = [], [], []
    for row, right in zip(scores, true, strict=True):
        wrong = np.delete(row, sorted(right))
        places = sorted(1 + int((wrong >= row[t]).sum()) for t in right)
        first.append(places[0] == 1)
        reciprocal.append(1 / places[0])
        precision.append(np.mean([(k + 1) / (p + k) for k, p in enumerate(places)]))
    print(
        f"{title}: {len(true)} queries, {scores.shape[1]} names, R@1 {np.mean(first):.3f}, "
        f"MRR {np.mean(reciprocal):.3f}, MAP {np.mean(precision):.3f}"
    )


def bench_search(test: list[Example], places: list[Example], queries: int, pool: int) -> None:
    """Find the true names in a pool: words with all their spellings, full names, places."""
    rng = np.random.default_rng(5)
    for kind, title, part in (
        ("word", "person words", test),
        ("world", "foreign words", test),
        ("full", "full names", test),
        ("place", f"places of {', '.join(PLACES_LEFT_OUT)}", places),
    ):
        spellings: References = {}
        for e in part:
            if e.kind == kind:
                spellings.setdefault(fold(e.ar), set()).add(e.en)
        everything = sorted({en for s in spellings.values() for en in s})
        asked = [sorted(spellings)[k] for k in rng.permutation(len(spellings))[:queries]]
        near = process.cdist(
            [min(spellings[a]) for a in asked],
            everything,
            scorer=Indel.normalized_similarity,
            dtype=np.float32,
        )
        names = {en for a in asked for en in spellings[a]}
        names |= {everything[j] for row in near for j in np.argsort(-row, kind="stable")[:6]}
        spare = [en for en in everything if en not in names]
        names |= {spare[k] for k in rng.permutation(len(spare))[: max(pool - len(names), 0)]}
        ens = sorted(names)
        number = {en: k for k, en in enumerate(ens)}
        started = time.process_time()
        scores = matching.score_names(asked, ens)
        spent = time.process_time() - started
        ranks(f"search {title}", scores, [{number[en] for en in spellings[a]} for a in asked])
        print(f"  {scores.size / spent:,.0f} pairs a second of one core")


def area_under_curve(score: np.ndarray, same: np.ndarray) -> float:
    """Area under the ROC curve, ties counted half."""
    order = np.unique(score, return_inverse=True)[1]
    counts, right = np.bincount(order), np.bincount(order, same)
    rank = np.cumsum(counts) - (counts - 1) / 2
    positives = same.sum()
    return float(
        ((rank * right).sum() - positives * (positives + 1) / 2) / positives / (len(same) - positives)
    )


def judged(title: str, trials: list[Trial], probability: np.ndarray) -> None:
    """Print ROC AUC, the best F1 and the expected calibration error."""
    same = np.array([t.same for t in trials], dtype=np.float64)
    order = np.argsort(-probability, kind="stable")
    hits = np.cumsum(same[order])
    best = (2 * hits / (np.arange(1, len(same) + 1) + same.sum())).max()
    error = calibration.calibration_error(probability, same)
    area = area_under_curve(probability, same)
    print(f"{title}: {len(trials)} pairs, ROC AUC {area:.4f}, best F1 {best:.3f}, ECE {error:.4f}")


def bench_pairs(test: list[Example], every: list[Example], peers: str | None) -> None:
    """Same name or not: words with four near names to one, full names with a part changed."""
    for kind, title in (("word", "person words"), ("world", "foreign words"), ("place", "place words")):
        trials = near_trials([e for e in test if e.kind == kind and " " not in e.ar], every, most=2000)
        pairs = [(t.ar, t.en) for t in trials]
        judged(f"same or not, {title}", trials, matching.match_many(pairs))
        for peer, scores in (scored_by(peers, pairs) if peers else {}).items():
            judged(f"  {peer}", trials, np.array(scores))
    for kind, title in (("full", "full names"), ("place", "places of several words")):
        trials = full_trials([e for e in test if e.kind == kind], every)[:8000]
        judged(f"same or not, {title}", trials, matching.match_many([(t.ar, t.en) for t in trials]))
    for table in ("name_pairs.json", "name_pairs_held_out.json"):
        judged_pairs(table)
    trials = latin_trials([e for e in test if e.kind in {"word", "full"}], every, most=1200)
    trials += latin_trials([e for e in test if e.kind == "place"], every, most=150)
    rows, _ = sameness.spelled_features([(t.ar, t.en) for t in trials])
    judged("same or not, two Latin spellings", trials, calibrators()["spelled"](rows))
    for k, way in enumerate(("letters alone", "by way of Arabic alone", "the lesser way alone")):
        judged(f"  {way}", trials, 1 / (1 + np.exp(-rows[:, k])))


def judged_pairs(table: str) -> None:
    """A hand-made table of near pairs, in two scripts and in one."""
    rows = json.loads((ROOT / "tests" / "cases" / table).read_text(encoding="utf-8"))
    found = np.array([sameness.same_name(row["a"], row["b"]).probability > 0.5 for row in rows])
    same = np.array([row["same"] for row in rows])
    true, apart = found[same].mean(), 1 - found[~same].mean()
    missed = [f"{r['a']}/{r['b']}" for r, f in zip(rows, found, strict=True) if f != r["same"]]
    print(
        f"{table}: {len(rows)} pairs, balanced accuracy {(true + apart) / 2:.3f}; wrong: {', '.join(missed)}"
    )


def rate(title: str, work: Callable[[], object], count: int) -> None:
    """Print how many a second of processor time, which others on the machine do not change."""
    started, wall = time.process_time(), time.perf_counter()
    work()
    spent, waited = time.process_time() - started, time.perf_counter() - wall
    print(f"{title}: {count / spent:,.0f} a second of one core ({count / waited:,.0f} by the clock)")


def bench_size() -> None:
    """How large the parameters are that ship, and how long reading them takes."""
    sizes = {name: (RESOURCES / name).stat().st_size / 1e6 for name in BUILT}
    told = ", ".join(f"{name} {size:.2f}" for name, size in sizes.items())
    print(f"parameters: {sum(sizes.values()):.2f} MB ({told})")
    readers = (romanizer, arabizer, tables, attested, calibrators, origins, unfolder)
    spent = []
    for _ in range(5):
        started = time.process_time()
        for reader in readers:
            reader.__wrapped__()
        spent.append(time.process_time() - started)
    least, median = (1000 * x for x in (min(spent), sorted(spent)[2]))
    print(f"all read in {least:.0f} ms of processor (least of 5; median {median:.0f})")


def bench_speed(test: list[Example]) -> None:
    """Throughput; run it with OMP_NUM_THREADS=1."""
    words = sorted({fold(e.ar) for e in test if e.kind == "word" and " " not in e.ar})[:2000]
    ens = sorted({e.en for e in test if e.kind == "word"})[:2000]
    rng = np.random.default_rng(1)
    pairs = [
        (words[i], ens[j])
        for i, j in zip(*rng.integers(min(len(words), len(ens)), size=(2, 200_000)), strict=True)
    ]
    calibrators()
    romanize_many(words[:10], 5)
    rate("romanise, n=5, romanize_many", lambda: romanize_many(words, 5), len(words))
    rate("romanise, n=5, single calls", lambda: [romanize(w, 5) for w in words[:100]], 100)
    rate("arabise, n=5, arabize_many", lambda: arabize_many(ens, 5), len(ens))
    rate("random pairs, match_many", lambda: matching.match_many(pairs), len(pairs))


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data" / "names")
    parser.add_argument(
        "--part",
        nargs="*",
        default=["romanize", "arabize", "unfold", "search", "pairs", "ablation", "size", "speed"],
    )
    parser.add_argument("--queries", type=int, default=500)
    parser.add_argument("--pool", type=int, default=5000)
    parser.add_argument("--peers", help="Python of an environment with the peers")
    options = parser.parse_args()
    every = list(read_examples(options.data))
    test = [e for e in every if part_of(e.ar) == "test"]
    places = [
        e for e in read_places(options.data / "places.jsonl", only=PLACES_LEFT_OUT) if part_of(e.ar) != "dev"
    ]
    seen = attested_in([e for e in every if part_of(e.ar) == "train"])
    with (
        patch.object(scoring, "attested", return_value=seen),
        patch.object(transliteration, "attested", return_value=seen),
    ):
        if "romanize" in options.part:
            ceiling(every)
            bench_romanize(test, options.peers)
        if "arabize" in options.part:
            bench_arabize(test, [e for e in every if part_of(e.ar) == "train"])
        if "unfold" in options.part:
            bench_unfold(test, places)
        if "search" in options.part:
            bench_search(test, places, options.queries, options.pool)
        if "pairs" in options.part:
            bench_pairs(test, every, options.peers)
        if "ablation" in options.part:
            spelling_table(test)
            matching_table(test, every, judged)
            blocking_table(test, every)
        if "size" in options.part:
            bench_size()
        if "speed" in options.part:
            bench_speed(test)


if __name__ == "__main__":
    main()
