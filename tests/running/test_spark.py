"""The Spark engine on real worker processes: its results are those of one machine."""

import json
import os
import shutil
import signal
import sqlite3
import threading
import time
from pathlib import Path

import pytest

from bialign import pipeline
from bialign.errors import UsageError
from bialign.lexicon.lexicon import build_lexicon as build_locally
from bialign.pages.reading import read_pages
from bialign.pages.separating import separate_all
from bialign.pages.sites import learn_sites

pytest.importorskip("pyspark", reason="the extra bialign[spark] is not installed")
if shutil.which("java") is None:
    pytest.skip("no Java for Spark", allow_module_level=True)

from bialign.pages.wanted import Sieve
from bialign.running import local
from bialign.running import spark as engine
from bialign.running.progress import Progress
from bialign.running.spark import sites as spark_sites
from bialign.running.spark.inputs import read_raw

# Spark's own Python leaves sockets and streams to the collector.
pytestmark = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)


@pytest.fixture(scope="module")
def cluster():
    """A cluster of two worker processes with an executor each."""
    settings = {
        "spark.master": "local-cluster[2,1,1024]",
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "4",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.log.level": "OFF",
    }
    session = engine.start(settings)
    yield session
    session.stop()


@pytest.fixture(scope="module")
def mixed(tmp_path_factory, seeds):
    """Pages of several forms and sites, in both languages, with inputs that cannot be read among them."""
    folder = tmp_path_factory.mktemp("mixed")
    for path in sorted(seeds.glob("*.txt")):
        shutil.copy(path, folder)
    lines = []
    for number in range(30):
        site = "news.example" if number % 3 else "other.example"
        body = (
            f"Homs, Enab - Attack number {number} killed Ihab al-Salti of the Free Syrian Army (FSA) in Homs."
        )
        text = f"Attack number {number} | {site}\nترجمة محمد غيث | {number % 28 + 1}/5/2018\n{body}\nAll rights reserved by {site} forever and ever, it says\n"
        lines.append(json.dumps({"text": text, "url": f"https://{site}/{number}", "extra": [number]}))
    lines[7] = "no JSON"
    lines.insert(20, "")
    (folder / "many.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    (folder / "empty.jsonl").write_text("\n\n", "utf-8")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 9)
    return folder


def contents(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def without_database(found):
    return {name: data for name, data in found.items() if name != "lexicon.db"}


def tables(path):
    with sqlite3.connect(path) as database:
        every = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        names = [name for (name,) in every if not name.startswith(("spelling_", "entry_"))]
        found = {name: sorted(map(repr, database.execute(f"SELECT * FROM {name}"))) for name in names}
    database.close()
    return found


class Killer(Progress):
    """Kills an executor while names are looked for."""

    def __init__(self):
        super().__init__()
        self.killed = 0

    def stage(self, name, total=None):
        if name == "names":
            threading.Thread(target=self.kill).start()
        return super().stage(name, total)

    def kill(self):
        time.sleep(2)
        for process in Path("/proc").iterdir():
            if process.name.isdigit() and is_executor(process) and our_child(int(process.name)):
                os.kill(int(process.name), signal.SIGKILL)
                self.killed = int(process.name)
                return


def is_executor(process):
    try:
        return b"CoarseGrainedExecutorBackend" in (process / "cmdline").read_bytes()
    except OSError:  # it has ended
        return False


def our_child(pid):
    while pid > 1:
        if pid == os.getpid():
            return True
        pid = int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
    return False


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="executors are found in /proc")
def test_results_are_those_of_one_machine_though_an_executor_is_killed(cluster, mixed, tmp_path):
    said, ours = [], []
    pipeline.run([mixed], tmp_path / "one", on_error=ours.append)
    killer = Killer()
    engine.run([mixed], tmp_path / "many", spark=cluster, on_error=said.append, progress=killer)
    assert killer.killed
    assert sorted(map(str, said)) == sorted(map(str, ours))
    assert len(said) == 3
    one, many = contents(tmp_path / "one"), contents(tmp_path / "many")
    assert without_database(many) == without_database(one)
    assert tables(tmp_path / "many" / "lexicon.db") == tables(tmp_path / "one" / "lexicon.db")
    assert b'"kind": "parallel"' in one["lexicon.jsonl"]
    address = str(tmp_path / "many" / "parquet")
    entries = [json.loads(line) for line in one["lexicon.jsonl"].splitlines()]
    written = [row.asDict(recursive=True) for row in cluster.read.parquet(f"{address}/lexicon").collect()]
    assert {row["id"]: row["ar"] for row in written} == {entry["id"]: entry["ar"] for entry in entries}
    assert cluster.read.parquet(f"{address}/pages").count() == len(one["pages.jsonl"].splitlines())
    counted = cluster.read.parquet(f"{address}/occurrences").groupBy("entry", "script").count().collect()
    counts = {row.entry: row["count"] for row in counted if row.script == "en"}
    assert all(counts.get(e["id"], 0) == sum(v["count"] for v in e["variants"]) for e in entries)


def test_what_is_not_wanted_is_counted_as_on_one_machine(cluster, mixed, tmp_path):
    for name, run, more in (("one", local.run, {"jobs": 1}), ("many", engine.run, {"spark": cluster})):
        found = run(
            [mixed / "many.jsonl"],
            tmp_path / name,
            on_error=lambda _: None,
            sieve=Sieve.of((), ["other.example"]),
            **more,
        )
        assert found.passed_over
    one, many = contents(tmp_path / "one"), contents(tmp_path / "many")
    assert many["passed_over.json"] == one["passed_over.json"]
    assert many["pages.jsonl"] == one["pages.jsonl"]


def test_stages_as_functions_of_a_persons_job(cluster, mixed):
    raws = list(read_pages(mixed / "many.jsonl", on_error=lambda _: None))
    rows = [(raw.text, raw.url, raw.source) for raw in raws] + [("", None, "blank")]
    frame = cluster.createDataFrame(rows, "content string, url string, source string").repartition(5)
    pages = engine.clean_pages(frame, {"text": "content"}).cache()
    found = {row.url: row.asDict(recursive=True) for row in pages.filter("id IS NOT NULL").collect()}
    expected = {page.url: page.to_dict() for page in separate_all(raws)}
    assert {url: page["credits"] for url, page in found.items()} == {
        u: p["credits"] for u, p in expected.items()
    }
    assert {u: p["published"] for u, p in found.items()} == {u: p["published"] for u, p in expected.items()}
    [blank] = pages.filter("id IS NULL").collect()
    assert blank.source is None
    assert "no page in the record (a field 'content' or 'html'" in blank.warnings[0]
    entries = engine.build_lexicon(pages).collect()
    locally = list(build_locally(list(separate_all(raws))).entries())
    assert [(e.canonical, e.ar) for e in entries] == [(e.canonical, e.ar) for e in locally]


@pytest.mark.parametrize("piece", [97, 4_000_000])
def test_pieces_and_addresses_hold_the_same_pages(cluster, mixed, piece):
    path = mixed / "many.jsonl"
    expected = [raw.text for raw in read_pages(path, on_error=lambda _: None)]
    for name in (str(path), path.as_uri()):
        rows = read_raw(cluster, [name], piece=piece).orderBy("file", "at").collect()
        assert [json.loads(row.raw)["text"] for row in rows if row.raw] == expected
        [error] = [row.error for row in rows if row.error]
        assert "many.jsonl: line 8: not JSON" in error


def test_templates_are_those_of_one_machine(cluster, mixed):
    raws = list(read_pages(mixed, on_error=lambda _: None))
    one = learn_sites(raws).templates
    many = spark_sites.learn(read_raw(cluster, [str(mixed)])).templates
    assert {t.site: t for t in many} == {t.site: t for t in one}
    assert {"news.example", "other.example"} <= {t.site for t in one}


def test_standard_input_is_refused(cluster):
    with pytest.raises(UsageError, match="standard input"):
        read_raw(cluster, ["-"])
