"""The lines of a page and what can be said of each alone: script, length, label, block.

A text page's lines are its lines; an HTML page's lines are its blocks. All further work is on them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, Generic, TypeVar

from bialign.model import Block, Kind, RawPage
from bialign.pages.folding import fold, has_shapes
from bialign.pages.phrases import Word, texts, words
from bialign.pages.plain import is_plain
from bialign.pages.tables import labels

_LINE: Final = re.compile(r"[^\r\n\x85\u2028\u2029]+")
_ARABIC: Final = re.compile(r"[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\ufb50-\ufdff\ufe70-\ufefc]+")
_LATIN: Final = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+")
_SENTENCE: Final = re.compile(r"[.!?؟…][\s\"'”’»)\]*\u200e\u200f]*$")
# … and a note in brackets behind it, as translators leave one
_BRACKETED: Final = re.compile(r"[.!?؟…][\"'”’»]*\s+[(\[][^()\[\]]{3,}[)\]]$")
_SPACE: Final = " \t\u00a0\ufeff\u200e\u200f\u200b\u202a\u202b\u202c\u3000\x0b\x0c"
#: Labels that whole lines consist of without being metadata.
FURNITURE: Final = frozenset({"share", "nav", "footer", "views", "more", "comments", "popular", "masthead"})
#: Why a line of the site's template is boilerplate.
TEMPLATE: Final = "stands on many pages of the site"
# Classes of elements that hold captions.
_CAPTION_PATH: Final = re.compile(r"caption|figure|photo-?desc|img-?desc|photocap", re.IGNORECASE)
# A label stands in so many first characters of a line.
_HEAD: Final = 80
# A line longer than this is no item of a menu …
_SHORT: Final = 160
# … and the balance of its letters is plain without counting them if it is longer than this.
_LONG: Final = 400
_NO_LETTERS: Final = bytes(code for code in range(128) if not chr(code).isalpha())
_WIDEST: Final = 130
_NARROWEST: Final = 40
_LINKED: Final = 0.9
_TEASER: Final = 6
_CUE: Final = 30
_LONGEST_MENU: Final = 40
_LONGEST_LABELLED: Final = 30
_LISTING: Final = frozenset({"related", "previous", "next", "tags", "notice"})
_JOINTS: Final = frozenset({"و", "او", "or", "and", "on"})
_UNITS: Final = frozenset({"min", "mins", "minute", "minutes", "دقيقه", "دقائق", "دقايق"})
_MENU: Final = FURNITURE | {"previous", "next"}
_COLON: Final = re.compile(r"\s*[:：|]\s*")


T = TypeVar("T")


class _Lazy(Generic[T]):
    """``functools.cached_property`` without the lock it takes in Python 3.11."""

    def __init__(self, work: Callable[[Any], T]) -> None:
        self._work = work
        self.__doc__ = work.__doc__

    def __get__(self, line: Any, owner: type[Any]) -> T:
        value = line.__dict__[self._work.__name__] = self._work(line)
        return value


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line with a label of its own."""

    start: int
    end: int
    kind: Kind
    reason: str


@dataclass(frozen=True, slots=True)
class Label:
    """A label that begins a line: its kind, and where its value begins (null if the line is only it)."""

    kind: str
    text: str
    value: int | None


