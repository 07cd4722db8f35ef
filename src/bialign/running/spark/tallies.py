"""Observations counted by the cluster, for ``lexicon.building``: grouped sums of what each partition counted.

Partitions are ranges of page ids, so a page is in one of them and its counts can be added up, and the
first pages of a name are those of the first partitions. A partition adds up what it saw before
anything is sent, so a name that stands on every page costs no more than any other.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, groupby, islice
from typing import Any, Final

import pyarrow as pa
from pyspark import TaskContext
from pyspark.sql import DataFrame
from pyspark.sql import functions as F  # noqa: N812  (Spark's own custom)

from bialign.lexicon.groups import (
    CONTEXTS_KEPT,
    PAGES_SHOWN,
    Group,
    Groups,
    Key,
    Senses,
    Tally,
    homes,
    key_in,
    read_groups,
)
from bialign.lexicon.namesakes import LIKELY, Company, company_of, senses_of, suspects
from bialign.lexicon.observations import Script, key_of
from bialign.lexicon.observed import SHOWN, LinkTally, link_key
from bialign.lexicon.records import Link, Occurrence, Source
from bialign.running.results import from_data
from bialign.running.spark.rows import Batches
from bialign.running.spark.schemas import COUNTED, OCCURRENCE, ddl

_Observation = tuple[Source, list[Occurrence], list[Link]]

#: Pages counted before the sums are handed on: it bounds what a partition holds.
_PAGES: Final = 20_000
_ROWS: Final = 4096


class Tallies:
    """A ``lexicon.observed.Observed`` over a data frame.

    Args:
        seen: as ``schemas.SEEN``; of pages with one id the last counts.
    """

    def __init__(self, seen: DataFrame) -> None:
        self._seen = seen.repartitionByRange("id").sortWithinPartitions("id", "file", "at").persist()
        self._paths: dict[str, str] = {}

    def close(self) -> None:
        """Let Spark forget the frame."""
        self._seen.unpersist()

    @cached_property
    def home(self) -> dict[Key, Key]:
        """Where each abbreviation goes."""
        ties = self._mapped(_ties).groupBy("text", "other").agg(F.sum("times").alias("times"))
        return homes((row.text, row.other, row.times) for row in ties.toLocalIterator())

    @cached_property
    def senses(self) -> Senses:
        """Where one spelling means another than it mostly does."""
        home = self.home
        plain = self._mapped(lambda seen: _counts(seen, home, {})).persist()
        try:
            groups = self._groups(plain)
            linked: dict[Key, Counter[Key]] = defaultdict(Counter)
            likely = self._mapped(_likely).groupBy("text", "other").agg(F.sum("pages").alias("pages"))
            for row in likely.toLocalIterator():
                linked[link_key(home, {}, row.other, "")][key_of(row.text, "ar")] += row.pages
        finally:
            plain.unpersist()
        suspected = suspects(groups, linked)
        wanted = frozenset(suspected)
        if not wanted:
            return {}
        rows = self._mapped(lambda seen: _company(seen, home, wanted)).toLocalIterator()
        return senses_of((_as_company(json.loads(row.detail)) for row in rows), suspected)

    @cached_property
    def _counted(self) -> DataFrame:
        home, senses = self.home, self.senses
        return self._mapped(lambda seen: _counts(seen, home, senses)).persist()

    @cached_property
    def groups(self) -> Groups:
        """All occurrences, grouped."""
        return self._groups(self._counted)

    def _groups(self, counted: DataFrame) -> Groups:
        found: dict[str, dict[Key, Group]] = {"en": {}, "ar": {}}
        for row in _first(counted.filter("of = 'group'"), ["script", "key"], PAGES_SHOWN):
            contexts = list(dict.fromkeys(text for part in row.contexts for text in part))[:CONTEXTS_KEPT]
            pages = [self._path(place) for place in row.shown]
            found[row.script][row.key] = Group(row.key, pages=pages, contexts=contexts)
        surfaces = (
            counted.filter("of = 'surface'")
            .groupBy("script", "key", "text")
            .agg(
                *(F.sum(name).alias(name) for name in ("times", "parts", "pages")),
                F.min("first").alias("first"),
                F.max("last").alias("last"),
            )
        )
        for row in surfaces.toLocalIterator():
            tally = Tally(row.times, row.parts, row.pages, row["first"], row["last"])
            found[row.script][row.key].surfaces[row.text] = tally
        types = (
            counted.filter("of = 'type'").groupBy("script", "key", "text").agg(F.sum("times").alias("times"))
        )
        for row in types.toLocalIterator():
            found[row.script][row.key].types[row.text] = row.times
        english, arabic = (dict(sorted(found[script].items())) for script in ("en", "ar"))
        return Groups(english, arabic, self.home)

    def links(self) -> Iterator[LinkTally]:
        """The links, counted."""
        names = ["text", "other", "key", "detail", "probability", "script"]
        for row in _first(self._counted.filter("of = 'link'"), names, SHOWN):
            shown = tuple(self._path(place) for place in row.shown)
            yield LinkTally(
                row.text, row.other, row.key, row.detail, row.probability, row.pages, shown, row.script
            )

    def path(self, page: str) -> str:
        """The source of a page that a group or a link names."""
        return self._paths[page]

    @cached_property
    def _credited(self) -> frozenset[str]:
        return frozenset(
            row.text for row in self._counted.filter("of = 'credit'").select("text").distinct().collect()
        )

    def credited(self) -> frozenset[str]:
        """The names of the people whom the pages credit."""
        return self._credited

    def pages_together(self, wanted: Sequence[tuple[str, Collection[Key]]]) -> list[int]:
        """On how many pages each spelling is in any of its groups."""
        home, senses, asked = self.home, self.senses, list(wanted)
        counted = (
            self._mapped(lambda seen: _together(seen, home, senses, asked))
            .groupBy("part")
            .agg(F.sum("pages").alias("n"))
        )
        found = {row.part: row.n for row in counted.collect()}
        return [found.get(number, 0) for number in range(len(asked))]

    def occurrences(self) -> DataFrame:
        """Every occurrence with the key of its group: ``schemas.OCCURRENCE``."""
        home, senses = self.home, self.senses

        def batches(given: Batches) -> Batches:
            def rows() -> Iterator[dict[str, Any]]:
                for _, found, _ in _observations(given):
                    for o in found:
                        key = key_in(home, o.script, o.text, o.stands_for)[0]
                        if o.script == "en":
                            key = senses.get((key, o.page), key)
                        yield {**o.to_dict(), "key": key}

            yield from _batched(rows(), OCCURRENCE)

        return self._seen.mapInArrow(batches, ddl(OCCURRENCE))

    def _mapped(self, count: Any) -> DataFrame:
        def batches(given: Batches) -> Batches:
            yield from _batched(count(_observations(given)), COUNTED)

        return self._seen.mapInArrow(batches, ddl(COUNTED))

    def _path(self, place: Mapping[str, str]) -> str:
        self._paths[place["id"]] = place["path"]
        return place["id"]


def _first(counted: DataFrame, names: Sequence[str], kept: int) -> Iterator[Any]:
    """Rows of one kind by ``names``, pages added up, with the first few places of all parts."""
    held = F.sort_array(F.collect_list(F.struct("part", "shown", "contexts"))).alias("held")
    summed = counted.groupBy(*names).agg(F.sum("pages").alias("pages"), held).orderBy(*names)
    shown = F.slice(F.flatten("held.shown"), 1, kept).alias("shown")
    yield from summed.select(
        *names, "pages", shown, F.col("held.contexts").alias("contexts")
    ).toLocalIterator()


def _observations(given: Batches) -> Iterator[_Observation]:
    """The observations of a partition in the order of their pages' ids, of each id the last."""
    rows = (row for batch in given for row in batch.to_pylist())
    for _, same in groupby(rows, lambda row: row["id"]):
        *_, last = same
        source, occurrences, links = from_data(json.loads(last["seen"]))
        ordered = sorted(occurrences, key=lambda o: (o.start, o.end, o.script, o.text))
        yield source, ordered, list(links)


