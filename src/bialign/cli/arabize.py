"""``bialign arabize``: English names to Arabic spellings."""

from __future__ import annotations

import typer


def arabize(
    names: list[str] = typer.Argument(
        None, metavar="[NAME...]", help="English names, or files of them, or -; left out: standard input."
    ),
    inputs: list[str] = typer.Option([], "-f", "--file", metavar="FILE", help="Names in a file, one a line."),
    *,
    n: int = typer.Option(1, "-n", min=1, max=50, help="Spellings a name."),
    out: str = typer.Option("-", "-o", "--out", metavar="FILE", help="Where to write."),
    as_json: bool = typer.Option(False, "--json", help="One JSON object a name."),
) -> None:
    """Spell English names in Arabic, the likeliest spellings first."""
    from bialign.cli.naming import transliterate
    from bialign.names.transliteration import arabize_many

    transliterate(names, inputs, out, lambda some: arabize_many(some, n), script="Latin", as_json=as_json)
