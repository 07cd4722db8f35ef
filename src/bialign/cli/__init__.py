"""The command line: one module a command, gathered here.

A module here imports typer and little else; what a command needs is imported when it runs, so
that ``bialign --help`` answers at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import typer

from bialign.cli import common
from bialign.cli.commands import Command, Group

#: Set by the shell when it asks what may follow on the command line.
_COMPLETING = "_BIALIGN_COMPLETE"


def build_app() -> typer.Typer:
    """The typer application with every command."""
    from bialign.cli import (
        align,
        arabize,
        clean,
        consistency,
        lexicon,
        match,
        names,
        normalize,
        quality,
        report,
        romanize,
        run,
    )

    app = typer.Typer(
        name="bialign",
        cls=Group,
        help="Arabic-English text alignment: clean pages, a name-variant lexicon, consistency.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,  # plain help; rich would cost more than all else at start-up
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_options)
    commands: list[Callable[..., None]] = [run.run, clean.clean, normalize.normalize]
    commands += [romanize.romanize, arabize.arabize, match.match, names.names]
    commands += [consistency.consistency, quality.quality, report.report]
    for command in commands:
        app.command(cls=Command)(command)
    app.add_typer(align.app, name="align")
    app.add_typer(lexicon.app, name="lexicon")
    return app


def _version(wanted: bool) -> None:
    if wanted:
        from bialign.version import __version__

        typer.echo(f"bialign {__version__}")
        raise typer.Exit


def _options(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version and leave."
    ),
) -> None:
    """Arabic-English text alignment: clean pages, a name-variant lexicon, consistency."""


def main() -> None:
    """Entry point of the ``bialign`` command: every error is one line, never a traceback.

    typer's own way of ending is not used: it prints wrong use on several lines, and ends with 1,
    the code for findings, where the reader of the output goes away.
    """
    from bialign.errors import BialignError

    if _COMPLETING in os.environ:
        build_app()(prog_name="bialign")
    command = typer.main.get_command(build_app())
    try:
        with command.make_context("bialign", sys.argv[1:]) as context:
            command.invoke(context)
        sys.stdout.flush()
    except typer.Exit as leaving:
        sys.exit(leaving.exit_code)
    except typer.TyperException as error:
        common.complain_of_use(error)
        sys.exit(common.WRONG)
    except BialignError as error:
        common.complain(error)
        sys.exit(common.WRONG)
    except BrokenPipeError:
        _let_go_of_output()
        sys.exit(0)
    except OSError as error:
        # what no command names for itself, such as a full disk behind standard output
        _let_go_of_output()
        where = f"{error.filename}: " if error.filename else ""
        common.complain(f"{where}{error.strerror or error}")
        sys.exit(common.WRONG)
    except MemoryError:
        common.complain("not enough memory (give it less at a time, or shorter lines)")
        sys.exit(common.WRONG)
    except KeyboardInterrupt as stop:
        common.complain(str(stop) or "interrupted")
        sys.exit(130)


def _let_go_of_output() -> None:
    """Nobody reads standard output any more: the interpreter must not flush it as it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
