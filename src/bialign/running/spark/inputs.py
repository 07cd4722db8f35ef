"""Inputs as a data frame of raw pages: what each input holds, read where the executors are.

A path of this machine (or of a file system that all machines share) is read by bialign's own reader,
a large JSON lines file in pieces; an address (``s3a://``, ``hdfs://``, ``file:///``) by Spark's.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from pyspark.sql import DataFrame, SparkSession

from bialign.errors import BialignError, InputError, UsageError
from bialign.files import STANDARD, expand, opened
from bialign.model import RawPage
from bialign.pages.opening import LARGEST
from bialign.pages.reading import PACKED, form_of, page_from_line, read_pages, read_stream
from bialign.pages.wanted import Sieve
from bialign.pages.warc import is_warc
from bialign.running.spark.addresses import LINES, How, read_address
from bialign.running.spark.rows import RAW, Batches, Row, Rows, batched, numbered, row_of, with_columns

#: Bytes of an uncompressed JSON lines file that are read as one piece.
PIECE: Final = 4_000_000
#: An address may name many files: an input's number is shifted so far to make room for theirs.
SHIFT: Final = 32


def read_raw(
    spark: SparkSession,
    inputs: Iterable[str],
    how: How | None = None,
    piece: int = PIECE,
) -> DataFrame:
    """The raw pages of all inputs, as ``RAW``; nothing is read yet.

    Args:
        spark: the session.
        inputs: paths, folders, globs, or addresses that Spark reads (globs too).
        how: fields, and which pages are wanted.
        piece: bytes of a JSON lines file that one task reads.

    Raises:
        UsageError: standard input was named.
        InputError: there is no input.
    """
    how = how or How()
    parts: list[DataFrame] = []
    names: list[tuple[int, str]] = []
    unread: list[Row] = []
    for place, (name, given) in enumerate(_listed(inputs)):
        number = place << SHIFT
        if "://" in name:
            parts.append(read_address(spark, number, name, how))
        elif not Path(name).is_file():
            unread += numbered(number, partial(read_pages, name))
        elif not how.warc or is_warc(name):
            names.append((number, name))
        elif not Path(given).is_dir():
            error = InputError("not a WARC file", path=name, mend="leave out --warc to read it")
            unread.append((number, 0, None, str(error), None))
    if unread:
        parts.append(spark.createDataFrame(unread, RAW))
    whole = [item for item in names if not _in_pieces(item[1])]
    if whole:
        placed = [(number, name, _absolute(name)) for number, name in whole]
        schema = "number long, name string, path string"
        parts.append(_spread(spark, placed, schema).mapInArrow(_whole(how), RAW))
    cut = [item for item in names if _in_pieces(item[1])]
    if cut:
        parts.append(_pieces(spark, cut, how, piece))
    if not parts:
        raise InputError("nothing to read", mend="name files, folders or addresses")
    out = parts[0]
    for part in parts[1:]:
        out = out.unionByName(part)
    return out


def _listed(inputs: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Files, each with what the person gave: paths expanded as everywhere else, addresses as they are.

    Parquet is Spark's to read wherever it is.
    """
    for given in inputs:
        if given == STANDARD:
            raise UsageError("a cluster cannot read standard input", mend="name files or addresses")
        for name in [given] if "://" in given else expand([given]):
            ours = "://" in name or form_of(name) != ".parquet"
            yield name if ours else Path(name).absolute().as_uri(), given


def _absolute(name: str) -> str:
    return str(Path(name).absolute())


def _in_pieces(name: str) -> bool:
    """Whether a file is uncompressed JSON lines, so that a reader can begin in its middle."""
    path = Path(name)
    if form_of(name) not in LINES or path.suffix.lower() in PACKED or not path.is_file():
        return False
    with path.open("rb") as stream:
        return not stream.read(4).startswith((b"\x1f\x8b", b"\x28\xb5\x2f\xfd"))


