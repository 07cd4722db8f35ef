"""One scraped page → one ``Page``: every character of the untouched text gets one label.

Lines are labelled in passes, each of which only looks at what is still unlabelled: furniture and
labels, metadata bars, the story, its title and dateline, headlines, repeats, and the rest by
where it stands. The record is then read off the labels.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Final

from bialign.model import Kind, Page, RawPage, Segment
from bialign.pages.labelling import label_lines
from bialign.pages.lines import Line
from bialign.pages.templates import Template
from bialign.text.arabic import fold_arabic

# What stands between two pieces of a line and is no text of its own.
_SIGNS: Final = " \t\u00a0|•·-–—/،,:：🕔\u200e\u200f"


def separate(raw: RawPage, template: Template | None = None) -> Page:
    """Separate one page.

    Args:
        raw: the page as it came.
        template: what repeats on the page's site (``templates.learn``); a page alone does without.

    Returns:
        The record; its segments tile ``raw.text``.

    >>> lines = ("Ten killed in Hama", "ترجمة سعيد علي | 3 مايو 2018", "Ten people died in Hama on Monday.")
    >>> page = separate(RawPage("x.txt", chr(10).join(lines)))
    >>> page.title, page.credits[0].role, page.published, page.body
    ('Ten killed in Hama', 'translator', '2018-05-03', 'Ten people died in Hama on Monday.')
    """
    found = label_lines(raw, template)
    return Page(
        id=raw.id or page_id(raw),
        source=raw.source,
        url=raw.url,
        language=found.language,
        title=found.title,
        dateline=found.dateline,
        body=found.body,
        title_ar=found.title_ar,
        body_ar=found.body_ar,
        published=found.published,
        updated=found.updated,
        credits=tuple(dict.fromkeys(found.credits)),
        categories=tuple(dict.fromkeys(found.categories)),
        tags=tuple(dict.fromkeys(found.tags)),
        headlines=tuple(dict.fromkeys(found.headlines)),
        segments=tuple(segments(raw.text, found.lines)),
        text=raw.text,
        site=found.site,
        credit_keys=tuple(fold_arabic(credit.name) for credit in dict.fromkeys(found.credits)),
        warnings=(*raw.warnings, *found.warnings),
    )


def separate_all(raws: Iterable[RawPage]) -> Iterator[Page]:
    """Separate many pages, each with what its site's pages share."""
    for raw in raws:
        yield separate(raw)


def page_id(raw: RawPage) -> str:
    """A short id of a page without one: a hash of where it came from and what it says."""
    digest = hashlib.blake2b(digest_size=8)
    digest.update((raw.url or raw.source).encode("utf-8", "surrogatepass"))
    digest.update(b"\x00")
    digest.update(raw.text.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def segments(text: str, lines: list[Line]) -> Iterator[Segment]:
    """Segments that tile a text; the white space between two belongs to the second."""
    spans = [span for line in lines for span in _spans(line)]
    if not spans:
        if text:
            yield Segment(0, len(text), "boilerplate", "nothing to read")
        return
    position = 0
    for number, (_, end, kind, reason) in enumerate(spans):
        stop = len(text) if number + 1 == len(spans) else end
        yield Segment(position, stop, kind, reason)
        position = stop


def _spans(line: Line) -> Iterator[tuple[int, int, Kind, str]]:
    """The labelled spans of one line: its pieces, and the line's own label between them."""
    kind: Kind = line.kind or "boilerplate"
    position = line.start
    for piece in line.pieces:
        if piece.start > position and line.text[position - line.start : piece.start - line.start].strip(
            _SIGNS
        ):
            yield position, piece.start, kind, line.reason
        yield position, piece.end, piece.kind, piece.reason
        position = piece.end
    if position < line.end:
        yield position, line.end, kind, line.reason
