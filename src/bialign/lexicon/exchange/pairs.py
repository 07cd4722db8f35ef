"""Pairs of an Arabic and an English spelling, as most name lists have them, gathered to entries."""

from __future__ import annotations

import typing
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Final

import regex

from bialign.errors import InputError
from bialign.lexicon.joining import with_canonical
from bialign.model import Entry, Evidence, NameType, Variant
from bialign.text.arabic import fold_arabic
from bialign.text.scripts import has_arabic, has_latin

#: Column names read for each fact, lower case.
_NAMES: Final[dict[str, tuple[str, ...]]] = {
    "ar": ("ar", "arabic", "ara", "ar_text", "name_ar", "العربية"),
    "en": ("en", "english", "eng", "en_text", "name_en", "text", "الإنجليزية"),
    "count": ("count", "freq", "frequency", "n"),
    "pages": ("pages",),
    "type": ("type",),
    "first": ("first",),
    "last": ("last",),
}
_TYPES: Final[tuple[NameType, ...]] = typing.get_args(NameType)
_MARKUP: Final = regex.compile(r"</?[A-Za-z][^<>]{0,200}>|&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,10});")
_CONTROL: Final = regex.compile(r"[\p{Cc}\p{Cs}\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069\uFEFF]")


@dataclass(frozen=True, slots=True)
class Pair:
    """One row: two spellings and what the row says of them."""

    ar: str
    en: str
    place: str
    count: int = 0
    pages: int = 0
    type: NameType = "other"
    first: str | None = None
    last: str | None = None


def rows(names: Sequence[str], records: Iterable[tuple[int, dict[str, str]]], path: str) -> Iterator[Pair]:
    """Pairs of a table by the names of its columns.

    Args:
        names: the header.
        records: line numbers, and cells by column name.
        path: the file, for errors.

    Raises:
        InputError: no column is named for one of the sides, or a cell is wrong.
    """
    columns = {
        fact: next((name for name in names if name.lower() in known), None) for fact, known in _NAMES.items()
    }
    for fact in ("ar", "en"):
        if columns[fact] is None:
            raise InputError(
                f"no column {fact!r} among: {', '.join(names) or 'nothing'}",
                path=path,
                place="line 1",
                mend="name the columns ar and en in a header line",
            )
    for number, record in records:
        cells = {fact: record[name].strip() for fact, name in columns.items() if name is not None}
        place = f"line {number}"
        kind = next((t for t in _TYPES if t == (cells.get("type") or "other")), None)
        if kind is None:
            raise InputError(f"no type {cells['type']!r}", path=path, place=place)
        yield Pair(
            ar=spelled(cells["ar"], path, place),
            en=spelled(cells["en"], path, place),
            place=place,
            count=_number(cells.get("count"), path, place),
            pages=_number(cells.get("pages"), path, place),
            type=kind,
            first=cells.get("first") or None,
            last=cells.get("last") or None,
        )


def spelled(text: str, path: str, place: str) -> str:
    """A spelling of another's file, white space folded, direction marks and controls dropped.

    Raises:
        InputError: it holds markup.
    """
    if found := _MARKUP.search(text):
        raise InputError(f"markup in a name: {found[0]}", path=path, place=place, mend="plain text only")
    return " ".join(_CONTROL.sub(" " if "\t" in text or "\n" in text else "", text).split())


def _number(cell: str | None, path: str, place: str) -> int:
    if not cell:
        return 0
    if not cell.isdecimal() or len(cell) > 15:
        raise InputError(f"no count: {cell!r}", path=path, place=place)
    return int(cell)


def gather(pairs: Iterable[Pair], path: str, detail: str = "imported") -> Iterator[Entry]:
    """Entries of pairs: one for every Arabic name, its English spellings by count, then order.

    Rows without English are passed over; rows without Arabic make an entry for each spelling.

    Raises:
        InputError: the Arabic side is Latin or the English side Arabic.
    """
    gathered: dict[tuple[str, str], list[Pair]] = {}
    for pair in pairs:
        if not pair.en:
            continue
        if (pair.ar and not has_arabic(pair.ar)) or (has_arabic(pair.en) and not has_latin(pair.en)):
            raise InputError(
                f"{pair.ar!r} is not Arabic or {pair.en!r} not English",
                path=path,
                place=pair.place,
                mend="are the two columns exchanged?",
            )
        key = (fold_arabic(pair.ar), "" if pair.ar else pair.en)
        gathered.setdefault(key, []).append(pair)
    for group in gathered.values():
        yield _entry(group, path, detail)


def _entry(group: list[Pair], path: str, detail: str) -> Entry:
    variants: dict[str, Variant] = {}
    for pair in group:
        old = variants.get(pair.en, Variant(pair.en, 0, 0, None, None, ()))
        variants[pair.en] = Variant(
            pair.en,
            old.count + pair.count,
            old.pages + pair.pages,
            min(filter(None, (old.first, pair.first)), default=None),
            max(filter(None, (old.last, pair.last)), default=None),
            (),
            proposed=old.count + pair.count == 0,
        )
    ordered = sorted(variants.values(), key=lambda v: -v.count)
    ar = max(group, key=lambda p: p.count).ar or None
    canonical = ordered[0].text
    name = f"{fold_arabic(ar) if ar else ''}\n{canonical if ar is None else ''}"
    entry = Entry(
        id=blake2b(name.encode(errors="surrogatepass"), digest_size=8).hexdigest(),
        ar=ar,
        type=next((p.type for p in group if p.type != "other"), "other"),
        canonical=canonical,
        variants=tuple(ordered),
        probability=1.0,
        evidence=(Evidence("gazetteer", detail, f"{Path(path).name}, {group[0].place}"),),
    )
    return with_canonical(entry, canonical)
