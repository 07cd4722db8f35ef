"""Measure name finding against hand-marked names.

English and Arabic: ``../shared/data/bitext/word_alignment/propn_names.tsv`` (proper-name spans of
166 sentences; measure only). Its marks cover names whose words were aligned, and include titles,
months and nationality words, which bialign leaves out on purpose; both are counted apart.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable
from pathlib import Path

from bialign.model import Mention
from bialign.names.cues import cues, is_demonym
from bialign.names.mentions import find_names

SHARED = Path(__file__).resolve().parent.parent.parent / "shared/data/bitext/word_alignment"


def main() -> None:
    """Print precision, recall and F1."""
    parser = argparse.ArgumentParser(description="Measure name finding against hand-marked names.")
    parser.add_argument("--errors", action="store_true", help="print what was missed and what was too much")
    errors = parser.parse_args().errors
    sentence_ids = (SHARED / "sent_id.txt").read_text(encoding="utf-8").split()
    sides = {
        side: dict(
            zip(
                sentence_ids,
                (SHARED / f"{side}.tok.txt").read_text(encoding="utf-8").splitlines(),
                strict=True,
            )
        )
        for side in ("en", "ar")
    }
    gold = read_gold()
    for side in ("en", "ar"):
        marked = {i: {spans[side] for spans in gold.get(i, ()) if spans[side]} for i in sentence_ids}
        found = {i: set(token_spans(sides[side][i], find_names(sides[side][i], side))) for i in sentence_ids}
        report(f"{side}, all marks", marked, found, {})
        if side == "en":
            ours = {
                i: {s for s in spans if wanted(sides[side][i].split(" "), s)} for i, spans in marked.items()
            }
            report("en, marks that are names by bialign's rules", ours, found, sides[side] if errors else {})


def read_gold() -> dict[str, list[dict[str, tuple[int, int]]]]:
    """Token spans (half open) of each sentence's marked names, in both languages."""
    gold: dict[str, list[dict[str, tuple[int, int]]]] = {}
    with (SHARED / "propn_names.tsv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE):
            first, last = map(int, row["en_surface_span"].split("-"))
            arabic = sorted(map(int, row["ar_surface_idx"].split(",")))
            gold.setdefault(row["sent_id"], []).append(
                {"en": (first, last + 1), "ar": (arabic[0], arabic[-1] + 1)}
            )
    return gold


def token_spans(sentence: str, mentions: Iterable[Mention]) -> list[tuple[int, int]]:
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


def wanted(tokens: list[str], span: tuple[int, int]) -> bool:
    """Whether a marked English span is a name by bialign's rules: no date, title or nation alone."""
    words = [token.lower().strip(".'’") for token in tokens[span[0] : span[1]]]
    lists = cues("english")
    outside = lists["dates"] | lists["titles"]
    return not any(word in outside for word in words) and not all(map(is_demonym, words))


def report(
    name: str,
    marked: dict[str, set[tuple[int, int]]],
    found: dict[str, set[tuple[int, int]]],
    sentences: dict[str, str],
) -> None:
    """Exact and overlapping precision, recall and F1 of one side."""
    right = sum(len(marked[i] & found[i]) for i in marked)
    many, some = sum(map(len, marked.values())), sum(map(len, found.values()))
    met = sum(any(overlap(a, b) for b in found[i]) for i in marked for a in marked[i])
    held = sum(any(overlap(a, b) for b in marked[i]) for i in found for a in found[i])
    print(f"{name}: {many} marked, {some} found")
    print(f"  exact    {figures(right / max(1, some), right / max(1, many))}")
    print(f"  overlap  {figures(held / max(1, some), met / max(1, many))}")
    for i, sentence in sentences.items():
        tokens = sentence.split(" ")
        for label, spans in (("missed", marked[i] - found[i]), ("extra", found[i] - marked[i])):
            for first, last in sorted(spans):
                print(f"    {label}: {' '.join(tokens[first:last])!r} in {sentence[:110]!r}")


def figures(precision: float, recall: float) -> str:
    """P, R and F1 in one line."""
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}"


def overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    """Whether two ranges share a token."""
    return a[0] < b[1] and b[0] < a[1]


if __name__ == "__main__":
    main()
