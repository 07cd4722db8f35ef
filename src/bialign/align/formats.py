"""Reading and writing texts, sentence pairs and alignments.

Read: text lines, paragraphs, JSON lines, TSV, TMX 1.4 and Moses pairs of files. Written: JSON
lines, TSV, TMX, Moses pairs; word links in the Pharaoh format (``i-j``, English before Arabic).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from bialign.errors import InputError, UsageError
from bialign.files import STANDARD, read_jsonl, read_text, writing
from bialign.model import Bead
from bialign.text.sentences import sentences

Pair = tuple[str, str]
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
#: What XML 1.0 cannot carry.
_NOT_XML = {code: " " for code in range(32) if code not in (9, 10, 13)} | {0xFFFE: " ", 0xFFFF: " "}


def read_lines(path: str) -> list[str]:
    """The lines of a UTF-8 text, blank ones kept, without line ends; a BOM is dropped.

    Raises:
        InputError: the file cannot be read or is no UTF-8.
    """
    lines = read_text(path).replace("\r\n", "\n").split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def read_sentences(path: str, *, language: str = "", split: bool = False) -> list[str]:
    """The sentences of one side.

    Args:
        path: text with a sentence a line, or JSON lines with ``text`` (or the language's key).
        language: ``ar`` or ``en``.
        split: cut every line (a paragraph) into sentences first.

    Raises:
        InputError: the file cannot be read, or a record has no text.
    """
    if path.endswith((".jsonl", ".ndjson")):
        lines = [_field(record, ("text", language, "body"), path, line) for line, record in read_jsonl(path)]
    else:
        lines = read_lines(path)
    if not split:
        return lines
    return [sentence.text for line in lines for sentence in sentences(line, language)]


def _field(record: dict[str, object], keys: tuple[str, ...], path: str, line: int) -> str:
    for key in keys:
        value = record.get(key)
        if isinstance(value, str):
            return value
    raise InputError(f"no {' or '.join(filter(None, keys))}", path=path, place=f"line {line}")


def read_pairs(paths: Sequence[str]) -> list[Pair]:
    """Sentence pairs ``(ar, en)``.

    Args:
        paths: one file of pairs (``.tsv``, ``.tmx``, ``.jsonl``; standard input is TSV), or an
            Arabic and an English file of as many lines.

    Raises:
        InputError: a file cannot be read or has another shape.
        UsageError: not one or two files.
    """
    if len(paths) == 2:
        ar, en = read_sentences(paths[0], language="ar"), read_sentences(paths[1], language="en")
        if len(ar) != len(en):
            raise InputError(
                f"{len(en)} lines, but {paths[0]} has {len(ar)}", path=paths[1], mend="align sentences first"
            )
        return list(zip(ar, en, strict=True))
    if len(paths) != 1:
        raise UsageError("give one file of pairs, or an Arabic and an English file")
    path = paths[0]
    if path.endswith((".tmx", ".xml")):
        return read_tmx(path)
    if path.endswith((".jsonl", ".ndjson")):
        return [
            (_side(record, "ar", path, line), _side(record, "en", path, line))
            for line, record in read_jsonl(path)
        ]
    out: list[Pair] = []
    for number, line in enumerate(read_lines(path), 1):
        cells = line.split("\t")
        if number == 1 and cells[:2] == ["ar", "en"]:
            continue
        if len(cells) < 2:
            raise InputError("no tab", path=path, place=f"line {number}", mend="Arabic, tab, English")
        out.append((cells[0], cells[1]))
    return out


def _side(record: dict[str, object], language: str, path: str, line: int) -> str:
    """One side of a record of pairs; the records of ``align sentences`` hold lists of texts."""
    texts = record.get(f"{language}_text")
    if isinstance(texts, list):
        return " ".join(str(text) for text in texts)
    return _field(record, (language,), path, line)


def read_tmx(path: str) -> list[Pair]:
    """The Arabic and English segments of a TMX file; units that lack one side are passed over.

    Raises:
        InputError: the file cannot be read or is no XML, or declares entities.
    """
    text = "\n".join(read_lines(path))
    if "<!ENTITY" in text:
        raise InputError("declares entities", path=path, mend="a TMX file needs none")
    try:
        root = ET.fromstring(text.lstrip())  # noqa: S314  (entities were refused above)
    except ET.ParseError as error:
        raise InputError(f"no XML: {error}", path=path) from error
    out: list[Pair] = []
    for unit in root.iter("tu"):
        sides: dict[str, str] = {}
        for variant in unit.iter("tuv"):
            language = (variant.get(_LANG) or variant.get("lang") or "").lower()[:2]
            segment = variant.find("seg")
            if segment is not None:
                sides[language] = "".join(segment.itertext())
        if "ar" in sides and "en" in sides:
            out.append((sides["ar"], sides["en"]))
    return out


def bead_records(beads: Iterable[Bead], ar: Sequence[str], en: Sequence[str]) -> Iterator[dict[str, object]]:
    """Beads with their sentences, one JSON object each."""
    for bead in beads:
        texts = {"ar_text": [ar[i] for i in bead.ar], "en_text": [en[j] for j in bead.en]}
        yield bead.to_dict() | texts


def joined(beads: Iterable[Bead], ar: Sequence[str], en: Sequence[str]) -> Iterator[Pair]:
    """The pairs of texts that beads join; sentences left alone are passed over."""
    for bead in beads:
        if bead.ar and bead.en:
            yield _one_line(ar[i] for i in bead.ar), _one_line(en[j] for j in bead.en)


def _one_line(texts: Iterable[str]) -> str:
    return " ".join(" ".join(texts).split())


def write_tsv(beads: Sequence[Bead], ar: Sequence[str], en: Sequence[str], path: str) -> None:
    """Write beads as lines of Arabic, English, confidence and both index lists, with a header."""
    with writing(path) as out:
        out.write("ar\ten\tscore\tar_lines\ten_lines\n")
        for bead in beads:
            cells = (_one_line(ar[i] for i in bead.ar), _one_line(en[j] for j in bead.en))
            places = (",".join(map(str, side)) for side in (bead.ar, bead.en))
            out.write("\t".join((*cells, f"{bead.score:.4f}", *places)) + "\n")


def write_tmx(pairs: Iterable[Pair], path: str) -> None:
    """Write pairs as TMX 1.4."""
    with writing(path) as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n')
        out.write('<header creationtool="bialign" creationtoolversion="1" segtype="sentence" ')
        out.write('o-tmf="bialign" adminlang="en" srclang="ar" datatype="plaintext"/>\n<body>\n')
        for ar, en in pairs:
            sides = (("ar", ar), ("en", en))
            variants = "".join(
                f'<tuv xml:lang="{code}"><seg>{escape(text.translate(_NOT_XML))}</seg></tuv>'
                for code, text in sides
            )
            out.write(f"<tu>{variants}</tu>\n")
        out.write("</body>\n</tmx>\n")


def write_moses(pairs: Iterable[Pair], path: str) -> None:
    """Write ``PATH.ar`` and ``PATH.en``, line by line translations.

    Raises:
        UsageError: standard output was asked for.
    """
    if path == STANDARD:
        raise UsageError("the moses format is two files", mend="-o NAME writes NAME.ar and NAME.en")
    with writing(f"{path}.ar") as ar_out, writing(f"{path}.en") as en_out:
        for ar, en in pairs:
            ar_out.write(ar + "\n")
            en_out.write(en + "\n")


def pharaoh(links: Iterable[tuple[int, int]]) -> str:
    """Links as ``i-j``, English before Arabic.

    >>> pharaoh([(0, 1), (2, 0)])
    '0-1 2-0'
    """
    return " ".join(f"{i}-{j}" for i, j in links)


def read_pharaoh(path: str) -> list[set[tuple[int, int]]]:
    """The links of each line.

    Raises:
        InputError: the file cannot be read or a link is no ``i-j``.
    """
    out: list[set[tuple[int, int]]] = []
    for number, line in enumerate(read_lines(path), 1):
        try:
            links = {(int(i), int(j)) for i, j in (link.split("-") for link in line.split())}
        except ValueError as error:
            raise InputError(
                "not a Pharaoh line", path=path, place=f"line {number}", mend="0-0 1-2"
            ) from error
        out.append(links)
    return out
