"""``bialign quality``: translations against references, or two systems against each other."""

from __future__ import annotations

import typer


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
    samples: int = typer.Option(1000, "--samples", min=1, help="Rounds of the paired bootstrap."),
    out: str = typer.Option("-", "-o", "--out", metavar="FILE", help="Where to write."),
    as_json: bool = typer.Option(False, "--json", help="Scores and tests as JSON."),
) -> None:
    """Score translations with BLEU, chrF++ and TER (sacrebleu), raw and, in Arabic, normalised."""
    from bialign.evaluation.inputs import load_lines
    from bialign.evaluation.quality import quality as score
    from bialign.evaluation.showing import quality_table
    from bialign.files import dumps, writing

    labels = load_lines(groups) if groups else None
    translations = {name: load_lines(name) for name in systems}
    report = score(load_lines(reference), translations, language, labels, samples)
    with writing(out) as stream:
        stream.write(dumps(report) + "\n" if as_json else quality_table(report))
