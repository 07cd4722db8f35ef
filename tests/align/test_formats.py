"""Reading and writing of texts, pairs and links."""

import pytest

from bialign.align import formats
from bialign.align.scoring import read_beads, score_beads, score_links
from bialign.errors import InputError, UsageError
from bialign.model import Bead

AR = ["السطر الأول", "", "الثالث <&>"]
EN = ["first line", "third <&> line"]
BEADS = [Bead((0,), (0,), 0.9), Bead((1,), (), 1.0), Bead((2,), (1,), 0.8)]


def test_lines_keep_blanks(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeffa\r\n\r\nb\n".encode())
    assert formats.read_lines(str(path)) == ["a", "", "b"]


def test_paragraphs_are_cut(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("One is here. Two is here.\nThree.\n", "utf-8")
    assert formats.read_sentences(str(path), language="en", split=True) == [
        "One is here.",
        "Two is here.",
        "Three.",
    ]


def test_tmx_there_and_back(tmp_path):
    path = str(tmp_path / "a.tmx")
    formats.write_tmx([("نص\x0b<&>", "text <&>")], path)
    assert formats.read_pairs([path]) == [("نص <&>", "text <&>")]


def test_tsv_there_and_back(tmp_path):
    path = str(tmp_path / "a.tsv")
    formats.write_tsv(BEADS, AR, EN, path)
    assert formats.read_pairs([path]) == [(AR[0], EN[0]), ("", ""), (AR[2], EN[1])]
    assert read_beads(path) == [(bead.ar, bead.en) for bead in BEADS]


def test_moses_there_and_back(tmp_path):
    path = str(tmp_path / "a")
    formats.write_moses(formats.joined(BEADS, AR, EN), path)
    assert formats.read_pairs([f"{path}.ar", f"{path}.en"]) == [(AR[0], EN[0]), (AR[2], EN[1])]
    with pytest.raises(UsageError):
        formats.write_moses([], "-")


def test_pharaoh_there_and_back(tmp_path):
    path = tmp_path / "a.links"
    links = [[(0, 1), (2, 0)], []]
    path.write_text("".join(formats.pharaoh(row) + "\n" for row in links), "utf-8")
    assert formats.read_pharaoh(str(path)) == [set(row) for row in links]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.tsv", "no tab\n"),
        ("a.tmx", "<tmx>"),
        ("a.tmx", "<!DOCTYPE t [<!ENTITY a 'b'>]><tmx/>"),
        ("a.jsonl", '{"ar": "x"}\n'),
        ("a.jsonl", "[]\n"),
    ],
)
def test_bad_pairs(tmp_path, name, content):
    (tmp_path / name).write_text(content, "utf-8")
    with pytest.raises(InputError):
        formats.read_pairs([str(tmp_path / name)])


def test_bad_files(tmp_path):
    (tmp_path / "one").write_text("a\n", "utf-8")
    (tmp_path / "two").write_text("a\nb\n", "utf-8")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="align sentences"):
        formats.read_pairs([str(tmp_path / "one"), str(tmp_path / "two")])
    with pytest.raises(InputError, match="UTF-8"):
        formats.read_lines(str(tmp_path / "bytes"))
    with pytest.raises(InputError):
        formats.read_lines(str(tmp_path / "none"))
    (tmp_path / "one").write_text("0-0 x\n", "utf-8")
    with pytest.raises(InputError, match="Pharaoh"):
        formats.read_pharaoh(str(tmp_path / "one"))


def test_scores():
    gold = [((0,), (0,)), ((1,), (1, 2)), ((2,), ())]
    system = [((0,), (0,)), ((1,), (1,)), ((), (2,))]
    scores = score_beads(gold, system)
    assert (scores.strict.precision, scores.strict.recall, scores.lax.f1) == (0.5, 0.5, 1.0)
    links = score_links([{(0, 0)}], [[(0, 0), (1, 1), (0, 1)]], partial=True)
    assert (links.precision, links.recall) == (0.5, 1.0)
    assert links.aer == pytest.approx(1 - 2 / 3)
    with pytest.raises(UsageError):
        score_links([], [[]])
