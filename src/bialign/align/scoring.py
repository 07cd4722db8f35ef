"""How near an alignment comes to a gold one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import regex

from bialign.align.formats import read_lines
from bialign.errors import InputError, UsageError
from bialign.files import read_jsonl
from bialign.model import Record

Sides = tuple[tuple[int, ...], tuple[int, ...]]
_GOLD_LINE = regex.compile(r"\s*\[([\d,\s]*)\]\s*:\s*\[([\d,\s]*)\]\s*(?::.*)?")


@dataclass(frozen=True, slots=True)
class Scores(Record):
    """Precision, recall and their harmonic mean, 0 to 1."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class BeadScores(Record):
    """Strict: the same bead. Lax: a bead that shares a pair of sentences with one of the other side."""

    strict: Scores
    lax: Scores


@dataclass(frozen=True, slots=True)
class LinkScores(Record):
    """Scores of word links and the alignment error rate (Och & Ney 2003, every gold link sure)."""

    precision: float
    recall: float
    f1: float
    aer: float


def score_beads(gold: Iterable[Sides], system: Iterable[Sides]) -> BeadScores:
    """Compare beads as Vecalign's scorer does; beads with an empty side count on neither side.

    >>> score_beads([((0,), (0, 1))], [((0,), (0,)), ((), (1,))]).lax.f1
    1.0
    """
    wanted = {sides for sides in gold if all(sides)}
    given = {sides for sides in system if all(sides)}
    same = len(wanted & given)
    return BeadScores(
        _scores(same, len(given), same, len(wanted)),
        _scores(_touching(given, wanted), len(given), _touching(wanted, given), len(wanted)),
    )


def _touching(beads: set[Sides], others: set[Sides]) -> int:
    pairs = {(i, j) for ar, en in others for i in ar for j in en}
    return sum(any((i, j) in pairs for i in ar for j in en) for ar, en in beads)


def _scores(right_given: int, given: int, right_wanted: int, wanted: int) -> Scores:
    precision = right_given / given if given else 0.0
    recall = right_wanted / wanted if wanted else 0.0
    both = precision + recall
    return Scores(precision, recall, 2 * precision * recall / both if both else 0.0)


def score_links(
    gold: Sequence[set[tuple[int, int]]],
    system: Sequence[Iterable[tuple[int, int]]],
    *,
    partial: bool = False,
) -> LinkScores:
    """Compare word links.

    Args:
        gold: right links of each sentence pair.
        system: links to judge.
        partial: the gold annotates some words only: links between two others are not counted.

    Raises:
        UsageError: not as many sentence pairs on both sides.
    """
    if len(gold) != len(system):
        raise UsageError(f"{len(gold)} gold lines, {len(system)} of the system")
    same = given = wanted = 0
    for right, links in zip(gold, system, strict=True):
        en, ar = {i for i, _ in right}, {j for _, j in right}
        counted = {(i, j) for i, j in links if not partial or i in en or j in ar}
        same += len(right & counted)
        given += len(counted)
        wanted += len(right)
    plain = _scores(same, given, same, wanted)
    error = 1 - 2 * same / (given + wanted) if given + wanted else 0.0
    return LinkScores(plain.precision, plain.recall, plain.f1, error)


def read_beads(path: str) -> list[Sides]:
    """Beads from JSON lines (``ar``, ``en``), our TSV, or lines `` [ar] : [en]``.

    Raises:
        InputError: the file cannot be read or has another shape.
    """
    if path.endswith((".jsonl", ".ndjson")):
        return [_sides(record, path, line) for line, record in read_jsonl(path)]
    out: list[Sides] = []
    for number, line in enumerate(read_lines(path), 1):
        cells = line.split("\t")
        match = _GOLD_LINE.fullmatch(line)
        if number == 1 and cells[0] == "ar":
            continue
        if match:
            out.append((_indexes(match.group(1)), _indexes(match.group(2))))
        elif len(cells) == 5:
            out.append((_indexes(cells[3]), _indexes(cells[4])))
        elif line.strip():
            raise InputError("no bead", path=path, place=f"line {number}", mend="[0, 1] : [0]")
    return out


def _indexes(text: str) -> tuple[int, ...]:
    return tuple(sorted({int(cell) for cell in text.split(",") if cell.strip()}))


def _sides(record: dict[str, object], path: str, line: int) -> Sides:
    ar, en = record.get("ar"), record.get("en")
    if not isinstance(ar, list) or not isinstance(en, list):
        raise InputError("no lists ar and en", path=path, place=f"line {line}")
    return tuple(map(int, ar)), tuple(map(int, en))
