"""Raw pages as rows: a page or what is wrong, at its place in the input."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

import pyarrow as pa

from bialign.errors import BialignError
from bialign.files import dumps
from bialign.model import RawPage
from bialign.pages.opening import LARGEST

#: A raw page (``RawPage`` as JSON) and its place in the input, file and record; or what is wrong there.
RAW: Final = "file long, at long, raw string, error string"
RAW_SCHEMA: Final = pa.schema(
    [("file", pa.int64()), ("at", pa.int64()), ("raw", pa.string()), ("error", pa.string())]
)
_ROWS: Final = 64

Row = tuple[int, int, str | None, str | None]
Rows = Iterator[Row]
Batches = Iterator[pa.RecordBatch]


def numbered(file: int, read: Callable[..., Iterator[RawPage]]) -> Rows:
    """The pages and the errors of one file, in order."""
    errors: list[BialignError] = []
    at = 0
    try:
        for page in read(on_error=errors.append):
            for error in errors:
                yield file, (at := at + 1), None, str(error)
            errors.clear()
            yield file, (at := at + 1), dumps(page), None
    except BialignError as last:
        errors.append(last)
    for error in errors:
        yield file, (at := at + 1), None, str(error)


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


def row_of(file: int, at: int, make: Callable[[], RawPage]) -> Row:
    """The page that ``make`` makes, or what it says is wrong."""
    try:
        return file, at, dumps(make()), None
    except BialignError as error:
        return file, at, None, str(error)


def with_columns(batch: pa.RecordBatch, **columns: Sequence[int]) -> pa.RecordBatch:
    """A batch with more columns of whole numbers."""
    for name, values in columns.items():
        batch = batch.append_column(name, pa.array(values, pa.int64()))
    return batch
