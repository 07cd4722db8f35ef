"""What an evaluation starts from: separated pages, plain lines, bitext."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from pathlib import Path

from bialign.align.formats import read_lines, read_pairs
from bialign.errors import InputError
from bialign.evaluation.gathering import Gathered, NameLexicon, gather
from bialign.files import expand, read_jsonl
from bialign.lexicon.records import Occurrence
from bialign.model import Page
from bialign.text.scripts import has_arabic, has_latin

_CLEAN = "give the pages.jsonl of `bialign clean`"


def load_pages(path: str | Path) -> Iterator[Page]:
    """The pages that ``bialign clean`` wrote.

    Raises:
        InputError: a line is no page record.
    """
    for number, data in read_jsonl(path):
        try:
            yield Page.from_dict(data)
        except (KeyError, TypeError, AttributeError) as error:
            lacks = f"no {error}" if isinstance(error, KeyError) else str(error)
            raise InputError(
                f"not a page record: {lacks}", path=str(path), place=f"line {number}", mend=_CLEAN
            ) from error


def load_all_pages(inputs: Sequence[str]) -> list[Page]:
    """The pages of any number of files, folders and globs.

    Raises:
        InputError: a file cannot be read or a line is no page record, or there is no page at all:
            a report on nothing would look like a good one.
    """
    pages = [page for name in expand(inputs) for page in load_pages(name)]
    if not pages:
        raise InputError("no page", path=" ".join(inputs), mend=_CLEAN)
    return pages


def load_lines(path: str | Path) -> list[str]:
    """The lines of a text file.

    Raises:
        InputError: the file cannot be read, has no text, or is not UTF-8.
    """
    lines = read_lines(str(path))
    if not any(line.strip() for line in lines):
        raise InputError("no text", path=str(path))
    return lines


@dataclass(frozen=True, slots=True)
class Bitext:
    """Parallel text, line by line.

    Args:
        pairs: Arabic and English.
        path: the file that has the English, for findings.
        documents: which document each pair is of; by default each is its own.
    """

    pairs: tuple[tuple[str, str], ...]
    path: str
    documents: tuple[str, ...]

    @property
    def located(self) -> list[tuple[str, str, str]]:
        """Arabic, English and where the pair stands, as ``build_lexicon`` takes them."""
        return [(ar, en, f"{self.path}#{number}") for number, (ar, en) in enumerate(self.pairs, 1)]


def is_bitext(inputs: Sequence[str]) -> bool:
    """Whether these inputs are parallel text and not pages: two text files, or one of pairs.

    JSON lines are bitext when their first record has ``ar`` and ``en`` and no segments.
    """
    suffixes = [Path(name).suffix.casefold() for name in inputs]
    if len(inputs) == 2 and not {".jsonl", ".ndjson"} & set(suffixes):
        return True
    if len(inputs) != 1:
        return False
    if suffixes[0] in (".tsv", ".tmx", ".xml"):
        return True
    if suffixes[0] not in (".jsonl", ".ndjson"):
        return False
    _, first = next(read_jsonl(inputs[0]), (0, {}))
    return "segments" not in first and bool({"ar", "ar_text"} & first.keys())


def load_bitext(inputs: Sequence[str], documents: str | None = None) -> Bitext:
    """Read Moses pairs (either order), TMX, TSV or JSON lines.

    Args:
        inputs: one file of pairs, or the two sides.
        documents: a file with a document's label a line, as many lines as pairs.

    Raises:
        InputError: line counts differ, or a side is empty, with the place.
    """
    paths = list(inputs)
    if len(paths) == 2 and not _is_arabic(paths[0]) and _is_arabic(paths[1]):
        paths.reverse()
    pairs = read_pairs(paths)
    if not any(text.strip() for sides in pairs for text in sides):
        raise InputError("no pair of texts", path=paths[0])
    for column, language, tell in ((0, "Arabic", has_arabic), (1, "English", has_latin)):
        path = paths[-column]
        if not any(tell(sides[column]) for sides in pairs):
            raise InputError(f"no {language} in it", path=path, mend="give Arabic and English texts")
    for number, sides in enumerate(pairs, 1):
        for side, text, path in zip(("Arabic", "English"), sides, (paths[0], paths[-1]), strict=True):
            if not text.strip() and any(other.strip() for other in sides):
                raise InputError(
                    f"the {side} side is empty", path=path, place=f"line {number}", mend="drop the pair"
                )
    labels = read_lines(documents) if documents else [str(number) for number in range(len(pairs))]
    if len(labels) != len(pairs):
        raise InputError(f"{len(labels)} labels for {len(pairs)} pairs", path=documents)
    return Bitext(tuple(pairs), paths[-1], tuple(labels))


def gather_bitext(bitext: Bitext, lexicon: NameLexicon) -> Gathered:
    """The occurrences of a lexicon that was built from ``bitext.located``, by line of the English file.

    The lexicon keeps a pair that stands on several lines once; here it counts on each. The id of a
    line is ``bitext#N``.
    """
    gathered = gather((), lexicon)
    repeated: dict[tuple[str, str], list[int]] = {}
    for number, pair in enumerate(bitext.pairs, 1):
        repeated.setdefault(pair, []).append(number)
    lines = {f"{bitext.path}#{number}": numbers for numbers in repeated.values() for number in numbers}
    uses: dict[str, list[tuple[str, Occurrence]]] = {}
    for name, use in gathered.uses:
        uses.setdefault(use.page, []).append((name, use))
    placed = sorted(
        ((number, document) for document in gathered.documents for number in lines.get(document.source, ())),
        key=itemgetter(0),
    )
    return replace(
        gathered,
        documents=tuple(
            replace(
                document,
                id=f"bitext#{number}",
                source=f"{bitext.path}#{number}",
                part_of=bitext.documents[number - 1],
            )
            for number, document in placed
        ),
        uses=tuple(
            (name, replace(use, page=f"bitext#{number}"))
            for number, document in placed
            for name, use in uses.get(document.id, ())
        ),
    )


def _is_arabic(path: str) -> bool:
    return any(has_arabic(line) for line in read_lines(path)[:100])
