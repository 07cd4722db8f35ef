"""``bialign run``: pages in, clean records, lexicon, consistency and report out."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from bialign.cli import common


def run(
    inputs: list[str] = typer.Argument(
        ..., metavar="INPUT...", help="Files, folders, globs, or - for standard input."
    ),
    out: Path = typer.Option(..., "-o", "--out", metavar="OUT", help="Folder to write into."),
    as_json: bool = typer.Option(False, "--json", help="Print the summary as JSON."),
    jobs: int | None = typer.Option(
        None, "-j", "--jobs", min=1, help="Processes at work; all cores if left out.", show_default=False
    ),
    page_timeout: float = typer.Option(
        60.0, "--page-timeout", min=0.1, metavar="SECONDS", help="Set a page aside that takes longer."
    ),
) -> None:
    """Do the whole job: separate, find names, align, build the lexicon, evaluate, report.

    Called again after an interruption with the same inputs and OUT, it goes on where it stopped.
    """
    from bialign.running import local

    failures = common.Failures()
    summary = local.run(inputs, out, jobs=jobs, page_timeout=page_timeout, on_error=failures.note)
    if as_json:
        sys.stdout.writelines(summary.as_json())
        typer.echo()
    else:
        typer.echo(summary.as_text())
    failures.leave()
