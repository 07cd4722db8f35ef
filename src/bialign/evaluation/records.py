"""The records of a consistency report; their JSON is ``consistency.json``."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from bialign.evaluation.changes import Change
from bialign.evaluation.findings import Finding
from bialign.evaluation.gathering import Gathered
from bialign.evaluation.measures import Score
from bialign.model import NameType, Record

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True, slots=True)
class VariantUse(Record):
    """One spelling of a name in the evaluated pages, with white space folded.

    Args:
        count: occurrences; ``pages``: documents that have it.
        first, last: ISO 8601 days, null where no document with it is dated.
        differences: classes of ``DIFFERENCES`` against the usual spelling, empty for that one.
    """

    text: str
    count: int
    pages: int
    first: str | None
    last: str | None
    differences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameConsistency(Record):
    """How one name is spelled.

    Args:
        id: of the lexicon's entry; ``ar`` its Arabic, null where none is known.
        usual: the most frequent spelling that is no short form; of equals the lexicon's canonical,
            else the earlier.
        occurrences, documents: how many.
        agreement: at every strictness level, null where the name occurs once.
        interval: 95 % of the agreement as written, null where the documents are too few.
        dominance, entropy: as written.
        variants: the usual one, then the most frequent first.
        groups: for each grouping and group the count of every spelling.
    """

    id: str
    ar: str | None
    type: NameType
    usual: str
    occurrences: int
    documents: int
    agreement: dict[str, float | None]
    interval: tuple[float, float] | None
    dominance: float | None
    entropy: float | None
    variants: tuple[VariantUse, ...]
    groups: dict[str, dict[str, dict[str, int]]]


@dataclass(frozen=True, slots=True)
class GroupConsistency(Record):
    """How one translator, outlet, month … spells all names.

    Args:
        by, group: the grouping and its label.
        occurrences, documents, names: how many.
        departures: occurrences not in the name's usual spelling over all groups.
        agreement: micro, at every strictness level.
        interval: 95 % of the agreement as written, null where the documents are too few.
    """

    by: str
    group: str
    documents: int
    occurrences: int
    names: int
    departures: int
    agreement: dict[str, float | None]
    interval: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class ConsistencyReport(Record):
    """Everything one evaluation found. ``to_dict`` is ``consistency.json``.

    Args:
        version: of bialign.
        by: the groupings.
        documents, occurrences: how many were evaluated.
        unmatched: names found in the pages that no entry covers; they are in no figure.
        likened: occurrences that belong to their name by likeness alone.
        searched: pages whose names were found anew, the lexicon having none of them.
        scores: of all names, each with its signature; ``direction`` in it is ``ar-en`` (one Arabic
            name, many English spellings) or ``en-ar`` (one English spelling, many Arabic names).
        names, groups: the figures one by one.
        findings: departures from the usual or prescribed spelling, in reading order.
        suppressed: how many findings were suppressed.
        changes: since when names are spelled another way.
        warnings: what makes the report less than whole, one line each.
        gathered: the occurrences themselves, for the HTML report; not part of the JSON.
    """

    version: str
    by: tuple[str, ...]
    documents: int
    occurrences: int
    unmatched: int
    likened: int
    searched: int
    scores: tuple[Score, ...]
    names: tuple[NameConsistency, ...]
    groups: tuple[GroupConsistency, ...]
    findings: tuple[Finding, ...] = ()
    suppressed: int = 0
    changes: tuple[Change, ...] = ()
    warnings: tuple[str, ...] = ()
    gathered: Gathered | None = field(default=None, repr=False, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """As ``Record.to_dict``, without ``gathered``."""
        plain = Record.to_dict(replace(self, gathered=None))
        del plain["gathered"]
        return plain

    def score(
        self,
        measure: str = "agreement",
        level: str = "written",
        direction: str = "ar-en",
        reference: str | None = None,
    ) -> Score:
        """One of the scores.

        Args:
            measure: its name.
            level: of strictness.
            direction: ``ar-en`` or ``en-ar``.
            reference: of ``pseudo_reference``: first, most_frequent or given; the first of them if left out.

        Raises:
            KeyError: there is none such.
        """
        wanted = {f"direction:{direction}", *([f"reference:{reference}"] if reference else ())}
        for score in self.scores:
            if (score.measure, score.level) == (measure, level) and wanted <= set(score.signature.split("|")):
                return score
        raise KeyError((measure, level, direction, reference))

    def to_json(self) -> str:
        """The report as an indented JSON text, UTF-8 letters as they are."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=1) + "\n"

    def to_frame(self) -> DataFrame:
        """One row a name and spelling. Needs pandas, which bialign does not bring."""
        from pandas import DataFrame  # noqa: PLC0415  (optional, and slow to load)

        rows: list[dict[str, Any]] = [
            {
                "id": name.id,
                "ar": name.ar,
                "type": name.type,
                "usual": name.usual,
                "spelling": variant.text,
                "count": variant.count,
                "first": variant.first,
                "last": variant.last,
                "differences": " ".join(variant.differences),
            }
            for name in self.names
            for variant in name.variants
        ]
        return DataFrame(rows)
