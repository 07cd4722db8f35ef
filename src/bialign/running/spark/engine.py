"""The whole job on a Spark cluster: what one machine gives, and the same as Parquet.

Executors read and separate the pages, find their names, meet them with the Arabic and count them.
The driver gets the counts, of which it makes the entries, and a stream of records, which it writes to
the usual files one after the other: it holds no more of them than one partition.
"""

from __future__ import annotations

import json
import os
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
from py4j.protocol import Py4JError
from pyspark import StorageLevel
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812  (Spark's own custom)

from bialign import pipeline
from bialign.align.documents import Floats, page_vectors
from bialign.errors import BialignError, InputError, UsageError
from bialign.lexicon.building import placed, resolve_observed
from bialign.lexicon.groups import Key
from bialign.lexicon.lexicon import Lexicon
from bialign.lexicon.observing import find_originals, observe_page
from bialign.lexicon.store import Resolution, Script
from bialign.model import Entry, Page
from bialign.pages.wanted import Sieve
from bialign.pages.written import PageLine, WrittenPages
from bialign.pipeline import Notes, Summary
from bialign.running.local import PAGE_TIMEOUT, set_aside, sifted
from bialign.running.progress import Progress
from bialign.running.results import from_data
from bialign.running.spark.addresses import How
from bialign.running.spark.frames import aside, batched, entry_frame, in_time, observe_raw, plain, seen_of
from bialign.running.spark.inputs import read_raw
from bialign.running.spark.rows import Batches
from bialign.running.spark.schemas import OBSERVED, PAGE, VECTOR, ddl
from bialign.running.spark.sites import learn
from bialign.running.spark.tallies import Tallies
from bialign.text.encoder import WIDTH

#: The folder of the Parquet results inside OUT.
PARQUET: Final = "parquet"
_KEPT: Final = StorageLevel.MEMORY_AND_DISK


def run(
    inputs: Iterable[str | Path],
    out: str | Path,
    *,
    spark: SparkSession | None = None,
    parquet: str | None = None,
    page_timeout: float = PAGE_TIMEOUT,
    sieve: Sieve | None = None,
    warc: bool = False,
    on_error: Callable[[BialignError], None] | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Do the whole job on some inputs with a Spark cluster and write the results into a folder.

    The usual files are those of ``running.local.run``. Beside them the pages, the occurrences of
    names (each with its entry) and the entries are written as Parquet, by the executors.

    Args:
        inputs: files, folders and globs that every executor sees under the same path, or addresses
            that Spark reads (``s3a://``, ``hdfs://``, ``file:///``): JSON lines, Parquet, text, HTML, WARC.
        out: the folder of the driver to write; made if it does not exist.
        spark: the session; the running one, or one made from Spark's own settings, if left out.
        parquet: address of the Parquet results; ``OUT/parquet`` if left out.
        page_timeout: seconds that one page may take.
        sieve: keeps the wanted pages; all if left out. It counts the others, in the summary and in
            ``out/passed_over.json``.
        warc: read WARC and WET files only.
        on_error: called with the error of each input that cannot be read and each page set aside;
            without it the first such error is raised.
        progress: is told which stage the run is in.

    Returns:
        What was done.

    Raises:
        InputError: nothing could be read, or ``out`` cannot be written.
        UsageError: standard input was named.
    """
    progress = progress or Progress()
    folder = pipeline.out_folder(out)
    notes = Notes(on_error)
    names = [str(name) for name in inputs]
    session = spark or start()
    address = parquet or (folder.absolute() / PARQUET).as_uri()
    with pipeline.scratch_folder(folder, folder) as scratch, _Frames() as frames:
        raw = frames.keep(read_raw(session, names, How(wanted=sieve, warc=warc)))
        with progress.stage("templates"):
            if sieve is not None:
                _count_passed(raw, sieve)
            sites = learn(raw)
        observed = frames.keep(observe_raw(raw.filter("passed IS NULL"), sites, page_timeout))
        with progress.stage("names"):
            _note_unread(observed, notes)
            pages, keys = _written(observed, scratch)
        if not len(pages):
            mend = f"passed over: {', '.join(sieve.passed)}" if sieve is not None and sieve.passed else None
            raise InputError("no page to read in " + (", ".join(names) or "nothing"), mend=mend)
        with progress.stage("parallel pages"):
            observed = frames.keep(_with_originals(observed, pages, keys, scratch, page_timeout))
        _set_aside(observed, folder, notes)
        tallies = Tallies(observed.filter("seen IS NOT NULL").select("file", "at", "id", "seen"))
        with progress.stage("lexicon"):
            resolved = resolve_observed(tallies)
            _write_parquet(observed, tallies, resolved.entries, resolved.owners, address)
            lexicon = Lexicon()
            seen = (from_data(json.loads(row.seen)) for row in _ordered(observed, "seen"))
            lexicon.observe(seen, paired=True)
            lexicon.install(
                Resolution(
                    resolved.entries, placed(lexicon.store, tallies.home, tallies.senses, resolved.owners)
                )
            )
            tallies.close()
        with progress.stage("report"):
            summary = pipeline.finish(pages, lexicon, folder, notes.lines, scratch)
        return sifted(summary, sieve, folder)


def start(settings: Mapping[str, str] | None = None) -> SparkSession:
    """The session that runs, or a new one.

    Args:
        settings: Spark's, beside those of its own files and of ``spark-submit``.

    Raises:
        UsageError: Spark cannot start.
    """
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    told = {"spark.ui.showConsoleProgress": str(sys.stderr.isatty()).lower(), "spark.log.level": "ERROR"}
    builder = SparkSession.builder.appName("bialign")
    for name, value in {**told, **(settings or {})}.items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except (PySparkException, Py4JError, OSError) as error:
        lines = str(error).strip().splitlines()
        why = lines[0] if lines else type(error).__name__
        raise UsageError(f"Spark cannot start: {why}", mend="is Java 17 there, and its master?") from error


class _Frames:
    """Data frames kept while the run needs them."""

    def __init__(self) -> None:
        self._held: list[DataFrame] = []

    def keep(self, frame: DataFrame) -> DataFrame:
        self._held.append(frame.persist(_KEPT))
        return frame

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for frame in self._held:
            frame.unpersist()


def _ordered(observed: DataFrame, *columns: str) -> Iterator[Any]:
    """Rows in the order of the input, a partition at a time."""
    there = observed.filter(F.col(columns[0]).isNotNull())
    return iter(there.select("file", "at", *columns).orderBy("file", "at").toLocalIterator())


def _count_passed(raw: DataFrame, sieve: Sieve) -> None:
    for row in raw.filter("passed IS NOT NULL").groupBy("passed").count().toLocalIterator():
        for reason, times in json.loads(row.passed).items():
            sieve.passed[reason] += times * row["count"]
    sieve.kept += raw.filter("raw IS NOT NULL").count()


def _note_unread(observed: DataFrame, notes: Notes) -> None:
    for row in _ordered(observed, "error"):
        notes(InputError(row.error))


def _written(observed: DataFrame, scratch: Path) -> tuple[WrittenPages, Sequence[tuple[int, int]]]:
    """The page records in a file, and where each page stands in the input."""
    places = (array("q"), array("q"))

    def lines() -> Iterator[PageLine]:
        for row in _ordered(observed, "page", "language", "day"):
            places[0].append(row.file)
            places[1].append(row.at)
            yield PageLine((row.page + "\n").encode(), row.language, row.day)

    pages = WrittenPages(lines(), scratch / "pages.jsonl")
    return pages, list(zip(*places, strict=True))


def _with_originals(
    observed: DataFrame,
    pages: WrittenPages,
    keys: Sequence[tuple[int, int]],
    scratch: Path,
    limit: float,
) -> DataFrame:
    """The pages, those that tell an Arabic page's story observed anew beside it."""
    if not {"ar", "en"} <= set(pages.languages):
        return observed
    told = observed.filter("language IN ('ar', 'en')").select("file", "at", "page")
    vectors = told.mapInArrow(_vectors, ddl(VECTOR))
    with (scratch / "vectors").open("w+b") as file:
        numbers = {key: number for number, key in enumerate(keys)}
        rows = np.full(len(keys), -1, np.int64)
        for place, row in enumerate(vectors.orderBy("file", "at").toLocalIterator()):
            rows[numbers[row.file, row.at]] = place
            file.write(row.vector)
        file.flush()
        held = np.memmap(file, np.float32, "r").reshape(-1, WIDTH)
        originals = find_originals(pages, lambda wanted: held[rows[np.asarray(wanted)]])
    if not originals:
        return observed
    pairs = [(*keys[en], *keys[ar]) for en, ar in sorted(originals.items())]
    found = observed.sparkSession.createDataFrame(pairs, "file long, at long, ar_file long, ar_at long")
    arabic = told.select(
        F.col("file").alias("ar_file"), F.col("at").alias("ar_at"), F.col("page").alias("original")
    )
    beside = observed.join(found.join(arabic, ["ar_file", "ar_at"]), ["file", "at"])
    return observed.join(found, ["file", "at"], "left_anti").unionByName(
        beside.drop("ar_file", "ar_at").mapInArrow(_beside(limit), ddl(OBSERVED))
    )


def _vectors(given: Batches) -> Batches:
    for batch in given:
        rows = batch.to_pylist()
        vectors: Floats = page_vectors([Page.from_dict(json.loads(row["page"])) for row in rows])
        told = ({**row, "vector": vector.tobytes()} for row, vector in zip(rows, vectors, strict=True))
        yield from batched(told, VECTOR)


def _beside(limit: float) -> Callable[[Batches], Batches]:
    def observe(row: Mapping[str, Any]) -> dict[str, Any]:
        page, original = (Page.from_dict(json.loads(row[name])) for name in ("page", "original"))
        try:
            with in_time(limit):
                return {**row, "seen": seen_of(observe_page(page, original))}
        except Exception:  # noqa: BLE001  (whatever the pages do to us stands beside them, and the rest goes on)
            why = BialignError("could not be read beside the Arabic page that tells its story")
            return {**row, **aside(page, why)}

    def batches(given: Batches) -> Batches:
        rows = (row for batch in given for row in batch.to_pylist())
        yield from batched(map(observe, rows), OBSERVED)

    return batches


def _set_aside(observed: DataFrame, folder: Path, notes: Notes) -> None:
    """Name what was left out; the file goes when there is nothing."""
    set_aside([(row.source, row.aside) for row in _ordered(observed, "source", "aside")], folder, notes)


def _write_parquet(
    observed: DataFrame,
    tallies: Tallies,
    entries: Sequence[Entry],
    owners: Mapping[tuple[Script, Key], str],
    address: str,
) -> None:
    def pages(given: Batches) -> Batches:
        rows = (row for batch in given for row in batch.to_pylist())
        yield from batched((plain(Page.from_dict(json.loads(row["page"]))) for row in rows), PAGE)

    there = observed.filter("page IS NOT NULL").select("page")
    there.mapInArrow(pages, ddl(PAGE)).write.mode("overwrite").parquet(f"{address}/pages")
    entry_frame(observed, entries).write.mode("overwrite").parquet(f"{address}/lexicon")
    held = [(script, key, owner) for (script, key), owner in sorted(owners.items())]
    homes = observed.sparkSession.createDataFrame(held, "script string, key string, entry string")
    joined = tallies.occurrences().join(homes, ["script", "key"], "left").drop("key")
    joined.write.mode("overwrite").parquet(f"{address}/occurrences")
