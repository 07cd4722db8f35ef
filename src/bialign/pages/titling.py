"""The title of a story: which line it is, and what of the line is the title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

import regex

from bialign.pages.dates import find_dates
from bialign.pages.folding import fold
from bialign.pages.labelled import Labelled
from bialign.pages.lines import Line, Piece
from bialign.pages.phrases import texts, words
from bialign.pages.sections import leading_section
from bialign.pages.story import Story, find_title, without_site
from bialign.pages.tables import agencies, section_words
from bialign.text.scripts import arabic_share

_SHORTEST_TITLE: Final = 4
# What divides a section from the headline after it.
_BEFORE_TITLE: Final = regex.compile(r"\s+[-–—|/»›>•·]\s+")
# Signs of plain-text markup around a headline.
_MARKUP: Final = "*_#~= "
_MOST_CRUMBS: Final = 4
# A part of a line with this share of Arabic letters is Arabic.
_MOSTLY: Final = 0.6


@dataclass(frozen=True, slots=True)
class Side:
    """The story in one language: its first and last line, and the block path its paragraphs share."""

    story: Story
    path: str
    mixed: bool  # the page's only side, which keeps paragraphs quoted in the other script


def titles_of(page: Labelled, sides: list[Side]) -> list[Line | None]:
    """The title of each side: above its first paragraph and below what the other side tells."""
    titles: list[Line | None] = []
    for side in sides:
        others = [s.story.last for s in sides if s is not side and s.story.last < side.story.first]
        since = max(others, default=-1) + 1
        script = side.story.script if len(sides) > 1 else None
        title = find_title(page.lines, side.story, page.raw.hints, since=since, script=script)
        if title is None:
            title = _before_bar(page, side)
        if title is None and since:
            title = find_title(page.lines, side.story, page.raw.hints, script=script)
        if title is not None:
            entitle(page, title, arabic=len(sides) > 1 and side.story.script == "ar")
        titles.append(title)
    return titles


def _before_bar(page: Labelled, side: Side) -> Line | None:
    """A line whose byline follows the headline with no line end between."""
    for line in page.lines[: side.story.first]:
        bar = page.bars.get(line.index)
        for start, end in bar.loose[:1] if bar else ():
            if start == line.start and len(page.raw.text[start:end].split()) >= _SHORTEST_TITLE:
                return line
    return None


def mark_two_titles(page: Labelled, titles: Sequence[Line | None]) -> None:
    """A headline in both languages on one line (``Port reopens | افتتاح الميناء``)."""
    line = next((title for title in titles if title), None)
    for cut in _BEFORE_TITLE.finditer(line.text) if line else ():
        parts = line.text[: cut.start()].strip(), line.text[cut.end() :].strip()  # type: ignore[union-attr]  # there is a line where there are cuts
        arabic = [arabic_share(part) > _MOSTLY for part in parts]
        if arabic[0] != arabic[1] and all(len(part.split()) > 1 for part in parts):
            page.title, page.title_ar = (parts[1], parts[0]) if arabic[0] else parts
            return


def entitle(page: Labelled, line: Line, *, arabic: bool = False) -> None:
    """Make a line the title of its language, without the signs, sites and sections around it."""
    sites = [hint.value for hint in page.raw.hints if hint.fact == "site"]
    text = line.text
    if (bar := page.bars.get(line.index)) is None:
        line.mark("title", "headline above the story")
    else:
        start, end = bar.loose.pop(0)
        text = page.raw.text[start:end]
        line.pieces.insert(0, Piece(start, end, "title", "headline before the byline"))
    text = _bare_title(page, text.strip(_MARKUP))
    text = without_site(text, [*sites, *page.template.names])
    text = _without_section(page, line, text)
    if arabic:
        page.title_ar = text
    else:
        page.title = text


def _bare_title(page: Labelled, text: str) -> str:
    """A title without the agency before it and without the section and the date after it."""
    head, colon, rest = text.partition(":")
    if colon and len(rest.split()) > _MOST_CRUMBS and agencies().whole(words(fold(head))):
        text = rest.strip()
    dates = find_dates(text) if text[-1:].isdigit() else []
    if not dates or dates[-1].end < len(text) or not text[: dates[-1].start].strip():
        return text
    page.dates += dates[-1:]
    text = text[: dates[-1].start].rstrip(" -–—|،,(")
    found = words(fold(text))
    for count in (2, 1):
        if (
            len(found) > count + 2
            and leading_section([word.text for word in found[-count:]]) == count
            and len(fold(text)) == len(text)
        ):
            at = found[-count].start
            page.categories.append(text[at:])
            return text[:at].rstrip(" -–—|،,")
    return text


def _without_section(page: Labelled, line: Line, text: str) -> str:
    """A title without the section that is set before it (``اقتصاد - …``)."""
    start = 0
    for dash in islice(_BEFORE_TITLE.finditer(text), _MOST_CRUMBS):
        head, rest = text[start : dash.start()], text[dash.end() :]
        found = texts(fold(head))
        if not found or len(found) > _MOST_CRUMBS or len(rest.split()) < 3:
            break
        sort = "/" in dash.group() and len(found) == 1 and found[0] in section_words("adjective")
        if sort or leading_section(found, 0, page.template.sections) == len(found):
            page.categories.append(head.strip())
            at = line.start + line.text.find(head)
            line.pieces.append(Piece(at, at + len(head), "category", "section before the headline"))
            return rest.strip()
        start = dash.end()
    return text
