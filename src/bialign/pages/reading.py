"""Reading inputs: text, HTML, JSON lines, WARC, folders, standard input → one ``RawPage`` a page."""

from __future__ import annotations

import dataclasses
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from bialign.errors import BialignError, InputError, UsageError
from bialign.files import expand, opened
from bialign.model import RawPage
from bialign.pages.decoding import decode
from bialign.pages.html import looks_like_html, parse_html
from bialign.pages.opening import LARGEST, lines_of
from bialign.pages.wanted import Sieve

#: Names of files that hold pages; in a folder the others are passed over.
SUFFIXES: Final = (".txt", ".text", ".html", ".htm", ".xhtml", ".jsonl", ".ndjson", ".warc", ".wet")
PACKED: Final = (".gz", ".zst")
_PAGE_FORMS: Final = (".txt", ".text", ".html", ".htm", ".xhtml")
_JSON: Final = re.compile(rb"\{\s*\"")
_FIELDS: Final = {
    "text": "text", "html": "html", "url": "url", "crawled": "crawled", "id": "id", "published": "published"
}  # fmt: skip

OnError = Callable[[BialignError], None]


def read_pages(
    path: str | Path,
    *,
    encoding: str | None = None,
    fields: Mapping[str, str] | None = None,
    on_error: OnError | None = None,
    sieve: Sieve | None = None,
) -> Iterator[RawPage]:
    """The pages of one input.

    Args:
        path: a file, a folder, a glob, or ``-`` for standard input (its form is detected).
        encoding: read in this encoding and no other; detected if left out.
        fields: for JSON lines, our field name → the name in the file (``{"text": "content"}``).
        on_error: takes the error of one file or record, and reading goes on; without it the error is raised.
        sieve: keeps the wanted pages; all if left out.

    Raises:
        InputError: the input is missing, empty, binary, wrongly encoded, or a folder without pages.
        UsageError: an unknown encoding.
    """
    named = str(path)
    files = [f for f in expand([named]) if f == named or _is_page_file(f)]
    if not files:
        raise InputError("nothing to read", path=named, mend=f"a folder with {', '.join(SUFFIXES)} files")
    report = on_error or _raise
    for file in files:
        try:
            pages = _read_file(file, encoding, fields or {}, report, sieve)
            yield from pages if sieve is None else filter(sieve.has, pages)
        except InputError as error:
            report(error)


def _is_page_file(name: str) -> bool:
    return form_of(name) in SUFFIXES


def _raise(error: BialignError) -> None:
    raise error


def _read_file(
    name: str, encoding: str | None, fields: Mapping[str, str], on_error: OnError, sieve: Sieve | None
) -> Iterator[RawPage]:
    with opened(name) as stream:
        yield from read_stream(stream, name, encoding=encoding, fields=fields, on_error=on_error, sieve=sieve)


