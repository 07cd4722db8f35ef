"""``bialign lexicon``: build, look up, merge, export, import, count, decide, compare."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bialign.cli import common
from bialign.cli.commands import Command, Group
from bialign.cli.lexicon_inputs import lines_in, lines_of, placed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bialign.lexicon.comparing import Change
    from bialign.lexicon.lexicon import Lexicon
    from bialign.model import Entry

app = typer.Typer(
    cls=Group,
    help="Build, search, exchange and correct the name-variant lexicon.",
    no_args_is_help=True,
)

LexiconPath = Annotated[str, typer.Argument(metavar="LEXICON", help="A lexicon file (.db).")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON lines.")]
OutOption = Annotated[
    str,
    typer.Option(
        "-o", "--out", metavar="FILE", help="Write here: .db, or another format by its ending; - prints."
    ),
]
AddOption = Annotated[bool, typer.Option("--add", help="Add to the lexicon FILE (.db) that is there.")]
FormatOption = Annotated[
    str | None, typer.Option("-f", "--format", metavar="FORMAT", help="Format, if the ending does not say.")
]

#: The decisions, as ``bialign.lexicon.decisions.Action``.
Action = Literal["accept", "reject", "merge", "split"]
#: The rules, as ``bialign.lexicon.canonical.Rule``.
Rule = Literal["frequent", "recent", "list", "ala-lc", "ijmes"]
#: Endings of lexicon files.
_DATABASES = (".db", ".sqlite", ".sqlite3")
#: Pieces of evidence that a look-up prints of an entry; ``--json`` has all.
_EVIDENCE_SHOWN = 3


@app.command(cls=Command)
def build(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...",
            help="Page records, parallel text (JSON lines, TSV, TMX, Moses x.ar x.en) or scraped pages.",
        ),
    ],
    out: OutOption = "-",
    add: AddOption = False,
    rule: Annotated[
        Rule | None,
        typer.Option("--canonical", help="List names under this spelling; frequent if left out."),
    ] = None,
    prefer: Annotated[
        str | None,
        typer.Option("--prefer", metavar="FILE", help="--canonical list: the spellings, one a line."),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            "-j", "--jobs", min=1, help="Processes at work; all cores if left out.", show_default=False
        ),
    ] = None,
) -> None:
    """Make a lexicon of pages, of parallel text, or of both.

    Called again after an interruption with the same inputs and FILE, it goes on where it stopped.
    """
    from bialign.files import expand
    from bialign.lexicon.exchange.bitext import pair_up
    from bialign.running.lexicons import add_pages

    failures = common.Failures()
    with _target(out, add) as lexicon, _folder_for(out) as folder:
        if rule is not None:
            lexicon.list_under(rule, lines_in(prefer) if prefer else ())
        pairs: list[tuple[str, str, str]] = []
        items = failures.each(pair_up(expand(inputs)), lambda paths: placed(*paths, failures.note))
        pages = add_pages(lexicon, lines_of(items, pairs), folder, jobs=jobs, on_error=failures.note)
        if pages or pairs or not failures.count:
            lexicon.add((), pairs)
            _write(lexicon, out, f"{pages} pages and {len(pairs)} pairs")
    failures.leave()


@app.command(cls=Command)
def lookup(
    lexicon: LexiconPath,
    names: Annotated[list[str], typer.Argument(metavar="NAME...", help="Names in either script.")],
    limit: Annotated[int, typer.Option("-n", "--limit", min=1, help="Entries for each name.")] = 5,
    as_json: AsJson = False,
) -> None:
    """Look names up: either script, misspelt or only begun; every answer says why."""
    from bialign.files import dumps

    with _open(lexicon) as opened:
        for name in names:
            found = opened.lookup(name, limit)
            if as_json:
                typer.echo(dumps({"query": name, "found": [f.to_dict() for f in found]}))
                continue
            typer.echo(f"{name}: {len(found) or 'nothing'} found")
            for f in found:
                typer.echo(f"  {f.probability:.2f}  {_line(f.entry)}")
                typer.echo(f"        {f.why}; id {f.entry.id}")
                for e in f.entry.evidence[:_EVIDENCE_SHOWN]:
                    typer.echo(f"        {e.kind}: {e.detail}, {e.source}")


@app.command(cls=Command)
def merge(
    lexicons: Annotated[list[str], typer.Argument(metavar="LEXICON...", help="Lexicon files (.db).")],
    out: OutOption = "-",
) -> None:
    """Put lexicons together: what each observed, was given and had decided; a page of two counts once."""
    with _target(out, add=False) as merged:
        for path in lexicons:
            with _open(path) as opened:
                merged.merge(opened)
        _write(merged, out, f"{len(lexicons)} lexicons")


@app.command(cls=Command)
def export(lexicon: LexiconPath, out: OutOption = "-", form: FormatOption = None) -> None:
    """Write the lexicon in a format of others."""
    with _open(lexicon) as opened:
        count = opened.export(out, form or ("jsonl" if out == "-" else None))
    if out != "-":
        typer.echo(f"{count} names in {out}", err=True)


@app.command("import", cls=Command)
def import_(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT...", help="Files of entries or of pairs.")],
    out: OutOption = "-",
    form: FormatOption = None,
    add: AddOption = False,
) -> None:
    """Read entries of other formats into a lexicon; a file imported again takes its first's place."""
    from pathlib import Path

    from bialign.errors import BialignError
    from bialign.files import STANDARD, expand, opened
    from bialign.lexicon import exchange

    failures = common.Failures()
    read = 0
    with _target(out, add) as lexicon:
        for path in expand(inputs):
            try:
                if path != STANDARD:
                    with opened(path):  # a file that is not there is told before what its ending lacks
                        pass
                lexicon.give(exchange.read(path, form), Path(path).name)
                read += 1
            except BialignError as error:
                failures.note(error)
        if read:
            _write(lexicon, out, f"{read} files")
    failures.leave()


