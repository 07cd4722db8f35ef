"""Commands that start at once: what is text already is taken as it stands.

typer gives every value of the command line to pydantic, whose import costs more than all else at
start-up. A value that has its parameter's type already, as most have, needs no such judge; numbers
and choices that a user wrote still go to it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

#: Types whose values arrive as they are wanted.
_AS_GIVEN = (str, list[str])


class Command(TyperCommand):
    """A command for ``typer.Typer.command(cls=Command)``."""

    def get_params(self, ctx: Any) -> list[Any]:
        """The parameters, each taking what needs no coercing as it stands."""
        return _as_given(super().get_params(ctx))


class Group(TyperGroup):
    """A group of commands for ``typer.Typer(cls=Group)``."""

    def get_params(self, ctx: Any) -> list[Any]:
        """The parameters, each taking what needs no coercing as it stands."""
        return _as_given(super().get_params(ctx))


def _as_given(parameters: list[Any]) -> list[Any]:
    for parameter in parameters:
        if "process_value" not in vars(parameter):
            parameter.process_value = _taker(parameter)
    return parameters


def _taker(parameter: TyperArgument | TyperOption) -> Callable[[Any, Any], Any]:
    """A parameter's ``process_value`` that passes what needs no coercing."""
    judged = parameter.process_value
    several = parameter.multiple or parameter.nargs == -1
    as_given = parameter.type_descriptor.annotation in _AS_GIVEN

    def take(context: Any, value: Any) -> Any:
        given = value is not None and (as_given or value is parameter.default)
        if not given and (value is not None or parameter.required):
            return judged(context, value)
        taken = value if given else () if several else None
        if parameter.required and parameter.value_is_missing(taken):
            return judged(context, value)
        return parameter.callback(context, parameter, taken) if parameter.callback else taken

    return take
