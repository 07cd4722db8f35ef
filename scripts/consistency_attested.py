"""Real names with several real spellings, put into a translated corpus: what ``bench_consistency`` plants.

A carrier is a name of ../shared/data/names that the lists attest in two spellings, or one of ``KNOWN``. It
takes the place of a name of the corpus, Arabic and English, wherever the corpus has the two in one pair of
lines. In what two spellings differ is told here by rules of its own, which know nothing of
``bialign.names.differences``: the fewest foldings that make them equal. Pairs that no foldings make equal,
or two sets of as many, are left out.
"""

from __future__ import annotations

import csv
import json
import random
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Final

from bialign.lexicon.lexicon import Lexicon
from bialign.lexicon.records import Occurrence

NAMES: Final = Path(__file__).resolve().parents[2] / "shared" / "data" / "names"


@dataclass(frozen=True, slots=True)
class Carrier:
    """A name, its usual spelling and another, and the difference classes between the two."""

    ar: str
    usual: str
    other: str
    classes: tuple[str, ...]


# --- in what two spellings differ, by foldings

_ARTICLE: Final = re.compile(r"\b(?:a[ldnrstz]|ash|ath|adh|e[ldnrstz]|esh|ul|ur|us)[ -]", re.IGNORECASE)
_MARK: Final = re.compile(r"['’‘`ʿʾʻʼ]")
#: Letters that stand for one Arabic letter, or that lists exchange for each other.
_SOUNDS: Final = (
    *(("kh", "k"), ("gh", "k"), ("sh", "S"), ("ch", "S"), ("th", "t"), ("dh", "d"), ("q", "k"), ("c", "k")),
    *(("g", "k"), ("j", "k"), ("z", "d"), ("v", "f"), ("b", "p"), ("h", "")),
)


def _bare(text: str) -> str:
    apart = unicodedata.normalize("NFKD", _MARK.sub("", text))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _sounds(text: str) -> str:
    for letters, sound in _SOUNDS:
        text = re.sub(letters, sound, text, flags=re.IGNORECASE)
    return re.sub(r"(\w)\1", r"\1", text)


#: A folding a class: what is equal after it differs in nothing else.
FOLDINGS: Final[Mapping[str, Callable[[str], str]]] = {
    "case": str.casefold,
    "spacing": lambda text: text.replace(" ", ""),
    "hyphen": lambda text: text.replace("-", " "),
    "mark": _bare,
    "article": lambda text: _ARTICLE.sub("", text),
    "vowel": lambda text: re.sub(r"[aeiouyw]+", "", text, flags=re.IGNORECASE),
    "consonant": _sounds,
    "ending": lambda text: re.sub(r"(?:[ae]h|[ae])\b", "a", text),
}
#: In which order they are done: whole words and marks before letters.
_ORDER: Final = ("mark", "article", "hyphen", "spacing", "case", "ending", "consonant", "vowel")


def told_apart(usual: str, other: str) -> tuple[str, ...] | None:
    """The fewest classes that explain a difference, null where none do or two sets would.

    What a folding of letters would hide too is asked for by itself: other articles, other endings, other
    marks.

    >>> told_apart("Akrawi", "Aqrawi"), told_apart("Mohamed", "Muhammad"), told_apart("Hama", "Hamah")
    (('consonant',), ('vowel', 'consonant'), ('ending',))
    """
    if not _equal(usual, other, tuple(FOLDINGS)):
        return None
    needed = {code for code, look in _LOOKS.items() if look(usual) != look(other)}
    for size in range(max(1, len(needed)), 4):
        fits = [
            chosen
            for chosen in combinations(FOLDINGS, size)
            if needed == {*_LOOKS}.intersection(chosen) and _equal(usual, other, chosen)
        ]
        if fits:
            return fits[0] if len(fits) == 1 else None
    return None


def _articles(text: str) -> list[str]:
    return [article[:-1].casefold() for article in _ARTICLE.findall(_bare(text))]


def _endings(text: str) -> list[str]:
    return re.findall(r"(?:[ae]h|[ae])\b", _bare(text.casefold()))


def _marks(text: str) -> list[str]:
    return [
        letter for letter in unicodedata.normalize("NFKD", text) if not letter.isascii() or letter in "'`"
    ]


