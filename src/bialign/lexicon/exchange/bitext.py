"""Parallel text in the files people have it in: JSON lines, TSV, two Moses files."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bialign.errors import InputError
from bialign.lexicon.exchange.reading import open_text

#: Names of the Arabic and the English side.
_SIDES = (("ar", "arabic", "source_ar", "text_ar"), ("en", "english", "source_en", "text_en"))


def of_record(data: dict[str, Any], path: str, place: str) -> tuple[str, str]:
    """``(Arabic, English)`` of one JSON object.

    Raises:
        InputError: it has no text for one of the sides.
    """
    found = [
        next((data[name] for name in names if isinstance(data.get(name), str)), None) for names in _SIDES
    ]
    if found[0] is None or found[1] is None:
        raise InputError(
            "neither a page nor parallel text", path=path, place=place, mend='give "ar" and "en"'
        )
    return found[0], found[1]


def read_tsv(path: str) -> Iterator[tuple[str, str]]:
    """``(Arabic, English)`` of a TSV file whose header names the columns ``ar`` and ``en``.

    Raises:
        InputError: the file cannot be read, or the columns are missing.
    """
    with open_text(path) as lines:
        header = [name.strip().lower() for name in next(lines, "").rstrip("\r\n").split("\t")]
        places = [next((header.index(name) for name in names if name in header), None) for names in _SIDES]
        ar, en = places
        if ar is None or en is None:
            raise InputError(
                "no columns ar and en", path=path, place="line 1", mend="name them in a header line"
            )
        for number, line in enumerate(lines, 2):
            cells = line.rstrip("\r\n").split("\t")
            if not any(cells):
                continue
            if len(cells) != len(header):
                raise InputError(
                    f"{len(cells)} columns, the header has {len(header)}", path=path, place=f"line {number}"
                )
            yield cells[ar], cells[en]


def moses_partner(path: str) -> str | None:
    """The other file of a Moses pair (``corpus.ar`` and ``corpus.en``), if ``path`` is named like one."""
    other = {".ar": ".en", ".en": ".ar"}.get(Path(path).suffix)
    return None if other is None else str(Path(path).with_suffix(other))


def read_moses(ar_path: str, en_path: str) -> Iterator[tuple[str, str]]:
    """``(Arabic, English)`` line by line of two files.

    Raises:
        InputError: one cannot be read, or one has more lines.
    """
    with open_text(ar_path) as ar_lines, open_text(en_path) as en_lines:
        for number, (ar, en) in enumerate(itertools.zip_longest(ar_lines, en_lines), 1):
            if ar is None or en is None:
                short = ar_path if ar is None else en_path
                raise InputError(
                    "fewer lines than its partner", path=short, place=f"line {number}", mend="pair the files"
                )
            yield ar.rstrip("\r\n"), en.rstrip("\r\n")


def pair_up(paths: Iterable[str]) -> Iterator[tuple[str, str | None]]:
    """Paths in their order, the two files of a Moses pair together, Arabic first, once."""
    named = list(dict.fromkeys(paths))
    for path in named:
        partner = moses_partner(path)
        if partner not in named:
            yield path, None
        elif Path(path).suffix == ".ar":
            yield path, partner
