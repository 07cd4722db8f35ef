"""From features of a pair of names to a probability: logistic regression, fitted by Newton's method."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
#: Standard deviations beyond which a feature says no more.
_FAR = 4.0


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic regression on features, their squares and their products.

    Args:
        center: subtracted from the features, [features].
        spread: the features are divided by it, then kept within ``_FAR`` of zero, [features].
        weights: of the constant, the features and the products, [1 + f + f (f + 1) / 2].
    """

    center: Floats
    spread: Floats
    weights: Floats

    def __call__(self, features: Floats) -> Floats:
        """Probabilities of rows of features, [n, features] to [n]."""
        probability: Floats = 1 / (1 + np.exp(-self.logit(features)))
        return probability

    def logit(self, features: Floats) -> Floats:
        """Log-odds of rows of features, kept within 30 of even."""
        logits: Floats = np.clip(self.expand(features) @ self.weights, -30, 30)
        return logits

    def expand(self, features: Floats) -> Floats:
        """The constant, the features in common measure, their products."""
        x = np.clip((features - self.center) / self.spread, -_FAR, _FAR)
        left, right = np.triu_indices(x.shape[1])
        return np.column_stack([np.ones(len(x)), x, x[:, left] * x[:, right]])

    def to_array(self) -> Floats:
        """One row to store it by."""
        return np.concatenate([self.center, self.spread, self.weights])

    @classmethod
    def from_array(cls, stored: Floats) -> Logistic:
        """What ``to_array`` gave."""
        # size = 2 f + 1 + f + f (f + 1) / 2, solved for f
        count = int((-7 + (49 + 8 * (len(stored) - 1)) ** 0.5) / 2)
        return cls(stored[:count], stored[count : 2 * count], stored[2 * count :])


def fit(features: Floats, same: Floats, ridge: float = 1e-4) -> Logistic:
    """Fit a logistic regression by iteratively reweighted least squares.

    Args:
        features: [n, features].
        same: 1 for one name, 0 for two, [n].
        ridge: penalty on the squared weights, a row.
    """
    empty = Logistic(features.mean(axis=0), features.std(axis=0) + 1e-9, np.zeros(0))
    x = empty.expand(features)
    penalty = ridge * len(x) * np.eye(x.shape[1])
    penalty[0, 0] = 0
    w = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        curve = np.maximum(p * (1 - p), 1e-6)
        step = np.linalg.solve(x.T @ (x * curve[:, None]) + penalty, x.T @ (same - p) - penalty @ w)
        w += step
        if np.abs(step).max() < 1e-6:
            break
    return Logistic(empty.center, empty.spread, w)


def calibration_error(probability: Floats, same: Floats, bins: int = 15) -> float:
    """Expected calibration error over bins of equal width (Naeini et al. 2015).

    >>> calibration_error(np.array([0.0, 1.0]), np.array([0.0, 1.0]))
    0.0
    """
    place = np.minimum((probability * bins).astype(int), bins - 1)
    size = np.bincount(place, minlength=bins)
    gap = np.abs(np.bincount(place, probability, bins) - np.bincount(place, same, bins))
    return float(gap[size > 0].sum() / max(len(probability), 1))
