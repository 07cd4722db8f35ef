"""Measure how unseen spellings are joined to known names, by several designs, and at what price.

    python scripts/bench_likeness.py [--part test] [--names 3000]

A list of names makes a lexicon, each with its most frequent spelling. Asked are: the other attested
spellings of these names (variants: to be joined), names the lexicon does not have (strangers: not to
be joined), and the lexicon's spellings with one letter wrong (slips: to be joined). Variants and
strangers are of the test part of the names' split (``names.examples.part_of``), the attested counts of
the training part alone, so no model has seen them; places are of countries left out of training.
What a comparison key joins is counted apart from what is left to likeness.
Data: ../shared/data/names, read there.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import numpy as np
from seeded import seeded

from bialign.evaluation import likeness
from bialign.evaluation.joining import Speller
from bialign.evaluation.likeness import NAMES, RATE, slip_rate, stranger_rates
from bialign.model import Entry, Evidence, Variant
from bialign.names import scoring, transliteration
from bialign.names.calibration import Floats
from bialign.names.differences import differences
from bialign.names.examples import Example, attested_in, consonants_agree, part_of, read_examples, word_key
from bialign.names.index import NameIndex
from bialign.names.latin_pairs import same_latin_many
from bialign.names.matching import match_many
from bialign.text.arabic import fold_arabic

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "names"
COUNTRIES = {"dev": ("JO", "LB"), "test": ("OM", "MR")}
UNLIKE = frozenset({"different", "translation", "abbreviation", "expansion"})
KINDS = ("variant", "slip", "stranger")
SHORTEST, MOST_STRANGERS, MOST_SLIPS = 4, 1000, 500
Names = Mapping[str, Counter[str]]
#: A candidate: the spelling and its Arabic.
Near = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A spelling no key joins, its Arabic, what kind of question it is, and what blocking proposes."""

    text: str
    ar: str
    kind: str
    near: Near


def old_rules(near: Near, text: str) -> Floats:
    """The design before: from .3 of the pair model where rules explain the difference; 0 is joined."""
    likely = same_latin_many([(known, text) for known, _ in near])
    fits = [
        p >= 0.3 and UNLIKE.isdisjoint(differences(known, text))
        for p, (known, _) in zip(likely, near, strict=True)
    ]
    return np.where(fits, 1 - likely, 1.0) * RATE / 0.7


#: What each design takes for the share of strangers that are as like; joined below ``RATE``.
DESIGNS: Mapping[str, Callable[[Near, str], Floats]] = {
    "pair model .3 and rules": old_rules,
    "letters from .5": lambda near, text: (1 - same_latin_many([(k, text) for k, _ in near])) * 2 * RATE,
    "Arabic from .9": lambda near, text: (1 - match_many([(ar, text) for _, ar in near])) * 10 * RATE,
    "one letter": lambda near, text: np.array([slip_rate(known, text) for known, _ in near]),
    "models, no Arabic": lambda near, text: stranger_rates([(known, None) for known, _ in near], text),
    "shipped": stranger_rates,
}


