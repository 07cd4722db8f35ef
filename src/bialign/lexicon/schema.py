"""The lexicon's SQLite file: its tables, and opening one so that a bad file says what is wrong."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from bialign.errors import StoreError

#: SQLite's ``application_id`` of a lexicon ("biAL") and the ``user_version`` of this schema.
APPLICATION: Final = 0x6269414C
VERSION: Final = 2

#: The first SQLite with trigram search.
_OLDEST: Final = (3, 34, 0)

#: Documented column by column in docs/formats.md.
SCHEMA: Final = """
CREATE TABLE source (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source TEXT NOT NULL, url TEXT, date TEXT,
  language TEXT NOT NULL, credits TEXT NOT NULL, outlet TEXT, section TEXT);
CREATE TABLE spelling (
  number INTEGER PRIMARY KEY, script TEXT NOT NULL, text TEXT NOT NULL, key TEXT NOT NULL,
  UNIQUE (script, text));
CREATE INDEX spelling_key ON spelling (script, key);
CREATE VIRTUAL TABLE spelling_near USING fts5 (
  key, content='spelling', content_rowid='number', tokenize='trigram', detail='none', columnsize=0);
CREATE VIRTUAL TABLE spelling_gram USING fts5vocab (spelling_near, 'row');
CREATE TABLE gram (term TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE TRIGGER spelling_added AFTER INSERT ON spelling BEGIN
  INSERT INTO spelling_near (rowid, key) VALUES (new.number, new.key);
END;
CREATE TABLE entry (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, ar TEXT, type TEXT NOT NULL,
  canonical TEXT NOT NULL, folded TEXT NOT NULL, probability REAL NOT NULL, status TEXT NOT NULL,
  digest BLOB NOT NULL);
CREATE INDEX entry_order ON entry (folded, id);
CREATE VIRTUAL TABLE entry_search USING fts5 (
  ar, canonical, content="entry", content_rowid='number', columnsize=0,
  tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER entry_added AFTER INSERT ON entry BEGIN
  INSERT INTO entry_search (rowid, ar, canonical) VALUES (new.number, new.ar, new.canonical);
END;
CREATE TRIGGER entry_removed AFTER DELETE ON entry BEGIN
  INSERT INTO entry_search (entry_search, rowid, ar, canonical)
  VALUES ('delete', old.number, old.ar, old.canonical);
END;
CREATE TABLE variant (
  entry INTEGER NOT NULL REFERENCES entry, position INTEGER NOT NULL, text TEXT NOT NULL,
  count INTEGER NOT NULL, pages INTEGER NOT NULL, first TEXT, last TEXT,
  differences TEXT NOT NULL, proposed INTEGER NOT NULL, PRIMARY KEY (entry, position)) WITHOUT ROWID;
CREATE TABLE evidence (
  entry INTEGER NOT NULL REFERENCES entry, position INTEGER NOT NULL, kind TEXT NOT NULL,
  detail TEXT NOT NULL, source TEXT NOT NULL, PRIMARY KEY (entry, position)) WITHOUT ROWID;
CREATE TABLE form (
  spelling INTEGER NOT NULL REFERENCES spelling, entry INTEGER NOT NULL REFERENCES entry,
  count INTEGER NOT NULL, PRIMARY KEY (spelling, entry)) WITHOUT ROWID;
CREATE INDEX form_entry ON form (entry);
CREATE TABLE occurrence (
  number INTEGER PRIMARY KEY, source INTEGER NOT NULL REFERENCES source,
  spelling INTEGER NOT NULL REFERENCES spelling, start INTEGER NOT NULL, end INTEGER NOT NULL,
  type TEXT NOT NULL, context TEXT NOT NULL, stands_for TEXT, entry INTEGER);
CREATE INDEX occurrence_source ON occurrence (source);
CREATE INDEX occurrence_entry ON occurrence (entry);
CREATE TABLE link (
  source INTEGER NOT NULL REFERENCES source, ar INTEGER NOT NULL REFERENCES spelling,
  en INTEGER NOT NULL REFERENCES spelling, kind TEXT NOT NULL, detail TEXT NOT NULL,
  probability REAL NOT NULL);
CREATE INDEX link_source ON link (source);
CREATE TABLE story (
  source INTEGER PRIMARY KEY REFERENCES source, language TEXT NOT NULL, told BLOB NOT NULL, vector BLOB,
  original TEXT);
CREATE INDEX story_original ON story (original);
CREATE TABLE given (
  origin TEXT NOT NULL, position INTEGER NOT NULL, entry TEXT NOT NULL,
  PRIMARY KEY (origin, position)) WITHOUT ROWID;
CREATE TABLE decision (
  number INTEGER PRIMARY KEY, action TEXT NOT NULL, subject TEXT NOT NULL, object TEXT,
  who TEXT NOT NULL, decided TEXT NOT NULL, note TEXT NOT NULL,
  UNIQUE (action, subject, object, who, decided));
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE VIEW names AS
  SELECT e.id, e.ar, e.canonical, e.type, e.status, e.probability,
         (SELECT sum(v.count) FROM variant v WHERE v.entry = e.number) AS occurrences,
         (SELECT count(*) FROM variant v WHERE v.entry = e.number) AS spellings
  FROM entry e;
CREATE VIEW variants AS
  SELECT e.id, e.ar, e.canonical, v.text, v.count, v.pages, v.first, v.last, v.differences, v.proposed
  FROM variant v JOIN entry e ON e.number = v.entry;
CREATE VIEW occurrences AS
  SELECT e.id AS entry, w.script, w.text, s.id AS page, s.source, s.url, s.date, o.start, o.end, o.context
  FROM occurrence o JOIN spelling w ON w.number = o.spelling JOIN source s ON s.number = o.source
  LEFT JOIN entry e ON e.number = o.entry;
"""


@contextmanager
def guarded(path: str | None) -> Iterator[None]:
    """Turn SQLite's errors into one-line ``StoreError``s that name the file and the mend."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        message, mend = _MEANINGS.get(code, (str(error), None))
        raise StoreError(message, path=path, mend=mend) from error
    except UnicodeEncodeError as error:
        raise StoreError("a lone surrogate cannot be stored", path=path, mend="mend the text") from error


_MEANINGS: Final = {
    sqlite3.SQLITE_BUSY: ("locked by another process", "wait until it has finished, then try again"),
    sqlite3.SQLITE_LOCKED: ("locked by another process", "wait until it has finished, then try again"),
    sqlite3.SQLITE_FULL: ("no space left on the disk; nothing was changed", "make room and try again"),
    sqlite3.SQLITE_IOERR: ("the disk cannot be read or written; nothing was changed", "check the disk"),
    sqlite3.SQLITE_READONLY: ("cannot be written", "check the rights of the file and its folder"),
    sqlite3.SQLITE_PERM: ("cannot be read", "check the rights of the file and its folder"),
    sqlite3.SQLITE_CANTOPEN: ("cannot be opened", "check that the file and its folder exist"),
    sqlite3.SQLITE_CORRUPT: ("damaged", "restore a copy, or build it again from its pages"),
    sqlite3.SQLITE_NOTADB: ("not a lexicon, or damaged", "name a file that bialign lexicon build wrote"),
}


def create() -> sqlite3.Connection:
    """A new, empty lexicon in a private temporary database.

    It lives in memory up to 64 MB and beyond that in a file of the temporary folder that
    SQLite removes; so a large build does not fill the memory.

    Raises:
        StoreError: this Python's SQLite is too old, or the temporary folder cannot be written.
    """
    if sqlite3.sqlite_version_info < _OLDEST:
        raise StoreError(
            f"SQLite {sqlite3.sqlite_version} is too old", mend="a Python with SQLite 3.34 or newer"
        )
    with guarded(None):
        connection = sqlite3.connect("", isolation_level=None)
        connection.execute("PRAGMA cache_size = -65536")
        connection.executescript(SCHEMA)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
    return connection


def connect(path: str, timeout: float = 30.0) -> sqlite3.Connection:
    """Open an existing lexicon file.

    Args:
        path: the file.
        timeout: seconds to wait for another process that is writing.

    Raises:
        StoreError: it is missing, locked, cut short, no lexicon, or of another version.
    """
    if not Path(path).is_file():
        raise StoreError("no such lexicon", path=path, mend="make one with bialign lexicon build")
    if Path(path).stat().st_size == 0:
        raise StoreError("an empty file, not a lexicon", path=path, mend="build it again from its pages")
    # A read-only file still answers look-ups.
    mode = "rw" if os.access(path, os.W_OK) else "ro"
    with guarded(path):
        connection = sqlite3.connect(
            f"{Path(path).resolve().as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=timeout
        )
        try:
            _check(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


def _check(connection: sqlite3.Connection, path: str) -> None:
    """What can be told at once: the kind of file, its version, its length."""
    [application], [version] = (
        connection.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version")
    )
    if application != APPLICATION:
        raise StoreError(
            "a database, but not a lexicon", path=path, mend="name a file that bialign lexicon build wrote"
        )
    if version != VERSION:
        raise StoreError(
            f"a lexicon of format {version}, this bialign reads format {VERSION}",
            path=path,
            mend="export it to JSON lines with the bialign that wrote it, then import that",
        )
    [pages], [size] = (
        connection.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "page_size")
    )
    if Path(path).stat().st_size < pages * size:
        raise StoreError("damaged: cut short", path=path, mend="restore a copy, or build it again")
    connection.execute("SELECT 1 FROM entry LIMIT 1").fetchone()
    connection.execute("PRAGMA cache_size = -65536")


def save(connection: sqlite3.Connection, path: str, timeout: float = 30.0) -> None:
    """Write a copy of the database to a file, whole or not at all, without its unused pages.

    A lexicon already there is held against writers until the new one has taken its name.

    Raises:
        StoreError: the file is being written by another process, or cannot be written.
    """
    target = Path(path)
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        raise StoreError(f"cannot be written: {error.strerror}", path=path) from error
    try:
        with guarded(path):
            connection.execute("VACUUM INTO ?", (temporary,))
        os.fsync(handle)
        umask = os.umask(0)
        os.umask(umask)
        Path(temporary).chmod(0o666 & ~umask)
        with _held(path, timeout):
            Path(temporary).replace(target)
    except OSError as error:
        raise StoreError(f"cannot be written: {error.strerror}", path=path) from error
    finally:
        os.close(handle)
        Path(temporary).unlink(missing_ok=True)


@contextmanager
def _held(path: str, timeout: float) -> Iterator[None]:
    """Keep writers from the database at ``path``; a file that is none needs no holding."""
    try:
        old = connect(path, timeout)
    except StoreError as error:
        if isinstance(error.__cause__, sqlite3.OperationalError):
            raise
        yield
        return
    try:
        with guarded(path):
            # Exclusive, because a writer that crashed left a journal which must be played back first.
            old.execute("BEGIN EXCLUSIVE")
        yield
    finally:
        old.close()
