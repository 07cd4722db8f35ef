"""What the commands share: error lines, exit codes, per-input failures."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import NoReturn, TypeVar

import typer

from bialign.errors import BialignError

T = TypeVar("T")
R = TypeVar("R")

#: Exit codes: findings of a check, and wrong use or unreadable input.
FINDINGS, WRONG = 1, 2


def complain(error: BialignError | str) -> None:
    """Print one line on standard error, control characters made visible."""
    line = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in str(error))
    print(f"bialign: {line}", file=sys.stderr)


def complain_of_use(error: typer.TyperException) -> None:
    """Print one line on wrong use and where help is; for no arguments at all, the help itself."""
    context = getattr(error, "ctx", None)
    message = error.format_message().replace("Value error, ", "")  # pydantic's word for it
    if "\n" in message:
        typer.echo(message, err=True)
        return
    complain(f"{message.rstrip('.')} (see {context.command_path if context else 'bialign'} --help)")


def stop(error: BialignError | str) -> NoReturn:
    """Print the error and leave with the code for wrong use or unreadable input."""
    complain(error)
    raise typer.Exit(WRONG)


class Failures:
    """Counts the inputs that failed, so that the rest go on and the exit code tells.

    Use ``each`` around the work on every input and ``leave`` at the end.
    """

    def __init__(self) -> None:
        self.count = 0

    def note(self, error: BialignError) -> None:
        """Report one failed input."""
        self.count += 1
        complain(error)

    def each(self, items: Iterable[T], work: Callable[[T], Iterable[R]]) -> Iterator[R]:
        """What ``work`` yields for every item; an item that raises is reported and left."""
        for item in items:
            try:
                yield from work(item)
            except BialignError as error:
                self.note(error)

    def leave(self) -> None:
        """Exit with code 2 if anything failed."""
        if self.count:
            raise typer.Exit(WRONG)
