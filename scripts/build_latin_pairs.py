"""Learn when two Latin spellings are one name, and write `resources/latin_pairs.npy`.

Source: places of `../shared/data/names/places.jsonl` (GeoNames through Who's On First, CC BY) of five
countries; a place's Latin names whose consonants agree with one of its Arabic names are one name,
names of different places that blocking proposes are not. The joining threshold of `clusters` was
picked on two other countries, and two more (Oman, Mauritania) are left for the bench.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from unittest.mock import patch

import numpy as np
from fitting import RESOURCES, put
from seeded import seeded

from bialign.names import transliteration
from bialign.names.blocking import skeletons
from bialign.names.calibration import calibration_error, fit
from bialign.names.clusters import bcubed, gather, proposed_pairs
from bialign.names.examples import attested_in, consonants_agree, part_of, read_examples
from bialign.names.latin_pairs import MODEL, alike_features, pair_features, same_latin_many
from bialign.names.letters import plain_arabic
from bialign.text.arabic import fold_arabic
from bialign.text.latin import latin_key

ROOT = Path(__file__).parent.parent
LEARN, CHOOSE, TEST = ("SY", "EG", "SA", "TN", "YE"), ("JO", "LB"), ("OM", "MR")
_PLACES = {LEARN: 6000, CHOOSE: 900, TEST: 900}


def gold(path: Path, countries: tuple[str, ...]) -> dict[str, int]:
    """Latin names of places, each with its place; of names of two places the first counts."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    rows = [row for row in rows if row["cc"] in countries and row["ar"] and len(row["en"]) > 1]
    seeded(3).shuffle(rows)
    names: dict[str, int] = {}
    for row in rows[: _PLACES[countries]]:
        folded = [fold_arabic(ar) for ar in row["ar"]]
        for name in row["en"]:
            if not name.isupper() and any(consonants_agree(ar, name) for ar in folded):
                names.setdefault(name, row["id"])
    return names


def unseen(path: Path, most: int = 2000) -> dict[str, int]:
    """As ``gold``, places of all but the last two countries whose Arabic no training of names saw."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    rows = [row for row in rows if row["cc"] not in TEST and row["ar"] and len(row["en"]) > 1]
    rows = [row for row in rows if part_of(plain_arabic(row["ar"][0])) != "train"]
    seeded(3).shuffle(rows)
    names: dict[str, int] = {}
    for row in rows[:most]:
        folded = [fold_arabic(ar) for ar in row["ar"]]
        for name in row["en"]:
            if not name.isupper() and any(consonants_agree(ar, name) for ar in folded):
                names.setdefault(name, row["id"])
    return names


def learn_alike(path: Path) -> None:
    """Fit what letters and likely Arabic say together, into `resources/match.npz`; see the threshold."""
    every = list(read_examples(path.parent))
    seen = attested_in([e for e in every if part_of(e.ar) == "train"])
    with patch.object(transliteration, "attested", return_value=seen):
        truth = unseen(path)
        names = sorted(truth)
        pairs = proposed_pairs(names)
        rows = alike_features([(names[i], names[j]) for i, j in pairs])
    same = np.array([truth[names[i]] == truth[names[j]] for i, j in pairs], dtype=np.float64)
    alike = fit(rows, same)
    put(alike=alike)
    gold_of = {name: str(place) for name, place in truth.items()}
    for threshold in (0.1, 0.15, 0.2, 0.25, 0.3, 0.4):
        groups = gather(len(names), pairs, alike(rows), threshold)
        found = {names[i]: str(number) for number, group in enumerate(groups) for i in group}
        print(f"letters and Arabic, {threshold}: {bcubed(gold_of, found)}")


def recall(names: list[str], truth: dict[str, int], pairs: Iterable[tuple[int, int]]) -> float:
    """Share of the true pairs that are among the proposed."""
    places = defaultdict(list)
    for i, name in enumerate(names):
        places[truth[name]].append(i)
    true = [pair for members in places.values() for pair in combinations(members, 2)]
    held = set(pairs)
    return sum(pair in held for pair in true) / len(true)


def main() -> None:
    """Fit, write, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared/data/names/places.jsonl")
    parser.add_argument("--check", action="store_true", help="write nothing, measure what ships")
    parser.add_argument("--brief", action="store_true", help="learn, and leave the measures out")
    arguments = parser.parse_args()
    if not arguments.check:
        truth = gold(arguments.data, LEARN)
        names = sorted(truth)
        pairs = proposed_pairs(names)
        same = np.array([truth[names[i]] == truth[names[j]] for i, j in pairs], dtype=np.float64)
        features = pair_features([names[i] for i, _ in pairs], [names[j] for _, j in pairs])
        np.save(RESOURCES / MODEL, fit(features, same).to_array(), allow_pickle=False)
        print(f"learned from {len(pairs)} pairs of {len(names)} names, {same.mean():.3f} true")
        learn_alike(arguments.data)
    for countries in () if arguments.brief else (CHOOSE, TEST):
        truth = gold(arguments.data, countries)
        names = sorted(truth)
        pairs = proposed_pairs(names)
        probability = same_latin_many((names[i], names[j]) for i, j in pairs)
        same = np.array([truth[names[i]] == truth[names[j]] for i, j in pairs], dtype=np.float64)
        print(
            f"\n{'+'.join(countries)}: {len(names)} names,"
            f" blocking recall {recall(names, truth, pairs):.4f},"
            f" ECE {calibration_error(probability, same):.4f}"
        )
        print(f"{'clusters by':24} {'precision':>9} {'recall':>9} {'B-cubed F1':>10}")
        rows = {
            "comparison key": {name: latin_key(name) for name in names},
            "skeleton": {name: skeletons(name)[0] for name in names},
        }
        for threshold in (0.05, 0.1, 0.15, 0.2, 0.3, 0.5):
            groups = gather(len(names), pairs, probability, threshold)
            rows[f"pair model, {threshold}"] = {
                names[i]: str(number) for number, group in enumerate(groups) for i in group
            }
        for label, found in rows.items():
            precision, recalled, f1 = bcubed({n: str(place) for n, place in truth.items()}, found)
            print(f"{label:24} {precision:9.4f} {recalled:9.4f} {f1:10.4f}")


if __name__ == "__main__":
    main()
