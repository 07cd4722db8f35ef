"""A consistency report as plain text, for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bialign.evaluation.records import ConsistencyReport

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bialign.evaluation.comparing import Comparison
    from bialign.evaluation.measures import Score
    from bialign.evaluation.quality import QualityReport
    from bialign.evaluation.terms import TermScore

#: Names the summary lists at most.
LISTED = 20
DIRECTIONS = {
    "ar-en": "One Arabic name, its English spellings:",
    "en-ar": "One English spelling, the Arabic names it stands for:",
}


def summary(report: ConsistencyReport) -> str:
    """A short readable account: the scores, then the names that vary most, then the groups."""
    lines = [
        f"{report.documents} documents, {report.occurrences} occurrences of {len(report.names)} names"
        + (f" ({report.unmatched} more belong to no entry)" if report.unmatched else ""),
        "",
    ]
    for direction, title in DIRECTIONS.items():
        lines += [title, *_scores(report, direction), ""]
    lines.pop()
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


def _scores(report: ConsistencyReport, direction: str) -> Iterator[str]:
    """The agreement at every level, and the other measures as written."""
    scores = [score for score in report.scores if f"direction:{direction}" in score.signature.split("|")]
    once = next((score.once for score in scores if score.measure == "agreement"), 0)
    yield f"  ({once} names occur once and are in no figure)"
    for score in scores:
        if score.measure == "agreement" or score.level == "written":
            yield (
                f"  {_label(score):<31}{_figure(score.micro)}{_interval(score.micro_interval):<16}"
                f"  macro {_figure(score.macro).strip():<6} {score.signature}"
            )


def _label(score: Score) -> str:
    """What a score is called in a line of its own."""
    if score.measure == "agreement":
        return f"agreement, {score.level}"
    kind = next((fact for fact in score.signature.split("|") if fact.startswith("reference:")), None)
    name = f"as the {kind.removeprefix('reference:').replace('_', ' ')} spelling" if kind else score.measure
    return f"{name} (bits)" if score.measure == "entropy" else name


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


def term_table(held: Mapping[str, Sequence[TermScore]]) -> str:
    """What translations hold of listed terms and accepted names, one figure a line; empty for none."""
    return "".join(
        f"{score.measure:<18}{_figure(score.score)}  {name}  {score.correct:g} of {score.total}  "
        f"{score.signature}\n"
        for name, scores in held.items()
        for score in scores
    )
