"""Learn ``src/bialign/resources/arabic_tagger.bin``, which says what Arabic words look like names.

Labels come from the English side of ``../shared/data/bitext`` (tico19, flores, tatoeba; never the
sets kept for measuring): the names that ``find_names`` sees there by their capitals are met with
Arabic words by transliteration and by the gazetteer. A sentence with an English name word that
meets nothing is left out, so that a word without a label is no name; words that only mean what an
English name word means are left out too. Sentences with names come again with other names
(``../shared/data/names``, training splits) in their place, and with other common words (those that
``alalc_words.tsv`` romanises without a capital). Every tenth sentence is kept apart and
its figures printed.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import regex
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize

from bialign.names.gazetteer import arabic_fold, arabic_of
from bialign.names.initials import bare_word, translations
from bialign.names.matching import match_many
from bialign.names.mentions import find_names
from bialign.names.tagger import SIZE, WORD_FEATURE, context_features, readings, word_features

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared/data"
BITEXT = SHARED / "bitext"
TARGET = ROOT / "src/bialign/resources/arabic_tagger.bin"

TOKEN = regex.compile(r"[\p{Arab}--[،؛؟٪]]+|[^\s\p{Arab}]|[،؛؟٪]", regex.V1)
ARABIC = regex.compile(r"[\p{Arab}--[،؛؟٪]]+", regex.V1)
LATIN = regex.compile(r"\p{L}[\p{L}\p{M}'’]+")
#: A transliteration is one from here on; between the two a word is left unlabelled.
SURE, UNSURE = 0.4, 0.03
PENALTY = 3.0
#: Further copies of a sentence with names, each with other names put in.
COPIES = 3
#: Share of their common words that is exchanged as well.
OTHER_WORDS = 0.3
SEED = 7


def main() -> None:
    """Learn and write the model."""
    parser = argparse.ArgumentParser(description="Learn what Arabic words look like names.")
    parser.add_argument("-o", "--output", type=Path, default=TARGET)
    output = parser.parse_args().output
    rows: list[NDArray[np.int64]] = []
    labels: list[int] = []
    kept: list[bool] = []
    draw, names, common = Random(SEED), name_pool(), common_pool()  # noqa: S311  (drawing names, no secrets)
    for number, (words, marks) in enumerate(labelled()):
        held = number % 10 == 0
        named = any(cut is not None for cut in marks.values())
        copies = COPIES if named and not held else 0
        for version in (words, *(renamed(words, marks, names, common, draw) for _ in range(copies))):
            for features, label in examples(version, marks):
                # a word that is always there to be recognised keeps its letters from being learned
                seen = held or draw.random() < 0.5
                rows.append(features if seen else np.delete(features, WORD_FEATURE))
                labels.append(label)
                kept.append(held)
    indptr = np.cumsum([0, *map(len, rows)])
    matrix = sparse.csr_matrix((np.ones(indptr[-1]), np.concatenate(rows), indptr), shape=(len(rows), SIZE))
    target, apart = np.array(labels, dtype=float), np.array(kept)
    print(f"{len(rows)} readings, {int(target.sum())} of them names")
    weights = learn(matrix[~apart], target[~apart])
    scores = matrix[apart] @ weights
    for threshold in (0.3, 0.5, 0.7, 0.8, 0.9):
        found = scores > np.log(threshold / (1 - threshold))
        right = float((found & (target[apart] > 0)).sum())
        precision, recall = right / max(1, found.sum()), right / target[apart].sum()
        print(f"readings kept apart, from {threshold}: P {precision:.3f} R {recall:.3f}")
    scale = np.float32(np.abs(weights).max() / 127)
    output.write_bytes(
        np.array([scale], dtype="<f4").tobytes() + np.round(weights / scale).astype(np.int8).tobytes()
    )
    print(f"{output.stat().st_size / 1e3:.0f} kB -> {output}")


def learn(matrix: Any, target: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights of a logistic regression with a quadratic penalty."""

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = matrix @ weights
        value = np.logaddexp(0, scores).sum() - (scores * target).sum() + PENALTY / 2 * weights @ weights
        return float(value), matrix.T @ (1 / (1 + np.exp(-scores)) - target) + PENALTY * weights

    result = minimize(loss, np.zeros(SIZE), jac=True, method="L-BFGS-B", options={"maxiter": 150})
    return np.asarray(result.x)


