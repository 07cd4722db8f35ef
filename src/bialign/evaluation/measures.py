"""Consistency measures over counts of spellings: each a class with a score and a signature.

All of them start from ``Counts``: how often every name is spelled in every way. ``per_name``
gives one figure a name (not a number where the name cannot have one), ``macro`` is their plain
mean, and ``micro`` weighs names by how much of the text they are, as each class says.
Names that occur once can be neither consistent nor inconsistent: they are counted apart.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import ClassVar, Final, Literal

import numpy as np
from numpy.typing import NDArray

from bialign.evaluation.counts import Counts, FloatArray, Sample, sums
from bialign.model import Record

VERSION: Final = version("bialign")


@dataclass(frozen=True, slots=True)
class Intervals:
    """95 % intervals of one measure, from ``rounds`` resamples of the documents.

    Args:
        micro, macro: low and high, null where no round had a figure.
        low, high: of every name, not a number where none can be given.
    """

    micro: tuple[float, float] | None
    macro: tuple[float, float] | None
    low: FloatArray
    high: FloatArray
    rounds: int
    seed: int


@dataclass(frozen=True, slots=True)
class Score(Record):
    """One figure and how it was made.

    Args:
        measure: its name.
        level: the strictness level.
        micro, macro: weighted by text, and the mean over names; null where no name has one.
        micro_interval, macro_interval: 95 % bootstrap intervals, null where none can be given.
        names: names that entered; ``once``: names left out because they occur but once.
        occurrences: of the names that entered.
        signature: version, level, unit, direction, grouping, bootstrap.
    """

    measure: str
    level: str
    micro: float | None
    macro: float | None
    names: int
    once: int
    occurrences: int
    signature: str
    micro_interval: tuple[float, float] | None = None
    macro_interval: tuple[float, float] | None = None


def signature(measure: str, **facts: str | int | None) -> str:
    """How a figure was made, ``key:value`` joined by bars as sacrebleu does; absent facts left out.

    >>> signature("agreement", level="case", seed=None).startswith("agreement|level:case|version:")
    True
    """
    known = [f"{key}:{value}" for key, value in facts.items() if value is not None]
    return "|".join([measure, *known, f"version:{VERSION}"])


def plain(value: float) -> float | None:
    """A Python float, or null for not-a-number, as JSON wants it."""
    return None if np.isnan(value) else float(value)


class Measure(ABC):
    """A figure of how consistently names are spelled."""

    name: ClassVar[str]
    #: What ``micro`` weighs a name by.
    unit: ClassVar[str] = "occurrence"
    #: Whether resampling documents gives intervals around it.
    resampled: ClassVar[bool] = True

    @abstractmethod
    def parts(self, counts: Counts, sample: Sample) -> tuple[FloatArray, FloatArray]:
        """Numerator and denominator of every name, float ``[names]`` or ``[names, rounds]`` each.

        Args:
            counts: which cells there are.
            sample: their values, as counted or resampled.
        """

    @property
    def label(self) -> str:
        """The name with its settings, as the signature starts."""
        return self.name

    def per_name(self, counts: Counts) -> FloatArray:
        """One figure a name; not a number for names that occur once."""
        return ratio(*self.parts(counts, Sample.of(counts)))

    def score(
        self,
        counts: Counts,
        level: str,
        intervals: Intervals | None = None,
        **facts: str | int | None,
    ) -> Score:
        """The measure over all names.

        Args:
            counts: of spellings already reduced to ``level``.
            level: named in the signature.
            intervals: of micro and macro, by ``bootstrap``.
            facts: more for the signature (direction, grouping …).
        """
        above, below = self.parts(counts, Sample.of(counts))
        enters = below > 0
        totals = counts.totals()
        if intervals is not None:
            facts |= {"bootstrap": intervals.rounds, "seed": intervals.seed, "resampled": "document"}
        return Score(
            measure=self.name,
            level=level,
            micro=plain(above.sum() / below.sum()) if enters.any() else None,
            macro=plain((above[enters] / below[enters]).mean()) if enters.any() else None,
            names=int(enters.sum()),
            once=int(((totals == 1) & ~enters).sum()),
            occurrences=int(totals[enters].sum()),
            signature=signature(self.label, level=level, unit=self.unit, **facts),
            micro_interval=intervals.micro if intervals else None,
            macro_interval=intervals.macro if intervals else None,
        )


def ratio(above: FloatArray, below: FloatArray) -> FloatArray:
    """Their quotient, not a number where nothing is below."""
    figures: FloatArray = np.divide(above, below, out=np.full_like(above, np.nan), where=below > 0)
    return figures


class Agreement(Measure):
    """The chance that two occurrences of a name, drawn without replacement, are spelled alike.

    Σ n_v (n_v − 1) / (n (n − 1)): Simpson's unbiased estimate (1949) of the Herfindahl index, and
    the lexical translation consistency ratio LTCR of Lyu et al. (EMNLP 2021), whose sum over
    words is ``micro`` here, pairs of occurrences being the unit.

    >>> from bialign.evaluation.counts import as_columns
    >>> Agreement().score(as_columns([[5, 1]]), "written").micro
    0.6666666666666666
    """

    name = "agreement"
    unit = "pair"

    def parts(self, counts: Counts, sample: Sample) -> tuple[FloatArray, FloatArray]:
        """Ordered pairs alike, and ordered pairs, of every name."""
        alike = sums(sample.values * sample.values, counts.starts) - sample.own_alike
        return alike, sample.totals * sample.totals - sample.own


class Dominance(Measure):
    """The share of a name's occurrences that have its most frequent spelling.

    In resamples the spelling stays the one most frequent in all documents: the maximum over
    spellings would lean upwards the more, the fewer the occurrences.
    """

    name = "dominance"

    def parts(self, counts: Counts, sample: Sample) -> tuple[FloatArray, FloatArray]:
        """Occurrences of the top spelling, and all, of names that occur twice or more."""
        top = np.lexsort((-counts.values, counts.owners()))[counts.starts]
        return _repeated(sample.values[top], sample.totals)


class Entropy(Measure):
    """Shannon entropy of a name's spellings in bits: 0 where it has one, log2 k for k equal ones.

    The plug-in estimate (maximum likelihood); ``micro`` weighs names by occurrences. It leans
    downwards, and in resamples once more, so that percentiles would miss it: no interval is given.
    """

    name = "entropy"
    resampled = False

    def parts(self, counts: Counts, sample: Sample) -> tuple[FloatArray, FloatArray]:
        """Bits times occurrences, and occurrences."""
        totals = sample.totals
        spread = sums(_times_log(sample.values), counts.starts)
        return _repeated(np.maximum(_times_log(totals) - spread, 0.0), totals)


@dataclass(frozen=True)
class PseudoReference(Measure):
    """The share of occurrences spelled as one chosen spelling of the name, the pseudo-reference.

    Semenov and Bojar, *Automated Evaluation Metric for Terminology Consistency in MT* (WMT 2022),
    choose the first or the most frequent; the WMT25 terminology task does likewise. With
    ``first`` the occurrence that set the reference is counted too, as a hit.

    Args:
        reference: ``first``, ``most_frequent`` (equal to dominance) or ``given``.
        given: with ``given``, the prescribed spelling's number a name; names without one are left out, and a
            name that occurs once enters, since it can depart.
    """

    reference: Literal["first", "most_frequent", "given"] = "first"
    given: Mapping[int, int] = field(default_factory=dict)
    name: ClassVar[str] = "pseudo_reference"

    @property
    def label(self) -> str:
        """With the kind of reference."""
        return f"{self.name}|reference:{self.reference}"

    def parts(self, counts: Counts, sample: Sample) -> tuple[FloatArray, FloatArray]:
        """Occurrences spelled as the reference, and all, of names that occur twice or more."""
        if self.reference == "most_frequent":
            return Dominance().parts(counts, sample)
        totals = sample.totals
        if self.reference == "first":
            return _repeated(sample.values[counts.first], totals)
        wanted = np.array([self.given.get(int(name), -1) for name in counts.names], dtype=np.int64)
        hits = np.where(_down(counts.variants == wanted[counts.owners()], sample.values), sample.values, 0)
        return sums(hits, counts.starts), np.where(_down(wanted >= 0, totals), totals, 0)


def _down(column: NDArray[np.bool_], like: FloatArray) -> NDArray[np.bool_]:
    """The column with as many axes as ``like``."""
    return column.reshape(-1, *[1] * (like.ndim - 1))


def _times_log(values: FloatArray) -> FloatArray:
    """``x log2 x``, 0 at 0."""
    return values * np.log2(np.maximum(values, 1))


def _repeated(above: FloatArray, totals: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Leave names that occur once out of both parts."""
    keep = totals > 1
    return np.where(keep, above, 0), np.where(keep, totals, 0)


#: What a report gives by default.
MEASURES: Final[tuple[Measure, ...]] = (
    Agreement(),
    Dominance(),
    Entropy(),
    PseudoReference("first"),
    PseudoReference("most_frequent"),
)