def read(name: str, part: str) -> Names:
    """The spellings of every Arabic name of a list, with counts."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    if name == "places.jsonl":
        for line in (SHARED / name).read_text("utf-8").splitlines():
            row = json.loads(line)
            if row["cc"] in COUNTRIES[part] and row["ar"]:
                folded = fold_arabic(row["ar"][0])
                spelled = [en for en in row["en"] if not en.isupper() and consonants_agree(folded, en)]
                found[row["ar"][0]].update(en for en in dict.fromkeys(spelled) if len(en) >= SHORTEST)
        return {ar: spelled for ar, spelled in found.items() if spelled}
    with (SHARED / name).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if len(row["en"]) >= SHORTEST and (name != "person_full.tsv" or " " in row["ar"]):
                found[row["ar"]][row["en"].title()] += int(row.get("count") or 1)
    return found


def bare(ar: str) -> str:
    """The Arabic folded, without articles: with and without one it is one name to a reader of English."""
    return " ".join(map(word_key, ar.split()))


def one_name(a: str, b: str) -> bool:
    """Whether two Arabic spellings are one name but for the article."""
    return bare(a) == bare(b)


def slip(text: str, random_: random.Random) -> str | None:
    """The text with one letter inside exchanged, dropped, added or turned with the next."""
    places = [i for i in range(1, len(text) - 1) if text[i - 1 : i + 2].isalpha()]
    if not places:
        return None
    at, letter = random_.choice(places), random_.choice("abcdefghijklmnopqrstuvwxyz")
    before, after = text[:at], text[at + 1 :]
    turned = before + after[0] + text[at] + after[1:]
    changed = random_.choice((before + letter + after, before + after, before + letter + text[at:], turned))
    return None if changed == text else changed


def questions(name: str, part: str, names: int, seed: int) -> tuple[int, list[Asked], Counter[str]]:
    """The size of the lexicon, what no key joins, and how the keys did."""
    spelled = read(name, part)
    order = sorted(spelled)
    random_ = seeded(seed)
    random_.shuffle(order)
    usual = {ar: spelled[ar].most_common(1)[0][0] for ar in order}
    mine = [ar for ar in order if name == "places.jsonl" or part_of(ar) == part]
    strangers = mine[: min(MOST_STRANGERS, len(mine) // 2)]
    away = set(map(bare, strangers))
    inside = [*mine[len(strangers) :], *(ar for ar in order if ar not in set(mine))][:names]
    rows = [(usual[ar], ar) for ar in inside if bare(ar) not in away]
    seen = (Evidence("page", "bench", "bench"),)
    entries = [
        Entry(ar, ar, "other", text, (Variant(text, 1, 1, None, None, ()),), 1.0, seen) for text, ar in rows
    ]
    speller, index = Speller(entries), NameIndex(text for text, _ in rows)
    own = {ar for _, ar in rows} & set(mine)
    asked = [(text, ar, "variant") for ar in own for text in spelled[ar] if text != usual[ar]]
    asked += [(usual[ar], ar, "stranger") for ar in strangers]
    picked = random_.sample(rows, min(MOST_SLIPS, len(rows)))
    asked += [(text, ar, "slip") for known, ar in picked if (text := slip(known, random_))]
    tally, left = Counter[str](), []
    for text, ar, kind in sorted(asked):
        owner = speller.entry(text)
        tally[kind] += 1
        if owner is None:
            left.append(Asked(text, ar, kind, [rows[place] for place in index.candidates(text, 20)]))
        else:
            tally[f"{kind} {'right' if one_name(owner, ar) else 'wrong'}"] += 1
    return len(rows), left, tally


def measure(name: str, part: str, names: int, seed: int) -> None:
    """Print the figures of every design on one list."""
    size, asked, by_key = questions(name, part, names, seed)
    kinds = Counter(item.kind for item in asked)
    print(f"{name}: {size} names; " + ", ".join(f"{by_key[kind]} {kind}s" for kind in KINDS))
    print(
        f"  joined by key: variants right {by_key['variant right'] / by_key['variant']:.1%}, "
        f"wrong {by_key['variant wrong'] / by_key['variant']:.1%}; "
        f"strangers {by_key['stranger wrong'] / by_key['stranger']:.1%}; left to likeness: "
        + ", ".join(f"{kinds[kind]} {kind}s" for kind in KINDS)
    )
    scale = max(size, likeness.FEWEST) / NAMES
    for label, design in DESIGNS.items():
        started, found = time.process_time(), Counter[str]()
        rates: dict[str, list[float]] = defaultdict(list)
        for item in asked:
            judged = design(item.near, item.text) if item.near else np.ones(1)
            judged = judged * scale if label in ("one letter", "models, no Arabic", "shipped") else judged
            best = int(judged.argmin())
            right = bool(item.near) and one_name(item.near[best][1], item.ar)
            rates[item.kind].append(float(judged[best]) if right or item.kind == "stranger" else 1.0)
            if judged[best] < RATE:
                found[f"{item.kind} {'right' if right else 'wrong'}"] += 1
        strangers = found["stranger right"] + found["stranger wrong"]
        print(
            f"  {label:24}: variants right {found['variant right'] / kinds['variant']:6.1%}, "
            f"wrong {found['variant wrong'] / kinds['variant']:5.1%}; "
            f"slips {found['slip right'] / kinds['slip']:6.1%}; "
            f"strangers {strangers / kinds['stranger']:5.1%}; "
            f"right at 0.5/1/2/5 % of strangers {_curve(rates, kinds)}; "
            f"{1000 * (time.process_time() - started) / len(asked):.1f} ms a spelling"
        )
        if label == "shipped":
            joined = found["variant right"] + by_key["variant right"]
            missed = found["variant wrong"] + by_key["variant wrong"]
            print(
                f"  of all variants, by key or likeness: right {joined / by_key['variant']:.1%}, "
                f"wrong {missed / by_key['variant']:.1%}; 1 % of strangers at a rate of "
                f"{sorted(rates['stranger'])[len(rates['stranger']) // 100]:.4f}"
            )


def _curve(rates: Mapping[str, Sequence[float]], kinds: Counter[str]) -> str:
    """The share of variants joined right where these shares of strangers are joined."""
    strangers = sorted(rates["stranger"])
    cuts = [strangers[int(share * len(strangers))] for share in (0.005, 0.01, 0.02, 0.05)]
    return "/".join(f"{sum(r < cut for r in rates['variant']) / kinds['variant']:.0%}" for cut in cuts)


def main() -> int:
    """Measure on single words and on full names, of Arab persons, of places and of the whole world."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--part", choices=("dev", "test"), default="test")
    parser.add_argument("--names", type=int, default=NAMES, help="in the lexicon at most")
    parser.add_argument("--seed", type=int, default=8)
    options = parser.parse_args()
    if not SHARED.is_dir():
        print(f"bench_likeness: {SHARED} is absent", file=sys.stderr)
        return 2
    every: list[Example] = list(read_examples(SHARED))
    seen = attested_in([example for example in every if part_of(example.ar) == "train"])
    with (
        patch.object(scoring, "attested", return_value=seen),
        patch.object(transliteration, "attested", return_value=seen),
        patch.object(likeness, "attested", return_value=seen),
    ):
        for name in ("person_words.tsv", "person_full.tsv", "places.jsonl", "wikidata_name_tokens.tsv"):
            measure(name, options.part, options.names, options.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
