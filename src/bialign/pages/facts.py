"""Whose facts they are: the credits, dates, sections and tags that stand with the story."""

from __future__ import annotations

from typing import Final

import regex

from bialign.model import Credit, Dateline
from bialign.pages.bars import listed, tag
from bialign.pages.credits import names_in
from bialign.pages.datelines import whole_dateline
from bialign.pages.dates import FoundDate
from bialign.pages.folding import fold
from bialign.pages.labelling import RELATIONS, Labelled
from bialign.pages.lines import Line, Piece
from bialign.pages.phrases import texts, words
from bialign.pages.sections import leading_section
from bialign.pages.stamps import choose_stamps
from bialign.pages.story import Story, is_rights
from bialign.pages.tables import agencies, given_names

_ENDS_ZONE: Final = RELATIONS | {"popular", "comments"}
_AUTHOR_PATH: Final = regex.compile(r"author|byline|writer|credit|kateb")
_SECTION_PATH: Final = regex.compile(r"breadcrumb|category|section-?name|kicker|topic")
_HOME: Final = regex.compile(rf"(?:{fold('الرئيسية|الصفحة الرئيسية|الرئيسة')}|home)\b")
_FOOT_PATH: Final = regex.compile(
    r"(?<!(?:post|tory|ntry|icle|meta|card)-)\bfooter|\bfoot\b|masthead|comment"
)
_DOT: Final = regex.compile(r"\s*[•|·»›>/]\s*|\s[-–—]\s")
_NAME_PARTS: Final = frozenset({"ابو", "ام", "عبد", "د"})
_LONGEST_LIST: Final = 30
_CRUMB: Final = regex.compile(r"\s*[>»›/\\«‹←]+\s*")


def gather(page: Labelled, title: Line | None, story: Story | None) -> None:
    """Fill in credits, dates, sections and tags from the lines that stand with the story.

    Args:
        page: the labelled page.
        title: the title's line, if any.
        story: the story, if any.
    """
    start, end = zone(page, title, story)
    top = story.first if story else end
    _bare_bylines(page, title, start, top)
    _sections(page, title, start, top)
    _hinted(page, start, end)
    below: list[FoundDate] = []
    for index in sorted(page.bars):
        line, bar = page.lines[index], page.bars[index]
        if not start <= index < end:
            if line.kind == "credits":
                line.pieces = []
                line.mark("boilerplate", "credits that are not the story's")
            continue
        page.credits += bar.credit_records()
        if index > top and not bar.credits and not any(date.cue for date in bar.dates):
            below += bar.dates  # a bare date below the story counts only where no other stands
            continue
        page.categories += bar.categories
        page.tags += bar.tags
        page.dates += bar.dates
        _loose(page, line, has_tags=bool(bar.categories))
        if page.dateline is None and line.text.startswith("(") and (whole := whole_dateline(line.text)):
            page.dateline = whole.dateline
    for index, (sections, tags) in sorted(page.lists.items()):
        if start <= index < end + 3:
            page.categories += sections
            page.tags += tags
    page.credits = [c for c in page.credits if c.role != "editor_in_chief" or _told_apart(page, c)]
    page.published, page.updated, warnings = choose_stamps(page.dates or below[:1], page.raw.hints)
    page.warnings += warnings


def zone(page: Labelled, title: Line | None, story: Story | None) -> tuple[int, int]:
    """The lines whose metadata are the story's own, half open."""
    if title is None and story is None:
        return 0, 0
    anchor = title.index if title else (story.first if story else 0)
    start = anchor
    while start > 0 and (start - 1 in page.bars or page.lines[start - 1].kind == "date"):
        start -= 1
    end = (story.last if story else anchor) + 1
    while end < len(page.lines):
        line = page.lines[end]
        if (line.label and line.label.kind in _ENDS_ZONE) or is_rights(line) or _FOOT_PATH.search(line.path):
            break
        roles = {credit.role for credit in page.bars[end].credits} if end in page.bars else set()
        if roles == {"editor_in_chief"}:
            break  # the masthead begins
        end += 1
    return start, end