def _ties(observations: Iterable[_Observation]) -> Iterator[dict[str, Any]]:
    times = Counter(
        (o.text, o.stands_for)
        for _, occurrences, _ in observations
        for o in occurrences
        if o.script == "en" and o.stands_for is not None
    )
    for (text, other), count in times.items():
        yield {"of": "tie", "text": text, "other": other, "times": count}


def _likely(observations: Iterable[_Observation]) -> Iterator[dict[str, Any]]:
    pages: Counter[tuple[str, str]] = Counter()
    for _, _, links in observations:
        pages.update({(link.ar, link.en) for link in links if link.probability >= LIKELY})
    for (ar, en), count in pages.items():
        yield {"of": "likely", "text": ar, "other": en, "pages": count}


def _company(
    observations: Iterable[_Observation], home: Mapping[Key, Key], wanted: frozenset[Key]
) -> Iterator[dict[str, Any]]:
    for source, occurrences, links in observations:
        for c in company_of(source.id, occurrences, links, home, wanted):
            told = [c.key, c.page, sorted(c.arabic), c.kind, sorted(c.others)]
            yield {"of": "company", "detail": json.dumps(told)}


def _as_company(told: list[Any]) -> Company:
    key, page, arabic, kind, others = told
    return Company(key, page, frozenset(arabic), kind, frozenset(others))


