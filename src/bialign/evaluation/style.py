"""House-style lists: which spelling each name must have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bialign.errors import InputError
from bialign.evaluation.inputs import load_lines
from bialign.evaluation.joining import Speller
from bialign.model import Entry, Record
from bialign.text.arabic import fold_arabic
from bialign.text.scripts import has_arabic

_HEADERS = ("ar", "en", "arabic", "english", "name", "spelling")


@dataclass(frozen=True, slots=True)
class Prescription(Record):
    """One line of a style list.

    Args:
        ar: the Arabic name, null where the list gives the spelling alone.
        en: the spelling to use.
        place: ``line N`` of the list.
    """

    ar: str | None
    en: str
    place: str


@dataclass(frozen=True, slots=True)
class Style:
    """A style list as read.

    Args:
        path: of the file, for messages.
        prescriptions: in the order of the file.
    """

    path: str
    prescriptions: tuple[Prescription, ...]

    def bind(self, entries: Mapping[str, Entry]) -> dict[str, Prescription]:
        """The prescription of each entry (by id), by its Arabic name, else by spelling.

        Raises:
            InputError: two lines prescribe different spellings of one name.
        """
        arabic: dict[str, list[str]] = {}
        for entry in entries.values():
            if entry.ar:
                arabic.setdefault(fold_arabic(entry.ar), []).append(entry.id)
        speller = Speller(entries.values())
        bound: dict[str, Prescription] = {}
        for item in self.prescriptions:
            for name in _owners(item, arabic, speller):
                earlier = bound.setdefault(name, item)
                if earlier.en != item.en:
                    raise _clash(self.path, earlier, item)
        return bound


def _owners(item: Prescription, arabic: Mapping[str, list[str]], speller: Speller) -> Iterable[str]:
    if item.ar and fold_arabic(item.ar) in arabic:
        return arabic[fold_arabic(item.ar)]
    owner = speller.entry(item.en)
    return (owner,) if owner else ()


def load_style(path: str | Path) -> Style:
    """Read a style list: a spelling a line, or Arabic name and spelling with a tab between.

    Blank lines and lines that begin with ``#`` are passed over, and so is a header line.

    Raises:
        InputError: it cannot be read, a line has more than two columns or an empty one, or one
            Arabic name has two spellings.
    """
    name, seen = str(path), dict[str, Prescription]()
    prescriptions = []
    for item in _lines(name):
        if item.ar:
            earlier = seen.setdefault(fold_arabic(item.ar), item)
            if earlier.en != item.en:
                raise _clash(name, earlier, item)
        prescriptions.append(item)
    if not prescriptions:
        raise InputError("no spelling in the style list", path=name)
    return Style(name, tuple(prescriptions))


def _lines(path: str) -> Iterator[Prescription]:
    first = True
    for number, line in enumerate(load_lines(path), 1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = [column.strip() for column in line.split("\t")]
        header = first and all(column.casefold() in _HEADERS for column in columns)
        first = False
        if header:
            continue
        place = f"line {number}"
        if len(columns) > 2 or not all(columns):
            raise InputError("not a name and a spelling", path=path, place=place, mend="ar TAB en, or en")
        ar, en = (columns[0], columns[1]) if len(columns) == 2 else (None, columns[0])
        if has_arabic(en):
            raise InputError("the spelling is Arabic", path=path, place=place, mend="ar TAB en, or en")
        yield Prescription(ar, " ".join(en.split()), place)


def _clash(path: str, earlier: Prescription, later: Prescription) -> InputError:
    return InputError(
        f"two spellings for {later.ar or earlier.ar or 'one name'}: {later.en!r}, and {earlier.en!r} "
        f"on {earlier.place}",
        path=path,
        place=later.place,
        mend="keep one",
    )