def labelled() -> Iterator[tuple[list[str], dict[int, int | None]]]:
    """Arabic sentences as tokens, with the place and cut of each name word (None: unsure)."""
    for name in ("tico19", "flores", "tatoeba"):
        sides = [
            (BITEXT / name / side).read_text(encoding="utf-8").splitlines() for side in ("ar.txt", "en.txt")
        ]
        for arabic, english in zip(*sides, strict=True):
            names = [LATIN.findall(mention.text) for mention in find_names(english, "en")]
            tokens = TOKEN.findall(arabic)
            marks = meet(tokens, [word for words in names for word in words if word[0].isupper()])
            if marks is not None:
                yield tokens, marks


def meet(tokens: list[str], english: list[str]) -> dict[int, int | None] | None:
    """Which tokens are the English name words; None where one of those meets nothing."""
    options = [
        (place, cut, rest)
        for place, token in enumerate(tokens)
        if ARABIC.fullmatch(token)
        for cut, rest in readings(arabic_fold(token))
    ]
    marks: dict[int, int | None] = {}
    if not options or not english:
        return marks if options else None
    scores = match_many([(rest, word) for word in english for _, _, rest in options]).reshape(
        len(english), -1
    )
    for word, row in zip(english, scores, strict=True):
        places = {bare_word(arabic_fold(part), {}) for g in arabic_of(word)[:2] for part in g.ar.split()}
        same = [
            i for i, (_, _, rest) in enumerate(options) if rest.removeprefix("ال") in places or rest in places
        ]
        meanings = {arabic for arabic, weight in translations(word) if weight >= 0.1}
        meant = [i for i, (_, _, rest) in enumerate(options) if rest.removeprefix("ال") in meanings]
        best = same or ([int(row.argmax())] if row.max() >= SURE else [])
        if not best and not meant:
            return None
        for i in best:
            marks[options[i][0]] = options[i][1]
        for i in [*meant, *np.flatnonzero(row > UNSURE).tolist()]:
            marks.setdefault(options[i][0], None)
    return marks


def renamed(
    words: list[str], marks: dict[int, int | None], names: list[str], common: list[str], draw: Random
) -> list[str]:
    """The sentence with other names in the place of its own, and other words in that of some words."""
    words = list(words)
    for place, word in enumerate(words):
        if place not in marks and len(word) > 3 and ARABIC.fullmatch(word) and draw.random() < OTHER_WORDS:
            words[place] = draw.choice(common)
        cut = marks.get(place)
        if cut is not None:
            clitics, name = arabic_fold(word)[:cut], draw.choice(names)
            words[place] = clitics + (name[1:] if clitics.endswith("ل") and name.startswith("ال") else name)
    return words


def common_pool() -> list[str]:
    """Words that library catalogues romanise without a capital: no names."""
    with (SHARED / "names/alalc_words.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    named = {arabic_fold(row["ar"]) for row in rows if row["en"] != row["en"].lower()}
    words = {arabic_fold(row["ar"]) for row in rows} - named
    return sorted(word for word in words if len(word) > 2 and ARABIC.fullmatch(word))


def name_pool() -> list[str]:
    """Single name words of persons of the whole world and of titles, training split."""
    pool: set[str] = set()
    for table in ("wikidata_name_tokens.tsv", "wikipedia_title_words.tsv", "person_words.tsv"):
        with (SHARED / "names" / table).open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                if row.get("split", "train") == "train":
                    pool.add(arabic_fold(row["ar"]))
    return sorted(word for word in pool if len(word) > 2 and ARABIC.fullmatch(word))


def examples(tokens: list[str], marks: dict[int, int | None]) -> Iterator[tuple[NDArray[np.int64], int]]:
    """Features and label of every reading of a sentence's words."""
    words = [arabic_fold(token) if ARABIC.fullmatch(token) else "" for token in tokens]
    for place, word in enumerate(words):
        if len(word) < 2 or (place in marks and marks[place] is None):
            continue
        before = words[place - 1] if place else ""
        after = words[place + 1] if place + 1 < len(words) else ""
        around = context_features(before, after)
        for cut, rest in readings(word):
            label = int(place in marks and marks[place] == cut)
            yield np.concatenate([word_features(cut, rest, word[:cut]), around]), label


if __name__ == "__main__":
    main()
