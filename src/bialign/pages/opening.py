"""Streams behind input names: files, standard input, gzip and zstandard, all with a look ahead."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final, cast

import zstandard

from bialign.errors import InputError
from bialign.files import STANDARD

#: Largest page or record, in bytes; more is a mistake, and nobody could read it.
LARGEST: Final = 50_000_000
_GZIP: Final = b"\x1f\x8b"
_ZSTD: Final = b"\x28\xb5\x2f\xfd"


@contextmanager
def opened(name: str) -> Iterator[io.BufferedReader]:
    """A stream of an input's unpacked bytes that can be peeked at.

    Args:
        name: a file, or ``-`` for standard input.

    Raises:
        InputError: the file cannot be opened, or what is packed in it is damaged.
    """
    try:
        base = sys.stdin.buffer if name == STANDARD else Path(name).open("rb")  # noqa: SIM115  (closed below)
    except OSError as error:
        raise InputError(f"cannot read: {error.strerror}", path=name) from error
    except ValueError as error:  # a NUL in the name
        raise InputError(f"cannot read: {error}", path=name) from error
    try:
        yield _unpacked(io.BufferedReader(cast("io.RawIOBase", base)) if not _peekable(base) else base)
    except (EOFError, gzip.BadGzipFile, zlib.error, zstandard.ZstdError) as error:
        raise InputError(f"damaged compression: {error}", path=name, mend="fetch the file again") from error
    except IsADirectoryError as error:
        raise InputError("a folder, not a file", path=name) from error
    finally:
        if name != STANDARD:
            base.close()


def _peekable(stream: BinaryIO) -> bool:
    return isinstance(stream, io.BufferedReader)


def _unpacked(stream: BinaryIO) -> io.BufferedReader:
    buffered = cast("io.BufferedReader", stream)
    beginning = buffered.peek(4)[:4]
    if beginning.startswith(_GZIP):
        return io.BufferedReader(cast("io.RawIOBase", gzip.GzipFile(fileobj=buffered)))
    if beginning == _ZSTD:
        reader = zstandard.ZstdDecompressor().stream_reader(buffered, read_across_frames=True, closefd=False)
        return io.BufferedReader(cast("io.RawIOBase", reader))
    return buffered


def lines_of(stream: io.BufferedReader) -> Iterator[tuple[int, int, bytes]]:
    """The lines of a stream: number from one, byte offset, bytes.

    A line longer than ``LARGEST`` is cut to one byte more than that, so that the caller sees it
    is too long; the rest of it is passed over without being kept.
    """
    number = offset = 0
    while line := stream.readline(LARGEST + 1):
        number += 1
        yield number, offset, line
        offset += len(line)
        while len(line) > LARGEST and not line.endswith(b"\n"):
            line = stream.readline(LARGEST + 1)
            offset += len(line)
            if not line:
                return