def _told_apart(page: Labelled, credit: Credit) -> bool:
    """An editor in chief is the masthead's unless he stands in a line with other credits."""
    for bar in page.bars.values():
        roles = {found.role for found in bar.credits}
        if any(found.name == credit.name for found in bar.credits) and len(roles) > 1:
            return True
    return False


def _bare_bylines(page: Labelled, title: Line | None, start: int, top: int) -> None:
    """A name without a cue between title and story is the author's."""
    for line in page.lines[(title.index + 1) if title else start : top]:
        if line.kind or line.size > 12:
            continue
        named = bool(_AUTHOR_PATH.search(line.path))
        beside = any(near in page.bars for near in (line.index - 1, line.index + 1))
        names = byline_names(line.text, sure=named, beside=beside)
        if names:
            line.mark("credits", "a name where bylines stand")
            page.credits += [Credit("author", name) for name in names]
        elif line.size <= 4 and agencies().whole_text(line.texts):
            line.mark("credits", "an agency where bylines stand")
            page.credits.append(Credit("source", " ".join(line.text.split())))


def byline_names(text: str, *, sure: bool = False, beside: bool = False) -> list[str]:
    """The names a text without a cue consists of, if it looks like a byline.

    Args:
        text: a line or a chunk of a bar.
        sure: the markup says that an author stands here.
        beside: a date or another credit stands beside it.

    >>> byline_names("محمد غيث"), byline_names("أخبار محلية")
    (['محمد غيث'], [])
    """
    found = texts(fold(text))
    if not 2 <= len(found) <= 12 or not (sure or _begins_name(found[0], beside=beside)):
        return []
    if leading_section(words(fold(text))) or agencies().whole_text(found):
        return []
    names = names_in(text)
    if any(not 2 <= len(name.split()) <= 5 for name in names):
        return []
    if not sure and not all(_begins_name(texts(fold(name))[0], beside=beside) for name in names):
        return []
    return names


def _begins_name(word: str, *, beside: bool) -> bool:
    """Whether a folded word is a given name, or a Latin word where a date or credit stands beside."""
    if word.isascii():
        return beside or word in given_names("en")
    return word in given_names("ar") or word in _NAME_PARTS


def _sections(page: Labelled, title: Line | None, start: int, top: int) -> None:
    """Section lines beside the title, and the breadcrumb above it."""
    if title is None:
        return
    lines = page.lines
    for line in lines[title.index + 1 : top]:
        if line.kind is None and _is_section(page, line):
            line.mark("category", "section word")
            page.categories.append(" ".join(line.text.split()))
    if page.categories:
        return
    if start > 0 and lines[start - 1].kind is None and _one_section(page, lines[start - 1]):
        return
    above = start - 1
    crumbs: list[Line] = []
    while (
        above >= 0
        and len(crumbs) < 4
        and lines[above].size <= 5
        and lines[above].kind in {None, "navigation"}
    ):
        if _HOME.match(lines[above].folded) and lines[above].size <= 2:
            if len(crumbs) > 1 and "crumb" not in crumbs[0].path:
                break  # a menu, as like as not
            for crumb in reversed(crumbs):
                crumb.mark("category", "breadcrumb")
                page.categories.append(" ".join(crumb.text.split()))
            return
        if lines[above].kind:
            break
        crumbs.append(lines[above])
        above -= 1
    if start > 0 and _HOME.match(lines[start - 1].folded) and _CRUMB.search(lines[start - 1].text):
        _crumbs(page, lines[start - 1], title)
    elif crumbs and _is_section(page, crumbs[0]) and not _in_menu(crumbs):
        crumbs[0].mark("category", "section word above the headline")
        page.categories.append(" ".join(crumbs[0].text.split()))


def _one_section(page: Labelled, line: Line) -> bool:
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
    found = words(fold(text))
    return bool(found) and leading_section(found, 0, page.template.sections) == len(found)


