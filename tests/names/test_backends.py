"""Other finders: plugged in where installed, one clear line where not. Fakes stand for the packages."""

import sys
import types

import pytest

from bialign.errors import UsageError
from bialign.names.backends import backend
from bialign.names.mentions import find_names


@pytest.fixture(autouse=True)
def _fresh():
    backend.cache_clear()
    yield
    backend.cache_clear()


def module(name, **content):
    made = types.ModuleType(name)
    vars(made).update(content)
    return made


def test_spacy(monkeypatch):
    def load(model):
        assert model == "en_tiny"
        ents = [(0, 5, "GPE"), (4, 9, "ORG"), (10, 16, "DATE"), (20, 32, "PERSON")]
        return lambda _: types.SimpleNamespace(
            ents=[types.SimpleNamespace(start_char=a, end_char=b, label_=label) for a, b, label in ents]
        )

    monkeypatch.setitem(sys.modules, "spacy", module("spacy", load=load))
    text = "Syria's and Monday, Sami  Haddad left"
    found = find_names(text, "en", backend="spacy:en_tiny")
    assert [(m.text, m.type, m.start, m.end) for m in found] == [
        ("Syria", "place", 0, 5),
        ("Sami Haddad", "person", 20, 32),
    ]
    assert text[found[0].token_start : found[0].token_end] == "Syria's"
    assert found[0].reason == "found by spacy:en_tiny"


def test_camel(monkeypatch):
    class NERecognizer:
        @classmethod
        def pretrained(cls):
            return cls()

        def predict_sentence(self, words):
            labels = {"ودمشق": "B-LOC", "سامي": "B-PERS", "الحداد": "I-PERS", "الأهرام": "I-ORG"}
            return [labels.get(word, "O") for word in words]

    ner = module("camel_tools.ner", NERecognizer=NERecognizer)
    monkeypatch.setitem(sys.modules, "camel_tools.ner", ner)
    text = "زار بيروت ودمشق سامي الحداد من الأهرام"
    found = find_names(text, "ar", backend="camel")
    assert [(m.text, m.type) for m in found] == [
        ("دمشق", "place"),
        ("سامي الحداد", "person"),
        ("الأهرام", "organisation"),
    ]
    assert text[found[0].token_start : found[0].token_end] == "ودمشق"
    assert find_names("", "ar", backend="camel") == []


@pytest.mark.parametrize(
    ("name", "says"), [("spacy", "spaCy cannot be loaded"), ("camel", "camel-tools"), ("other", "other")]
)
def test_what_is_not_installed_is_said_in_one_line(monkeypatch, name, says):
    monkeypatch.setitem(sys.modules, "spacy", None)
    monkeypatch.setitem(sys.modules, "camel_tools.ner", None)
    with pytest.raises(UsageError, match=says) as raised:
        find_names("Syria", "en", backend=name)
    assert "\n" not in str(raised.value)


def test_a_missing_model_is_said(monkeypatch):
    def load(model):
        raise OSError(f"Can't find model {model}")

    monkeypatch.setitem(sys.modules, "spacy", module("spacy", load=load))
    with pytest.raises(UsageError, match="en_core_web_sm"):
        find_names("Syria", "en", backend="spacy")
