"""Whether translations hold the terms or entities they should: shared-task measures.

Term exact match and window overlap are of Alam et al., *On the Evaluation of Machine Translation
for Terminology Consistency* (2021) and the WMT 2021 terminology task; M-ETA is the manual entity
translation accuracy of SemEval-2025 task 2 (Conia et al., 2024).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import regex

from bialign.errors import InputError, UsageError
from bialign.evaluation.measures import signature
from bialign.model import Record
from bialign.text.arabic import fold_arabic

_WORD: Final = regex.compile(r"[\p{L}\p{M}\p{N}]+")
#: Conjunction, then preposition with or without the article; two letters must remain.
_PROCLITICS: Final = regex.compile(r"\A[وف]?(?:[بك]?ال|لل|[بكل])?(?=\p{L}{2})")


@dataclass(frozen=True, slots=True)
class TermScore(Record):
    """How often the wanted translation stands.

    Args:
        measure: its name.
        score: 0 to 1, null where nothing was to be found.
        correct: matches found (window overlap: the sum of overlaps).
        total: what the score is a share of.
        signature: how it was made.
    """

    measure: str
    score: float | None
    correct: float
    total: int
    signature: str


def as_written(text: str) -> str:
    """The text with white space folded."""
    return " ".join(text.split())


def clitics_cut(text: str) -> str:
    """Folded Arabic words without conjunction, preposition and article, spaces around.

    >>> clitics_cut("وبالمدينة") == clitics_cut("المدينة")
    True
    """
    words = _WORD.findall(fold_arabic(text))
    return f" {' '.join(_PROCLITICS.sub('', word, count=1) for word in words)} "


#: Ways to compare Arabic, from the strictest on.
FORMS: Final[Mapping[str, Callable[[str], str]]] = {
    "raw": as_written,
    "normalised": fold_arabic,
    "clitics_cut": clitics_cut,
}


def term_exact_match(
    sources: Sequence[str], translations: Sequence[str], terms: Mapping[str, Sequence[str]], form: str = "raw"
) -> TermScore:
    """The share of term occurrences in the source whose translation holds a listed target.

    A source term is looked for as whole words whatever its case; a target anywhere in the
    translation of the same line, and a term that stands twice wants its target twice. Of terms
    that begin at one place the longest counts.

    Args:
        sources: line by line.
        translations: of the same lines.
        terms: source term to its permitted targets.
        form: one of ``FORMS``, applied to translation and target alike.

    Raises:
        InputError: line counts differ.
        UsageError: the form is not known.
    """
    _same_length(sources, translations)
    if form not in FORMS:
        raise UsageError(f"unknown form {form!r}", mend=f"one of {', '.join(FORMS)}")
    change = FORMS[form]
    wanted: dict[str, set[str]] = {}
    for term, targets in terms.items():
        wanted.setdefault(term.casefold(), set()).update(filter(str.strip, map(change, targets)))
    found = regex.compile(r"(?<!\w)\L<terms>(?!\w)", terms=sorted(wanted, key=len, reverse=True))
    correct = total = 0
    for source, translation in zip(sources, translations, strict=True):
        counts = Counter(match.group() for match in found.finditer(source.casefold(), overlapped=True))
        if not counts:
            continue
        text = change(translation)
        for term, count in counts.items():
            total += count
            correct += min(count, sum(text.count(target.strip()) for target in wanted[term]))
    return TermScore(
        "term_exact_match",
        correct / total if total else None,
        correct,
        total,
        signature("term_exact_match", form=form, unit="occurrence"),
    )


def term_lines(
    sources: Sequence[str], translations: Sequence[str], terms: Mapping[str, Sequence[str]], form: str = "raw"
) -> TermScore:
    """The simple count: of lines with a term, the share whose translation holds a listed target.

    More lenient than ``term_exact_match``: a term counts once a line however often it stands, and
    inside a longer term too. Arguments and errors are the same.

    >>> term_lines(["Flu, flu, bird flu"], ["إنفلونزا"], {"flu": ["إنفلونزا"], "bird flu": ["طيور"]}).score
    0.5
    """
    _same_length(sources, translations)
    if form not in FORMS:
        raise UsageError(f"unknown form {form!r}", mend=f"one of {', '.join(FORMS)}")
    change = FORMS[form]
    changed = [change(translation) for translation in translations]
    folded = [source.casefold() for source in sources]
    wanted: dict[str, set[str]] = {}
    for term, targets in terms.items():
        wanted.setdefault(term.casefold(), set()).update(filter(None, (change(t).strip() for t in targets)))
    correct = total = 0
    for term, permitted in wanted.items():
        whole = regex.compile(rf"(?<!\w){regex.escape(term)}(?!\w)")
        for source, text in zip(folded, changed, strict=True):
            if term in source and whole.search(source):
                total += 1
                correct += any(target in text for target in permitted)
    return TermScore(
        "term_lines",
        correct / total if total else None,
        correct,
        total,
        signature("term_lines", form=form, unit="line"),
    )


def window_overlap(
    translations: Sequence[str], references: Sequence[str], terms: Sequence[Sequence[str]], window: int = 2
) -> TermScore:
    """How far the words around a term are those around it in the reference.

    For each term of a line, the ``window`` words left and right of it (punctuation passed over)
    in the reference are looked for among those around it in the translation; places are matched
    best first, each once. A line's score is the mean over matched places, 0 where none matches;
    the score is the mean over lines with terms, as in the authors' program.

    Args:
        translations: line by line, tokens apart by spaces.
        references: of the same lines.
        terms: for every line the target terms that stand in the reference.
        window: words on either side.

    Raises:
        InputError: line counts differ.
    """
    _same_length(translations, references)
    _same_length(translations, terms)
    scores = [
        _line_overlap(translation.split(), reference.split(), wanted, window)
        for translation, reference, wanted in zip(translations, references, terms, strict=True)
        if wanted
    ]
    total = sum(scores)
    return TermScore(
        "window_overlap",
        total / len(scores) if scores else None,
        total,
        len(scores),
        signature("window_overlap", window=window, unit="line"),
    )


def _line_overlap(
    translation: Sequence[str], reference: Sequence[str], terms: Sequence[str], window: int
) -> float:
    overlaps: list[float] = []
    for term in dict.fromkeys(terms):
        size = len(term.split())
        places = [_places(side, term.split()) for side in (reference, translation)]
        rated = sorted(
            (
                (_overlap(_around(reference, a, size, window), _around(translation, b, size, window)), a, b)
                for a in places[0]
                for b in places[1]
            ),
            key=lambda item: -item[0],
        )
        taken_a, taken_b = set[int](), set[int]()
        for value, a, b in rated:
            if a not in taken_a and b not in taken_b:
                taken_a.add(a)
                taken_b.add(b)
                overlaps.append(value)
    return sum(overlaps) / len(overlaps) if overlaps else 0.0


def _places(tokens: Sequence[str], term: Sequence[str]) -> list[int]:
    size, wanted = len(term), list(term)
    return [at for at in range(len(tokens) - size + 1) if list(tokens[at : at + size]) == wanted]


def _around(tokens: Sequence[str], place: int, size: int, window: int) -> list[str]:
    left = [token for token in tokens[:place] if _WORD.search(token)]
    right = [token for token in tokens[place + size :] if _WORD.search(token)]
    return left[-window:] + right[:window]


def _overlap(wanted: Sequence[str], given: Sequence[str]) -> float:
    if not wanted:
        return 0.0
    return (Counter(wanted) & Counter(given)).total() / len(wanted)


def entity_accuracy(predictions: Mapping[str, str], mentions: Mapping[str, Sequence[str]]) -> TermScore:
    """M-ETA: the share of items whose translation holds one of the entity's accepted names.

    Args:
        predictions: translation by item; an item without one is wrong.
        mentions: accepted names by item, compared as substrings whatever their case.

    >>> entity_accuracy({"1": "زار دمشق"}, {"1": ["دمشق"], "2": ["حلب"]}).score
    0.5
    """
    correct = sum(
        any(name.casefold() in predictions.get(item, "").casefold() for name in names if name)
        for item, names in mentions.items()
    )
    total = len(mentions)
    return TermScore(
        "entity_accuracy",
        correct / total if total else None,
        correct,
        total,
        signature("entity_accuracy", match="substring", case="folded", unit="item"),
    )


def _same_length(one: Sequence[object], other: Sequence[object]) -> None:
    if len(one) != len(other):
        raise InputError(f"{len(one)} lines on one side, {len(other)} on the other")
