"""Whose facts they are: the credits, dates, sections and tags that stand with the story."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import regex

from bialign.model import Credit, Dateline
from bialign.pages.bars import Bar, tag
from bialign.pages.bylines import byline_names, is_place, read_byline
from bialign.pages.categories import find_categories, find_stated, is_section
from bialign.pages.datelines import whole_dateline
from bialign.pages.dates import FoundDate, find_dates
from bialign.pages.folding import fold
from bialign.pages.labelled import RELATIONS, Labelled, key_of
from bialign.pages.lines import Line, Piece
from bialign.pages.phrases import texts, words
from bialign.pages.stamps import choose_stamps
from bialign.pages.story import Story, is_rights
from bialign.pages.tables import agencies, cities, labels, name_words

_ENDS_ZONE: Final = RELATIONS | {"popular", "comments"}
_AUTHOR_PATH: Final = regex.compile(r"author|byline|writer|kateb")
_FOOT_PATH: Final = regex.compile(r"masthead|comment")
# A columnist's name stands so many lines above the title at most.
_ABOVE: Final = 3
_ISSUE: Final = frozenset({"العدد", "issue"})
# Cues of a paper's head beside its editor in chief.
_HEADS: Final = ("مدير التحرير", "سكرتير التحرير", "managing editor")
# What a byline goes on with: By Khabat Derki, reporting from Qamishli.
_GOES_ON: Final = frozenset({"reporting", "writing", "for", "with", "من"})
_LONGEST_ISSUE: Final = 16
# Credits below a list of related stories are looked for so far.
_BELOW: Final = 20
# An agency signs in so few lines below the story, of so few words.
_SIGNED: Final = 3
_LONGEST_PLACE: Final = 3
_DASH: Final = regex.compile(r"\s?[-–—]\s")
_LONGEST_SIGNED: Final = 10
_WRITERS: Final = frozenset({"author", "reporter"})


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
    find_categories(page, title, start, top)
    find_stated(page, start, end)
    title_at = title.index if title else 0
    above: list[FoundDate] = []  # may be the site's clock: counts only where no other date stands
    below: list[FoundDate] = []
    late = _late_credits(page, end)
    for index in sorted(page.bars):
        line, bar = page.lines[index], page.bars[index]
        if not start <= index < end and index not in late:
            if line.kind == "credits":
                line.pieces = []
                line.mark("boilerplate", "credits that are not the story's")
            continue
        for credit in bar.credits:
            page.credit(credit.role, credit.name, line.start + credit.start)
        if index > top and bar.dates and not bar.credits and not any(date.cue for date in bar.dates):
            if not _of_comment(line):
                below += bar.dates  # a bare date below the story counts only where no other stands
            continue
        page.categories += bar.categories
        page.tags += bar.tags
        if index < title_at and not bar.credits:
            page.dates += [date for date in bar.dates if date.cue]
            above += [date for date in bar.dates if not date.cue]
        else:
            page.dates += bar.dates
        if not bar.credits and index > title_at and _dateline(page, line):
            continue
        roles = {credit.role for credit in bar.credits}
        if roles == {"photographer"} and bar.loose and not bar.dates:
            line.mark("caption", "words before a picture's credit")
            continue
        _loose(page, line, above=index < title_at)
        if (
            page.dateline is None
            and roles <= {"source"}
            and line.text.startswith("(")
            and (whole := whole_dateline(line.text))
        ):
            page.dateline = whole.dateline
    for index, (sections, tags) in sorted(page.lists.items()):
        if start <= index < end + 3:
            page.categories += sections
            page.tags += tags
    _closing_bylines(page, story, end)
    page.credited = [
        (at, credit)
        for at, credit in page.credited
        if credit.role != "editor_in_chief" or _told_apart(page, credit)
    ]
    if not any(date.stamp and date.role != "updated" for date in page.dates):
        page.dates += above or below[:1] or _issue_dates(page, start)
    if not any(date.stamp and date.role != "updated" for date in page.dates):
        higher = [date for index in sorted(page.bars) if index < top for date in page.bars[index].dates]
        page.dates += [date for date in higher if date.role == "published" and date.stamp][:1]
    page.published, page.updated, warnings = choose_stamps(page.dates, page.raw.hints, above)
    page.warnings += warnings


def _of_comment(line: Line) -> bool:
    """Whether a line speaks of a comment."""
    hits = (labels().at_text(line.texts, index) for index in range(len(line.texts)))
    return any(hit is not None and hit[1] == "comments" for hit in hits)


def _issue_dates(page: Labelled, start: int) -> list[FoundDate]:
    """The date of a printed issue, which stands beside its number above the story."""
    for line in page.lines[:start]:
        if _ISSUE.isdisjoint(line.texts) or line.size > _LONGEST_ISSUE:
            continue
        bar = page.bars.get(line.index)
        if dates := bar.dates if bar else find_dates(line.text):
            return [replace(date, cue=None) for date in dates]
    return []


def zone(page: Labelled, title: Line | None, story: Story | None) -> tuple[int, int]:
    """The lines whose metadata are the story's own, half open."""
    if title is None and story is None:
        return 0, 0
    anchor = title.index if title else (story.first if story else 0)
    start = anchor
    while start > 0:
        if _is_metadata(page, page.lines[start - 1], title):
            start -= 1
        elif start - 2 in page.bars and is_section(page, page.lines[start - 1]):
            start -= 2  # a section between byline and title
        else:
            break
    end = (story.last if story else anchor) + 1
    while end < len(page.lines):
        line = page.lines[end]
        ends = line.label is not None and line.label.kind in _ENDS_ZONE and line.kind != "tag"
        if ends or is_rights(line) or _FOOT_PATH.search(line.path):
            break
        if end in page.bars and _is_masthead(page.bars[end]):
            break
        end += 1
    return start, end


