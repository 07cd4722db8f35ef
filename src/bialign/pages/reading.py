"""Reading inputs: text, HTML, JSON lines, folders, standard input → one ``RawPage`` a page."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, Final

from bialign.errors import BialignError, InputError, UsageError
from bialign.files import STANDARD, expand
from bialign.model import RawPage
from bialign.pages.decoding import decode
from bialign.pages.html import looks_like_html, parse_html

#: Largest page, in bytes; more is a mistake, and separating it would not end soon.
LARGEST: Final = 50_000_000
#: Names of files that hold pages; in a folder the others are passed over.
SUFFIXES: Final = (".txt", ".text", ".html", ".htm", ".xhtml", ".jsonl", ".ndjson", ".warc")
PACKED: Final = (".gz", ".zst")
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
) -> Iterator[RawPage]:
    """The pages of one input.

    Args:
        path: a file, a folder, a glob, or ``-`` for standard input (its form is detected).
        encoding: read in this encoding and no other; detected if left out.
        fields: for JSON lines, our field name → the name in the file (``{"text": "content"}``).
        on_error: takes the error of one file or record, and reading goes on; without it the error is raised.

    Raises:
        InputError: the input is missing, empty, binary, wrongly encoded, or a folder without pages.
        UsageError: an unknown encoding.
    """
    named = str(path)
    files = [f for f in expand([named]) if f == named or _is_page_file(f)]
    if not files:
        raise InputError("nothing to read", path=named, mend=f"a folder with {', '.join(SUFFIXES)} files")
    for file in files:
        try:
            yield from _read_file(file, encoding, {**_FIELDS, **(fields or {})}, on_error)
        except BialignError as error:
            if on_error is None:
                raise
            on_error(error)


def _is_page_file(name: str) -> bool:
    path = Path(name)
    suffix = path.with_suffix("").suffix if path.suffix.lower() in PACKED else path.suffix
    return suffix.lower() in SUFFIXES


def _read_file(
    name: str, encoding: str | None, fields: Mapping[str, str], on_error: OnError | None
) -> Iterator[RawPage]:
    form = Path(name).suffix.lower()
    if form in {".jsonl", ".ndjson"}:
        with _open(name) as stream:
            yield from _records(stream, name, encoding, fields, on_error)
        return
    with _open(name) as stream:
        data = stream.read(LARGEST + 1)
    if name == STANDARD and data.lstrip()[:1] == b"{" and _is_object(data.split(b"\n", 1)[0]):
        yield from _records(iter(data.splitlines(keepends=True)), name, encoding, fields, on_error)
        return
    yield page_from_bytes(
        data, name, encoding=encoding, html=True if form in {".html", ".htm", ".xhtml"} else None
    )


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
        raise InputError(f"larger than {LARGEST // 1_000_000} MB", path=source, mend="split it into pages")
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
    lines: Iterator[bytes] | IO[bytes],
    name: str,
    encoding: str | None,
    fields: Mapping[str, str],
    on_error: OnError | None,
) -> Iterator[RawPage]:
    count = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        count += 1
        try:
            yield _record(line, name, number, encoding, fields)
        except BialignError as error:
            if on_error is None:
                raise
            on_error(error)
    if not count:
        raise InputError("empty file", path=name, mend="one JSON object a line")


def _record(line: bytes, name: str, number: int, encoding: str | None, fields: Mapping[str, str]) -> RawPage:
    place = f"line {number}"
    if len(line) > LARGEST:
        raise InputError(f"larger than {LARGEST // 1_000_000} MB", path=name, place=place)
    try:
        data = json.loads(line.decode(encoding or "utf-8-sig"))
    except (ValueError, RecursionError, LookupError) as error:
        raise InputError(f"not JSON: {error}", path=name, place=place, mend="one object a line") from error
    if not isinstance(data, dict):
        raise InputError("not a JSON object", path=name, place=place, mend="one object a line")
    html, text = _string(data, fields["html"]), _string(data, fields["text"])
    if not (html or text):
        mend = f"a field {fields['text']!r} or {fields['html']!r}, or name yours with --field"
        raise InputError("no page in the record", path=name, place=place, mend=mend)
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


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _open(name: str) -> IO[bytes]:
    if name == STANDARD:
        return sys.stdin.buffer
    try:
        return Path(name).open("rb")
    except OSError as error:
        raise InputError(f"cannot read: {error.strerror}", path=name) from error


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
