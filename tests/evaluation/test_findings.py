"""Findings: what departs, where, how gravely, and what does not."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bialign.errors import InputError
from bialign.evaluation.consistency import Settings, consistency
from bialign.evaluation.findings import place
from bialign.evaluation.formats import FORMATS, as_sarif, as_table, as_text
from bialign.evaluation.grouping import Document
from bialign.evaluation.style import load_style
from bialign.evaluation.suppressions import load_suppressions


@pytest.fixture
def pages(fakes):
    return [
        fakes.page(1, "We saw Hama.\r\nThen Hama; in Hamah it rains."),
        fakes.page(2, "In Hama and Idleb. Idlib is near. Al-Hajar is far; to al-Hajar and al-Hajar."),
        fakes.page(3, "The FSA left; the FSA and the Free Syrian Army. In al-Hajar, Al-Hajar."),
    ]


@pytest.fixture
def lexicon(fakes, pages):
    return fakes.FakeLexicon(
        [
            fakes.entry("hama", "حماة", "Hama.", "Hama;", "Hamah", "Hama "),
            fakes.entry("idlib", "إدلب", "Idleb", "Idlib"),
            fakes.entry("hajar", "الحجر", "al-Hajar", "Al-Hajar"),
            fakes.entry("fsa", None, "FSA", "Free Syrian Army"),
        ],
        pages,
    )


def found(report, name):
    return [finding for finding in report.findings if finding.name == name]


def test_place_code_and_severity(pages, lexicon) -> None:
    report = consistency(pages, lexicon)
    (idlib,) = found(report, "idlib")
    assert (idlib.path, idlib.line, idlib.column) == ("page2.txt", 1, 20)
    assert (idlib.code, idlib.found, idlib.expected, idlib.severity) == (
        "vowel",
        "Idlib",
        "Idleb",
        "note",
    )  # 1 to 1
    assert pages[1].text[idlib.start : idlib.end] == "Idlib"


def test_a_capital_that_opens_a_sentence_is_no_departure(pages, lexicon) -> None:
    assert [(f.page, f.found, f.severity) for f in found(consistency(pages, lexicon), "hajar")] == [
        ("p3", "Al-Hajar", "note")
    ]


def test_a_name_in_full_is_no_departure_from_its_abbreviation(pages, lexicon) -> None:
    assert found(consistency(pages, lexicon), "fsa") == []


def test_level_decides_what_is_equal(pages, lexicon) -> None:
    report = consistency(pages, lexicon, settings=Settings(level="case"))
    assert found(report, "idlib") != []
    assert found(report, "hajar") == []


def test_short_forms_apart(pages, lexicon) -> None:
    short = [
        (name, replace(use, stands_for="Free Syrian Army") if use.text == "FSA" else use)
        for name, use in lexicon._occurrences
    ]
    lexicon._occurrences = short
    counted = consistency(pages, lexicon)
    apart = consistency(pages, lexicon, settings=Settings(short_forms="apart"))
    assert counted.occurrences - apart.occurrences == 2
    assert "short_forms:apart" in apart.score().signature


@pytest.mark.parametrize(
    ("source", "text", "start", "wanted"),
    [
        ("a.txt", "one\r\ntwo\rthree\nfour", 5, ("a.txt", 2, 1)),
        ("a.txt", "one\r\ntwo\rthree\nfour", 9, ("a.txt", 3, 1)),
        ("a.txt", "one\r\ntwo\rthree\nfour", 17, ("a.txt", 4, 3)),
        ("a.jsonl#7", "one\ntwo", 4, ("a.jsonl", 7, 5)),
        ("en.txt#12", None, 0, ("en.txt", 12, 1)),
    ],
)
def test_places_are_those_of_an_editor(source, text, start, wanted) -> None:
    assert place(Document("d", source, None, None, "en"), text, start) == wanted


def test_style_list_makes_errors(tmp_path, pages, lexicon) -> None:
    path = tmp_path / "names.tsv"
    path.write_text("ar\ten\n# towns\nإدلب\tIdlib\nدمشق\tDamascus\n", "utf-8")
    report = consistency(pages, lexicon, settings=Settings(style=load_style(path)))
    (idlib,) = found(report, "idlib")
    assert (idlib.found, idlib.expected, idlib.severity, idlib.basis) == ("Idleb", "Idlib", "error", "style")
    assert "the style list has 'Idlib'" in idlib.message
    assert report.warnings == ("1 names of the style list do not occur",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("إدلب\tIdlib\nادلب\tIdleb\n", r"line 2: two spellings for ادلب: 'Idleb', and 'Idlib' on line 1"),
        ("a\tb\tc\n", "line 1: not a name and a spelling"),
        ("Idlib\tإدلب\n", "line 1: the spelling is Arabic"),
        ("# nothing\n", "no spelling in the style list"),
        ("", "no text"),
    ],
)
def test_bad_style_lists(tmp_path, text, message) -> None:
    path = tmp_path / "names.tsv"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match=message):
        load_style(path)


def test_two_lines_for_one_entry(tmp_path, pages, lexicon) -> None:
    path = tmp_path / "names.tsv"
    path.write_text("Idlib\nIdleb\n", "utf-8")
    with pytest.raises(
        InputError, match="line 2: two spellings for one name: 'Idleb', and 'Idlib' on line 1"
    ):
        consistency(pages, lexicon, settings=Settings(style=load_style(path)))


def test_suppressions(tmp_path, pages, lexicon) -> None:
    path = tmp_path / "quiet.tsv"
    path.write_text("# ours\nvowel\tIdl*  # agreed 2019\ncase\tNobody\t*.html\n", "utf-8")
    report = consistency(pages, lexicon, settings=Settings(suppressions=load_suppressions(path)))
    assert found(report, "idlib") == []
    assert report.suppressed == 1
    assert report.warnings == ("suppression on line 3 covers nothing",)
    path.write_text("color\tIdlib\n", "utf-8")
    with pytest.raises(InputError, match="line 1: not a suppression"):
        load_suppressions(path)


def test_text_is_one_line_each_even_of_hostile_names(pages, lexicon) -> None:
    report = consistency(pages, lexicon)
    hostile = replace(report.findings[0], found="Ham\nah\x1b[31m", path="a\nb.txt")
    text = as_text([*report.findings, hostile])
    assert len(text.splitlines()) == len(report.findings) + 1
    assert "page2.txt:1:20: vowel 'Idlib' for إدلب, usually 'Idleb' (1 of 2)" in text
    assert "\x1b" not in text
    assert len(as_table([hostile]).splitlines()) == 2


def test_sarif(pages, lexicon) -> None:
    report = consistency(pages, lexicon)
    log = json.loads(as_sarif(report.findings))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("none", "note", "warning", "error")
        (location,) = result["locations"]
        region = location["physicalLocation"]["region"]
        assert region["startLine"] >= 1
        assert region["endColumn"] > region["startColumn"]
        assert result["fixes"][0]["artifactChanges"][0]["replacements"][0]["deletedRegion"] == region


def test_jsonl(pages, lexicon) -> None:
    report = consistency(pages, lexicon)
    lines = [json.loads(line) for line in FORMATS["jsonl"](report.findings).splitlines()]
    assert [line["found"] for line in lines] == [finding.found for finding in report.findings]
    assert all(line["message"] for line in lines)