@dataclass
class Line:
    """One line: ``start`` and ``end`` leave out the white space around it."""

    index: int
    start: int
    end: int
    text: str
    block: Block | None = None
    gap: bool = False  # an empty line stands before it
    kind: Kind | None = None
    reason: str = ""
    pieces: list[Piece] = field(default_factory=list)

    @_Lazy
    def arabic(self) -> int:
        """Number of Arabic letters; of a long line every character that is not ASCII."""
        if len(self.text) > _LONG:  # what little else is not ASCII does not turn the balance
            return len(self.text) - len(self.text.encode("ascii", "ignore"))
        return 0 if self.text.isascii() else sum(map(len, _ARABIC.findall(self.text)))

    @_Lazy
    def latin(self) -> int:
        """Number of Latin letters; of a long line every ASCII character."""
        if len(self.text) > _LONG:
            return len(self.text) - self.arabic
        if self.text.isascii():
            return len(self.text.encode().translate(None, _NO_LETTERS))
        return sum(map(len, _LATIN.findall(self.text)))

    @_Lazy
    def folded(self) -> str:
        """Folded text, for looking words up."""
        return fold(self.text)

    @_Lazy
    def words(self) -> list[Word]:
        """Folded words with their places in the folded text."""
        return words(self.folded)

    @_Lazy
    def texts(self) -> list[str]:
        """Folded words."""
        return texts(self.folded)

    @_Lazy
    def opening(self) -> list[str]:
        """The folded words among which a label would stand: all, or of a long line the first."""
        return self.texts if len(self.text) <= _SHORT else texts(self.folded[:_HEAD])

    @_Lazy
    def key(self) -> str:
        """Words joined: what two copies of a line share whatever their spaces and signs."""
        return " ".join(self.texts)

    @_Lazy
    def plain(self) -> bool:
        """Whether nothing in the line can be a label or metadata."""
        return len(self.text) <= _SHORT and is_plain(self.text, self.texts)

    @_Lazy
    def size(self) -> int:
        """Number of words, counted by white space."""
        return len(self.text.split())

    @property
    def script(self) -> str:
        """``ar``, ``en`` or ``""`` by the majority of letters."""
        if self.arabic == self.latin:
            return ""
        return "ar" if self.arabic > self.latin else "en"

    @_Lazy
    def ends_sentence(self) -> bool:
        """Whether a full stop, question mark or the like ends the line."""
        if _SENTENCE.search(self.text[-12:]):
            return True
        return self.text[-1] in ")]" and _BRACKETED.search(self.text[-_WIDEST:]) is not None

    @property
    def link(self) -> float:
        """Share of the line inside links; 0 on text pages."""
        return self.block.link_share if self.block else 0.0

    @_Lazy
    def teaser(self) -> bool:
        """Whether the line is a link as long as a headline, which needs no closer look."""
        linked = self.block is not None and self.block.link_share >= _LINKED
        return linked and self.size >= _TEASER and ":" not in self.text[:_CUE]

    @_Lazy
    def path(self) -> str:
        """Path of the line's block, lower case."""
        return self.block.path.lower() if self.block else ""

    @_Lazy
    def captioned(self) -> bool:
        """Whether the markup puts captions where the line stands."""
        return self.block is not None and _is_caption_path(self.block.path)

    @_Lazy
    def label(self) -> Label | None:
        """The label the line begins with: alone, before a colon, or a long one before a headline."""
        if self.teaser or self.plain:
            return None
        hit = labels().at_text(self.opening, 0) if self.opening else None
        if hit is None or (self.size > _LONGEST_LABELLED and hit[1] not in _LISTING):
            return None
        count, kind = hit
        end = self.words[count - 1].end
        text = self.folded[:end]
        counter = self.words[count:]  # التعليقات (2)
        if not counter or (len(counter) == 1 and counter[0].text.isdigit()):
            return Label(kind, text, None)
        colon = _COLON.match(self.folded, end)
        if colon:
            return Label(kind, text, self._place(colon.end()))
        if kind == "comments" and count > 1 and len(self.words) < 8:
            return Label(kind, text, self._place(self.words[count].start))
        long = count > 1 and len(self.words) - count > 2
        spoken = self.text[-1] == "." and kind != "notice"  # a sentence, which no headline is
        if long and not spoken and kind in {"related", "previous", "next", "notice"}:
            return Label(kind, text, self._place(self.words[count].start))
        return None

    def _place(self, folded_position: int) -> int:
        """Position in the page of a position in the folded line."""
        if len(self.folded) == len(self.text):
            return self.start + folded_position
        seen = 0
        for offset, char in enumerate(self.text):
            if seen >= folded_position:
                return self.start + offset
            seen += len(fold(char))
        return self.end

    @_Lazy
    def furniture(self) -> bool:
        """Whether share words, menu words and numbers are all the line holds."""
        found, index, named = self.opening, 0, 0
        if not found:
            return True
        if self.plain or self.size > _LONGEST_MENU:
            return False
        while index < len(found):
            hit = labels().at_text(found, index)
            if hit and hit[1] in _MENU:
                index += hit[0]
                named += hit[1] in FURNITURE
            elif found[index].isdigit() or (named and found[index] in _JOINTS | _UNITS):
                index += 1
            else:
                return False
        return named > 0 or self.arabic + self.latin == 0

    def mark(self, kind: Kind, reason: str) -> None:
        """Label the whole line; pieces already found stay."""
        self.kind, self.reason = kind, reason


@lru_cache(maxsize=4096)
def _is_caption_path(path: str) -> bool:
    return _CAPTION_PATH.search(path) is not None


def read_lines(raw: RawPage) -> list[Line]:
    """The lines of a page that hold anything."""
    text = raw.text
    if raw.blocks:
        return _folded([Line(i, b.start, b.end, text[b.start : b.end], b) for i, b in enumerate(raw.blocks)])
    lines: list[Line] = []
    previous = 0
    for match in _LINE.finditer(text):
        stripped = match.group().strip(_SPACE)
        if not stripped or stripped.isspace():
            continue
        start = match.start() + match.group().index(stripped)
        gap = text.count("\n", previous, start) > 1
        lines.append(Line(len(lines), start, start + len(stripped), stripped, None, gap))
        previous = match.end()
    return _folded(_unwrapped(lines, text))


def _folded(lines: list[Line]) -> list[Line]:
    """The lines, with what every pass asks of them made for all at once."""
    text = "\n".join([line.text for line in lines])
    folded = [] if has_shapes(text) else fold(text).split("\n")
    if len(folded) == len(lines):  # a paragraph put together again has line ends
        for line, its in zip(lines, folded, strict=True):
            line.folded = its
            line.size = len(line.text.split())
            if len(its) <= _SHORT:
                line.texts = texts(its)
    return lines


def _unwrapped(lines: list[Line], text: str) -> list[Line]:
    """Paragraphs whose lines were broken at a fixed width, each as one line again."""
    if not lines or max(line.end - line.start for line in lines) > _WIDEST:
        return lines
    groups: list[list[Line]] = []
    for line in lines:
        if line.gap or not groups:
            groups.append([])
        groups[-1].append(line)
    joined: list[Line] = []
    for group in groups:
        if _is_wrapped(group):
            start, end = group[0].start, group[-1].end
            one = Line(len(joined), start, end, text[start:end], None, group[0].gap)
            joined.append(one)
            continue
        for line in group:
            line.index = len(joined)
            joined.append(line)
    return joined


def _is_wrapped(group: list[Line]) -> bool:
    """Whether lines without an empty one between them are one broken paragraph."""
    *full, last = group
    if not full or not last.ends_sentence:
        return False
    widths = [line.end - line.start for line in full]
    if min(widths) < max(_NARROWEST, 0.7 * max(*widths, last.end - last.start)):
        return False
    if sum(line.ends_sentence for line in full) > 0.5 * len(full):
        return False
    return last.arabic > last.latin or any(line.text[0].islower() for line in group[1:])
