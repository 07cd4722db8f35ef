"""Raw pages as rows: a page or what is wrong, at its place in the input."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Final

import pyarrow as pa

from bialign.errors import BialignError
from bialign.files import dumps
from bialign.model import RawPage
from bialign.pages.opening import LARGEST
from bialign.pages.wanted import Sieve

#: A raw page (``RawPage`` as JSON) and its place in the input, file and record; or what is wrong there; or
#: how many pages were passed over by why (JSON).
RAW: Final = "file long, at long, raw string, error string, passed string"
RAW_SCHEMA: Final = pa.schema(
    {
        "file": pa.int64(),
        "at": pa.int64(),
        "raw": pa.string(),
        "error": pa.string(),
        "passed": pa.string(),
    }
)
_ROWS: Final = 64

Row = tuple[int, int, str | None, str | None, str | None]
Rows = Iterator[Row]
Batches = Iterator[pa.RecordBatch]


def fresh(wanted: Sieve | None) -> Sieve | None:
    """A sieve for one file: as the one given, with nothing counted yet."""
    return None if wanted is None else Sieve(wanted.languages, wanted.sites)


def numbered(file: int, read: Callable[..., Iterator[RawPage]], wanted: Sieve | None = None) -> Rows:
    """The pages and the errors of one file, in order, and what was passed over of it.

    Args:
        file: its place in the input.
        read: reads it; takes ``on_error`` and ``sieve`` as ``pages.reading`` does.
        wanted: says which pages are kept.
    """
    errors: list[BialignError] = []
    sieve, at = fresh(wanted), 0
    try:
        for page in read(on_error=errors.append, sieve=sieve):
            for error in errors:
                yield file, (at := at + 1), None, str(error), None
            errors.clear()
            if sieve is None or sieve.has(page):
                yield file, (at := at + 1), dumps(page), None, None
    except BialignError as last:
        errors.append(last)
    for error in errors:
        yield file, (at := at + 1), None, str(error), None
    if sieve is not None and sieve.passed:
        yield file, (at := at + 1), None, None, json.dumps(sieve.passed)


def batched(rows: Rows) -> Batches:
    """Rows as Arrow batches that stay small, however large the pages are."""
    held: list[Row] = []
    size = 0
    for row in rows:
        held.append(row)
        size += len(row[2] or "")
        if len(held) >= _ROWS or size > LARGEST:
            yield _batch(held)
            held, size = [], 0
    if held:
        yield _batch(held)


def _batch(rows: Sequence[Row]) -> pa.RecordBatch:
    columns = [
        pa.array(column, kind.type) for column, kind in zip(zip(*rows, strict=True), RAW_SCHEMA, strict=True)
    ]
    return pa.RecordBatch.from_arrays(columns, schema=RAW_SCHEMA)


def row_of(file: int, at: int, make: Callable[[], RawPage], wanted: Sieve | None = None) -> Row:
    """The page that ``make`` makes, or what it says is wrong, or why it is not wanted."""
    try:
        page = make()
    except BialignError as error:
        return file, at, None, str(error), None
    sieve = fresh(wanted)
    if sieve is None or sieve.has(page):
        return file, at, dumps(page), None, None
    return file, at, None, None, json.dumps(sieve.passed)


def with_columns(batch: pa.RecordBatch, **columns: Sequence[int]) -> pa.RecordBatch:
    """A batch with more columns of whole numbers."""
    for name, values in columns.items():
        batch = batch.append_column(name, pa.array(values, pa.int64()))
    return batch
