"""FollowTheMoney entities (Aleph, OpenSanctions) as JSON lines.

The data model has names, aliases and weak aliases but no counts: the canonical and the Arabic
spelling are ``name``, other seen spellings ``alias``, those that no page carries ``weakAlias``.
It has no class for a populated place: places are ``Address``, names of unknown kind ``LegalEntity``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, Any, Final

from bialign.errors import InputError
from bialign.files import dumps, read_jsonl
from bialign.lexicon.exchange import pairs
from bialign.model import Entry, NameType
from bialign.text.scripts import has_arabic, has_latin

_SCHEMATA: Final[dict[NameType, str]] = {
    "person": "Person",
    "place": "Address",
    "organisation": "Organization",
    "other": "LegalEntity",
}
_TYPES: Final[dict[str, NameType]] = {
    **{schema: kind for kind, schema in _SCHEMATA.items()},
    "Company": "organisation",
    "PublicBody": "organisation",
}


def write(entries: Iterable[Entry], out: IO[str]) -> int:
    """One entity a line; rejected entries are left out, since the model has no word for them."""
    count = 0
    for entry in entries:
        if entry.status == "rejected":
            continue
        generated = any(e.kind == "model" for e in entry.evidence)
        values: dict[str, list[str]] = {"name": [entry.canonical], "alias": [], "weakAlias": []}
        if entry.ar is not None:
            values["weakAlias" if generated else "name"].append(entry.ar)
        for v in entry.variants:
            if v.text != entry.canonical:
                values["weakAlias" if v.proposed else "alias"].append(v.text)
        properties = {name: texts for name, texts in values.items() if texts}
        out.write(dumps({"id": entry.id, "schema": _SCHEMATA[entry.type], "properties": properties}) + "\n")
        count += 1
    return count


def read(path: str) -> Iterator[Entry]:
    """Entries of the entities that have a name in Latin letters; other things are passed over.

    Raises:
        InputError: the file cannot be read, a line is no entity, or an id comes twice.
    """
    yield from pairs.gather(_pairs(path), path, "FollowTheMoney")


def _pairs(path: str) -> Iterator[pairs.Pair]:
    seen: set[str] = set()
    for line, data in read_jsonl(path):
        place = f"line {line}"
        entry_id, schema, properties = (data.get(key) for key in ("id", "schema", "properties"))
        if not isinstance(entry_id, str) or not isinstance(schema, str) or not isinstance(properties, dict):
            raise InputError("not an entity", path=path, place=place, mend="it needs id, schema, properties")
        if entry_id in seen:
            raise InputError(f"the id {entry_id!r} a second time", path=path, place=place)
        seen.add(entry_id)
        if schema not in _TYPES:
            continue
        names = [
            pairs.spelled(t, path, place)
            for key in ("name", "alias", "weakAlias")
            for t in _texts(properties, key)
        ]
        ar = next((name for name in names if has_arabic(name)), "")
        for number, name in enumerate(n for n in names if has_latin(n) and not has_arabic(n)):
            yield pairs.Pair(ar, name, place, type=_TYPES[schema], entry=entry_id, canonical=number == 0)


def _texts(properties: dict[str, Any], key: str) -> list[str]:
    values = properties.get(key)
    return [value for value in values if isinstance(value, str)] if isinstance(values, list) else []
