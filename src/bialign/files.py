"""Files and streams: which inputs a person named, JSON lines, and writes that are whole or not at all."""

from __future__ import annotations

import glob
import gzip
import io
import json
import os
import sys
import tempfile
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, BinaryIO, Final, TypeVar, cast, overload

import zstandard

from bialign.errors import InputError
from bialign.model import Record

T = TypeVar("T")

#: The name that means standard input or output.
STANDARD = "-"
_GZIP: Final = b"\x1f\x8b"
_ZSTD: Final = b"\x28\xb5\x2f\xfd"
# Packed bytes taken at a time; a few can unpack to very many.
_ZSTD_STEP: Final = 1024


def expand(inputs: str | Path | Iterable[str | Path]) -> Iterator[str]:
    """The files behind what a person named: files as they are, folders walked, globs expanded.

    Args:
        inputs: paths, folders, globs, or ``-``; one of them, or many.

    Yields:
        One path a file, a folder's in sorted order, hidden files left out. A path that does not
        exist and a folder without files are yielded as they are, so that reading them says so.
    """
    for name in map(str, [inputs] if isinstance(inputs, str | Path) else inputs):
        # os.path, unlike Path before Python 3.14, takes a name too long for the system as absent
        if name == STANDARD or os.path.isfile(name):  # noqa: PTH113  (see above)
            yield name
        elif os.path.isdir(name):  # noqa: PTH112  (see above)
            yield from list(_walk(name)) or [name]
        else:
            yield from sorted(glob.glob(name, recursive=True)) or [name]  # noqa: PTH207  (Path.glob refuses absolute patterns)


def _walk(name: str) -> Iterator[str]:
    for folder, folders, files in os.walk(name):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        yield from (str(Path(folder, f)) for f in sorted(files) if not f.startswith("."))


@contextmanager
def opened(path: str | Path, called: str | None = None) -> Iterator[io.BufferedReader]:
    """A stream of an input's bytes, unpacked (gzip, zstandard), that can be peeked at.

    Args:
        path: a file, or ``-`` for standard input.
        called: what the person calls it, for messages; as ``path`` if left out.

    Raises:
        InputError: the file cannot be opened, or what is packed in it is damaged.
    """
    standard, name = str(path) == STANDARD, called or str(path)
    if standard and sys.stdin is None:
        raise InputError("standard input is closed", path=name)
    try:
        base = sys.stdin.buffer if standard else Path(path).open("rb")  # noqa: SIM115  (closed below)
    except IsADirectoryError as error:
        raise _is_a_folder(name) from error
    except OSError as error:
        raise InputError(f"cannot read: {error.strerror}", path=name) from error
    except ValueError as error:  # a NUL in the name
        raise InputError(f"cannot read: {error}", path=name) from error
    try:
        yield unpacked(io.BufferedReader(cast("io.RawIOBase", base)) if not _peekable(base) else base)
    except (EOFError, gzip.BadGzipFile, zlib.error, zstandard.ZstdError) as error:
        raise InputError(
            f"damaged compression: {error}", path=name, place=_packed_place(base), mend="fetch the file again"
        ) from error
    except IsADirectoryError as error:
        raise _is_a_folder(name) from error
    finally:
        if not standard:
            base.close()


def _packed_place(base: BinaryIO) -> str | None:
    """Up to where a packed file was read; null for a pipe."""
    return f"byte {base.tell()} of the packed file or before" if base.seekable() else None


def _is_a_folder(name: str) -> InputError:
    return InputError("nothing to read: a folder", path=name, mend="name a file, or a folder with files")


def _peekable(stream: BinaryIO) -> bool:
    return isinstance(stream, io.BufferedReader)


def unpacked(stream: BinaryIO) -> io.BufferedReader:
    """A stream that can be peeked at, unpacked if it is gzip or zstandard."""
    buffered = cast("io.BufferedReader", stream)
    beginning = buffered.peek(4)[:4]
    if beginning.startswith(_GZIP):
        return io.BufferedReader(cast("io.RawIOBase", gzip.GzipFile(fileobj=buffered)))
    if beginning == _ZSTD:
        return io.BufferedReader(_Zstd(buffered))
    return buffered


