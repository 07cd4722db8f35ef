"""Arabic sentences with the names that their English translation shows.

The names that ``find_names`` sees in the English sides of tico19, flores and tatoeba by their
capitals are met with Arabic by ``align_names``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from arabic_composing import Composer

from bialign.align.names import align_names
from bialign.names import arabic_features as seen
from bialign.names.arabic_words import arabic_words
from bialign.names.cues import cues
from bialign.names.gazetteer import arabic_fold
from bialign.names.mentions import find_names

BITEXT = Path(__file__).resolve().parent.parent.parent / "shared/data/bitext"
#: A projected name is one from here on; between the two its words are undecided.
SURE, UNSURE = 0.7, 0.2
Marks = list[tuple[int, int, str]]


def projected(cache: Path | None) -> Iterator[tuple[str, Marks, list[tuple[int, int]]]]:
    """Arabic lines, their names by span and type, and the spans of undecided words."""
    if cache is not None and cache.exists():
        for line in cache.read_text(encoding="utf-8").splitlines():
            text, marks, open_ = json.loads(line)
            yield text, [(a, b, c) for a, b, c in marks], [(a, b) for a, b in open_]
        return
    rows = [row for name in ("flores", "tico19", "tatoeba") for row in project(name)]
    if cache is not None:
        cache.write_text(
            "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8"
        )
    yield from rows


def project(name: str) -> Iterator[tuple[str, Marks, list[tuple[int, int]]]]:
    """The same of one bitext."""
    sides = [
        (BITEXT / name / f"{side}.txt").read_text(encoding="utf-8").splitlines() for side in ("ar", "en")
    ]
    pairs = list(zip(*sides, strict=True))
    for (arabic, english), found in zip(pairs, align_names(pairs), strict=True):
        marks = [(p.ar.start, p.ar.end, p.en.type) for p in found if p.probability >= SURE]
        open_ = [(p.ar.start, p.ar.end) for p in found if UNSURE <= p.probability < SURE]
        if len(marks) < len(find_names(english, "en")):
            common = {arabic_fold(word) for word in cues("arabic")["stop_words"]}
            for word in arabic_words(arabic):
                folded = arabic_fold(word.text)
                rare = folded not in common and seen.class_of(folded) == ("none",)
                if rare and not any(a < word.end and word.start < b for a, b, _ in marks):
                    open_.append((word.start, word.end))
        yield arabic, sorted(marks), sorted(open_)


def renamed(
    text: str, marks: Marks, open_: list[tuple[int, int]], composer: Composer
) -> tuple[str, Marks, list[tuple[int, int]]]:
    """The sentence with other names in the place of its own."""
    changed, end = "", 0
    spans: Marks = []
    kept: list[tuple[int, int]] = []

    def shift(until: int) -> None:
        moved = len(changed) - end
        kept.extend((a + moved, b + moved) for a, b in open_ if end <= a and b <= until)

    for a, b, kind in marks:
        if a < end:
            continue
        shift(a)
        changed += text[end:a]
        other = {
            "person": composer.person,
            "place": composer.place,
            "organisation": composer.organisation,
        }.get(kind)
        name = other() if other else text[a:b]
        if text[a - 1 : a] == "ل" and name.startswith("ال"):
            name = name[1:]
        spans.append((len(changed), len(changed) + len(name), kind))
        changed += name
        end = b
    shift(len(text))
    return changed + text[end:], spans, kept