@app.command(cls=Command)
def stats(
    lexicon: LexiconPath,
    as_json: AsJson = False,
    check: Annotated[
        bool, typer.Option("--check", help="Read the whole file and say if it is sound.")
    ] = False,
) -> None:
    """Count what a lexicon holds."""
    from bialign.files import dumps

    with _open(lexicon) as opened:
        if check:
            opened.store.check()
        counts = opened.stats()
    if as_json:
        typer.echo(dumps(counts))
        return
    for name, count in counts.items():
        typer.echo(f"{count:>12,}  {name.replace('_', ' ')}")


@app.command(cls=Command)
def decide(
    lexicon: LexiconPath,
    action: Annotated[Action, typer.Argument(metavar="ACTION", help="accept, reject, merge or split.")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="The entry's id, or a spelling only it has.")],
    who: Annotated[str, typer.Option("--who", help="Who decides; kept with the decision.")],
    other: Annotated[str | None, typer.Option("--other", help="merge: the entry that goes into it.")] = None,
    texts: Annotated[
        list[str] | None, typer.Option("--text", help="split: a spelling that leaves; may be repeated.")
    ] = None,
    ar: Annotated[str | None, typer.Option("--ar", help="split: the Arabic of those that leave.")] = None,
    note: Annotated[str, typer.Option("--note", help="Why.")] = "",
) -> None:
    """Accept, reject, merge or split names; a decision survives every rebuild."""
    with _open(lexicon) as opened:
        other_id = None if other is None else _entry_id(opened, other)
        entry_id = _entry_id(opened, name)
        opened.decide(action, entry_id, other=other_id, texts=tuple(texts or ()), ar=ar, who=who, note=note)
        entry = opened.entry(entry_id)
        typer.echo(f"{action}: {_line(entry) if entry else entry_id}")


@app.command(cls=Command)
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="A lexicon (.db), or entries in any format.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Another.")],
    as_json: AsJson = False,
) -> None:
    """Compare two lexicons: new names, changed spellings, lost names."""
    from bialign.files import dumps
    from bialign.lexicon.comparing import compare

    for change in compare(_entries(old), _entries(new)):
        typer.echo(dumps(change) if as_json else _told(change))


@contextmanager
def _folder_for(out: str) -> Iterator[Path]:
    """Where the journal of a lexicon lies until it is written: beside it, so that it is found again."""
    import shutil
    import tempfile
    from pathlib import Path

    if out == "-":
        with tempfile.TemporaryDirectory() as scratch:
            yield Path(scratch)
    else:
        path = Path(out)
        folder = path.with_name(f".{path.name}.building")
        yield folder
        shutil.rmtree(folder, ignore_errors=True)


def _told(change: Change) -> str:
    parts = []
    if change.canonical is not None:
        parts.append(f"was {change.canonical}")
    if change.ar is not None:
        parts.append(f"was {change.ar}")
    if change.status is not None:
        parts.append(f"was {change.status}")
    parts += [f"+ {text}" for text in change.gained]
    parts += [f"- {text}" for text in change.dropped]
    parts += [f"{text} {before} → {now}" for text, before, now in change.counts]
    return f"{change.change:8}{_line(change.entry)}" + (f"\n        {'; '.join(parts)}" if parts else "")


def _line(entry: Entry) -> str:
    spellings = ", ".join(f"{v.text} ({'proposed' if v.proposed else v.count})" for v in entry.variants)
    generated = " (generated)" if entry.ar and any(e.kind == "model" for e in entry.evidence) else ""
    return f"{entry.ar or '—'}{generated}  {entry.type}, {entry.status}: {spellings}"


def _open(path: str) -> Lexicon:
    from bialign.lexicon.lexicon import Lexicon

    return Lexicon.open(path)


def _target(out: str, add: bool) -> Lexicon:
    """The lexicon to fill: the one in the file, or a new one that can be written there."""
    from bialign.errors import UsageError
    from bialign.lexicon.exchange import format_of
    from bialign.lexicon.lexicon import Lexicon

    if out != "-" and not out.endswith(_DATABASES):
        format_of(out)

    if add and not out.endswith(_DATABASES):
        raise UsageError("--add needs a lexicon file", mend="name it with -o FILE.db")
    return Lexicon.open(out) if add else Lexicon()


def _write(lexicon: Lexicon, out: str, of: str) -> None:
    """Save or export, by the ending."""
    if out == "-":
        lexicon.export(out, "jsonl")
        return
    if out.endswith(_DATABASES):
        lexicon.save(out)
    else:
        lexicon.export(out)
    typer.echo(f"{len(lexicon)} names of {of} in {out}", err=True)


def _entries(path: str) -> Iterator[Entry]:
    from bialign.lexicon import exchange

    if path.endswith(_DATABASES):
        with _open(path) as opened:
            yield from opened.entries()
    else:
        yield from exchange.read(path)


def _entry_id(lexicon: Lexicon, name: str) -> str:
    """The id itself, or that of the only entry with this spelling.

    Raises:
        UsageError: no entry, or more than one, has it.
    """
    from bialign.errors import UsageError

    if lexicon.entry(name) is not None:
        return name
    ids = [
        f.entry.id
        for f in lexicon.lookup(name)
        if name == f.entry.ar or name in {v.text for v in f.entry.variants}
    ]
    if len(ids) != 1:
        raise UsageError(
            f"{len(ids) or 'no'} entries have the spelling {name!r}",
            mend="give an id: bialign lexicon lookup shows it",
        )
    return ids[0]
