"""TMX 1.4b (LISA OSCAR 2005): one translation unit for each English spelling of an Arabic name.

How often a spelling stands and when last are ``usagecount`` and ``lastusagedate`` of the
English side; the entry's own facts are ``prop`` elements of types of ours (``x-…``). Names
without Arabic have no place in a file of translations.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import IO, Final
from xml.etree.ElementTree import Element

from bialign.errors import InputError
from bialign.lexicon.exchange import pairs
from bialign.lexicon.exchange.markup import LANG, elements, escaped, plain
from bialign.model import Entry, Variant

_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
    '<header creationtool="bialign" creationtoolversion="1" segtype="phrase" o-tmf="bialign"'
    ' adminlang="en" srclang="ar" datatype="plaintext"/>\n<body>\n'
)


def write(entries: Iterable[Entry], out: IO[str]) -> int:
    """One ``tu`` a spelling, the canonical one first; returns how many entries have Arabic."""
    count = 0
    out.write(_HEAD)
    for entry in entries:
        if entry.ar is None:
            continue
        count += 1
        for number, variant in enumerate(entry.variants):
            out.write(_unit(entry, entry.ar, variant, number))
    out.write("</body>\n</tmx>\n")
    return count


def _unit(entry: Entry, ar: str, variant: Variant, number: int) -> str:
    facts = {"x-entry": entry.id, "x-type": entry.type, "x-status": entry.status}
    if variant.text == entry.canonical:
        facts["x-canonical"] = "1"
    if variant.first:
        facts["x-first"] = variant.first
    properties = "".join(f'<prop type="{name}">{escaped(value)}</prop>' for name, value in facts.items())
    last = f' lastusagedate="{variant.last.replace("-", "")[:8]}T000000Z"' if variant.last else ""
    return (
        f'<tu tuid="{escaped(entry.id)}.{number}">{properties}'
        f'<tuv xml:lang="ar"><seg>{escaped(ar)}</seg></tuv>'
        f'<tuv xml:lang="en" usagecount="{variant.count}"{last}>'
        f"<seg>{escaped(variant.text)}</seg></tuv></tu>\n"
    )


def read(path: str) -> Iterator[Entry]:
    """Entries of a TMX file: our own units by their entry, others' by their Arabic.

    Raises:
        InputError: the file is no TMX, or a name holds markup.
    """
    yield from pairs.gather(_pairs(path), path, "TMX")


def read_pairs(path: str) -> Iterator[tuple[str, str]]:
    """``(Arabic, English)`` of every unit that has both: parallel text.

    Raises:
        InputError: the file is no TMX.
    """
    for _, unit in _units(path):
        sides = _sides(unit)
        for (ar, _), (en, _) in itertools.product(sides["ar"], sides["en"]):
            yield ar, en


def _units(path: str) -> Iterator[tuple[int, Element]]:
    found = False
    for line, element in elements(path, {"tu", "header"}):
        found = True
        if plain(element.tag) == "tu":
            yield line, element
    if not found:
        raise InputError("no TMX: neither header nor units", path=path)


def _sides(unit: Element) -> dict[str, list[tuple[str, Element]]]:
    """Texts of each language (its first subtag), with their ``tuv``."""
    sides: dict[str, list[tuple[str, Element]]] = {"ar": [], "en": []}
    for tuv in unit:
        language = (tuv.get(LANG) or tuv.get("lang") or "").lower().replace("_", "-").partition("-")[0]
        seg = next((child for child in tuv if plain(child.tag) == "seg"), None)
        if seg is not None and language in sides:
            sides[language].append((" ".join("".join(seg.itertext()).split()), tuv))
    return sides


def _pairs(path: str) -> Iterator[pairs.Pair]:
    for line, unit in _units(path):
        place = f"line {line}"
        facts = {p.get("type", ""): p.text or "" for p in unit if plain(p.tag) == "prop"}
        sides = _sides(unit)
        for (ar, _), (en, tuv) in itertools.product(sides["ar"], sides["en"]):
            last = tuv.get("lastusagedate", "")[:8]
            yield pairs.Pair(
                ar=pairs.spelled(ar, path, place),
                en=pairs.spelled(en, path, place),
                place=place,
                count=pairs.number(tuv.get("usagecount"), path, place),
                type=pairs.name_type(facts.get("x-type"), path, place),
                status=pairs.name_status(facts.get("x-status"), path, place),
                first=facts.get("x-first"),
                last=f"{last[:4]}-{last[4:6]}-{last[6:]}" if len(last) == 8 else None,
                entry=facts.get("x-entry"),
                canonical="x-canonical" in facts,
            )
