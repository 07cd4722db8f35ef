"""The report as one HTML file that needs no server and no network."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from bialign.evaluation.gathering import NameLexicon
from bialign.evaluation.records import ConsistencyReport
from bialign.files import writing
from bialign.model import Page
from bialign.pages.written import held
from bialign.report.payload import as_script, payload

#: Parts of the page's script, in order; one closure holds them.
SCRIPTS: Final = ("base.js", "charts.js", "names.js", "name.js", "pages.js", "views.js", "main.js")
#: Names listed for a reader whose browser runs no scripts.
LISTED: Final = 500


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("bialign.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html.j2")


@cache
def _asset(name: str) -> str:
    return files("bialign.report").joinpath("templates", name).read_text("utf-8")


@cache
def _script() -> str:
    parts = "\n".join(_asset(name) for name in SCRIPTS)
    return f'"use strict";\n(() => {{\n{parts}\n}})();\n'


def write_report(
    pages: Iterable[Page], lexicon: NameLexicon, report: ConsistencyReport, path: str | Path
) -> None:
    """Write pages, names, spellings and who used them as one self-contained HTML file.

    Text from pages is data to the page's script, which only ever makes text of it; a content
    security policy lets the browser run that script alone and load nothing.

    Args:
        pages: the separated pages, shown with their segments.
        lexicon: its entries are listed, those that no page has too.
        report: of these pages and this lexicon.
        path: the file to write, ``-`` for standard output; it appears whole or not at all.

    Raises:
        InputError: the file cannot be written.
    """
    data = payload(held(pages), lexicon, report)
    script = _script()
    text = _template().render(
        style=Markup(_asset("report.css")),  # noqa: S704  (our own file)
        script=Markup(script),  # noqa: S704  (our own file)
        digest=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        data=Markup(as_script(data)),  # noqa: S704  (escaped by as_script)
        names=data["names"][:LISTED],
        total=len(data["names"]),
        report=report,
    )
    with writing(path) as stream:
        stream.write(text)
