"""Fit ``WEIGHTS`` of ``bialign.align.spans`` on made pairs and print them.

A pair is made by putting another name in the place of a surely transliterated one in the bitext:
a short sentence of ``tatoeba`` as the title of a work, a term of ``tico19``, a person or a place of
``names/``, now and then behind a word for its kind, as translators do. The gold sets are not read.
"""

from __future__ import annotations

import csv
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import regex
from align_data import SHARED, bitext, read_text
from numpy.typing import NDArray
from scipy.optimize import minimize
from seeded import seeded

from bialign.align.likeness import arabic_consonants, latin_consonants
from bialign.align.names import judged
from bialign.align.spans import WEIGHTS
from bialign.names.matching import match_many

Floats = NDArray[np.float64]
Place = tuple[int, int]
SOURCES = ("tatoeba", "flores", "tico19")
#: How sure a name's Arabic must be, how many pairs are made of each kind, how many train.
SURE = 0.8
COUNTS = {"title": 500, "term": 300, "person": 250, "place": 250}
TRAINED = 900
#: Weight of the squared weights.
SHRINK = 1.0
KINDS = {
    "title": ("فيلم", "كتاب", "رواية", "مسلسل", "المسلسل التلفزيوني", "لعبة", "أغنية", "برنامج"),
    "place": ("مدينة", "قرية", "بلدة", "منطقة"),
    "person": ("السيد", "الدكتور", "الممثل", "الكاتب"),
    "term": ("شركة", "مجلة", "مرض"),
}
_ARABIC = regex.compile(r"\p{L}[\p{L}\p{M}]*")
_NAME = regex.compile(r"(?<!\p{Lu}\p{L}*\s)\b\p{Lu}\p{Ll}{2,}\b(?!\s+\p{Lu})(?!['’])")
_MARKS = regex.compile(r"[.!?؟،,;/()\"«]")


@dataclass(frozen=True)
class Slot:
    """A surely transliterated name: place of its pair, of the name in either text."""

    source: str
    pair: int
    en: Place
    ar: Place


@dataclass(frozen=True)
class Made:
    """A made pair, the place of the name in either text, the name's kind."""

    ar: str
    en: str
    name: Place
    mention: Place
    kind: str


def slots() -> list[Slot]:
    """The slots of the bitext, one a pair at most."""
    found: list[tuple[Slot, str, str]] = []
    for source in SOURCES:
        for number, (ar, en) in enumerate(bitext(source)):
            for name in _NAME.finditer(en) if len(en) <= 300 else ():
                if source == "tatoeba" or name.start():
                    for start, word in _stripped(ar):
                        if _near(word, name.group()):
                            slot = Slot(source, number, name.span(), (start, start + len(word)))
                            found.append((slot, word, name.group()))
    best: dict[tuple[str, int], list[tuple[float, Slot]]] = defaultdict(list)
    sure = match_many([(word, name) for _, word, name in found])
    for (slot, _, _), probability in zip(found, sure.tolist(), strict=True):
        if probability > SURE:
            best[slot.source, slot.pair].append((probability, slot))
    kept = [held for held in best.values() if len({slot.en for _, slot in held}) == 1]
    return [max(held, key=lambda item: (item[0], item[1].ar))[1] for held in kept]


def _stripped(text: str) -> Iterator[tuple[int, str]]:
    """Each word with up to two proclitics cut, and where the rest begins."""
    for match in _ARABIC.finditer(text):
        word = match.group()
        for cut in range(3):
            if len(word) - cut < 3 or (cut and word[cut - 1] not in "وفبلك"):
                break
            yield match.start() + cut, word[cut:]


def _near(word: str, name: str) -> bool:
    one, other = arabic_consonants(word), latin_consonants(name)
    return abs(len(one) - len(other)) <= 1 and (not other or one[:1] == other[:1])


def fillers(choose: random.Random, taken: set[int]) -> list[tuple[str, int, str, str]]:
    """Kind, place in ``tatoeba`` or -1, Arabic and English name."""
    titles: list[tuple[str, int, str, str]] = []
    for number, (ar, en) in enumerate(bitext("tatoeba")):
        ar_name, en_name = ar.strip(" .!؟?،"), en.strip(" .!?")
        if number not in taken and 2 <= len(en_name.split()) <= 5 and not _MARKS.search(ar_name + en_name):
            titles.append(("title", number, ar_name, _titled(en_name)))
    terms: list[tuple[str, int, str, str]] = []
    for name, ar_key, en_key in (
        ("f_en-ar_AR.csv", "targetString", "sourceString"),
        ("g_en_ar.csv", "targetString", "sourceString"),
    ):
        with (SHARED / "tico19/terminology" / name).open(encoding="utf-8") as handle:
            for row in csv.DictReader(handle):
                ar, en = row[ar_key].strip(), row[en_key].strip()
                if _ARABIC.search(ar) and en and not _MARKS.search(ar + en) and len(en.split()) <= 5:
                    terms.append(("term", -1, ar, en.title()))
    names = SHARED.parent / "names"
    cells = [line.split("\t") for line in read_text(names / "person_full.tsv")[1:]]
    persons = [("person", -1, ar, en) for ar, en, *_ in cells]
    records = [json.loads(line) for line in read_text(names / "places.jsonl")[::17]]
    places = [
        ("place", -1, record["ar"][0], record["en"][0])
        for record in records
        if len(record["ar"]) == 1 and 1 <= len(record["en"]) <= 2
    ]
    out: list[tuple[str, int, str, str]] = []
    for some in (titles, terms, persons, places):
        choose.shuffle(some)
        out += some[: COUNTS[some[0][0]]]
    choose.shuffle(out)
    return out


