"""``bialign romanize``: Arabic names to English spellings."""

from __future__ import annotations

import typer


def romanize(
    names: list[str] = typer.Argument(
        None, metavar="[NAME...]", help="Arabic names, or files of them, or -; left out: standard input."
    ),
    inputs: list[str] = typer.Option([], "-f", "--file", metavar="FILE", help="Names in a file, one a line."),
    *,
    n: int = typer.Option(1, "-n", min=1, max=50, help="Spellings a name."),
    country: str | None = typer.Option(None, "--country", help="ISO 3166-1 code: its spelling habits."),
    scheme: str | None = typer.Option(None, "--scheme", help="A scholarly scheme (buckwalter, hsb …)."),
    out: str = typer.Option("-", "-o", "--out", metavar="FILE", help="Where to write."),
    as_json: bool = typer.Option(False, "--json", help="One JSON object a name."),
) -> None:
    """Spell Arabic names in English, the likeliest spellings first."""
    from bialign.cli.naming import transliterate
    from bialign.names.transliteration import romanize_many

    if country is not None:
        _check(country)

    transliterate(
        names,
        inputs,
        out,
        lambda some: romanize_many(some, n, country, scheme),
        script="Arabic",
        as_json=as_json,
    )


def _check(country: str) -> None:
    """Raise a UsageError for what is no country's code, which would else be passed over."""
    from bialign.errors import UsageError
    from bialign.names.gazetteer import territories

    # CLDR also has codes of the world's regions, and some that no country may get.
    regions = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}
    if country.upper() not in {g.country for g in territories() if g.country.isalpha()} - regions:
        raise UsageError(f"no country {country!r}", mend="two letters of ISO 3166-1, such as SY or DZ")
