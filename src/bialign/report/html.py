"""The report as one HTML file that needs no server and no network."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from bialign.evaluation.gathering import NameLexicon
from bialign.evaluation.records import ConsistencyReport
from bialign.files import writing
from bialign.model import Page


@cache
def _template() -> Template:
    loader = PackageLoader("bialign.report", "templates")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("report.html.j2")


def write_report(
    pages: Iterable[Page], lexicon: NameLexicon, report: ConsistencyReport, path: str | Path
) -> None:
    """Write pages, names, spellings and who used them as one self-contained HTML file.

    Args:
        pages: the separated pages, shown with their segments.
        lexicon: its entries are listed, those that no page has too.
        report: of these pages and this lexicon.
        path: the file to write, ``-`` for standard output; it appears whole or not at all.

    Raises:
        InputError: the file cannot be written.
    """
    text = _template().render(pages=list(pages), entries=list(lexicon.entries()), report=report)
    with writing(path) as stream:
        stream.write(text)
