"""Term lists, and what of them translations hold."""

from __future__ import annotations

import pytest

from bialign.errors import InputError
from bialign.evaluation.termlists import entity_scores, load_terms, term_scores, terms_in, tokenised

TICO = "id,sourceLang,targetLang,sourceString,targetString\n1,en,ar,flu,إنفلونزا\n2,en,ar,flu,الزكام\n"


def write(tmp_path, name: str, text: str):
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return path


def test_tab_separated_and_with_a_header(tmp_path) -> None:
    assert load_terms(write(tmp_path, "a.tsv", "# ours\nflu\tإنفلونزا\n\nflu\tالزكام\n")) == {
        "flu": ["إنفلونزا", "الزكام"]
    }
    assert load_terms(write(tmp_path, "b.csv", TICO)) == {"flu": ["إنفلونزا", "الزكام"]}
    assert load_terms(write(tmp_path, "c.tsv", "source\ttarget\nflu\tإنفلونزا\n")) == {"flu": ["إنفلونزا"]}


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.tsv", "flu\n", "line 1: not a term and its target"),
        ("a.tsv", "flu\tx\nb\tc\td\n", "line 2: not a term and its target"),
        ("a.tsv", "flu\t\n", "line 1: not a term and its target"),
        ("a.csv", "flu,x\n", "line 1: no header"),
        ("a.tsv", "# none\n", "no term in the list"),
        ("a.tsv", "", "no text"),
    ],
)
def test_bad_lists(tmp_path, name, text, message) -> None:
    with pytest.raises(InputError, match=message):
        load_terms(write(tmp_path, name, text))


def test_scores_of_every_form_and_window() -> None:
    sources, references = ["The flu spread."], ["انتشرت الإنفلونزا، ثم خفت."]
    scores = term_scores(sources, references, references, {"flu": ["الإنفلونزا"]})
    assert [score.measure for score in scores] == ["term_exact_match", "term_lines"] * 3 + [
        "window_overlap"
    ] * 2
    assert all(score.score == 1 for score in scores)
    assert len({score.signature for score in scores}) == len(scores)
    with pytest.raises(InputError, match="1 lines on one side, 2 on the other"):
        term_scores(sources, [*references, ""], references, {"flu": ["x"]})


def test_targets_that_stand_in_the_reference() -> None:
    assert tokenised("زار دمشق، وعاد.") == "زار دمشق ، وعاد ."
    wanted = {"flu": ["إنفلونزا"], "bird flu": ["إنفلونزا الطيور", "x"]}
    assert terms_in(["bird flu", "none"], ["إنفلونزا الطيور.", ""], wanted) == [
        ["إنفلونزا الطيور", "إنفلونزا"],
        [],
    ]


def test_accepted_names_by_line() -> None:
    scores = entity_scores(["زار دِمشق", "x", "حلب"], [["دمشق"], [""], ["حلب", "حمص"]])
    assert [(score.correct, score.total) for score in scores] == [(1, 2), (2, 2), (2, 2)]
    with pytest.raises(InputError, match="1 translations for 2 lines"):
        entity_scores(["x"], [["a"], ["b"]])
