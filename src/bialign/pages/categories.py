"""Which section a story stands in: a line beside the title, a breadcrumb, what the markup says."""

from __future__ import annotations

from typing import Final

import regex

from bialign.pages.bars import cut
from bialign.pages.folding import fold
from bialign.pages.labelled import Labelled, key_of
from bialign.pages.lines import Line, Piece
from bialign.pages.phrases import texts
from bialign.pages.sections import leading_section

_SECTION_PATH: Final = regex.compile(
    r"breadcrumb|category|section-?name|kicker|topic|eyebrow|rubric|[.>-](?:cat|section|crumb|tagline)(?:[.>-]|$)"
)
_MENU_PATH: Final = regex.compile(r"nav|menu|header|footer|top-?bar")
_HOME: Final = regex.compile(rf"(?:{fold('الرئيسية|الصفحة الرئيسية|الرئيسة')}|home)\b")
_CRUMB: Final = regex.compile(r"\s*[>»›/\\«‹←]+\s*")
_DOT: Final = regex.compile(r"\s*[•|·»›>/]\s*|\s[-–—]\s")
# Parts of a breadcrumb that name no section.
_GENERIC: Final = frozenset(
    map(
        fold,
        (
            "article",
            "details",
            "story",
            "news details",
            "post",
            "تفاصيل",
            "تفاصيل الخبر",
            "الخبر",
            "المقال",
            "خبر",
        ),
    )
)
_LONGEST_LIST: Final = 30
_MOST_CRUMBS: Final = 4
_NEAR: Final = 3


def find_categories(page: Labelled, title: Line | None, start: int, top: int) -> None:
    """Find the section beside the title or in the breadcrumb above it.

    Args:
        page: the page, its title and metadata labelled.
        title: the title's line; without it there is no beside.
        start: first line of the story's own metadata.
        top: first line of the story.
    """
    if title is None:
        return
    lines = page.lines
    for line in [*lines[start : title.index], *lines[title.index + 1 : top]]:
        if line.kind is None and is_section(page, line):
            _take(page, line, "section word")
    if page.categories:
        return
    near = [line for line in lines[max(0, start - _NEAR) : start] if line.key != title.key]
    for line in reversed(near):
        marked = (
            _SECTION_PATH.search(line.path) and not _MENU_PATH.search(line.path) and line.size <= _MOST_CRUMBS
        )
        if (
            line.kind is None
            and line.size <= _MOST_CRUMBS
            and line.link < 1.01
            and (marked or _of_menu(page, line))
        ):
            _take(page, line, "section above the headline")
            return
    for line in lines[title.index + 1 : top]:
        if line.kind is None and line.size <= _MOST_CRUMBS and _of_menu(page, line):
            _take(page, line, "section of the page's own menu")
            return
    above = [line for line in lines[max(0, start - 8) : start] if line.key != title.key]
    if not above:
        return
    last = above[-1]
    if last.kind is None and _all_section(page, last.text) and len(above) > 1 and _is_trail(above[-2]):
        _take(page, last, "section between breadcrumb and headline")
        return
    for line in reversed(above):
        if line.kind in {None, "navigation"} and _trail(page, line, title):
            return
    if last.kind in {None, "navigation"} and _beside_site(page, last):
        return
    crumbs: list[Line] = []
    for line in reversed(above):
        if len(crumbs) == _MOST_CRUMBS or line.size > 5 or line.kind not in {None, "navigation"}:
            break
        if _HOME.match(line.folded) and line.size <= 2:
            menu = len(crumbs) > 1 or _MENU_PATH.search(line.path)
            if menu and crumbs and "crumb" not in crumbs[0].path:
                break  # a menu, as like as not
            for crumb in reversed(crumbs):
                if not _before_title(page, crumb, title):
                    _take(page, crumb, "breadcrumb")
            return
        if line.kind:
            break
        if _section_count(page, line) > 1:
            break  # a menu in one line
        crumbs.append(line)
    if crumbs and is_section(page, crumbs[0]) and not _in_menu(crumbs):
        _take(page, crumbs[0], "section word above the headline")


def _of_menu(page: Labelled, line: Line) -> bool:
    """Whether a short line says again what an item of a menu further up says."""
    if not line.texts or line.label:
        return False
    for other in page.lines[: line.index]:
        if other.key == line.key and other.index + 1 < line.index:
            return True
        listed = line.size + 2 < other.size <= _LONGEST_LIST and other.kind in {None, "navigation"}
        if listed and not other.ends_sentence and f" {line.key} " in f" {other.key} ":
            return _section_like(other)
    return False


def _section_like(line: Line) -> bool:
    """Whether a line is a menu: it begins at home, is cut by bars, or holds two known sections."""
    found = line.texts
    if _HOME.match(line.folded) or line.text.count("|") > 1:
        return True
    return sum(1 for index in range(len(found)) if leading_section(found, index)) > 1


