"""The passes that give every line of a page its label, and the facts they bring."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from bialign.model import Credit, Dateline, Headline, Kind, Language, RawPage, Role
from bialign.pages.bars import Bar, cut, listed, read_bar, tag
from bialign.pages.captions import STRONG_CREDIT, caption_credit
from bialign.pages.credits import FoundCredit, find_credits, is_cue
from bialign.pages.dates import FoundDate, find_dates
from bialign.pages.entries import read_entry
from bialign.pages.folding import fold
from bialign.pages.grammar import cue_key, cues
from bialign.pages.lines import TEMPLATE, Line, Piece, read_lines
from bialign.pages.phrases import texts, words
from bialign.pages.sections import leading_section
from bialign.pages.story import HEADINGS, is_rights
from bialign.pages.tables import labels, photo_cues, role_cues
from bialign.pages.templates import Template

#: Labels of other stories' headlines.
RELATIONS: Final = frozenset({"previous", "next", "related"})
_LONGEST_CAPTION: Final = 60
_SENTENCE: Final = 16
_LONGEST_SECTION: Final = 6
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
_TOPICS: Final = frozenset({"topics", "tags", "مواضيع", "المواضيع", "موضوعات", "الموضوعات"})
_TAIL: Final = re.compile(r"\s+[-–—|»•:]\s+")


@dataclass
class Labelled:
    """The labelled lines of a page and the facts read off them."""

    raw: RawPage
    lines: list[Line]
    template: Template
    language: Language = "en"
    title: str = ""
    body: str = ""
    title_ar: str | None = None
    body_ar: str | None = None
    dateline: Dateline | None = None
    published: str | None = None
    updated: str | None = None
    site: str | None = None
    credited: list[tuple[int, Credit]] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    headlines: list[Headline] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    dates: list[FoundDate] = field(default_factory=list)
    bars: dict[int, Bar] = field(default_factory=dict)
    lists: dict[int, tuple[list[str], list[str]]] = field(default_factory=dict)

    @cached_property
    def stated_tags(self) -> frozenset[str]:
        """Keys of the tags that the markup states."""
        tags = [hint.value for hint in self.raw.hints if hint.fact == "tag"]
        words_of = [listed(hint.value) for hint in self.raw.hints if hint.fact == "keywords"]
        keys = {_key(name) for name in [*tags, *(word for some in words_of for word in some)]}
        return frozenset(key for key in keys if key and labels().whole_text(key.split()) != "tags")

    @cached_property
    def outlets(self) -> frozenset[str]:
        """Keys of the site's own names, as its markup and its other pages give them."""
        named = [hint.value for hint in self.raw.hints if hint.fact == "site"]
        tails = [hint.value for hint in self.raw.hints if hint.fact == "title"]
        named += [part for tail in tails for part in _TAIL.split(tail)[1:]]
        return frozenset(_key(name) for name in [*named, *self.template.names])

    @property
    def credits(self) -> list[Credit]:
        """The credits in the page's order, each once."""
        return list(dict.fromkeys(credit for _, credit in sorted(self.credited, key=lambda item: item[0])))

    def credit(self, role: Role, name: str, at: int) -> None:
        """Note a credit that stands at a position of the page."""
        self.credited.append((at, Credit(role, name)))

    def spread(self, kind: str, line: Line, items: list[str]) -> None:
        """Note the sections or tags that a line lists; whether they are the story's is told later."""
        sections, tags = self.lists.setdefault(line.index, ([], []))
        (sections if kind == "category" else tags).extend(items)


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
    elif label and label.kind == "related" and label.value is None and _topics(page, line):
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
        _labelled_list(page, line)
    elif _says_section(line):
        line.mark("category", "a label and a section")
        page.spread("category", line, [line.text.partition(":")[2].strip()])
    elif line.text.startswith("#") and line.size == line.text.count("#") < 40 and (line.arabic or line.latin):
        line.mark("tag", "hashtags")
        page.spread("tag", line, listed(line.text))


def _topics(page: Labelled, line: Line) -> bool:
    """Take the short lines below ``مواضيع ذات صلة`` or ``Related topics`` for tags."""
    if _TOPICS.isdisjoint(line.texts):
        return False
    below: list[Line] = []
    for following in page.lines[line.index + 1 : line.index + 16]:
        if following.kind or following.label or following.index in page.bars:
            break
        below.append(following)
    if not below or any(following.size > _LONGEST_TOPIC for following in below):
        return False
    line.mark("tag", "label of topics")
    for following in below:
        page.spread("tag", line, listed(following.text))
        following.mark("tag", "short lines below a label of topics")
    return True


def _says_section(line: Line) -> bool:
    """Whether a line is a label that no table has, a colon and a section (``النوع: سياسة``)."""
    name, colon, _ = line.text.partition(":")
    if not colon or line.size > _LONGEST_SECTION or not 0 < len(name.split()) <= 2 or line.label:
        return False
    value = line.texts[len(texts(fold(name))) :]
    return bool(value) and leading_section(value) == len(value)


def _labelled_list(page: Labelled, line: Line) -> None:
    label = line.label
    assert label is not None
    kind: Final = "tag" if label.kind == "tags" else "category"
    line.mark(kind, f"label “{label.text}”")
    if label.value is not None:
        for its_kind, value in _lists(page.raw.text[label.value : line.end], label.kind):
            page.spread(its_kind, line, cut(value, page.stated_tags) or listed(value))
        return
    first = page.lines[line.index + 1] if line.index + 1 < len(page.lines) else None
    for following in page.lines[line.index + 1 : line.index + 16]:
        stated = kind == "tag" and following.key in page.stated_tags
        other = following.kind or following.label or following.size > 6 or following.ends_sentence
        if (other and not stated) or (first and following.path != first.path):
            break
        if kind == "category" and following.index > line.index + 1:
            break
        page.spread(kind, line, listed(following.text))
        following.mark(kind, f"below “{label.text}”")
        if len(listed(following.text)) > 1:
            break


def _lists(text: str, kind: str) -> list[tuple[Kind, str]]:
    """The lists that stand in one line, each after its label (``Filed Under: News Tagged With: bread``)."""
    found = words(fold(text))
    cuts: list[tuple[int, int, str]] = [(0, 0, kind)]
    for index in range(1, len(found)):
        hit = labels().at(found, index)
        if hit and hit[1] in {"tags", "category"} and found[index].start > cuts[-1][1]:
            end = found[index + hit[0] - 1].end
            if text[end : end + 1] == ":" and len(fold(text)) == len(text):
                cuts.append((found[index].start, end + 1, hit[1]))
    ends = [start for start, _, _ in cuts[1:]] + [len(text)]
    return [
        ("tag" if its == "tags" else "category", text[start:end].strip(" |·•-–—\t"))
        for (_, start, its), end in zip(cuts, ends, strict=True)
    ]


def _metadata(page: Labelled) -> None:
    waiting: Line | None = None
    seen: dict[str, Line] = {}
    stated = (_key(hint.value) for hint in page.raw.hints if hint.fact == "section")
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


def _key(text: str) -> str:
    return " ".join(word.text for word in words(fold(text)))


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
