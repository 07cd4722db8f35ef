"""Datelines: where a story was filed and by which agency, on their own line or before the first sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import regex

from bialign.model import Dateline
from bialign.pages.dates import FoundDate, find_dates
from bialign.pages.folding import fold
from bialign.pages.phrases import words
from bialign.pages.tables import agencies, name_words

_LONGEST: Final = 110
_DASH: Final = regex.compile(r"\s*(?:--+|[—–ـ]|(?<=[\s)\]\"'’»])-|-(?=\s)|(?<=\))\s*:|:(?=\s))\s*")
_SPLIT: Final = regex.compile(r"\s*[,،/()\[\]‘’'\"«»“”]\s*|\s*[-–—]\s*(?=\S)|\s{2,}")
_CAPITALS: Final = regex.compile(r"[A-Z]{2,6}")
_PLACE: Final = regex.compile(
    r"(?:\p{Lu}[\p{L}'’.-]*|al-\p{L}+)(?: (?:\p{Lu}[\p{L}'’.-]*|al-\p{L}+|of|and|de|the))*"
    r"|[\p{scx=Arab}\p{M}]+(?: [\p{scx=Arab}\p{M}]+){0,3}"
)
_REPORTER: Final = regex.compile(
    r"(?:من|مراسل\p{L}*|by)\s+(?P<name>[\p{L}\p{M}'’.-]+(?: [\p{L}\p{M}'’.-]+){0,3})\s*:\s*"
)


@dataclass(frozen=True, slots=True)
class FoundDateline:
    """A dateline and where it ends; ``reporter`` is who the line names as filing it."""

    end: int
    dateline: Dateline
    dates: tuple[FoundDate, ...] = ()
    reporter: str | None = None


def inline_dateline(paragraph: str) -> FoundDateline | None:
    """The dateline that begins a paragraph.

    >>> inline_dateline("دمشق، سوريا (CNN) -- أكدت جهات سورية").dateline
    Dateline(place='دمشق، سوريا', agency='CNN')
    >>> inline_dateline("He said - and he meant it - that all was well") is None
    True
    """
    for dash in _DASH.finditer(paragraph, 0, _LONGEST):
        head = paragraph[: dash.start()]
        colon = ":" in dash.group()
        found = _read(head, alone=False, colon=colon)
        if found is None:
            continue
        end, reporter = dash.end(), None
        if named := _REPORTER.match(paragraph, end):
            end, reporter = named.end(), named["name"]
        if end < len(paragraph):
            return FoundDateline(end, found[0], found[1], reporter)
    return None


def whole_dateline(line: str) -> FoundDateline | None:
    """The dateline that a whole line is; it must name an agency or end in a dash.

    >>> whole_dateline("Damascus, SMART").dateline
    Dateline(place='Damascus', agency='SMART')
    """
    if len(line) > _LONGEST:
        return None
    bare = line.strip()
    trimmed = bare.rstrip(" -–—:ـ")
    found = _read(trimmed.strip("()"), alone=True, colon=len(trimmed) < len(bare))
    return FoundDateline(len(line), found[0], found[1]) if found else None


def _read(head: str, *, alone: bool, colon: bool) -> tuple[Dateline, tuple[FoundDate, ...]] | None:
    """Place, agency and dates of a dateline's text."""
    dates = tuple(find_dates(head)) if any(char.isdigit() for char in head) else ()
    rest = head
    for date in reversed(dates):
        rest = f"{rest[: date.start]} , {rest[date.end :]}"
    agency: str | None = None
    places: list[str] = []
    for part in _SPLIT.split(rest):
        text = " ".join(part.split())
        if not text:
            continue
        named = agencies().whole(words(fold(text)))
        if agency is None and (named or (_CAPITALS.fullmatch(text) and places)):
            agency = text
        else:
            split = _trailing_agency(text) if agency is None else None
            if split:
                text, agency = split
            places.append(text)
    place = "، ".join(places) if places and fold(head) != head.lower() else ", ".join(places)
    if len(places) > 1:
        place = _as_written(head, places) or place
    if not _is_place(place, places) or not (agency or places):
        return None
    if agency is None and not dates:
        shortest = all(len(p.split()) <= 2 for p in places) and len(places) <= 2
        if alone or colon or not shortest:
            return None
    return Dateline(place or None, agency), dates


def _trailing_agency(text: str) -> tuple[str, str] | None:
    """``Damascus SMART`` → place and agency."""
    parts = text.split()
    for count in (1, 2, 3):
        if len(parts) > count and agencies().whole(words(fold(" ".join(parts[-count:])))):
            return " ".join(parts[:-count]), " ".join(parts[-count:])
    return None


def _as_written(head: str, places: list[str]) -> str | None:
    start, end = head.find(places[0]), head.rfind(places[-1])
    written = " ".join(head[start : end + len(places[-1])].split())
    return written if 0 <= start < end and not regex.search(r"[()\d]", written) else None


def _is_place(place: str, places: list[str]) -> bool:
    if not place:
        return True
    if len(places) > 3 or len(place.split()) > 7:
        return False
    never = name_words("never") - {"of", "and", "the"}
    return all(
        _PLACE.fullmatch(part) and not any(w.text in never for w in words(fold(part))) for part in places
    )
