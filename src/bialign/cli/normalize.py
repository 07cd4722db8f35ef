"""``bialign normalize``: text or a field of JSON lines through a normalisation profile."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import typer

from bialign.cli import common
from bialign.errors import BialignError, InputError, UsageError
from bialign.files import STANDARD, dumps, expand, opened, writing

if TYPE_CHECKING:
    from bialign.text.offsets import Normalized

Normalize = Callable[[str], "Normalized"]

# A wrong field name is wrong on every line; after this many the rest are counted.
_TOLD = 10


def normalize(
    inputs: list[str] = typer.Argument(
        None, metavar="[INPUT...]", help="Files, folders, globs, or - for standard input (the default)."
    ),
    profile: str = typer.Option(
        "light",
        "-p",
        "--profile",
        help="unicode, clean, light, search, match; readable, key for Latin names.",
    ),
    field: str | None = typer.Option(
        None, "--field", metavar="NAME", help="Read JSON lines; normalise this field."
    ),
    offsets: bool = typer.Option(
        False, "--offsets", help="Also write where each character comes from (as JSON)."
    ),
    persian: bool | None = typer.Option(
        None, "--persian/--no-persian", help="Fold Persian and Urdu letters to the Arabic ones, or keep them."
    ),
    digits: bool | None = typer.Option(
        None, "--digits/--no-digits", help="Write Arabic and Persian digits as 0 to 9, or keep them."
    ),
    joiner: str | None = typer.Option(
        None, "--joiner", metavar="keep|space|drop", help="What a zero-width non-joiner becomes."
    ),
    chat: bool = typer.Option(
        False, "--chat", help="Latin: read 2, 3, 5, 6, 7, 9 inside words as Arabic letters."
    ),
    out: str = typer.Option(STANDARD, "-o", "--out", metavar="FILE", help="Where to write."),
) -> None:
    """Normalise text line by line, or one field of JSON lines."""
    try:
        work = _chosen(profile, persian, digits, joiner, chat=chat)
    except BialignError as error:
        common.stop(error)
    failures = common.Failures()
    with writing(out, "wb") as sink:
        for path in expand(inputs or [STANDARD]):
            try:
                told = 0
                for number, line in _lines(path):
                    try:
                        sink.write(_line(line, field, work, offsets=offsets))
                    except BialignError as error:
                        told += 1
                        if told <= _TOLD:
                            error.path, error.place = path, f"line {number}"
                            failures.note(error)
                if told > _TOLD:
                    failures.note(InputError(f"{told - _TOLD} more lines left out", path=path))
            except BialignError as error:
                failures.note(error)
    failures.leave()


def _chosen(
    profile: str, persian: bool | None, digits: bool | None, joiner: str | None, *, chat: bool
) -> Normalize:
    """The normaliser asked for, tried once so that a wrong option is told before any input is read."""
    from bialign.text.arabic import PROFILES, normalize_arabic
    from bialign.text.latin import LATIN_PROFILES, normalize_latin

    if profile not in (*PROFILES, *LATIN_PROFILES):
        raise UsageError(f"no profile {profile!r}", mend=f"one of {', '.join((*PROFILES, *LATIN_PROFILES))}")
    if profile in LATIN_PROFILES:
        if (persian, digits, joiner) != (None, None, None):
            raise UsageError(f"--persian, --digits and --joiner do not go with the Latin profile {profile!r}")
        return lambda text: normalize_latin(text, profile, chat=chat)
    if chat:
        raise UsageError(f"--chat does not go with the Arabic profile {profile!r}")

    def work(text: str) -> Normalized:
        return normalize_arabic(text, profile, persian=persian, digits=digits, joiner=joiner)

    work("")
    return work


def _lines(path: str) -> Iterator[tuple[int, bytes]]:
    """Lines of a file or of standard input, unpacked, numbered from one."""
    with opened(path) as lines:
        yield from enumerate(lines, 1)


def _line(line: bytes, field: str | None, work: Normalize, *, offsets: bool) -> bytes:
    """One line of output for one line of input."""
    try:
        text = line.decode()
    except UnicodeDecodeError as error:
        place = f"byte {error.start + 1} of the line"
        raise InputError(f"not UTF-8 at {place}", mend="convert the file to UTF-8") from error
    body = text.rstrip("\r\n")
    if field is not None:
        return _record(body, field, work, offsets=offsets)
    done = work(body)
    if offsets:
        return f"{dumps(done.to_dict())}\n".encode()
    return f"{done.text}{text[len(body) :]}".encode()


def _record(body: str, field: str, work: Normalize, *, offsets: bool) -> bytes:
    """A JSON object with one field normalised; a blank line stays out."""
    if not body.strip():
        return b""
    try:
        record: Any = json.loads(body.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"not JSON: {error}") from error
    if not isinstance(record, dict):
        raise InputError("not a JSON object", mend="one object a line")
    if field not in record:
        raise InputError(f"no field {field!r}", mend=f"the line has {', '.join(record) or 'none'}")
    value = record[field]
    if isinstance(value, str):
        done = work(value)
        record[field] = done.text
        if offsets:
            record[f"{field}_offsets"] = done.offsets.tolist()
    elif isinstance(value, list) and all(isinstance(item, str) for item in value):
        several = [work(item) for item in value]
        record[field] = [done.text for done in several]
        if offsets:
            record[f"{field}_offsets"] = [done.offsets.tolist() for done in several]
    elif value is not None:
        raise InputError(f"field {field!r} is neither text nor a list of texts")
    return f"{dumps(record)}\n".encode()
