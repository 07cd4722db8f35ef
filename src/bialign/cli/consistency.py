"""``bialign consistency``: who spells which name how, since when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from bialign.cli.common import FINDINGS, complain
from bialign.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bialign.evaluation.consistency import Settings
    from bialign.evaluation.records import ConsistencyReport
    from bialign.lexicon.lexicon import Lexicon
    from bialign.model import Page

SUMMARY, JSON = "summary", "json"


def consistency(
    inputs: list[str] = typer.Argument(
        ...,
        metavar="INPUT...",
        help="pages.jsonl from `bialign clean`, - for standard input; or bitext: ar.txt en.txt, "
        "or one .tsv, .tmx or .jsonl of pairs.",
    ),
    *,
    lexicon: str | None = typer.Option(
        None, "-l", "--lexicon", metavar="FILE", help="A lexicon; built from the input if left out."
    ),
    by: list[str] | None = typer.Option(
        None, "--by", help="Group by translator, editor, outlet, section, month …; may be repeated."
    ),
    out: str = typer.Option("-", "-o", "--out", metavar="FILE", help="Where to write."),
    output: str = typer.Option(
        SUMMARY,
        "--format",
        help="summary; json: the whole report; the findings as text (file:line:column: code message), "
        "jsonl, sarif or table.",
    ),
    as_json: bool = typer.Option(False, "--json", help="The whole report as JSON."),
    style: str | None = typer.Option(
        None, "--style", metavar="FILE", help="House style, Arabic TAB spelling: departures are errors."
    ),
    suppress: str | None = typer.Option(
        None, "--suppress", metavar="FILE", help="Findings to leave out: CODE TAB SPELLING TAB PATH."
    ),
    level: str = typer.Option(
        "written",
        "--level",
        help="What is equal is no departure: written, case, marks, article, romanisation.",
    ),
    short_forms: str = typer.Option(
        "counted", "--short-forms", help="apart: leave out FSA beside Free Syrian Army."
    ),
    fail_under: float | None = typer.Option(
        None, "--fail-under", min=0, max=1, help="Exit with 1 if the agreement at --level is lower."
    ),
    documents: str | None = typer.Option(
        None, "--documents", metavar="FILE", help="Of bitext: a document's label a line."
    ),
    against: list[str] | None = typer.Option(
        None, "--against", metavar="PAGES", help="Compare with these pages; may be repeated."
    ),
    rounds: int = typer.Option(1000, "--rounds", min=0, help="Bootstrap rounds for the intervals."),
    seed: int = typer.Option(12345, "--seed", help="Of the bootstrap."),
) -> None:
    """Evaluate how consistently names are spelled: per name, translator, outlet, month.

    Exits with 1 on departures from --style, or an agreement below --fail-under.
    """
    from bialign.evaluation.consistency import Settings
    from bialign.evaluation.style import load_style
    from bialign.evaluation.suppressions import load_suppressions
    from bialign.files import writing

    wanted = JSON if as_json else output
    _check(wanted, by)
    settings = Settings(
        level=level,
        rounds=rounds,
        seed=seed,
        style=load_style(style) if style else None,
        suppressions=load_suppressions(suppress) if suppress else (),
        short_forms=short_forms,
    )
    report, other = _reports(inputs, against, lexicon, documents, by, settings)
    text = _shown(report, other, wanted, level)
    with writing(out) as stream:
        stream.write(text)
    for warning in report.warnings:
        complain(warning)
    _judge(report, level, fail_under)


def _reports(
    inputs: Sequence[str],
    against: Sequence[str] | None,
    lexicon: str | None,
    documents: str | None,
    by: Sequence[str] | None,
    settings: Settings,
) -> tuple[ConsistencyReport, ConsistencyReport | None]:
    """The report on the inputs, and on the corpus they are compared with."""
    from bialign.evaluation.consistency import consistency as evaluate_pages
    from bialign.evaluation.consistency import evaluate
    from bialign.evaluation.inputs import gather_bitext, is_bitext, load_all_pages, load_bitext
    from bialign.lexicon.lexicon import Lexicon, build_lexicon

    if is_bitext(inputs):
        if against:
            raise UsageError("--against compares pages, not bitext")
        bitext = load_bitext(inputs, documents)
        names = build_lexicon(pairs=bitext.located, known=Lexicon.open(lexicon) if lexicon else None)
        return evaluate(gather_bitext(bitext, names), by, settings), None
    if documents:
        raise UsageError("--documents is for bitext")
    pages = load_all_pages(inputs)
    others = load_all_pages(against) if against else []
    entries = open_lexicon(lexicon, pages + others)
    report = evaluate_pages(pages, entries, by, settings)
    return report, evaluate_pages(others, entries, by, settings) if against else None


def _check(output: str, by: Sequence[str] | None) -> None:
    """Refuse what is not known before any work is done."""
    from bialign.evaluation.formats import FORMATS
    from bialign.evaluation.grouping import check

    known = (SUMMARY, JSON, *FORMATS)
    if output not in known:
        raise UsageError(f"unknown format {output!r}", mend=f"one of {', '.join(known)}")
    check(tuple(by or ()))


def _shown(report: ConsistencyReport, other: ConsistencyReport | None, output: str, level: str) -> str:
    from bialign.evaluation.comparing import compare
    from bialign.evaluation.formats import FORMATS
    from bialign.evaluation.showing import comparison_text, summary
    from bialign.files import dumps

    if other is not None:
        comparison = compare(report, other, level)
        return dumps(comparison) + "\n" if output == JSON else comparison_text(comparison)
    if output == JSON:
        return report.to_json()
    return FORMATS[output](report.findings) if output in FORMATS else summary(report)


def _judge(report: ConsistencyReport, level: str, fail_under: float | None) -> None:
    """Leave with the code for findings where the check fails."""
    errors = sum(finding.severity == "error" for finding in report.findings)
    if errors:
        complain(f"{errors} departures from the style list")
    failed = errors > 0
    if fail_under is not None:
        agreement = report.score(level=level).micro
        if agreement is None:
            raise UsageError("no name occurs twice: there is no agreement to hold against --fail-under")
        if agreement < fail_under:
            complain(f"agreement {agreement:.4f} is under {fail_under:g}")
            failed = True
    if failed:
        raise typer.Exit(FINDINGS)


def open_lexicon(path: str | None, pages: Sequence[Page]) -> Lexicon:
    """The lexicon at ``path``, or one built from the pages.

    Raises:
        StoreError: it cannot be opened.
    """
    from bialign.lexicon.lexicon import Lexicon, build_lexicon

    return Lexicon.open(path) if path else build_lexicon(pages)
