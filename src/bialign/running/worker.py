"""A worker process: takes tasks as JSON lines on standard input, says on standard output how far it is.

It is a program of its own (``python -m bialign.running.worker``), not a fork: it loads its models
once, what a page does to it does not reach the run, and it ends when the run that started it is gone.
"""

from __future__ import annotations

import functools
import json
import os
import queue
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import numpy as np

from bialign.align.documents import Floats, page_vectors
from bialign.errors import BialignError
from bialign.files import dumps
from bialign.lexicon.observing import Observation, observe_page, observe_together
from bialign.lexicon.page_names import Named, find_page_names
from bialign.model import Page, RawPage
from bialign.pages.separating import raw_page, separate
from bialign.pages.sites import Sites
from bialign.pages.templates import Traits, host, traits
from bialign.running import results
from bialign.running.journal import spooled
from bialign.running.results import to_data
from bialign.text.encoder import WIDTH

#: Finds the names of a page.
Name = Callable[[Page], Named]
#: Makes of a page what ``observe`` makes.
Make = Callable[[RawPage, Sites], dict[str, Any]]
Encode = Callable[[Sequence[Page]], Floats]

#: What every page needs of tables and models is loaded for this one, before the clock of a page runs.
_WARM_UP: Final = RawPage(
    "warm-up",
    "Ten killed in Hama\nترجمة سعيد علي | 3 مايو 2018\nHama, Enab - The Syrian Democratic Forces (SDF) said "
    "on Monday that ten people died in Hama city.\n#حماة\n#قوات_سوريا_الديمقراطية\n",
)


def observe(raw: RawPage, sites: Sites) -> dict[str, Any]:
    """Separate a page, find its names and what links them on the page itself.

    Args:
        raw: the page as it came.
        sites: the templates of its site and others.

    Returns:
        JSON-ready data: ``page`` and ``seen``, the page's observation.
    """
    page = separate(raw, sites.of(raw))
    return {"page": page.to_dict(), "seen": to_data(observe_page(page))}


def main(name: Name = find_page_names, make: Make | None = None, encode: Encode = page_vectors) -> None:
    """Do tasks until standard input ends.

    Args:
        name: finds the names of a page.
        make: makes what is made of a page, by itself; those of a task are done together if left out.
        encode: gives the vectors by which pages find their original.
    """
    say = _speaker()
    tasks = _tasks()
    observe(_WARM_UP, Sites())
    say({"ready": True})
    while True:
        task = tasks.get()
        try:
            _do(task, name, make, encode, say)
        except BialignError as error:
            say({"stop": str(error)})
        else:
            say({"done": True})


def _do(
    task: dict[str, Any],
    name: Name,
    make: Make | None,
    encode: Encode,
    say: Callable[[dict[str, Any]], None],
) -> None:
    if "homeless" in task:
        results.write_traits(task["out"], _traits(task, say))
    elif "vectors" in task:
        results.write_vectors(task["out"], _vectors(task, encode, say))
    elif "pairs" in task:
        results.write_pairs(task["out"], _pairs(task, name, say))
    else:
        made = _results(task, name, say) if make is None else _made(task, make, say)
        results.write(task["out"], made)


def _made(
    task: dict[str, Any], make: Make, say: Callable[[dict[str, Any]], None]
) -> Iterator[dict[str, Any]]:
    """What ``make`` makes of each page of a task."""
    sites = _sites(task["sites"])
    for number, data in enumerate(spooled(task["spool"], task["offset"], task["pages"])):
        say({"at": number})
        yield make(raw_page(data), sites)


class _SetAside(Exception):  # noqa: N818  (no error: what was decided before)
    """A page that is left out, and why."""


