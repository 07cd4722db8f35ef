"""Datelines: where a story was filed and by which agency, on their own line or before the first sentence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import regex

from bialign.model import Dateline, Role
from bialign.pages.bylines import byline_names, is_place
from bialign.pages.dates import FoundDate, find_dates
from bialign.pages.folding import fold
from bialign.pages.phrases import words
from bialign.pages.tables import agencies, cities, countries, name_words

_LONGEST: Final = 110
_MOST_DASHES: Final = 4
_SHORTEST: Final = 2
_LONGEST_NAME: Final = 24
_DASH: Final = regex.compile(
    r"\s*(?:--+|[—–]|(?<=\s)ـ(?=\s)|(?<=[\s)\]\"'’»])-|-(?=\s)|(?<=\))\s*:|:(?=\s))\s*"
)
_BRACKET: Final = regex.compile(r"\(([^()\n]{4,60})\)\s*[-–—:]*\s*(?=\S)")
_GLUED: Final = regex.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,2}-(?=[^\W\d_])")
#: What divides the parts of a dateline; brackets and quotes say that an agency stands in them.
_PART: Final = regex.compile(
    r"(?P<marked>[(\[‘\"«“][^()\[\]‘’\"«»“”]{2,40}[)\]’\"»”]|(?<!\p{L})'[^']{2,40}')"
    r"|(?P<plain>(?:[^,،:/()\[\]\"«»“”‘’\s–—-]|(?<=\p{L})’(?=\p{L})|(?<=\S)-(?=\p{Latin})|\s(?![\s–—-]))+)"
)
# A day without a year, which is no date of a page but well stands in a dateline.
_DAY: Final = regex.compile(
    r"\b(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)\p{L}*\.? \d{1,2}\b|\b\d{1,2} \p{scx=Arab}+"
    r"|(?<=\s)\d{1,2}\s?[-/]\s?\d{1,2}(?=\s)"
)
_PARTED: Final = regex.compile(r"[\d,،:/()\[\]‘\"«“–—-]")
# No agency: the paper's own people wrote it.
_EXCLUSIVE: Final = frozenset(map(fold, ("خاص", "متابعات", "متابعة", "متابعة خاصة", "exclusive")))
_BETWEEN: Final = regex.compile(r"[-–—]")
_DIGIT: Final = regex.compile(r"\d")
_CAPITALS: Final = regex.compile(r"[A-Z]{2,6}")
_LATIN_WORD: Final = r"(?:\p{Lu}[\p{L}\p{M}'’.-]*|(?:a[lnrsdt]|e[lszrt]|ash|adh|ath)[-']\p{L}[\p{L}'’-]*)"
_PLACE: Final = regex.compile(
    rf"{_LATIN_WORD}(?: (?:{_LATIN_WORD}|of|and|de|the))*"
    r"|[\p{scx=Arab}\p{M}]+(?: [\p{scx=Arab}\p{M}]+){0,3}"
)
_REPORTER: Final = regex.compile(
    r"(?:من|مراسل\p{L}*|by)\s+(?P<name>[\p{L}\p{M}'’.-]+(?: [\p{L}\p{M}'’.-]+){0,3})\s*:\s*"
    r"|(?P<bare>[\p{L}\p{M}'’.]+(?: [\p{L}\p{M}'’.-]*[\p{L}\p{M}]){1,3})\s*[:–—-]+(?:\s+|$)"
)
# بناء – المنامة في 6 نوفمبر /
_LED: Final = regex.compile(
    r"(?P<agency>[^/\n\d–—-]{2,30}?)\s[-–—]\s(?P<place>[^/\n\d–—-]{2,30}?)[،,]?(?:\sفي)?\s"
    r"(?P<day>[^/\n]{4,40}?)\s?/\s+(?=\S)"
)
# أبوظبي في 5 مارس / وام /
_SLASHED: Final = regex.compile(
    r"(?P<head>[^/\n]{2,50}?)\s?/\s?(?P<agency>[^/\n\d]{2,30}?)\s?/\s*[-–—:]*\s*(?=\S)"
)


@dataclass(frozen=True, slots=True)
class FoundDateline:
    """A dateline and where it ends; ``reporter`` is who the line names as filing it, and as what."""

    end: int
    dateline: Dateline
    dates: tuple[FoundDate, ...] = ()
    reporter: str | None = None
    role: Role = "reporter"


def inline_dateline(paragraph: str) -> FoundDateline | None:
    """The dateline that begins a paragraph; of several readings the longest.

    >>> inline_dateline("دمشق، سوريا (CNN) -- أكدت جهات سورية").dateline
    Dateline(place='دمشق، سوريا', agency='CNN')
    >>> inline_dateline("He said - and he meant it - that all was well") is None
    True
    """
    led = _LED.match(paragraph, 0, _LONGEST)
    if led and is_place(led["place"]) and (_DAY.match(led["day"]) or find_dates(led["day"])):
        return FoundDateline(led.end(), Dateline(led["place"], led["agency"]))
    best: FoundDateline | None = None
    for count, dash in enumerate(_DASH.finditer(paragraph, 0, _LONGEST)):
        if count == _MOST_DASHES:
            break
        head = paragraph[: dash.start()]
        if dash.end() >= len(paragraph) or ":" in head:
            break
        if head.count("(") != head.count(")"):
            continue
        sure = ":" not in dash.group() or is_place(head) or ("," in head and head.partition(",")[0].isupper())
        lone = not paragraph[dash.end()].islower() and sure
        found = _read(head, lone_place=lone)
        if found is None:
            continue
        if named := _reporter(paragraph, dash.end()):
            told, dates = found
            if not (told.agency or is_place(told.place or "")):
                told = Dateline(None, told.place)  # the paper, and who wrote it
            return FoundDateline(named[0], told, dates, *named[1:])
        best = FoundDateline(dash.end(), *found)
    return best or _bracketed(paragraph) or _glued(paragraph) or _slashed(paragraph)


def _reporter(text: str, start: int) -> tuple[int, str, Role] | None:
    """Who filed it, named after the dateline with a colon or a dash behind, and where that ends."""
    named = _REPORTER.match(text, start)
    if named is None:
        return None
    if named["name"]:
        return (named.end(), named["name"], "reporter") if named.end() < len(text) else None
    return (named.end(), named["bare"], "author") if byline_names(named["bare"]) else None


def _slashed(paragraph: str) -> FoundDateline | None:
    """``أبوظبي في 5 مارس / وام /`` and the sentence after it, with the agency in second place."""
    match = _SLASHED.match(paragraph, 0, _LONGEST)
    if match is None:
        return None
    head = _DAY.sub("", match["head"]).removesuffix(" في ").strip(" ،,")
    known = agencies().whole(words(fold(match["agency"]))) is not None
    if not (known and _is_place(head)) and not (is_place(head) and len(match["agency"].split()) <= _SHORTEST):
        return None
    return FoundDateline(match.end(), Dateline(head, match["agency"].strip()))


def _bracketed(paragraph: str) -> FoundDateline | None:
    """``(Damascus - SANA)`` with the sentence right after it."""
    bracket = _BRACKET.match(paragraph)
    found = _read(bracket[1], lone_place=False) if bracket else None
    return FoundDateline(bracket.end(), *found) if bracket and found and found[0].agency else None


def _glued(paragraph: str) -> FoundDateline | None:
    """``دمشق-سانا`` with the sentence after it and nothing between."""
    place = _GLUED.match(paragraph, 0, _LONGEST)
    if place is None or not _is_place(place.group()[:-1]):
        return None
    following = paragraph[place.end() : place.end() + _LONGEST_NAME]
    hit = agencies().at(found, 0) if (found := words(fold(following))) else None
    if hit is None or len(fold(following)) != len(following) or hit[0] == len(found):
        return None
    end = place.end() + found[hit[0] - 1].end
    agency = paragraph[place.end() : end]
    return FoundDateline(end + 1, Dateline(place.group()[:-1], agency)) if paragraph[end].isspace() else None


@lru_cache(maxsize=64)  # several passes ask it of the same few lines
def whole_dateline(line: str) -> FoundDateline | None:
    """The dateline that a whole line is; it must name an agency or end in a dash.

    >>> whole_dateline("Damascus, SMART").dateline
    Dateline(place='Damascus', agency='SMART')
    >>> whole_dateline("Aleppo, Syria") is None
    True
    """
    if len(line) > _LONGEST:
        return None
    if not _PARTED.search(line) and not _trailing_agency(line.strip()):
        return None
    bare = line.strip()
    for dash in _DASH.finditer(bare):  # place, agency and who filed it
        named = _reporter(bare, dash.end())
        told = _read(bare[: dash.start()], lone_place=False) if named and named[0] == len(bare) else None
        if named and told and told[0].agency:
            return FoundDateline(len(line), *told, *named[1:])
    trimmed = bare.rstrip(" -–—:ـ")
    if trimmed.startswith("(") and trimmed.endswith(")"):
        trimmed = trimmed[1:-1]
    own = fold(trimmed.rpartition(" ")[2]) in _EXCLUSIVE
    found = _read(trimmed, lone_place=own or len(trimmed) + 1 < len(bare), alone=True)
    return FoundDateline(len(line), *found) if found else None


def _read(
    head: str, *, lone_place: bool, alone: bool = False
) -> tuple[Dateline, tuple[FoundDate, ...]] | None:
    """Place, agency and dates of a dateline's text."""
    dates = tuple(find_dates(head)) if _DIGIT.search(head) else ()
    rest = head
    for date in reversed(dates):
        rest = f"{rest[: date.start]},{rest[date.end :]}"
    rest = _DAY.sub(",", rest)
    agency: str | None = None
    places: list[str] = []
    before = 0  # places before the agency
    for part in _PART.finditer(rest):
        marked = part["marked"] is not None
        text = " ".join((part["marked"][1:-1] if marked else part["plain"]).split())
        if not text or fold(text) in _EXCLUSIVE:
            continue
        split = None if marked else _trailing_agency(text)
        if split and agency is None:
            places.append(split[0])
            agency, before = split[1], len(places)
        elif agency is None and _is_agency(text, marked=marked, after=places, alone=alone):
            agency, before = text, len(places)
        else:
            places.append(text)
    outlet = len(places) == 2 and is_place(places[1]) and not (is_place(places[0]) or byline_names(places[0]))
    if agency is None and outlet:
        between = head[head.find(places[0]) + len(places[0]) : head.rfind(places[1])]
        if _BETWEEN.search(between):
            agency, places = places[0], places[1:]
    if not all(map(_is_place, places)) or len(places) > 3 or not (places or agency):
        return None
    if agency is not None and (len(agency.split()) > 6 or 0 < before < len(places)):
        return None
    if agency is None and not dates and not (lone_place and len(places) <= 2 and _short(places)):
        return None
    return Dateline(_joined(head, places), agency), dates


