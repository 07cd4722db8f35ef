"""Pages and names as data frames: the stages of a run as functions of a person's own Spark job."""

from __future__ import annotations

import functools
import json
import signal
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F  # noqa: N812  (Spark's own custom)

from bialign.errors import BialignError
from bialign.files import dumps
from bialign.lexicon.building import resolve_observed
from bialign.lexicon.observations import storable
from bialign.lexicon.observing import Observation, observe_page
from bialign.model import Entry, Page, RawPage, Record
from bialign.pages.reading import page_from_record
from bialign.pages.separating import raw_page, separate
from bialign.pages.sites import Sites
from bialign.running.results import to_data
from bialign.running.spark import sites as spark_sites
from bialign.running.spark.rows import RAW, RAW_SCHEMA, Batches
from bialign.running.spark.schemas import ENTRY, OBSERVED, PAGE, SEEN, ddl
from bialign.running.spark.tallies import Tallies

#: Rows of a batch that goes back to Spark.
_ROWS: Final = 64


def clean_pages(
    frame: DataFrame, fields: Mapping[str, str] | None = None, *, page_timeout: float = 60.0
) -> DataFrame:
    """Separate pages: the English body from the Arabic metadata, as ``bialign.separate`` does.

    Args:
        frame: one page a row, in a column ``text`` or ``html``; ``url``, ``crawled``, ``id`` and
            ``source`` are used where they are there. It is read three times: cache it if it is dear.
        fields: our field name → the column's.
        page_timeout: seconds a page may take.

    Returns:
        The fields of ``bialign.model.Page`` as columns. A row that holds no page, and a page that
        fails or takes too long, has its source and its error in ``warnings`` and nothing else.
    """
    raw = _raw(frame, dict(fields or {}))
    learned = _as_json(spark_sites.learn(raw))

    def batches(given: Batches) -> Batches:
        sites = _sites(learned)
        yield from batched((_cleaned(row, sites, page_timeout) for row in _rows(given)), PAGE)

    return raw.mapInArrow(batches, ddl(PAGE))


def build_lexicon(pages: DataFrame) -> DataFrame:
    """The name-variant lexicon of pages.

    Names are found and counted where the pages are; what reaches the driver is counts, as many as
    there are names and spellings. An Arabic page is not looked for among the others by its English
    translation: ``run`` does that.

    Args:
        pages: what ``clean_pages`` gave.

    Returns:
        The fields of ``bialign.model.Entry`` as columns, in the order of ``lexicon.jsonl``.
    """

    def batches(given: Batches) -> Batches:
        told = (row for row in _rows(given) if row["id"] is not None)
        yield from batched(
            (
                {"file": 0, "at": 0, "id": row["id"], "seen": seen_of(observe_page(Page.from_dict(row)))}
                for row in told
            ),
            SEEN,
        )

    seen = pages.mapInArrow(batches, ddl(SEEN)).persist()
    try:
        entries = resolve_observed(Tallies(seen)).entries
    finally:
        seen.unpersist()
    return entry_frame(pages, entries)


def entry_frame(like: DataFrame, entries: Iterable[Entry]) -> DataFrame:
    """Entries as a data frame, in the order of ``lexicon.jsonl``."""
    ordered = sorted(entries, key=lambda entry: (entry.canonical.casefold(), entry.id))
    table = pa.Table.from_pylist([plain(entry) for entry in ordered], schema=ENTRY)
    return like.sparkSession.createDataFrame(table)


def observe_raw(raw: DataFrame, sites: Sites, limit: float) -> DataFrame:
    """Separate pages and find their names, on the pages themselves.

    Args:
        raw: as ``rows.RAW``.
        sites: the templates.
        limit: seconds a page may take.

    Returns:
        As ``schemas.OBSERVED``.
    """
    learned = _as_json(sites)

    def batches(given: Batches) -> Batches:
        known = _sites(learned)
        yield from batched((_observed(row, known, limit) for row in _rows(given)), OBSERVED)

    return raw.mapInArrow(batches, ddl(OBSERVED))


