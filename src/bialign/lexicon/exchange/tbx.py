"""TBX-Basic, the terminology exchange format: ISO 30042:2019 in DCT style, and the 2008 form.

A name is a concept, its spellings are terms. The canonical spelling is the preferred term, the
others are admitted, all of a rejected entry deprecated; one that no page carries has no status.
The 2008 form (``martif``) is for tools that read no other, such as the Translate Toolkit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, Final
from xml.etree.ElementTree import Element

from bialign.errors import InputError
from bialign.lexicon.exchange import pairs
from bialign.lexicon.exchange.markup import LANG, elements, escaped, plain
from bialign.model import Entry

_HEAD_2019: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"'
    ' xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">\n'
    "<tbxHeader><fileDesc><sourceDesc><p>Name-variant lexicon made by bialign</p></sourceDesc></fileDesc>"
    "</tbxHeader>\n<text><body>\n"
)
_HEAD_2008: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<martif type="TBX-Basic" xml:lang="en">\n'
    "<martifHeader><fileDesc><sourceDesc><p>Name-variant lexicon made by bialign</p></sourceDesc></fileDesc>"
    '<encodingDesc><p type="XCSURI">TBXBasicXCSV02.xcs</p></encodingDesc></martifHeader>\n<text><body>\n'
)
_PREFERRED, _ADMITTED, _DEPRECATED = (
    "preferredTerm-admn-sts",
    "admittedTerm-admn-sts",
    "deprecatedTerm-admn-sts",
)
_GENERATED: Final = "generated, not seen in any text"


def write(entries: Iterable[Entry], out: IO[str]) -> int:
    """ISO 30042:2019, TBX-Basic, data categories as tags."""
    out.write(_HEAD_2019)
    count = 0
    for count, entry in enumerate(entries, 1):  # noqa: B007  (the count is returned)
        out.write(
            f'<conceptEntry id="c-{escaped(entry.id)}"><min:subjectField>{entry.type}</min:subjectField>\n'
        )
        for language, terms in _languages(entry):
            out.write(f'<langSec xml:lang="{language}">')
            for text, status, note in terms:
                out.write(f"<termSec><term>{escaped(text)}</term>")
                out.write("<min:partOfSpeech>noun</min:partOfSpeech>")
                out.write(f"<min:administrativeStatus>{status}</min:administrativeStatus>" if status else "")
                out.write(f"<note>{note}</note></termSec>\n" if note else "</termSec>\n")
            out.write("</langSec>\n")
        out.write("</conceptEntry>\n")
    out.write("</body></text>\n</tbx>\n")
    return count


def write_2008(entries: Iterable[Entry], out: IO[str]) -> int:
    """ISO 30042:2008, TBX-Basic."""
    out.write(_HEAD_2008)
    count = 0
    for count, entry in enumerate(entries, 1):  # noqa: B007  (the count is returned)
        out.write(
            f'<termEntry id="c-{escaped(entry.id)}"><descrip type="subjectField">{entry.type}</descrip>\n'
        )
        for language, terms in _languages(entry):
            out.write(f'<langSet xml:lang="{language}">')
            for text, status, note in terms:
                out.write(f"<tig><term>{escaped(text)}</term>")
                out.write('<termNote type="partOfSpeech">properNoun</termNote>')
                out.write(f'<termNote type="administrativeStatus">{status}</termNote>' if status else "")
                out.write(f"<note>{note}</note></tig>\n" if note else "</tig>\n")
            out.write("</langSet>\n")
        out.write("</termEntry>\n")
    out.write("</body></text>\n</martif>\n")
    return count


def _languages(entry: Entry) -> Iterator[tuple[str, list[tuple[str, str | None, str | None]]]]:
    """For each language its terms: text, administrative status, note."""
    rejected = _DEPRECATED if entry.status == "rejected" else None
    if entry.ar is not None:
        generated = _GENERATED if any(e.kind == "model" for e in entry.evidence) else None
        yield "ar", [(entry.ar, rejected or (None if generated else _PREFERRED), generated)]
    yield (
        "en",
        [
            (
                v.text,
                rejected or (None if v.proposed else _PREFERRED if v.text == entry.canonical else _ADMITTED),
                "no page carries it" if v.proposed else f"seen {v.count} times on {v.pages} pages",
            )
            for v in entry.variants
        ],
    )


def read(path: str) -> Iterator[Entry]:
    """Entries of a TBX file, in the form of 2019 (tags or attributes) or of 2008.

    Raises:
        InputError: the file is no TBX, or a name holds markup.
    """
    yield from pairs.gather(_pairs(path), path, "TBX")


def _pairs(path: str) -> Iterator[pairs.Pair]:
    seen: set[str] = set()
    found = False
    for line, concept in elements(path, {"conceptEntry", "termEntry", "tbxHeader", "martifHeader"}):
        found = True
        if plain(concept.tag).endswith("Header"):
            continue
        place = f"line {line}"
        number = concept.get("id") or place
        if number in seen:
            raise InputError(f"the id {number!r} a second time", path=path, place=place)
        seen.add(number)
        yield from _concept(concept, number.removeprefix("c-"), path, place)
    if not found:
        raise InputError("no TBX: neither header nor concepts", path=path)


def _concept(concept: Element, entry_id: str, path: str, place: str) -> Iterator[pairs.Pair]:
    terms: dict[str, list[tuple[str, str]]] = {"ar": [], "en": []}
    subject = ""
    for child in concept:
        if _category(child) == "subjectField":
            subject = (child.text or "").strip()
        language = child.get(LANG, "").lower().partition("-")[0]
        if language in terms:
            for section in child:
                text = next((t for t in section.iter() if plain(t.tag) == "term"), None)
                status = next((s.text or "" for s in section if _category(s) == "administrativeStatus"), "")
                if text is not None:
                    terms[language].append((pairs.spelled("".join(text.itertext()), path, place), status))
    ar = next((text for text, status in terms["ar"] if status == _PREFERRED), None) or next(
        (text for text, _ in terms["ar"]), ""
    )
    for en, status in terms["en"]:
        yield pairs.Pair(
            ar=ar,
            en=en,
            place=place,
            type=pairs.name_type(subject if subject in pairs.TYPES else None, path, place),
            status="rejected" if status == _DEPRECATED else "proposed",
            entry=entry_id,
            canonical=status == _PREFERRED,
        )


def _category(element: Element) -> str:
    """The data category, given as the tag or as the ``type`` of a general one."""
    name = plain(element.tag)
    return element.get("type", name) if name in {"descrip", "termNote", "admin"} else name