def _in_menu(crumbs: list[Line]) -> bool:
    """Whether a section above the headline is the last item of the site's menu."""
    if len(crumbs) == 1 or crumbs[0].index <= 1 or crumbs[0].gap:
        return False
    return crumbs[0].path == crumbs[1].path and crumbs[1].size <= 3


def _crumbs(page: Labelled, line: Line, title: Line) -> None:
    parts = [" ".join(part.split()) for part in _CRUMB.split(line.text)[1:]]
    line.mark("navigation", "breadcrumb")
    for part in parts:
        if part and fold(part) not in title.folded and len(part.split()) <= 4:
            page.categories.append(part)
            at = line.start + line.text.find(part)
            line.pieces.append(Piece(at, at + len(part), "category", "breadcrumb"))


def _is_section(page: Labelled, line: Line) -> bool:
    if not 0 < line.size <= 5 or not line.words:
        return False
    if _SECTION_PATH.search(line.path) and line.size <= 4:
        return True
    return leading_section(line.words, 0, page.template.sections) == len(line.words)


def _hinted(page: Labelled, start: int, end: int) -> None:
    """Sections and tags of the markup that stand visibly near the story."""
    stated = {"section": set[str](), "tag": set[str]()}
    for hint in page.raw.hints:
        if hint.fact in {"section", "tag", "keywords"}:
            items = listed(hint.value) if hint.fact == "keywords" else [hint.value]
            stated["section" if hint.fact == "section" else "tag"].update(_key(item) for item in items)
    if not any(stated.values()):
        return
    for line in page.lines[max(0, start - 6) : end + 3]:
        if line.kind not in {None, "navigation", "tag", "category"} or line.size > _LONGEST_LIST:
            continue
        if line.key in stated["section"] and line.index < end:
            line.mark("category", "section of the markup")
            page.categories.append(" ".join(line.text.split()))
        elif line.index >= start and line.index not in page.lists and (tags := _cut(line, stated["tag"])):
            line.mark("tag", "tags of the markup")
            page.tags += tags


def _cut(line: Line, stated: set[str]) -> list[str]:
    """The tags that a line consists of, one after the other; empty if anything else stands in it."""
    found, tags, index = line.words, list[str](), 0
    if len(line.folded) != len(line.text):
        return [tag(line.text)] if line.key in stated else []
    while index < len(found):
        for end in range(len(found), index, -1):
            if " ".join(word.text for word in found[index:end]) in stated:
                tags.append(tag(line.text[found[index].start : found[end - 1].end]))
                index = end
                break
        else:
            return []
    return tags


def _key(text: str) -> str:
    return " ".join(word.text for word in words(fold(text)))


def _loose(page: Labelled, line: Line, *, has_tags: bool) -> None:
    """Chunks of a metadata line that no word explains: a name, an agency, a section, a tag."""
    for start, end in page.bars[line.index].loose:
        text = " ".join(page.raw.text[start:end].split())
        found = words(fold(text))
        names = byline_names(text, beside=True)
        if names:
            page.credits += [Credit("author", name) for name in names]
            line.pieces.append(Piece(start, end, "credits", "a name where bylines stand"))
        elif agencies().whole(found):
            page.credits.append(Credit("source", text))
            line.pieces.append(Piece(start, end, "credits", "an agency where bylines stand"))
        elif page.dateline is None and (whole := whole_dateline(text)) and whole.dateline.agency:
            page.dateline = Dateline(whole.dateline.place, whole.dateline.agency)
            line.pieces.append(Piece(start, end, "dateline", "place and agency"))
        elif len(found) <= 5 and not line.ends_sentence:
            if has_tags or page.categories:
                page.tags.append(tag(text))
                line.pieces.append(Piece(start, end, "tag", "short chunk beside a section"))
            elif len(found) <= 3:
                page.categories.append(text)
                line.pieces.append(Piece(start, end, "category", "short chunk beside byline or date"))
    line.pieces.sort(key=lambda piece: piece.start)
