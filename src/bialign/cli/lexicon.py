"""``bialign lexicon``: build, look up, merge, export, import, count, decide, compare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bialign.cli import common

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bialign.lexicon.lexicon import Lexicon
    from bialign.model import Page

app = typer.Typer(help="Build, search, exchange and correct the name-variant lexicon.", no_args_is_help=True)

LexiconPath = Annotated[str, typer.Argument(metavar="LEXICON", help="A lexicon file (.db).")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON lines.")]
OutOption = Annotated[str, typer.Option("-o", "--out", metavar="FILE", help="File to write.")]


@app.command()
def build(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...",
            help="Page records, parallel text (JSON lines, TSV, Moses x.ar x.en), - for standard input.",
        ),
    ],
    out: OutOption,
    add: Annotated[bool, typer.Option("--add", help="Add to the lexicon in FILE instead.")] = False,
) -> None:
    """Make a lexicon of pages, of parallel text, or of both."""
    from bialign.files import expand
    from bialign.lexicon.lexicon import Lexicon

    failures = common.Failures()
    pages: list[Page] = []
    pairs: list[tuple[str, str]] = []
    for item in failures.each(_inputs(expand(inputs)), lambda paths: _read(*paths)):
        if isinstance(item, tuple):
            pairs.append(item)
        else:
            pages.append(item)
    with Lexicon.open(out) if add else Lexicon() as lexicon:
        if pages or pairs or not failures.count:
            lexicon.add(pages, pairs)
            lexicon.save(out)
            typer.echo(
                f"{len(lexicon)} names of {len(pages)} pages and {len(pairs)} pairs in {out}", err=True
            )
    failures.leave()


def _inputs(paths: Iterator[str]) -> Iterator[tuple[str, str | None]]:
    from bialign.lexicon.exchange.bitext import pair_up

    yield from pair_up(paths)


def _read(path: str, partner: str | None) -> Iterator[Page | tuple[str, str]]:
    """Pages and pairs of one input."""
    from bialign.errors import InputError
    from bialign.files import read_jsonl
    from bialign.lexicon.exchange import bitext
    from bialign.model import Page

    if partner is not None:
        yield from bitext.read_moses(path, partner)
    elif path.endswith(".tsv"):
        yield from bitext.read_tsv(path)
    else:
        for number, data in read_jsonl(path):
            if "segments" not in data:
                yield bitext.of_record(data, path, f"line {number}")
                continue
            try:
                page = Page.from_dict(data)
            except (KeyError, TypeError) as error:
                raise InputError(
                    f"not a page record: {error}",
                    path=path,
                    place=f"line {number}",
                    mend="make it with bialign clean",
                ) from error
            yield page


@app.command()
def lookup(
    lexicon: LexiconPath,
    names: Annotated[list[str], typer.Argument(metavar="NAME...", help="Names in either script.")],
    limit: Annotated[int, typer.Option("-n", "--limit", min=1, help="Entries for each name.")] = 5,
    as_json: AsJson = False,
) -> None:
    """Look names up: either script, misspelt or only begun; every answer says why."""
    from bialign.files import dumps

    with _open(lexicon) as opened:
        for name in names:
            found = opened.lookup(name, limit)
            if as_json:
                typer.echo(dumps({"query": name, "found": [f.to_dict() for f in found]}))
                continue
            typer.echo(f"{name}: {len(found) or 'nothing'} found")
            for f in found:
                spellings = ", ".join(f"{v.text} ({v.count})" for v in f.entry.variants)
                typer.echo(f"  {f.probability:.2f}  {f.entry.ar or '—'}  {f.entry.type}  {f.entry.status}")
                typer.echo(f"        {spellings}")
                typer.echo(f"        {f.why}; id {f.entry.id}")


@app.command()
def export(
    lexicon: LexiconPath,
    out: Annotated[str, typer.Option("-o", "--out", metavar="FILE", help="File to write.")] = "-",
    form: Annotated[
        str | None, typer.Option("-f", "--format", help="Format; from FILE's ending if left out.")
    ] = None,
) -> None:
    """Write the lexicon in a format of others."""
    with _open(lexicon) as opened:
        count = opened.export(out, form or ("jsonl" if out == "-" else None))
    if out != "-":
        typer.echo(f"{count} names in {out}", err=True)


def _open(path: str) -> Lexicon:
    from bialign.lexicon.lexicon import Lexicon

    return Lexicon.open(path)
