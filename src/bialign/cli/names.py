"""``bialign names``: where names stand in pages or texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import typer


def names(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT...", help="Page records (.jsonl) or texts: files, folders, globs, -."),
    ],
    output: Annotated[str, typer.Option("-o", "--output", help="Where the mentions go.")] = "-",
    language: Annotated[
        str | None,
        typer.Option("--language", help="en or ar; else a page's own, or the script most of a line is in."),
    ] = None,
) -> None:
    """Find names: one JSON object a line, with its input, part, span, type and reason."""
    from bialign.cli.common import Failures, stop
    from bialign.errors import UsageError
    from bialign.files import expand, write_jsonl

    if language not in (None, "en", "ar"):
        stop(UsageError(f"no names are found in language {language!r}", mend="en or ar"))
    failures = Failures()
    write_jsonl(failures.each(expand(inputs), lambda path: _names_of(path, language)), output)
    failures.leave()


def _names_of(path: str, language: str | None) -> Iterator[dict[str, Any]]:
    """The mentions of one input, each with where it stands."""
    if path.endswith((".jsonl", ".ndjson")):
        yield from _names_of_pages(path, language)
    else:
        yield from _names_of_text(path, language)


def _names_of_pages(path: str, language: str | None) -> Iterator[dict[str, Any]]:
    from bialign.errors import InputError
    from bialign.files import read_jsonl
    from bialign.model import Page
    from bialign.names.mentions import find_names

    for number, record in read_jsonl(path):
        try:
            page = Page.from_dict(record)
        except (KeyError, TypeError) as error:
            raise InputError(
                f"not a page record: {error}",
                path=path,
                place=f"line {number}",
                mend="bialign clean makes them",
            ) from error
        for part, text, spoken in _parts(page):
            if text and language in (None, spoken):
                for mention in find_names(text, spoken):
                    yield {"id": page.id, "source": page.source, "part": part, **mention.to_dict()}


def _parts(page: Any) -> Iterator[tuple[str, str | None, Any]]:
    """Name, text and language of the parts of a page that hold names."""
    main = "ar" if page.language == "ar" else "en"
    yield "title", page.title, main
    yield "body", page.body, main
    yield "title_ar", page.title_ar, "ar"
    yield "body_ar", page.body_ar, "ar"
    for index, tag in enumerate(page.tags):
        yield f"tags[{index}]", tag, "ar"
    for index, headline in enumerate(page.headlines):
        yield f"headlines[{index}]", headline.text, "ar"


def _names_of_text(path: str, language: str | None) -> Iterator[dict[str, Any]]:
    """Mentions of a plain text; without a language each script's lines are searched for its own."""
    from bialign.names.mentions import find_names

    text = _read_text(path)
    languages = (language,) if language else ("en", "ar")
    found = [mention for spoken in languages for mention in find_names(text, spoken)]  # type: ignore[arg-type]  # checked in names()
    for mention in sorted(found, key=lambda m: m.start):
        yield {"id": None, "source": path, "part": "text", **mention.to_dict()}


def _read_text(path: str) -> str:
    import sys
    from pathlib import Path

    from bialign.errors import InputError
    from bialign.files import STANDARD

    try:
        data = sys.stdin.buffer.read() if path == STANDARD else Path(path).read_bytes()
    except OSError as error:
        raise InputError(f"cannot read: {error.strerror}", path=path) from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError("not UTF-8 text", path=path, place=f"byte {error.start}") from error
