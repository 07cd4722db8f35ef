"""``bialign normalize`` through real processes."""

import json
import subprocess
import sys

import pytest


def run(*arguments, given=b""):
    done = subprocess.run(
        [sys.executable, "-c", "from bialign.cli import main; main()", "normalize", *arguments],
        input=given,
        capture_output=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr.decode()


def test_lines_through_a_pipe_keep_their_ends():
    code, out, err = run(given="مُحَمَّد\r\nحـلب\nend".encode())
    assert (code, out.decode(), err) == (0, "محمد\r\nحلب\nend", "")


def test_latin_profile_and_chat():
    assert run("--profile", "readable", given="al- Badee’\n".encode())[1] == b"al-Badee'\n"
    assert run("--profile", "key", "--chat", given=b"3omar\n")[1] == b"umar\n"


def test_a_field_with_offsets(tmp_path):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": 1, "body": "حَلَب"}\n\n{"id": 2, "body": ["أ", "ـ"]}\n', encoding="utf-8")
    code, _, err = run(str(source), "--field", "body", "--offsets", "-o", str(target))
    assert (code, err) == (0, "")
    first, second = map(json.loads, target.read_text(encoding="utf-8").splitlines())
    assert first == {"id": 1, "body": "حلب", "body_offsets": [0, 2, 4, 5]}
    assert second["body"] == ["أ", ""]


def test_bad_lines_are_named_and_the_rest_go_on():
    given = b'{"t": "a"}\nnope\n{"t": 3}\n{"x": "a"}\n\xff\xfe\n[1]\n{"t": "\\ud800b"}\n'
    code, out, err = run("--field", "t", given=given)
    assert code == 2
    assert [json.loads(line) for line in out.splitlines()] == [{"t": "a"}, {"t": "\ud800b"}]
    for number, words in (
        (2, "not JSON"),
        (3, "neither text"),
        (4, "no field 't'"),
        (5, "UTF-8"),
        (6, "object"),
    ):
        assert any(f"line {number}:" in line and words in line for line in err.splitlines())
    assert len(err.splitlines()) == 5


def test_a_wrong_field_is_not_told_a_thousand_times():
    code, out, err = run("--field", "nope", given=b'{"t": "a"}\n' * 1000)
    assert (code, out) == (2, b"")
    assert len(err.splitlines()) == 11
    assert "990 more lines" in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--profile", "nope"), "no profile 'nope'"),
        (("--joiner", "glue"), "no joiner treatment 'glue'"),
        (("--profile", "key", "--digits"), "Latin profile"),
        (("--chat",), "Arabic profile"),
        (("/no/such/file",), "/no/such/file"),
    ],
)
def test_wrong_use_is_one_line(arguments, words):
    code, out, err = run(*arguments)
    assert (code, out) == (2, b"")
    assert words in err
    assert len(err.splitlines()) == 1


def test_a_long_single_line():
    line = ("مُحَمَّدٌ رَسُولٌ " * 200_000).encode()
    code, out, err = run(given=line)
    assert (code, err) == (0, "")
    assert out.decode() == "محمد رسول " * 200_000
