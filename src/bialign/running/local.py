"""The whole job on all cores of one machine, resumable, in any order of work but one order of results."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from bialign import pipeline
from bialign.errors import BialignError, InputError, UsageError
from bialign.files import write_jsonl
from bialign.lexicon.lexicon import Lexicon
from bialign.lexicon.observing import Named, Observation, observation, parallel_links
from bialign.lexicon.records import Link
from bialign.model import Mention, Page, RawPage
from bialign.pipeline import Notes, Summary
from bialign.running.journal import Chunk, Journal
from bialign.running.pool import COMMAND, Pool, Task
from bialign.running.progress import Progress

#: Fewer pages than this are done in this process: starting others takes longer.
SMALL: Final = 16
#: Seconds that one page may take.
PAGE_TIMEOUT: Final = 60.0
#: The file that names the pages set aside; not there if there are none.
FAILED: Final = "failed.jsonl"


def run(
    inputs: Iterable[str | Path],
    out: str | Path,
    *,
    jobs: int | None = None,
    page_timeout: float = PAGE_TIMEOUT,
    on_error: Callable[[BialignError], None] | None = None,
    progress: Progress | None = None,
    command: Sequence[str] = COMMAND,
) -> Summary:
    """Do the whole job on some inputs with several processes and write the results into a folder.

    The results are those of ``pipeline.run``, whatever ``jobs`` is. Until they are all there, what
    was done is kept in a journal inside ``out``; called again after an interruption with the same
    inputs, the run goes on from it, and the results are the same bytes. A page that fails, kills
    its process or takes too long is left out and named in ``out/failed.jsonl``.

    Args:
        inputs: files, folders, globs or ``-``.
        out: the folder to write; made if it does not exist.
        jobs: processes; as many as the machine lends us cores if left out.
        page_timeout: seconds that one page may take; fewer than 16 pages are done in this process,
            without a limit.
        on_error: called with the error of each input that cannot be read and each page set aside;
            without it the first such error is raised.
        progress: is told how far the run is.
        command: the program of a worker process.

    Returns:
        What was done.

    Raises:
        InputError: nothing could be read, or ``out`` cannot be written.
        UsageError: no jobs or no time, or another run is at work in ``out``.
    """
    if (jobs is not None and jobs < 1) or page_timeout <= 0:
        raise UsageError("jobs and the time of a page are more than nothing", mend="leave them out")
    progress = progress or Progress()
    folder = pipeline.out_folder(out)
    notes = Notes(on_error)
    names = [str(name) for name in inputs]
    raws = pipeline.read(names, notes)
    first = list(itertools.islice(raws, SMALL))
    if len(first) < SMALL:
        summary = pipeline.run_pages(first, folder, names, notes)
        (folder / FAILED).unlink(missing_ok=True)
        return summary
    with Journal(folder, page_timeout) as journal:
        with progress.stage("reading"):
            journal.take_in(_counted(itertools.chain(first, raws), progress))
        with Pool(jobs or cores(), page_timeout, command) as pool:
            _work(pool, "names", [_task(journal, chunk) for chunk in journal.missing()], progress)
            bilingual = _bilingual(journal)
            if bilingual:
                _work(pool, "vectors", list(_vector_tasks(journal)), progress)
        _set_aside(journal, folder, notes)
        summary = _finish(journal, folder, names, notes, progress, bilingual=bilingual)
        journal.discard()
    return summary


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _counted(raws: Iterable[RawPage], progress: Progress) -> Iterator[RawPage]:
    for raw in raws:
        progress.advance()
        yield raw


def _work(pool: Pool, stage: str, tasks: Sequence[Task], progress: Progress) -> None:
    with progress.stage(stage, sum(task.pages for task in tasks)):
        for task in pool.do(tasks):
            progress.advance(task.pages)


def _bilingual(journal: Journal) -> bool:
    """Whether there are both Arabic and English pages, so that some may tell one story."""
    languages = {item["page"]["language"] for item in journal.results() if "page" in item}
    return {"ar", "en"} <= languages


def _vector_tasks(journal: Journal) -> Iterator[Task]:
    for chunk in journal.chunks:
        out = journal.vectors(chunk)
        if not out.exists():
            yield Task({"results": str(journal.result(chunk)), "out": str(out)}, chunk.pages)


def _task(journal: Journal, chunk: Chunk) -> Task:
    return Task(
        {
            "spool": str(journal.spool),
            "sites": str(journal.sites),
            "offset": chunk.offset,
            "pages": chunk.pages,
            "out": str(journal.result(chunk)),
        },
        chunk.pages,
    )


def _set_aside(journal: Journal, folder: Path, notes: Notes) -> None:
    """Name the pages that were left out; the file goes when there are none."""
    failed = [item for item in journal.results() if "failed" in item]
    if failed:
        write_jsonl(({"source": item["failed"], "error": item["error"]} for item in failed), folder / FAILED)
    else:
        (folder / FAILED).unlink(missing_ok=True)
    for item in failed:
        notes(BialignError(f"set aside: {item['error']}", path=item["failed"]))


def _finish(
    journal: Journal, folder: Path, names: Sequence[str], notes: Notes, progress: Progress, *, bilingual: bool
) -> Summary:
    with progress.stage("parallel pages"):
        parallel = _parallel(journal) if bilingual else {}
    with progress.stage("lexicon"):
        pages: list[Page] = []
        lexicon = Lexicon()
        lexicon.observe(_observations(journal, parallel, pages))
        if not pages:
            raise InputError(f"no page of {', '.join(names)} could be used", mend=f"see {folder / FAILED}")
        len(lexicon)
    with progress.stage("report"):
        return pipeline.finish(pages, lexicon, folder, notes.lines, journal.folder)


def _parallel(journal: Journal) -> dict[str, list[Link]]:
    """Links between pages that tell one story; the Arabic and English pages are held together."""
    named, vectors = [], []
    for item, vector in journal.results_with_vectors():
        if vector is not None:
            named.append(_named(item))
            vectors.append(np.array(vector, np.float32))
    return parallel_links(named, None, np.stack(vectors)) if named else {}


def _observations(
    journal: Journal, parallel: dict[str, list[Link]], pages: list[Page]
) -> Iterator[Observation]:
    """What was observed of every page, in the order of the input; the pages go to ``pages``."""
    for item in journal.results():
        if "page" in item:
            named = _named(item)
            pages.append(named.page)
            links = [Link(**link) for link in item["links"]]
            yield observation(named, links + parallel.get(named.page.id, []))


def _named(item: dict[str, Any]) -> Named:
    return Named(
        Page.from_dict(item["page"]),
        [Mention(**mention) for mention in item["english"]],
        [Mention(**mention) for mention in item["arabic"]],
        {start: Mention(**mention) for start, mention in item["stands_for"]},
    )
