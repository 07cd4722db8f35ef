"""Names without a cue that stand where bylines stand, alone or beside a place, a paper or an address."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Final

import regex

from bialign.pages.credits import names_in
from bialign.pages.folding import fold
from bialign.pages.phrases import texts
from bialign.pages.sections import leading_section
from bialign.pages.tables import agencies, cities, countries, given_names, labels, name_words

_NAME_PARTS: Final = frozenset({"ابو", "ام", "عبد", "بن", "ابن", "بنت", "د"})
_LONGEST: Final = 90
_MOST_NAMES: Final = 4
_LONGEST_OFFICE: Final = 4
_SHORTEST_FAMILY: Final = 4
# What somebody is, after his name.
_OFFICES: Final = frozenset(
    fold(word)
    for word in (
        *(
            "مراسل",
            "مراسلة",
            "صحافي",
            "صحفي",
            "صحافية",
            "صحفية",
            "كاتب",
            "كاتبة",
            "باحث",
            "باحثة",
            "محرر",
            "محررة",
        ),
        *("محلل", "محللة", "أكاديمي", "أكاديمية", "إعلامي", "إعلامية", "مدون", "مدونة", "مترجم", "مترجمة"),
    )
)
# What a byline carries beside the name: an account, an address, a place in brackets.
_ADDRESS: Final = regex.compile(r"\S+@\S+|(?<!\S)@\S+|(?<!\S)[\w.]+@(?!\S)")
_BRACKET: Final = regex.compile(r"\s*[(\[](?P<in>[^()\[\]]{2,30})[)\]]\s*[:\-–—]*\s*$")
_EDGES: Final = " \t\u00a0*✍✎🖊🖋📝👤•·|/\\-–—:،,;\u200e\u200f\ufe0f"
_PARTS: Final = regex.compile(
    r"\s+[-–—|/•]\s*|(?<=\p{L})\s?[-–—|/](?=\s)|(?<=\p{Arabic})[-–—](?=\p{Arabic})|\s*[:|]\s*"
)
# ب. لمياء and لمياء.ب, as Algerian papers sign
_INITIAL: Final = regex.compile(r"\p{L}\s?\.\s?\p{L}{3,}|\p{L}{3,}\s?\.\s?\p{L}\.?")
_COMMA: Final = regex.compile(r"\s*[،,]\s*")


@dataclass(frozen=True, slots=True)
class Byline:
    """Names, and the place and the paper that stand with them."""

    names: tuple[str, ...]
    place: str | None = None
    agency: str | None = None
    section: str | None = None  # a part of no known sort before a bar


def byline_names(text: str, *, sure: bool = False, beside: bool = False) -> list[str]:
    """The names a text without a cue consists of, if it looks like a byline.

    Args:
        text: a line or a chunk of a bar.
        sure: the markup says that an author stands here.
        beside: a date or another credit stands beside it.

    >>> byline_names("محمد غيث"), byline_names("أخبار محلية")
    (['محمد غيث'], [])
    """
    found = texts(fold(text))
    head, dash, tail = text.rpartition(" - ")
    if dash and len(head.split()) > 1 and _like_name(found, beside=beside) and fold(tail) in cities():
        return byline_names(head, sure=sure, beside=beside)
    if (beside or sure) and _INITIAL.fullmatch(text.strip()):
        return [" ".join(text.split())]
    if not 2 <= len(found) <= 12 or not (sure or _like_name(found, beside=beside)):
        return []
    if leading_section(found) or agencies().whole_text(found):
        return []
    names = names_in(text)
    if any(not 2 <= len(name.split()) <= 5 for name in names):
        return []
    if not sure and not all(_like_name(texts(fold(name)), beside=beside) for name in names):
        return []
    return names


def read_byline(
    text: str, *, sure: bool = False, beside: bool = False, outlets: Collection[str] = ()
) -> Byline | None:
    """A byline with what stands around the name: ``بيروت: سعيد علي``, ``Jisr – Omar Haddad``, ``X (جدة) x@``.

    Args:
        text: a line between title and story, or another place of bylines.
        sure: the markup says that an author stands here.
        beside: a date or another credit stands beside it.
        outlets: keys of the site's own names.

    Returns:
        The names with place and paper; null where the line is something else.

    >>> read_byline("بيروت: سعيد علي")
    Byline(names=('سعيد علي',), place='بيروت', agency=None, section=None)
    >>> read_byline("مقتل ثلاثة - تفاصيل") is None
    True
    """
    if len(text) > _LONGEST:
        return None
    if not (sure or beside or _given_words().intersection(texts(fold(text)))):
        return None
    bare = (_ADDRESS.sub(" ", text) if "@" in text else text).strip(_EDGES)
    place = agency = None
    if (bracket := _BRACKET.search(bare)) and bracket.start():
        inside = bracket["in"].strip()
        if is_place(inside):
            place = inside
        elif agencies().whole_text(texts(fold(inside))):
            agency = inside
        elif len(inside.split()) > _LONGEST_OFFICE:
            return None
        bare = bare[: bracket.start()].strip(_EDGES)
    bare = _without_office(bare)
    if not bare:
        return None
    if not is_place(bare) and (names := byline_names(bare, sure=sure, beside=beside)):
        return Byline(tuple(names), place, agency)
    cuts = [*_PARTS.finditer(bare)] or [*_COMMA.finditer(bare)]
    if not 1 <= len(cuts) < _MOST_NAMES:
        return None
    edges = [0, *(edge for cut in cuts for edge in cut.span()), len(bare)]
    parts = [bare[a:b].strip(_EDGES) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return _parted(
        parts,
        [cut.group().strip() for cut in cuts],
        Byline((), place, agency),
        sure=sure or beside,
        outlets=outlets,
    )


@cache
def _given_words() -> frozenset[str]:
    """Folded words of which one begins every name that nothing beside it makes likely."""
    return given_names("ar").union(given_names("en"), _NAME_PARTS)


def _without_office(text: str) -> str:
    """A byline without the office after the name (``براء الشمري مراسل بغداد``)."""
    for index, word in enumerate(text.split()):
        if index > 1 and fold(word) in _OFFICES:
            return " ".join(text.split()[:index]).strip(_EDGES)
    return text


def _parted(
    parts: list[str], cuts: list[str], whole: Byline, *, sure: bool, outlets: Collection[str]
) -> Byline | None:
    """Parts of a line of which at least one is a name, and none is running text.

    A part that nothing is known of may be the paper, but not before a colon, where it is a label.
    """
    place, agency, names = whole.place, whole.agency, list[str]()
    strange: list[int] = []
    for index, part in enumerate(parts):
        found = texts(fold(part))
        if not found:
            continue
        if is_place(part):
            place = place or part
        elif agencies().whole_text(found) or " ".join(found) in outlets:
            agency = agency or part
        elif told := byline_names(part):
            names += told
        elif len(found) > _LONGEST_OFFICE or name_words("never").intersection(found):
            return None
        elif not labels().whole_text(found):
            strange.append(index)
    section: str | None = None
    for index in strange:
        if index < len(cuts) and ":" in cuts[index]:
            return None
        if index < len(cuts) and "|" in cuts[index] and names and section is None:
            section = parts[index]
            continue
        told = byline_names(parts[index], beside=True) if sure and not names else []
        names += told
        agency = agency or (None if told else parts[index])
    return Byline(tuple(names), place, agency, section) if names else None


def is_place(text: str) -> bool:
    """Whether a text is a city's or a country's name, or several joined by commas."""
    key = fold(text.strip())
    if key in cities() or key in countries():
        return True
    parts = _COMMA.split(key)
    return len(parts) > 1 and all(part in cities() or part in countries() for part in parts)


def _like_name(found: list[str], *, beside: bool) -> bool:
    if _begins_name(found[0], beside=beside):
        return True
    return beside and (not _NAME_PARTS.isdisjoint(found[1:]) or _is_family(found) or _after_father(found))


def _after_father(found: list[str]) -> bool:
    """Whether a father's name ends two or three Arabic words (``سهاد حسن``)."""
    return 2 <= len(found) <= 3 and found[-1] in given_names("ar") and not leading_section_of(found)


def _is_family(found: list[str]) -> bool:
    """Whether two or three Arabic words end in a family name with the article (``غيداء البشيتي``)."""
    if not 2 <= len(found) <= 3 or found[0].startswith("ال") or not found[-1].startswith("ال"):
        return False
    return (
        found[-1].endswith(("ي", "يه"))
        and len(found[-1]) > _SHORTEST_FAMILY
        and not leading_section_of(found)
    )


def leading_section_of(found: list[str]) -> bool:
    """Whether any of some folded words names a section."""
    return any(leading_section(found, index) for index in range(len(found)))


def _begins_name(word: str, *, beside: bool) -> bool:
    """Whether a folded word is a given name, or a Latin word where a date or credit stands beside."""
    if word.isascii():
        return beside or word in given_names("en")
    return word in given_names("ar") or word in _NAME_PARTS
