"""From features of a pair of names to a probability: logistic regression, fitted by Newton's method."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic regression: ``weights`` [features], ``bias``."""

    weights: Floats
    bias: float

    def __call__(self, features: Floats) -> Floats:
        """Probabilities of rows of features, [n, features] to [n]."""
        probability: Floats = 1 / (1 + np.exp(-self.logit(features)))
        return probability

    def logit(self, features: Floats) -> Floats:
        """Log-odds of rows of features, kept within 30 of even."""
        logits: Floats = np.clip(features @ self.weights + self.bias, -30, 30)
        return logits

    def to_arrays(self, name: str) -> dict[str, Floats]:
        """Arrays to store it by, under a name."""
        return {name: np.append(self.weights, self.bias)}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Floats], name: str) -> Logistic:
        """What ``to_arrays`` gave."""
        stored = np.asarray(arrays[name], dtype=np.float64)
        return cls(stored[:-1], float(stored[-1]))


def fit(features: Floats, same: Floats, weights: Floats | None = None, ridge: float = 1e-3) -> Logistic:
    """Fit a logistic regression by iteratively reweighted least squares.

    Args:
        features: [n, features].
        same: 1 for one name, 0 for two, [n].
        weights: weight of each row.
        ridge: penalty on the squared weights of the standardised features.
    """
    center, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    x = np.column_stack([(features - center) / spread, np.ones(len(features))])
    penalty = ridge * len(x) * np.diag([1.0] * features.shape[1] + [0.0])
    row_weights = np.ones(len(x)) if weights is None else weights
    w = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        curve = row_weights * np.maximum(p * (1 - p), 1e-9)
        step = np.linalg.solve(
            x.T @ (x * curve[:, None]) + penalty, x.T @ (row_weights * (same - p)) - penalty @ w
        )
        w += step
        if np.abs(step).max() < 1e-8:
            break
    scaled = w[:-1] / spread
    return Logistic(scaled, float(w[-1] - scaled @ center))


def calibration_error(probability: Floats, same: Floats, bins: int = 15) -> float:
    """Expected calibration error over bins of equal width (Naeini et al. 2015).

    >>> calibration_error(np.array([0.0, 1.0]), np.array([0.0, 1.0]))
    0.0
    """
    place = np.minimum((probability * bins).astype(int), bins - 1)
    size = np.bincount(place, minlength=bins)
    gap = np.abs(np.bincount(place, probability, bins) - np.bincount(place, same, bins))
    return float(gap[size > 0].sum() / max(len(probability), 1))