def _counts(
    observations: Iterator[_Observation], home: Mapping[Key, Key], senses: Senses
) -> Iterator[dict[str, Any]]:
    """What a partition counts, handed on every so many pages."""
    part = _partition() << 32
    while some := list(islice(observations, _PAGES)):
        paths = {source.id: source.source for source, _, _ in some}
        for row in chain(
            _grouped(some, home, senses, paths), _linked(some, home, senses, paths), _credited(some)
        ):
            yield {"part": part, **row}
        part += 1


def _grouped(
    some: Sequence[_Observation], home: Mapping[Key, Key], senses: Senses, paths: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    dated = ((o, source.date) for source, occurrences, _ in some for o in occurrences)
    groups = read_groups(dated, home, senses)
    scripts: tuple[tuple[Script, Mapping[Key, Group]], ...] = (("en", groups.english), ("ar", groups.arabic))
    for script, held in scripts:
        for key, group in held.items():
            same = {"script": script, "key": key}
            yield {"of": "group", **same, "shown": _places(group.pages, paths), "contexts": group.contexts}
            for kind, times in group.types.items():
                yield {"of": "type", **same, "text": kind, "times": times}
            for text, tally in group.surfaces.items():
                counted = {"times": tally.count, "parts": tally.part, "pages": tally.pages}
                days = {"first": tally.first, "last": tally.last}
                yield {"of": "surface", **same, "text": text, **counted, **days}


def _linked(
    some: Sequence[_Observation], home: Mapping[Key, Key], senses: Senses, paths: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    """The links; the kind stands in ``key``, the group of the English one in ``script``."""
    on: dict[tuple[str, str, str, str, float, Key], list[str]] = defaultdict(list)
    for source, _, links in some:
        for link in dict.fromkeys((k.ar, k.en, str(k.kind), k.detail, k.probability) for k in links):
            on[*link, link_key(home, senses, link[1], source.id)].append(source.id)
    for (ar, en, kind, detail, probability, key), pages in on.items():
        same = {"text": ar, "other": en, "key": kind, "detail": detail, "probability": probability}
        same["script"] = key
        yield {"of": "link", **same, "pages": len(pages), "shown": _places(pages[:SHOWN], paths)}


def _credited(some: Sequence[_Observation]) -> Iterator[dict[str, Any]]:
    for name in {credit.name for source, _, _ in some for credit in source.credits}:
        yield {"of": "credit", "text": name}


def _together(
    observations: Iterator[_Observation],
    home: Mapping[Key, Key],
    senses: Senses,
    wanted: Sequence[tuple[str, Collection[Key]]],
) -> Iterator[dict[str, Any]]:
    asked: dict[str, list[tuple[int, Collection[Key]]]] = defaultdict(list)
    for number, (text, keys) in enumerate(wanted):
        asked[text].append((number, keys))
    pages: Counter[int] = Counter()
    for _, occurrences, _ in observations:
        pages.update(
            {
                number
                for o in occurrences
                if o.script == "en"
                for number, keys in asked.get(o.text, ())
                if senses.get(((key := key_in(home, "en", o.text, o.stands_for)[0]), o.page), key) in keys
            }
        )
    for number, count in pages.items():
        yield {"part": number, "of": "together", "pages": count}


def _places(pages: Sequence[str], paths: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"id": page, "path": paths[page]} for page in pages]


def _partition() -> int:
    context = TaskContext.get()
    return context.partitionId() if context else 0


def _batched(rows: Iterable[Mapping[str, Any]], schema: pa.Schema) -> Batches:
    following = iter(rows)
    while some := list(islice(following, _ROWS)):
        yield pa.RecordBatch.from_pylist(some, schema=schema)