class _Zstd(io.RawIOBase):
    """The frames of a zstandard stream; unlike the package's own reader it tells a cut from an end."""

    def __init__(self, packed: io.BufferedReader) -> None:
        self._packed = packed
        self._frame = zstandard.ZstdDecompressor().decompressobj()
        self._fed = False
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer with what is unpacked next.

        Raises:
            EOFError: the stream ends inside a frame.
        """
        while not self._ready:
            data = self._packed.read(_ZSTD_STEP)
            if not data:
                if self._fed:
                    raise EOFError("the zstandard stream is cut off")
                return 0
            self._ready = self._unpack(data)
        count = min(len(buffer), len(self._ready))
        buffer[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def _unpack(self, data: bytes) -> bytes:
        """What some packed bytes hold, which may end a frame and begin others."""
        parts = []
        while data:
            parts.append(self._frame.decompress(data))
            self._fed, data = True, b""
            if self._frame.eof:
                data = self._frame.unused_data
                self._frame, self._fed = zstandard.ZstdDecompressor().decompressobj(), False
        return b"".join(parts)


def read_text(path: str | Path) -> str:
    """A whole UTF-8 text, unpacked, without its byte order mark.

    Args:
        path: a file, or ``-`` for standard input.

    Raises:
        InputError: it cannot be read, is not UTF-8, or is no text (it has a NUL).
    """
    with opened(path) as stream:
        data = stream.read()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = f"byte {error.start}"
        raise InputError("not UTF-8 text", path=str(path), place=place, mend="convert it to UTF-8") from error
    if "\0" in text:
        raise InputError("not a text: it has a NUL", path=str(path), place=f"byte {data.index(0)}")
    return text


@contextmanager
def writing(path: str | Path, mode: str = "w") -> Iterator[IO[Any]]:
    """Open ``path`` for writing so that it appears whole or not at all.

    The text goes to a temporary file beside it, is flushed to disk, and takes the name in one
    step when the block ends without an error. ``-`` is standard output.

    Raises:
        InputError: the folder does not exist, cannot be written, or the disk is full.
    """
    if str(path) == STANDARD:
        if sys.stdout is None:
            raise InputError("standard output is closed", path=STANDARD)
        yield sys.stdout.buffer if "b" in mode else sys.stdout
        sys.stdout.flush()
        return
    target = Path(path)
    encoding = None if "b" in mode else "utf-8"
    newline = None if "b" in mode else "\n"
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        raise InputError(f"cannot write: {error.strerror}", path=str(path)) from error
    try:
        with os.fdopen(handle, mode, encoding=encoding, newline=newline) as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        umask = os.umask(0)
        os.umask(umask)
        Path(temporary).chmod(0o666 & ~umask)
        Path(temporary).replace(target)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise InputError(f"cannot write: {error.strerror}", path=str(path)) from error
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def dumps(value: Record | dict[str, Any]) -> str:
    """One line of JSON: keys in order, UTF-8 text as it is, lone surrogates escaped."""
    plain = value.to_dict() if isinstance(value, Record) else value
    line = json.dumps(plain, ensure_ascii=False)
    if line.isascii():
        return line
    try:
        line.encode()
    except UnicodeEncodeError:
        return json.dumps(plain, ensure_ascii=True)
    return line


def write_jsonl(records: Iterable[Record | dict[str, Any]], path: str | Path) -> int:
    """Write one JSON object a line, atomically; returns how many."""
    count = 0
    with writing(path) as out:
        for record in records:
            out.write(dumps(record) + "\n")
            count += 1
    return count


def read_jsonl(path: str | Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Read JSON lines, blank lines passed over.

    Args:
        path: a file, or ``-`` for standard input.

    Yields:
        The line's number (from one) and its object.

    Raises:
        InputError: the file cannot be read, or a line is no JSON object.
    """
    with opened(path) as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                value = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise InputError(f"not JSON: {error}", path=str(path), place=f"line {number}") from error
            if not isinstance(value, dict):
                raise InputError(
                    "not a JSON object", path=str(path), place=f"line {number}", mend="one object a line"
                )
            yield number, value


class JsonLines(Sequence[T]):
    """The records of a file of JSON lines without blank ones, each read when it is asked for.

    Args:
        path: the file; it must stay as it is.
        make: makes a record of a line's object.
        ends: where the lines end, with a 0 before the first; found out when needed if left out.
    """

    def __init__(
        self, path: Path, make: Callable[[dict[str, Any]], T], ends: array[int] | None = None
    ) -> None:
        self.path = path
        self._make = make
        self._known = ends

    def __len__(self) -> int:
        return len(self._ends()) - 1

    @overload
    def __getitem__(self, number: int) -> T: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[T]: ...

    def __getitem__(self, number: int | slice) -> T | Sequence[T]:
        if isinstance(number, slice):
            return [self[place] for place in range(len(self))[number]]
        ends = self._ends()
        place = range(len(self))[number]
        with opened(self.path) as stream:
            stream.seek(ends[place])
            return self._make(json.loads(stream.read(ends[place + 1] - ends[place])))

    def __iter__(self) -> Iterator[T]:
        return (self._make(value) for _, value in read_jsonl(self.path))

    def _ends(self) -> array[int]:
        if self._known is None:
            self._known = array("q", [0])
            with opened(self.path) as stream:
                for line in stream:
                    self._known.append(self._known[-1] + len(line))
        return self._known
