"""``bialign match``: are two names one name?"""

from __future__ import annotations

import typer


def match(
    names: list[str] = typer.Argument(
        None, metavar="[NAME NAME | NAME...]", help="Two names; with --against any number."
    ),
    inputs: list[str] = typer.Option(
        [], "-f", "--file", metavar="FILE", help="Tab-separated pairs; with --against one name a line."
    ),
    *,
    against: str | None = typer.Option(
        None, "--against", metavar="FILE", help="Rank this list for every name, best first."
    ),
    n: int = typer.Option(5, "-n", min=1, help="Names shown of the list, for each name."),
    explain: bool = typer.Option(False, "--explain", help="Show the alignment."),
    out: str = typer.Option("-", "-o", "--out", metavar="FILE", help="Where to write."),
    as_json: bool = typer.Option(False, "--json", help="One JSON object a pair."),
) -> None:
    """Say how probably two names, in any script, are the same name."""
    from bialign.cli import common, naming
    from bialign.errors import BialignError, UsageError
    from bialign.files import STANDARD, writing

    failures = common.Failures()
    try:
        with writing(out) as stream:
            if against is not None:
                ranked = naming.rank(naming.gather(names, inputs, failures), against, n)
                naming.write_matches(stream, ranked, explain=explain, as_json=as_json)
                failures.leave()
                return
            if names == [STANDARD]:
                names = []
            if names and len(names) != 2:
                raise UsageError("match takes two names", mend="or --against FILE, or pairs with -f FILE")
            pairs = naming.gather_pairs(names, inputs, failures)
            naming.write_matches(stream, naming.judge(pairs), explain=explain, as_json=as_json)
    except BialignError as error:
        common.stop(error)
    failures.leave()
