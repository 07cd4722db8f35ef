"""Learn which letter a folded one was, and write `resources/unfold.npz`.

    python scripts/build_unfolding.py [--data ../shared/data/names]

Source: the lists that keep hamza, alif maqsura and teh marbuta (places, catalogue words, words of
everywhere; see ``data/README.md``), the training part of the split only. Living usage often leaves
the marks out, so a site whose letter no rule of Arabic spelling allows there teaches nothing.
``bench_names.py --part unfold`` prints how much of the test part comes back in full.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from fitting import RESOURCES

from bialign.names.examples import Example, part_of, read_examples
from bialign.names.letters import fold
from bialign.names.unfolding import COLUMNS, OPTIONS, ROWS, Weights, aligned, careful, features, sites

ROOT = Path(__file__).resolve().parent.parent
#: How much a site of each list counts: the catalogue's words are no names.
WEIGHT = {"place": 1.0, "world": 0.7, "catalogue": 0.5}


def unfolded(examples: Sequence[Example]) -> list[Example]:
    """Those of lists that do not fold, each pair of a list once."""
    return list({(e.kind, e.ar, e.en): e for e in examples if not e.folded}.values())


def learn(examples: Sequence[Example], epochs: int = 6, rate: float = 0.25, decay: float = 1e-6) -> Weights:
    """Fit the regression by AdaGrad (Duchi et al. 2011), in a fixed order."""
    folded = [fold(e.ar) for e in examples]
    rows, truth, weight, closed = [], [], [], []
    for e, ar, spans in zip(examples, folded, aligned(folded, [e.en for e in examples]), strict=True):
        for site in sites(ar, e.en, spans):
            if careful(e.ar[site.place], site) and e.ar[site.place] in OPTIONS[ar[site.place]]:
                options = OPTIONS[ar[site.place]]
                rows.append(features(ar, site))
                truth.append(options.index(e.ar[site.place]))
                weight.append(WEIGHT[e.kind] * (e.weight if e.kind == "place" else 1.0))
                closed.append([k + 1 >= len(options) for k in range(COLUMNS)])
    x, y, w, shut = np.array(rows), np.array(truth), np.array(weight), np.array(closed)
    print(f"{len(y)} sites of {len(examples)} pairs")
    weights, squares = np.zeros((ROWS, COLUMNS)), np.full((ROWS, COLUMNS), 1e-2)
    rng = np.random.default_rng(0)
    for epoch in range(epochs):
        lost = 0.0
        for some in np.array_split(rng.permutation(len(y)), len(y) // 256 + 1):
            logits = np.where(shut[some], -1e9, weights[x[some]].sum(axis=1))
            full = np.column_stack([np.zeros(len(some)), logits])
            full = np.exp(full - full.max(axis=1, keepdims=True))
            full /= full.sum(axis=1, keepdims=True)
            lost -= float(w[some] @ np.log(full[np.arange(len(some)), y[some]]))
            slope = full[:, 1:] - (y[some][:, None] == np.arange(1, COLUMNS + 1))
            touched, where = np.unique(x[some], return_inverse=True)
            total = np.zeros((len(touched), COLUMNS))
            np.add.at(total, where.reshape(x[some].shape), (slope * w[some][:, None])[:, None, :])
            total += decay * weights[touched]
            squares[touched] += total**2
            weights[touched] -= rate * total / np.sqrt(squares[touched])
        print(f"epoch {epoch + 1}: loss {lost / w.sum():.4f}")
    return weights.astype(np.float32)


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data" / "names")
    options = parser.parse_args()
    every = unfolded(list(read_examples(options.data)))
    weights = learn([e for e in every if part_of(e.ar) == "train"])
    np.savez(RESOURCES / "unfold.npz", allow_pickle=False, weights=weights.astype(np.float16))


if __name__ == "__main__":
    main()
