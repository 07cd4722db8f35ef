"""Inputs named by a person, JSON lines, and writes that are whole or not at all."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bialign.errors import BialignError, InputError
from bialign.files import dumps, expand, read_jsonl, write_jsonl, writing


def test_expand_walks_folders_in_order_and_leaves_hidden_files(tmp_path):
    for name in ("b.txt", "a.txt", ".hidden", "sub/c.txt", ".git/d.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    assert [name.removeprefix(f"{tmp_path}/") for name in expand([str(tmp_path)])] == [
        "a.txt",
        "b.txt",
        "sub/c.txt",
    ]


def test_expand_keeps_what_does_not_exist_so_that_reading_says_so(tmp_path):
    assert list(expand([str(tmp_path / "none")])) == [str(tmp_path / "none")]
    assert list(expand(["-"])) == ["-"]
    for odd in ("x" * 5000, "a\0b", "", "a[b"):
        assert list(expand([odd])) == [odd]


def test_expand_takes_one_name_as_one_name(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    assert list(expand(str(tmp_path))) == list(expand(tmp_path)) == [str(tmp_path / "a.txt")]


def test_expand_globs(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "b.html").write_text("x")
    assert list(expand([str(tmp_path / "*.txt")])) == [str(tmp_path / "a.txt")]


def test_writing_replaces_only_at_the_end(tmp_path):
    target = tmp_path / "out.txt"
    target.write_text("old")

    def interrupted() -> None:
        with writing(target) as stream:
            stream.write("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        interrupted()
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.txt"]
    with writing(target) as stream:
        stream.write("new")
    assert target.read_text() == "new"


def test_a_full_disk_is_one_line_and_keeps_the_old(tmp_path):
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    target = tmp_path / "out.txt"
    target.write_text("old")

    def full() -> None:
        with writing(target), Path("/dev/full").open("w") as stream:
            stream.write("x")

    with pytest.raises(InputError, match="cannot write: No space left"):
        full()
    assert target.read_text() == "old"


def test_writing_into_a_missing_folder_names_it(tmp_path):
    with pytest.raises(InputError, match="cannot write"), writing(tmp_path / "no" / "out.txt"):
        pass


@given(st.lists(st.dictionaries(st.text(), st.text() | st.integers() | st.none())))
def test_jsonl_round_trip(tmp_path_factory, records):
    path = tmp_path_factory.mktemp("jsonl") / "x.jsonl"
    assert write_jsonl(records, path) == len(records)
    assert [value for _, value in read_jsonl(path)] == records


def test_lone_surrogate_is_escaped():
    line = dumps({"a": "\ud800 دمشق"})
    assert line.isascii()
    assert json.loads(line) == {"a": "\ud800 دمشق"}


@pytest.mark.parametrize("line", ["{", "[1]", '"x"', "[" * 100_000])
def test_a_bad_line_is_named(tmp_path, line):
    path = tmp_path / "x.jsonl"
    path.write_text(f'{{"a": 1}}\n\n{line}\n')
    rows = read_jsonl(path)
    assert next(rows) == (1, {"a": 1})
    with pytest.raises(InputError, match=r"x\.jsonl: line 3: not "):
        next(rows)


def test_missing_file(tmp_path):
    with pytest.raises(InputError, match="No such file"):
        next(read_jsonl(tmp_path / "none"))


def test_an_error_is_one_line():
    error = BialignError("two\nlines", path="a\nb", mend="x")
    assert str(error) == "a b: two lines (x)"
