"""What repeats on each site, counted by the cluster: as ``pages.sites.learn_sites``, in grouped sums."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F  # noqa: N812  (Spark's own custom)

from bialign.lexicon.observations import storable
from bialign.pages.dates import leading_order
from bialign.pages.separating import raw_page
from bialign.pages.sites import MOST_GROUPED, MOST_SITES, Sites, grouped
from bialign.pages.templates import LEAST, SHARE, Template, host, site_names, traits

_PAIRS: Final = pa.list_(pa.struct([("prefix", pa.string()), ("following", pa.string())]))
_SCHEMA: Final = pa.schema(
    [
        ("file", pa.int64()),
        ("at", pa.int64()),
        ("host", pa.string()),
        ("story", pa.string()),
        ("lines", pa.list_(pa.string())),
        ("names", pa.list_(pa.string())),
        ("day", pa.int64()),
        ("month", pa.int64()),
        ("sections", _PAIRS),
    ]
)
_TRAITS: Final = (
    "file long, at long, host string, story string, lines array<string>, names array<string>, day long, "
    "month long, sections array<struct<prefix:string,following:string>>"
)


def learn(raw: DataFrame) -> Sites:
    """Learn the templates of all sites.

    Args:
        raw: as ``rows.RAW``; read twice.

    Returns:
        What ``learn_sites`` gives for the same pages, as long as no site has more lines than that
        holds; what is collected grows with the sites, not with their pages.
    """
    pages = raw.filter("raw IS NOT NULL")
    spread = pages.mapInArrow(_traits, _TRAITS)
    first = F.struct("file", "at")
    columns = F.struct("lines", "names", "day", "month", "sections")
    stories = (
        spread.filter("host IS NOT NULL")
        .groupBy("host", "story")
        .agg(F.min_by(columns, first).alias("told"), F.min(first).alias("first"))
        .select("host", "first", "told.*")
        .persist()
    )
    try:
        templates = list(_templates(stories))
    finally:
        stories.unpersist()
    homeless = spread.filter("host IS NULL").select("file", "at")
    alone = pages.join(homeless, ["file", "at"], "left_semi").orderBy("file", "at").limit(MOST_GROUPED)
    told = [traits(raw_page(json.loads(row.raw))) for row in alone.toLocalIterator()]
    return Sites(templates + grouped(told))


def _traits(given: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in given:
        rows: list[dict[str, Any]] = []
        for row in batch.to_pylist():
            page = raw_page(json.loads(row["raw"]))
            site = host(page.url)
            told: dict[str, Any] = {"file": row["file"], "at": row["at"], "host": site}
            if site is not None:  # pages without a site are grouped together, from their texts
                found = traits(page)
                told |= {name: getattr(found, name) for name in ("story", "day", "month")}
                told |= {"lines": list(found.lines), "names": [storable(name) for name in found.names]}
                told["sections"] = [
                    {"prefix": storable(prefix), "following": storable(following)}
                    for prefix, following in found.sections
                ]
            rows.append(told)
        yield pa.RecordBatch.from_pylist(rows, schema=_SCHEMA)


def _templates(stories: DataFrame) -> Iterator[Template]:
    """The template of every site with enough pages, in the order in which the sites come first."""
    counted = stories.groupBy("host").agg(
        F.count("*").alias("pages"),
        F.sum("day").alias("day"),
        F.sum("month").alias("month"),
        F.min("first").alias("first"),
    )
    sites = counted.orderBy("first").limit(MOST_SITES).filter(F.col("pages") >= LEAST).collect()
    wanted = counted.filter(F.col("pages") >= LEAST).select("host", "pages")
    least = F.greatest(F.lit(float(LEAST)), F.lit(SHARE) * F.col("pages"))
    lines = _by_host(
        stories.select("host", F.explode("lines").alias("line"))
        .groupBy("host", "line")
        .count()
        .join(wanted, "host")
        .filter(F.col("count") >= least)
        .select("host", "line")
    )
    sections = _by_host(
        stories.select("host", F.explode("sections").alias("pair"))
        .select("host", "pair.prefix", "pair.following")
        .distinct()
        .groupBy("host", "prefix")
        .count()
        .filter("count > 1")
        .join(wanted, "host")
        .select("host", "prefix")
    )
    ends = stories.select("host", "first", F.posexplode("names").alias("place", "name"))
    names = _by_host(
        ends.groupBy("host", "name")
        .agg(F.count("*").alias("times"), F.min(F.struct("first", "place")).alias("first"))
        .filter("times > 1")
        .join(wanted, "host")
        .orderBy(F.desc("times"), "first")
        .select("host", F.struct("name", "times"))
    )
    for site in sites:
        yield Template(
            site.host,
            site.pages,
            site_names(((name, times) for name, times in names[site.host]), site.pages),
            frozenset(sections[site.host]),
            frozenset(lines[site.host]),
            leading_order(site.day, site.month),
        )


def _by_host(rows: DataFrame) -> defaultdict[str, list[Any]]:
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for site, value in rows.collect():
        found[site].append(value)
    return found
