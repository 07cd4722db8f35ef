"""The lexicon in other people's formats: one module a format, each with ``write`` and ``read``.

A writer takes entries and an open text stream and returns how many it wrote; a reader takes a
path and yields entries. What each format keeps and loses is in docs/formats.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from bialign.errors import InputError, UsageError
from bialign.files import writing
from bialign.lexicon.exchange import ftm, geonames, jsonl, moses, skos, tables, tbx, tmx
from bialign.lexicon.exchange.tables import COLUMNS, rows
from bialign.model import Entry

__all__ = ["COLUMNS", "FORMATS", "Format", "export", "format_of", "read", "rows"]


@dataclass(frozen=True, slots=True)
class Format:
    """One format.

    Args:
        endings: file endings it is told by, with the dot.
        write: entries to an open text stream; null if it is only read.
        read: a path to entries; null if it is only written.
        write_files: instead of ``write``, for a format of more than one file.
    """

    endings: tuple[str, ...]
    write: Callable[[Iterable[Entry], IO[str]], int] | None = None
    read: Callable[[str], Iterator[Entry]] | None = None
    write_files: Callable[[Iterable[Entry], str | Path], int] | None = None


#: Every format by name.
FORMATS: Final[dict[str, Format]] = {
    "jsonl": Format((".jsonl", ".ndjson"), jsonl.write, jsonl.read),
    "tsv": Format((".tsv", ".tab"), tables.write_tsv, tables.read_tsv),
    "csv": Format((".csv",), tables.write_csv, tables.read_csv),
    "tmx": Format((".tmx",), tmx.write, tmx.read),
    "tbx": Format((".tbx",), tbx.write, tbx.read),
    "tbx2008": Format((".tbx2",), tbx.write_2008, tbx.read),
    "skos": Format((".ttl",), skos.write),
    "ftm": Format((".ftm.json", ".ftm"), ftm.write, ftm.read),
    "geonames": Format((), read=geonames.read),
    "moses": Format((".moses",), write_files=moses.write),
}


def format_of(path: str | Path, name: str | None = None) -> Format:
    """The format of that name, else the one the file's ending tells.

    Raises:
        UsageError: no such format, or the ending tells none.
    """
    if name is not None:
        if name not in FORMATS:
            raise UsageError(f"no format {name!r}", mend=f"one of {', '.join(FORMATS)}")
        return FORMATS[name]
    for known in FORMATS.values():
        if known.endings and str(path).lower().endswith(known.endings):
            return known
    raise UsageError(
        "the ending tells no format", path=str(path), mend=f"say which: one of {', '.join(FORMATS)}"
    )


def export(entries: Iterable[Entry], path: str | Path, name: str | None = None) -> int:
    """Write entries to a file, whole or not at all; returns how many.

    Raises:
        UsageError: no such format, or it is only read.
        InputError: the file cannot be written; one already there is as it was.
    """
    chosen = format_of(path, name)
    try:
        if chosen.write_files is not None:
            return chosen.write_files(entries, path)
        if chosen.write is None:
            raise UsageError(f"{name or path} is a format for import only")
        with writing(path) as out:
            return chosen.write(entries, out)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise InputError(f"cannot write: {error.strerror}", path=str(path)) from error


def read(path: str | Path, name: str | None = None) -> Iterator[Entry]:
    """Entries of a file in one of the formats.

    Raises:
        UsageError: no such format, or it is only written.
        InputError: the file is not in it; the line says where and what to mend.
    """
    reader = format_of(path, name).read
    if reader is None:
        raise UsageError(f"{name or path} is a format for export only")
    return reader(str(path))
