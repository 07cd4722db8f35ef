"""``bialign clean``: scraped pages to clean records."""

from __future__ import annotations

import typer


def clean(
    inputs: list[str] = typer.Argument(
        metavar="INPUT...", help="Files, folders, globs, or - for standard input."
    ),
    out: str = typer.Option("-", "-o", "--out", metavar="FILE", help="Where to write the records."),
    encoding: str | None = typer.Option(None, help="Read in this encoding; detected if left out."),
    field: list[str] = typer.Option(
        [], metavar="OURS=THEIRS", help="JSON lines: a field's name in the file."
    ),
) -> None:
    """Separate pages: body, title, credits, dates and the rest, one JSON record a page."""
    from bialign.cli.common import Failures
    from bialign.files import write_jsonl
    from bialign.pages.reading import field_names, read_pages
    from bialign.pages.separating import separate_all

    failures = Failures()
    fields = field_names(field)
    raws = (
        raw
        for name in inputs
        for raw in read_pages(name, encoding=encoding, fields=fields, on_error=failures.note)
    )
    write_jsonl(separate_all(raws), out)
    failures.leave()
