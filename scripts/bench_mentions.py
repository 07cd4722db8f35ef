"""Measure name finding in text, on hand-marked names; nothing measured here is trained on.

- ``tests/cases/marked_names``: sentences in news style composed by hand, one part for developing and
  one held out, whose single errors were never looked at. Spans and types.
- ``../shared/data/bitext/word_alignment/propn_names.tsv``: proper names of 166 encyclopedia and news
  sentences. The marks include titles, months and nationality words, which bialign leaves out on
  purpose, and in Arabic whole words with their proclitics; both sides are compared by tokens.
- ``../shared/data/bitext/entity_translation/validation.jsonl``: the Arabic mention of one entity of a
  question (half of them titles of works); only recall is known.
- flores: Arabic names projected from the English ones by ``align_names`` (probability 0.9 on); only
  recall is known. The Arabic classifier has learned on nine tenths of these sentences: its recall
  here is no held-out figure.
- Speed, on the Arabic and English sides of tico19, and on one line of megabytes.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from marked_names import Marked, read_marked

from bialign.model import Mention
from bialign.names.cues import cues, is_demonym
from bialign.names.mentions import find_names

BITEXT = Path(__file__).resolve().parent.parent.parent / "shared/data/bitext"
WORDS = BITEXT / "word_alignment"
Span = tuple[int, int]
Language = Literal["en", "ar"]
LANGUAGES: tuple[Language, ...] = ("en", "ar")
SURE = 0.9


def main() -> None:
    """Print the figures asked for, all by default."""
    parser = argparse.ArgumentParser(description="Measure name finding against hand-marked names.")
    parser.add_argument("what", nargs="*", help="marked, words, entities, projected, speed")
    parser.add_argument("--errors", action="store_true", help="print errors (of development data only)")
    parser.add_argument("--megabytes", type=float, default=2.0, help="length of the long line")
    args = parser.parse_args()
    wanted_parts = args.what or ["marked", "words", "entities", "projected", "speed"]
    for part in wanted_parts:
        if part == "speed":
            speed(args.megabytes)
        else:
            {"marked": marked, "words": words, "entities": entities, "projected": projected}[part](
                errors=args.errors
            )


# Composed sentences.


def marked(*, errors: bool) -> None:
    """Spans and types of the composed sentences."""
    for language in LANGUAGES:
        for part in ("dev", "heldout"):
            sentences = read_marked(f"{language}_{part}")
            tally(f"{language} {part}", language, sentences, errors=errors and part == "dev")


def tally(name: str, language: Language, sentences: list[Marked], *, errors: bool) -> None:
    """Exact and overlapping figures, types, and recall by type."""
    gold: dict[str, set[Span]] = {}
    found: dict[str, set[Span]] = {}
    typed, exact = 0, 0
    by_type: Counter[str] = Counter()
    right_by_type: Counter[str] = Counter()
    for number, sentence in enumerate(sentences):
        mentions = {(m.start, m.end): m for m in find_names(sentence.text, language)}
        key = str(number)
        gold[key] = set(sentence.names)
        found[key] = {
            span for span in mentions if span in sentence.names or not _any_overlap(span, sentence.free)
        }
        for span, kind in sentence.names.items():
            by_type[kind or "any"] += 1
            if span in mentions:
                exact += 1
                right_by_type[kind or "any"] += 1
                typed += kind in ("", mentions[span].type)
        if errors:
            wrong = [
                f"{sentence.text[a:b]}={mentions[a, b].type}"
                for (a, b), kind in sentence.names.items()
                if (a, b) in mentions and kind not in ("", mentions[a, b].type)
            ]
            missed = [sentence.text[a:b] for a, b in sorted(gold[key] - found[key])]
            extra = [
                f"{sentence.text[a:b]} ({mentions[a, b].reason})" for a, b in sorted(found[key] - gold[key])
            ]
            if wrong or missed or extra:
                print(f"  {sentence.text}\n     missed {missed}\n     extra {extra}\n     type {wrong}")
    report(f"{name} ({len(sentences)} sentences)", gold, found, {})
    recalls = ", ".join(f"{t} {right_by_type[t] / n:.3f} of {n}" for t, n in by_type.most_common())
    print(f"  type right {typed / max(1, exact):.3f} of {exact} exact; exact recall: {recalls}")


def _any_overlap(span: Span, others: Iterable[Span]) -> bool:
    return any(overlap(span, other) for other in others)


# Proper names of the word-aligned sentences.


def words(*, errors: bool) -> None:
    """Spans of ``propn_names.tsv``, by tokens."""
    sentence_ids = (WORDS / "sent_id.txt").read_text(encoding="utf-8").split()
    sides = {
        side: dict(
            zip(
                sentence_ids,
                (WORDS / f"{side}.tok.txt").read_text(encoding="utf-8").splitlines(),
                strict=True,
            )
        )
        for side in ("en", "ar")
    }
    gold = read_gold()
    for side in ("en", "ar"):
        marks = {i: {spans[side] for spans in gold.get(i, ()) if spans[side]} for i in sentence_ids}
        found = {i: set(token_spans(sides[side][i], find_names(sides[side][i], side))) for i in sentence_ids}
        report(f"propn {side}, all marks", marks, found, {})
        # what is a name by bialign's rules is known of the English side alone
        ours = {
            i: {spans[side] for spans in gold.get(i, ()) if wanted(sides["en"][i].split(" "), spans["en"])}
            for i in sentence_ids
        }
        report(
            f"propn {side}, marks that are names by bialign's rules",
            ours,
            found,
            sides[side] if errors else {},
        )


def read_gold() -> dict[str, list[dict[str, Span]]]:
    """Token spans (half open) of each sentence's marked names, in both languages."""
    gold: dict[str, list[dict[str, Span]]] = {}
    with (WORDS / "propn_names.tsv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE):
            first, last = map(int, row["en_surface_span"].split("-"))
            arabic = sorted(map(int, row["ar_surface_idx"].split(",")))
            gold.setdefault(row["sent_id"], []).append(
                {"en": (first, last + 1), "ar": (arabic[0], arabic[-1] + 1)}
            )
    return gold


def token_spans(sentence: str, mentions: Iterable[Mention]) -> list[Span]:
    """Mentions as half-open ranges of the sentence's space-separated tokens."""
    starts = [0]
    for token in sentence.split(" "):
        starts.append(starts[-1] + len(token) + 1)
    spans = []
    for mention in mentions:
        first = max(i for i, start in enumerate(starts) if start <= mention.start)
        last = min((i for i, start in enumerate(starts) if start > mention.end), default=len(starts) - 1)
        spans.append((first, last))
    return spans


def wanted(tokens: list[str], span: Span) -> bool:
    """Whether a marked English span is a name by bialign's rules: no date, title or nation alone."""
    spoken = [token.lower().strip(".'’") for token in tokens[span[0] : span[1]]]
    lists = cues("english")
    outside = lists["dates"] | lists["titles"]
    return not any(word in outside for word in spoken) and not all(map(is_demonym, spoken))


# Entities and projections: recall only.


def entities(*, errors: bool) -> None:
    """Whether the marked Arabic mention of a question is found, exactly or in part."""
    exact, met, total = Counter[str](), Counter[str](), Counter[str]()
    english = questions = 0
    with (BITEXT / "entity_translation/validation.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            questions += 1
            english += bool(find_names(row["source"], "en"))
            for target in row["targets"]:
                at = target["translation"].find(target["mention"])
                if at < 0:
                    continue
                gold = at, at + len(target["mention"])
                mentions = find_names(target["translation"], "ar")
                for kind in ("all", row["entity_types"][0]):
                    total[kind] += 1
                    exact[kind] += any(
                        gold in ((m.start, m.end), (m.token_start, m.token_end)) for m in mentions
                    )
                    met[kind] += any(overlap(gold, (m.start, m.end)) for m in mentions)
                if errors and row["entity_types"][0] == "Person" and not met["all"]:
                    print(target["translation"])
    print(f"entities: a name found in {english} of {questions} English questions")
    for kind, n in total.most_common():
        print(f"  ar {kind:22} exact R {exact[kind] / n:.3f}  overlap R {met[kind] / n:.3f}  of {n}")


def projected(*, errors: bool) -> None:
    """Whether the Arabic of an English name, met by ``align_names``, is found from the Arabic alone."""
    from bialign.align.names import align_names

    sides = [
        (BITEXT / "flores" / f"{side}.txt").read_text(encoding="utf-8").splitlines() for side in ("ar", "en")
    ]
    pairs = list(zip(*sides, strict=True))
    gold: dict[str, set[Span]] = {}
    found: dict[str, set[Span]] = {}
    for number, (pair, aligned) in enumerate(zip(pairs, align_names(pairs), strict=True)):
        key = str(number)
        gold[key] = {(p.ar.start, p.ar.end) for p in aligned if p.probability >= SURE}
        found[key] = {(m.start, m.end) for m in find_names(pair[0], "ar")}
    report(
        "flores ar, projected from the English (recall means something, precision does not)", gold, found,
        {str(i): pair[0] for i, pair in enumerate(pairs[::10])} if errors else {},
    )  # fmt: skip


# Speed.


def speed(megabytes: float) -> None:
    """Sentences and megabytes a second of user time, and one long line."""
    for language in LANGUAGES:
        lines = (BITEXT / "tico19" / f"{language}.txt").read_text(encoding="utf-8").splitlines()
        find_names(lines[0], language)
        for name, texts in (("sentences", lines), ("one text", ["\n".join(lines)])):
            started = time.process_time()
            for text in texts:
                find_names(text, language)
            took = time.process_time() - started
            size = sum(len(text.encode()) for text in texts) / 1e6
            print(f"speed {language}, {name}: {size / took:.2f} MB/s, {len(lines) / took:.0f} sentences/s")
        long = " ".join(lines)
        long = (long * (1 + int(megabytes * 1e6 / len(long.encode()))))[
            : int(megabytes * 1e6 / (1 + (language == "ar")))
        ]
        started = time.process_time()
        count = len(find_names(long, language))
        took = time.process_time() - started
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
        size = len(long.encode()) / 1e6
        print(f"speed {language}, one line of {size:.1f} MB: {took:.1f} s, {count} names, peak {peak:.0f} MB")


def report(
    name: str, marks: dict[str, set[Span]], found: dict[str, set[Span]], sentences: dict[str, str]
) -> None:
    """Exact and overlapping precision, recall and F1 of one side."""
    right = sum(len(marks[i] & found[i]) for i in marks)
    many, some = sum(map(len, marks.values())), sum(map(len, found.values()))
    met = sum(any(overlap(a, b) for b in found[i]) for i in marks for a in marks[i])
    held = sum(any(overlap(a, b) for b in marks[i]) for i in found for a in found[i])
    print(f"{name}: {many} marked, {some} found")
    print(f"  exact    {figures(right / max(1, some), right / max(1, many))}")
    print(f"  overlap  {figures(held / max(1, some), met / max(1, many))}")
    for i, sentence in sentences.items():
        tokens = sentence.split(" ")
        for label, spans in (("missed", marks[i] - found[i]), ("extra", found[i] - marks[i])):
            for first, last in sorted(spans):
                print(f"    {label}: {' '.join(tokens[first:last])!r} in {sentence[:110]!r}")


def figures(precision: float, recall: float) -> str:
    """P, R and F1 in one line."""
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}"


def overlap(a: Span, b: Span) -> bool:
    """Whether two ranges share a place."""
    return a[0] < b[1] and b[0] < a[1]


if __name__ == "__main__":
    main()
