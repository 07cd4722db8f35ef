"""``bialign names``: where names stand in pages or texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

if TYPE_CHECKING:
    from bialign.model import Page

_PARTS_APART = "\n\n"
_COLUMNS = ("source", "part", "start", "end", "type", "text", "reason")


def names(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT...", help="Page records (.jsonl) or texts: files, folders, globs, -."),
    ],
    out: Annotated[str, typer.Option("-o", "--out", metavar="FILE", help="Where to write.")] = "-",
    language: Annotated[
        str | None, typer.Option("--language", help="Only en or only ar; both if left out.")
    ] = None,
    as_json: Annotated[
        bool,
        typer.Option("--json/--table", help="JSON lines, or tab-separated columns for a person to read."),
    ] = True,
    backend: Annotated[
        str | None,
        typer.Option(
            "--backend",
            metavar="NAME",
            help="Another finder, where it is installed: spacy, spacy:MODEL (English), camel, camel:MODEL"
            " (Arabic). Needs --language.",
        ),
    ] = None,
) -> None:
    """Find names: one JSON object a mention, with its input, part, span, type and reason."""
    from bialign.cli.common import Failures, stop
    from bialign.errors import UsageError
    from bialign.files import expand, write_jsonl, writing

    if language not in (None, "en", "ar"):
        stop(UsageError(f"no names are found in language {language!r}", mend="en or ar"))
    if backend is not None:
        _check_backend(backend, language)
    failures = Failures()
    found = failures.each(expand(inputs), lambda path: _names_of(path, language, backend))
    if as_json:
        write_jsonl(found, out)
    else:
        with writing(out) as stream:
            stream.write("\t".join(_COLUMNS) + "\n")
            for row in found:
                cells = (row[column] if row[column] is not None else "" for column in _COLUMNS)
                stream.write("\t".join(" ".join(str(cell).split()) for cell in cells) + "\n")
    failures.leave()


def _check_backend(backend: str, language: str | None) -> None:
    """Stop before any input is read where the backend cannot work."""
    from bialign.cli.common import stop
    from bialign.errors import UsageError
    from bialign.names.backends import backend as find_backend

    if language is None:
        stop(UsageError("a backend knows one language", mend="say --language en or --language ar"))
    try:
        find_backend(backend)
    except UsageError as error:
        stop(error)


def _names_of(path: str, language: str | None, backend: str | None) -> Iterator[dict[str, Any]]:
    """The mentions of one input; standard input is told by its first byte."""
    import io
    import sys

    from bialign.files import STANDARD

    pages = path.removesuffix(".gz").removesuffix(".zst").endswith((".jsonl", ".ndjson"))
    if path == STANDARD and sys.stdin is not None:
        stream = sys.stdin.buffer
        pages = isinstance(stream, io.BufferedReader) and stream.peek(1)[:1] == b"{"
    yield from (_names_of_pages if pages else _names_of_text)(path, language, backend)


def _names_of_pages(path: str, language: str | None, backend: str | None) -> Iterator[dict[str, Any]]:
    from bialign.errors import InputError
    from bialign.files import read_jsonl
    from bialign.model import Mention, Page

    for number, record in read_jsonl(path):
        try:
            page = Page.from_dict(record)
        except (KeyError, TypeError, AttributeError) as error:
            missing = f"no {error}" if isinstance(error, KeyError) else error
            raise InputError(
                f"not a page record: {missing}",
                path=path,
                place=f"line {number}",
                mend="bialign clean makes them",
            ) from error
        head = {"id": page.id, "source": page.source}
        for spoken in ("en", "ar"):
            if language in (None, spoken):
                for part, mention in _in_parts(_parts(page, spoken), spoken, backend):
                    yield {**head, "part": part, **mention.to_dict()}
        if language != "en":
            for index, credit in enumerate(page.credits):
                size = len(credit.name)
                mention = Mention(credit.name, 0, size, 0, size, "person", f"credited as {credit.role}")
                yield {**head, "part": f"credits[{index}]", **mention.to_dict()}


def _parts(page: Page, spoken: str) -> list[tuple[str, str]]:
    """Name and text of the parts of a page that hold names of one language."""
    parts: list[tuple[str, str | None]] = []
    if spoken == "ar":
        parts += [("title_ar", page.title_ar), ("body_ar", page.body_ar)]
        parts += [(f"tags[{i}]", tag) for i, tag in enumerate(page.tags)]
        parts += [(f"headlines[{i}]", headline.text) for i, headline in enumerate(page.headlines)]
    if spoken == ("ar" if page.language == "ar" else "en"):
        dateline = page.dateline
        parts = [("title", page.title), ("body", page.body), *parts]
        if dateline is not None:
            parts[1:1] = [("dateline.place", dateline.place), ("dateline.agency", dateline.agency)]
    return [(name, text) for name, text in parts if text]


def _in_parts(
    parts: Sequence[tuple[str, str]], spoken: Literal["en", "ar"], backend: str | None
) -> Iterator[tuple[str, Any]]:
    """Mentions of all parts, found in one text (a title is read by its body) and put back in theirs."""
    from bialign.names.mentions import find_names, moved

    found = iter(find_names(_PARTS_APART.join(text for _, text in parts), spoken, backend=backend))
    mention = next(found, None)
    start = 0
    for name, text in parts:
        while mention is not None and mention.start < start + len(text):
            if start <= mention.token_start and mention.token_end <= start + len(text):
                yield name, moved(mention, -start)
            mention = next(found, None)
        start += len(text) + len(_PARTS_APART)


def _names_of_text(path: str, language: str | None, backend: str | None) -> Iterator[dict[str, Any]]:
    """Mentions of a plain text; without a language those of both, in the order they stand."""
    from bialign.files import read_text
    from bialign.names.mentions import find_names

    text = read_text(path)
    found = []
    if language in (None, "en"):
        found += find_names(text, "en", backend=backend)
    if language in (None, "ar"):
        found += find_names(text, "ar", backend=backend)
    for mention in sorted(found, key=lambda m: m.start):
        yield {"id": None, "source": path, "part": "text", **mention.to_dict()}
