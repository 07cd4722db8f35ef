"""The passes that give every line of a page its label, and the facts they bring."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bialign.model import RawPage
from bialign.pages.bars import Bar, listed, read_bar, tag
from bialign.pages.captions import STRONG_CREDIT, caption_credit
from bialign.pages.credits import FoundCredit, find_credits, is_cue
from bialign.pages.dates import find_dates
from bialign.pages.entries import read_entry
from bialign.pages.folding import fold
from bialign.pages.grammar import cue_key, cues
from bialign.pages.labelled import RELATIONS, Labelled, key_of
from bialign.pages.lines import TEMPLATE, Line, Piece, read_lines
from bialign.pages.lists import says_section, take_list, take_topics
from bialign.pages.phrases import words
from bialign.pages.story import HEADINGS, is_rights
from bialign.pages.tables import photo_cues, role_cues
from bialign.pages.templates import Template

_LONGEST_CAPTION: Final = 60
_SENTENCE: Final = 16
_SHORTEST_CAPTION: Final = 4
_CREDIT_REACH: Final = 60
_LONGEST_TOPIC: Final = 3
_CLOCK: Final = re.compile(
    r"(?:(?:time|at|الوقت|التوقيت|الساعة)\s?:?\s)?[|\s-]*\d{1,2}:\d\d(?::\d\d)?\s?(?:[ap]\.?m\.?|[صم]|صباحاً?|مساءً?|صباحا|مساء)?"
    r"(?:\s?[(]?(?:GMT|UTC)?[+]?\d{0,4}[)]?)?",
    re.IGNORECASE,
)
# Cues that, alone on a line, rather name a section.
_EYEBROWS: Final = frozenset(
    map(fold, ("story", "report", "reportage", "text", "قصة", "نص", "تقرير", "حوار"))
)
_PLURAL: Final = frozenset({"sources", "references", "المصادر", "المراجع"})


def first_labels(raw: RawPage, template: Template) -> Labelled:
    """The labels that a line earns by itself: furniture, labelled lists, bylines, dates."""
    page = Labelled(raw, read_lines(raw), template)
    _metadata(page)
    for line in page.lines:
        if line.kind is not None:
            continue
        if not (line.teaser or line.plain):
            _furniture(page, line)
        if line.kind is None and template.lines and _is_template(page, line):
            line.mark("boilerplate", TEMPLATE)
    return page


def _is_template(page: Labelled, line: Line) -> bool:
    """Whether a line is one of the site's, and no headline above a byline."""
    return (line.teaser or line.index + 1 not in page.bars) and page.template.repeats(line.key)


def _furniture(page: Labelled, line: Line) -> None:
    label = line.label
    if line.size < _SENTENCE and 1 < line.text.count("#") >= line.size - 2:
        line.mark("tag", "hashtags and a word before them")
        page.spread(
            "tag", line, [name for word in line.text.split() if word.startswith("#") and (name := tag(word))]
        )
    elif is_rights(line):
        line.mark("boilerplate", "claims rights")
    elif entry := read_entry(line.text):
        line.mark("category", "files the entry")
        page.spread("category", line, listed(entry[0]))
        page.spread("tag", line, listed(entry[1]))
    elif label and label.kind == "end" and label.value is None:
        line.mark("boilerplate", "end mark")
    elif label and label.kind == "related" and label.value is None and take_topics(page, line):
        pass
    elif label and label.kind in RELATIONS and label.value is None:
        line.mark("navigation", f"label {label.kind}")
    elif label and label.kind == "comments" and line.size < 8:
        line.mark("navigation", "invites comments")
    elif line.furniture:
        line.mark("navigation", "menu or share words")
    elif label and (label.kind == "views" or (label.kind == "notice" and label.value is None)):
        line.mark("boilerplate", f"{label.kind}: “{label.text}”")
    elif label and label.kind in {"tags", "category"} and line.size < 60:
        take_list(page, line)
    elif says_section(line):
        line.mark("category", "a label and a section")
        page.spread("category", line, [line.text.partition(":")[2].strip()])
    elif line.text.startswith("#") and line.size == line.text.count("#") < 40 and (line.arabic or line.latin):
        line.mark("tag", "hashtags")
        page.spread("tag", line, listed(line.text))


