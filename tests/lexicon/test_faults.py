"""What goes wrong with files: locked, damaged, full, two at once. The old lexicon stays whole."""

import sqlite3
import subprocess
import sys
import threading
from contextlib import closing, suppress

import pytest

from bialign.errors import BialignError, StoreError
from bialign.lexicon.lexicon import Lexicon

from .conftest import page

pytestmark = pytest.mark.usefixtures("small_resolver")


@pytest.fixture
def path(lexicon, tmp_path):
    lexicon.save(tmp_path / "l.db")
    return tmp_path / "l.db"


def entries(path):
    with Lexicon.open(path) as opened:
        return list(opened.entries())


def many(first, count=40):
    return [page(first + i, [("en", f"Name {first + i} {j}") for j in range(20)]) for i in range(count)]


def test_locked_for_all(path):
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="locked by another process"):
            Lexicon.open(path, timeout=0.05)


def test_locked_for_writers(path):
    before = entries(path)
    with (
        closing(sqlite3.connect(path, isolation_level=None)) as other,
        Lexicon.open(path, timeout=0.05) as mine,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="locked by another process"):
            mine.observe(many(100, 1))
        assert list(mine.entries()) == before
        with pytest.raises(StoreError, match="locked by another process"):
            mine.decide("accept", before[0].id, who="Ruba")
        other.execute("ROLLBACK")
        mine.decide("accept", before[0].id, who="Ruba")
    assert entries(path)[0].status == "accepted"


def test_two_writers(path):
    failed = []

    def write(first):
        try:
            with Lexicon.open(path) as mine:
                for i in range(5):
                    mine.observe(many(first + i, 1))
        except BialignError as error:
            failed.append(error)

    threads = [threading.Thread(target=write, args=(first,)) for first in (100, 200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    with Lexicon.open(path) as opened:
        assert len(list(opened.sources())) == 3 + 10
        assert len(opened) == 4 + 10 * 20
        opened.store.check()


def test_cut_short(path):
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) - 4096])
    with pytest.raises(StoreError, match="damaged"):
        Lexicon.open(path)


def test_bytes_overwritten(path):
    whole = path.read_bytes()
    said = []
    for start in range(4096, len(whole), 4096):
        path.write_bytes(whole[:start] + b"\xa5" * 512 + whole[start + 512 :])
        try:
            with Lexicon.open(path) as opened:
                list(opened.entries())
                opened.lookup("Hama")
                opened.store.check()
        except StoreError as error:
            said.append(str(error))
    assert len(said) > 10
    assert all(str(path) in line and "\n" not in line for line in said)


def test_another_database(tmp_path):
    path = tmp_path / "x.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE t (x)")
        other.commit()
    with pytest.raises(StoreError, match="a database, but not a lexicon"):
        Lexicon.open(path)


def test_another_version(path):
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match="a lexicon of format 99"):
        Lexicon.open(path)


def test_full_disk_while_adding(path):
    before = entries(path)
    with Lexicon.open(path) as mine:
        [[pages]] = mine.store.query("PRAGMA page_count")
        mine.store.connection.execute(f"PRAGMA max_page_count = {pages + 3}")
        with pytest.raises(StoreError, match="no space left on the disk; nothing was changed"):
            mine.observe(many(100))
        assert list(mine.entries()) == before
    assert entries(path) == before


FULL = """
import resource, signal, sys
from bialign.errors import BialignError
from bialign.lexicon.lexicon import Lexicon
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Lexicon.open(sys.argv[1]) as opened:
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
    for name in sys.argv[2:]:
        try:
            opened.save(name) if name.endswith("db") else opened.export(name)
        except BialignError as error:
            print(error)
"""


def test_full_disk_while_saving(path, tmp_path):
    names = ["new.db", "new.jsonl", "new.tmx", "new.moses"]
    for name in names:
        (tmp_path / name).write_text("old", encoding="utf-8")
    targets = [str(tmp_path / name) for name in names]
    ended = subprocess.run(
        [sys.executable, "-c", FULL, str(path), *targets],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    )
    # the two files of Moses text are small enough
    assert len(ended.stdout.splitlines()) == len(names) - 1, ended.stdout
    for line, target in zip(ended.stdout.splitlines(), targets, strict=False):
        assert line.startswith(target)
    assert {(tmp_path / name).read_text(encoding="utf-8") for name in names} == {"old"}
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".")]


CRASH = """
import os, sqlite3, sys
c = sqlite3.connect(sys.argv[1], isolation_level=None)
c.execute("PRAGMA cache_size = 1")
c.execute("BEGIN IMMEDIATE")
c.execute("UPDATE variant SET text = text || 'x'")
c.execute("UPDATE spelling SET text = text || 'x'")
c.execute("CREATE TABLE filler AS WITH n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<20000) SELECT i FROM n")
os._exit(9)
"""


def test_a_writer_that_crashed(path, tmp_path, lexicon):
    before = entries(path)
    subprocess.run([sys.executable, "-c", CRASH, str(path)], check=False, timeout=60)
    assert (tmp_path / "l.db-journal").exists()
    lexicon.observe(many(100, 1))
    lexicon.save(path)
    assert not (tmp_path / "l.db-journal").exists()
    assert len(entries(path)) == len(before) + 20


def test_read_after_a_crash(path):
    before = entries(path)
    subprocess.run([sys.executable, "-c", CRASH, str(path)], check=False, timeout=60)
    assert entries(path) == before


def test_saving_over_a_file_in_use(path, lexicon):
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="locked by another process"):
            lexicon.save(path, timeout=0.05)
    with suppress(StoreError):
        lexicon.save(path.parent / "nowhere" / "l.db")
    path.write_text("not a database", encoding="utf-8")
    lexicon.save(path)
    assert entries(path) == list(lexicon.entries())


def test_an_error_while_observing_adds_nothing(path):
    def broken():
        yield page(100, [("en", "Homs")])
        raise RuntimeError

    before = entries(path)
    with Lexicon.open(path) as mine, pytest.raises(RuntimeError):
        mine.observe(broken())
    assert entries(path) == before
    fresh = Lexicon()
    with pytest.raises(RuntimeError):
        fresh.observe(broken())
    assert list(fresh.sources()) == []
