"""``bialign romanize``, ``arabize`` and ``match`` as a person runs them."""

import gzip
import json
import subprocess
import sys

import pytest


def bialign(*arguments, stdin=""):
    done = subprocess.run(
        [sys.executable, "-m", "bialign", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_names_come_from_arguments_files_and_standard_input(tmp_path):
    plain, packed = tmp_path / "names.txt", tmp_path / "names.txt.gz"
    plain.write_text("\ufeffحلب\n\n", encoding="utf-8")
    packed.write_bytes(gzip.compress("حماة\r\n".encode()))
    for arguments in (["حمص", plain, "-", packed], ["حمص", "-f", plain, "-f", "-", "-f", packed]):
        code, out, err = bialign("romanize", *arguments, stdin="دمشق\n")
        assert (code, err) == (0, "")
        assert [line.split("\t")[0] for line in out.splitlines()] == ["حمص", "حلب", "دمشق", "حماة"]


def test_a_name_of_the_other_script_is_told_and_the_rest_done():
    code, out, err = bialign("romanize", "Homs", "حمص")
    assert code == 2
    assert err == "bialign: no Arabic letters in the name 'Homs'\n"
    assert out.startswith("حمص\t")
    code, out, err = bialign("arabize", stdin="حمص\n" * 15)
    assert (code, out, err.count("\n")) == (2, "", 11)
    assert "5 more names" in err


def test_what_is_too_long_for_a_name_is_told():
    code, out, err = bialign("romanize", stdin="حمص\n" + "م" * 10_000 + "\n")
    assert (code, out.count("\n"), err.count("\n")) == (2, 1, 1)
    assert "too long for a name" in err


def test_json_keeps_a_name_without_spellings():
    code, out, err = bialign("romanize", "Homs", "--json")
    assert (code, json.loads(out), err) == (0, {"name": "Homs", "candidates": []}, "")


@pytest.mark.parametrize("country", ["ZZ", "Algeria", ""])
def test_what_is_no_country_is_told(country):
    code, out, err = bialign("romanize", "حمص", "--country", country)
    assert (code, out) == (2, "")
    assert "ISO 3166-1" in err


def test_pairs_come_from_files_and_standard_input(tmp_path):
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text("حمص\tHoms\n\nonly one\n", encoding="utf-8")
    code, out, err = bialign("match", "-f", pairs)
    assert (code, out.count("\n")) == (2, 1)
    assert err == f"bialign: {pairs}: line 3: no pair (name, tab, name)\n"
    assert bialign("match", "-", stdin="حمص\tHoms\n")[1] == out


def test_inputs_that_cannot_be_read_are_one_line_each(tmp_path):
    (tmp_path / "empty").mkdir()
    binary = tmp_path / "binary"
    binary.write_bytes(b"\xff\x00")
    code, out, err = bialign("romanize", "-f", tmp_path / "none", "-f", tmp_path / "empty", "-f", binary)
    assert (code, out) == (2, "")
    assert [line.split(": ", 2)[2] for line in err.splitlines()] == [
        "cannot read: No such file or directory",
        "nothing to read: a folder (name a file, or a folder with files)",
        "byte 0: not UTF-8 text (convert it to UTF-8)",
    ]
