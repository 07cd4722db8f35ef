"""Variants planted at a known rate, and how well findings and agreement show them."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.stats import spearmanr

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
    """The changed texts, and for the place of each spelling its target and whether it is the variant."""

    texts: dict[str, str]
    rarer: Mapping[str, str]
    spelled: dict[Place, tuple[str, str]] = field(default_factory=dict)

    def departures(self, targets: Mapping[str, Target], *, styled: bool) -> dict[Place, tuple[str, ...]]:
        """The classes of each place that departs: from the style, or from the more frequent spelling.

        Of a tie the variant departs. A short form is none where its page has the name in full.
        """
        usual = {
            (page, name) for (page, _), (name, text) in self.spelled.items() if text == targets[name].usual
        }
        return {
            place: targets[name].classes
            for place, (name, text) in self.spelled.items()
            if text == (targets[name].other if styled else self.rarer[name])
            and not (
                OF_LENGTH & set(targets[name].classes)
                and ((place[0], name) in usual or len(text) > len(targets[name].other))
            )
        }


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
    rarer = {n: t.other if 2 * quota.get(n, 0) <= total[n] else t.usual for n, t in corpus.targets.items()}
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
    style = Style("style", tuple(Prescription(t.ar, t.usual, n) for n, t in corpus.targets.items()))
    for rate in rates:
        rows: dict[tuple[str, bool], list[tuple[float, ...]]] = defaultdict(list)
        for repeat in range(repeats):
            planted = plant(corpus, rate, random.Random(f"{seed} {rate} {repeat}"))  # noqa: S311  (seeded)
            for view in views:
                gathered, moved = view.gather(planted), view.move(planted)
                for styled in (False, True):
                    report = evaluate(gathered, (), Settings(rounds=0, style=style if styled else None))
                    truth = moved.departures(corpus.targets, styled=styled)
                    figures, lost, mistaken = compare(report.findings, truth, view.clean, styled=styled)
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
            f"  {label}: {spearman}missed by class {dict(missed[label].most_common())}; "
            f"class wrong {dict(wrong[label].most_common(6))}"
        )


def compare(
    findings: Sequence[Finding],
    truth: Mapping[Place, tuple[str, ...]],
    clean: ConsistencyReport,
    *,
    styled: bool = False,
) -> tuple[tuple[float, float, float, float], Counter[str], Counter[str]]:
    """Precision and recall of planted departures, the share whose class, and all whose classes, are right.

    A finding that the untouched text has too (same spelling, same expectation) is another matter.

    Returns:
        The four figures, the classes of the missed, and what was taken for what.
    """
    before = {(finding.found, finding.expected) for finding in clean.findings}
    found = {
        (f.page, f.start): f
        for f in findings
        if (f.found, f.expected) not in before and (not styled or f.basis == "style")
    }
    hits = [place for place in found if place in truth]
    right = sum(truth[place][-1] == found[place].code for place in hits)
    every = sum(set(truth[place]) == set(found[place].differences) for place in hits)
    lost = Counter("+".join(classes) for place, classes in truth.items() if place not in found)
    mistaken = Counter(
        f"{truth[place][-1]} as {found[place].code}: {found[place].expected} / {found[place].found}"
        for place in hits
        if truth[place][-1] != found[place].code
    )
    figures = (
        len(hits) / len(found) if found else 1.0,
        len(hits) / len(truth) if truth else 1.0,
        right / len(hits) if hits else 1.0,
        every / len(hits) if hits else 1.0,
    )
    return figures, lost, mistaken
