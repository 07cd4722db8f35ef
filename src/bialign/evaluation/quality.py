"""Translation quality through sacrebleu: BLEU, chrF++ and TER with signatures and paired tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from sacrebleu.metrics.base import Metric
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER
from sacrebleu.significance import PairedTest as SacrebleuTest
from sacrebleu.significance import Result

from bialign.errors import InputError, UsageError
from bialign.model import Record
from bialign.text.arabic import normalize_arabic

#: What a score was made from.
Text = Literal["raw", "normalised"]
#: Tokenizers of sacrebleu: ``intl`` for Arabic, whose punctuation ``13a`` does not split.
TOKENIZERS: Final = {"ar": "intl", "en": "13a"}
_OURS: Final = {"raw": "", "normalised": "|text:normalised|profile:match"}


@dataclass(frozen=True, slots=True)
class QualityScore(Record):
    """One corpus score.

    Args:
        metric: ``BLEU``, ``chrF++`` or ``TER`` (lower is better).
        text: ``raw``, or ``normalised`` (Arabic profile ``match`` on both sides).
        system, group: whose translation, and of which documents (``all``).
        score: 0 to 100 (TER may exceed it).
        lines: how many were scored.
        signature: sacrebleu's, with ours where the text was normalised.
    """

    metric: str
    text: Text
    system: str
    group: str
    score: float
    lines: int
    signature: str


@dataclass(frozen=True, slots=True)
class PairedTest(Record):
    """Two systems against each other on one metric.

    Args:
        baseline_score, score: of either system.
        p_value: of the difference under paired bootstrap resampling (Koehn, EMNLP 2004).
    """

    metric: str
    text: Text
    baseline: str
    system: str
    baseline_score: float
    score: float
    p_value: float
    signature: str


@dataclass(frozen=True, slots=True)
class QualityReport(Record):
    """Scores, overall first, and where two systems were given the tests between them."""

    language: str
    scores: tuple[QualityScore, ...]
    tests: tuple[PairedTest, ...] = ()


def quality(
    references: Sequence[str],
    systems: Mapping[str, Sequence[str]],
    language: str,
    groups: Sequence[str] | None = None,
    samples: int = 1000,
) -> QualityReport:
    """Score translations against references, raw and (Arabic) normalised.

    Args:
        references: one line a segment.
        systems: name and lines of each translation; the first is the baseline of the tests.
        language: of the translations, ``ar`` or ``en``.
        groups: a label a line, for scores by group too.
        samples: rounds of the paired bootstrap; its seed is sacrebleu's (``SACREBLEU_SEED``, else 12345).

    Raises:
        InputError: line counts differ, or a side has no text.
        UsageError: no system, or a language that is not known.
    """
    if language not in TOKENIZERS:
        raise UsageError(f"unknown language {language!r}", mend="ar or en")
    if not systems:
        raise UsageError("no translation to score")
    for name, lines in (*systems.items(), ("groups", groups or references)):
        if len(lines) != len(references):
            raise InputError(
                f"{name} has {len(lines)} lines, the references have {len(references)}",
                mend="give one line a segment on every side",
            )
    for name, lines in (("the references", references), *systems.items()):
        if not any(line.strip() for line in lines):
            raise InputError(f"{name}: no text")
    scores: list[QualityScore] = []
    tests: list[PairedTest] = []
    texts: tuple[Text, ...] = ("raw", "normalised") if language == "ar" else ("raw",)
    for text in texts:
        sides = {name: _prepared(lines, text) for name, lines in systems.items()}
        wanted = _prepared(references, text)
        scores += _scores(wanted, sides, language, text, groups)
        if len(systems) > 1:
            tests += _tests(wanted, sides, language, text, samples)
    return QualityReport(language=language, scores=tuple(scores), tests=tuple(tests))


def _metrics(language: str, references: Sequence[str] | None = None) -> dict[str, Metric]:
    """The metrics of sacrebleu, with the references prepared once where they are given."""
    given = None if references is None else [list(references)]
    return {
        "BLEU": BLEU(tokenize=TOKENIZERS[language], references=given),
        "chrF++": CHRF(word_order=2, references=given),
        "TER": TER(asian_support=False, normalized=language == "ar", references=given),
    }


def _prepared(lines: Sequence[str], text: str) -> list[str]:
    return [normalize_arabic(line, "match").text for line in lines] if text == "normalised" else list(lines)


def _signature(metric: Metric, text: str) -> str:
    return f"{metric.get_signature()}{_OURS[text]}"


def _scores(
    references: Sequence[str],
    systems: Mapping[str, Sequence[str]],
    language: str,
    text: Text,
    groups: Sequence[str] | None,
) -> Iterator[QualityScore]:
    parts = {"all": list(range(len(references)))}
    for number, label in enumerate(groups or ()):
        parts.setdefault(f"={label}", []).append(number)
    for label, lines in parts.items():
        wanted = [references[number] for number in lines]
        for metric_name, metric in _metrics(language).items():
            for system, whole in systems.items():
                result = metric.corpus_score([whole[number] for number in lines], [wanted])
                yield QualityScore(
                    metric=metric_name,
                    text=text,
                    system=system,
                    group=label.removeprefix("="),
                    score=float(result.score),
                    lines=len(lines),
                    signature=_signature(metric, text),
                )


def _tests(
    references: Sequence[str],
    systems: Mapping[str, Sequence[str]],
    language: str,
    text: Text,
    samples: int,
) -> Iterator[PairedTest]:
    metrics = _metrics(language, references)
    named: list[tuple[str, Sequence[str]]] = [(name, lines) for name, lines in systems.items()]
    test = SacrebleuTest(named, metrics, references=None, test_type="bs", n_samples=samples)
    signatures, results = test()
    baseline = named[0][0]
    own_names = [name for name in results if name != "System"]  # chrF++ is chrF2++ there
    for metric, own in zip(metrics, own_names, strict=True):
        first, *others = (result for result in results[own] if isinstance(result, Result))
        for (name, _), result in zip(named[1:], others, strict=True):
            yield PairedTest(
                metric=metric,
                text=text,
                baseline=baseline,
                system=name,
                baseline_score=float(first.score),
                score=float(result.score),
                p_value=float(result.p_value or 0.0),
                signature=f"{signatures[own]}{_OURS[text]}",
            )
