"""Pages of a WARC file (ISO 28500): responses and resources that hold HTML or text, conversions of WET."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from bialign.errors import InputError
from bialign.files import opened
from bialign.pages.opening import LARGEST
from bialign.pages.wanted import Sieve

_WANTED: Final = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
_TEXT: Final = re.compile(r"text/(?:html|plain)|application/xhtml\+xml", re.IGNORECASE)
_LINE_END: Final = re.compile(rb"\r?\n")
_CHUNK: Final = re.compile(rb"([0-9a-fA-F]{1,8})[^\r\n]{0,200}\r?\n")


class WarcPage(NamedTuple):
    """One page of a WARC file.

    Args:
        data: the page's bytes, content encoding undone.
        url: its address.
        crawled: ISO 8601 time of the crawl.
        charset: as the HTTP header names it.
        html: whether the header says HTML.
        offset: byte offset of the record in the unpacked file.
        warning: what was odd, or null.
    """

    data: bytes
    url: str | None
    crawled: str | None
    charset: str | None
    html: bool
    offset: int
    warning: str | None


class _Forward(io.RawIOBase):
    """A stream that only goes forward (a pipe, zstandard), with the position that FastWARC asks for."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer with what follows."""
        count = self._stream.readinto(buffer)
        self._position += count
        return count

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Stay where the stream is.

        Raises:
            io.UnsupportedOperation: another place is asked for.
        """
        if (offset if whence == io.SEEK_SET else self._position + offset) != self._position:
            raise io.UnsupportedOperation("seek")
        return self._position


def read_warc(
    stream: io.BufferedReader, path: str, sieve: Sieve | None = None
) -> Iterator[WarcPage | InputError]:
    """The pages of an unpacked WARC stream; a damaged record is yielded as its error.

    Args:
        stream: the unpacked file.
        path: for messages.
        sieve: is asked by a record's address and bytes, before it is read as a page, and counts what
            is passed over.

    Yields:
        Pages in order, and an ``InputError`` for each record that cannot be read.

    Raises:
        InputError: there is no page, and no sieve that passed them over.
    """
    source = stream if stream.seekable() else io.BufferedReader(_Forward(stream))
    records = iter(ArchiveIterator(source, record_types=_WANTED, auto_decode="none", strict_mode=False))
    last = seen = found = 0
    while True:
        try:
            record = next(records)
        except StopIteration:
            if not found and sieve is None:
                place = (
                    f"byte {last}, the last of {seen} records"
                    if seen
                    else "byte 0, where a record should begin"
                )
                raise InputError("no page in the WARC file", path=path, place=place) from None
            return
        except OSError as error:
            yield InputError(f"damaged WARC: {error}", path=path, place=f"byte {last} or later")
            return
        last, seen = record.stream_pos, seen + 1
        try:
            page = _page(record, sieve)
        except (OSError, ValueError, zlib.error) as error:
            found += 1
            yield InputError(f"damaged WARC record: {error}", path=path, place=f"byte {last}")
            continue
        if page is not None:
            found += 1
            yield page


def _page(record: WarcRecord, sieve: Sieve | None) -> WarcPage | None:
    address = record.headers.get("WARC-Target-URI")
    if address is None and not record.content_length:
        raise ValueError("the record's header is cut off")
    status = record.http_headers.status_code if record.is_http_parsed and record.http_headers else None
    kind = (record.http_content_type if record.is_http_parsed else record.headers.get("Content-Type")) or ""
    refused = status is not None and status >= 300
    if refused or not _TEXT.match(kind):
        if sieve is not None:
            sieve.pass_over(f"HTTP status {status}" if refused else "neither HTML nor text")
        return None
    length = record.content_length
    data = record.reader.read(LARGEST + 1)
    warning = None
    if len(data) < length and len(data) <= LARGEST:
        warning = f"record cut off: {len(data)} of {length} bytes"
    if record.is_http_parsed:
        data = _decoded(data, record)
    if sieve is not None and not sieve.may_have(data, address):
        return None
    return WarcPage(
        data,
        address,
        record.record_date.isoformat() if record.record_date else None,
        record.http_charset if record.is_http_parsed else None,
        "html" in kind.lower(),
        record.stream_pos,
        warning,
    )


def _decoded(data: bytes, record: WarcRecord) -> bytes:
    """The payload with its transfer and content encodings undone, as far as it goes."""
    headers = record.http_headers
    if (headers.get("Transfer-Encoding") or "").lower() == "chunked" and _CHUNK.match(data):
        data = _dechunked(data)
    coding = (headers.get("Content-Encoding") or "").strip().lower()
    if coding in {"gzip", "x-gzip", "deflate"} and data[:1] != b"<":
        return zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(data, LARGEST + 1)
    if coding and coding not in {"identity", "gzip", "x-gzip", "deflate"}:
        raise ValueError(f"content encoding {coding!r}")
    return data


def _dechunked(data: bytes) -> bytes:
    parts: list[bytes] = []
    position = 0
    while size := _CHUNK.match(data, position):
        length = int(size.group(1), 16)
        if not length:
            break
        parts.append(data[size.end() : size.end() + length])
        position = size.end() + length
        position += (
            2
            if data[position : position + 2] == b"\r\n"
            else 1
            if data[position : position + 1] == b"\n"
            else 0
        )
    return b"".join(parts)


def is_warc(path: str) -> bool:
    """Whether a file, unpacked, begins as a WARC file does.

    Raises:
        InputError: it cannot be read.
    """
    with opened(path) as stream:
        return stream.peek(5).startswith(b"WARC/")