#: What must be equal unless its class is among those that explain the difference.
_LOOKS: Final[Mapping[str, Callable[[str], list[str]]]] = {
    "mark": _marks,
    "article": _articles,
    "ending": _endings,
}


def _equal(one: str, two: str, chosen: Sequence[str]) -> bool:
    for code in _ORDER:
        if code in chosen:
            one, two = FOLDINGS[code](one), FOLDINGS[code](two)
    return one == two and len(one) > 1


def _shortened(long: str, short: str) -> bool:
    """Whether one name is the other without some of its words."""
    words = iter(long.split())
    return len(short.split()) > 1 and len(short) < len(long) and all(word in words for word in short.split())


# --- the names

#: Names that are written in full and abbreviated, or translated and romanised.
KNOWN: Final = (
    Carrier("منظمة التحرير الفلسطينية", "Palestine Liberation Organization", "PLO", ("abbreviation",)),
    Carrier("قوات سوريا الديمقراطية", "Syrian Democratic Forces", "SDF", ("abbreviation",)),
    Carrier("الجيش السوري الحر", "Free Syrian Army", "FSA", ("abbreviation",)),
    Carrier("الإمارات العربية المتحدة", "United Arab Emirates", "UAE", ("abbreviation",)),
    Carrier("مجلس التعاون الخليجي", "Gulf Cooperation Council", "GCC", ("abbreviation",)),
    Carrier("هيئة تحرير الشام", "Hayat Tahrir al-Sham", "HTS", ("abbreviation",)),
    Carrier("منظمة التعاون الإسلامي", "Organisation of Islamic Cooperation", "OIC", ("abbreviation",)),
    Carrier("الجيش العربي السوري", "Syrian Arab Army", "SAA", ("abbreviation",)),
    Carrier("جيش الإسلام", "Jaysh al-Islam", "Army of Islam", ("translation",)),
    Carrier("الجبل الأخضر", "al-Jabal al-Akhdar", "Green Mountain", ("translation",)),
    Carrier("الهلال الأحمر", "al-Hilal al-Ahmar", "Red Crescent", ("translation",)),
    Carrier("جبهة النصرة", "Jabhat al-Nusra", "Nusra Front", ("translation",)),
    Carrier("وادي الملوك", "Wadi al-Muluk", "Valley of the Kings", ("translation",)),
    Carrier("الحجر الأسود", "al-Hajar al-Aswad", "Black Stone", ("translation",)),
    Carrier("الباب الكبير", "al-Bab al-Kabir", "Great Gate", ("translation",)),
    Carrier("المسجد الأقصى", "al-Masjid al-Aqsa", "Aqsa Mosque", ("translation",)),
)  # fmt: skip


