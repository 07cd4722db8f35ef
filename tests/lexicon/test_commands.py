"""``bialign lexicon`` as a person runs it: processes where that matters, the app itself elsewhere."""

import json
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
from typer.testing import CliRunner

from bialign.cli import lexicon as commands
from bialign.cli.lexicon import app
from bialign.errors import BialignError
from bialign.lexicon import canonical, decisions
from bialign.lexicon.lexicon import Lexicon


def bialign(*arguments, **options):
    return subprocess.run(
        [sys.executable, "-m", "bialign", "lexicon", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        **options,
    )


def inside(*arguments):
    return CliRunner().invoke(app, [str(a) for a in arguments], catch_exceptions=False)


@pytest.fixture
def path(lexicon, tmp_path):
    lexicon.save(tmp_path / "l.db")
    return tmp_path / "l.db"


@pytest.fixture
def names(tmp_path):
    file = tmp_path / "names.tsv"
    file.write_text(
        "ar\ten\tcount\tcomment\nحماة\tHama\t3\tx\nحماة\tHamah\t1\t\nحمص\tHoms\t2\t\n", encoding="utf-8"
    )
    return file


def test_import_lookup_export_as_processes(names, tmp_path):
    made = bialign("import", names, "-o", tmp_path / "n.db")
    assert (made.returncode, made.stdout) == (0, ""), made.stderr
    assert "2 names of 1 files" in made.stderr
    found = bialign("lookup", tmp_path / "n.db", "hamah", "حمص")
    assert found.returncode == 0
    assert "Hama (3), Hamah (1)" in found.stdout
    assert "Homs (2)" in found.stdout
    written = bialign("export", tmp_path / "n.db")
    assert [json.loads(line)["ar"] for line in written.stdout.splitlines()] == ["حماة", "حمص"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["lookup", "none.db", "x"], "none.db: no such lexicon"),
        (["import", "none.tsv", "-o", "x.db"], "none.tsv: cannot read"),
        (["import", "bad.tsv", "-o", "x.db"], "bad.tsv: line 1: no column 'ar'"),
        (["import", "bad.tsv", "-f", "klingon"], "no format 'klingon'"),
        (["build", "none.txt", "-o", "x.klingon"], "x.klingon: the ending tells no format"),
        (["export", "bad.tsv", "-o", "x.tmx"], "bad.tsv: not a lexicon, or damaged"),
    ],
)
def test_one_line_for_what_is_wrong(tmp_path, arguments, says):
    (tmp_path / "bad.tsv").write_text("french\tenglish\n" + "x\ty\n" * 300, encoding="utf-8")
    ended = bialign(*arguments, cwd=tmp_path)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.count("\n") == 1
    assert says in ended.stderr
    assert not (tmp_path / "x.db").exists()


def test_reads_standard_input():
    ended = bialign("import", "-", "-f", "tsv", input="ar\ten\nحماة\tHama\n")
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout)["canonical"] == "Hama"


def test_import_again_takes_the_place(names, tmp_path):
    file = tmp_path / "n.db"
    inside("import", names, "-o", file)
    inside("import", names, "-o", file, "--add")
    with Lexicon.open(file) as opened:
        assert opened.lookup("Hama")[0].entry.variants[0].count == 3


def test_add_to_nothing(names, tmp_path):
    with pytest.raises(BialignError, match="no such lexicon"):
        inside("import", names, "-o", tmp_path / "none.db", "--add")
    with pytest.raises(BialignError, match="--add"):
        inside("import", names, "--add")


@pytest.mark.usefixtures("small_resolver")
def test_decide_and_diff(path, tmp_path):
    before = tmp_path / "before.jsonl"
    inside("export", path, "-o", before)
    assert "accepted" in inside("decide", path, "accept", "Hama", "--who", "Ruba").output
    inside("decide", path, "merge", "Hama", "--other", "Salti", "--who", "Ruba")
    inside("decide", path, "split", "Hama", "--text", "Hamah", "--who", "Ruba", "--note", "another place")
    told = inside("diff", before, path).output
    assert told.splitlines()[0].startswith("new     —  place, accepted: Hamah (1)")
    assert "was proposed; + Salti; - Hamah" in told
    assert "lost    —  place, proposed: Salti (1)" in told
    changes = [json.loads(line) for line in inside("diff", before, path, "--json").output.splitlines()]
    assert [c["change"] for c in changes] == ["new", "changed", "lost"]
    assert inside("diff", path, path).output == ""


