"""Romanise and arabise with the shipped models."""

from __future__ import annotations

import subprocess
import sys
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bialign import errors
from bialign.model import PairList
from bialign.names.letters import ARABIC, fold
from bialign.names.origin import origins
from bialign.names.transliteration import (
    _favoured,
    arabize,
    arabize_many,
    display,
    romanize,
    romanize_many,
)


def bialign(command, *arguments, stdin=""):
    code = f"import typer; from bialign.cli.{command} import {command}; typer.run({command})"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        input=stdin, capture_output=True, encoding="utf-8", check=False, timeout=60,
    )  # fmt: skip


def test_romanize_gives_probable_spellings_first():
    found = romanize("سمير", n=5)
    assert found[0].text == "Samir"
    assert all(a.probability >= b.probability for a, b in pairwise(found))
    assert sum(c.probability for c in found) <= 1 + 1e-6
    assert len({c.text for c in found}) == len(found)


def test_article_and_compounds():
    assert romanize("القاسم")[0].text.startswith("al-")
    assert display("al hajar al aswad", "الحجر الأسود") == "al-Hajar al-Aswad"
    assert display("el paso", "باسو") == "El Paso"
    ar = arabize("al-Hajar al-Aswad")[0].text
    assert ar == "الحجر الأسود"


def test_known_spellings_come_first_and_say_so():
    known = PairList([("سمير", "Samier", 3), ("سمير", "Sameer", 1)])
    found = romanize("سمير", n=3, known=known)
    assert [(c.text, c.attested) for c in found[:2]] == [("Samier", True), ("Sameer", True)]
    assert found[0].probability == pytest.approx(0.75)
    assert found[2].text == "Samir"
    assert arabize("Samier", known=known)[0].text == "سمير"


def test_attested_spellings_say_so():
    assert romanize("ليلى")[0].attested
    assert not romanize("زقفلوش")[0].attested


def test_country_is_a_condition():
    assert romanize("شريف", country="DZ", n=1)[0].text.lower().startswith("ch")
    assert romanize("شريف", country="XX", n=1)[0].text == romanize("شريف", n=1)[0].text


@pytest.mark.parametrize(
    ("ar", "country", "usual"),
    [("جمال", "EG", "Gamal"), ("جمال", "DZ", "Djamel"), ("جمال", "SY", "Jamal"), ("يوسف", "DZ", "Youcef"),
     ("يوسف", "EG", "Youssef"), ("شريف", "EG", "Sherif")],
)  # fmt: skip
def test_a_name_is_spelled_as_the_people_of_the_country_spell_it(ar, country, usual):
    assert romanize(ar, country=country)[0] == romanize(ar, 3, country)[0]
    assert romanize(ar, country=country)[0].text == usual


def test_schemes_by_rule():
    assert romanize("حلب", scheme="buckwalter")[0].text == "Hlb"
    with pytest.raises(errors.UsageError):
        romanize("حلب", scheme="none")


def test_arabize_one_spelling_a_folded_form():
    found = arabize("Osama", n=5)
    assert found[0].text == "أسامة"
    assert len({fold(c.text) for c in found}) == len(found)


def test_many_is_the_same_as_one():
    names = [
        "سمير",
        "",
        "دمشق",
        "عبد الرحمن الخطيب",
        "Ali",
        "سمير",
        "بوسبعين",
        "شتاينبرغ",
        "م" * 40,
        "زقفلوش",
    ]
    for country in (None, "DZ"):
        assert romanize_many(names, 3, country) == [romanize(name, 3, country) for name in names]
    names = ["Samir", "", "al-Hajar al-Aswad", "Zqflosh", "Schwarzenegger", "x" * 40]
    assert arabize_many(names, 3) == [arabize(name, 3) for name in names]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text(ARABIC[2:], max_size=12), min_size=1, max_size=8))
def test_a_name_is_spelled_alike_in_any_company(names):
    assert romanize_many(names, 2) == [romanize(name, 2) for name in names]


def test_long_input_costs_no_more_than_a_name():
    names = ["م" * 10**6, "ab" * 10**6, "محمد " * 10**5]
    started = time.process_time()
    for name in names:
        assert romanize(name, 2) == arabize(name, 2) == []
    assert time.process_time() - started < 10


def test_a_long_genealogy_is_spelled_to_its_end():
    name = "أبو عبد الله محمد بن أحمد بن أبي بكر بن فرح الأنصاري الخزرجي الأندلسي القرطبي"
    assert romanize(name)[0].text.split()[-1].startswith("al-Q")
    name = "Abu Abd Allah Muhammad ibn Ahmad ibn Abi Bakr al-Ansari al-Khazraji al-Qurtubi"
    assert arabize(name)[0].text.split()[-1] == "القرطبي"


def test_what_is_no_letter_of_the_script_stays():
    assert romanize("محمد Smith")[0].text == romanize("محمد")[0].text + " Smith"
    assert romanize("لواء ٥٥ 😀")[0].text == romanize("لواء")[0].text + " 55"
    assert arabize("Samir محمد 3", 2)[0].text == arabize("Samir")[0].text + " محمد 3"
    known = PairList([("سمير", "Samier", 3)])
    assert romanize("سمير X", known=known)[0].text == "Samier X"


def test_origin_is_guessed_from_the_letters():
    known = origins()
    chances = dict(zip(known.styles, known.chances(["بوسبعين"])[0].tolist(), strict=True))
    assert sum(chances.values()) == pytest.approx(1, abs=1e-5)
    assert chances["DZ"] > 10 * chances["SA"]
    assert known.chances([]).shape == (0, len(known.styles))
    foreign = known.chances(["شتاينبرغ", "الحاج"])[:, known.styles.index("world")]
    assert foreign[0] > 0.7
    assert foreign[1] < 0.3


def test_spellings_that_the_lists_have_are_likelier():
    before = [("samir", 0.4, 0.0), ("samyr", 0.5, 0.0)]
    after = _favoured(before, [True, False])
    assert after[0][1] > after[1][1]
    assert sum(p for _, p, _ in after) == pytest.approx(0.9)
    assert _favoured([], []) == []


@pytest.mark.parametrize(
    "name", ["", " ", "123", "🙂", "\ud800", "a" * 10_000, "م" * 10_000, "محمد Ali", "ـ"]
)
def test_odd_names_have_a_defined_answer(name):
    assert isinstance(romanize(name, n=2), list)
    assert isinstance(arabize(name, n=2), list)


def test_no_letters_no_spelling():
    assert romanize("123") == []
    assert arabize("🙂") == []
    assert romanize("سمير", n=0) == []


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=40))
def test_any_text(text):
    for found in (romanize(text, n=2), arabize(text, n=2)):
        assert all(0 <= c.probability <= 1.001 for c in found)


def test_command_line():
    done = bialign("romanize", "سمير", "-n", "2")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0].split("\t")[:2] == ["سمير", "Samir"]
    done = bialign("arabize", "--json", stdin="Samir\n\nNour\n")
    assert len(done.stdout.splitlines()) == 2
    done = bialign("romanize", "-f", "/no/such/file")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
