"""Sentence and token boundaries: judged cases, and that nothing is lost or misplaced."""

import json
import time
from pathlib import Path

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from bialign.text.sentences import sentences, tokens

CASES = Path(__file__).parents[1] / "cases"
SENTENCES = json.loads((CASES / "sentences.json").read_text(encoding="utf-8"))
TOKENS = json.loads((CASES / "tokens.json").read_text(encoding="utf-8"))
TEXTS = st.text(
    st.one_of(st.sampled_from("abAB .!?؟،د أ3%:\n\"'«»-\u200f"), st.characters(codec=None)), max_size=60
)


@pytest.mark.parametrize("case", SENTENCES, ids=lambda c: c["text"][:30])
def test_sentences(case):
    assert [s.text for s in sentences(case["text"], case["language"])] == case["sentences"]


@pytest.mark.parametrize("case", TOKENS, ids=lambda c: c["text"][:30])
def test_tokens(case):
    assert [t.text for t in tokens(case["text"], "ar")] == case["tokens"]


def checked(text, pieces):
    at = 0
    for piece in pieces:
        assert text[piece.start : piece.end] == piece.text
        assert at <= piece.start < piece.end
        yield text[at : piece.start]
        at = piece.end
    yield text[at:]


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.sampled_from(["ar", "en", "xx"]))
def test_between_sentences_is_only_white_space(text, language):
    assert not "".join(checked(text, sentences(text, language))).strip()


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_between_tokens_is_nothing_to_see(text):
    assert not regex.sub(r"[\s\p{Cf}]", "", "".join(checked(text, tokens(text, "en"))))


@pytest.mark.parametrize(
    "text",
    [
        "a." * 50_000,
        "www." * 50_000,
        "د. " * 50_000,
        "@" * 100_000,
        "1:" * 50_000,
        "a " * 100_000,
        "ʿ" * 90_000,
    ],
)
def test_long_lines_take_linear_time(text):
    begin = time.process_time()
    sentences(text, "ar")
    tokens(text, "ar")
    assert time.process_time() - begin < 10


def test_a_line_of_many_sentences_is_cut_in_linear_time() -> None:
    text = "هذه جملة قصيرة من سطر طويل. " * 20_000
    start = time.process_time()
    assert len(sentences(text, "ar")) == 20_000
    assert time.process_time() - start < 20
