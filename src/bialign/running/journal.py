"""What a run keeps on disk until it is done, so that an interrupted one goes on where it stopped.

The pages read are written to a spool and cut into chunks. What was made of a chunk is kept under a
digest of all it was made from: the chunk's pages, the templates of their sites, the version and the
options. A run that is called again reads its inputs again, finds which chunks are there already, and
makes the others; a page that changed meanwhile changes its chunk's digest.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final, Self

from bialign.errors import InputError, UsageError
from bialign.files import dumps
from bialign.model import RawPage
from bialign.pages.sites import MOST_GROUPED, sites_of
from bialign.pages.templates import host
from bialign.pages.written import PageLine
from bialign.running import results
from bialign.version import __version__

try:
    import fcntl
except ImportError:  # a system without it does not hold the folder
    fcntl = None  # type: ignore[assignment]  # a module elsewhere

#: The folder of a journal inside that of the results.
FOLDER: Final = ".journal"
#: Pages of a chunk: what an interruption loses at most, a worker.
CHUNK: Final = 16


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some pages of the spool that follow each other.

    Args:
        offset: byte of the spool where they begin.
        pages: how many.
        digest: of their bytes.
        homeless: how many of them, from the first, are grouped by the lines they share if they have no
            address.
    """

    offset: int
    pages: int
    digest: str
    homeless: int


class Journal:
    """The journal of one run.

    Args:
        folder: where the results will go.
        options: whatever changes the results, as JSON-ready data.
        chunk: pages of a chunk.

    Use it in a ``with`` block: within it no other run can work on the same folder.

    Raises:
        UsageError: another run works there.
        InputError: the folder cannot be written.
    """

    def __init__(self, folder: Path, options: object = None, chunk: int = CHUNK) -> None:
        self.folder = folder / FOLDER
        self.spool = self.folder / "spool.jsonl"
        self.sites = self.folder / "sites.json"
        self.chunks: list[Chunk] = []
        self._options = options
        self._size = chunk
        self._learned = ""
        #: Whether the pages of the spool are separated ones.
        self.separated = False
        self._lock: IO[str] | None = None

    def __enter__(self) -> Self:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock = (self.folder / "lock").open("w", encoding="utf-8")
        except OSError as error:
            raise InputError(f"cannot write: {error.strerror}", path=str(self.folder)) from error
        if fcntl is not None:
            try:
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                self._lock.close()
                raise UsageError(
                    "another run is at work there", path=str(self.folder.parent), mend="wait for it"
                ) from error
        return self

    def __exit__(self, *_: object) -> None:
        if self._lock is not None:
            self._lock.close()

    def take_in(self, raws: Iterable[RawPage]) -> None:
        """Write pages to the spool and cut them into chunks.

        Raises:
            InputError: the disk is full.
        """
        try:
            with self.spool.open("wb") as spool:
                self.chunks = list(self._spooled(raws, spool))
        except OSError as error:
            raise InputError(f"cannot write: {error.strerror}", path=str(self.spool)) from error

    def take_in_pages(self, lines: Iterable[PageLine]) -> None:
        """Write separated pages to the spool and cut them into chunks.

        Raises:
            InputError: the disk is full.
        """
        self.separated = True
        following = iter(lines)
        try:
            with self.spool.open("wb") as spool:
                while chunk := [line.line for line in itertools.islice(following, self._size)]:
                    digest = hashlib.blake2b(b"".join(chunk), digest_size=16).hexdigest()
                    self.chunks.append(Chunk(spool.tell(), len(chunk), digest, 0))
                    spool.writelines(chunk)
        except OSError as error:
            raise InputError(f"cannot write: {error.strerror}", path=str(self.spool)) from error

    def _spooled(self, raws: Iterable[RawPage], spool: IO[bytes]) -> Iterator[Chunk]:
        left, pages = MOST_GROUPED, iter(raws)
        while chunk := list(itertools.islice(pages, self._size)):
            lines = b"".join((dumps(raw) + "\n").encode() for raw in chunk)
            alone = sum(host(raw.url) is None for raw in chunk)
            offset = spool.tell()
            spool.write(lines)
            digest = hashlib.blake2b(lines, digest_size=16).hexdigest()
            yield Chunk(offset, len(chunk), digest, min(alone, left))
            left -= min(alone, left)

    def learn(self) -> None:
        """Learn the sites' templates, from the traits of all chunks.

        Raises:
            InputError: the disk is full.
        """
        told = itertools.chain.from_iterable(map(results.traits, map(self.traits, self.chunks)))
        sites_of(told).save(self.sites)
        self._learned = hashlib.blake2b(self.sites.read_bytes(), digest_size=16).hexdigest()

    def traits(self, chunk: Chunk) -> Path:
        """The file that holds what a chunk's pages say of their sites, whether or not it is there yet."""
        made_from = json.dumps([__version__, chunk.digest, chunk.homeless])
        return self.folder / f"{hashlib.blake2b(made_from.encode(), digest_size=16).hexdigest()}.traits"

    def result(self, chunk: Chunk) -> Path:
        """The file that holds what was made of a chunk, whether or not it is there yet."""
        made_from = json.dumps([__version__, self._options, self._learned, chunk.digest])
        return self.folder / f"{hashlib.blake2b(made_from.encode(), digest_size=16).hexdigest()}.jsonl"

    def vectors(self, chunk: Chunk) -> Path:
        """The file that holds the vectors of a chunk's pages, whether or not it is there yet."""
        return self.result(chunk).with_suffix(".vectors")

    def paired(self, pairs: object) -> Path:
        """The file that holds what was made of pairs of pages, whether or not it is there yet.

        Args:
            pairs: JSON-ready: the pages by their chunk's file and their number in it.
        """
        name = hashlib.blake2b(json.dumps(pairs).encode(), digest_size=16).hexdigest()
        return self.folder / f"{name}.pairs"

    def results(self) -> Iterator[Path]:
        """The files with what was made of the chunks, in the order of the input."""
        return map(self.result, self.chunks)

    def discard(self) -> None:
        """Remove the journal: the run is done."""
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree(self.folder)


def spooled(path: str | Path, offset: int, pages: int) -> Iterator[dict[str, Any]]:
    """The raw pages of a chunk, as JSON data."""
    with Path(path).open("rb") as spool:
        spool.seek(offset)
        for _ in range(pages):
            yield json.loads(spool.readline())