def _is_masthead(bar: Bar) -> bool:
    """Whether a line names an editor in chief, alone or with others of the paper's head."""
    heads = [any(cue in credit.reason for cue in _HEADS) for credit in bar.credits]
    chiefs = [credit.role == "editor_in_chief" for credit in bar.credits]
    return any(chiefs) and all(chief or head for chief, head in zip(chiefs, heads, strict=True))


def _is_metadata(page: Labelled, line: Line, title: Line | None) -> bool:
    """Whether a line above the title is one of a run of metadata that reaches down to it."""
    if line.index in page.bars or line.index in page.lists or line.kind in {"date", "credits", "category"}:
        return True
    if (line.label and line.label.kind == "views") or not (line.arabic or line.latin):
        return True
    label, colon, value = line.folded.partition(":")  # العنوان: and the title again
    return title is not None and bool(colon) and len(label.split()) <= 2 and value.strip() == title.folded


def _late_credits(page: Labelled, end: int) -> set[int]:
    """Lines of credits alone that stand below the related stories (``نقلاً عن: أ ف ب``)."""
    late: set[int] = set()
    for line in page.lines[end : end + _BELOW]:
        if is_rights(line) or (line.label and line.label.kind in {"popular", "comments"}):
            break
        bar = page.bars.get(line.index)
        if bar is None:
            continue
        roles = {credit.role for credit in bar.credits}
        if "editor_in_chief" in roles:
            break
        listed = end == line.index - 1 and ":" not in line.text  # the first story of a list, rather
        if roles and not (bar.dates or bar.loose or bar.tags or bar.categories or listed):
            late.add(line.index)
    return late


def _told_apart(page: Labelled, credit: Credit) -> bool:
    """An editor in chief is the masthead's unless he stands in a line with other credits."""
    for bar in page.bars.values():
        roles = {found.role for found in bar.credits}
        named = any(found.name == credit.name for found in bar.credits)
        if named and len(roles) > 1 and not _is_masthead(bar):
            return True
    return False


def _bare_bylines(page: Labelled, title: Line | None, start: int, top: int) -> None:
    """A name without a cue between title and story, or where the markup says so, is the author's."""
    first = (title.index + 1) if title else start
    above = page.lines[max(0, start - _ABOVE) : start] if title else []
    stated = _stated_authors(page)
    named = [line for line in above if _AUTHOR_PATH.search(line.path) or line.key in stated]
    column = page.lines[start - 1 : start] if title and start and not named else []
    signed = [line for line in column if line.kind is None and _is_column(page, line)]
    for line in page.lines[first:top]:
        alone = line.kind is None and line.size <= _LONGEST_PLACE and (not line.path or "place" in line.path)
        if page.dateline is None and alone and is_place(line.text):
            line.mark("dateline", "a place alone between headline and story")
            page.dateline = Dateline(line.text.strip(" ,،-–—:"), None)
    for line in [*named, *signed, *page.lines[first:top]]:
        if line.kind or line.label or line.size > 12:
            continue
        sure = bool(_AUTHOR_PATH.search(line.path)) or line.key in stated
        latin = line.latin > line.arabic  # any two capitalised words: one such line at most
        written = latin and any(credit.role == "author" for _, credit in page.credited)
        beside = not written and any(near in page.bars for near in (line.index - 1, line.index + 1))
        if not _byline(page, line, sure=sure, beside=beside) and (
            line.size <= 4 and agencies().whole_text(line.texts)
        ):
            line.mark("credits", "an agency where bylines stand")
            page.credit("source", " ".join(line.text.split()), line.start)


