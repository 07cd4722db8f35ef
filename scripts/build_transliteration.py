"""Build the name models that ship, all of them, from the name lists alone.

    python scripts/build_transliteration.py [--data ../shared/data/names] [--out FOLDER]

Reads the name lists, keeps to the training part of the split (``examples.part_of``: no test word is
ever read by a training), and writes ``BUILT`` into the folder (left out: ``resources``, where they ship
from). It works in a copy of the package that has none of these files, so nothing of an earlier build
enters, and puts them in their place when all are made. Two stages run at a time, a core each; every
stage says how long it took. Nothing but the package's own dependencies is needed.

``--networks FOLDER`` takes the two networks of an earlier build and makes the rest; ``--only PART`` runs
one stage in place, on what the others have left in ``resources``.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from unittest.mock import patch

import numpy as np
from fitting import RESOURCES, put

from bialign.names import calibration, laying, sameness, scoring, sides, transliteration
from bialign.names.arabic_pairs import arabic_features
from bialign.names.decoding import decode
from bialign.names.examples import Example, attested_in, careful, part_of, read_examples
from bialign.names.letters import ARABIC_LETTERS, LATIN_LETTERS, fold
from bialign.names.network import Network
from bialign.names.tables import learn
from bialign.names.training import Plan, Sample, fresh, train
from bialign.names.trials import Trial, arabic_trials, full_trials, latin_trials, near_trials

ROOT = Path(__file__).resolve().parent.parent
#: All that the one command makes.
BUILT = (
    "romanize.npz", "arabize.npz", "tables.npz", "attested.npz", "unfold.npz", "origin.npz",
    "latin_pairs.npy", "match.npz",
)  # fmt: skip
#: Share of each list read in one epoch: the catalogue's words are no names, full names are long.
SHARE = {"word": 1.0, "full": 0.4, "place": 0.8, "world": 1.0, "catalogue": 0.35}


def romanizer_samples(examples: list[Example], rng: np.random.Generator) -> list[Sample]:
    """One epoch, Arabic to Latin: half told their country, half of the unfolded ones folded."""
    samples = []
    for e, (keep, tell, folded) in zip(examples, rng.random((len(examples), 3)), strict=True):
        if keep < SHARE[e.kind]:
            style = e.style if tell < 0.5 or e.style == "alalc" else ""
            samples.append(Sample(fold(e.ar) if folded < 0.5 else e.ar, e.en, style, e.weight))
    return samples


def arabizer_samples(examples: list[Example], rng: np.random.Generator, *, strict: bool) -> list[Sample]:
    """One epoch, Latin to Arabic: folded from all lists, in full from those that keep the letters.

    Args:
        examples: the training part.
        rng: for the draw.
        strict: whether the full style sees careful spellings only.
    """
    samples = []
    for e, (keep, draw) in zip(examples, rng.random((len(examples), 2)), strict=True):
        if keep < SHARE[e.kind]:
            folded = e.folded or draw < 0.6 or (strict and not careful(e.ar, e.en))
            style = "folded" if folded else "alalc" if e.style == "alalc" else ""
            samples.append(Sample(e.en, fold(e.ar) if folded else e.ar, style, e.weight))
    return samples


def learn_tables(examples: list[Example]) -> None:
    """The fast models, of folded Arabic and names only."""
    names = [e for e in examples if e.kind != "catalogue" and len(e.ar) < 14]
    rng = np.random.default_rng(0)
    names = [names[i] for i in rng.permutation(len(names))[:80_000]]
    weights = np.array([e.weight for e in names])
    there = learn(ARABIC_LETTERS, LATIN_LETTERS, [(fold(e.ar), e.en) for e in names], weights)
    back = learn(LATIN_LETTERS, ARABIC_LETTERS, [(e.en, fold(e.ar)) for e in names], weights)
    np.savez(RESOURCES / "tables.npz", there=there.packed(), back=back.packed())


def remember(training: list[Example], every: list[Example]) -> None:
    """Fit what it means that two attested words were never seen together."""
    single = [e for e in training if e.kind == "word" and " " not in e.ar]
    rng = np.random.default_rng(3)
    chosen = [single[i] for i in rng.permutation(len(single))[:6000]]
    trials = near_trials(chosen, every, easy=2, most=4000)
    ar, en, first, second = numbered(trials)
    a, e = ar.whole[first], en.whole[second]
    same = np.array([t.same for t in trials], dtype=np.float64)
    logits = scoring.judged(ar, en, a, e)
    pair, left, right = scoring.attested_counts(ar, en, a, e)
    least = np.minimum(left, right) - same
    # A pair's own record is taken away, so that true pairs are met that were never seen.
    unseen = np.nonzero((pair - same <= 0) & (least > 0))[0]
    rows = np.column_stack([logits[unseen], np.log1p(least[unseen])])
    apart = calibration.fit(rows, same[unseen])
    kept = [trials[k] for k in unseen]
    report("known words apart, models", 1 / (1 + np.exp(-logits[unseen])), kept)
    report("known words apart, counts", apart(rows), kept)
    put(apart=apart)


def side_by_side(tree: Path, *commands: list[str]) -> None:
    """Run scripts at the same time, a core each, on the package of a tree; tell what each took.

    Raises:
        SystemExit: one of them failed.
    """
    alone = {
        **os.environ,
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONPATH": str(tree),
        "PYTHONHASHSEED": "0",
        "PYTHONUNBUFFERED": "1",
    }
    started = time.monotonic()
    scripts = Path(__file__).resolve().parent
    running = {}
    for name, *command in commands:
        process = subprocess.Popen([sys.executable, str(scripts / name), *command], env=alone)
        running[process.pid] = f"{name} {command[-1] if '--only' in command else ''}".strip()
    failed = []
    while running:
        pid, status, usage = os.wait4(-1, 0)
        name = running.pop(pid)
        print(
            f"== {name}: {time.monotonic() - started:.0f} s by the clock, "
            f"{usage.ru_utime + usage.ru_stime:.0f} s of processor, {usage.ru_maxrss >> 10} MB",
            flush=True,
        )
        failed += [name] if status else []
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


def build_all(options: argparse.Namespace) -> None:
    """Everything in its order, what does not rest on each other at the same time."""
    started = time.monotonic()
    data = ["--data", str(options.data.resolve())]

    def part(name: str) -> list[str]:
        return ["build_transliteration.py", *data, "--epochs", str(options.epochs), "--only", name]

    with tempfile.TemporaryDirectory() as scratch:
        tree = Path(scratch)
        shutil.copytree(
            RESOURCES.parent, tree / "bialign", ignore=shutil.ignore_patterns(*BUILT, "__pycache__")
        )
        if options.networks:
            for name in BUILT[:2]:
                shutil.copy(options.networks / name, tree / "bialign" / "resources" / name)
        else:
            side_by_side(tree, part("romanize"), part("arabize"))
        side_by_side(tree, part("tables"), part("attested"))
        # The unfolder rests on the romaniser's alignment, the origins' sieve on the tables.
        side_by_side(tree, ["build_unfolding.py", *data], ["build_origin.py", *data])
        places = ["--data", str(options.data.resolve() / "places.jsonl"), "--brief"]
        # Each regression of match.npz stands on those before it.
        for stage in (["build_latin_pairs.py", *places], part("match"), part("latin"), part("arabic")):
            side_by_side(tree, stage)
        options.out.mkdir(parents=True, exist_ok=True)
        made = [tree / "bialign" / "resources" / name for name in BUILT]
        for path in made:
            shutil.move(path, options.out / path.name)
    size = sum((options.out / name).stat().st_size for name in BUILT)
    usage = os.times()
    print(
        f"all built in {time.monotonic() - started:.0f} s by the clock, "
        f"{usage.children_user + usage.children_system:.0f} s of processor; {size / 1e6:.2f} MB"
    )


def save(net: Network, path: Path) -> None:
    """Write a network, half precision."""
    arrays = {key: value.astype(np.float16) for key, value in net.weights.items()}
    np.savez(path, allow_pickle=False, styles=np.array(net.styles), **arrays)
    print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB")


def exact(net: Network, examples: list[Example], style: str) -> str:
    """Share of dev words whose first, or one of whose first five spellings is attested."""
    lines = []
    for kind in ("word", "world", "place"):
        refs: dict[str, set[str]] = {}
        for e in examples:
            if e.kind == kind and " " not in e.ar:
                source, target = (e.en, fold(e.ar)) if style else (fold(e.ar), e.en)
                refs.setdefault(source, set()).add(target)
        asked = sorted(refs)[:: max(1, len(refs) // 400)]
        found = decode(net, asked, [style] * len(asked))
        hits = [[en in refs[a] for en, _ in f[:5]] for a, f in zip(asked, found, strict=True)]
        lines.append(
            f"{kind} {np.mean([any(h[:1]) for h in hits]):.3f}/{np.mean([any(h) for h in hits]):.3f}"
        )
    return " ".join(lines)


def calibrate(dev: list[Example], every: list[Example]) -> None:
    """Fit the regressions of ``matching`` on names of the dev part."""
    # The easy negatives keep the regressions from going astray where no hard one lies.
    single = [e for e in dev if e.kind in {"word", "world", "place"} and " " not in e.ar]
    words = near_trials(single, every, easy=3, most=5000)
    # Nearer names than the part has, fewer: they teach what one vowel or a last a means.
    words += near_trials(single, every, most=1000, seed=4, wide=True)
    ar, en, first, second = numbered(words)
    same = np.array([t.same for t in words], dtype=np.float64)
    fast_rows = scoring.table_features(ar, en, ar.whole[first], en.whole[second])
    fast = calibration.fit(fast_rows, same)
    report("words, tables", fast(fast_rows), words)
    rows = scoring.close_features(ar, en, ar.whole[first], en.whole[second], fast_rows)
    word = calibration.fit(rows, same, products=False)
    report("words, networks too", word(rows), words)
    put(fast=fast, word=word)
    remember([e for e in every if part_of(e.ar) == "train"], every)
    fulls = full_trials([e for e in dev if e.kind in {"full", "place"}], every)
    laid = laying.lay(*numbered(fulls))
    # One part against one is for the words' regression, and names without a common part are apart.
    several = np.nonzero(~laid.single & (laid.partner >= 0).any(axis=1))[0]
    rows, kept = laid.features[several], [fulls[k] for k in several]
    full = calibration.fit(rows, np.array([t.same for t in kept], dtype=np.float64), products=False)
    report("full names", full(rows), kept)
    put(full=full)


def calibrate_latin(dev: list[Example], every: list[Example]) -> None:
    """Fit the two regressions of two Latin spellings, which stand on the others.

    ``spelled`` is what ``same_name`` judges by; ``latin``, on fewer features, is the scale that
    ``evaluation.likeness`` measures on.
    """
    pairs = latin_trials([e for e in dev if e.kind in {"word", "full"}], every, most=1200)
    pairs += latin_trials([e for e in dev if e.kind == "place"], every, most=150)
    rows, _ = sameness.spelled_features([(t.ar, t.en) for t in pairs])
    same = np.array([t.same for t in pairs], dtype=np.float64)
    spelled = calibration.fit(rows, same, products=False)
    report("two Latin spellings", spelled(rows), pairs)
    few = rows[:, sameness.LATIN_COLUMNS]
    latin = calibration.fit(few, same, products=False)
    report("two Latin spellings, the scale of likeness", latin(few), pairs)
    put(spelled=spelled, latin=latin)


def calibrate_arabic(every: list[Example]) -> None:
    """Fit the regression of two Arabic spellings."""
    single = [e for e in every if " " not in e.ar]
    for part, told in (("train", "fitted on"), ("dev", "held out")):
        pairs = arabic_trials([e for e in single if part_of(e.ar) == part])
        rows = arabic_features([(t.ar, t.en) for t in pairs])
        if part == "train":
            arabic = calibration.fit(rows, np.array([t.same for t in pairs], dtype=np.float64))
        report(f"two Arabic spellings, {told}", arabic(rows), pairs)
    put(arabic=arabic)


def numbered(trials: list[Trial]) -> tuple[sides.Side, sides.Side, np.ndarray, np.ndarray]:
    """The two sides of trials and each trial's numbers in them."""
    ars, ens = sorted({t.ar for t in trials}), sorted({t.en for t in trials})
    left, right = ({text: k for k, text in enumerate(side)} for side in (ars, ens))
    first = np.array([left[t.ar] for t in trials])
    second = np.array([right[t.en] for t in trials])
    return sides.arabic_side(ars), sides.latin_side(ens), first, second


