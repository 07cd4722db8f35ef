"""The whole way: inputs to pages, names, lexicon, consistency and report."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bialign.errors import BialignError, InputError
from bialign.evaluation.consistency import consistency
from bialign.files import expand, write_jsonl, writing
from bialign.lexicon.lexicon import Lexicon, build_lexicon
from bialign.model import Entry, Page, RawPage, Record
from bialign.pages.reading import read_pages
from bialign.pages.separating import separate_all
from bialign.report.html import write_report

#: The files of a run, in the order they are named to a person.
FILES = ("pages.jsonl", "lexicon.jsonl", "lexicon.tsv", "lexicon.db", "consistency.json", "report.html")


@dataclass(frozen=True, slots=True)
class Summary(Record):
    """What a run did.

    Args:
        out: the folder written.
        pages: the separated pages.
        entries: the lexicon's entries.
        failed: one line for each input that could not be read.
        files: the files written, with their sizes in bytes.
    """

    out: str
    pages: tuple[Page, ...]
    entries: tuple[Entry, ...]
    failed: tuple[str, ...]
    files: tuple[tuple[str, int], ...]

    def as_text(self) -> str:
        """A few readable lines: what was separated, which names, which variants, which files."""
        return "\n".join(_summary_lines(self))


def run(
    inputs: Iterable[str | Path],
    out: str | Path,
    *,
    on_error: Callable[[BialignError], None] | None = None,
) -> Summary:
    """Do the whole job on some inputs and write the results into a folder.

    The results appear together when all are made; an error before that leaves what was in
    ``out`` as it was.

    Args:
        inputs: files, folders, globs or ``-``.
        out: the folder to write; made if it does not exist.
        on_error: called with the error of each input that cannot be read; without it the first
            such error is raised.

    Returns:
        What was done.

    Raises:
        InputError: nothing could be read, or ``out`` cannot be a folder.
    """
    folder = Path(out)
    if folder.exists() and not folder.is_dir():
        raise InputError("is a file", path=str(folder), mend="name a folder with -o")
    failed: list[str] = []

    def note(error: BialignError) -> None:
        if on_error is None:
            raise error
        failed.append(str(error))
        on_error(error)

    pages = list(separate_all(_read([str(name) for name in inputs], note)))
    if not pages:
        raise InputError("no page to read in " + (", ".join(map(str, inputs)) or "nothing"))
    lexicon = build_lexicon(pages)
    _write_all(folder, pages, lexicon)
    files = tuple((str(folder / name), (folder / name).stat().st_size) for name in FILES)
    return Summary(str(folder), tuple(pages), tuple(lexicon.entries()), tuple(failed), files)


def write_pages(pages: Iterable[Page], path: str | Path) -> int:
    """Write page records as JSON lines, atomically; returns how many."""
    return write_jsonl(pages, path)


def _read(inputs: Sequence[str], note: Callable[[BialignError], None]) -> Iterator[RawPage]:
    for name in expand(inputs):
        try:
            yield from read_pages(name)
        except BialignError as error:
            note(error)


def _write_all(folder: Path, pages: list[Page], lexicon: Lexicon) -> None:
    """Write every file into a folder beside the last one's place, then move them in together."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=".bialign-", dir=folder))
    try:
        report = consistency(pages, lexicon, by="translator")
        write_pages(pages, made / "pages.jsonl")
        for name in ("lexicon.jsonl", "lexicon.tsv"):
            lexicon.export(made / name)
        lexicon.save(made / "lexicon.db")
        with writing(made / "consistency.json") as stream:
            stream.write(report.to_json())
        write_report(pages, lexicon, report, made / "report.html")
        for name in FILES:
            (made / name).replace(folder / name)
    finally:
        shutil.rmtree(made)


def _summary_lines(summary: Summary) -> Iterator[str]:
    pages, entries = summary.pages, summary.entries
    yield f"{_count(len(pages), 'page')}, {len(summary.failed)} could not be read"
    for page in pages[:20]:
        makers = ", ".join(f"{credit.role} {credit.name}" for credit in page.credits)
        yield f"  {Path(page.source).name}: {page.title or '(no title)'}"
        yield f"    {page.published or 'no date'}; {makers or 'no credits'}"
    seen = [entry for entry in entries if any(not v.proposed for v in entry.variants)]
    varied = [entry for entry in seen if sum(not v.proposed for v in entry.variants) > 1]
    yield f"{_count(len(seen), 'name')} in English, {len(varied)} of them spelled in more than one way"
    for entry in sorted(varied, key=lambda e: -sum(v.count for v in e.variants))[:15]:
        spellings = ", ".join(f"{v.text} ({v.count})" for v in entry.variants if not v.proposed)
        generated = " (generated)" if {e.kind for e in entry.evidence} == {"model"} else ""
        yield f"  {entry.ar or '—'}{generated}: {spellings}"
    yield "files"
    for name, size in summary.files:
        yield f"  {name} ({size:,} bytes)"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