def read_stream(
    stream: io.BufferedReader,
    name: str,
    *,
    encoding: str | None = None,
    fields: Mapping[str, str] | None = None,
    on_error: OnError | None = None,
    sieve: Sieve | None = None,
) -> Iterator[RawPage]:
    """The pages of an unpacked stream; its form is told by its name, else by how it begins.

    Args:
        stream: the bytes.
        name: what the file is called, for records and messages.
        encoding: as for ``read_pages``.
        fields: as for ``read_pages``.
        on_error: as for ``read_pages``.
        sieve: passes over records of a WARC by their address and bytes.

    Raises:
        InputError: nothing in it can be read.
    """
    form, report = form_of(name), on_error or _raise
    beginning = stream.peek(2048)[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    if form in {".warc", ".wet"} or beginning.startswith(b"WARC/"):
        yield from _warc_pages(stream, name, encoding, report, sieve)
    elif form in {".jsonl", ".ndjson"} or (form not in _PAGE_FORMS and _JSON.match(beginning)):
        yield from _records(stream, name, encoding, fields or {}, report)
    else:
        html = True if form in {".html", ".htm", ".xhtml"} else None
        yield page_from_bytes(stream.read(LARGEST + 1), name, encoding=encoding, html=html)


def form_of(name: str) -> str:
    """The suffix that says what a file holds, under that of its compression."""
    path = Path(name)
    return (path.with_suffix("") if path.suffix.lower() in PACKED else path).suffix.lower()


def _warc_pages(
    stream: io.BufferedReader, name: str, encoding: str | None, on_error: OnError, sieve: Sieve | None
) -> Iterator[RawPage]:
    from bialign.pages.warc import read_warc  # noqa: PLC0415  (fastwarc only where a WARC is read)

    for page in read_warc(stream, name, sieve):
        if isinstance(page, InputError):
            on_error(page)
            continue
        try:
            raw = page_from_bytes(
                page.data,
                f"{name}#{page.offset}",
                encoding=encoding,
                declared=page.charset,
                html=page.html or None,
                url=page.url,
                crawled=page.crawled,
            )
        except InputError as error:
            on_error(error)
            continue
        yield dataclasses.replace(raw, warnings=(*raw.warnings, page.warning)) if page.warning else raw


def page_from_bytes(
    data: bytes,
    source: str,
    *,
    encoding: str | None = None,
    declared: str | None = None,
    html: bool | None = None,
    url: str | None = None,
    crawled: str | None = None,
) -> RawPage:
    """One page from its bytes.

    Args:
        data: the page as it came.
        source: the path for the record and for messages.
        encoding: read in this one and no other.
        declared: what a header names.
        html: whether it is HTML; looked at if left out.
        url: the page's address.
        crawled: ISO 8601 time of the crawl.

    Raises:
        InputError: empty, binary, too large or wrongly encoded.
    """
    if len(data) > LARGEST:
        raise InputError(
            f"larger than {LARGEST // 1_000_000} MB",
            path=source,
            place=f"byte {LARGEST}",
            mend="split it into pages",
        )
    decoded = decode(data, path=source, declared=declared, forced=encoding)
    return page_from_text(
        decoded.text, source, html=html, url=url, crawled=crawled, warnings=decoded.warnings
    )


def page_from_text(
    text: str,
    source: str,
    *,
    html: bool | None = None,
    url: str | None = None,
    crawled: str | None = None,
    id: str | None = None,  # noqa: A002  (the record's field)
    warnings: tuple[str, ...] = (),
) -> RawPage:
    """One page from decoded text; HTML becomes its visible text, blocks and hints."""
    if html is None:
        html = looks_like_html(text)
    if not html:
        return RawPage(source, text, id=id, url=url, crawled=crawled, warnings=warnings)
    parsed = parse_html(text)
    url = url or next((hint.value for hint in parsed.hints if hint.fact == "url"), None)
    return RawPage(
        source, parsed.text, id=id, url=url, media="html", crawled=crawled,
        hints=parsed.hints, blocks=parsed.blocks, warnings=warnings + parsed.warnings,
    )  # fmt: skip


def _records(
    stream: io.BufferedReader, name: str, encoding: str | None, fields: Mapping[str, str], on_error: OnError
) -> Iterator[RawPage]:
    count = 0
    for number, _, line in lines_of(stream):
        if not line.strip():
            continue
        count += 1
        try:
            yield page_from_line(line, name, number, encoding=encoding, fields=fields)
        except InputError as error:
            on_error(error)
    if not count:
        raise InputError("empty file", path=name, mend="one JSON object a line")


def page_from_line(
    line: bytes,
    name: str,
    number: int,
    *,
    encoding: str | None = None,
    fields: Mapping[str, str] | None = None,
) -> RawPage:
    """One page from a line of a JSON lines file.

    Args:
        line: its bytes.
        name: the file.
        number: of the line, from one.
        encoding: as for ``read_pages``.
        fields: as for ``read_pages``.

    Raises:
        InputError: too long, not a JSON object, or without a page.
    """
    place = f"line {number}"
    if len(line) > LARGEST:
        raise InputError(f"larger than {LARGEST // 1_000_000} MB", path=name, place=place)
    try:
        data = json.loads(line.decode(encoding or "utf-8-sig"))
    except (ValueError, RecursionError, LookupError) as error:
        raise InputError(f"not JSON: {error}", path=name, place=place, mend="one object a line") from error
    if not isinstance(data, dict):
        raise InputError("not a JSON object", path=name, place=place, mend="one object a line")
    return page_from_record(data, name, number, fields or {})


def page_from_record(data: Mapping[str, Any], name: str, number: int, fields: Mapping[str, str]) -> RawPage:
    """One page from a record of a file: a JSON object or a row of a table.

    Args:
        data: the record.
        name: the file.
        number: the record's place in it, from one.
        fields: our field name → the record's, as far as they differ.

    Raises:
        InputError: no text in it.
    """
    fields = {**_FIELDS, **fields}
    html, text = _string(data, fields["html"]), _string(data, fields["text"])
    if not (html or text):
        mend = f"a field {fields['text']!r} or {fields['html']!r}, or name yours with --field"
        raise InputError("no page in the record", path=name, place=f"line {number}", mend=mend)
    return page_from_text(
        html or text or "",
        f"{name}#{number}",
        html=True if html else None,
        url=_string(data, fields["url"]),
        crawled=_string(data, fields["crawled"]),
        id=_string(data, fields["id"]),
    )


def _string(data: Mapping[str, Any], field: str) -> str | None:
    value = data.get(field)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) and value.strip() else None


def field_names(given: Iterable[str]) -> dict[str, str]:
    """Field names as a person gives them, ``OURS=THEIRS``.

    Raises:
        UsageError: not of that form, or not a field of ours.

    >>> field_names(["text=content"])
    {'text': 'content'}
    """
    fields: dict[str, str] = {}
    for item in given:
        ours, equals, theirs = item.partition("=")
        if not equals or not theirs or ours not in _FIELDS:
            raise UsageError(f"not a field: {item!r}", mend=f"OURS=THEIRS, ours one of {', '.join(_FIELDS)}")
        fields[ours] = theirs
    return fields
