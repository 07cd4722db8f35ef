"""How much of a page is read, and lines that stay within it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Final

#: Largest page or record, in bytes; more is a mistake, and nobody could read it.
LARGEST: Final = 50_000_000


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
