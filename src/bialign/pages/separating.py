"""One scraped page → one ``Page``: every character of the untouched text gets one label.

Lines are labelled in passes, each of which only looks at what is still unlabelled: furniture and
labels, metadata bars, the story, its title and dateline, headlines, repeats, and the rest by
where it stands. The record is then read off the labels.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from bialign.files import dumps
from bialign.model import Block, Hint, Kind, Page, RawPage, Segment
from bialign.pages.bodies import tell
from bialign.pages.facts import gather
from bialign.pages.headlines import find_headlines
from bialign.pages.labelled import Labelled
from bialign.pages.labelling import first_labels
from bialign.pages.lines import Line
from bialign.pages.sites import Sites, learn_sites
from bialign.pages.story import Story, find_stories
from bialign.pages.templates import Template, host
from bialign.text.arabic import fold_arabic

#: A line with a shorter key may well stand twice without being a repeat.
_SHORTEST_REPEAT: Final = 12
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
    found = _labelled(raw, template or Template())
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
        credits=tuple(found.credits),
        categories=tuple(dict.fromkeys(found.categories)),
        tags=tuple(dict.fromkeys(found.tags)),
        headlines=tuple(dict.fromkeys(found.headlines)),
        segments=tuple(segments(raw.text, found.lines)),
        text=raw.text,
        site=found.site,
        credit_keys=tuple(fold_arabic(credit.name) for credit in found.credits),
        warnings=(*raw.warnings, *found.warnings),
    )


def _labelled(raw: RawPage, template: Template) -> Labelled:
    """Every line labelled and every fact gathered."""
    page = first_labels(raw, template)
    title, story = tell(page, find_stories(page.lines))
    site = next((hint.value for hint in raw.hints if hint.fact == "site"), None)
    page.site = template.site or host(raw.url) or site
    if story is None:
        page.warnings.append("no story found")
        page.language = "ar" if sum(line.arabic - line.latin for line in page.lines) > 0 else "en"
    find_headlines(page, story)
    gather(page, title, story)
    _repeats(page, title)
    _leftovers(page, title, story)
    return page


def _repeats(page: Labelled, title: Line | None) -> None:
    """Mark lines that say again what stands with the story."""
    seen: dict[str, Line] = {}
    for line in page.lines[title.index if title else 0 :]:
        if line.kind == "body":
            continue
        key = line.text if line.teaser else line.key
        if len(key) < _SHORTEST_REPEAT:
            continue
        first = seen.setdefault(key, line)
        if first is not line and line.kind != "title":
            line.pieces = []
            line.mark("boilerplate", f"repeat of the {first.kind or 'line'} at {first.start}")


def _leftovers(page: Labelled, title: Line | None, story: Story | None) -> None:
    """What nothing has explained is labelled by where it stands."""
    top = title.index if title else (story.first if story else 0)
    bottom = story.last if story else top
    for line in page.lines:
        if line.kind:
            continue
        if line.index < top:
            line.mark("navigation", "above the headline")
        elif story and line.index < story.first:
            line.mark(
                "caption" if line.size >= 4 else "navigation", "between headline and story, no sentence"
            )
        elif line.index > bottom:
            line.mark("headline" if line.size >= 6 else "navigation", "below the story")
        else:
            line.mark("boilerplate", "no part of the story")


def separate_all(raws: Iterable[RawPage], sites: Sites | None = None) -> Iterator[Page]:
    """Separate many pages, each with what its site's pages share.

    Args:
        raws: the pages. A list is read twice, once to learn and once to label; anything else is
            first written to a temporary file, so that memory stays flat.
        sites: templates learned before; then the pages are read once.

    Yields:
        One record a page, in order.
    """
    if sites is not None:
        for raw in raws:
            yield separate(raw, sites.of(raw))
        return
    if isinstance(raws, Sequence):
        yield from separate_all(raws, learn_sites(raws))
        return
    with tempfile.TemporaryFile("w+", encoding="utf-8") as spool:

        def spooled() -> Iterator[RawPage]:
            for raw in raws:
                spool.write(dumps(raw) + "\n")
                yield raw

        learned = learn_sites(spooled())
        spool.seek(0)
        yield from separate_all((raw_page(json.loads(line)) for line in spool), learned)


def raw_page(data: Mapping[str, Any]) -> RawPage:
    """The raw page whose ``to_dict`` this is."""
    nested = {
        "hints": tuple(Hint(**hint) for hint in data["hints"]),
        "blocks": tuple(Block(**block) for block in data["blocks"]),
        "warnings": tuple(data["warnings"]),
    }
    return RawPage(**{**data, **nested})


def page_id(raw: RawPage) -> str:
    """A short id of a page without one: a hash of where it came from and what it says."""
    digest = hashlib.blake2b(digest_size=8)
    digest.update((raw.url or raw.source).encode("utf-8", "surrogatepass"))
    digest.update(b"\x00")
    digest.update(raw.text.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def segments(text: str, lines: list[Line]) -> Iterator[Segment]:
    """Segments that tile a text; the white space between two belongs to the second."""
    spans: list[tuple[int, Kind, str]] = []
    for line in lines:
        if line.pieces:
            spans += _spans(line)
        else:
            spans.append((line.end, line.kind or "boilerplate", line.reason))
    if not spans:
        if text:
            yield Segment(0, len(text), "boilerplate", "nothing to read")
        return
    position = 0
    for number, (end, kind, reason) in enumerate(spans):
        stop = len(text) if number + 1 == len(spans) else end
        yield Segment(position, stop, kind, reason)
        position = stop


def _spans(line: Line) -> Iterator[tuple[int, Kind, str]]:
    """The labelled spans of one line, each by its end: its pieces, and the line's own label between them."""
    kind: Kind = line.kind or "boilerplate"
    position = line.start
    for piece in line.pieces:
        if piece.start > position and line.text[position - line.start : piece.start - line.start].strip(
            _SIGNS
        ):
            yield piece.start, kind, line.reason
        yield piece.end, piece.kind, piece.reason
        position = piece.end
    if position < line.end:
        yield line.end, kind, line.reason
