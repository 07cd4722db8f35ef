"""A consistency report as plain text, for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bialign.evaluation.records import ConsistencyReport

if TYPE_CHECKING:
    from bialign.evaluation.comparing import Comparison
    from bialign.evaluation.quality import QualityReport

#: Names the summary lists at most.
LISTED = 20


def summary(report: ConsistencyReport) -> str:
    """A short readable account: the scores, then the names that vary most, then the groups."""
    lines = [
        f"{report.documents} documents, {report.occurrences} occurrences of {len(report.names)} names"
        + (f" ({report.unmatched} more belong to no entry)" if report.unmatched else ""),
        "",
    ]
    lines += [
        f"agreement {score.level:<13}{_figure(score.micro)}"
        f"{_interval(score.micro_interval):<16}  {score.signature}"
        for score in report.scores
        if score.measure == "agreement" and "direction:ar-en" in score.signature
    ]
    varied = sorted(
        (name for name in report.names if len(name.variants) > 1),
        key=lambda name: (name.agreement["written"] is None, name.agreement["written"], -name.occurrences),
    )
    if varied:
        lines += ["", f"{len(varied)} names are spelled in more than one way:"]
    lines += [
        f"  {_figure(name.agreement['written'])}{_interval(name.interval)}  "
        + ", ".join(f"{variant.text} ({variant.count})" for variant in name.variants)
        + (f"  {name.ar}" if name.ar else "")
        for name in varied[:LISTED]
    ]
    if len(varied) > LISTED:
        lines.append(f"  and {len(varied) - LISTED} more")
    for by in report.by:
        lines += ["", f"by {by}:"]
        lines += [
            f"  {_figure(group.agreement['written'])}{_interval(group.interval)}  {group.group}: "
            f"{group.occurrences} occurrences of {group.names} names on {group.documents} pages, "
            f"{group.departures} not the usual spelling"
            for group in report.groups
            if group.by == by
        ]
    if report.changes:
        lines += ["", "changes of spelling:"]
        lines += [
            f"  {change.date}: {change.before} ({change.count_before}) became {change.after} "
            f"({change.count_after}), {change.group or 'all'}, p = {change.p_value:.3f}"
            for change in report.changes
        ]
    lines += ["", f"{len(report.findings)} findings, {report.suppressed} suppressed"]
    return "\n".join(lines) + "\n"


def comparison_text(comparison: Comparison) -> str:
    """Which of two corpora is the more consistent, and which names are spelled otherwise."""
    if comparison.difference is None:
        return "no name occurs twice in both corpora\n"
    test = "too few names for a test"
    if comparison.p_value is not None:
        test = f"95 %{_interval(comparison.interval)}, p = {comparison.p_value:.4f}"
    figures = f"{_figure(comparison.left)} and {_figure(comparison.right)}"
    lines = [
        f"agreement over {comparison.names} common names: {figures}",
        f"difference {comparison.difference:+.3f}, {test}",
        comparison.signature,
        *(f"  {item.ar or '—'}: {item.left}, there {item.right}" for item in comparison.changed),
    ]
    return "\n".join(lines) + "\n"


def _interval(interval: tuple[float, float] | None) -> str:
    return "" if interval is None else f" [{interval[0]:.3f}, {interval[1]:.3f}]"


def _figure(value: float | None) -> str:
    return "    –" if value is None else f"{value:5.3f}"


def quality_table(report: QualityReport) -> str:
    """Scores and tests, one a line, each with its signature."""
    lines = [
        f"{score.metric:<7}{score.text:<11}{score.score:7.2f}  {score.system}"
        + ("" if score.group == "all" else f" [{score.group}]")
        + f"  {score.lines} lines  {score.signature}"
        for score in report.scores
    ]
    lines += [
        f"{test.metric:<7}{test.text:<11}{test.system} against {test.baseline}: "
        f"{test.score - test.baseline_score:+.2f}, p = {test.p_value:.4f}  {test.signature}"
        for test in report.tests
    ]
    return "\n".join(lines) + "\n"
