"""The whole job on the page the tool was made for: names, where their Arabic came from, spellings."""

import json
import re

import pytest

from bialign.errors import InputError
from bialign.pipeline import FILES, run
from bialign.text.arabic import fold_arabic


@pytest.fixture(scope="module")
def done(real_page, tmp_path_factory):
    out = tmp_path_factory.mktemp("run")
    return run([real_page.parent], out), out


@pytest.fixture(scope="module")
def entries(done):
    _, out = done
    return [json.loads(line) for line in (out / "lexicon.jsonl").read_text("utf-8").splitlines()]


def spelled(entries, text):
    """The one entry that has a spelling."""
    [entry] = [e for e in entries if any(v["text"] == text for v in e["variants"])]
    return entry


def kinds(entry):
    return {evidence["kind"] for evidence in entry["evidence"]}


@pytest.mark.parametrize(
    ("ar", "en"), [("دمشق", "Damascus"), ("حماة", "Hama"), ("سوريا", "Syria"), ("العراق", "Iraq")]
)
def test_places_by_what_a_library_knows(entries, ar, en):
    entry = spelled(entries, en)
    assert (entry["ar"], entry["type"]) == (ar, "place")
    assert {"gazetteer", "page"} <= kinds(entry)
    assert "model" not in kinds(entry)


def test_two_spellings_of_one_place(entries):
    entry = spelled(entries, "al-Hajar al-Aswad")
    assert entry["ar"] == "الحجر الأسود"
    assert entry["canonical"] == "al-Hajar al-Aswad"
    assert [(v["text"], v["count"], v["differences"]) for v in entry["variants"]] == [
        ("al-Hajar al-Aswad", 5, []),
        ("Al-Hajar al-Aswad", 1, ["case"]),
    ]
    assert {(v["first"], v["last"], v["pages"]) for v in entry["variants"]} == {
        ("2018-02-12", "2018-02-12", 1)
    }


def test_a_translated_name_by_meaning_and_its_abbreviation_by_the_brackets(entries, real_page):
    entry = spelled(entries, "Islamic State")
    assert entry["ar"] == "تنظيم الدولة الإسلامية"
    counts = {v["text"]: v["count"] for v in entry["variants"]}
    assert set(counts) == {"Islamic State", "Islamic states", "ISIS"}
    assert counts["ISIS"] == len(re.findall(r"\bISIS\b", real_page.read_text("utf-8")))
    assert "page" in kinds(entry)
    [short] = [v for v in entry["variants"] if v["text"] == "ISIS"]
    assert short["differences"] == ["abbreviation"]


def test_an_arabic_abbreviation_through_the_translated_expansion(entries):
    entry = spelled(entries, "SDF")
    assert entry["ar"] == "قسد"
    assert {v["text"] for v in entry["variants"]} == {"SDF", "Syrian Democratic Forces"}
    assert "page" in kinds(entry)


def test_credited_persons_get_proposed_romanisations(entries):
    for name in ("سعيد غزّول", "محمد غيث", "فرح ناصيف"):
        [entry] = [e for e in entries if e["ar"] == name]
        assert entry["type"] == "person"
        assert entry["variants"]
        for variant in entry["variants"]:
            assert (variant["count"], variant["pages"], variant["first"]) == (0, 0, None)
            assert variant["proposed"] is True


@pytest.mark.parametrize(
    "name",
    [
        "al- Rabee’ Thawra Gathering",
        "al-Hayat- Tahrir-al-Sham",
        "Ihab al-Salti",
        "Free Syrian Army",
        "FSA",
        "Syrian Democratic Forces",
        "al-Yarmouk",
    ],
)
def test_broken_hyphens_apostrophes_and_abbreviations_are_understood(entries, name):
    assert spelled(entries, name)


def test_generated_arabic_says_so_and_nothing_else_does(entries):
    for entry in entries:
        seen = kinds(entry) & {"gazetteer", "parallel"} or any(
            e["kind"] == "page" and e["detail"] != "named on the page" for e in entry["evidence"]
        )
        english = [v for v in entry["variants"] if not v.get("proposed")]
        if entry["ar"] and english:
            assert ("model" in kinds(entry)) != bool(seen), entry["ar"]


def test_seen_arabic_stands_on_the_page(done, entries):
    [page] = done[0].pages
    text = fold_arabic(page.text)
    for entry in entries:
        if entry["ar"] and not kinds(entry) & {"model", "gazetteer"}:
            assert fold_arabic(entry["ar"]) in text


def test_consistency_is_computed_by_translator(done):
    _, out = done
    report = json.loads((out / "consistency.json").read_text("utf-8"))
    assert "signature" in json.dumps(report)
    assert "محمد غيث" in json.dumps(report, ensure_ascii=False)


def test_the_folder_holds_the_files_and_nothing_else(done):
    _, out = done
    assert sorted(path.name for path in out.iterdir()) == sorted(FILES)


def test_an_unreadable_input_is_raised_without_a_listener(tmp_path):
    with pytest.raises(InputError, match="none"):
        run([tmp_path / "none.txt"], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_one_input_may_be_given_as_itself(seeds, tmp_path):
    summary = run(str(seeds / "008_english_only.txt"), tmp_path / "out")
    assert len(summary.pages) == 1


@pytest.mark.parametrize("out", ["x" * 5000, "file/below"])
def test_an_output_that_cannot_be_is_one_line(seeds, tmp_path, out):
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="cannot"):
        run(seeds / "008_english_only.txt", tmp_path / out)
