"""``bialign quality``: translations against references, or two systems against each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from bialign.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bialign.evaluation.terms import TermScore


def quality(
    reference: str = typer.Argument(..., metavar="REFERENCE", help="One reference line a segment."),
    systems: list[str] = typer.Argument(
        ..., metavar="TRANSLATION...", help="One file a system; the first is the tests' baseline."
    ),
    *,
    language: str = typer.Option("en", "-L", "--language", help="Of the translations: ar or en."),
    groups: str | None = typer.Option(
        None, "--groups", metavar="FILE", help="A label a line (translator, document), for scores by group."
    ),
    source: str | None = typer.Option(
        None, "--source", metavar="FILE", help="The source text, line by line, for --terms."
    ),
    terms: str | None = typer.Option(
        None, "--terms", metavar="FILE", help="Term TAB target: how many terms are translated as listed."
    ),
    entities: str | None = typer.Option(
        None, "--entities", metavar="FILE", help="Accepted names a line, tabs between: M-ETA."
    ),
    samples: int = typer.Option(1000, "--samples", min=1, help="Rounds of the paired bootstrap."),
    out: str = typer.Option("-", "-o", "--out", metavar="FILE", help="Where to write."),
    as_json: bool = typer.Option(False, "--json", help="Scores and tests as JSON."),
) -> None:
    """Score translations with BLEU, chrF++ and TER (sacrebleu), raw and, in Arabic, normalised."""
    from bialign.evaluation.inputs import load_lines
    from bialign.evaluation.quality import quality as score
    from bialign.evaluation.showing import quality_table, term_table
    from bialign.files import dumps, writing

    if (source is None) != (terms is None):
        raise UsageError("--source and --terms go together")
    labels = load_lines(groups) if groups else None
    references = load_lines(reference)
    translations = {name: load_lines(name) for name in systems}
    report = score(references, translations, language, labels, samples)
    held = {name: _terms(lines, references, source, terms, entities) for name, lines in translations.items()}
    with writing(out) as stream:
        if as_json:
            record = report.to_dict()
            if terms or entities:
                record["terms"] = {name: [one.to_dict() for one in found] for name, found in held.items()}
            stream.write(dumps(record) + "\n")
        else:
            stream.write(quality_table(report) + term_table(held))


def _terms(
    lines: Sequence[str],
    references: Sequence[str],
    source: str | None,
    terms: str | None,
    entities: str | None,
) -> Sequence[TermScore]:
    """What one translation holds of the listed terms and of the accepted names."""
    from bialign.evaluation.inputs import load_lines
    from bialign.evaluation.termlists import entity_scores, load_terms, term_scores

    found: list[TermScore] = []
    if source and terms:
        found += term_scores(load_lines(source), lines, references, load_terms(terms))
    if entities:
        found += entity_scores(lines, [line.split("\t") for line in load_lines(entities)])
    return found