def spellings() -> dict[str, list[str]]:
    """The spellings that the lists have of every person's full name and of every place, most seen first."""
    spelled: defaultdict[str, Counter[str]] = defaultdict(Counter)
    with (NAMES / "person_full.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if " " in row["ar"] and " " in row["en"]:
                spelled[row["ar"]][row["en"]] += 1
    for line in (NAMES / "places.jsonl").read_text("utf-8").splitlines():
        place = json.loads(line)
        if len(place["ar"]) == 1 and len(place["ar"][0]) > 4:
            spelled[place["ar"][0]].update(list(dict.fromkeys(place["en"])))
    return {ar: [text for text, _ in counts.most_common(4) if _fits(text)] for ar, counts in spelled.items()}


def _fits(text: str) -> bool:
    return text[0].isupper() and not text.isupper() and len(text) > 4 and text.replace(" ", "a")[-1].isalpha()


def attested(random_: random.Random, tried: int = 3000) -> Iterator[Carrier]:
    """Names drawn from the lists with two spellings that differ in classes told here."""
    varied = sorted((ar, texts) for ar, texts in spellings().items() if len(texts) > 1)
    persons = [item for item in varied if all(" " in text for text in item[1])]
    for ar, texts in random_.sample(varied, tried) + random_.sample(persons, min(tried, len(persons))):
        usual, other = random_.sample(texts, 2)
        classes = told_apart(usual, other)
        if classes:
            yield Carrier(ar, usual, other, classes)
        elif _shortened(usual, other):
            yield Carrier(ar, usual, other, ("expansion",))


def draw(count: int, random_: random.Random) -> list[Carrier]:
    """As many carriers, of all classes alike as far as the lists have them, no word of a name twice."""
    by_class: defaultdict[str, list[Carrier]] = defaultdict(list)
    for carrier in (*attested(random_), *KNOWN):
        by_class["+".join(carrier.classes)].append(carrier)
    for group in by_class.values():
        random_.shuffle(group)
    singles = [group for code, group in sorted(by_class.items()) if "+" not in code]
    mixed = [carrier for code, group in sorted(by_class.items()) if "+" in code for carrier in group[:3]]
    random_.shuffle(mixed)
    drawn: list[Carrier] = []
    taken: set[str] = set()
    while len(drawn) < count and (any(singles) or mixed):
        for group in (*singles, mixed):
            while group and len(drawn) < count:
                carrier = group.pop()
                words = set(_bare(f"{carrier.usual} {carrier.other}".casefold()).split()) - {
                    "al",
                    "of",
                    "the",
                }
                if taken.isdisjoint(words):
                    taken |= words
                    drawn.append(carrier)
                    break
    return drawn


# --- putting them in

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a carrier stands: its line (from 0), and its span in the English of that line."""

    line: int
    start: int
    end: int
    carrier: Carrier


def slots_of(
    lexicon: Lexicon, pairs: Sequence[Pair], often: int
) -> list[list[tuple[int, Occurrence, Occurrence]]]:
    """For every name of one spelling that stands ``often`` times with its Arabic: line and the two places."""
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for source in lexicon.sources():
        numbers[source.id].append(int(source.source.rpartition("#")[2]) - 1)
    sides: defaultdict[tuple[str, str], dict[str, list[Occurrence]]] = defaultdict(
        lambda: {"en": [], "ar": []}
    )
    for name, use in lexicon.occurrences():
        sides[name, use.page][use.script].append(use)
    found: defaultdict[str, list[tuple[int, Occurrence, Occurrence]]] = defaultdict(list)
    spelled: defaultdict[str, set[str]] = defaultdict(set)
    for (name, page), both in sorted(sides.items()):
        spelled[name].update(use.text for use in both["en"])
        if len(both["en"]) == len(both["ar"]) == 1:
            english, arabic = both["en"][0], both["ar"][0]
            for line in numbers[page]:
                ar, en = pairs[line]
                if (
                    ar[arabic.start : arabic.end] == arabic.text
                    and en[english.start : english.end] == english.text
                ):
                    found[name].append((line, english, arabic))
    return [sorted(rows, key=lambda row: row[0]) for name, rows in sorted(found.items())
            if len(rows) >= often and len(spelled[name]) == 1]  # fmt: skip


def carry(
    pairs: Sequence[Pair],
    places: Sequence[Sequence[tuple[int, Occurrence, Occurrence]]],
    carriers: Sequence[Carrier],
) -> tuple[list[Pair], list[Slot]]:
    """The lines with a carrier in each name's place, in its usual spelling, and where the carriers stand."""
    changes: defaultdict[int, list[tuple[Occurrence, Occurrence, Carrier]]] = defaultdict(list)
    for rows, carrier in zip(places, carriers, strict=False):
        for line, english, arabic in rows:
            changes[line].append((english, arabic, carrier))
    changed, slots = list(pairs), []
    for line, found in changes.items():
        ar, en = pairs[line]
        for _, arabic, carrier in sorted(found, key=lambda item: -item[1].start):
            ar = ar[: arabic.start] + carrier.ar + ar[arabic.end :]
        parts, at, length = [], 0, 0
        for english, _, carrier in sorted(found, key=lambda item: item[0].start):
            parts += [en[at : english.start], carrier.usual]
            length += english.start - at
            slots.append(Slot(line, length, length + len(carrier.usual), carrier))
            length += len(carrier.usual)
            at = english.end
        changed[line] = (ar, "".join([*parts, en[at:]]))
    return changed, sorted(slots, key=lambda slot: (slot.line, slot.start))
