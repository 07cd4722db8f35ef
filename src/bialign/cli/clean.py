"""``bialign clean``: scraped pages to clean records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from bialign.errors import BialignError
    from bialign.model import Page, RawPage

#: One colour a kind, for ``--explain``.
COLOURS = {
    "title": "bold green",
    "body": "default",
    "headline": "yellow",
    "dateline": "cyan",
    "credits": "magenta",
    "date": "blue",
    "category": "bright_cyan",
    "tag": "bright_magenta",
    "caption": "bright_yellow",
    "navigation": "bright_black",
    "boilerplate": "bright_black",
}


def clean(
    inputs: list[str] = typer.Argument(
        metavar="INPUT...", help="Files (text, HTML, JSON lines, WARC, packed or not), folders, globs, or -."
    ),
    out: str = typer.Option("-", "-o", "--out", metavar="FILE", help="Where to write the records."),
    encoding: str | None = typer.Option(None, help="Read in this encoding; detected if left out."),
    field: list[str] = typer.Option([], metavar="OURS=THEIRS", help="JSON lines: a field's name there."),
    template: str | None = typer.Option(None, metavar="FILE", help="Use the site templates saved here."),
    save_template: str | None = typer.Option(
        None, metavar="FILE", help="Save the site templates learned from the inputs."
    ),
    explain: bool = typer.Option(False, help="Show every page with its labels instead of the records."),
    drop_report: bool = typer.Option(
        False, help="Say on standard error what was left out of bodies, and why."
    ),
) -> None:
    """Separate pages: body, title, credits, dates and the rest, one JSON record a page.

    The inputs are read twice: once to learn what the pages of a site share, once to label.
    """
    from rich.console import Console

    from bialign.cli.common import Failures
    from bialign.errors import UsageError
    from bialign.files import write_jsonl
    from bialign.pages.reading import field_names, read_pages
    from bialign.pages.separating import separate_all
    from bialign.pages.sites import Sites, learn_sites

    failures = Failures()
    fields = field_names(field)
    templates = Sites.load(template) if template else None

    def read(names: Iterable[str], note: Callable[[BialignError], None]) -> Iterator[RawPage]:
        for name in names:
            yield from read_pages(name, encoding=encoding, fields=fields, on_error=note)

    if save_template and "-" in inputs:
        raise UsageError("templates of standard input cannot be saved", mend="give files or a folder")
    if templates is None and "-" not in inputs:
        templates = learn_sites(read(inputs, lambda _: None))
    if save_template and templates is not None:
        templates.save(save_template)
    pages = separate_all(read(inputs, failures.note), templates)
    dropped: Counter[tuple[str, str]] = Counter()
    if drop_report:
        pages = _counted(pages, dropped)
    if explain:
        console = Console(highlight=False, soft_wrap=True)
        for page in pages:
            _explain(page, console)
    else:
        write_jsonl(pages, out)
    if drop_report:
        _report(dropped, Console(stderr=True, highlight=False, soft_wrap=True))
    failures.leave()


def _counted(pages: Iterable[Page], dropped: Counter[tuple[str, str]]) -> Iterator[Page]:
    """Pass pages on and count the characters that no body holds."""
    for page in pages:
        for segment in page.segments:
            if segment.kind != "body":
                length = len(page.text[segment.start : segment.end].strip())
                dropped[segment.kind, segment.reason.split("“")[0].split(" at ")[0].strip()] += length
        yield page


def _report(dropped: Counter[tuple[str, str]], console: Console) -> None:
    console.print("characters left out of bodies")
    for (kind, reason), count in dropped.most_common():
        console.print(f"{count:>10,}  {kind:<12} {reason}", markup=False)


def _explain(page: Page, console: Console) -> None:
    from rich.text import Text

    console.rule(Text(page.source))
    for segment in page.segments:
        told = " ".join(page.text[segment.start : segment.end].split())
        if told:
            label = Text(f"{segment.kind:<12}", style=COLOURS[segment.kind])
            console.print(
                label, Text(told, style=COLOURS[segment.kind]), Text(f"[{segment.reason}]", style="dim")
            )
    facts = {
        "published": page.published,
        "updated": page.updated,
        "language": page.language,
        "site": page.site,
    }
    told = ", ".join(f"{key} {value}" for key, value in facts.items() if value)
    credited = ", ".join(f"{credit.role} {credit.name}" for credit in page.credits)
    console.print(Text(f"→ {told}; {credited or 'no credits'}", style="bold"))
    for warning in page.warnings:
        console.print(Text(f"! {warning}", style="red"))