def _is_column(page: Labelled, line: Line) -> bool:
    """Whether a name alone stands right above the headline, as columns are headed."""
    found = read_byline(line.text)
    return (
        found is not None
        and line.size <= _LONGEST_SIGNED
        and not (line.index and page.lines[line.index - 1].key == line.key)
    )


def _byline(page: Labelled, line: Line, *, sure: bool = False, beside: bool = False) -> bool:
    """Take the names of a line that is a byline, and the place that stands with them."""
    found = read_byline(line.text, sure=sure, beside=beside, outlets=page.outlets)
    if found is None:
        return False
    line.mark("credits", "a name where bylines stand")
    if found.section and not page.categories:
        page.categories.append(found.section)
    for name in found.names:
        page.credit("author", name, line.start)
    if page.dateline is None and found.place:
        page.dateline = Dateline(found.place, None)
    return True


def _stated_authors(page: Labelled) -> set[str]:
    """Keys of the authors that the markup states."""
    return {" ".join(texts(fold(hint.value))) for hint in page.raw.hints if hint.fact == "author"}


def _closing_bylines(page: Labelled, story: Story | None, end: int) -> None:
    """Names alone right below a story that has no author yet, as agencies sign."""
    if story is None or any(credit.role in _WRITERS for credit in page.credits):
        return
    first = story.last + 1
    while first < end and page.lines[first].kind == "body":
        first += 1  # short paragraphs at the end
    for line in page.lines[first : min(end, first + _SIGNED)]:
        if line.kind or line.label or line.size > _LONGEST_SIGNED or line.link > 0.5:
            return
        beside = line.index + 1 in page.bars and line.arabic > line.latin
        if not _byline(page, line, sure=line.key in _stated_authors(page), beside=beside):
            return


def _dateline(page: Labelled, line: Line) -> bool:
    """A date line that is a whole dateline (``Tunis, 3 May 2018, SANA -``)."""
    whole = whole_dateline(line.text) if page.dateline is None else None
    if whole is None or not (whole.dateline.place and whole.dateline.agency):
        return False
    page.dateline = whole.dateline
    line.pieces = []
    line.mark("dateline", "place, date and agency")
    return True


def _says_nothing(page: Labelled, found: list[str]) -> bool:
    """Staff Reporter, an issue's number, the site's own name, where a reporter reports from."""
    if name_words("never").issuperset(found) or not _ISSUE.isdisjoint(found):
        return True
    return " ".join(found) in page.outlets or (len(found) > 1 and found[0] in _GOES_ON)


def _loose(page: Labelled, line: Line, *, above: bool) -> None:
    """Chunks of a metadata line that no word explains: a name, an agency, a section, a tag."""
    bar = page.bars[line.index]
    for start, end in bar.loose:
        text = " ".join(page.raw.text[start:end].split())
        found = words(fold(text))
        names = byline_names(text, beside=True)
        if names:
            for name in names:
                page.credit("author", name, start)
            line.pieces.append(Piece(start, end, "credits", "a name where bylines stand"))
        elif agencies().whole(found):
            page.credit("source", text, start)
            line.pieces.append(Piece(start, end, "credits", "an agency where bylines stand"))
        elif page.dateline is None and (whole := whole_dateline(text)) and whole.dateline.agency:
            page.dateline = Dateline(whole.dateline.place, whole.dateline.agency)
            line.pieces.append(Piece(start, end, "dateline", "place and agency"))
        elif (
            start == line.start
            and bar.credits
            and not (bar.dates or above or page.dateline)
            and (len(found) <= _LONGEST_PLACE and _DASH.match(page.raw.text, end))
        ):
            page.dateline = Dateline(text, None)  # صحم – تغطية: …
            line.pieces.append(Piece(start, end, "dateline", "a place before who filed it"))
        elif len(text.split()) <= 2 and fold(text) in cities():
            line.pieces.append(Piece(start, end, "dateline", "a place beside byline or date"))
            before = page.raw.text[line.start : start]
            if page.dateline is None and (not before or key_of(before) in page.outlets):
                page.dateline = Dateline(text, None)
        elif _says_nothing(page, [word.text for word in found]):
            continue
        elif len(found) <= 5 and not line.ends_sentence and not above:  # above it may be the site's name
            if page.categories:
                page.tags.append(tag(text))
                line.pieces.append(Piece(start, end, "tag", "short chunk beside a section"))
            elif len(found) <= 3:
                page.categories.append(text)
                line.pieces.append(Piece(start, end, "category", "short chunk beside byline or date"))
    line.pieces.sort(key=lambda piece: piece.start)
