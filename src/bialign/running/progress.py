"""How far a run is: a bar with rate and time left on a terminal, a line now and then in a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

#: Seconds before a log hears of a run for the first time, and between two lines.
QUIET: Final = 10.0
EVERY: Final = 30.0


class Progress:
    """Tells a person how far a run is, and how long each stage took.

    Args:
        stream: where to tell it; standard error if left out.

    Example:
        >>> progress = Progress()
        >>> with progress.stage("names", total=2):
        ...     progress.advance(2)
        >>> sorted(progress.seconds)
        ['names']
    """

    def __init__(self, stream: TextIO | None = None) -> None:
        self.seconds: dict[str, float] = {}
        self._stream = sys.stderr if stream is None else stream
        self._begun = time.monotonic()
        self._told = self._begun + QUIET - EVERY
        self._stage = ""
        self._since = self._begun
        self._total: int | None = None
        self._done = 0
        self._bar: Bar | None = None

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[None]:
        """A stage of the run: what happens in the block is this.

        Args:
            name: what is being done.
            total: pages it is done to, where known.
        """
        self._stage, self._total, self._done, self._since = name, total, 0, time.monotonic()
        try:
            if self._stream.isatty():
                with _bar(self._stream) as self._bar:
                    self._bar.add_task(name, total=total, rate="")
                    yield
            else:
                yield
        finally:
            self._bar = None
            self.seconds[name] = self.seconds.get(name, 0.0) + time.monotonic() - self._since

    def advance(self, pages: int = 1) -> None:
        """So many more pages are done."""
        self._done += pages
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], advance=pages, rate=self._rate())
        elif not self._stream.isatty() and time.monotonic() - self._told >= EVERY:
            self._told = time.monotonic()
            print(self._line(), file=self._stream, flush=True)

    def so_far(self) -> str:
        """How far the stage at hand is, in a few words."""
        of = "" if self._total is None else f" of {self._total:,}"
        return f"{self._stage}: {self._done:,}{of} pages"

    def _line(self) -> str:
        line = f"bialign: {self.so_far()}, {self._rate()}"
        if self._total is not None and self._done:
            each = (time.monotonic() - self._since) / self._done
            line += f", {_span((self._total - self._done) * each)} left"
        return line

    def _rate(self) -> str:
        return f"{self._done / max(time.monotonic() - self._since, 1e-9):.1f} a second"


def _span(seconds: float) -> str:
    """A length of time as hours, minutes and seconds.

    >>> _span(3725.2)
    '1:02:05'
    """
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"


def _bar(stream: TextIO) -> Bar:
    from rich import progress  # noqa: PLC0415  (only where a person looks)
    from rich.console import Console  # noqa: PLC0415

    return progress.Progress(
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TextColumn("{task.fields[rate]}"),
        progress.TimeRemainingColumn(),
        console=Console(file=stream),
        transient=True,
    )
