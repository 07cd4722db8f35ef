"""From bytes to text: byte order mark, what the page declares, strict UTF-8, then detection.

Arabic pages in Windows-1256 and ISO-8859-6 are real. The two share the letters from ا to غ and
differ from ف on, so common words tell them apart: the right reading has many of them.
"""

from __future__ import annotations

import codecs
import re
from typing import Final, NamedTuple

from bialign.errors import InputError, UsageError

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC: Final = {
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a ZIP archive",
    b"\x7fELF": "a program",
    b"SQLite format 3": "a SQLite file",
    b"RIFF": "a media file",
    b"\x00\x00\x01\x00": "an icon",
}
_META: Final = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]{2,30})", re.IGNORECASE)
_COMMON: Final = re.compile(r"(?<!\w)(?:ال\w+|في|من|على|إلى|أن|عن|التي|الذي|هذا|مع|بعد|قال|و\w{2,})(?!\w)")
_UTF8_PAIR: Final = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_CONTROL: Final = bytes(code for code in range(32) if code not in b"\t\n\x0b\x0c\r\x1b")
_SAMPLE: Final = 65536
_BEGINNING: Final = 8192
_SUSPECT: Final = "Ø§„"
# UTF-8 Arabic read as Windows-1256 (ط§ظ„) or as Latin-1 / Windows-1252 (Ø§Ù„).
_MOJIBAKE: Final = re.compile(
    r"(?:[طظ][\u0080-\u00ff\u2013-\u203a\u0152-\u0192\u02c6ک-گ،؛؟ً-ْ]){3}|(?:[ØÙ][\u0080-\u00ff\u0152-\u203a]){3}"
)


class Decoded(NamedTuple):
    """A text, the encoding it was read in, and what was odd."""

    text: str
    encoding: str
    warnings: tuple[str, ...]


def decode(data: bytes, *, path: str, declared: str | None = None, forced: str | None = None) -> Decoded:
    """The text of some bytes, every character kept (a BOM too).

    Args:
        data: the bytes of a page.
        path: for messages.
        declared: an encoding that a header names; tried first, not trusted blindly.
        forced: an encoding the caller insists on; a mismatch is then an error.

    Raises:
        InputError: empty, binary, or not in the forced encoding.
        UsageError: an encoding that Python does not know.
    """
    if not data or data.isspace():
        raise InputError("empty file", path=path, mend="give a file with text in it")
    if forced is not None:
        return _forced(data, forced, path)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _with_errors(data, encoding)
    wide = _wide(data)
    if wide:
        return _with_errors(data, wide)
    _refuse_binary(data, path)
    try:
        return _checked(data.decode(), "utf-8")
    except UnicodeDecodeError as error:
        declared = declared or _declared(data)
        pairs = len(_UTF8_PAIR.findall(data[:_SAMPLE]))
        singles = len(re.findall(rb"[\x80-\xff]", _UTF8_PAIR.sub(b"", data[:_SAMPLE])))
        if pairs > 4 * singles or (declared and _known(declared) == "utf-8" and pairs >= singles):
            place = f"invalid UTF-8 at byte {error.start} (replaced)"
            return Decoded(data.decode("utf-8", "replace"), "utf-8", (place,))
    encoding = _best(data, declared)
    text = data.decode(encoding, "replace")
    return Decoded(text, encoding, (f"not UTF-8: read as {encoding}",))


def _forced(data: bytes, encoding: str, path: str) -> Decoded:
    if _known(encoding) is None:
        raise UsageError(f"unknown encoding {encoding!r}", mend="for example utf-8 or windows-1256")
    try:
        return _checked(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"not in the encoding {encoding}",
            path=path,
            place=f"byte {error.start}",
            mend="leave the encoding out",
        ) from error


def _checked(text: str, encoding: str) -> Decoded:
    warnings = []
    if "\x00" in text:
        warnings.append(f"NUL character at {text.index(chr(0))}")
    sample = text[:_SAMPLE]
    if any(sign in sample for sign in _SUSPECT) and len(_MOJIBAKE.findall(sample)) > 2:
        warnings.append("looks like UTF-8 that was read in a one-byte encoding and saved (mojibake)")
    return Decoded(text, encoding, tuple(warnings))


def _with_errors(data: bytes, encoding: str) -> Decoded:
    try:
        return _checked(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        warning = f"invalid {encoding} at byte {error.start} (replaced)"
        return Decoded(data.decode(encoding, "replace"), encoding, (warning,))


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of its ASCII part is NUL, or the Arabic block's 06."""
    sample = data[:4096]
    half = len(sample) // 2
    if half < 4:
        return None
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        low = sample[::2] if encoding == "utf-16-le" else sample[1::2]
        if (high.count(0) + high.count(6)) > 0.8 * half and low.count(0) < 0.1 * half:
            return encoding
    return None


def _refuse_binary(data: bytes, path: str) -> None:
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise InputError(f"{what}, not text", path=path, mend="give text, HTML, JSON lines or WARC")
    sample = data[:_BEGINNING]
    if len(sample) - len(sample.translate(None, _CONTROL)) > 0.05 * len(sample):
        place = f"byte {next(at for at, byte in enumerate(sample) if byte in _CONTROL)}"
        raise InputError(
            "binary file, not text", path=path, place=place, mend="give text, HTML, JSON lines or WARC"
        )


def _declared(data: bytes) -> str | None:
    meta = _META.search(data[:4096])
    return meta.group(1).decode("ascii") if meta else None


def _known(encoding: str) -> str | None:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return None


def _best(data: bytes, declared: str | None) -> str:
    """The one-byte encoding whose reading has the most common Arabic words, else the declared one."""
    scores = {
        encoding: len(_COMMON.findall(data[:_SAMPLE].decode(encoding, "replace")))
        for encoding in ("windows-1256", "iso-8859-6")
    }
    best = max(scores, key=lambda encoding: scores[encoding])
    if scores[best] >= 3:
        return best
    known = _known(declared) if declared else None
    return known if known and known != "utf-8" else "windows-1252"
