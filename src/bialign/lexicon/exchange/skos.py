"""SKOS (W3C 2009) in Turtle: a concept for each name, its spellings as labels.

The canonical spelling is ``prefLabel``, other seen spellings ``altLabel``; one that no page
carries and a generated Arabic form are ``hiddenLabel``: found in a search, not shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Final
from urllib.parse import quote

from bialign.lexicon.exchange.markup import legible
from bialign.model import Entry

_HEAD: Final = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <https://schema.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@base <urn:bialign:lexicon> .

<urn:bialign:lexicon> a skos:ConceptScheme ; skos:prefLabel "Name-variant lexicon"@en .
"""
_CLASSES: Final = {
    "person": "schema:Person",
    "place": "schema:Place",
    "organisation": "schema:Organization",
    "other": "schema:Thing",
}
_ESCAPES: Final = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r", "\t": r"\t"})


def write(entries: Iterable[Entry], out: IO[str]) -> int:
    """Turtle, one concept a name."""
    out.write(_HEAD)
    count = 0
    for count, entry in enumerate(entries, 1):  # noqa: B007  (the count is returned)
        facts = [
            f"a skos:Concept, {_CLASSES[entry.type]}",
            "skos:inScheme <urn:bialign:lexicon>",
            f"skos:notation {_literal(entry.id)}",
            f"skos:prefLabel {_literal(entry.canonical)}@en",
        ]
        if entry.ar is not None:
            generated = any(e.kind == "model" for e in entry.evidence)
            facts.append(f"skos:{'hiddenLabel' if generated else 'prefLabel'} {_literal(entry.ar)}@ar")
        facts += [
            f"skos:{'hiddenLabel' if v.proposed else 'altLabel'} {_literal(v.text)}@en"
            for v in entry.variants
            if v.text != entry.canonical
        ]
        facts += [
            f"skos:note {_literal(f'{v.text}: {v.count} times on {v.pages} pages')}@en"
            for v in entry.variants
            if v.count
        ]
        if entry.status == "rejected":
            facts.append("owl:deprecated true")
        out.write(f"\n<urn:bialign:name:{quote(entry.id, safe='')}> " + " ;\n  ".join(facts) + " .\n")
    return count


def _literal(text: str) -> str:
    return f'"{legible(text).translate(_ESCAPES)}"'
