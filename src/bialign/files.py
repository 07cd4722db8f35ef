"""Files and streams: which inputs a person named, JSON lines, and writes that are whole or not at all."""

from __future__ import annotations

import glob
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from bialign.errors import InputError
from bialign.model import Record

#: The name that means standard input or output.
STANDARD = "-"


def expand(inputs: str | Path | Iterable[str | Path]) -> Iterator[str]:
    """The files behind what a person named: files as they are, folders walked, globs expanded.

    Args:
        inputs: paths, folders, globs, or ``-``; one of them, or many.

    Yields:
        One path a file, a folder's in sorted order, hidden files left out. A path that does not
        exist is yielded as it is, so that reading it says so.
    """
    for name in map(str, [inputs] if isinstance(inputs, str | Path) else inputs):
        # os.path, unlike Path before Python 3.14, takes a name too long for the system as absent
        if name == STANDARD or os.path.isfile(name):  # noqa: PTH113  (see above)
            yield name
        elif os.path.isdir(name):  # noqa: PTH112  (see above)
            for folder, folders, files in os.walk(name):
                folders[:] = sorted(f for f in folders if not f.startswith("."))
                yield from (str(Path(folder, f)) for f in sorted(files) if not f.startswith("."))
        else:
            yield from sorted(glob.glob(name, recursive=True)) or [name]  # noqa: PTH207  (Path.glob refuses absolute patterns)


@contextmanager
def writing(path: str | Path, mode: str = "w") -> Iterator[IO[Any]]:
    """Open ``path`` for writing so that it appears whole or not at all.

    The text goes to a temporary file beside it, is flushed to disk, and takes the name in one
    step when the block ends without an error. ``-`` is standard output.

    Raises:
        InputError: the folder does not exist, cannot be written, or the disk is full.
    """
    if str(path) == STANDARD:
        yield sys.stdout.buffer if "b" in mode else sys.stdout
        sys.stdout.flush()
        return
    target = Path(path)
    encoding = None if "b" in mode else "utf-8"
    newline = None if "b" in mode else "\n"
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        raise InputError(f"cannot write: {error.strerror}", path=str(path)) from error
    try:
        with os.fdopen(handle, mode, encoding=encoding, newline=newline) as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        umask = os.umask(0)
        os.umask(umask)
        Path(temporary).chmod(0o666 & ~umask)
        Path(temporary).replace(target)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise InputError(f"cannot write: {error.strerror}", path=str(path)) from error
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def dumps(value: Record | dict[str, Any]) -> str:
    """One line of JSON: keys in order, UTF-8 text as it is, lone surrogates escaped."""
    plain = value.to_dict() if isinstance(value, Record) else value
    line = json.dumps(plain, ensure_ascii=False)
    if line.isascii():
        return line
    try:
        line.encode()
    except UnicodeEncodeError:
        return json.dumps(plain, ensure_ascii=True)
    return line


def write_jsonl(records: Iterable[Record | dict[str, Any]], path: str | Path) -> int:
    """Write one JSON object a line, atomically; returns how many."""
    count = 0
    with writing(path) as out:
        for record in records:
            out.write(dumps(record) + "\n")
            count += 1
    return count


def read_jsonl(path: str | Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Read JSON lines, blank lines passed over.

    Args:
        path: a file, or ``-`` for standard input.

    Yields:
        The line's number (from one) and its object.

    Raises:
        InputError: the file cannot be read, or a line is no JSON object.
    """
    try:
        lines: IO[bytes] = sys.stdin.buffer if str(path) == STANDARD else Path(path).open("rb")  # noqa: SIM115  (closed below)
    except OSError as error:
        raise InputError(f"cannot read: {error.strerror}", path=str(path)) from error
    with lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                value = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise InputError(f"not JSON: {error}", path=str(path), place=f"line {number}") from error
            if not isinstance(value, dict):
                raise InputError(
                    "not a JSON object", path=str(path), place=f"line {number}", mend="one object a line"
                )
            yield number, value
