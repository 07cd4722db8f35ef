"""Worker processes: tasks handed out, dead and hanging workers replaced, their page set aside.

A page that takes too long, or kills its worker twice, is left out and the rest of its task done anew.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Self

from bialign.errors import BialignError
from bialign.lexicon.observing import TOGETHER

#: The program a worker runs. ``-P``: nothing is imported from the folder a person happens to be in.
COMMAND: Final = (sys.executable, "-P", "-m", "bialign.running.worker")
#: Seconds a worker may take to load its models.
START: Final = 600.0
#: A page is set aside when it has killed this many workers: one may die of something else.
DEATHS: Final = 2

_Event = tuple["_Worker", dict[str, Any] | None]


@dataclass(eq=False)
class Task:
    """Work on some pages.

    Args:
        body: what the worker is told.
        pages: how many pages it is about.
        skip: pages to leave out, by their number in the task, and why.
    """

    body: dict[str, Any]
    pages: int
    skip: dict[int, str] = field(default_factory=dict)


class Pool:
    """Some worker processes; leaving the ``with`` block ends them.

    Args:
        jobs: how many at most.
        page_timeout: seconds that one page may take.
        command: the program they run.
    """

    def __init__(self, jobs: int, page_timeout: float, command: Sequence[str] = COMMAND) -> None:
        self._jobs = jobs
        self._limit = page_timeout
        self._command = command
        self._events: queue.SimpleQueue[_Event] = queue.SimpleQueue()
        self._workers: list[_Worker] = []
        self._deaths: Counter[tuple[int, int]] = Counter()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.end()

    def do(self, tasks: Iterable[Task]) -> Iterator[Task]:
        """Do tasks, in any order.

        Yields:
            Each task when it is done.

        Raises:
            BialignError: a worker cannot start, or cannot write its results.
        """
        waiting = deque(tasks)
        while waiting or any(worker.task for worker in self._workers):
            while waiting and (idle := self._idle()):
                idle.give(waiting.popleft(), self._limit)
            worker, message = self._next()
            task = worker.task
            if worker not in self._workers or task is None:
                continue
            if message is None:
                self._bury(worker, f"its worker died ({worker.status()})")
                waiting.appendleft(task)
            elif "stop" in message:
                raise BialignError(message["stop"])
            elif "done" in message:
                worker.task = None
                yield task
            else:
                worker.heard(message, self._limit)

    def rest(self) -> None:
        """End the workers that have nothing to do, and free what they hold; new ones start when needed."""
        for worker in [worker for worker in self._workers if worker.task is None]:
            self._workers.remove(worker)
            worker.end()

    def _idle(self) -> _Worker | None:
        """A worker without a task; a new one while there may be more."""
        for worker in self._workers:
            if worker.task is None:
                return worker
        if len(self._workers) < self._jobs:
            self._workers.append(_Worker(self._command, self._events))
            return self._workers[-1]
        return None

    def _next(self) -> _Event:
        """The next message of a worker; one that says nothing for too long is killed."""
        while True:
            busy = [worker for worker in self._workers if worker.task]
            deadline = min(worker.deadline for worker in busy)
            try:
                return self._events.get(timeout=max(deadline - time.monotonic(), 0.01))
            except queue.Empty:
                now = time.monotonic()
                for worker in busy:
                    if worker.deadline <= now:
                        self._overdue(worker)

    def _overdue(self, worker: _Worker) -> None:
        if worker.task is not None and worker.at is not None and worker.at != TOGETHER:
            worker.task.skip[worker.at] = f"took longer than {self._limit:g} seconds"
        worker.kill()

    def _bury(self, worker: _Worker, how: str) -> None:
        """Take a dead worker away and remember what it was at."""
        self._workers.remove(worker)
        task, at = worker.task, worker.at
        said = worker.end()
        if not worker.ready:
            raise BialignError(f"a worker process cannot start: {said or how}")
        if task is None or at in task.skip:
            return
        if at == TOGETHER:  # which page it was shows when each is done by itself
            task.body["singly"] = True
            return
        place = -1 if at is None else at
        self._deaths[id(task), place] += 1
        if self._deaths[id(task), place] >= DEATHS:
            if at is None:
                raise BialignError(f"the worker processes die before their work: {said or how}")
            task.skip[at] = how


class _Worker:
    """One process, the thread that hears it, and what it is doing."""

    def __init__(self, command: Sequence[str], events: queue.SimpleQueue[_Event]) -> None:
        self.task: Task | None = None
        self.at: int | None = None
        self.ready = False
        self.deadline = time.monotonic() + START
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115  (closed in end)
        self._process = subprocess.Popen(  # noqa: S603  (our own program)
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=_environment(),
            start_new_session=True,
        )
        threading.Thread(target=self._listen, args=(events,), daemon=True).start()

    def _listen(self, events: queue.SimpleQueue[_Event]) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as stream:
            for line in stream:
                events.put((self, json.loads(line)))
        events.put((self, None))

    def give(self, task: Task, limit: float) -> None:
        """Hand a task to the worker; one that has died says so by its silence."""
        self.task, self.at = task, None
        if self.ready:
            self.deadline = time.monotonic() + limit
        assert self._process.stdin is not None
        body = task.body | {"skip": {str(number): why for number, why in task.skip.items()}}
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps(body).encode() + b"\n")
            self._process.stdin.flush()

    def heard(self, message: dict[str, Any], limit: float) -> None:
        """The worker is ready, or begins a page: its time runs anew."""
        self.ready = True
        self.at = message.get("at", self.at)
        self.deadline = time.monotonic() + limit

    def status(self) -> str:
        """How the process ended."""
        code = self._process.wait()
        return f"signal {-code}" if code < 0 else f"exit code {code}"

    def kill(self) -> None:
        """End the process at once."""
        self._process.kill()

    def end(self) -> str:
        """End the process and free what it held; returns the last line it wrote on standard error."""
        self._process.kill()
        self._process.wait()
        if self._process.stdin is not None:
            with contextlib.suppress(BrokenPipeError):
                self._process.stdin.close()
        if self._errors.closed:
            return ""
        with self._errors:
            self._errors.seek(0)
            lines = self._errors.read().decode("utf-8", "replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "")


def _environment() -> dict[str, str]:
    """A worker imports what this process imports, and keeps to one core."""
    path = os.pathsep.join(entry for entry in sys.path if entry)
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {**os.environ, **threads, "PYTHONPATH": path}
