"""A lexicon of pages already separated, with several processes, resumable as a run is."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from bialign.errors import BialignError
from bialign.lexicon.lexicon import Lexicon
from bialign.lexicon.observing import Observation, observe_pages
from bialign.model import Page
from bialign.pages.written import PageLine
from bialign.running import local
from bialign.running.journal import Journal
from bialign.running.pool import COMMAND
from bialign.running.progress import Progress


def add_pages(
    lexicon: Lexicon,
    lines: Iterable[PageLine],
    folder: Path,
    *,
    jobs: int | None = None,
    page_timeout: float = local.PAGE_TIMEOUT,
    on_error: Callable[[BialignError], None],
    progress: Progress | None = None,
    command: Sequence[str] = COMMAND,
) -> int:
    """Add what pages show to a lexicon; a page that something unforeseen happens at is left out.

    Fewer pages than ``local.SMALL`` are done in this process. Of more, what was done is kept in
    ``folder``, which the caller removes when the lexicon is written: called again with the same pages
    after an interruption, it goes on from there. The entries are those of ``Lexicon.add``.

    Args:
        lexicon: is filled.
        lines: separated pages.
        folder: for the journal; need not exist.
        jobs: processes; as many as the machine lends us cores if left out.
        page_timeout: seconds that one page may take.
        on_error: takes the error of each page left out.
        progress: is told how far it is.
        command: the program of a worker process.

    Returns:
        How many pages were given.

    Raises:
        UsageError: something else works in the folder.
        InputError: the folder cannot be written.
    """
    progress = progress or Progress()

    def counted(lines: Iterable[PageLine]) -> Iterator[PageLine]:
        for line in lines:
            progress.advance()
            yield line

    following = counted(lines)
    with progress.stage("reading"):
        first = list(itertools.islice(following, local.SMALL))
    if len(first) < local.SMALL:
        with progress.stage("names", len(first)):
            lexicon.observe(_seen([line.page() for line in first], progress, on_error), paired=True)
        return len(first)
    try:
        with Journal(folder, page_timeout) as journal:
            with progress.stage("reading"):
                journal.take_in_pages(itertools.chain(first, following))
            made, parallel = local.observed(journal, jobs, page_timeout, progress, command)
            for source, why in local.lost(journal, made, parallel):
                on_error(_aside(source, why))
            with progress.stage("lexicon"):
                lexicon.observe(local.observations(journal, parallel), paired=True)
                len(lexicon)
    except KeyboardInterrupt as stop:
        raise KeyboardInterrupt(
            f"interrupted; the same command goes on from here ({progress.so_far()})"
        ) from stop
    return sum(chunk.pages for chunk in journal.chunks)


def _seen(
    pages: Sequence[Page], progress: Progress, on_error: Callable[[BialignError], None]
) -> Iterator[Observation]:
    def failed(page: Page, error: Exception) -> None:
        on_error(_aside(page.source, f"{type(error).__name__}: {error}"))

    for seen in observe_pages(pages, failed=failed):
        progress.advance()
        yield seen


def _aside(source: str, why: str) -> BialignError:
    return BialignError(f"set aside: {why}", path=source)