def report(name: str, probability: np.ndarray, trials: list[Trial]) -> None:
    """Print how well probabilities fit the truth."""
    same = np.array([t.same for t in trials], dtype=np.float64)
    right = ((probability > 0.5) == (same > 0.5)).mean()
    error = calibration.calibration_error(probability, same)
    print(f"{name}: {len(trials)} trials, accuracy {right:.3f}, calibration error {error:.3f}")


def main() -> None:
    """Train what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data" / "names")
    parser.add_argument(
        "--only", choices=["romanize", "arabize", "tables", "attested", "match", "latin", "arabic"]
    )
    parser.add_argument("--networks", type=Path, help="folder with networks that need no training")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--out", type=Path, default=ROOT / "src" / "bialign" / "resources")
    options = parser.parse_args()
    if options.only is None:
        build_all(options)
        return
    every = list(read_examples(options.data))
    training = [e for e in every if part_of(e.ar) == "train"]
    dev = [e for e in every if part_of(e.ar) == "dev"]
    print(f"{len(every)} examples, {len(training)} to train on, {len(dev)} to tune on")
    plan = Plan(epochs=options.epochs)
    countries = sorted({e.style for e in every})
    if options.only == "romanize":
        net = fresh(ARABIC_LETTERS, LATIN_LETTERS, ("", *countries), plan)
        net = train(
            net, lambda rng: romanizer_samples(training, rng), plan, print, lambda n: exact(n, dev, "")
        )
        save(net, RESOURCES / "romanize.npz")
    if options.only == "arabize":
        net = fresh(LATIN_LETTERS, ARABIC_LETTERS, ("", "folded", "alalc"), plan)
        # The sloppy spellings teach the letters; in the last epochs they teach the folded style only.
        for part, strict in ((plan, False), (Plan(epochs=3, rate=8e-4, seed=2), True)):
            net = train(
                net,
                partial(arabizer_samples, training, strict=strict),
                part,
                print,
                lambda n: exact(n, dev, "folded"),
            )
        save(net, RESOURCES / "arabize.npz")
    if options.only == "tables":
        learn_tables(training)
    if options.only == "attested":
        # Looking up is not learning: the counts that ship are of all parts. Whatever is fitted or
        # measured here and in bench_names.py uses those of the training part.
        arrays = attested_in(every).to_arrays()
        np.savez(RESOURCES / "attested.npz", allow_pickle=False, **arrays)
    if options.only == "arabic":
        calibrate_arabic(every)
    if options.only in {"match", "latin"}:
        seen = attested_in(training)
        with (
            patch.object(scoring, "attested", return_value=seen),
            patch.object(transliteration, "attested", return_value=seen),
        ):
            if options.only != "latin":
                calibrate(dev, every)
            calibrate_latin(dev, every)


if __name__ == "__main__":
    main()
