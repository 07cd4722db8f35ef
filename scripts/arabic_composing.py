"""Sentences of Arabic news with marked names, composed from ``arabic_contexts.txt`` and name lists."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import regex

from bialign.names.examples import part_of
from bialign.names.gazetteer import rows as gazetted_rows
from bialign.names.unfolding import unfold_many

HERE = Path(__file__).resolve().parent
NAMES = HERE.parent.parent / "shared/data/names"
SLOT = regex.compile(r"\{(\w+)\}")
PLAIN = regex.compile(r"[\p{Arab} \-]+")
LEFT_OUT = frozenset({"OM", "MR"})
#: How often an organisation is one of those listed whole, and how the others are composed.
KNOWN_BODIES = 0.35
FORMS = (
    "{head} {causes}", "{head} {causes} {kind}", "{head} {causes} و{causes2}", "{head} {place}",
    "{head} {given} {family}", "{head} {family}", "{head} {fields}", "{head} {fields} {kind}",
    "{head} {fields} و{fields2}", "{head} {members} {kind}", "ال{head} {kind}", "ال{head} {kind} {aims}",
    "{head} {causes} {aims}", "ال{head} {kind} {kind2}", "{foreign} {foreign2}", "{foreign}",
)  # fmt: skip
QUOTES = (('"', '"'), ("«", "»"), ("“", "”"))
Span = tuple[int, int, str]


class Composer:
    """Draws sentences; the same seed gives the same ones."""

    def __init__(self, draw: Random) -> None:
        self.draw = draw
        self.lists = read_lists()
        self.places, self.towns = places()
        self.people, self.words, self.foreign = persons(draw)

    def sentence(self) -> tuple[str, list[Span]]:
        """A text and its names: start and end without proclitics, and the type."""
        pieces: list[tuple[str, str]] = []
        self._expand(self.draw.choice(self.lists["sentences"]), pieces, 0)
        text = ""
        spans: list[Span] = []
        for piece, kind in pieces:
            written = piece
            if kind and text.endswith("ل") and piece.startswith("ال") and text[-2:-1] in ("", " ", "و", "ف"):
                written = piece[1:]
            if kind:
                spans.append((len(text), len(text) + len(written), kind))
            text += written
        if self.draw.random() < 0.5:
            text += self.draw.choice([".", ".", "،", "؟", "…"])
        return text, spans

    def _expand(self, text: str, pieces: list[tuple[str, str]], depth: int) -> None:
        end = 0
        for match in SLOT.finditer(text):
            pieces.append((text[end : match.start()], ""))
            end = match.end()
            slot = match.group(1)
            if slot in ("P", "L", "O"):
                self._name(slot, pieces)
            elif slot in self.lists:
                options = self.lists[slot]
                if depth > 3:
                    options = [option for option in options if "{" not in option] or options
                self._expand(self.draw.choice(options), pieces, depth + 1)
        pieces.append((text[end:], ""))

    def _name(self, slot: str, pieces: list[tuple[str, str]]) -> None:
        kind = {"P": "person", "L": "place", "O": "organisation"}[slot]
        name = {"P": self.person, "L": self.place, "O": self.organisation}[slot]()
        ends = pieces[-1][0][-1:] if pieces else ""
        if slot == "O" and ends in ("", " ") and self.draw.random() < 0.15:
            opening, closing = self.draw.choice(QUOTES)
            pieces += [(opening, ""), (name, kind), (closing, "")]
            return
        pieces.append((name, kind))

    def person(self) -> str:
        """A person's name, as news write them."""
        draw = self.draw
        kind = draw.random()
        if kind < 0.45:
            return draw.choice(self.people)
        if kind < 0.55:
            return f"{draw.choice(self.words['given'])} {draw.choice(self.words['surname'])}"
        if kind < 0.7:
            return " ".join(draw.choice(self.foreign) for _ in range(draw.choice([1, 2, 2, 2, 3])))
        if kind < 0.78:
            return f"{draw.choice(['أبو', 'أبو', 'أم', 'ابن', 'أبي'])} {draw.choice(self.words['given'])}" + (
                f" {self._family()}" if draw.random() < 0.5 else ""
            )
        if kind < 0.86:
            middle = draw.choice(["بن", "بن", "ولد", "آل", "بنت"])
            return f"{draw.choice(self.words['given'])} {middle} {draw.choice(self.words['given'])}"
        if kind < 0.9:
            return f"عبد {draw.choice(self.lists['served'])} {self._family()}"
        if kind < 0.97:
            return self._family()
        return draw.choice(self.words["given"])

    def _family(self) -> str:
        name = self.draw.choice(self.words["surname"])
        return name if name.startswith("ال") or " " in name or self.draw.random() < 0.4 else f"ال{name}"

    def place(self) -> str:
        """A place's name; known cities more often than villages."""
        if self.draw.random() < 0.6:
            return self.places[int(len(self.places) * self.draw.random() ** 3)]
        return self.draw.choice(self.towns)

    def organisation(self) -> str:
        """An organisation's name."""
        draw, lists = self.draw, self.lists
        if draw.random() < KNOWN_BODIES:
            body = draw.choice(lists["bodies"])
            return str(SLOT.sub(lambda m: draw.choice(lists[f"kinds_{m.group(1)[6:] or 'm'}"]), body))
        gender = draw.choice(["m", "f", "f", "p"])
        kinds = lists["kinds_m" if gender == "m" else "kinds_f"]
        form = draw.choice(FORMS)
        parts = {
            "head": draw.choice(lists[f"heads_{gender}"]),
            "kind": draw.choice(kinds),
            "kind2": draw.choice(kinds),
            "place": self.place(),
            "given": draw.choice(self.words["given"]),
            "family": self._family(),
            "foreign": draw.choice(self.foreign),
            "foreign2": draw.choice(self.foreign),
        }
        for name in ("causes", "fields", "members", "aims"):
            parts[name] = draw.choice(lists[name])
            parts[f"{name}2"] = draw.choice(lists[name])
        return form.format(**parts)