def _traits(
    task: dict[str, Any], say: Callable[[dict[str, Any]], None]
) -> Iterator[tuple[str | None, Traits | None]]:
    """What pages say of their sites; nothing for those set aside, here or later in their work."""
    left = task["homeless"]
    for number, data in enumerate(spooled(task["spool"], task["offset"], task["pages"])):
        say({"at": number})
        raw = raw_page(data)
        site = host(raw.url)
        wanted = str(number) not in task["skip"] and (site is not None or left > 0)
        left -= site is None
        try:
            yield site, traits(raw) if wanted else None
        except Exception:  # noqa: BLE001  (the page is separated next, and what it does then stands beside it)
            yield site, None


def _results(
    task: dict[str, Any], name: Name, say: Callable[[dict[str, Any]], None]
) -> Iterator[dict[str, Any]]:
    sites = None if "separated" in task else _sites(task["sites"])
    given = list(spooled(task["spool"], task["offset"], task["pages"]))
    asked = [
        functools.partial(_page, data, sites, task["skip"].get(str(number)))
        for number, data in enumerate(given)
    ]
    for data, seen in zip(given, _observed(task, asked, name, say), strict=True):
        if isinstance(seen, Exception):
            why = str(seen) if isinstance(seen, _SetAside) else f"{type(seen).__name__}: {seen}"
            yield {"failed": data["source"], "error": why}
        else:
            yield {"page": seen[0].to_dict(), "seen": to_data(seen[1])}


def _page(data: dict[str, Any], sites: Sites | None, aside: str | None) -> tuple[Page, None]:
    """The page of a record of the spool, separated here or before."""
    if aside is not None:
        raise _SetAside(aside)
    if sites is None:
        return Page.from_dict(data), None
    raw = raw_page(data)
    return separate(raw, sites.of(raw)), None


def _observed(
    task: dict[str, Any],
    asked: Sequence[Callable[[], tuple[Page, Page | None]]],
    name: Name,
    say: Callable[[dict[str, Any]], None],
) -> list[tuple[Page, Observation] | Exception]:
    return observe_together(
        asked, name=name, tell=lambda number: say({"at": number}), singly="singly" in task
    )


def _vectors(task: dict[str, Any], encode: Encode, say: Callable[[dict[str, Any]], None]) -> Floats:
    """The vectors by which pages find their original; zero for those set aside here."""
    pages = list(results.pages(task["vectors"]))
    out = np.zeros((len(pages), WIDTH), np.float32)
    for number, page in enumerate(pages):
        say({"at": number})
        if str(number) not in task["skip"]:
            out[number] = encode([page])[0]
    return out


def _pairs(
    task: dict[str, Any], name: Name, say: Callable[[dict[str, Any]], None]
) -> Iterator[dict[str, Any] | None]:
    """What pages and the originals they were paired with say together; null for a pair set aside."""
    asked = [
        functools.partial(_pair, english, arabic, task["skip"].get(str(number)))
        for number, (english, arabic) in enumerate(task["pairs"])
    ]
    for seen in _observed(task, asked, name, say):
        yield None if isinstance(seen, Exception) else to_data(seen[1])


def _pair(english: tuple[str, int], arabic: tuple[str, int], aside: str | None) -> tuple[Page, Page]:
    if aside is not None:
        raise _SetAside(aside)
    return results.page(*english), results.page(*arabic)


@functools.cache
def _sites(path: str) -> Sites:
    return Sites.load(path)


def _tasks() -> queue.SimpleQueue[dict[str, Any]]:
    """The tasks to do; the process ends with its standard input, whatever it is doing then."""
    tasks: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()

    def listen() -> None:
        for line in sys.stdin.buffer:
            tasks.put(json.loads(line))
        os._exit(0)

    threading.Thread(target=listen, daemon=True).start()
    return tasks


def _speaker() -> Callable[[dict[str, Any]], None]:
    """Writes messages to what was standard output, where nothing else can write any more."""
    stream = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def say(message: dict[str, Any]) -> None:
        stream.write(dumps(message) + "\n")
        stream.flush()

    return say


if __name__ == "__main__":
    main()
