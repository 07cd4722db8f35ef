"""The whole job on all cores of one machine, resumable, in any order of work but one order of results."""

from __future__ import annotations

import bisect
import functools
import itertools
import os
import tempfile
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bialign import pipeline
from bialign.errors import BialignError, InputError, UsageError
from bialign.files import write_jsonl
from bialign.lexicon.lexicon import Lexicon
from bialign.lexicon.observing import Observation, find_originals
from bialign.model import RawPage
from bialign.pages.wanted import Sieve
from bialign.pages.written import PageLine, WrittenPages
from bialign.pipeline import Notes, Summary
from bialign.running import results
from bialign.running.journal import CHUNK, Chunk, Journal
from bialign.running.pool import COMMAND, Pool, Task
from bialign.running.progress import Progress
from bialign.text.encoder import WIDTH

Floats = NDArray[np.float32]

#: With more pages than this the workers make room for the search of originals, and start anew after it.
MANY: Final = 5000
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
    sieve: Sieve | None = None,
    warc: bool = False,
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
        sieve: keeps the wanted pages; all if left out. What it passes over is counted in the
            summary and in ``out/passed_over.json``.
        warc: read WARC and WET files only.

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
    raws = pipeline.read(names, notes, sieve, warc=warc)
    with progress.stage("reading"):
        first = list(itertools.islice(raws, SMALL))
    if not first and sieve is not None and sieve.passed:
        told = ", ".join(f"{reason} {count:,}" for reason, count in sieve.passed.most_common())
        raise InputError(f"no wanted page in {', '.join(names)}", mend=f"passed over: {told}")
    if len(first) < SMALL:
        summary = pipeline.run_pages(first, folder, names, notes)
        (folder / FAILED).unlink(missing_ok=True)
        return sifted(summary, sieve, folder)
    try:
        summary = _run(
            itertools.chain(first, raws), names, folder, notes, jobs, page_timeout, progress, command
        )
    except KeyboardInterrupt as stop:
        raise KeyboardInterrupt(
            f"interrupted; the same command goes on from here ({progress.so_far()})"
        ) from stop
    return sifted(summary, sieve, folder)


def _run(
    raws: Iterable[RawPage],
    names: Sequence[str],
    folder: Path,
    notes: Notes,
    jobs: int | None,
    page_timeout: float,
    progress: Progress,
    command: Sequence[str],
) -> Summary:
    with Journal(folder, page_timeout) as journal:
        with progress.stage("reading"):
            journal.take_in(_counted(raws, progress))
        made, parallel = observed(journal, jobs, page_timeout, progress, command)
        set_aside(lost(journal, made, parallel), folder, notes)
        if not made.pages:
            raise InputError(f"no page of {', '.join(names)} could be used", mend=f"see {folder / FAILED}")
        with progress.stage("lexicon"):
            lexicon = Lexicon()
            lexicon.observe(observations(journal, parallel), paired=True)
            len(lexicon)
        with progress.stage("report"):
            summary = pipeline.finish(made.pages, lexicon, folder, notes.lines, journal.folder)
        journal.discard()
    return summary


def observed(
    journal: Journal, jobs: int | None, page_timeout: float, progress: Progress, command: Sequence[str]
) -> tuple[Made, Parallel]:
    """Observe the pages of a journal with worker processes, what was done before left as it is.

    Args:
        journal: has taken its pages in.
        jobs: processes; as many as the machine lends us cores if left out.
        page_timeout: seconds that one page may take.
        progress: is told how far it is.
        command: the program of a worker process.
    """
    with Pool(jobs or cores(), page_timeout, command) as pool:
        if not journal.separated:
            _work(pool, "templates", _traits_tasks(journal), progress)
            journal.learn()
        _work(pool, "names", _tasks(journal), progress)
        with progress.stage("parallel pages"):
            made = Made(journal)
        return made, _parallel(journal, made, pool, progress)


def sifted(summary: Summary, sieve: Sieve | None, folder: Path) -> Summary:
    """The summary with what was passed over, which is written too."""
    pipeline.write_passed_over(sieve, folder)
    return summary if sieve is None else replace(summary, passed_over=dict(sieve.passed))


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _counted(raws: Iterable[RawPage], progress: Progress) -> Iterator[RawPage]:
    for raw in raws:
        progress.advance()
        yield raw


class Made:
    """The pages made, put together in one file of the journal.

    Args:
        journal: all its chunks are done.
    """

    def __init__(self, journal: Journal) -> None:
        self._files = list(journal.results())
        self._begins = array("q")
        self.pages = WrittenPages(self._lines(), journal.folder / "pages.jsonl")

    def _lines(self) -> Iterator[PageLine]:
        count = 0
        for file in self._files:
            self._begins.append(count)
            for line in results.lines(file):
                count += 1
                yield line

    def place(self, number: int) -> tuple[str, int]:
        """The file of results that has a page, and where in it."""
        chunk = bisect.bisect_right(self._begins, number) - 1
        return str(self._files[chunk]), number - self._begins[chunk]


