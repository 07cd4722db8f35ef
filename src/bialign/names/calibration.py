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
    """A logistic regression on features, with or without their squares and products.

    Args:
        center: subtracted from the features, [features].
        spread: the features are divided by it, then kept within ``_FAR`` of zero, [features].
        weights: of the constant, the features and, if it has them, the products: [1 + f] or
            [1 + f + f (f + 1) / 2].
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
        rows = expand(
            (features - self.center) / self.spread, products=len(self.weights) > len(self.center) + 1
        )
        logits: Floats = np.clip(rows @ self.weights, -30, 30)
        return logits

    def to_array(self) -> Floats:
        """One row to store it by."""
        return np.concatenate([[len(self.center)], self.center, self.spread, self.weights])

    @classmethod
    def from_array(cls, stored: Floats) -> Logistic:
        """What ``to_array`` gave."""
        count = int(stored[0])
        return cls(stored[1 : count + 1], stored[count + 1 : 2 * count + 1], stored[2 * count + 1 :])


def expand(x: Floats, *, products: bool) -> Floats:
    """The constant, the features, their products, [n, f] to [n, weights]."""
    x = np.clip(x, -_FAR, _FAR)
    if not products:
        return np.column_stack([np.ones(len(x)), x])
    left, right = np.triu_indices(x.shape[1])
    return np.column_stack([np.ones(len(x)), x, x[:, left] * x[:, right]])


def fit(features: Floats, same: Floats, ridge: float = 1e-4, *, products: bool = True) -> Logistic:
    """Fit a logistic regression by iteratively reweighted least squares.

    Args:
        features: [n, features].
        same: 1 for one name, 0 for two, [n].
        ridge: penalty on the squared weights, a row.
        products: whether squares and products of the features are used; without them the
            probability moves one way with each feature, also where no row lies.
    """
    empty = Logistic(features.mean(axis=0), features.std(axis=0) + 1e-9, np.zeros(0))
    x = expand((features - empty.center) / empty.spread, products=products)
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
