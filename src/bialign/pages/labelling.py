"""The passes that give every line of a page its label, and the facts they bring."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from bialign.model import Credit, Dateline, Headline, Language, RawPage, Relation
from bialign.pages.bars import Bar, listed, read_bar
from bialign.pages.credits import find_credits
from bialign.pages.datelines import inline_dateline, whole_dateline
from bialign.pages.lines import Line, Piece, read_lines
from bialign.pages.sections import leading_section
from bialign.pages.stamps import choose_stamps
from bialign.pages.story import Story, find_stories, find_title, is_paragraph, is_rights, without_site
from bialign.pages.tables import role_cues
from bialign.pages.templates import Template

_RELATIONS: Final[dict[str, Relation]] = {"previous": "previous", "next": "next", "related": "related"}
_ENDS_ZONE: Final = frozenset({"related", "previous", "next", "popular", "comments"})
_MOST_RELATED: Final = 15
_MUL_SHARE: Final = 0.25


@dataclass
class Labelled:
    """The labelled lines of a page and the facts read off them."""

    raw: RawPage
    lines: list[Line]
    language: Language = "en"
    title: str = ""
    body: str = ""
    title_ar: str | None = None
    body_ar: str | None = None
    dateline: Dateline | None = None
    published: str | None = None
    updated: str | None = None
    site: str | None = None
    credits: list[Credit] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    headlines: list[Headline] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    bars: dict[int, Bar] = field(default_factory=dict)


def label_lines(raw: RawPage, template: Template | None = None) -> Labelled:
    """Label every line of a page.

    Args:
        raw: the page.
        template: what repeats on its site, where known.
    """
    page = Labelled(raw, read_lines(raw))
    known = template.sections if template else frozenset()
    _furniture(page)
    _metadata(page, known)
    stories = find_stories(page.lines)
    story = stories[0] if stories else None
    title = find_title(page.lines, story, raw.hints)
    if title is not None:
        title.mark("title", "headline above the story")
    sites = [hint.value for hint in raw.hints if hint.fact == "site"]
    page.site = sites[0] if sites else None
    page.title = without_site(title.text, sites) if title else ""
    if story is None:
        page.warnings.append("no story found")
        page.language = "ar" if sum(line.arabic - line.latin for line in page.lines) > 0 else "en"
    else:
        _story(page, story, title)
    _headlines(page)
    _facts(page, title, story)
    _repeats(page)
    _leftovers(page, title, story)
    return page


def _furniture(page: Labelled) -> None:
    for line in page.lines:
        label = line.label
        if is_rights(line):
            line.mark("boilerplate", "claims rights")
        elif label and label.kind == "end" and label.value is None:
            line.mark("boilerplate", "end mark")
        elif label and label.kind in _RELATIONS and label.value is None:
            line.mark("navigation", f"label {label.kind}")
        elif line.size <= 40 and line.furniture:
            line.mark("navigation", "menu or share words")
        elif label and label.kind == "views" and line.size < 8:
            line.mark("boilerplate", "counter")
        elif label and label.kind in {"tags", "category"} and line.size < 60:
            _labelled_list(page, line)


def _labelled_list(page: Labelled, line: Line) -> None:
    label = line.label
    assert label is not None
    kind, into = ("tag", page.tags) if label.kind == "tags" else ("category", page.categories)
    line.mark("tag" if kind == "tag" else "category", f"label “{label.text}”")
    if label.value is not None:
        into += listed(page.raw.text[label.value : line.end])
        return
    for following in page.lines[line.index + 1 : line.index + 12]:
        if following.kind or following.label or following.size > 6 or following.ends_sentence:
            break
        if kind == "category" and following.index > line.index + 1:
            break
        into += listed(following.text)
        following.mark("tag" if kind == "tag" else "category", f"below “{label.text}”")


def _metadata(page: Labelled, known: frozenset[str]) -> None:
    waiting: Line | None = None
    for line in page.lines:
        if line.kind:
            waiting = None
            continue
        if waiting is not None:
            below, waiting = waiting, None
            if _cue_and_name(page, below, line):
                continue
        if line.size <= 4 and role_cues().whole(line.words):
            waiting = line
            continue
        if line.label and line.label.kind == "date" and line.label.value is None:
            line.mark("date", "label of a date")
            continue
        bar = read_bar(line, crawled=page.raw.crawled, known=known)
        if bar is not None:
            page.bars[line.index] = bar
            line.pieces = bar.pieces
            line.mark("credits" if bar.credits else "date", "byline" if bar.credits else "date line")


def _cue_and_name(page: Labelled, cue: Line, name: Line) -> bool:
    """A cue on one line and its name on the next."""
    found = find_credits(f"{cue.text}\n{name.text}")
    if not found or name.size > 12:
        return False
    page.bars[name.index] = Bar(credits=found)
    cue.mark("credits", "label of a credit")
    name.mark("credits", f"{found[0].role} {found[0].reason}")
    return True


def _story(page: Labelled, story: Story, title: Line | None) -> None:
    lines = page.lines
    first = title.index + 1 if title else 0
    for line in lines[first : story.first]:
        if line.kind:
            continue
        whole = whole_dateline(line.text)
        if whole and page.dateline is None:
            page.dateline = whole.dateline
            line.mark("dateline", "place and agency")
        elif line.ends_sentence and line.size >= 3 and line.script == story.script:
            line.mark("body", "sentence before the first paragraph")
    paragraphs = [line for line in lines[story.first : story.last + 1] if _belongs(line)]
    for line in lines[story.last + 1 :]:
        if line.kind or line.label or not line.ends_sentence or line.size < 3 or line.script != story.script:
            break
        paragraphs.append(line)
    if page.dateline is None and paragraphs:
        _inline(page, paragraphs[0])
    for line in paragraphs:
        line.mark("body", "paragraph of the story")
    for line in lines[story.first : story.last]:
        if line.kind is None:
            line.mark("headline", "heading between paragraphs")
    body = [line for line in lines if line.kind == "body"]
    _languages(page, body, story, title)


def _belongs(line: Line) -> bool:
    if line.kind:
        return False
    return is_paragraph(line) or line.size > 10 or line.ends_sentence or line.text[0] in "-*•–\"“«'"


def _inline(page: Labelled, line: Line) -> None:
    found = inline_dateline(line.text)
    if found is None:
        return
    page.dateline = found.dateline
    line.pieces = [Piece(line.start, line.start + found.end, "dateline", "place and agency before the story")]
    if found.reporter:
        page.credits.append(Credit("reporter", found.reporter))


def _languages(page: Labelled, body: list[Line], story: Story, title: Line | None) -> None:
    arabic = [line for line in body if line.script == "ar"]
    latin = [line for line in body if line.script != "ar"]
    page.language = "ar" if story.script == "ar" else "en"
    page.body = _text(page, body)
    if arabic and latin and _told_twice(arabic, latin):
        page.language = "mul"
        page.body, page.body_ar = _text(page, latin), _text(page, arabic)
        other = find_title(page.lines, None, ())
        if title is not None and title.script == "ar":
            page.title, page.title_ar = (other.text if other else ""), page.title
        elif other is not None:
            page.title_ar = other.text
        if other is not None:
            other.mark("title", "headline of the other language")


def _told_twice(arabic: list[Line], latin: list[Line]) -> bool:
    """Whether both languages tell the story: one as a block before or after the other."""
    sizes = sum(line.arabic for line in arabic), sum(line.latin for line in latin)
    if min(sizes) < _MUL_SHARE * max(sizes):
        return False
    apart = arabic[-1].index < latin[0].index or latin[-1].index < arabic[0].index
    return apart or (len(arabic) >= 3 and 0.5 <= len(arabic) / len(latin) <= 2)


def _text(page: Labelled, body: list[Line]) -> str:
    parts = []
    for line in body:
        start = max((piece.end for piece in line.pieces if piece.kind == "dateline"), default=line.start)
        parts.append(page.raw.text[start : line.end].strip())
    return "\n\n".join(part for part in parts if part)


def _headlines(page: Labelled) -> None:
    for line in page.lines:
        label = line.label
        if label is None or label.kind not in {*_RELATIONS, "popular"} or line.kind == "body":
            continue
        relation = _RELATIONS.get(label.kind)
        if label.value is not None:
            if relation:
                page.headlines.append(Headline(relation, page.raw.text[label.value : line.end].strip()))
            line.mark("headline", f"after “{label.text}”")
            continue
        taken = 0
        for below in page.lines[line.index + 1 :]:
            if below.kind == "date" or below.index in page.bars:
                continue
            if (
                below.kind
                or below.label
                or below.size < 3
                or taken >= (_MOST_RELATED if label.kind in {"related", "popular"} else 1)
            ):
                break
            below.mark("headline", f"below “{label.text}”")
            if relation:
                page.headlines.append(Headline(relation, " ".join(below.text.split())))
            taken += 1


def _facts(page: Labelled, title: Line | None, story: Story | None) -> None:
    """Credits, dates, sections of the bars that stand with the story."""
    start, end = _zone(page, title, story)
    near = {index: bar for index, bar in page.bars.items() if start <= index < end}
    for index, bar in page.bars.items():
        line = page.lines[index]
        if index not in near:
            continue
        page.credits += bar.credit_records()
        page.categories += bar.categories
        page.tags += bar.tags
        del line
    if title is not None and story is not None:
        for line in page.lines[start : story.first]:
            if line.kind is None and leading_section(line.words) == len(line.words):
                line.mark("category", "section word")
                page.categories.append(line.text)
    dates = [date for bar in near.values() for date in bar.dates]
    page.published, page.updated, warnings = choose_stamps(dates, page.raw.hints)
    page.warnings += warnings


def _zone(page: Labelled, title: Line | None, story: Story | None) -> tuple[int, int]:
    """The lines whose metadata are the story's own, half open."""
    if title is None and story is None:
        return 0, 0
    anchor = title.index if title else (story.first if story else 0)
    start = anchor
    while start > 0 and (
        start - 1 in page.bars
        or leading_section(page.lines[start - 1].words) == len(page.lines[start - 1].words) > 0
    ):
        start -= 1
    end = (story.last if story else anchor) + 1
    while end < len(page.lines):
        line = page.lines[end]
        if line.label and line.label.kind in _ENDS_ZONE:
            break
        if is_rights(line):
            break
        end += 1
    return start, end


def _repeats(page: Labelled) -> None:
    seen: dict[str, Line] = {}
    for line in page.lines:
        if len(line.key) < 12 or line.kind == "body":
            continue
        first = seen.setdefault(line.key, line)
        if first is not line and line.kind != "title":
            line.pieces = []
            line.mark("boilerplate", f"repeat of the {first.kind or 'line'} at {first.start}")


def _leftovers(page: Labelled, title: Line | None, story: Story | None) -> None:
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
