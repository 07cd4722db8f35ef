"""Intervals by resampling documents, for all names and strictness levels at once.

A round draws as many documents as there are, with replacement (Efron 1979). A document drawn w
times brings each of its occurrences w times. Two copies of one document would make names look
more consistent than they are, as an occurrence agrees with its copy; so in counting agreeing
pairs, copies of one document are not compared with each other (Sample.own).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from bialign.evaluation.counts import Counts, FloatArray, Sample, Uses, sums
from bialign.evaluation.levels import IntArray
from bialign.evaluation.measures import Intervals, Measure, ratio

ROUNDS: Final = 1000
SEED: Final = 12345
#: With fewer documents than this no interval is given: resampling so few says nothing.
FEWEST: Final = 5
#: Cells resampled at once; with 1,000 rounds in single precision 16 MB.
BLOCK: Final = 4096
QUANTILES: Final = (0.025, 0.975)

Floats = NDArray[np.float32]


def bootstrap(
    uses: Uses,
    counts: Mapping[str, Counts],
    measures: Sequence[Measure],
    rounds: int = ROUNDS,
    seed: int = SEED,
) -> dict[tuple[str, str], Intervals]:
    """Percentile intervals of each measure at each level.

    Args:
        uses: the occurrences.
        counts: for every level the counts of these occurrences; first the finest level, whose
            cells the others join.
        measures: what to compute, those that can be resampled; intervals of single names are
            given for the first of them at the finest level.
        rounds: how often to draw.
        seed: of the draws.

    Returns:
        Intervals by level and measure label; empty with fewer than ``FEWEST`` documents.
    """
    if uses.documents < FEWEST or not len(uses) or rounds < 1:
        return {}
    measures = [measure for measure in measures if measure.resampled]
    resampler = _Resampler(uses, counts, rounds, seed)
    finest = next(iter(counts))
    totals = {(level, measure.label): _Totals(rounds) for level in counts for measure in measures}
    totals[finest, measures[0].label].each = True
    for begin, end in _blocks(counts[finest]):
        for level, part, sample in resampler.block(begin, end):
            for measure in measures:
                totals[level, measure.label].add(*measure.parts(part, sample))
    return {name: total.intervals(seed) for name, total in totals.items()}


def _blocks(counts: Counts) -> Iterator[tuple[int, int]]:
    """Ranges of names whose cells are about ``BLOCK`` together."""
    ends = np.append(counts.starts[1:], len(counts.values))
    begin = 0
    while begin < len(ends):
        end = int(np.searchsorted(ends, counts.starts[begin] + BLOCK, side="right"))
        end = max(end, begin + 1)
        yield begin, end
        begin = end


class _Resampler:
    """Resampled counts, a block of names at a time.

    With w_d the times document d was drawn and c_ivd the occurrences of name i spelled v in it, a
    cell has Σ_d w_d c_ivd; a name's pairs of occurrences of one document drawn w times count w
    times, not w², which ``own`` corrects: Σ_d (w_d² − w_d) c_id² + Σ_d w_d c_id.
    """

    def __init__(self, uses: Uses, counts: Mapping[str, Counts], rounds: int, seed: int) -> None:
        self.counts = counts
        self.weights = _draw(uses.documents, rounds, seed)
        self.repeats = self.weights * (self.weights - 1)
        self.finest = next(iter(counts))
        finest = counts[self.finest]
        self.cells = _table(finest.cell, uses.document, (len(finest.values), uses.documents))
        names = len(finest.names)
        owner = np.searchsorted(finest.names, uses.name)
        self.squares = _table(owner, uses.document, (names, uses.documents)).power(2)
        self.mixed, self.joining = {}, {}
        for level, level_counts in counts.items():
            cells = _table(level_counts.cell, uses.document, (len(level_counts.values), uses.documents))
            joined = _indicator(level_counts.owners(), names)
            unlike = (self.squares - joined @ cells.power(2)).tocsr()
            unlike.eliminate_zeros()
            self.mixed[level] = unlike
            above = np.zeros(len(finest.values), dtype=np.int64)
            above[finest.cell] = level_counts.cell
            self.joining[level] = _indicator(above, len(level_counts.values))

    def block(self, begin: int, end: int) -> Iterator[tuple[str, Counts, Sample]]:
        """For every level the counts of these names and their resampled values."""
        finest = self.counts[self.finest]
        low, high = _cells(finest, begin, end)
        values = self.cells[low:high] @ self.weights
        totals = sums(values, finest.starts[begin:end] - low)
        own = self.squares[begin:end] @ self.repeats + totals
        for level, counts in self.counts.items():
            first, last = _cells(counts, begin, end)
            joined = values if level == self.finest else self.joining[level][first:last, low:high] @ values
            unlike = self.mixed[level][begin:end]
            alike = own - unlike @ self.repeats if unlike.nnz else own
            yield level, counts.part(begin, end), Sample(joined, totals, own, alike)


def _cells(counts: Counts, begin: int, end: int) -> tuple[int, int]:
    """The range of cells of a range of names."""
    return int(counts.starts[begin]), int(counts.starts[end]) if end < len(counts.starts) else len(
        counts.values
    )


def _draw(documents: int, rounds: int, seed: int) -> Floats:
    """How often every document is drawn in every round, float32 ``[documents, rounds]``."""
    generator = np.random.default_rng(seed)
    drawn = np.empty((documents, rounds), dtype=np.float32)
    for number in range(rounds):
        picked = generator.integers(0, documents, documents)
        drawn[:, number] = np.bincount(picked, minlength=documents)
    return drawn


def _table(rows: IntArray, columns: IntArray, shape: tuple[int, int]) -> csr_array:
    """How often each row meets each column."""
    ones = np.ones(len(rows), dtype=np.float32)
    return coo_array((ones, (rows, columns)), shape=shape).tocsr()


def _indicator(groups: IntArray, size: int) -> csr_array:
    """The matrix that sums the rows of each group."""
    return _table(groups, np.arange(len(groups)), (size, len(groups)))


class _Totals:
    """Sums over names, one a round, for one measure at one level."""

    def __init__(self, rounds: int) -> None:
        self.above, self.below, self.figures, self.names = (np.zeros(rounds) for _ in range(4))
        self.each = False
        self.low: list[FloatArray] = []
        self.high: list[FloatArray] = []

    def add(self, above: FloatArray, below: FloatArray) -> None:
        """Take in a block of names, ``[names, rounds]`` each."""
        self.above += above.sum(axis=0, dtype=np.float64)
        self.below += below.sum(axis=0, dtype=np.float64)
        known = below > 0
        figures = np.divide(above, below, out=np.zeros_like(above), where=known)
        self.figures += figures.sum(axis=0, dtype=np.float64)
        self.names += known.sum(axis=0)
        if self.each:
            low, high = _quantiles(np.where(known, figures, np.nan))
            self.low.append(low)
            self.high.append(high)

    def intervals(self, seed: int) -> Intervals:
        """The quantiles over rounds."""
        empty = np.empty(0)
        return Intervals(
            micro=_interval(ratio(self.above, self.below)),
            macro=_interval(ratio(self.figures, self.names)),
            low=np.concatenate(self.low or [empty]),
            high=np.concatenate(self.high or [empty]),
            rounds=len(self.above),
            seed=seed,
        )


def _interval(figures: FloatArray) -> tuple[float, float] | None:
    low, high = _quantiles(figures[np.newaxis])
    return None if np.isnan(low[0]) else (float(low[0]), float(high[0]))


def _quantiles(figures: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The two ``QUANTILES`` of every row over the rounds that have a figure, interpolated."""
    ordered = np.sort(figures, axis=1)  # rounds without a figure go to the end
    known = np.isfinite(figures).sum(axis=1)
    rows = np.arange(len(figures))
    found = []
    for quantile in QUANTILES:
        place = quantile * np.maximum(known - 1, 0)
        lower = np.floor(place).astype(np.int64)
        upper = np.minimum(lower + 1, np.maximum(known - 1, 0))
        part = place - lower
        value = ordered[rows, lower] * (1 - part) + ordered[rows, upper] * part
        found.append(np.where(known > 0, value, np.nan))
    return found[0], found[1]
