"""``bialign report``: one HTML file a person opens."""

from __future__ import annotations

import typer


def report(
    inputs: list[str] = typer.Argument(
        ..., metavar="INPUT...", help="pages.jsonl from `bialign clean`, or - for standard input."
    ),
    *,
    lexicon: str | None = typer.Option(
        None, "-l", "--lexicon", metavar="FILE", help="A lexicon; built from the pages if left out."
    ),
    by: list[str] | None = typer.Option(
        None, "--by", help="Group by translator, outlet, month …; may be repeated."
    ),
    out: str = typer.Option("-", "-o", "--out", metavar="FILE", help="Where to write."),
) -> None:
    """Write pages, names, spellings and who used them as one self-contained HTML page."""
    from bialign.cli.consistency import open_lexicon
    from bialign.evaluation.consistency import consistency
    from bialign.evaluation.inputs import load_all_pages
    from bialign.report.html import write_report

    pages = load_all_pages(inputs)
    names = open_lexicon(lexicon, pages)
    write_report(pages, names, consistency(pages, names, by), out)