def find_stated(page: Labelled, start: int, end: int) -> None:
    """Sections and tags of the markup that stand visibly near the story.

    Args:
        page: the labelled page.
        start: first line of the story's own metadata.
        end: the line after its last.
    """
    sections = {key_of(hint.value) for hint in page.raw.hints if hint.fact == "section"}
    if not sections and not page.stated_tags:
        return
    for line in page.lines[max(0, start - 6) : end + 3]:
        if line.kind not in {None, "navigation", "tag", "category"} or line.size > _LONGEST_LIST:
            continue
        if line.key in sections and line.index < end:
            _take(page, line, "section of the markup")
        elif (
            line.index >= start
            and line.index not in page.lists
            and (tags := cut(line.text, page.stated_tags))
        ):
            line.mark("tag", "tags of the markup")
            page.tags += tags


def _take(page: Labelled, line: Line, reason: str) -> None:
    line.mark("category", reason)
    if "|" in line.text.strip("|"):
        for part in line.text.split("|"):
            item = " ".join(part.split())
            (page.tags if key_of(item) in page.stated_tags else page.categories).append(item)
        return
    page.categories.append(" ".join(line.text.split()).strip("[]()<>|•·:-–— #/\\»›"))


def _is_trail(line: Line) -> bool:
    """Whether a line is a breadcrumb of several parts."""
    return _HOME.match(line.folded) is not None and len(_CRUMB.split(line.text)) > 1


def _trail(page: Labelled, line: Line, title: Line) -> bool:
    """A breadcrumb in one line: it begins at the home page, or ends in the title."""
    if _unparted_trail(page, line, title):
        return True
    edges = [0, *(edge for match in _CRUMB.finditer(line.text) for edge in match.span()), len(line.text)]
    parts = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if line.text[a:b].strip()]
    if len(parts) < 2:
        return False
    last = line.text[slice(*parts[-1])]
    to_title = len(parts) > 2 and title.folded.startswith(fold(last.strip(" .…")))
    if not to_title and not _HOME.match(line.folded):
        return False
    line.mark("navigation", "breadcrumb")
    for start, end in parts[1 : -1 if to_title else None]:
        name = " ".join(line.text[start:end].split())
        if len(name.split()) <= 4 and fold(name) not in title.folded and fold(name) not in _GENERIC:
            line.pieces.append(Piece(line.start + start, line.start + end, "category", "breadcrumb"))
            page.categories.append(name)
    return True


def _unparted_trail(page: Labelled, line: Line, title: Line) -> bool:
    """A breadcrumb with nothing between its parts (``الرئيسية لبنان`` and the headline)."""
    home = _HOME.match(line.folded)
    return home is not None and _before_title(page, line, title, since=home.end())


def _before_title(page: Labelled, line: Line, title: Line, since: int = 0) -> bool:
    """Take what stands before the headline in a breadcrumb for the section."""
    start, end = since, len(line.text) - len(title.text)
    if not line.folded.endswith(title.folded) or len(line.folded) != len(line.text) or end <= start:
        return False
    name = " ".join(line.text[start:end].split())
    if not 0 < len(name.split()) <= _MOST_CRUMBS or len(_CRUMB.split(name)) > 1:
        return False
    line.mark("navigation", "breadcrumb")
    line.pieces.append(Piece(line.start + start, line.start + end, "category", "breadcrumb"))
    page.categories.append(name)
    return True


def _beside_site(page: Labelled, line: Line) -> bool:
    """Site and section in one line above the headline (``البوصلة • خبر عسكري``)."""
    parts = [part.strip() for part in _DOT.split(line.text) if part.strip()]
    if len(parts) != 2 or line.size > 8:
        return False
    known = [part for part in parts if _all_section(page, part)]
    if len(known) != 1:
        return False
    at = line.start + line.text.rfind(known[0])
    line.mark("navigation", "site and section")
    line.pieces.append(Piece(at, at + len(known[0]), "category", "section beside the site's name"))
    page.categories.append(" ".join(known[0].split()))
    return True


def _all_section(page: Labelled, text: str) -> bool:
    found = texts(fold(text))
    return bool(found) and leading_section(found, 0, page.template.sections) == len(found)


def is_section(page: Labelled, line: Line) -> bool:
    """Whether a whole line is a section's name, by its words or by its place in the markup."""
    if not 0 < line.size <= 5 or not line.texts:
        return False
    if _SECTION_PATH.search(line.path) and line.size <= 4:
        return True
    return leading_section(line.texts, 0, page.template.sections) == len(line.texts)


def _section_count(page: Labelled, line: Line) -> int:
    """How many sections a line consists of; 0 if anything else stands in it."""
    count = index = 0
    while index < len(line.texts):
        size = leading_section(line.texts, index, page.template.sections)
        if not size:
            return 0
        index += size
        count += 1
    return count


def _in_menu(crumbs: list[Line]) -> bool:
    """Whether a section above the headline is the last item of the site's menu."""
    if len(crumbs) == 1 or crumbs[0].index <= 1 or crumbs[0].gap:
        return False
    if crumbs[0].path:
        return crumbs[0].path == crumbs[1].path and crumbs[1].size <= 3
    sections = (leading_section(crumb.texts) == len(crumb.texts) for crumb in crumbs[1:] if crumb.texts)
    return len(crumbs) > 2 or any(sections)
