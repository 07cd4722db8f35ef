"""Where the build scripts leave what they fit: the resources of the package they run on."""

from __future__ import annotations

from pathlib import Path

import numpy as np

import bialign
from bialign.names.calibration import Logistic
from bialign.names.models import calibrators

RESOURCES = Path(bialign.__file__).parent / "resources"


def put(**fitted: Logistic) -> None:
    """Put regressions into ``match.npz`` beside those that are there, in one order whoever came first."""
    path = RESOURCES / "match.npz"
    stored: dict[str, np.ndarray] = {}
    if path.exists():
        with np.load(path, allow_pickle=False) as arrays:
            stored = {key: arrays[key] for key in arrays.files}
    stored |= {name: model.to_array() for name, model in fitted.items()}
    np.savez(path, allow_pickle=False, **{key: stored[key] for key in sorted(stored)})
    calibrators.cache_clear()
