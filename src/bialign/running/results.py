"""What was made of a chunk of pages, as files of the journal.

A file of results has a line that says what follows, then the page records as they will stand in
``pages.jsonl``, then what was observed of each. So the pages are put together by copying bytes, and
the pages set aside are known without reading the rest.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bialign.files import dumps, writing
from bialign.lexicon.observing import Observation
from bialign.lexicon.records import Link, Occurrence, Source, Story
from bialign.model import Credit, Page
from bialign.pages.templates import Traits
from bialign.pages.written import PageLine
from bialign.text.encoder import WIDTH

Floats = NDArray[np.float32]

#: Chunks whose pages are kept in memory when single pages are asked for.
_KEPT: Final = 8


def write(path: str | Path, items: Iterable[dict[str, Any]]) -> None:
    """Write the results of a chunk.

    Args:
        path: the file; it appears whole or not at all.
        items: for each page ``page`` and ``seen`` (``to_data``), or ``failed`` and ``error``.
    """
    done = list(items)
    made = [item for item in done if "page" in item]
    facts = [[item["page"]["language"], (item["page"]["published"] or "")[:10] or None] for item in made]
    failed = [[item["failed"], item["error"]] for item in done if "failed" in item]
    with writing(path) as out:
        out.write(dumps({"pages": facts, "failed": failed}) + "\n")
        out.writelines(dumps(item["page"]) + "\n" for item in made)
        out.writelines(dumps(item["seen"]) + "\n" for item in made)


def lines(path: str | Path) -> Iterator[PageLine]:
    """The page records of a chunk."""
    with Path(path).open("rb") as stream:
        for language, day in json.loads(stream.readline())["pages"]:
            yield PageLine(stream.readline(), language, day)


def pages(path: str | Path) -> Iterator[Page]:
    """The pages of a chunk."""
    return (Page.from_dict(json.loads(item.line)) for item in lines(path))


@functools.lru_cache(_KEPT)
def _held(path: str) -> list[Page]:
    return list(pages(path))


def page(path: str, number: int) -> Page:
    """One page of a chunk."""
    return _held(path)[number]


def failed(path: str | Path) -> list[tuple[str, str]]:
    """The pages set aside, each with the error."""
    with Path(path).open("rb") as stream:
        return [(source, error) for source, error in json.loads(stream.readline())["failed"]]


def observations(path: str | Path) -> Iterator[Observation]:
    """What was observed of each page of a chunk."""
    with Path(path).open("rb") as stream:
        count = len(json.loads(stream.readline())["pages"])
        for _ in range(count):
            stream.readline()
        for line in stream:
            yield from_data(json.loads(line))


def write_traits(path: str | Path, items: Iterable[tuple[str | None, Traits | None]]) -> None:
    """Write what the pages of a chunk say of their sites: the host of each, and its traits where wanted."""
    done = list(items)
    with writing(path) as out:
        out.writelines(json.dumps([site, told and told.to_dict()]) + "\n" for site, told in done)


def traits(path: str | Path) -> Iterator[tuple[str | None, Callable[[], Traits | None]]]:
    """What ``write_traits`` wrote, as ``pages.sites.sites_of`` takes it."""
    with Path(path).open("rb") as stream:
        for line in stream:
            site, told = json.loads(line)
            yield site, functools.partial(_traits, told)


def _traits(data: dict[str, Any] | None) -> Traits | None:
    return None if data is None else Traits.from_dict(data)


def write_vectors(path: str | Path, vectors: Floats) -> None:
    """Write the vectors of a chunk's pages."""
    with writing(path, "wb") as out:
        out.write(vectors.astype("<f4").tobytes())


def vectors(path: str | Path) -> Floats:
    """The vectors of a chunk's pages ``[pages, 512]``."""
    return np.fromfile(path, "<f4").reshape(-1, WIDTH)


def write_pairs(path: str | Path, items: Iterable[dict[str, Any] | None]) -> None:
    """Write what was observed of pages beside their originals; null for a pair set aside."""
    done = list(items)
    with writing(path) as out:
        out.writelines(json.dumps(item) + "\n" for item in done)


def pairs(path: str | Path) -> Iterator[Observation | None]:
    """What ``write_pairs`` wrote."""
    with Path(path).open("rb") as stream:
        for line in stream:
            data = json.loads(line)
            yield data and from_data(data)


def to_data(seen: Observation) -> dict[str, Any]:
    """An observation as JSON-ready data: rows of values, the page named once."""
    source, occurrences, links = seen
    return {
        "source": source.to_dict(),
        "occurrences": [
            [o.script, o.text, o.start, o.end, o.type, o.context, o.stands_for] for o in occurrences
        ],
        "links": [[link.ar, link.en, link.kind, link.detail, link.probability] for link in links],
    }


def from_data(data: dict[str, Any]) -> Observation:
    """The observation that ``to_data`` gave."""
    facts = data["source"]
    makers = tuple(Credit(**credit) for credit in facts["credits"])
    source = Source(**{**facts, "credits": makers, "story": facts["story"] and Story(**facts["story"])})
    return (
        source,
        [Occurrence(source.id, *row) for row in data["occurrences"]],
        [Link(source.id, *row) for row in data["links"]],
    )
