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
from bialign.model import Entry, Evidence, NameType, Status, Variant
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
TYPES: Final[tuple[NameType, ...]] = typing.get_args(NameType)
_STATUSES: Final[tuple[Status, ...]] = typing.get_args(Status)
_MARKUP: Final = regex.compile(r"</?[A-Za-z][^<>]{0,200}>|&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,10});")
_OVERRIDE: Final = regex.compile(r"[\u202D\u202E]")
_OPENING: Final = regex.compile(r"[\u202A\u202B\u2066-\u2068]")
_CLOSING: Final = regex.compile(r"[\u202C\u2069]")
_CONTROL: Final = regex.compile(r"[\p{Cc}\p{Cs}\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069\uFEFF]")


@dataclass(frozen=True, slots=True)
class Pair:
    """An Arabic and an English spelling and what the file says of them.

    Args:
        ar: empty where the file has none.
        place: where in the file.
        entry: what the file calls the name; rows of one such belong together.
        canonical: this is the name's usual English spelling.
    """

    ar: str
    en: str
    place: str
    count: int = 0
    pages: int = 0
    type: NameType = "other"
    first: str | None = None
    last: str | None = None
    status: Status = "proposed"
    entry: str | None = None
    canonical: bool = False


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
    for line, record in records:
        cells = {fact: record[name].strip() for fact, name in columns.items() if name is not None}
        place = f"line {line}"
        yield Pair(
            ar=spelled(cells["ar"], path, place),
            en=spelled(cells["en"], path, place),
            place=place,
            count=number(cells.get("count"), path, place),
            pages=number(cells.get("pages"), path, place),
            type=name_type(cells.get("type"), path, place),
            first=cells.get("first") or None,
            last=cells.get("last") or None,
        )


def spelled(text: str, path: str, place: str) -> str:
    """A spelling of another's file, white space folded, direction marks and controls dropped.

    Raises:
        InputError: it holds markup, or direction marks that leave its letters in doubt: an
            override, or an embedding that is not closed.
    """
    if _OVERRIDE.search(text) or len(_OPENING.findall(text)) != len(_CLOSING.findall(text)):
        raise InputError(
            "wrong direction marks in a name", path=path, place=place, mend="remove U+202A to U+2069"
        )
    if found := _MARKUP.search(text):
        raise InputError(f"markup in a name: {found[0]}", path=path, place=place, mend="plain text only")
    return str(_CONTROL.sub("", " ".join(text.split())))


def name_type(cell: str | None, path: str, place: str) -> NameType:
    """The type a cell names; ``other`` for an empty one.

    Raises:
        InputError: there is no such type.
    """
    for known in TYPES:
        if known == (cell or "other"):
            return known
    raise InputError(f"no type {cell!r}", path=path, place=place, mend=f"one of {', '.join(TYPES)}")


def name_status(cell: str | None, path: str, place: str) -> Status:
    """The status a cell names; ``proposed`` for an empty one.

    Raises:
        InputError: there is no such status.
    """
    for known in _STATUSES:
        if known == (cell or "proposed"):
            return known
    raise InputError(f"no status {cell!r}", path=path, place=place, mend=f"one of {', '.join(_STATUSES)}")


def number(cell: str | None, path: str, place: str) -> int:
    """The count a cell gives; 0 for an empty one.

    Raises:
        InputError: it is no count.
    """
    if not cell:
        return 0
    if not cell.isdecimal() or len(cell) > 15:
        raise InputError(f"no count: {cell!r}", path=path, place=place)
    return int(cell)


def gather(pairs: Iterable[Pair], path: str, detail: str = "imported") -> Iterator[Entry]:
    """Entries of pairs: by the name the file gives them, else one for every Arabic name.

    The canonical spelling is the one marked, else the most frequent, else the first. Rows
    without English are passed over; rows without Arabic make an entry for each spelling.

    Raises:
        InputError: the Arabic side is Latin or the English side Arabic.
    """
    gathered: dict[tuple[str, ...], list[Pair]] = {}
    for pair in pairs:
        if not pair.en:
            continue
        if (pair.ar and not has_arabic(pair.ar)) or (has_arabic(pair.en) and not has_latin(pair.en)):
            raise InputError(
                f"{pair.ar!r} is not Arabic or {pair.en!r} not English",
                path=path,
                place=pair.place,
                mend="are the two sides exchanged?",
            )
        named = (pair.entry,) if pair.entry else (fold_arabic(pair.ar), "" if pair.ar else pair.en)
        gathered.setdefault(named, []).append(pair)
    for key, group in gathered.items():
        yield _entry(key, group, path, detail)


def _entry(key: tuple[str, ...], group: list[Pair], path: str, detail: str) -> Entry:
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
    marked = {pair.en for pair in group if pair.canonical}
    ordered = sorted(variants.values(), key=lambda v: (v.text not in marked, -v.count))
    made = blake2b("\n".join(key).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    entry = Entry(
        id=group[0].entry or made,
        ar=max(group, key=lambda p: p.count).ar or None,
        type=next((p.type for p in group if p.type != "other"), "other"),
        canonical=ordered[0].text,
        variants=tuple(ordered),
        probability=1.0,
        evidence=(Evidence("gazetteer", detail, f"{Path(path).name}, {group[0].place}"),),
        status=group[0].status,
    )
    return with_canonical(entry, entry.canonical)
