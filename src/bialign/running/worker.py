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
from collections.abc import Callable, Iterator
from typing import Any, Final

from bialign.align.documents import page_vectors
from bialign.errors import BialignError
from bialign.files import dumps, read_jsonl, write_jsonl
from bialign.lexicon.observing import find_page_names, page_links
from bialign.model import Page, RawPage
from bialign.pages.separating import raw_page, separate
from bialign.pages.sites import Sites
from bialign.running.journal import spooled

Work = Callable[[RawPage, Sites], dict[str, Any]]

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
        JSON-ready data: ``page``, ``english``, ``arabic``, ``stands_for``, ``links``.
    """
    named = find_page_names(separate(raw, sites.of(raw)))
    return {
        "page": named.page.to_dict(),
        "english": [mention.to_dict() for mention in named.english],
        "arabic": [mention.to_dict() for mention in named.arabic],
        "stands_for": [[start, mention.to_dict()] for start, mention in named.stands_for.items()],
        "links": [link.to_dict() for link in page_links(named)],
    }


def main(work: Work = observe) -> None:
    """Do tasks until standard input ends."""
    say = _speaker()
    tasks = _tasks()
    work(_WARM_UP, Sites())
    say({"ready": True})
    while True:
        task = tasks.get()
        try:
            done = _vectors(task, say) if "results" in task else _results(task, work, say)
            write_jsonl(done, task["out"])
        except BialignError as error:
            say({"stop": str(error)})
        else:
            say({"done": True})


def _results(
    task: dict[str, Any], work: Work, say: Callable[[dict[str, Any]], None]
) -> Iterator[dict[str, Any]]:
    sites = _sites(task["sites"])
    skip: dict[str, str] = task["skip"]
    for number, data in enumerate(spooled(task["spool"], task["offset"], task["pages"])):
        say({"at": number})
        if str(number) in skip:
            yield {"failed": data["source"], "error": skip[str(number)]}
            continue
        try:
            yield work(raw_page(data), sites)
        except Exception as error:  # noqa: BLE001  (whatever a page does to us stands beside it, and the rest goes on)
            yield {"failed": data["source"], "error": f"{type(error).__name__}: {error}"}


def _vectors(task: dict[str, Any], say: Callable[[dict[str, Any]], None]) -> Iterator[dict[str, Any]]:
    """The vectors by which the pages of a finished chunk find their original; null for a page without."""
    for number, (_, item) in enumerate(read_jsonl(task["results"])):
        say({"at": number})
        wanted = "page" in item and str(number) not in task["skip"] and item["page"]["language"] != "mul"
        yield {"vector": page_vectors([Page.from_dict(item["page"])])[0].tolist() if wanted else None}


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
