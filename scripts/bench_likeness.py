"""Measure how unseen spellings are joined to known names by likeness, by several designs.

    python scripts/bench_likeness.py

Half of a list of Arabic names makes a lexicon, each with its most frequent spelling. Asked are the
other spellings of these names (variants, to be joined) and the names of the other half (strangers,
not to be joined); spellings with an equal comparison key are left out, as they are joined by it.
Data: ../shared/data/names (persons; the pair model was learned from places), read there.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bialign.evaluation.levels import key
from bialign.evaluation.likeness import is_one_name, one_letter
from bialign.names.differences import differences
from bialign.names.index import NameIndex
from bialign.names.latin_pairs import same_latin_many

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "names"
UNLIKE = frozenset({"different", "translation", "abbreviation", "expansion"})
#: A question: the spelling, its Arabic, and candidates as probability, spelling and Arabic.
Question = tuple[str, str, list[tuple[float, str, str]]]


def by_rule(known: str, text: str) -> bool:
    """Whether the rules of romanisation can explain the difference."""
    return UNLIKE.isdisjoint(differences(known, text))


DESIGNS: Mapping[str, Callable[[str, str, float], bool]] = {
    "model alone, .1": lambda _known, _text, p: p >= 0.1,
    "model alone, .3": lambda _known, _text, p: p >= 0.3,
    "rules alone": lambda known, text, _p: by_rule(known, text),
    "model .1 and rules": lambda known, text, p: p >= 0.1 and by_rule(known, text),
    "model .3 and rules": lambda known, text, p: p >= 0.3 and by_rule(known, text),
    "that, or one letter": lambda known, text, p: (
        (p >= 0.3 and by_rule(known, text)) or one_letter(known, text)
    ),
    "shipped": is_one_name,
}


def read(name: str) -> dict[str, Counter[str]]:
    """The spellings of every Arabic name, with counts."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    with (SHARED / name).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if len(row["en"]) > 3:
                found[row["ar"]][row["en"].title()] += int(row.get("count") or 1)
    return found


def questions(
    texts: Sequence[tuple[str, str]], rows: Sequence[tuple[str, str]], index: NameIndex
) -> list[Question]:
    """What blocking proposes for each spelling that no key joins."""
    known = {key(text, "romanisation") for text, _ in rows}
    asked = []
    for text, ar in texts:
        if key(text, "romanisation") not in known:
            near = [rows[place] for place in index.candidates(text, 20)]
            likely = same_latin_many([(spelling, text) for spelling, _ in near]).tolist()
            found = [(p, *row) for p, row in zip(likely, near, strict=True)]
            asked.append((text, ar, sorted(found, reverse=True)))
    return asked


def joined(asked: Sequence[Question], design: Callable[[str, str, float], bool]) -> tuple[int, int]:
    """How many are joined to their name, and to another."""
    right = wrong = 0
    for text, ar, found in asked:
        owner = next((name for p, known, name in found if design(known, text, p)), None)
        right += owner == ar
        wrong += owner not in (None, ar)
    return right, wrong


def measure(name: str, size: int, seed: int) -> None:
    """Print the figures of every design on one list."""
    spelled = read(name)
    names = sorted(spelled)
    random.Random(seed).shuffle(names)  # noqa: S311  (a seeded experiment)
    varied = [ar for ar in names if len(spelled[ar]) > 1][: size // 2]
    taken = set(varied)
    rest = [ar for ar in names if ar not in taken]
    usual = {ar: spelled[ar].most_common(1)[0][0] for ar in names}
    rows = [(usual[ar], ar) for ar in varied + rest[: size // 2]]
    index = NameIndex(text for text, _ in rows)
    others = [(text, ar) for ar in varied for text in spelled[ar] if text != usual[ar]]
    variants = questions(others, rows, index)
    strangers = questions([(usual[ar], ar) for ar in rest[size // 2 : size // 2 + size]], rows, index)
    print(f"{name}: {len(variants)} variants, {len(strangers)} strangers to {len(rows)} names")
    for label, design in DESIGNS.items():
        right, wrong = joined(variants, design)
        _, mixed = joined(strangers, design)
        print(
            f"  {label}: variants joined right {right / len(variants):.1%}, "
            f"wrong {wrong / len(variants):.1%}; strangers joined {mixed / len(strangers):.1%}"
        )


def main() -> int:
    """Measure on single name words and on full names."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=8)
    options = parser.parse_args()
    if not SHARED.is_dir():
        print(f"bench_likeness: {SHARED} is absent", file=sys.stderr)
        return 2
    for name in ("person_words.tsv", "person_full.tsv"):
        measure(name, options.size, options.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
