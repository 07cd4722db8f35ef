"""What was gathered, as columns: the one table that all figures of a report are read from."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bialign.evaluation.classes import is_short_form
from bialign.evaluation.counts import Counts, Uses, numbered
from bialign.evaluation.gathering import Gathered
from bialign.evaluation.grouping import UNKNOWN, Document, groups
from bialign.evaluation.levels import LEVELS, IntArray, keys

#: Documents, or sets of documents, that a bootstrap draws from at most.
MOST_DRAWN: Final = 5000


@dataclass(frozen=True, slots=True)
class Sheet:
    """Occurrences, and their counts at every strictness level.

    Args:
        gathered: what the rest was made from; names are numbered as its entries stand, documents
            as its documents, so that a greater number is not an earlier document.
        uses: the occurrences as columns.
        spellings: the text of every spelling number.
        keys: for every level the key number of every occurrence.
        counts: for every level the counts of keys a name; ``written`` is of the spellings.
        usual: for every name the cell (of ``written``) of its usual spelling.
    """

    gathered: Gathered
    uses: Uses
    spellings: tuple[str, ...]
    keys: Mapping[str, IntArray]
    counts: Mapping[str, Counts]
    usual: IntArray

    @classmethod
    def of(cls, gathered: Gathered) -> Sheet:
        """Number and count."""
        names = {name: number for number, name in enumerate(gathered.entries)}
        documents = {document.id: number for number, document in enumerate(gathered.documents)}
        numbers: dict[str, int] = {}
        name, spelling, document = array("q"), array("q"), array("q")
        for owner, use in gathered.uses:
            name.append(names[owner])
            spelling.append(numbers.setdefault(use.text, len(numbers)))
            document.append(documents[use.page])
        uses = Uses(
            name=np.array(name, dtype=np.int64),
            spelling=np.array(spelling, dtype=np.int64),
            document=np.array(document, dtype=np.int64),
            names=len(names),
            spellings=len(numbers),
            documents=len(documents),
        )
        spellings = tuple(numbers)
        columns = {level: keys(spellings, level)[uses.spelling] for level in LEVELS}
        columns["written"] = uses.spelling
        counts = {level: Counts.of(uses.name, column) for level, column in columns.items()}
        usual = _usual(gathered, counts["written"], spellings)
        return cls(gathered, uses, spellings, columns, counts, usual)

    @property
    def written(self) -> Counts:
        """The counts of spellings as they stand in the text."""
        return self.counts["written"]

    def resampled(self) -> Uses:
        """The occurrences with the documents that a bootstrap draws: of bitext whole documents.

        Of very many documents it draws ``MOST_DRAWN`` sets of as many each, which together are
        resampled as the documents are, in memory that does not grow with them.
        """
        wholes = [document.part_of or document.id for document in self.gathered.documents]
        column, names = numbered(wholes)
        drawn = min(len(names), MOST_DRAWN)
        return replace(self.uses, document=column[self.uses.document] % max(drawn, 1), documents=drawn)

    def text(self, cell: int) -> str:
        """The spelling of a cell."""
        return self.spellings[int(self.written.variants[cell])]

    def within(self, documents: IntArray) -> NDArray[np.bool_]:
        """Which occurrences stand in these documents."""
        inside = np.zeros(self.uses.documents, dtype=np.bool_)
        inside[documents] = True
        chosen: NDArray[np.bool_] = inside[self.uses.document]
        return chosen

    def members(self, by: str) -> dict[str, IntArray]:
        """The documents (numbers) of every group, groups by label."""
        return members(self.gathered.documents, by)


def members(documents: Sequence[Document], by: str) -> dict[str, IntArray]:
    """The positions of the documents of every group, groups by label, the unknown last."""
    found = groups(documents, by)
    inside: dict[str, list[int]] = {}
    for number, document in enumerate(documents):
        for label in found[document.id]:
            inside.setdefault(label, []).append(number)

    def order(label: str) -> tuple[bool, str]:
        return label == UNKNOWN, label

    return {label: np.array(inside[label], dtype=np.int64) for label in sorted(inside, key=order)}


def _usual(gathered: Gathered, written: Counts, spellings: Sequence[str]) -> IntArray:
    """For every name the cell that is no short form, then most frequent, canonical, earliest."""
    owner = written.owners()
    entries = list(gathered.entries.values())
    cells = [
        (entries[name], spellings[variant])
        for variant, name in zip(written.variants.tolist(), owner.tolist(), strict=True)
    ]
    other = np.array([text != entry.canonical for entry, text in cells], dtype=np.bool_)
    short = np.array(
        [text != entry.canonical and is_short_form(entry, text) for entry, text in cells], dtype=np.bool_
    )
    later = np.ones(len(owner), dtype=np.bool_)
    later[written.first] = False
    order = np.lexsort((later, other, -written.values, short, owner))
    return order[written.starts].astype(np.int64)