def read_lists() -> dict[str, list[str]]:
    """The lists of ``arabic_contexts.txt``."""
    lists: dict[str, list[str]] = defaultdict(list)
    name = ""
    for line in (HERE / "arabic_contexts.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[]")
        elif line and not line.startswith("#"):
            lists[name] += [line] if name == "sentences" else line.split("|")
    return lists


def places() -> tuple[list[str], list[str]]:
    """Gazetted places, most prominent first, and smaller places of Arab countries."""
    rows = sorted(
        (g for g in gazetted_rows() if g.type == "place" and PLAIN.fullmatch(g.ar)),
        key=lambda g: -g.prominence,
    )
    known = list(dict.fromkeys(g.ar for g in rows if len(g.ar.split()) < 4))
    towns: set[str] = set()
    with (NAMES / "places.jsonl").open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if record["cc"] not in LEFT_OUT:
                towns |= {
                    ar
                    for ar in record["ar"]
                    if len(ar.split()) < 4 and PLAIN.fullmatch(ar) and part_of(ar) == "train"
                }
    return known, sorted(towns)


def persons(draw: Random) -> tuple[list[str], dict[str, list[str]], list[str]]:
    """Full names, words of names by role, words of foreign names; hamza and last letters put back."""
    full = [(r["ar"], r["en"]) for r in rows("person_full.tsv") if 2 <= len(r["ar"].split()) <= 3]
    full = [pair for pair in full if usable(pair[0])]
    full = draw.sample(full, min(12_000, len(full)))
    words: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows("person_words.tsv"):
        if usable(row["ar"]) and len(row["ar"]) > 2 and int(row["count"]) > 1:
            words["given" if row["role"] == "given" else "surname"].append((row["ar"], row["en"]))
    foreign = [
        row["ar"]
        for name in ("wikidata_name_tokens.tsv", "wikipedia_title_words.tsv")
        for row in rows(name)
        if row["split"] == "train" and len(row["ar"]) > 2 and usable(row["ar"])
    ]
    return unfolded(full), {role: unfolded(pairs) for role, pairs in words.items()}, foreign


def usable(ar: str) -> bool:
    """Plain Arabic of the training part."""
    return bool(PLAIN.fullmatch(ar)) and part_of(ar) == "train"


def unfolded(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """The Arabic with hamza, alif maqsura and teh marbuta put back."""
    return unfold_many([ar for ar, _ in pairs], [en.lower() for _, en in pairs])


def rows(name: str) -> Iterator[dict[str, str]]:
    """Rows of a name list."""
    with (NAMES / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
