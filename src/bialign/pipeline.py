"""The whole way: inputs to pages, names, lexicon, consistency and report."""

from __future__ import annotations

import heapq
import itertools
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from bialign.errors import BialignError, InputError
from bialign.evaluation.consistency import consistency
from bialign.files import STANDARD, JsonLines, dumps, expand, write_jsonl, writing
from bialign.lexicon.lexicon import Lexicon, build_lexicon
from bialign.model import Entry, Page, RawPage, Record
from bialign.pages.reading import read_pages
from bialign.pages.separating import separate_all
from bialign.pages.wanted import Sieve
from bialign.pages.written import PageLine, WrittenPages
from bialign.report.html import write_report

#: Counts the records of a crawl that were not wanted, by why; written where something says what is.
PASSED_OVER: Final = "passed_over.json"
#: The files of a run, in the order they are named to a person.
FILES = ("pages.jsonl", "lexicon.jsonl", "lexicon.tsv", "lexicon.db", "consistency.json", "report.html")


_PAGES_SHOWN: Final = 20
_NAMES_SHOWN: Final = 12


@dataclass(frozen=True, slots=True)
class Summary(Record):
    """What a run did.

    Args:
        out: the folder written.
        pages: the separated pages, read from their file when they are asked for.
        entries: the lexicon's entries, likewise.
        failed: one line for each input that could not be read.
        files: the files written, with their sizes in bytes.
        passed_over: of a crawl, how many records were not wanted, by why.
    """

    out: str
    pages: Sequence[Page]
    entries: Sequence[Entry]
    failed: tuple[str, ...]
    files: tuple[tuple[str, int], ...]
    passed_over: Mapping[str, int] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """As ``Record.to_dict``; every page and entry is read."""
        return json.loads("".join(self.as_json()))  # type: ignore[no-any-return]  # an object

    def as_json(self) -> Iterator[str]:
        """The summary as one JSON object, in pieces, so that no more than a record is held."""
        yield f'{{"out": {json.dumps(self.out, ensure_ascii=False)}'
        for name, records in (("pages", self.pages), ("entries", self.entries)):
            yield f', "{name}": ['
            for number, record in enumerate(records):
                yield ("" if number == 0 else ", ") + dumps(record)
            yield "]"
        rest = dumps({"failed": self.failed, "files": self.files, "passed_over": dict(self.passed_over)})
        yield f", {rest[1:]}"

    def as_text(self) -> str:
        """A few readable lines: what was separated, which names, which variants, which files."""
        return "\n".join(_summary_lines(self))


def run(
    inputs: str | Path | Iterable[str | Path],
    out: str | Path,
    *,
    on_error: Callable[[BialignError], None] | None = None,
) -> Summary:
    """Do the whole job on some inputs and write the results into a folder.

    The results appear together when all are made; an error before that leaves what was in
    ``out`` as it was.

    Args:
        inputs: files, folders, globs or ``-``; one of them or several.
        out: the folder to write; made if it does not exist.
        on_error: called with the error of each input that cannot be read; without it the first
            such error is raised.

    Returns:
        What was done.

    Raises:
        InputError: nothing could be read, or ``out`` cannot be a folder.
    """
    folder = out_folder(out)
    notes = Notes(on_error)
    names = [str(name) for name in ([inputs] if isinstance(inputs, str | Path) else inputs)]
    return run_pages(read(names, notes), folder, names, notes)


class Notes:
    """The inputs that failed, as lines.

    Args:
        on_error: called with each error; without it the error is raised.
    """

    def __init__(self, on_error: Callable[[BialignError], None] | None) -> None:
        self.lines: list[str] = []
        self._on_error = on_error

    def __call__(self, error: BialignError) -> None:
        """Keep one error and pass it on."""
        if self._on_error is None:
            raise error
        self.lines.append(str(error))
        self._on_error(error)


def out_folder(out: str | Path) -> Path:
    """The folder to write into, which need not exist yet.

    Raises:
        InputError: ``out`` is a file, or no name that a folder can have.
    """
    folder = Path(out)
    try:
        if folder.exists() and not folder.is_dir():
            raise InputError("is a file", path=str(folder), mend="name a folder with -o")
    except OSError as error:
        raise InputError(f"cannot be a folder: {error.strerror}", path=str(folder)) from error
    return folder


def read(
    inputs: Sequence[str],
    note: Callable[[BialignError], None],
    sieve: Sieve | None = None,
    *,
    warc: bool = False,
) -> Iterator[RawPage]:
    """The pages of all inputs in order.

    Args:
        inputs: files, folders, globs or ``-``.
        note: takes the error of what cannot be read.
        sieve: keeps the wanted pages; all if left out.
        warc: read WARC and WET files only: those of folders, and no others that are named.
    """
    for given in inputs:
        for name in expand([given]):
            try:
                if warc and name != STANDARD and not _is_warc(name):
                    if not Path(given).is_dir():
                        note(InputError("not a WARC file", path=name, mend="leave out --warc to read it"))
                    continue
                yield from read_pages(name, on_error=note, sieve=sieve)
            except BialignError as error:
                note(error)


def _is_warc(name: str) -> bool:
    from bialign.pages.warc import is_warc  # noqa: PLC0415  (fastwarc only where a WARC is read)

    return is_warc(name)


def write_passed_over(sieve: Sieve | None, folder: Path) -> None:
    """Write what was passed over into ``passed_over.json``; the file goes if everything was wanted."""
    path = folder / PASSED_OVER
    if sieve is None:
        path.unlink(missing_ok=True)
        return
    reasons = dict(sorted(sieve.passed.items(), key=lambda item: (-item[1], item[0])))
    with writing(path) as out:
        out.write(json.dumps({"kept": sieve.kept, "passed_over": reasons}, indent=1) + "\n")


