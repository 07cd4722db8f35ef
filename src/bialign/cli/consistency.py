"""``bialign consistency``: who spells which name how, since when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from bialign.cli.common import complain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bialign.lexicon.lexicon import Lexicon
    from bialign.model import Page


def consistency(
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
    as_json: bool = typer.Option(False, "--json", help="The whole report as JSON."),
) -> None:
    """Evaluate how consistently names are spelled: per name, translator, outlet, month."""
    from bialign.evaluation.consistency import consistency as evaluate
    from bialign.evaluation.inputs import load_pages
    from bialign.evaluation.showing import summary
    from bialign.files import writing

    pages = [page for name in inputs for page in load_pages(name)]
    report = evaluate(pages, open_lexicon(lexicon, pages), by)
    with writing(out) as stream:
        stream.write(report.to_json() if as_json else summary(report))
    if report.unmatched:
        complain(f"{report.unmatched} names in the pages belong to no entry and are in no figure")


def open_lexicon(path: str | None, pages: Sequence[Page]) -> Lexicon:
    """The lexicon at ``path``, or one built from the pages.

    Raises:
        StoreError: it cannot be opened.
    """
    from bialign.lexicon.lexicon import Lexicon, build_lexicon

    return Lexicon.open(path) if path else build_lexicon(pages)
