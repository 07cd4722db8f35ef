"""``bialign run``: pages in, clean records, lexicon, consistency and report out."""

from __future__ import annotations

import os
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
    warc: bool = typer.Option(
        False, "--warc", help="Read WARC and WET files only, whatever else lies in a folder."
    ),
    language: list[str] = typer.Option(
        [],
        "--language",
        metavar="ar,en",
        help="Keep pages with text in all these languages only (a line of Arabic is enough); the others "
        "are counted in OUT/passed_over.json.",
    ),
    site: list[str] = typer.Option(
        [], "--site", metavar="HOST", help="Keep the pages of this site too, or only; may be repeated."
    ),
    cache: Path | None = typer.Option(
        None,
        "--cache",
        metavar="FOLDER",
        help="Keep the vectors of texts there for other runs, a gigabyte at most (BIALIGN_CACHE and "
        "BIALIGN_CACHE_MB do too); kept nowhere if left out.",
        show_default=False,
    ),
) -> None:
    """Do the whole job: separate, find names, align, build the lexicon, evaluate, report.

    Called again after an interruption with the same inputs and OUT, it goes on where it stopped.
    """
    from bialign.pages.wanted import Sieve
    from bialign.running import local

    if cache is not None:
        os.environ["BIALIGN_CACHE"] = str(cache.absolute())  # for the worker processes
    failures = common.Failures()
    summary = local.run(
        inputs,
        out,
        jobs=jobs,
        page_timeout=page_timeout,
        on_error=failures.note,
        sieve=Sieve.of(language, site),
        warc=warc,
    )
    if as_json:
        sys.stdout.writelines(summary.as_json())
        typer.echo()
    else:
        typer.echo(summary.as_text())
    failures.leave()