def _spread(spark: SparkSession, rows: Sequence[tuple[Any, ...]], schema: str) -> DataFrame:
    """Rows over many partitions, neighbours together."""
    slices = min(len(rows), 8 * spark.sparkContext.defaultParallelism)
    return spark.createDataFrame(spark.sparkContext.parallelize(rows, slices), schema)


# --- files read whole


def _whole(how: How) -> Callable[[Batches], Batches]:
    def batches(given: Batches) -> Batches:
        for batch in given:
            for item in batch.to_pylist():
                read = partial(_read, item["path"], item["name"], how.fields)
                yield from batched(numbered(item["number"], read, how.wanted))

    return batches


def _read(
    path: str,
    name: str,
    fields: Mapping[str, str],
    on_error: Callable[[BialignError], None],
    sieve: Sieve | None,
) -> Iterator[RawPage]:
    """The pages of a file that the person called by another name, relative to where they are."""
    with opened(path, called=name) as stream:
        yield from read_stream(stream, name, fields=fields, on_error=on_error, sieve=sieve)


# --- JSON lines in pieces


def _pieces(spark: SparkSession, files: Sequence[tuple[int, str]], how: How, size: int) -> DataFrame:
    rows = [
        (number, name, _absolute(name), start, start + size)
        for number, name in files
        for start in range(0, max(Path(name).stat().st_size, 1), size)
    ]
    schema = "number long, name string, path string, start long, stop long"
    counted = _spread(spark, rows, schema).mapInArrow(_counted, schema + ", lines long, blank long").collect()
    lines: list[tuple[int, str, str, int, int, int]] = []
    before: dict[int, int] = {}
    held: dict[int, int] = {}
    for piece in sorted(counted, key=lambda row: (row.number, row.start)):
        begin = before.get(piece.number, 0)
        lines.append((piece.number, piece.name, piece.path, piece.start, piece.stop, begin))
        before[piece.number] = begin + piece.lines
        held[piece.number] = held.get(piece.number, 0) + piece.lines - piece.blank
    frame = _spread(spark, lines, schema + ", before long").mapInArrow(_cut(how), RAW)
    empty = [(number, name) for number, name in files if not held[number]]
    if not empty:
        return frame
    told = [
        (number, 0, None, str(InputError("empty file", path=name, mend="one JSON object a line")), None)
        for number, name in empty
    ]
    return frame.unionByName(spark.createDataFrame(told, RAW))


def _lines(name: str, start: int, stop: int) -> Iterator[bytes]:
    """The lines that begin in a piece; one too long is cut, so that its reader sees it is."""
    with Path(name).open("rb") as stream:
        if start:
            stream.seek(start - 1)
            _skip_line(stream)
        while stream.tell() < stop:
            line = stream.readline(LARGEST + 1)
            if not line:
                return
            if len(line) > LARGEST and not line.endswith(b"\n"):
                _skip_line(stream)
            yield line


def _skip_line(stream: io.BufferedReader) -> None:
    while (rest := stream.readline(LARGEST)) and not rest.endswith(b"\n"):
        pass


def _counted(given: Batches) -> Batches:
    for batch in given:
        rows = batch.to_pylist()
        lines, blank = [0] * len(rows), [0] * len(rows)
        for at, row in enumerate(rows):
            for line in _lines(row["path"], row["start"], row["stop"]):
                lines[at] += 1
                blank[at] += not line.strip()
        yield with_columns(batch, lines=lines, blank=blank)


def _cut(how: How) -> Callable[[Batches], Batches]:
    def read(piece: Mapping[str, Any]) -> Rows:
        lines = _lines(piece["path"], piece["start"], piece["stop"])
        for number, line in enumerate(lines, piece["before"] + 1):
            if line.strip():
                make = partial(page_from_line, line, piece["name"], number, fields=how.fields)
                yield row_of(piece["number"], number, make, how.wanted)

    def batches(given: Batches) -> Batches:
        for batch in given:
            yield from batched(row for piece in batch.to_pylist() for row in read(piece))

    return batches
