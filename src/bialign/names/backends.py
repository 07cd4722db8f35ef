"""Other name finders that can be plugged in where they are installed: spaCy, camel-tools' NER.

Neither is a dependency, neither is downloaded. A backend is named ``spacy`` (English
``en_core_web_sm``), ``spacy:MODEL``, ``camel`` (its default pretrained model) or ``camel:MODEL``.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, Final

from bialign.errors import UsageError
from bialign.model import NameType
from bialign.names.arabic_words import arabic_words

#: Start, end and type of a name.
Found = tuple[int, int, NameType]
Backend = Callable[[str], list[Found]]

#: Labels of OntoNotes, CoNLL and CAMeL models that are names by bialign's rules; others are left out.
_TYPES: Final[dict[str, NameType]] = {
    "PERSON": "person", "PER": "person", "PERS": "person",
    "GPE": "place", "LOC": "place", "FAC": "place",
    "ORG": "organisation",
    "EVENT": "other", "WORK_OF_ART": "other", "PRODUCT": "other", "LAW": "other", "MISC": "other",
}  # fmt: skip


@cache
def backend(name: str) -> Backend:
    """The finder of that name, its model loaded once a process.

    Args:
        name: ``spacy``, ``spacy:MODEL``, ``camel`` or ``camel:MODEL``.

    Raises:
        UsageError: an unknown name, or the package or its model is not installed.
    """
    kind, _, model = name.partition(":")
    if kind == "spacy":
        return _spacy(model or "en_core_web_sm")
    if kind == "camel":
        return _camel(model)
    raise UsageError(f"no name finder is called {name!r}", mend="spacy, spacy:MODEL, camel or camel:MODEL")


def _module(name: str, package: str, mend: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise UsageError(f"{package} cannot be loaded here: {error}", mend=mend) from error


def _spacy(model: str) -> Backend:
    spacy = _module("spacy", "spaCy", "install spacy, or leave --backend out")
    try:
        pipeline = spacy.load(model)
    except OSError as error:
        raise UsageError(f"spaCy has no model {model!r}", mend=f"python -m spacy download {model}") from error

    def find(text: str) -> list[Found]:
        found = ((e.start_char, e.end_char, _TYPES.get(e.label_)) for e in pipeline(text).ents)
        return [(start, end, kind) for start, end, kind in found if kind]

    return find


def _camel(model: str) -> Backend:
    mend = "install camel-tools with its NER and run camel_data -i ner-arabert, or leave --backend out"
    ner = _module("camel_tools.ner", "camel-tools' NER", mend)
    try:
        recogniser = ner.NERecognizer.pretrained(*([model] if model else []))
    except Exception as error:  # its catalogue raises its own errors, torch and transformers others
        raise UsageError(
            f"camel-tools' NER cannot be loaded here: {error}".splitlines()[0], mend=mend
        ) from error

    def find(text: str) -> list[Found]:
        words = arabic_words(text)
        labels = recogniser.predict_sentence([word.text for word in words]) if words else []
        spans = ((word.start, word.end, str(label)) for word, label in zip(words, labels, strict=True))
        return list(_chunks(spans))

    return find


def _chunks(labelled: Iterable[tuple[int, int, str]]) -> Iterator[Found]:
    """Names of words labelled ``B-LOC``, ``I-LOC``, ``O``; a stray ``I-`` opens a name."""
    open_: tuple[int, int, str] | None = None
    for start, end, label in labelled:
        position, _, kind = label.partition("-")
        if open_ is not None and position == "I" and kind == open_[2]:
            open_ = open_[0], end, kind
            continue
        if open_ is not None and open_[2] in _TYPES:
            yield open_[0], open_[1], _TYPES[open_[2]]
        open_ = (start, end, kind) if position in ("B", "I") else None
    if open_ is not None and open_[2] in _TYPES:
        yield open_[0], open_[1], _TYPES[open_[2]]
