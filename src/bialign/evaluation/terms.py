"""Whether translations hold the terms or entities they should: shared-task measures.

Each is a class whose ``score`` gives a figure with its signature. Term exact match and window overlap are of
Alam et al., *On the Evaluation of Machine Translation for Terminology Consistency* (2021) and the WMT
2021 terminology task; M-ETA is the manual entity translation accuracy of SemEval-2025 task 2 (Conia et
al., 2024).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Protocol

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


@dataclass(frozen=True, slots=True)
class TermExactMatch:
    """The share of term occurrences in the source whose translation holds a listed target.

    A source term is looked for as whole words whatever its case; a target anywhere in the
    translation of the same line, and a term that stands twice wants its target twice. Of terms
    that begin at one place the longest counts.

    Args:
        form: one of ``FORMS``, applied to translation and target alike.

    Raises:
        UsageError: the form is not known.

    >>> TermExactMatch().score(["flu and flu"], ["إنفلونزا"], {"flu": ["إنفلونزا"]}).score
    0.5
    """

    form: str = "raw"
    name: ClassVar[str] = "term_exact_match"
    unit: ClassVar[str] = "occurrence"

    def __post_init__(self) -> None:
        _check_form(self.form)

    def score(
        self, sources: Sequence[str], translations: Sequence[str], terms: Mapping[str, Sequence[str]]
    ) -> TermScore:
        """The measure over all lines.

        Args:
            sources: line by line.
            translations: of the same lines.
            terms: source term to its permitted targets.

        Raises:
            InputError: line counts differ.
        """
        _same_length(sources, translations)
        change, wanted = FORMS[self.form], _targets(terms, self.form)
        found = regex.compile(r"(?<!\w)\L<terms>(?!\w)", terms=sorted(wanted, key=len, reverse=True))
        correct = total = 0
        for source, translation in zip(sources, translations, strict=True):
            counts = Counter(match.group() for match in found.finditer(source.casefold(), overlapped=True))
            text = change(translation) if counts else ""
            for term, count in counts.items():
                total += count
                correct += min(count, sum(text.count(target) for target in wanted[term]))
        return _scored(self, correct, total, form=self.form)


@dataclass(frozen=True, slots=True)
class TermLines:
    """The simple count: of lines with a term, the share whose translation holds a listed target.

    More lenient than ``TermExactMatch``: a term counts once a line however often it stands, and
    inside a longer term too. Arguments and errors are the same.

    >>> terms = {"flu": ["إنفلونزا"], "bird flu": ["طيور"]}
    >>> TermLines().score(["Flu, flu, bird flu"], ["إنفلونزا"], terms).score
    0.5
    """

    form: str = "raw"
    name: ClassVar[str] = "term_lines"
    unit: ClassVar[str] = "line"

    def __post_init__(self) -> None:
        _check_form(self.form)

    def score(
        self, sources: Sequence[str], translations: Sequence[str], terms: Mapping[str, Sequence[str]]
    ) -> TermScore:
        """As ``TermExactMatch.score``."""
        _same_length(sources, translations)
        changed = [FORMS[self.form](translation) for translation in translations]
        folded = [source.casefold() for source in sources]
        correct = total = 0
        for term, permitted in _targets(terms, self.form).items():
            whole = regex.compile(rf"(?<!\w){regex.escape(term)}(?!\w)")
            for source, text in zip(folded, changed, strict=True):
                if term in source and whole.search(source):
                    total += 1
                    correct += any(target in text for target in permitted)
        return _scored(self, correct, total, form=self.form)


@dataclass(frozen=True, slots=True)
class WindowOverlap:
    """How far the words around a term are those around it in the reference.

    For each term of a line, the ``window`` words left and right of it (punctuation passed over)
    in the reference are looked for among those around it in the translation; places are matched
    best first, each once. A line's score is the mean over matched places, 0 where none matches;
    the score is the mean over lines with terms, as in the authors' program.

    Args:
        window: words on either side.
    """

    window: int = 2
    name: ClassVar[str] = "window_overlap"
    unit: ClassVar[str] = "line"

    def score(
        self, translations: Sequence[str], references: Sequence[str], terms: Sequence[Sequence[str]]
    ) -> TermScore:
        """The measure over all lines.

        Args:
            translations: line by line, tokens apart by spaces.
            references: of the same lines.
            terms: for every line the target terms that stand in the reference.

        Raises:
            InputError: line counts differ.
        """
        _same_length(translations, references)
        _same_length(translations, terms)
        scores = [
            _line_overlap(translation.split(), reference.split(), wanted, self.window)
            for translation, reference, wanted in zip(translations, references, terms, strict=True)
            if wanted
        ]
        return _scored(self, sum(scores), len(scores), window=self.window)


@dataclass(frozen=True, slots=True)
class EntityAccuracy:
    """M-ETA: the share of items whose translation holds one of the entity's accepted names.

    Names are looked for as substrings, whatever their case.

    Args:
        form: one of ``FORMS``; the shared task's own is ``raw``.

    Raises:
        UsageError: the form is not known.

    >>> EntityAccuracy().score({"1": "زار دمشق"}, {"1": ["دمشق"], "2": ["حلب"]}).score
    0.5
    """

    form: str = "raw"
    name: ClassVar[str] = "entity_accuracy"
    unit: ClassVar[str] = "item"

    def __post_init__(self) -> None:
        _check_form(self.form)

    def score(self, predictions: Mapping[str, str], mentions: Mapping[str, Sequence[str]]) -> TermScore:
        """The measure over all items.

        Args:
            predictions: translation by item; an item without one is wrong.
            mentions: accepted names by item.
        """
        change, correct = FORMS[self.form], 0
        for item, names in mentions.items():
            text = change(predictions.get(item, "").casefold())
            correct += any(change(name.casefold()) in text for name in names if name.strip())
        return _scored(self, correct, len(mentions), form=self.form, match="substring", case="folded")


def term_exact_match(
    sources: Sequence[str], translations: Sequence[str], terms: Mapping[str, Sequence[str]], form: str = "raw"
) -> TermScore:
    """``TermExactMatch`` in one call."""
    return TermExactMatch(form).score(sources, translations, terms)


def term_lines(
    sources: Sequence[str], translations: Sequence[str], terms: Mapping[str, Sequence[str]], form: str = "raw"
) -> TermScore:
    """``TermLines`` in one call."""
    return TermLines(form).score(sources, translations, terms)


def window_overlap(
    translations: Sequence[str], references: Sequence[str], terms: Sequence[Sequence[str]], window: int = 2
) -> TermScore:
    """``WindowOverlap`` in one call."""
    return WindowOverlap(window).score(translations, references, terms)


def entity_accuracy(predictions: Mapping[str, str], mentions: Mapping[str, Sequence[str]]) -> TermScore:
    """``EntityAccuracy`` in one call."""
    return EntityAccuracy().score(predictions, mentions)


class _Named(Protocol):
    name: ClassVar[str]
    unit: ClassVar[str]


def _scored(measure: _Named, correct: float, total: int, **facts: str | int) -> TermScore:
    return TermScore(
        measure=measure.name,
        score=correct / total if total else None,
        correct=correct,
        total=total,
        signature=signature(measure.name, **facts, unit=measure.unit, by="all"),
    )


def _check_form(form: str) -> None:
    if form not in FORMS:
        raise UsageError(f"unknown form {form!r}", mend=f"one of {', '.join(FORMS)}")


def _targets(terms: Mapping[str, Sequence[str]], form: str) -> dict[str, set[str]]:
    """For every term, case folded, its targets in this form."""
    wanted: dict[str, set[str]] = {}
    for term, targets in terms.items():
        changed = (FORMS[form](target).strip() for target in targets)
        wanted.setdefault(term.casefold(), set()).update(filter(None, changed))
    return wanted


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


def _same_length(one: Sequence[object], other: Sequence[object]) -> None:
    if len(one) != len(other):
        raise InputError(f"{len(one)} lines on one side, {len(other)} on the other")
