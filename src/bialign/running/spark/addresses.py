"""Addresses that Spark reads: rows of Parquet, lines of JSON lines, whole files of anything else."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812  (Spark's own custom)

from bialign.files import unpacked
from bialign.pages.reading import form_of, page_from_line, page_from_record, read_stream
from bialign.pages.wanted import Sieve
from bialign.running.spark.rows import RAW, Batches, Rows, batched, numbered, row_of, with_columns

#: Endings of JSON lines.
LINES: Final = (".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class How:
    """How inputs are read.

    Args:
        fields: for JSON lines and Parquet, our field name → theirs.
        wanted: says which pages are kept; all if null.
        warc: WARC and WET files only.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    wanted: Sieve | None = None
    warc: bool = False


def read_address(spark: SparkSession, number: int, name: str, how: How) -> DataFrame:
    """One address: rows of Parquet, lines of JSON lines, whole files of anything else."""
    form = form_of(name)
    if form == ".parquet":
        return _parquet(spark, number, name, how)
    if form in LINES and not name.endswith(".zst"):
        return _text_lines(spark, number, name, how)
    return _binary(spark, number, name, how)


def _ordered(frame: DataFrame) -> DataFrame:
    """The rows numbered from one within each file, in the file's order.

    The rows of a partition are in the order of its file pieces; a first pass counts them.
    """
    before: dict[str, dict[int, int]] = {}
    files: dict[str, int] = {}
    for piece in frame.groupBy("path", "block").count().orderBy("path", "block").collect():
        counts = before.setdefault(piece.path, {-1: 0})
        files.setdefault(piece.path, len(files))
        counts[piece.block] = counts[-1]
        counts[-1] += piece["count"]

    def numbered(given: Batches) -> Batches:
        seen: dict[tuple[str, int], int] = {}
        for batch in given:
            numbers, order = [], []
            for path, block in zip(batch["path"].to_pylist(), batch["block"].to_pylist(), strict=True):
                seen[path, block] = seen.get((path, block), 0) + 1
                numbers.append(before[path][block] + seen[path, block])
                order.append(files[path])
            yield with_columns(batch, number=numbers, file=order)

    schema = ", ".join(f"`{field.name}` {field.dataType.simpleString()}" for field in frame.schema)
    return frame.mapInArrow(numbered, schema + ", number long, file long")


def _text_lines(spark: SparkSession, number: int, name: str, how: How) -> DataFrame:
    lines = spark.read.option("lineSep", "\n").text(name)
    placed = lines.select(
        F.col("value").cast("binary").alias("line"),
        F.col("_metadata.file_path").alias("path"),
        F.col("_metadata.file_block_start").alias("block"),
    )

    def batches(given: Batches) -> Batches:
        def rows() -> Rows:
            for batch in given:
                for row in batch.to_pylist():
                    if row["line"].strip():
                        make = partial(
                            page_from_line, row["line"], row["path"], row["number"], fields=how.fields
                        )
                        yield row_of(number + row["file"], row["number"], make, how.wanted)

        yield from batched(rows())

    return _ordered(placed).mapInArrow(batches, RAW)


def _parquet(spark: SparkSession, number: int, name: str, how: How) -> DataFrame:
    frame = spark.read.parquet(name)
    there = [field.name for field in frame.schema]
    record = F.to_json(F.struct(*(F.col(f"`{column}`") for column in there)))
    placed = frame.select(
        record.alias("record"),
        F.col("_metadata.file_path").alias("path"),
        F.col("_metadata.row_index").alias("block"),
    ).withColumn("number", F.col("block") + 1)
    files = {
        row.path: at for at, row in enumerate(placed.select("path").distinct().orderBy("path").collect())
    }

    def batches(given: Batches) -> Batches:
        def rows() -> Rows:
            for batch in given:
                for row in batch.to_pylist():
                    row["file"] = files[row["path"]]
                    record = json.loads(row["record"])
                    make = partial(page_from_record, record, row["path"], row["number"], how.fields)
                    yield row_of(number + row["file"], row["number"], make, how.wanted)

        yield from batched(rows())

    return placed.mapInArrow(batches, RAW)


def _binary(spark: SparkSession, number: int, name: str, how: How) -> DataFrame:
    files = spark.read.format("binaryFile").load(name).select("path", "content")
    order = {row.path: at for at, row in enumerate(files.select("path").orderBy("path").collect())}

    def batches(given: Batches) -> Batches:
        for batch in given:
            for item in batch.to_pylist():
                stream = unpacked(io.BufferedReader(io.BytesIO(item["content"])))
                read = partial(read_stream, stream, item["path"], fields=how.fields)
                yield from batched(numbered(number + order[item["path"]], read, how.wanted))

    return files.mapInArrow(batches, RAW)