def plain(record: Record) -> dict[str, Any]:
    """A record as JSON-ready data that Arrow can hold: a lone surrogate becomes ``?``."""
    data = record.to_dict()
    line = json.dumps(data, ensure_ascii=False)
    kept = storable(line)
    return data if kept == line else dict(json.loads(kept))


def seen_of(observation: Observation) -> str:
    """An observation as one line of JSON, as a store would keep it."""
    return storable(json.dumps(to_data(observation), ensure_ascii=False))


def batched(rows: Iterable[Mapping[str, Any]], schema: pa.Schema) -> Batches:
    """Rows as Arrow batches."""
    held: list[Mapping[str, Any]] = []
    for row in rows:
        held.append(row)
        if len(held) >= _ROWS:
            yield pa.RecordBatch.from_pylist(held, schema=schema)
            held = []
    if held:
        yield pa.RecordBatch.from_pylist(held, schema=schema)


@contextmanager
def in_time(limit: float) -> Iterator[None]:
    """Work that may take so many seconds.

    Raises:
        TimeoutError: it took longer; only in the main thread, where Python lets itself be interrupted.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def overdue(*_: object) -> None:
        raise TimeoutError(f"took longer than {limit:g} seconds")

    before = signal.signal(signal.SIGALRM, overdue)
    signal.setitimer(signal.ITIMER_REAL, limit)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _rows(given: Batches) -> Iterator[dict[str, Any]]:
    return (row for batch in given for row in batch.to_pylist())


def _raw(frame: DataFrame, fields: Mapping[str, str]) -> DataFrame:
    """A person's frame as ``rows.RAW``, in its order."""
    record = F.to_json(F.struct(*(F.col(f"`{field.name}`") for field in frame.schema)))
    numbered = frame.select(record.alias("record"), F.monotonically_increasing_id().alias("at"))

    def batches(given: Batches) -> Batches:
        yield from batched((_raw_row(row, fields) for row in _rows(given)), RAW_SCHEMA)

    return numbered.mapInArrow(batches, RAW)


def _raw_row(row: Mapping[str, Any], fields: Mapping[str, str]) -> dict[str, Any]:
    data, number = json.loads(row["record"]), row["at"] + 1
    name = str(data.get("source") or data.get(fields.get("url", "url")) or f"row#{number}")
    told = {"file": 0, "at": row["at"], "raw": None, "error": None, "passed": None}
    try:
        page = page_from_record(data, name, number, fields).to_dict() | {"source": name}
    except BialignError as error:
        return told | {"error": str(error)}
    return told | {"raw": dumps(page)}


def _cleaned(row: Mapping[str, Any], sites: Sites, limit: float) -> dict[str, Any]:
    if row["raw"] is None:
        return {"warnings": [storable(row["error"])]}
    raw = raw_page(json.loads(row["raw"]))
    try:
        with in_time(limit):
            return plain(separate(raw, sites.of(raw)))
    except Exception as error:  # noqa: BLE001  (whatever a page does to us stands beside it, and the rest goes on)
        return {"source": storable(raw.source), "warnings": [storable(f"set aside: {_why(error)}")]}


def _observed(row: Mapping[str, Any], sites: Sites, limit: float) -> dict[str, Any]:
    told = {"file": row["file"], "at": row["at"], "error": row["error"]}
    if row["raw"] is None:
        return told
    raw = raw_page(json.loads(row["raw"]))
    try:
        with in_time(limit):
            page = separate(raw, sites.of(raw))
            seen = observe_page(page)
    except Exception as error:  # noqa: BLE001  (as above)
        return told | aside(raw, error)
    return told | {
        "page": dumps(page),
        "language": page.language,
        "day": page.published[:10] if page.published else None,
        "id": storable(page.id),
        "seen": seen_of(seen),
    }


def aside(page: RawPage | Page, error: Exception) -> dict[str, str]:
    """The columns of a page that is set aside."""
    return {"source": storable(page.source), "aside": storable(_why(error))}


def _why(error: Exception) -> str:
    return str(error) if isinstance(error, TimeoutError) else f"{type(error).__name__}: {error}"


def _as_json(sites: Sites) -> str:
    return dumps(sites.to_dict())


@functools.lru_cache(maxsize=1)
def _sites(learned: str) -> Sites:
    return Sites.from_dict(json.loads(learned))
