"""Build the name models that ship: networks, fast tables and the calibration of matching.

    python scripts/build_transliteration.py [--data ../shared/data/names] [--only PART]

Reads the name lists, keeps to the training part of the split (``examples.part_of``: no test word is
ever read by a training), and writes ``resources/romanize.npz``, ``arabize.npz``,
``tables.npz`` and ``match.npz``.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from bialign.names import calibration, matching, models
from bialign.names.decoding import decode
from bialign.names.examples import Example, careful, part_of, read_examples
from bialign.names.letters import ARABIC_LETTERS, LATIN_LETTERS, fold
from bialign.names.network import Network
from bialign.names.tables import learn
from bialign.names.training import Plan, Sample, fresh, train
from bialign.names.trials import Trial, full_trials, near_trials

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "src" / "bialign" / "resources"
#: Share of each list read in one epoch: the catalogue's words are no names, full names are long.
SHARE = {"word": 1.0, "full": 0.25, "place": 0.8, "world": 1.0, "catalogue": 0.35}


def romanizer_samples(examples: list[Example], rng: np.random.Generator) -> list[Sample]:
    """One epoch, Arabic to Latin: half told their country, half of the unfolded ones folded."""
    samples = []
    for e, (keep, tell, folded) in zip(examples, rng.random((len(examples), 3)), strict=True):
        if keep < SHARE[e.kind]:
            style = e.style if tell < 0.5 or e.style == "alalc" else ""
            samples.append(Sample(fold(e.ar) if folded < 0.5 else e.ar, e.en, style, e.weight))
    return samples


def arabizer_samples(examples: list[Example], rng: np.random.Generator) -> list[Sample]:
    """One epoch, Latin to Arabic: folded from all lists, in full from careful spellings."""
    samples = []
    for e, (keep, draw) in zip(examples, rng.random((len(examples), 2)), strict=True):
        if keep < SHARE[e.kind]:
            folded = e.folded or draw < 0.55 or not careful(e.ar, e.en)
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
    np.savez_compressed(OUT / "tables.npz", there=there.packed(), back=back.packed())


def save(net: Network, path: Path) -> None:
    """Write a network, half precision."""
    arrays = {key: value.astype(np.float16) for key, value in net.weights.items()}
    np.savez_compressed(path, allow_pickle=False, styles=np.array(net.styles), **arrays)
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


def calibrate(dev: list[Example], every: list[Example]) -> dict[str, np.ndarray]:
    """Fit the regressions of ``matching`` on names of the dev part."""
    words = near_trials([e for e in dev if e.kind in {"word", "world", "place"} and " " not in e.ar], every)
    ars, ens = sorted({t.ar for t in words}), sorted({t.en for t in words})
    first = np.array([ars.index(t.ar) for t in words])
    second = np.array([ens.index(t.en) for t in words])
    same = np.array([t.same for t in words], dtype=np.float64)
    quick = matching.fast_features(ars, ens, first, second)
    fast = calibration.fit(quick, same)
    report("words, tables", fast(quick), words)
    both = np.column_stack([quick, matching.network_features(ars, ens, first, second)])
    word = calibration.fit(both, same)
    report("words, networks too", word(both), words)
    models.calibrators.cache_clear()
    np.savez(OUT / "match.npz", allow_pickle=False, **fast.to_arrays("fast"), **word.to_arrays("word"))
    fulls = full_trials([e for e in dev if e.kind in {"full", "place"}], every)
    compared = matching.compare_many([(t.ar, t.en) for t in fulls])
    rows = np.array([c.features() for c in compared if c is not None])
    full = calibration.fit(rows, np.array([t.same for t in fulls], dtype=np.float64))
    report("full names", full(rows), fulls)
    return fast.to_arrays("fast") | word.to_arrays("word") | full.to_arrays("full")


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
    parser.add_argument("--only", choices=["romanize", "arabize", "tables", "match"])
    parser.add_argument("--epochs", type=int, default=9)
    parser.add_argument("--out", type=Path, default=OUT, help="folder for the networks")
    options = parser.parse_args()
    every = list(read_examples(options.data))
    training = [e for e in every if part_of(e.ar) == "train"]
    dev = [e for e in every if part_of(e.ar) == "dev"]
    print(f"{len(every)} examples, {len(training)} to train on, {len(dev)} to tune on")
    plan = Plan(epochs=options.epochs)
    out = options.out
    countries = sorted({e.style for e in every})
    if options.only in {None, "romanize"}:
        net = fresh(ARABIC_LETTERS, LATIN_LETTERS, ("", *countries), plan)
        net = train(
            net, lambda rng: romanizer_samples(training, rng), plan, print, lambda n: exact(n, dev, "")
        )
        save(net, out / "romanize.npz")
    if options.only in {None, "arabize"}:
        net = fresh(LATIN_LETTERS, ARABIC_LETTERS, ("", "folded", "alalc"), plan)
        net = train(
            net, lambda rng: arabizer_samples(training, rng), plan, print, lambda n: exact(n, dev, "folded")
        )
        save(net, out / "arabize.npz")
    if options.only in {None, "tables"}:
        learn_tables(training)
    if options.only in {None, "match"}:
        np.savez(OUT / "match.npz", allow_pickle=False, **calibrate(dev, every))


if __name__ == "__main__":
    main()