def run_pages(raws: Iterable[RawPage], folder: Path, inputs: Sequence[str], notes: Notes) -> Summary:
    """Do the whole job on pages already read, in this process.

    Args:
        raws: the pages.
        folder: where the results go.
        inputs: what the person named, for the message when there is no page.
        notes: what could not be read; it grows while ``raws`` are read.

    Raises:
        InputError: there is no page.
    """
    following = iter(raws)
    first = next(following, None)
    if first is None:
        raise InputError("no page to read in " + (", ".join(inputs) or "nothing"))
    with scratch_folder(folder, folder) as made:
        separated = separate_all(itertools.chain([first], following))
        pages = WrittenPages(map(PageLine.of, separated), made / "pages.jsonl")
        return _finish(pages, build_lexicon(pages), folder, notes.lines, made)


def finish(
    pages: Iterable[Page], lexicon: Lexicon, folder: Path, failed: Sequence[str], scratch: Path | None = None
) -> Summary:
    """Evaluate, write every file of the run and say what was done.

    Args:
        pages: the separated pages, in the order of the input; ``WrittenPages`` are moved, others written.
        lexicon: made of them.
        folder: where the results go, all together.
        failed: a line for each input or page left out.
        scratch: an existing folder on the same disk to make the files in; ``folder`` if left out.
    """
    with scratch_folder(folder, scratch or folder) as made:
        if not isinstance(pages, WrittenPages):
            pages = WrittenPages(map(PageLine.of, pages), made / "pages.jsonl")
        return _finish(pages, lexicon, folder, failed, made)


def write_pages(pages: Iterable[Page], path: str | Path) -> int:
    """Write page records as JSON lines, atomically; returns how many."""
    return write_jsonl(pages, path)


@contextmanager
def scratch_folder(folder: Path, scratch: Path) -> Iterator[Path]:
    """A new folder in ``scratch`` to make the files in; it is gone afterwards."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=".bialign-", dir=scratch))
    except OSError as error:
        raise InputError(f"cannot write: {error.strerror}", path=str(folder)) from error
    try:
        yield made
    finally:
        shutil.rmtree(made)


def _finish(
    pages: WrittenPages, lexicon: Lexicon, folder: Path, failed: Sequence[str], made: Path
) -> Summary:
    """Write the other files into ``made``, then move all to where they belong together."""
    report = consistency(pages, lexicon, by="translator")
    for name in ("lexicon.jsonl", "lexicon.tsv"):
        lexicon.export(made / name)
    lexicon.save(made / "lexicon.db")
    with writing(made / "consistency.json") as stream:
        stream.write(report.to_json())
    write_report(pages, lexicon, report, made / "report.html")
    pages.move(folder / "pages.jsonl")
    for name in FILES[1:]:
        (made / name).replace(folder / name)
    files = tuple((str(folder / name), (folder / name).stat().st_size) for name in FILES)
    return Summary(
        str(folder), pages, JsonLines(folder / "lexicon.jsonl", Entry.from_dict), tuple(failed), files
    )


def _summary_lines(summary: Summary) -> Iterator[str]:
    pages = summary.pages
    yield f"{_count(len(pages), 'page')} read, {len(summary.failed)} could not be read"
    if summary.passed_over:
        counts = sorted(summary.passed_over.items(), key=lambda item: (-item[1], item[0]))
        told = ", ".join(f"{reason} {count:,}" for reason, count in counts)
        yield f"passed over {sum(summary.passed_over.values()):,}: {told}"
    for page in pages[:_PAGES_SHOWN]:
        makers = ", ".join(f"{credit.role.replace('_', ' ')} {credit.name}" for credit in page.credits)
        apart = [*page.categories, *page.tags, *(headline.text for headline in page.headlines)]
        yield f"  {Path(page.source).name}: {page.title or '(no title)'}"
        yield f"    {page.published or 'no date'}; {makers or 'no credits'}; {len(apart)} Arabic labels apart"
    if len(pages) > _PAGES_SHOWN:
        yield f"  and {len(pages) - _PAGES_SHOWN} more"
    seen = varied = proposed = 0
    for entry in summary.entries:
        spellings = sum(not v.proposed for v in entry.variants)
        seen, varied, proposed = seen + (spellings > 0), varied + (spellings > 1), proposed + (not spellings)
    yield (
        f"{_count(seen, 'name')} in English, {varied} of them in more than one spelling; "
        f"{proposed} in Arabic alone"
    )
    named = (entry for entry in summary.entries if any(not v.proposed for v in entry.variants))
    for entry in heapq.nsmallest(
        _NAMES_SHOWN, named, key=lambda e: (-sum(v.count for v in e.variants), e.canonical)
    ):
        forms = ", ".join(f"{v.text} {v.count}" for v in entry.variants if not v.proposed)
        yield f"  {entry.ar or '(no Arabic)'} [{_origin(entry)}]: {forms}"
    if seen > _NAMES_SHOWN:
        yield f"  and {seen - _NAMES_SHOWN} more"
    yield "written:"
    for name, size in summary.files:
        yield f"  {name} ({size:,} bytes)"


def _origin(entry: Entry) -> str:
    """Where the Arabic of an entry came from, in a word."""
    kinds = {evidence.kind for evidence in entry.evidence}
    if entry.ar is None:
        return "named on the page"
    if "model" in kinds:
        return "generated"
    return next((kind for kind in ("parallel", "gazetteer") if kind in kinds), "page")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
