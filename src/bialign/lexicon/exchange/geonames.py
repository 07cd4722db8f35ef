"""GeoNames alternateNames (the table of 8 or 10 columns without a header): read only.

The file has 16 million rows in no order of places, so it is read twice: first for the places
with an Arabic name, then for the English names of these.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from bialign.errors import InputError
from bialign.lexicon.exchange import pairs
from bialign.lexicon.exchange.reading import open_text
from bialign.model import Entry

_COLUMNS: Final = (8, 10)


class _Row(NamedTuple):
    line: int
    place: str
    language: str
    text: str
    preferred: bool


def read(path: str) -> Iterator[Entry]:
    """Entries of places with an Arabic and an English name; historic names are left out.

    Raises:
        InputError: the file cannot be read or is not this table.
    """
    arabic: dict[str, tuple[bool, str]] = {}
    for row in _rows(path, "ar"):
        if row.place not in arabic or (row.preferred and not arabic[row.place][0]):
            arabic[row.place] = (row.preferred, row.text)
    yield from pairs.gather(
        (
            pairs.Pair(
                ar=pairs.spelled(arabic[row.place][1], path, f"line {row.line}"),
                en=pairs.spelled(row.text, path, f"line {row.line}"),
                place=f"line {row.line}",
                type="place",
                entry=f"geonames-{row.place}",
                canonical=row.preferred,
            )
            for row in _rows(path, "en")
            if row.place in arabic
        ),
        path,
        "GeoNames alternate names",
    )


def _rows(path: str, language: str) -> Iterator[_Row]:
    with open_text(path) as lines:
        for number, line in enumerate(lines, 1):
            cells = line.rstrip("\r\n").split("\t")
            if len(cells) not in _COLUMNS or not cells[1].isdecimal():
                raise InputError(
                    "not a row of GeoNames alternateNames",
                    path=path,
                    place=f"line {number}",
                    mend="8 or 10 columns, the second the place's number",
                )
            if cells[2] == language and cells[3] and cells[7] != "1":
                yield _Row(number, cells[1], language, cells[3], cells[4] == "1")