def _titled(text: str) -> str:
    small = {"of", "in", "the", "a", "to", "and"}
    words = text.split()
    return " ".join(w if i and w in small else w[:1].upper() + w[1:] for i, w in enumerate(words))


def made(seed: int = 1) -> tuple[list[Made], list[tuple[str, str]]]:
    """The made pairs, and the pairs of ``tatoeba`` that none is made of."""
    choose = seeded(seed)
    places = slots()
    choose.shuffle(places)
    texts = {source: bitext(source) for source in SOURCES}
    taken = {slot.pair for slot in places if slot.source == "tatoeba"}
    out: list[Made] = []
    used: set[int] = set()
    for number, (kind, at, ar_name, en_name) in enumerate(fillers(choose, taken)):
        slot = places[number % len(places)]
        ar, en = texts[slot.source][slot.pair]
        before = ar[: slot.ar[0]]
        if choose.random() < (0.5 if kind == "title" else 0.2):
            before += choose.choice(KINDS[kind]) + " "
        joined = before.endswith("ل") and not before[-2:-1].isalpha()
        put = ar_name[1:] if joined and ar_name.startswith("ال") else ar_name
        start, end = slot.en
        out.append(
            Made(
                before + put + ar[slot.ar[1] :],
                en[:start] + en_name + en[end:],
                (start, start + len(en_name)),
                (len(before), len(before) + len(put)),
                kind,
            )
        )
        used |= {at} | ({slot.pair} if slot.source == "tatoeba" else set())
    return out, [pair for number, pair in enumerate(texts["tatoeba"]) if number not in used]


@dataclass(frozen=True)
class Case:
    """What is seen of a name's candidates ``[candidates, features]``, which are right, its kind."""

    seen: Floats
    right: list[int]
    kind: str


def cases() -> list[Case]:
    """The candidates of the made pairs, words aligned together with the rest of the bitext."""
    pairs, rest = made()
    rest += bitext("flores")
    texts = [(one.ar, one.en) for one in pairs] + rest
    names: list[list[Place]] = [[one.name] for one in pairs]
    out: list[Case] = []
    for k, _, _, spans, seen in judged(texts, [*names, *([] for _ in rest)]):
        right = [i for i, span in enumerate(spans) if (span.start, span.end) == pairs[k].mention]
        out.append(Case(seen, right, pairs[k].kind))
    return out


def fitted(some: Sequence[Case]) -> Floats:
    """Weights of a softmax over candidates; a name whose right span is no candidate teaches nothing."""
    some = [case for case in some if case.right]
    scale = np.concatenate([case.seen for case in some]).std(axis=0) + 1e-6

    def loss(weights: Floats) -> tuple[float, Floats]:
        value, slope = SHRINK * float(weights @ weights), 2 * SHRINK * weights
        for case in some:
            seen = case.seen / scale
            logits = seen @ weights
            chance = np.exp(logits - logits.max())
            chance /= chance.sum()
            wanted = np.zeros(len(chance))
            wanted[case.right] = chance[case.right] / chance[case.right].sum()
            value -= float(np.log(chance[case.right].sum() + 1e-30))
            slope = slope + (chance - wanted) @ seen
        return value, slope

    best = minimize(loss, np.zeros(len(scale)), jac=True, method="L-BFGS-B")
    weights: Floats = np.asarray(best.x, np.float64) / scale
    return weights


def report(name: str, weights: Floats, some: Sequence[Case]) -> None:
    """Share of exact spans, all and by kind."""
    by_kind: dict[str, list[bool]] = defaultdict(list)
    for case in some:
        exact = bool(case.right) and int((case.seen @ weights).argmax()) in case.right
        by_kind[case.kind].append(exact)
        by_kind["all"].append(exact)
    print(name, "  ".join(f"{kind} {np.mean(held):.3f}" for kind, held in sorted(by_kind.items())))


def main() -> None:
    """Fit and report."""
    found = cases()
    seeded(0).shuffle(found)
    weights = fitted(found[:TRAINED])
    report("shipped weights:", np.array(list(WEIGHTS.values())), found[TRAINED:])
    report("fitted weights: ", weights, found[TRAINED:])
    for name, weight in zip(WEIGHTS, weights.tolist(), strict=True):
        print(f'    "{name}": {weight:.2f},')


if __name__ == "__main__":
    main()
