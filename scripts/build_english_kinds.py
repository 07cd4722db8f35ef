"""Learn ``src/bialign/resources/english_kinds.bin``: what kind of name an English chain reads like.

Persons and places come from the training part of ``../shared/data/names`` and from the gazetteer,
common words from ``english_case.tsv``. Contexts come from the English sides of tico19, flores and
tatoeba: names there whose type a title, a head noun or the gazetteer tells, half of them hidden, so
that the words around speak. Every tenth row is kept apart and its figures printed.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize
from seeded import seeded

from bialign.names.cues import VERY_COMMON
from bialign.names.english_letters import KINDS, SIZE, context_features, hashed, letter_features
from bialign.names.examples import part_of
from bialign.names.gazetteer import territories
from bialign.names.mentions import find_names

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared/data"
TARGET = ROOT / "src/bialign/resources/english_kinds.bin"
SURE = ("title", "gazetteer", "holds", "country", "particle", "given name")
#: Places with their context, for every person with one: bitext names many more places.
PLACES_A_PERSON = 1.0
LEFT_OUT = frozenset({"OM", "MR"})
PENALTY, SEED, MOST = 1.0, 7, 14_000
Row = tuple[list[str], str]


def main() -> None:
    """Learn and write the weights."""
    parser = argparse.ArgumentParser(description="Learn what kind of name an English chain reads like.")
    parser.add_argument("-o", "--output", type=Path, default=TARGET)
    output = parser.parse_args().output
    draw = seeded(SEED)
    rows = [*persons(draw), *places(draw), *words(draw), *contexts(draw)]
    draw.shuffle(rows)
    hashes = [hashed(features) for features, _ in rows]
    indptr = np.cumsum([0, *map(len, hashes)])
    matrix = sparse.csr_matrix((np.ones(indptr[-1]), np.concatenate(hashes), indptr), shape=(len(rows), SIZE))
    target = np.array([KINDS.index(kind) for _, kind in rows])
    apart = np.arange(len(rows)) % 10 == 0
    weights = learn(matrix[~apart], target[~apart])
    guesses = (matrix[apart] @ weights).argmax(axis=1)
    for k, kind in enumerate(KINDS):
        right = ((guesses == k) & (target[apart] == k)).sum()
        found, marked = (guesses == k).sum(), (target[apart] == k).sum()
        print(f"kept apart, {kind}: P {right / max(1, found):.3f} R {right / max(1, marked):.3f} of {marked}")
    scale = np.float32(np.abs(weights).max() / 127)
    output.write_bytes(
        np.array([scale], dtype="<f4").tobytes() + np.round(weights / scale).astype(np.int8).tobytes()
    )
    print(f"{len(rows)} rows, {output.stat().st_size / 1e3:.0f} kB -> {output}")


def learn(matrix: sparse.csr_matrix, target: NDArray[np.int64]) -> NDArray[np.float64]:
    """Weights of a multinomial regression, every kind counting alike."""
    count = len(KINDS)
    share = np.bincount(target, minlength=count) / len(target)
    weight = (1 / np.maximum(share, 1e-9) / count)[target]
    gold = np.eye(count)[target]

    def loss(vector: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = vector.reshape(SIZE, count)
        scores = matrix @ weights
        top = scores.max(axis=1, keepdims=True)
        logs = scores - top - np.log(np.exp(scores - top).sum(axis=1, keepdims=True))
        value = -(weight * (gold * logs).sum(axis=1)).sum() + PENALTY / 2 * vector @ vector
        slope = matrix.T @ (weight[:, None] * (np.exp(logs) - gold))
        return float(value), slope.ravel() + PENALTY * vector

    found = minimize(loss, np.zeros(SIZE * count), jac=True, method="L-BFGS-B", options={"maxiter": 100})
    return np.asarray(found.x.reshape(SIZE, count))


def persons(draw: Random) -> Iterator[Row]:
    """Full names, and single words of names."""
    full = [r["en"] for r in table("person_full.tsv") if part_of(r["ar"]) == "train"]
    single = [
        r["en"] for r in table("person_words.tsv") if part_of(r["ar"]) == "train" and int(r["count"]) > 1
    ]
    foreign = [r["en"].capitalize() for r in table("wikidata_name_tokens.tsv") if r["split"] == "train"]
    pairs = [f"{draw.choice(foreign)} {draw.choice(foreign)}" for _ in range(MOST // 4)]
    for names, most in ((full, MOST // 2), (single, MOST // 4), (pairs, MOST // 4)):
        for name in draw.sample(names, min(most, len(names))):
            yield letter_features(name), "person"


def places(draw: Random) -> Iterator[Row]:
    """Places of Arab countries, and cities of the gazetteer."""
    with (SHARED / "names/places.jsonl").open(encoding="utf-8") as lines:
        records = [r for r in map(json.loads, lines) if r["cc"] not in LEFT_OUT and r["en"] and r["ar"]]
    names = [r["en"][0] for r in records if part_of(r["ar"][0]) == "train"]
    gazetted = files("bialign").joinpath("resources/gazetteer.tsv").read_text(encoding="utf-8")
    known = [line.split("\t")[5].split("|")[0] for line in gazetted.splitlines() if "\tplace\t" in line]
    known += [g.en for g in territories()] * 5
    for listed in (names, known):
        for name in draw.sample(listed, min(MOST // 2, len(listed))):
            yield letter_features(name), "place"


def words(draw: Random) -> Iterator[Row]:
    """Common words, as a sentence opens with them."""
    case = files("bialign").joinpath("resources/english_case.tsv").read_text(encoding="utf-8")
    common = [w for w, share in (line.split("\t") for line in case.splitlines()) if int(share) >= VERY_COMMON]
    for word in draw.sample(common, min(MOST, len(common))):
        yield letter_features(word.capitalize()), "word"


def contexts(draw: Random) -> Iterator[Row]:
    """Names in bitext whose type a rule is sure of, with what stands around them."""
    found: dict[str, list[Row]] = {kind: [] for kind in KINDS}
    for name in ("tico19", "flores", "tatoeba"):
        for line in (SHARED / "bitext" / name / "en.txt").read_text(encoding="utf-8").splitlines():
            for m in find_names(line, "en"):
                if m.type in KINDS and any(cue in m.reason for cue in SURE):
                    around = context_features(line[: m.start], line[m.end :])
                    row = around if draw.random() < 0.5 else [*letter_features(m.text), *around]
                    found[m.type].append((row, m.type))
    most = int(PLACES_A_PERSON * len(found["person"]))
    found["place"] = draw.sample(found["place"], min(most, len(found["place"])))
    for rows in found.values():
        yield from rows


def table(name: str) -> Iterator[dict[str, str]]:
    """Rows of a name list."""
    with (SHARED / "names" / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


if __name__ == "__main__":
    main()
