"""What the name models learn from: the name lists, cleaned, paired and split by Arabic word."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from rapidfuzz.distance import Indel

from bialign.names.attested import Attested, count
from bialign.names.consonants import skeleton
from bialign.names.letters import ARABIC, LATIN, fold, plain_arabic, plain_latin
from bialign.names.units import arabic_units, latin_units

Part = Literal["train", "dev", "test"]

#: Places of these countries stay out of training, so that they can be measured on.
PLACES_LEFT_OUT: Final = ("OM", "MR")
#: Hundredths of the Arabic words kept for the test and for tuning and calibration.
TEST, DEV = 5, 4
_MOST_WORDS = 4
#: Sightings from which on a part of a name counts: below them it is mostly the lists' mistakes.
_LEAST_OF_PARTS = 2.0


@dataclass(frozen=True, slots=True)
class Example:
    """One attested pair.

    Args:
        ar, en: the name in the models' plain letters.
        style: country code, ``world`` for names of everywhere, ``alalc`` for library romanisation.
        kind: ``word``, ``full``, ``place``, ``world``, ``catalogue``: the list it came from.
        weight: how much one example counts in training.
        folded: whether the list folds hamza, alif maqsura and teh marbuta.
        surface: the English spelling as the list writes it.
    """

    ar: str
    en: str
    style: str
    kind: str
    weight: float
    folded: bool
    surface: str


def word_key(word: str) -> str:
    """The key by which words are kept apart: folded, the article off.

    >>> word_key("الأسامة") == word_key("اسامه")
    True
    """
    folded = fold(plain_arabic(word))
    return folded[2:] if folded.startswith("ال") and len(folded) > 4 else folded


def part_of(ar: str) -> Part:
    """The part of the split an Arabic name belongs to: test if any of its words does.

    A word's part is a hash of its key, so that it is the same in every list.
    """
    parts = {_word_part(word_key(w)) for w in ar.split()}
    return "test" if "test" in parts else "dev" if "dev" in parts else "train"


def _word_part(key: str) -> Part:
    slot = int.from_bytes(hashlib.blake2b(key.encode(), digest_size=4).digest()) % 100
    return "test" if slot < TEST else "dev" if slot < TEST + DEV else "train"


def read_examples(folder: str | Path, *, left_out: Iterable[str] = PLACES_LEFT_OUT) -> Iterator[Example]:
    """All usable pairs of the name lists, in the order of the files.

    Args:
        folder: the folder with the lists (``person_words.tsv`` …; see ``data/README.md``).
        left_out: countries whose places are passed over.
    """
    folder = Path(folder)
    for row in _rows(folder / "person_words.tsv"):
        weight = int(row["count"]) ** 0.5
        yield from _example(row["ar"], row["en"], row["country"], "word", weight, folded=True)
    for row in _rows(folder / "person_full.tsv"):
        if " " in row["ar"]:
            yield from _example(row["ar"], row["en"], row["country"], "full", 0.5, folded=True)
    for name in ("wikidata_name_tokens.tsv", "wikipedia_title_words.tsv"):
        for row in _rows(folder / name):
            yield from _example(row["ar"], row["en"], "world", "world", 1.0, folded=False)
    for row in _rows(folder / "alalc_words.tsv"):
        yield from _example(row["ar"], row["en"], "alalc", "catalogue", 0.5, folded=False)
    for row in _rows(folder / "algeria_places.tsv"):
        yield from _example(row["ar"], row["en"], "DZ", "place", 1.0, folded=False)
    yield from read_places(folder / "places.jsonl", left_out=left_out)


def careful(ar: str, en: str) -> bool:
    """Whether an Arabic spelling that could be a folded one shows hamza and the last letter in full.

    A name read with a, o or u at its start has its hamza written; one that ends in a vowel a ends
    in teh marbuta or alif maqsura, one in i or y in yeh. Lists of living usage break this often.

    >>> careful("أحمد", "ahmad"), careful("احمد", "ahmad"), careful("فاطمه", "fatima")
    (True, False, False)
    """
    start = ar.removeprefix("ال") if len(ar) > 4 else ar
    if start.startswith("ا") and en[0] in "aoue" and not en.startswith(("al ", "el ")):
        return False
    sound = en.rstrip("h")[-1:]
    last = ar[-1]
    return not (
        (last == "ه" and sound in "ae") or (last == "ي" and sound == "a") or (last == "ى" and sound in "iy")
    )


def read_places(
    path: str | Path, *, left_out: Iterable[str] = (), only: Iterable[str] = ()
) -> Iterator[Example]:
    """Pairs of a place's Arabic and Latin names whose consonants agree, each pair once a country.

    Args:
        path: ``places.jsonl``.
        left_out: countries to pass over.
        only: if given, the only countries to read.
    """
    left_out, only = set(left_out), set(only)
    seen: dict[tuple[str, str, str], list[float | str]] = {}
    with Path(path).open(encoding="utf-8") as lines:
        for line in lines:
            place = json.loads(line)
            country = place["cc"]
            if country in left_out or (only and country not in only):
                continue
            for ar in place["ar"]:
                plain = plain_arabic(ar)
                good = [(plain_latin(en), en) for en in place["en"]]
                good = [(p, en) for p, en in good if usable(plain, p) and consonants_agree(plain, p)]
                for p, en in good:
                    entry = seen.setdefault((plain, p, country), [0.0, en])
                    entry[0] = float(entry[0]) + 1 / len(good)
    for (ar, en, country), (weight, surface) in seen.items():
        yield Example(ar, en, country, "place", min(float(weight), 9.0) ** 0.5, False, str(surface))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def _example(ar: str, en: str, style: str, kind: str, weight: float, *, folded: bool) -> Iterator[Example]:
    plain, latin = plain_arabic(ar), plain_latin(en)
    if usable(plain, latin):
        yield Example(plain, latin, style, kind, weight, folded, en)


def usable(ar: str, en: str) -> bool:
    """Whether a pair has only known letters and lengths that one name can have."""
    if not ar or not en or len(ar) > 40 or ar.count(" ") >= _MOST_WORDS:
        return False
    if not (len(ar) - 1 <= 2 * len(en) and len(en) <= 3 * len(ar) + 2):
        return False
    return all(c in ARABIC[2:] for c in ar) and all(c in LATIN[2:] for c in en)


def consonants_agree(ar: str, en: str, least: float = 0.72) -> bool:
    """Whether the consonants of the two spellings could be one name's (a filter for training, crude).

    >>> consonants_agree("عين تموشنت", "ain temouchent"), consonants_agree("مطار", "airport")
    (True, False)
    """
    left = skeleton(ar.removeprefix("ال").replace(" ال", " "), arabic=True)
    latin = " ".join(
        w for w in en.split() if w not in {"al", "el", "ar", "as", "ash", "at", "ad", "an", "az"}
    )
    right = skeleton(latin, arabic=False)
    return Indel.normalized_similarity(left, right) >= least


def attested_in(examples: Sequence[Example]) -> Attested:
    """Hashed counts of the names of examples, and of the parts of names that have as many in both."""
    whole = [(fold(e.ar), e.en, e.weight**2) for e in examples if e.kind not in {"catalogue", "full"}]
    parts: dict[tuple[str, str], float] = {}
    for e in examples:
        ars, ens = arabic_units(fold(e.ar)), latin_units(e.en)
        if e.kind != "catalogue" and len(ars) == len(ens) > 1:
            for a, b in zip(ars, ens, strict=True):
                if consonants_agree(a.text, b.text):
                    parts[a.text, b.text] = parts.get((a.text, b.text), 0.0) + e.weight**2
    regional = ((e.style, fold(e.ar), e.en, e.weight**2) for e in examples if e.kind == "word" and e.style)
    return count(whole, ((a, b, n) for (a, b), n in parts.items() if n >= _LEAST_OF_PARTS), regional)
