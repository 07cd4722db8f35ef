"""``bialign run``: pages in, clean records, lexicon, consistency and report out."""

from __future__ import annotations

from pathlib import Path

import typer

from bialign.cli import common


def run(
    inputs: list[str] = typer.Argument(
        ..., metavar="INPUT...", help="Files, folders, globs, or - for standard input."
    ),
    out: Path = typer.Option(..., "-o", "--out", metavar="OUT", help="Folder to write into."),
    as_json: bool = typer.Option(False, "--json", help="Print the summary as JSON."),
) -> None:
    """Do the whole job: separate, find names, align, build the lexicon, evaluate, report."""
    from bialign.files import dumps
    from bialign.pipeline import run as run_pipeline

    failures = common.Failures()
    summary = run_pipeline(inputs, out, on_error=failures.note)
    typer.echo(dumps(summary) if as_json else summary.as_text())
    failures.leave()
