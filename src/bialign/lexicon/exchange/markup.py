"""Reading and writing XML without its dangers: no entity is expanded, nothing is fetched.

A document type line is allowed, since TMX files carry one; an entity declaration in it, which
could unfold a small file to gigabytes or name other files, is refused (CWE-776, CWE-611).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator
from typing import Final
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

import regex

from bialign.errors import InputError
from bialign.files import opened

LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_CHUNK: Final = 1 << 16
_DEEPEST: Final = 60
#: Characters that XML 1.0 cannot hold.
_FORBIDDEN: Final = regex.compile(r"[\x00-\x08\x0B\x0C\x0E-\x1F\uD800-\uDFFF\uFFFE\uFFFF]")
_ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"})


def legible(text: str) -> str:
    """The text with U+FFFD for every character that XML and most parsers cannot hold."""
    return str(_FORBIDDEN.sub("\ufffd", text))


def escaped(text: str) -> str:
    """Legible text for XML content and attributes.

    >>> escaped('"A" & <b>')
    '&quot;A&quot; &amp; &lt;b&gt;'
    """
    return legible(text).translate(_ESCAPES)


def plain(tag: str) -> str:
    """A tag or attribute name without its namespace."""
    return tag.rpartition("}")[2]


def elements(path: str, names: Collection[str]) -> Iterator[tuple[int, Element]]:
    """The elements of these names, one at a time, so that a file of any size takes little memory.

    Args:
        path: an XML file in UTF-8, UTF-16 or another encoding it declares and expat knows.
        names: tags without namespace; they do not stand in each other.

    Yields:
        The line an element ends on, and the element, its tags as ``{namespace}name``.

    Raises:
        InputError: the file cannot be read, is no XML, or declares entities.
    """
    reader = _Reader(path, names)
    with opened(path) as stream:
        while chunk := stream.read(_CHUNK):
            reader.feed(chunk, last=False)
            yield from reader.taken()
        reader.feed(b"", last=True)
        yield from reader.taken()


class _Reader:
    """Expat's events gathered to elements."""

    def __init__(self, path: str, names: Collection[str]) -> None:
        self._path = path
        self._names = names
        self._done: deque[tuple[int, Element]] = deque()
        self._builder: TreeBuilder | None = None
        self._depth = 0
        self._inside = 0
        self._parser = expat.ParserCreate(namespace_separator="}")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.EntityDeclHandler = self._entity

    def feed(self, chunk: bytes, *, last: bool) -> None:
        """Parse a piece of the file."""
        try:
            self._parser.Parse(chunk, last)
        except (expat.ExpatError, LookupError, ValueError) as error:
            place = f"line {self._parser.ErrorLineNumber}"
            raise InputError(f"not XML: {error}", path=self._path, place=place) from error

    def taken(self) -> Iterator[tuple[int, Element]]:
        """The elements that are complete."""
        while self._done:
            yield self._done.popleft()

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._refused("elements nested too deep", "flatten it")
        if self._builder is None and plain(tag) in self._names:
            self._builder, self._inside = TreeBuilder(), self._depth
        if self._builder is not None:
            self._builder.start(_braced(tag), {_braced(name): value for name, value in attributes.items()})

    def _end(self, tag: str) -> None:
        if self._builder is not None:
            self._builder.end(_braced(tag))
            if self._depth == self._inside:
                self._done.append((self._parser.CurrentLineNumber, self._builder.close()))
                self._builder = None
        self._depth -= 1

    def _text(self, text: str) -> None:
        if self._builder is not None:
            self._builder.data(text)

    def _entity(self, name: str, *_: object) -> None:
        raise self._refused(f"declares the entity {name!r}", "resolve its entities first")

    def _refused(self, message: str, mend: str) -> InputError:
        return InputError(message, path=self._path, place=f"line {self._parser.CurrentLineNumber}", mend=mend)


def _braced(tag: str) -> str:
    return f"{{{tag}" if "}" in tag else tag
