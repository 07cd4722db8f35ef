"""``bialign names`` as a person runs it."""

import json
import subprocess
import sys


def run(*arguments, stdin=b""):
    command = [sys.executable, "-c", "from bialign.cli import main; main()", "names", *map(str, arguments)]
    done = subprocess.run(command, input=stdin, capture_output=True, timeout=120, check=False)
    lines = [json.loads(line) for line in done.stdout.decode().splitlines()]
    return done.returncode, lines, done.stderr.decode()


PAGE = {
    "id": "a", "source": "x", "url": None, "language": "en", "title": "Karim Haddad Visits Old Baghdad",
    "dateline": {"place": "Beirut", "agency": None}, "body": "The visit of Karim Haddad was short.",
    "title_ar": None, "body_ar": None, "published": None, "updated": None,
    "credits": [{"role": "editor", "name": "سعاد"}], "categories": [], "tags": ["مدينة بغداد"],
    "headlines": [], "segments": [], "text": "",
}  # fmt: skip


def test_texts_from_standard_input_and_files(tmp_path):
    code, lines, _ = run("-", "--language", "en", stdin=b"She lives in Damascus.")
    assert (code, [(m["text"], m["start"], m["type"]) for m in lines]) == (0, [("Damascus", 13, "place")])
    (tmp_path / "a.txt").write_text("Damascus\nوصل إلى مدينة دوما\n", encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"\xff\xfe")
    code, lines, errors = run(tmp_path, tmp_path / "missing.txt", "-o", tmp_path / "out.jsonl")
    written = [json.loads(line)["text"] for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert (code, lines, written) == (2, [], ["Damascus", "دوما"])
    assert len(errors.splitlines()) == 2
    assert "b.txt: byte 0: not UTF-8 text" in errors


def test_page_records():
    code, lines, _ = run("-", stdin=json.dumps(PAGE).encode())
    assert code == 0
    assert [(m["part"], m["text"]) for m in lines] == [
        ("title", "Karim Haddad"), ("title", "Baghdad"), ("dateline.place", "Beirut"),
        ("body", "Karim Haddad"), ("tags[0]", "بغداد"), ("credits[0]", "سعاد"),
    ]  # fmt: skip
    texts = {"title": PAGE["title"], "body": PAGE["body"], "tags[0]": PAGE["tags"][0]}
    for m in lines:
        if m["part"] in texts:
            assert texts[m["part"]][m["start"] : m["end"]] == m["text"]


def test_wrong_use_is_one_line():
    for arguments, stdin in ((["--language", "fr", "-"], b"x"), (["-"], b'{"id": 1}')):
        code, lines, errors = run(*arguments, stdin=stdin)
        assert (code, lines, len(errors.splitlines())) == (2, [], 1)


def test_a_table_for_a_person_to_read():
    command = [
        sys.executable,
        "-c",
        "from bialign.cli import main; main()",
        "names",
        "-",
        "--table",
        "--language",
        "en",
    ]
    done = subprocess.run(
        command, input=b"She left\tDeir\n ez-Zor.", capture_output=True, timeout=120, check=False
    )
    rows = [line.split("\t") for line in done.stdout.decode().splitlines()]
    assert rows[0] == ["source", "part", "start", "end", "type", "text", "reason"]
    assert {len(row) for row in rows} == {7}


def test_a_backend_that_is_not_installed_is_said_in_one_line():
    code = "import sys; sys.modules['spacy'] = None; from bialign.cli import main; main()"
    for extra, says in ((["--language", "en"], "spaCy cannot be loaded"), ([], "--language")):
        command = [sys.executable, "-c", code, "names", "-", "--backend", "spacy", *extra]
        done = subprocess.run(command, input=b"Syria", capture_output=True, timeout=120, check=False)
        errors = done.stderr.decode()
        assert (done.returncode, done.stdout, len(errors.splitlines())) == (2, b"", 1)
        assert says in errors