@dataclass(frozen=True, slots=True)
class Parallel:
    """Pages observed beside their originals.

    Args:
        numbers: of the English pages, ascending.
        files: of the journal, with what was observed of them, in their order.
    """

    numbers: tuple[int, ...] = ()
    files: tuple[Path, ...] = ()

    def observed(self) -> Iterator[tuple[int, Observation | None]]:
        """Each page's number and observation, null where it could not be made."""
        return zip(self.numbers, itertools.chain.from_iterable(map(results.pairs, self.files)), strict=True)


def _work(pool: Pool, stage: str, tasks: Sequence[Task], progress: Progress) -> None:
    with progress.stage(stage, sum(task.pages for task in tasks)):
        for task in pool.do(tasks):
            progress.advance(task.pages)


def _traits_tasks(journal: Journal) -> list[Task]:
    return [
        Task(_place(journal, chunk) | {"homeless": chunk.homeless, "out": str(out)}, chunk.pages)
        for chunk in journal.chunks
        if not (out := journal.traits(chunk)).exists()
    ]


def _tasks(journal: Journal) -> list[Task]:
    how = {"separated": "yes"} if journal.separated else {"sites": str(journal.sites)}
    return [
        Task(_place(journal, chunk) | how | {"out": str(out)}, chunk.pages)
        for chunk in journal.chunks
        if not (out := journal.result(chunk)).exists()
    ]


def _place(journal: Journal, chunk: Chunk) -> dict[str, Any]:
    return {"spool": str(journal.spool), "offset": chunk.offset, "pages": chunk.pages}


def _parallel(journal: Journal, made: Made, pool: Pool, progress: Progress) -> Parallel:
    """Find the pages that tell one story in both languages, and observe them beside each other."""
    if not {"ar", "en"} <= set(made.pages.languages):
        return Parallel()
    missing = [chunk for chunk in journal.chunks if not journal.vectors(chunk).exists()]
    tasks = [
        Task({"vectors": str(journal.result(chunk)), "out": str(journal.vectors(chunk))}, chunk.pages)
        for chunk in missing
    ]
    _work(pool, "vectors", tasks, progress)
    if len(made.pages) > MANY:
        pool.rest()
    with progress.stage("parallel pages"):
        originals = find_originals(made.pages, functools.partial(_vectors, journal))
    numbers = sorted(originals)
    files, tasks = [], []
    for begin in range(0, len(numbers), CHUNK):
        some = numbers[begin : begin + CHUNK]
        pairs = [(made.place(number), made.place(originals[number])) for number in some]
        out = journal.paired([[(Path(path).name, place) for path, place in pair] for pair in pairs])
        files.append(out)
        if not out.exists():
            tasks.append(Task({"pairs": pairs, "out": str(out)}, len(pairs)))
    _work(pool, "stories told twice", tasks, progress)
    return Parallel(tuple(numbers), tuple(files))


def _vectors(journal: Journal, numbers: Sequence[int]) -> Floats:
    """The vectors of pages by their ascending numbers, in a file of the journal mapped to memory."""
    wanted, begin = np.array(numbers), 0
    with tempfile.TemporaryFile(dir=journal.folder) as file:
        for chunk in journal.chunks:
            held = results.vectors(journal.vectors(chunk))
            first, last = np.searchsorted(wanted, (begin, begin + len(held)))
            held[wanted[first:last] - begin].tofile(file)
            begin += len(held)
        file.flush()
        return np.memmap(file, np.float32, "r", shape=(len(numbers), WIDTH))


def lost(journal: Journal, made: Made, parallel: Parallel) -> list[tuple[str, str]]:
    """The sources of what was left out, each with why."""
    found = list(itertools.chain.from_iterable(map(results.failed, journal.results())))
    alone = "could not be read beside the Arabic page that tells its story"
    return found + [
        (made.pages[number].source, alone) for number, seen in parallel.observed() if seen is None
    ]


def set_aside(lost: Sequence[tuple[str, str]], folder: Path, notes: Notes) -> None:
    """Name the pages that were left out, in ``failed.jsonl`` and to the caller.

    Args:
        lost: source and error of each; where there is none the file goes.
        folder: of the results.
        notes: told of each.
    """
    if lost:
        write_jsonl(({"source": source, "error": error} for source, error in lost), folder / FAILED)
    else:
        (folder / FAILED).unlink(missing_ok=True)
    for source, error in lost:
        notes(BialignError(f"set aside: {error}", path=source))


def observations(journal: Journal, parallel: Parallel) -> Iterator[Observation]:
    """What was observed of every page, in the order of the input."""
    beside = parallel.observed()
    following, seen = next(beside, (-1, None))
    alone = itertools.chain.from_iterable(map(results.observations, journal.results()))
    for number, observation in enumerate(alone):
        if number != following:
            yield observation
            continue
        yield observation if seen is None else seen
        following, seen = next(beside, (-1, None))
