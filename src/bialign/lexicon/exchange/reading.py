"""What the readers share: text files opened with errors that say where, entries checked."""

from __future__ import annotations

import io
import re
import typing
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO, Any, Final

from bialign.errors import InputError
from bialign.files import opened
from bialign.model import Entry, EvidenceKind, NameType, Status

_TYPES: Final = typing.get_args(NameType)
_STATUSES: Final = typing.get_args(Status)
_KINDS: Final = typing.get_args(EvidenceKind)
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
#: The largest count that every reader of JSON holds exactly.
_MOST: Final = 2**53
_FORM: Final = "see docs/formats.md"


@contextmanager
def open_text(path: str) -> Iterator[IO[str]]:
    """Open a UTF-8 text file (``-`` is standard input), byte order mark or not, line ends as they are.

    Raises:
        InputError: it cannot be read, or (while it is read) is not UTF-8.
    """
    try:
        with opened(path) as stream:
            yield io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    except UnicodeDecodeError as error:
        raise InputError(
            "not UTF-8", path=path, place=f"byte {error.start}", mend="convert it to UTF-8"
        ) from error


def checked(data: Iterable[tuple[str, dict[str, Any]]], path: str) -> Iterator[Entry]:
    """Entries of their JSON forms.

    Args:
        data: ``(place in the file, JSON form)``.
        path: the file, for errors.

    Raises:
        InputError: one is no entry, or has an id that an earlier one has.
    """
    seen: set[str] = set()
    for place, plain in data:
        try:
            entry = Entry.from_dict(plain)
        except KeyError as error:
            raise InputError(f"no {error}", path=path, place=place, mend=_FORM) from error
        except (TypeError, AttributeError) as error:
            raise InputError(f"not an entry: {error}", path=path, place=place, mend=_FORM) from error
        fault = next(_faults(entry), None)
        if fault is None and entry.id in seen:
            fault = f"the id {entry.id!r} a second time"
        if fault:
            raise InputError(fault, path=path, place=place, mend=_FORM)
        seen.add(entry.id)
        yield entry


def _faults(entry: Entry) -> Iterator[str]:
    """What is wrong with an entry that has all its keys."""
    values: list[tuple[str, Any, type | tuple[type, ...]]] = [
        ("id", entry.id, str),
        ("ar", entry.ar, (str, type(None))),
        ("canonical", entry.canonical, str),
        ("probability", entry.probability, (int, float)),
    ]
    for v in entry.variants:
        values += [("text", v.text, str), ("count", v.count, int), ("pages", v.pages, int)]
        values += [("first", v.first, (str, type(None))), ("last", v.last, (str, type(None)))]
        values += [("difference", code, str) for code in v.differences]
    for e in entry.evidence:
        values += [("detail", e.detail, str), ("source", e.source, str)]
        if e.kind not in _KINDS:
            yield f"evidence of kind {e.kind!r}"
    for name, value, kind in values:
        if not isinstance(value, kind) or isinstance(value, bool):
            yield f"{name} cannot be {value!r}"
        elif isinstance(value, str) and _SURROGATE.search(value):
            yield f"{name} holds half a character: {value!a}"
        elif isinstance(value, int) and not 0 <= value <= _MOST:
            yield f"{name} cannot be {value:.3g}"
    if isinstance(entry.probability, float) and not 0 <= entry.probability <= 1:
        yield f"probability cannot be {entry.probability}"
    if entry.type not in _TYPES:
        yield f"type cannot be {entry.type!r}"
    if entry.status not in _STATUSES:
        yield f"status cannot be {entry.status!r}"
    if not entry.id:
        yield "an empty id"
    if not entry.variants:
        yield "no variants"
    if len({v.text for v in entry.variants}) < len(entry.variants):
        yield "one spelling twice"