def _metadata(page: Labelled) -> None:
    waiting: Line | None = None
    seen: dict[str, Line] = {}
    stated = (key_of(hint.value) for hint in page.raw.hints if hint.fact == "section")
    known = page.template.sections.union(stated)
    for line in page.lines:
        if line.teaser or _is_prose(line):
            waiting = None
            told = line.text[-1] in ")]" or "/" in line.text[-_CREDIT_REACH:]
            if told and STRONG_CREDIT.search(line.text):
                _bare_caption(page, line)
            continue
        if waiting is not None:
            cue, waiting = waiting, None
            if _cue_and_name(page, cue, line):
                continue
        if line.plain and not line.captioned:
            continue
        eyebrow = ":" not in line.text and _EYEBROWS.issuperset(line.texts)
        if line.size <= 4 and not eyebrow and not role_cues().none_in(line.texts) and is_cue(line.text):
            waiting = line
            continue
        if line.size <= 4 and (_is_date_label(line) or cue_key(line.folded.strip(" :")) in cues()):
            line.mark("date", "label of a date")
            continue
        if (first := seen.get(line.text)) is not None:
            bar: Bar | None = page.bars[first.index].moved(line.start - first.start)
        else:
            bar = read_bar(line, crawled=page.raw.crawled, day_first=page.template.day_first, known=known)
        if bar is not None:
            _clock_below(page, line, bar)
            page.bars[line.index] = bar
            seen.setdefault(line.text, line)
            line.pieces = bar.pieces
            line.mark("credits" if bar.credits else "date", "byline" if bar.credits else "date line")
        else:
            _caption(page, line)


def _clock_below(page: Labelled, line: Line, bar: Bar) -> None:
    """A day alone takes the time of day that the next line is (``Time: 16:15``)."""
    following = page.lines[line.index + 1] if line.index + 1 < len(page.lines) else None
    if following is None or len(bar.dates) != 1 or bar.dates[0].precision != "day":
        return
    if not _CLOCK.fullmatch(following.text) or sum(1 for one in page.lines if _is_clock(one)) > 1:
        return  # … of which a live page has many
    whole = find_dates(f"{bar.dates[0].stamp} {following.text.rpartition(': ')[2]}")
    if len(whole) == 1 and whole[0].stamp and whole[0].precision in {"minute", "second"}:
        bar.dates = [replace(bar.dates[0], stamp=whole[0].stamp, precision=whole[0].precision)]
        following.mark("date", "time of the date above")


def _is_clock(line: Line) -> bool:
    return line.size <= _LONGEST_TOPIC and ":" in line.text and _CLOCK.fullmatch(line.text) is not None


def _is_date_label(line: Line) -> bool:
    return line.label is not None and line.label.kind == "date" and line.label.value is None


def _is_prose(line: Line) -> bool:
    """Whether a line is so plainly running text that no metadata need be looked for."""
    if line.size > _LONGEST_CAPTION:
        return True
    return line.size > _SENTENCE and line.ends_sentence and line.text[0] not in "([|"


def _cue_and_name(page: Labelled, cue: Line, name: Line) -> bool:
    """A cue on one line and its name on the next."""
    if name.size > 12 or (name.label and name.label.value is None):
        return False
    found = find_credits(f"{cue.text}\n{name.text}")
    heading = cue.block is not None and cue.block.tag in HEADINGS
    if {credit.role for credit in found} == {"source"} and (heading or not _PLURAL.isdisjoint(cue.texts)):
        return False  # a list of works
    if not found or _goes_on(name.text[found[-1].name_end - len(cue.text) - 1 :]):
        return False
    page.bars[name.index] = Bar(credits=found)
    cue.mark("credits", "label of a credit")
    name.mark("credits", f"{found[0].role} {found[0].reason}")
    return True


def _goes_on(rest: str) -> bool:
    """Whether what stands after a name is the rest of a sentence."""
    rest = rest.lstrip()
    return rest[:1].isalpha() and len(rest.split()) > 2


def _caption(page: Labelled, line: Line) -> None:
    """A caption that ends in the photographer's credit."""
    if photo_cues().none_in(line.texts):
        _bare_caption(page, line)
        return
    found = [credit for credit in find_credits(line.text) if credit.role == "photographer"]
    if found and words(line.folded[: found[0].start]):
        page.bars[line.index] = Bar(credits=found)
        line.pieces = [_piece(line, credit) for credit in found[:1]]
        line.mark("caption", "a picture's credit stands in it")


def _bare_caption(page: Labelled, line: Line) -> None:
    """A caption that ends in a photographer's name without a cue."""
    bracketed = line.text[-1] in ")]"
    if not (line.captioned or bracketed or "/" in line.text[-_CREDIT_REACH:]):
        return
    bare = bracketed and line.size >= _SHORTEST_CAPTION and not line.ends_sentence
    if not (line.captioned or bare or STRONG_CREDIT.search(line.text)):
        return
    told = caption_credit(line.text, page.outlets)
    if told is None:
        return
    start, end, name = told
    found = FoundCredit(start, end, start, end, "photographer", name, "at the end of a caption")
    page.bars[line.index] = Bar(credits=[found])
    line.pieces = [_piece(line, found)]
    line.mark("caption", "a picture's credit stands in it")


def _piece(line: Line, credit: FoundCredit) -> Piece:
    return Piece(
        line.start + credit.start, line.start + credit.end, "credits", f"{credit.role} {credit.reason}"
    )
