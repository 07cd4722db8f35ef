"""Two corpora compared: whether names are spelled more consistently in one than in the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from bialign.errors import UsageError
from bialign.evaluation.levels import LEVELS
from bialign.evaluation.measures import signature
from bialign.evaluation.records import ConsistencyReport
from bialign.model import Record

ROUNDS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Changed(Record):
    """A name whose usual spelling is not the same in both corpora."""

    name: str
    ar: str | None
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Comparison(Record):
    """Agreement of two corpora over the names that both have twice or more.

    Args:
        left, right: macro agreement over these names, null without such names.
        difference: right minus left.
        interval: 95 %, by paired bootstrap over names (Koehn, EMNLP 2004).
        p_value: two-sided, that the difference is none; null with fewer than five names.
        names: how many are compared.
        changed: names of both corpora whose usual spelling differs.
    """

    level: str
    left: float | None
    right: float | None
    difference: float | None
    interval: tuple[float, float] | None
    p_value: float | None
    names: int
    changed: tuple[Changed, ...]
    signature: str


def compare(
    left: ConsistencyReport,
    right: ConsistencyReport,
    level: str = "written",
    rounds: int = ROUNDS,
    seed: int = 12345,
) -> Comparison:
    """Compare two reports made with one lexicon, name by name.

    A resample draws names with replacement, each with its figure in both corpora, so that what
    makes a name hard to spell counts on both sides. The p value is twice the smaller share of
    resamples on either side of no difference, with the usual + 1 (Davison and Hinkley 1997).

    Raises:
        UsageError: the level is not known.
    """
    if level not in LEVELS:
        raise UsageError(f"unknown strictness level {level!r}", mend=f"one of {', '.join(LEVELS)}")
    others = {name.id: name for name in right.names}
    common = [(name, others[name.id]) for name in left.names if name.id in others]
    pairs = [
        (a, b)
        for a, b in ((one.agreement[level], two.agreement[level]) for one, two in common)
        if a is not None and b is not None
    ]
    values = np.array(pairs, dtype=np.float64).reshape(-1, 2)
    interval, p_value = _test(values[:, 1] - values[:, 0], rounds, seed)
    one, two = values.mean(axis=0).tolist() if len(values) else (None, None)
    return Comparison(
        level=level,
        left=one,
        right=two,
        difference=None if one is None or two is None else two - one,
        interval=interval,
        p_value=p_value,
        names=len(values),
        changed=tuple(
            Changed(one.id, one.ar, one.usual, two.usual) for one, two in common if one.usual != two.usual
        ),
        signature=signature(
            "agreement", level=level, avg="macro", test="paired bootstrap", bootstrap=rounds, seed=seed
        ),
    )


def _test(
    differences: np.ndarray[tuple[int], np.dtype[np.float64]], rounds: int, seed: int
) -> tuple[tuple[float, float] | None, float | None]:
    if len(differences) < 5:
        return None, None
    generator = np.random.default_rng(seed)
    means = np.array(
        [differences[generator.integers(0, len(differences), len(differences))].mean() for _ in range(rounds)]
    )
    low, high = np.quantile(means, (0.025, 0.975))
    tail = min((means <= 0).sum(), (means >= 0).sum())
    return (float(low), float(high)), float(min(1.0, 2 * (1 + tail) / (1 + rounds)))
