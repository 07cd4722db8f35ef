"""Entries as JSON lines: the form of ``lexicon.jsonl``, nothing lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO

from bialign.files import dumps, read_jsonl
from bialign.lexicon.exchange.reading import checked
from bialign.model import Entry


def write(entries: Iterable[Entry], out: IO[str]) -> int:
    """One entry a line, in its JSON form."""
    count = 0
    for entry in entries:
        out.write(dumps(entry) + "\n")
        count += 1
    return count


def read(path: str) -> Iterator[Entry]:
    """Entries of JSON lines.

    Raises:
        InputError: the file cannot be read, a line is no entry, or an id comes twice.
    """
    yield from checked(((f"line {number}", data) for number, data in read_jsonl(path)), path)