@pytest.mark.usefixtures("small_resolver")
def test_decide_needs_one_name(path):
    for name in ("Homs", "nothing"):
        with pytest.raises(BialignError, match="no entries"):
            inside("decide", path, "accept", name, "--who", "Ruba")
    assert inside("decide", path, "bless", "Hama", "--who", "Ruba").exit_code == 2


def test_stats(path):
    told = inside("stats", path, "--check").output
    assert "4  names\n" in told
    assert json.loads(inside("stats", path, "--json").output)["sources"] == 3


@pytest.mark.usefixtures("small_resolver")
def test_merge(path, names, tmp_path):
    inside("import", names, "-o", tmp_path / "n.db")
    inside("merge", path, tmp_path / "n.db", "-o", tmp_path / "m.db")
    with Lexicon.open(tmp_path / "m.db") as opened:
        assert [v.count for v in opened.lookup("Hama")[0].entry.variants] == [5, 2]
        assert opened.arabic("Homs") == (("حمص", 0),)


def test_lookup_as_json(path):
    line = inside("lookup", path, "Hama", "--json", "-n", "1").output
    assert json.loads(line)["found"][0]["entry"]["ar"] == "حماة"


def test_build_from_everything(tmp_path):
    """The real job, small: a scraped page, a page record, and parallel text three ways."""
    seed = Path(__file__).parents[2] / "seeds" / "001_bridge_raqqa.txt"
    (tmp_path / "x.ar").write_text("زار الوزير مدينة حماة اليوم\n", encoding="utf-8")
    (tmp_path / "x.en").write_text("The minister visited the city of Hama today\n", encoding="utf-8")
    (tmp_path / "y.tsv").write_text(
        "ar\ten\nعاد إلى مدينة حماة\tHe returned to Hamah city\n", encoding="utf-8"
    )
    (tmp_path / "z.jsonl").write_text(
        '{"ar": "وصل إلى حماة", "en": "He arrived in Hama"}\n', encoding="utf-8"
    )
    (tmp_path / "bad.jsonl").write_text('{"title": "x"}\n', encoding="utf-8")
    ended = bialign("build", seed, tmp_path, "-o", tmp_path / "l.db")
    assert ended.returncode == 2
    assert [line for line in ended.stderr.splitlines() if line.startswith("bialign:")] == [
        f'bialign: {tmp_path}/bad.jsonl: line 1: neither a page nor parallel text (give "ar" and "en")'
    ]
    assert "names of 1 pages and 3 pairs" in ended.stderr
    with Lexicon.open(tmp_path / "l.db") as opened:
        assert len(list(opened.sources())) == 4
        counts = {v.text: v.count for v in opened.lookup("Hama", 1)[0].entry.variants}
        assert counts["Hama"] == 2
        assert opened.arabic("Hama")[0][0] == "حماة"


def test_choices_are_the_library_s():
    assert get_args(commands.Action) == decisions.ACTIONS
    assert get_args(commands.Rule) == canonical.RULES


def test_scraped_records_are_read_as_the_pages_they_are(tmp_path):
    seeds = sorted((Path(__file__).parents[2] / "seeds").glob("00[12]*.txt"))
    records = tmp_path / "scraped.jsonl"
    with records.open("w", encoding="utf-8") as stream:
        for seed in seeds:
            stream.write(json.dumps({"id": seed.name, "text": seed.read_text(encoding="utf-8")}) + "\n")
    results = []
    for number, inputs in enumerate((seeds, [records])):
        out = tmp_path / f"{number}.tsv"
        assert inside("build", *inputs, "-o", out).exit_code == 0
        results.append([line.split("\t")[1:8] for line in out.read_text(encoding="utf-8").splitlines()])
    assert results[0] == results[1]
    assert len(results[0]) > 10


def test_pages_and_parallel_text_together(tmp_path):
    seed = next((Path(__file__).parents[2] / "seeds").glob("001*.txt"))
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text("ar\ten\nوصل الوفد إلى الرقة\tThe delegation arrived in Rakka\n", encoding="utf-8")
    made = inside("build", seed, pairs, "-o", tmp_path / "l.db")
    assert (made.exit_code, "1 pages and 1 pairs" in made.stderr) == (0, True)
    with Lexicon.open(tmp_path / "l.db") as lexicon:
        assert {str(seed), f"{pairs}#1"} == {source.source for source in lexicon.sources()}
