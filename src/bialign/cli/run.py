"""``bialign run``: pages in, clean records, lexicon, consistency and report out."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path

import typer

from bialign.cli import common
from bialign.errors import UsageError


class Engine(StrEnum):
    """What does the work."""

    LOCAL = "local"
    SPARK = "spark"


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
    engine: Engine = typer.Option(
        Engine.LOCAL, "--engine", help="All cores of this machine, or a Spark cluster (bialign[spark])."
    ),
    spark: list[str] = typer.Option(
        [], "--spark", metavar="NAME=VALUE", help="A setting of Spark, such as spark.master=yarn."
    ),
    parquet: str | None = typer.Option(
        None, "--parquet", metavar="ADDRESS", help="Where Spark writes its Parquet; OUT/parquet if left out."
    ),
) -> None:
    """Do the whole job: separate, find names, align, build the lexicon, evaluate, report.

    Called again after an interruption with the same inputs and OUT, it goes on where it stopped.
    """
    from bialign.pages.wanted import Sieve

    if cache is not None:
        os.environ["BIALIGN_CACHE"] = str(cache.absolute())  # for the worker processes
    failures = common.Failures()
    sieve = Sieve.of(language, site)
    if engine is Engine.SPARK:
        if jobs is not None:
            raise UsageError("--jobs is for this machine's cores", mend="a cluster's are in Spark's settings")
        from bialign.running import spark as cluster

        session = cluster.start(_settings(spark))
        try:
            summary = cluster.run(
                inputs,
                out,
                spark=session,
                parquet=parquet,
                page_timeout=page_timeout,
                on_error=failures.note,
                sieve=sieve,
                warc=warc,
            )
        finally:
            session.stop()
    elif spark or parquet:
        raise UsageError("--spark and --parquet are for --engine spark")
    else:
        from bialign.running import local

        summary = local.run(
            inputs,
            out,
            jobs=jobs,
            page_timeout=page_timeout,
            on_error=failures.note,
            sieve=sieve,
            warc=warc,
        )
    if as_json:
        sys.stdout.writelines(summary.as_json())
        typer.echo()
    else:
        typer.echo(summary.as_text())
    failures.leave()


def _settings(given: list[str]) -> dict[str, str]:
    settings = {}
    for item in given:
        name, equals, value = item.partition("=")
        if not (name and equals):
            raise UsageError(f"not a setting of Spark: {item!r}", mend="NAME=VALUE, as spark.master=local[2]")
        settings[name] = value
    return settings
