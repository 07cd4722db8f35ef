"""Vectors kept on disk between runs: one SQLite file that many processes share.

A vector is found by a digest of the model's name and the text, so a text is never stored, and another
model's vectors are never taken for this one's. The file is a cache: what cannot be read is computed,
what cannot be written is left, and a damaged file is begun anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

#: Names the folder of the cache; not set, empty, ``0`` or ``off``: nothing is kept on disk.
FOLDER: Final = "BIALIGN_CACHE"
#: Names the most megabytes the cache may take.
SIZE: Final = "BIALIGN_CACHE_MB"
#: Megabytes if ``SIZE`` is not set: half a million vectors.
MEGABYTES: Final = 1024

_FILE: Final = "vectors-1.sqlite"
_OFF: Final = frozenset({"", "0", "off", "no", "none"})
#: Seconds to wait for another process that writes; then the vectors are left.
_WAIT: Final = 5.0
#: Parts of the cache that stay when it is full.
_KEPT: Final = 0.9
#: A vector's last use is written anew when it was so many seconds ago.
_FRESH: Final = 6 * 3600
_ASKED: Final = 500


class VectorCache:
    """Vectors on disk.

    Args:
        folder: where the file lies; made if it does not exist.
        model: what computes the vectors: name and version.
        megabytes: the file's size at most, about.
    """

    def __init__(self, folder: str | Path, model: str, megabytes: float = MEGABYTES) -> None:
        self.path = Path(folder) / _FILE
        self._model = model.encode()
        self._bytes = int(megabytes * 1_000_000)
        self._database: sqlite3.Connection | None = None
        self._process = 0

    @classmethod
    def chosen(cls, model: str, environment: Mapping[str, str] = os.environ) -> VectorCache | None:
        """The cache that the environment names, null if it names none.

        Args:
            model: what computes the vectors.
            environment: ``BIALIGN_CACHE`` and ``BIALIGN_CACHE_MB``.
        """
        folder = environment.get(FOLDER, "")
        if folder.strip().lower() in _OFF:
            return None
        try:
            megabytes = float(environment.get(SIZE, "") or MEGABYTES)
        except ValueError:
            megabytes = MEGABYTES
        return cls(Path(folder).expanduser(), model, megabytes)

    def get(self, texts: Sequence[str]) -> dict[str, Vectors]:
        """The vectors that are there of these texts."""
        found: dict[str, Vectors] = {}
        try:
            database = self._opened()
            for some in _parts(list(dict.fromkeys(texts))):
                found |= self._read(database, some)
        except (sqlite3.Error, OSError) as error:
            self._leave(error)
        return found

    def _read(self, database: sqlite3.Connection, texts: Sequence[str]) -> dict[str, Vectors]:
        names = {self._name(text): text for text in texts}
        now = int(time.time())
        marks = ",".join("?" * len(names))
        rows = database.execute(
            f"SELECT name, vector, used FROM vector WHERE name IN ({marks})",  # noqa: S608  (question marks only)
            list(names),
        ).fetchall()
        old = [(now, name) for name, _, used in rows if used < now - _FRESH]
        if old:
            database.executemany("UPDATE vector SET used = ? WHERE name = ?", old)
        return {names[name]: np.frombuffer(vector, "<f4").astype(np.float32) for name, vector, _ in rows}

    def put(self, vectors: Mapping[str, Vectors]) -> None:
        """Keep vectors; those used longest ago make room."""
        now = int(time.time())
        rows = [(self._name(text), now, vector.astype("<f4").tobytes()) for text, vector in vectors.items()]
        try:
            database = self._opened()
            database.execute("BEGIN IMMEDIATE")
            try:
                database.executemany("INSERT OR IGNORE INTO vector VALUES (?,?,?)", rows)
                self._make_room(database)
                database.execute("COMMIT")
            except BaseException:
                if database.in_transaction:
                    database.execute("ROLLBACK")
                raise
        except (sqlite3.Error, OSError) as error:
            self._leave(error)

    def close(self) -> None:
        """Close the file."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def _name(self, text: str) -> bytes:
        digest = hashlib.blake2b(self._model, digest_size=16)
        digest.update(b"\0")
        digest.update(text.encode("utf-8", "surrogatepass"))
        return digest.digest()

    def _make_room(self, database: sqlite3.Connection) -> None:
        """Remove what was used longest ago when the file has reached its size."""
        used = _pragma(database, "page_count") - _pragma(database, "freelist_count")
        page = _pragma(database, "page_size")
        if used * page <= self._bytes:
            return
        [count] = database.execute("SELECT count(*) FROM vector").fetchone()
        fewer = count - int(count * _KEPT * self._bytes / (used * page))
        database.execute(
            "DELETE FROM vector WHERE name IN (SELECT name FROM vector ORDER BY used, name LIMIT ?)", (fewer,)
        )

    def _leave(self, error: sqlite3.Error | OSError) -> None:
        """Go on without the file; a damaged one is removed."""
        self.close()
        if getattr(error, "sqlite_errorcode", 0) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            for ending in ("", "-wal", "-shm"):
                with contextlib.suppress(OSError):
                    self.path.with_name(_FILE + ending).unlink()

    def _opened(self) -> sqlite3.Connection:
        if self._database is None or self._process != os.getpid():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            database = sqlite3.connect(
                self.path, isolation_level=None, timeout=_WAIT, check_same_thread=False
            )
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = NORMAL")
            database.execute(
                "CREATE TABLE IF NOT EXISTS vector (name BLOB PRIMARY KEY, used INTEGER, vector BLOB)"
            )
            database.execute("CREATE INDEX IF NOT EXISTS vector_used ON vector (used, name)")
            self._database, self._process = database, os.getpid()
        return self._database


def _pragma(database: sqlite3.Connection, name: str) -> int:
    [value] = database.execute(f"PRAGMA {name}").fetchone()
    return int(value)


def _parts(texts: Sequence[str]) -> Iterable[Sequence[str]]:
    return (texts[at : at + _ASKED] for at in range(0, len(texts), _ASKED))
