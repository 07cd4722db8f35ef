"""Learn where an Arabic name comes from by its letters, and write ``resources/origin.npz``.

    python scripts/build_origin.py [--data ../shared/data/names]

Source: words of persons by country, words of foreign names and of places (``names.pairs``), the
training part of the split only. ``build_transliteration.py`` runs it.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from fitting import RESOURCES

from bialign.names.examples import part_of, read_examples
from bialign.names.models import tables
from bialign.names.origin import ROWS, Origins, features
from bialign.names.pairs import Pair, likely, pairs_of

ROOT = Path(__file__).resolve().parent.parent
#: What a word of each list counts: the foreign list has Arab names too, and places are mostly asked
#: for with their country or found in the gazetteer. Persons' words count by how often they were seen.
WORTH: Final = {"person": 1.0, "world": 0.7, "place": 0.25}


def known_origin(pairs: Sequence[Pair]) -> list[tuple[Pair, str]]:
    """Words of persons whose country the list says, foreign words, places; each with its origin."""
    origin = {"world": "world", "place": "place"}
    told = [(p, origin.get(p.kind, p.country)) for p in pairs if p.kind in WORTH]
    return [(p, style) for p, style in told if style]


def learn(pairs: Sequence[Pair], epochs: int = 6, rate: float = 0.15, decay: float = 3e-5) -> Origins:
    """Fit the regression by AdaGrad (Duchi et al. 2011), in a fixed order."""
    known = known_origin(pairs)
    styles = tuple(sorted({style for _, style in known}))
    truth = np.array([styles.index(style) for _, style in known])
    worth = np.array([WORTH[p.kind] * (p.count**0.5 if p.kind == "person" else 1) for p, _ in known])
    rows = [features(p.ar) for p, _ in known]
    wide = max(map(len, rows))
    # Row ROWS stands for no feature and stays zero.
    seen = np.array([row + [ROWS] * (wide - len(row)) for row in rows])
    weights = np.zeros((ROWS + 1, len(styles)), dtype=np.float32)
    squares = np.full_like(weights, 1e-2)
    rng = np.random.default_rng(0)
    for epoch in range(epochs):
        lost = 0.0
        for some in np.array_split(rng.permutation(len(known)), len(known) // 256 + 1):
            logits = weights[seen[some]].sum(axis=1)
            logits -= logits.max(axis=1, keepdims=True)
            slope = np.exp(logits)
            slope /= slope.sum(axis=1, keepdims=True)
            each = np.arange(len(some))
            lost -= float(worth[some] @ np.log(np.maximum(slope[each, truth[some]], 1e-9)))
            slope[each, truth[some]] -= 1
            slope *= worth[some][:, None].astype(np.float32)
            touched, where = np.unique(seen[some], return_inverse=True)
            total = np.zeros((len(touched), len(styles)), dtype=np.float32)
            np.add.at(total, where.reshape(seen[some].shape), slope[:, None, :])
            total += decay * len(some) * weights[touched]
            squares[touched] += total**2
            weights[touched] -= rate * total / np.sqrt(squares[touched])
            weights[ROWS] = 0
        print(f"epoch {epoch + 1}: loss {lost / worth.sum():.4f}", flush=True)
    return Origins(styles, weights[:ROWS])


def save(found: Origins, path: Path) -> None:
    """Write the regression, a signed byte a weight."""
    scale = np.maximum(np.abs(found.weights).max(axis=0) / 127, 1e-9).astype(np.float32)
    packed = np.rint(found.weights / scale).astype(np.int8)
    np.savez(path, allow_pickle=False, styles=np.array(found.styles), weights=packed, scale=scale)
    print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB")


def accuracy(found: Origins, pairs: Sequence[Pair]) -> str:
    """How well the origin of names that were not learned is told."""
    known = known_origin(pairs)
    chances = found.chances([p.ar for p, _ in known])
    truth = np.array([found.styles.index(style) for _, style in known])
    right = chances[np.arange(len(known)), truth]
    world = found.styles.index("world")
    foreign = (chances[:, world] > 0.5) == (truth == world)
    return (
        f"{len(known)} dev words, cross entropy {-np.log(np.maximum(right, 1e-9)).mean():.3f}, "
        f"origin right {(chances.argmax(axis=1) == truth).mean():.3f}, foreign or not {foreign.mean():.3f}"
    )


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data" / "names")
    options = parser.parse_args()
    every = pairs_of(read_examples(options.data))
    found = learn(likely([p for p in every if part_of(p.ar) == "train"], *tables()))
    print(accuracy(found, [p for p in every if part_of(p.ar) == "dev"]))
    save(found, RESOURCES / "origin.npz")


if __name__ == "__main__":
    main()
