"""How a story opens: the dateline above it or before its first words."""

from __future__ import annotations

import re
from typing import Final

from bialign.model import Dateline
from bialign.pages.bylines import byline_names, is_place
from bialign.pages.datelines import FoundDateline, inline_dateline, whole_dateline
from bialign.pages.folding import fold
from bialign.pages.labelled import Labelled
from bialign.pages.lines import Line, Piece
from bialign.pages.phrases import texts
from bialign.pages.story import HEADINGS
from bialign.pages.titling import Side

_LED: Final = re.compile(r"(?P<name>[^/:–—-]{2,40}?)\s?(?:[/:–—]|-\s)\s*(?=\S)")
# A sentence above the story with more unexplained lines below it is a poll or a teaser.
_MOST_STRANGERS: Final = 2


def mark_opening(page: Labelled, side: Side, title: Line | None) -> None:
    """Between title and first paragraph: a dateline of its own, sentences, captions."""
    strangers = 0
    first = title.index + 1 if title and title.index < side.story.first else 0
    for line in reversed(page.lines[first : side.story.first]):
        if line.kind:
            continue
        if line.captioned:
            line.mark("caption", "caption of a picture")
        elif page.dateline is None and (whole := _dateline(line.text) or _beside_outlet(page, line)):
            page.dateline = whole.dateline
            page.dates += whole.dates
            if whole.reporter:
                page.credit(whole.role, whole.reporter, line.start)
            line.mark("dateline", "place and agency")
        elif (
            line.ends_sentence
            and line.size >= 3
            and line.script == side.story.script
            and line.link < 0.5
            and not (line.block and line.block.tag in HEADINGS)
        ):
            if strangers <= _MOST_STRANGERS:
                line.mark("body", "sentence before the first paragraph")
        else:
            strangers += 1


def _beside_outlet(page: Labelled, line: Line) -> FoundDateline | None:
    """A place and the site's own name, which no table of agencies has (``حلب - قناة الفرات``)."""
    place, dash, outlet = line.text.partition(" - ")
    own = bool(dash) and " ".join(texts(fold(outlet))) in page.outlets and is_place(place)
    return FoundDateline(len(line.text), Dateline(place, outlet.strip())) if own else None


def _dateline(text: str) -> FoundDateline | None:
    """The dateline that a line is, unless its place is rather somebody's name."""
    whole = whole_dateline(text)
    if whole and whole.dateline.agency is None and byline_names(whole.dateline.place or ""):
        return None
    return whole


def mark_inline(page: Labelled, line: Line, *, sure: bool) -> None:
    """Set a dateline before the first words of a paragraph apart from them."""
    found = inline_dateline(line.text) or _own_name(page, line)
    if found is None or not (sure or (found.dateline.agency and found.dateline.place) or _capitals(found)):
        return
    told = found.dateline
    if told.agency is None and told.place and _is_outlet(page, line, told.place):
        told = Dateline(None, told.place)
    page.dateline = page.dateline or told
    line.pieces = [Piece(line.start, line.start + found.end, "dateline", "place and agency before the story")]
    page.dates += found.dates
    if found.reporter:
        page.credit(found.role, found.reporter, line.start)


def _own_name(page: Labelled, line: Line) -> FoundDateline | None:
    """The site's own name before the first words (``Zagros Wire/ The bakers …``)."""
    led = _LED.match(line.text)
    if led is None or " ".join(texts(fold(led["name"]))) not in page.outlets:
        return None
    return FoundDateline(led.end(), Dateline(None, led["name"].strip()))


def _is_outlet(page: Labelled, line: Line, name: str) -> bool:
    """Whether what stands where places stand is the site's own name, which it says elsewhere too."""
    if is_place(name):
        return False
    key = " ".join(texts(fold(name)))
    return key in page.outlets or any(other.key == key for other in page.lines if other is not line)


def _capitals(found: FoundDateline) -> bool:
    """Whether a dateline's place is in capitals."""
    return (found.dateline.place or "").partition(",")[0].isupper()