def _is_agency(text: str, *, marked: bool, after: list[str], alone: bool) -> bool:
    """Whether a part names an agency: it is known, marked, in capitals, or the part after a lone place."""
    found = words(fold(text))
    if agencies().whole(found):
        return True
    if fold(text) in countries():
        return False
    if not after:
        return marked and not alone and fold(text) not in cities()
    arabic = bool(found) and not text.isascii() and fold(after[0]) in cities()
    after_place = len(after) == 1 and len(found) == 1 and (text[0].isupper() or (alone and arabic))
    return marked or bool(_CAPITALS.fullmatch(text)) or after_place


def _trailing_agency(text: str) -> tuple[str, str] | None:
    """``Damascus SMART`` → place and agency."""
    parts = text.split()
    if not text or not text[0].isascii():
        return None  # too many Arabic papers are named by an everyday word
    for count in (3, 2, 1):
        if len(parts) > count and agencies().whole(words(fold(" ".join(parts[-count:])))):
            return " ".join(parts[:-count]), " ".join(parts[-count:])
    return None


def _short(places: list[str]) -> bool:
    """Whether places alone, with no agency beside them, can be a dateline."""
    latin = all(place[0].isascii() for place in places)
    return all(len(place.split()) <= (3 if latin else 2) for place in places)


def _joined(head: str, places: list[str]) -> str | None:
    """The places as they stand together in the text."""
    if len(places) < 2:
        return places[0] if places else None
    start, end = head.find(places[0]), head.rfind(places[-1])
    written = " ".join(head[start : end + len(places[-1])].split())
    if 0 <= start < end and not regex.search(r"[()\d]", written):
        return written
    return ("، " if regex.search(r"\p{scx=Arab}", head) else ", ").join(places)


def _is_place(text: str) -> bool:
    never = name_words("never") - {"of", "and", "the"}
    return (
        len(text.split()) <= 5
        and _PLACE.fullmatch(text) is not None
        and not any(word.text in never for word in words(fold(text)))
    )
