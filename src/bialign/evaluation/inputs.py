"""What an evaluation starts from: separated pages as JSON lines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bialign.errors import InputError
from bialign.files import read_jsonl
from bialign.model import Page


def load_pages(path: str | Path) -> Iterator[Page]:
    """The pages that ``bialign clean`` wrote.

    Raises:
        InputError: a line is no page record.
    """
    for number, data in read_jsonl(path):
        try:
            yield Page.from_dict(data)
        except (KeyError, TypeError) as error:
            raise InputError(
                f"not a page record: {error}",
                path=str(path),
                place=f"line {number}",
                mend="give the pages.jsonl of `bialign clean`",
            ) from error


def load_lines(path: str | Path) -> list[str]:
    """The lines of a text file, ends of lines cut; only LF and CR LF end a line.

    Raises:
        InputError: the file cannot be read, is empty, or is not UTF-8.
    """
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"cannot read: {error.strerror}", path=str(path)) from error
    except UnicodeDecodeError as error:
        raise InputError("not UTF-8", path=str(path), place=f"byte {error.start}") from error
    if not text.strip():
        raise InputError("no text", path=str(path))
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    return [line.removesuffix("\r") for line in lines]
