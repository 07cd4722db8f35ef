"""Variants planted at a known rate, and how well findings and agreement show them."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.stats import spearmanr
from seeded import seeded

from bialign.evaluation.consistency import ConsistencyReport, Settings, evaluate
from bialign.evaluation.findings import Finding
from bialign.evaluation.gathering import Gathered
from bialign.evaluation.style import Prescription, Style

RATES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)
#: Classes of length: no departure where the same document has the usual form, so not counted there.
OF_LENGTH = frozenset({"expansion", "abbreviation"})
Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Target:
    """A name to plant in: its usual spelling, another, and the classes of the difference, gravest last."""

    usual: str
    other: str
    classes: tuple[str, ...]
    ar: str | None = None


@dataclass(frozen=True, slots=True)
class Corpus:
    """Texts by page, and where names to plant in stand: page, start, end and name, in reading order."""

    texts: Mapping[str, str]
    slots: Sequence[tuple[str, int, int, str]]
    targets: Mapping[str, Target]


@dataclass(frozen=True, slots=True)
class Planted:
    """The changed texts, the rarer spelling of each name (null of two as frequent), and what stands where."""

    texts: dict[str, str]
    rarer: Mapping[str, str | None]
    spelled: dict[Place, tuple[str, str]] = field(default_factory=dict)

    def departures(
        self, targets: Mapping[str, Target], findings: Sequence[Finding], *, styled: bool
    ) -> dict[Place, tuple[str, str]]:
        """Name and spelling of each place that departs from the style, or from the more frequent spelling.

        Where both are as frequent nothing tells the usual one: it is the one that the report takes, so that
        the other departs. A short form is none where its page has the name in full.
        """
        taken = {
            self.spelled[f.page, f.start][0]: f.found for f in findings if (f.page, f.start) in self.spelled
        }
        usual = {
            (page, name)
            for (page, _), (name, text) in self.spelled.items()
            if name in targets and text == targets[name].usual
        }
        found = {}
        for (page, start), (name, text) in self.spelled.items():
            if name not in targets:
                continue
            target = targets[name]
            rarer = target.other if styled else self.rarer[name] or taken.get(name, target.other)
            of_length = not OF_LENGTH.isdisjoint(target.classes)
            if text == rarer and not (of_length and (text == target.usual or (page, name) in usual)):
                found[page, start] = (name, text)
        return found


def plant(corpus: Corpus, rate: float, random_: random.Random) -> Planted:
    """The corpus with the variant of each name at ``rate`` of its places."""
    total = Counter(name for *_, name in corpus.slots)
    quota = {name: int(rate * count + random_.random()) for name, count in total.items()}
    drawn = {name: set(random_.sample(range(count), quota[name])) for name, count in total.items()}
    by_page: defaultdict[str, list[tuple[int, int, str, str]]] = defaultdict(list)
    met = Counter[str]()
    for page, start, end, name in corpus.slots:
        target = corpus.targets[name]
        by_page[page].append((start, end, target.other if met[name] in drawn[name] else target.usual, name))
        met[name] += 1
    rarer = {name: _rarer(target, quota.get(name, 0), total[name]) for name, target in corpus.targets.items()}
    planted = Planted({}, rarer)
    for page, whole in corpus.texts.items():
        parts, at, length = [], 0, 0
        for start, end, text, name in by_page[page]:
            parts += [whole[at:start], text]
            length += start - at
            planted.spelled[page, length] = (name, text)
            length += len(text)
            at = end
        planted.texts[page] = "".join([*parts, whole[at:]])
    return planted


def _rarer(target: Target, planted: int, total: int) -> str | None:
    """The rarer spelling; null where the two are as frequent, or one occurrence apart."""
    if abs(2 * planted - total) < 2:
        return None
    return target.other if 2 * planted < total else target.usual


@dataclass(frozen=True, slots=True)
class View:
    """One way to evaluate planted texts.

    Args:
        label: for the printed lines.
        gather: the occurrences of changed texts.
        clean: the report on the texts with nothing planted.
        move: of what was planted, the same by the pages that ``gather`` knows.
    """

    label: str
    gather: Callable[[Planted], Gathered]
    clean: ConsistencyReport
    move: Callable[[Planted], Planted] = lambda planted: planted


def measure(corpus: Corpus, views: Sequence[View], rates: Sequence[float], repeats: int, seed: int) -> None:
    """Print for every view and rate how agreement falls and how well findings match what was planted."""
    agreements: dict[str, list[float]] = {view.label: [] for view in views}
    missed: dict[str, Counter[str]] = {view.label: Counter() for view in views}
    wrong: dict[str, Counter[str]] = {view.label: Counter() for view in views}
    # two names with one Arabic may become one entry, and a style list has one spelling a name
    shared = Counter(target.ar for target in corpus.targets.values())
    alone = {name: t for name, t in corpus.targets.items() if t.ar is None or shared[t.ar] == 1}
    style = Style("style", tuple(Prescription(t.ar, t.usual, name) for name, t in alone.items()))
    for rate in rates:
        rows: dict[tuple[str, bool], list[tuple[float, ...]]] = defaultdict(list)
        for repeat in range(repeats):
            planted = plant(corpus, rate, seeded(f"{seed} {rate} {repeat}"))
            for view in views:
                gathered, moved = view.gather(planted), view.move(planted)
                for styled in (False, True):
                    report = evaluate(gathered, (), Settings(rounds=0, style=style if styled else None))
                    wanted = alone if styled else corpus.targets
                    truth = moved.departures(wanted, report.findings, styled=styled)
                    figures, lost, mistaken = compare(
                        report.findings, truth, corpus.targets, view.clean, styled
                    )
                    rows[view.label, styled].append(
                        (report.score().micro or 0.0, float(len(truth)), *figures)
                    )
                    if not styled:
                        missed[view.label].update(lost)
                        wrong[view.label].update(mistaken)
        for (label, styled), found in rows.items():
            agreement, departures, precision, recall, right, all_right = np.mean(found, axis=0)
            if not styled:
                agreements[label].append(float(agreement))
            if departures or not styled:
                how = "with a style list" if styled else f"agreement {agreement:.4f}"
                print(
                    f"  rate {rate:.1f} {label}, {how}: {departures:.1f} departures, "
                    f"precision {precision:.3f}, recall {recall:.3f}, "
                    f"class right {right:.3f}, all classes {all_right:.3f}",
                    flush=True,
                )
    for label, values in agreements.items():
        spearman = (
            f"Spearman of rate and agreement {spearmanr(rates, values).statistic:.3f}; "
            if len(rates) > 2
            else ""
        )
        print(
            f"  {label}: {spearman}missed without a style list: {dict(missed[label].most_common(12))}; "
            f"wrong: {dict(wrong[label].most_common(8))}"
        )


def compare(
    findings: Sequence[Finding],
    truth: Mapping[Place, tuple[str, str]],
    targets: Mapping[str, Target],
    clean: ConsistencyReport,
    styled: bool,
) -> tuple[tuple[float, float, float, float], Counter[str], Counter[str]]:
    """Precision and recall of planted departures, the share whose class, and all whose classes, are right.

    A finding that the untouched text has too (same spelling, same expectation) is another matter.

    Returns:
        The four figures, what was missed, and what was taken for what.
    """
    before = {(finding.found, finding.expected) for finding in clean.findings}
    found = {
        (f.page, f.start): f
        for f in findings
        if (f.found, f.expected) not in before and (not styled or f.basis == "style")
    }
    hits = {place: targets[truth[place][0]].classes for place in found if place in truth}
    right = sum(classes[-1] == found[place].code for place, classes in hits.items())
    every = sum(set(classes) == set(found[place].differences) for place, classes in hits.items())
    lost = Counter(_told(targets[name]) for place, (name, _) in truth.items() if place not in found)
    mistaken = Counter(
        f"{_told(targets[truth[place][0]])} as {found[place].code}"
        for place, classes in hits.items()
        if classes[-1] != found[place].code
    )
    mistaken.update(
        f"no departure: {f.found} for {f.expected}, {f.code}"
        for place, f in found.items()
        if place not in truth
    )
    figures = (
        len(hits) / len(found) if found else 1.0,
        len(hits) / len(truth) if truth else 1.0,
        right / len(hits) if hits else 1.0,
        every / len(hits) if hits else 1.0,
    )
    return figures, lost, mistaken


def _told(target: Target) -> str:
    return f"{target.usual} / {target.other} ({'+'.join(target.classes)})"
