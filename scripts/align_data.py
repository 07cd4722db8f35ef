"""Make sentence alignment texts with known beads out of line-aligned bitext, and read gold ones.

Nothing is written: the benchmark and the confidence fit import this. The composed texts follow the
two kinds of the issue: lines merged and deleted at random on either side.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import regex
from seeded import seeded

from bialign.align.scoring import Sides, read_beads

SHARED = Path(__file__).parents[2] / "shared" / "data" / "bitext"
_WORD = regex.compile(r"\w(?:[^\s?]*?[\w.!])?(?=['’]s\b|[\s?,]|$)")
_ARTICLE = regex.compile(r"^(?:(?:How (?=does)|does|of|in|about|is|was|the|an?|book|movie|film|TV|series) )*")
Text = tuple[list[str], list[str], list[Sides]]


def read_text(path: Path) -> list[str]:
    """The lines of a file."""
    return path.read_text("utf-8").removesuffix("\n").split("\n")


def bitext(name: str) -> list[tuple[str, str]]:
    """The line pairs ``(ar, en)`` of a folder of the shared bitext."""
    return list(zip(read_text(SHARED / name / "ar.txt"), read_text(SHARED / name / "en.txt"), strict=True))


def natural(name: str) -> Text:
    """A gold document, ``law/001`` and so on."""
    path = SHARED / "sentence_alignment" / name
    sides = (read_text(path.with_name(f"{path.name}.{side}.txt")) for side in ("ar", "en"))
    ar, en = sides
    return ar, en, read_beads(f"{path}.gold")


def composed(pairs: Sequence[tuple[str, str]], merged: float, deleted: float, most: int, seed: int) -> Text:
    """A text whose beads are known.

    Args:
        pairs: sentence pairs in text order.
        merged: share of beads in which one side has 2 to ``most`` lines as one.
        deleted: share of beads that lack one side.
        most: the most lines that are merged.
        seed: of the random choices.
    """
    choose = seeded(seed)
    ar: list[str] = []
    en: list[str] = []
    beads: list[Sides] = []
    at = 0
    while at < len(pairs):
        chance = choose.random()
        count = min(choose.randint(2, most), len(pairs) - at) if deleted <= chance < deleted + merged else 1
        part = pairs[at : at + count]
        at += count
        ar_part, en_part = [ar_line for ar_line, _ in part], [en_line for _, en_line in part]
        if chance < deleted:
            ar_part, en_part = (ar_part, []) if choose.random() < 0.5 else ([], en_part)
        elif count > 1:
            ar_joined, en_joined = [" ".join(ar_part)], [" ".join(en_part)]
            ar_part, en_part = (ar_part, en_joined) if choose.random() < 0.5 else (ar_joined, en_part)
        beads.append(
            (
                tuple(range(len(ar), len(ar) + len(ar_part))),
                tuple(range(len(en), len(en) + len(en_part))),
            )
        )
        ar += ar_part
        en += en_part
    return ar, en, beads


@dataclass(frozen=True)
class Asked:
    """A question about an entity, its translation, and where either names the entity.

    Args:
        en, ar: question and translation.
        name: span of the entity in ``en``, None where the questions do not show it.
        mention: span of the marked mention in ``ar``.
    """

    en: str
    ar: str
    name: tuple[int, int] | None
    mention: tuple[int, int]


def entities() -> list[Asked]:
    """The first question of each entity whose translation has its marked mention just once.

    The English name is marked nowhere: it is the longest run of words that all questions about the
    entity share, without an article before it.
    """
    rows = [json.loads(line) for line in read_text(SHARED / "entity_translation" / "validation.jsonl")]
    out: list[Asked] = []
    for _, group in itertools.groupby(rows, key=lambda row: row["wikidata_id"]):
        asked = list(group)
        shared = _shared_words([row["source"] for row in asked]) if len(asked) > 1 else ""
        for question, target in ((row["source"], target) for row in asked for target in row["targets"]):
            text, mention = target["translation"], target["mention"]
            if text.count(mention) == 1:
                at, start = question.find(shared), text.index(mention)
                name = (at, at + len(shared)) if shared else None
                out.append(Asked(question, text, name, (start, start + len(mention))))
                break
    return out


def _shared_words(texts: Sequence[str]) -> str:
    """The longest run of words, as written in the first text, that all texts have."""
    words = list(_WORD.finditer(texts[0]))
    best = ""
    for first, last in itertools.combinations_with_replacement(range(len(words)), 2):
        run = texts[0][words[first].start() : words[last].end()]
        whole = regex.compile(rf"(?<!\w){regex.escape(run)}(?!\w)")
        if len(run) > len(best) and all(whole.search(text) for text in texts):
            best = run
    return str(_ARTICLE.sub("", best))
