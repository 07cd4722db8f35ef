"""Fit the weights of ``bialign.align.confidence`` on composed texts and print them.

Trained on texts composed of ``tico19``; how well the probabilities hold is printed on texts
composed of ``flores`` and on the three gold documents, which the fit does not see.
"""

from __future__ import annotations

import numpy as np
from align_data import Text, bitext, composed, natural
from numpy.typing import NDArray
from scipy.optimize import minimize

from bialign.align.confidence import features
from bialign.align.path import Path, lengths
from bialign.align.sentences import text_path

#: Lines that each text is made of, first and count: the longer it is, the more its dictionary knows.
PARTS = (
    *((0, 2100), (0, 1000), (1000, 1000), (0, 2100)),
    *((at, 250) for at in (0, 500, 1000, 1500)),
    *((at, 120) for at in (300, 800, 1300, 1800)),
)
Floats = NDArray[np.float64]


def aligned(text: Text, *, vectors: bool) -> Path:
    """The path of one text."""
    ar, en, _ = text
    return text_path(ar, en, vectors=vectors)


def judged(text: Text, *, vectors: bool) -> tuple[Floats, NDArray[np.bool_], NDArray[np.bool_], float]:
    """Features of the beads, whether each is right, whether both its sides are there; the agreement."""
    ar, en, gold = text
    path = aligned(text, vectors=vectors)
    right = set(gold)
    same = [(tuple(range(i, i + a)), tuple(range(j, j + b))) in right for i, a, j, b in path.beads.tolist()]
    full = (path.beads[:, 1] > 0) & (path.beads[:, 3] > 0)
    return features(path, lengths(ar), lengths(en)), np.array(same), full, path.agreement()


def fitted(seen: Floats, right: NDArray[np.bool_]) -> Floats:
    """Weights of a logistic regression with a little shrinkage."""

    def loss(weights: Floats) -> float:
        logits = seen @ weights
        return float(np.logaddexp(0, np.where(right, -logits, logits)).sum() + 0.05 * weights @ weights)

    return np.asarray(minimize(loss, np.zeros(seen.shape[1])).x)


def report(name: str, seen: Floats, right: NDArray[np.bool_], weights: Floats) -> None:
    """Mean confidence, share of right beads, and the expected calibration error in ten bins."""
    sure = 1 / (1 + np.exp(-(seen @ weights)))
    bins = np.minimum((sure * 10).astype(int), 9)
    error = sum(
        abs(sure[bins == k].mean() - right[bins == k].mean()) * (bins == k).mean()
        for k in range(10)
        if (bins == k).any()
    )
    shares = f"confidence {sure.mean():.3f}  right {right.mean():.3f}  ECE {error:.3f}"
    print(f"  {name:24} beads {len(right):5}  {shares}")


def main() -> None:
    """Fit and report, with vectors and without."""
    tico, flores = bitext("tico19"), bitext("flores")
    kinds = ((0.1, 0.05, 2), (0.25, 0.15, 3), (0.4, 0.05, 4), (0.2, 0.3, 3))
    for vectors in (True, False):
        parts = [
            judged(composed(tico[at : at + size], *kind, seed=seed), vectors=vectors)
            for seed, (kind, (at, size)) in enumerate(zip(kinds * 3, PARTS, strict=True), 10)
        ]
        seen, right, full = (np.concatenate([part[k] for part in parts]) for k in range(3))
        weights, alone = fitted(seen[full], right[full]), fitted(seen[~full], right[~full])
        print("with vectors" if vectors else "without vectors")
        print("  weights", np.round(weights, 2).tolist(), "alone", np.round(alone, 2).tolist())
        print("  agreement", "  ".join(f"{part[3]:.3f}" for part in parts))
        tests = {f"flores {kind[0]:.0%}": composed(flores, *kind, seed=3) for kind in kinds[:2]}
        tests |= {name: natural(name) for name in ("law/001", "law/002", "literature/001")}
        for name, text in tests.items():
            seen, right, full, agreement = judged(text, vectors=vectors)
            report(f"{name} ({agreement:.3f})", seen[full], right[full], weights)


if __name__ == "__main__":
    main()
