"""The story itself: its paragraphs in one or two languages, its dateline, what stands between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

import regex

from bialign.model import Dateline
from bialign.pages.bars import Bar
from bialign.pages.bylines import byline_names, is_place
from bialign.pages.datelines import FoundDateline, inline_dateline, whole_dateline
from bialign.pages.dates import find_dates
from bialign.pages.folding import fold
from bialign.pages.labelling import Labelled
from bialign.pages.lines import Line, Piece
from bialign.pages.phrases import texts, words
from bialign.pages.sections import leading_section
from bialign.pages.story import HEADINGS, Story, find_title, is_paragraph, without_site
from bialign.pages.tables import agencies, section_words
from bialign.pages.tails import note_credits, tail_credits
from bialign.text.scripts import arabic_share

# A block path that holds this share of a run's letters is where the site puts its stories.
_CONTAINER_SHARE: Final = 0.6
_MUL_SHARE: Final = 0.25
_HEADED_SHARE: Final = 0.12
_EQUAL_SHARE: Final = 0.6
_HEADING: Final = 10
_MOST_CRUMBS: Final = 4
_EDGE_SHARE: Final = 0.2
_MOST_LINES: Final = 500
_LONGEST_BIO: Final = 400
_SIGNED: Final = 6
_SHORTEST_TITLE: Final = 4
_BIO: Final = regex.compile(
    r"\bis (?:an?|the|currently|based|also)\b|\bwrites\b|\bteaches\b"
    r"|كاتب|صحفي|صحافي|باحث|أكاديمي|روائي|شاعر|محلل"
)
_MOST_SUMMARY: Final = 2
_LONGEST_SUMMARY: Final = 60
_MOST_OPENINGS: Final = 3
_APART: Final = frozenset({"popular", "comments", "related"})
# A sentence above the story with more unexplained lines below it is a poll or a teaser.
_MOST_STRANGERS: Final = 2
_BULLETS: Final = "-*•–—\"“”«'‘(["
# Signs of plain-text markup around a headline.
_MARKUP: Final = "*_#~= "
_BREAK: Final = regex.compile(r"[^\S\r\n]*[\r\n]+\s*")
# A work credit of a role that no record has (``مونتاج: …``).
_CREDIT: Final = regex.compile(r"[^\s:]+(?: [^\s:]+)?\s*:(?: [\p{L}\p{M}]+){2,4}$")
# What divides a section from the headline after it.
_BEFORE_TITLE: Final = regex.compile(r"\s+[-–—|/»›>•·]\s+")


@dataclass(frozen=True, slots=True)
class Side:
    """The story in one language: its first and last line, and the block path its paragraphs share."""

    story: Story
    path: str
    mixed: bool  # the page's only side, which keeps paragraphs quoted in the other script


def tell(page: Labelled, stories: Sequence[Story]) -> tuple[Line | None, Story | None]:
    """Label title and story, and fill in bodies, titles, language and dateline.

    Args:
        page: the page, its furniture and metadata labelled.
        stories: the runs of paragraphs found, the longest first.

    Returns:
        The line of the first title, and the extent of the whole story.
    """
    if not stories:
        title = find_title(page.lines, None, page.raw.hints)
        if title is not None:
            _entitle(page, title)
        return title, None
    run = _run(page, stories[0])
    sides = _sides(page, stories, _without_summary(page, run))
    titles = _titles(page, sides)
    _summary(run, sides[0], titles[0])
    for side, title in sorted(zip(sides, titles, strict=True), key=lambda pair: pair[0].story.script != "en"):
        _opening(page, side, title)
        paragraphs = _paragraphs(page, side)
        for paragraph in paragraphs[:_MOST_OPENINGS]:  # a summary may stand before the dateline
            if page.dateline is None or page.dateline.agency is None:
                _inline(page, paragraph, sure=paragraph is paragraphs[0])
        paragraphs = _without_notes(page, paragraphs)
        for line in paragraphs:
            line.mark("body", "paragraph of the story")
        if paragraphs:
            _tail(page, paragraphs[-1])
    whole = Story(
        min(side.story.first for side in sides), max(side.story.last for side in sides), sides[0].story.script
    )
    if len(sides) > 1 and None in titles:
        _two_titles(page, titles)
    _between(page, whole)
    _texts(page, [line for line in page.lines if line.kind == "body"], twice=len(sides) > 1)
    return min((t for t in titles if t), key=lambda line: line.index, default=None), whole


def _summary(run: list[Line], side: Side, title: Line | None) -> None:
    """Label what stands between the title and the line of the author as a summary."""
    for line in run[:_MOST_SUMMARY]:
        if line.kind is None and line.index < side.story.first and title and title.index < line.index:
            line.mark("headline", "summary below the headline")


def _sides(page: Labelled, stories: Sequence[Story], run: list[Line]) -> list[Side]:
    """The story's one or two languages, the longer first; ``run`` is the longest, its summary left out."""
    script = stories[0].script
    other = "en" if script == "ar" else "ar"
    mine = [line for line in run if line.script != other]
    theirs = [line for line in run if line.script == other]
    if not theirs:
        near = (s for s in stories[1:] if s.script == other and _near(page, stories[0], s))
        theirs = [line for s in near for line in _run(page, s) if line.script == other][:_MOST_LINES]
        theirs.sort(key=lambda line: line.index)
    if not theirs or not told_twice(mine, theirs, headed=_headed(page, theirs[0])):
        return [_narrowed(run, script, mixed=True)]
    return [_narrowed(mine, script, mixed=False), _narrowed(theirs, other, mixed=False)]


def _run(page: Labelled, story: Story) -> list[Line]:
    return [page.lines[index] for index in story.paragraphs]


def _without_summary(page: Labelled, run: list[Line]) -> list[Line]:
    """A run without a summary that stands above the line of the author or the date."""
    for count in range(min(_MOST_SUMMARY, len(run) - 2), 0, -1):
        above, below = run[:count], run[count]
        signed = any(_is_signed(page, line) for line in page.lines[above[-1].index + 1 : below.index])
        if signed and sum(line.size for line in above) <= _LONGEST_SUMMARY:
            return run[count:]
    return run


def _is_signed(page: Labelled, line: Line) -> bool:
    """Whether a line says when or by whom the story was written."""
    bar = page.bars.get(line.index)
    if bar is None:
        return False
    return bool(bar.dates) or not {credit.role for credit in bar.credits} <= {"photographer", "source"}


def _near(page: Labelled, one: Story, two: Story) -> bool:
    """Whether no list of other stories and no comments stand between two runs."""
    between = page.lines[min(one.last, two.last) + 1 : max(one.first, two.first)]
    return not any(line.label and line.label.kind in _APART for line in between)


def _narrowed(run: list[Line], script: str, *, mixed: bool) -> Side:
    """An HTML story ends where its container ends."""
    sizes: Counter[str] = Counter()
    for line in run:
        sizes[line.path] += len(line.text)
    path, size = sizes.most_common(1)[0]
    indexes = tuple(line.index for line in run)
    story = Story(run[0].index, run[-1].index, script, indexes)
    if not path or size < _CONTAINER_SHARE * sum(sizes.values()):
        return Side(story, "", mixed)
    inside = [line.index for line in run if line.path == path]
    return Side(Story(run[0].index, inside[-1], script, indexes), path, mixed)


def _titles(page: Labelled, sides: list[Side]) -> list[Line | None]:
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
            _entitle(page, title, arabic=len(sides) > 1 and side.story.script == "ar")
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


def _two_titles(page: Labelled, titles: Sequence[Line | None]) -> None:
    """A headline in both languages on one line (``Port reopens | افتتاح الميناء``)."""
    line = next((title for title in titles if title), None)
    for cut in _BEFORE_TITLE.finditer(line.text) if line else ():
        parts = line.text[: cut.start()].strip(), line.text[cut.end() :].strip()  # type: ignore[union-attr]  # there is a line where there are cuts
        arabic = [arabic_share(part) > _EQUAL_SHARE for part in parts]
        if arabic[0] != arabic[1] and all(len(part.split()) > 1 for part in parts):
            page.title, page.title_ar = (parts[1], parts[0]) if arabic[0] else parts
            return


def _entitle(page: Labelled, line: Line, *, arabic: bool = False) -> None:
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
            and leading_section(found, len(found) - count) == count
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
        found = words(fold(head))
        if not found or len(found) > _MOST_CRUMBS or len(rest.split()) < 3:
            break
        sort = "/" in dash.group() and len(found) == 1 and found[0].text in section_words("adjective")
        if sort or leading_section(found, 0, page.template.sections) == len(found):
            page.categories.append(head.strip())
            at = line.start + line.text.find(head)
            line.pieces.append(Piece(at, at + len(head), "category", "section before the headline"))
            return rest.strip()
        start = dash.end()
    return text


def _opening(page: Labelled, side: Side, title: Line | None) -> None:
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


def _paragraphs(page: Labelled, side: Side) -> list[Line]:
    lines, story, path = page.lines, side.story, side.path
    own = set(story.paragraphs) if not path else set[int]()
    paragraphs = [
        line
        for line in lines[story.first : story.last + 1]
        if (side.mixed or line.script in {side.story.script, ""})
        and (_belongs(line, path) or (line.index in own and line.kind is None))
    ]
    for line in lines[story.last + 1 :]:
        if line.kind or line.label or line.link > 0.5 or line.script != story.script:
            break
        if path and (line.path != path or not _belongs(line, path)):
            break
        if not (path or (line.ends_sentence and line.size >= 3)):
            break
        paragraphs.append(line)
    while paragraphs and paragraphs[-1].label and paragraphs[-1].label.kind == "notice":
        paragraphs.pop().mark("boilerplate", "notice of the site below the story")
    return _without_edges(paragraphs, story.script) if side.mixed else paragraphs


def _without_edges(paragraphs: list[Line], script: str) -> list[Line]:
    """Paragraphs without the little in the other script that begins or ends them and is no quotation."""
    inside = [index for index, line in enumerate(paragraphs) if line.script == script]
    if not inside:
        return paragraphs
    first, last = inside[0], inside[-1] + 1
    while last < len(paragraphs) and _is_quoted(paragraphs[last], paragraphs[last - 1]):
        last += 1
    edges = [*paragraphs[:first], *paragraphs[last:]]
    if sum(len(line.text) for line in edges) > _EDGE_SHARE * sum(len(line.text) for line in paragraphs):
        return paragraphs
    for line in edges:
        line.mark("boilerplate", "another language before or after the story")
    return paragraphs[first:last]


def _is_quoted(line: Line, before: Line) -> bool:
    return line.text[0] in _BULLETS or before.text.endswith(":")


def _belongs(line: Line, path: str) -> bool:
    if line.kind or (line.link > 0.85 and not line.ends_sentence):
        return False
    if line.label and line.label.kind in {"related", "previous", "next"}:
        return False
    if line.captioned or (line.block and line.block.tag in HEADINGS):
        return False
    if path and line.path == path:
        return (line.size > 3 or line.ends_sentence) and not _CREDIT.match(line.text)
    return (
        is_paragraph(line)
        or line.size > _HEADING
        or line.ends_sentence
        or line.text[0] in _BULLETS
        or line.text[-1] in ":،,"
    )


def _between(page: Labelled, story: Story) -> None:
    for line in page.lines[story.first : story.last]:
        if line.kind is not None:
            continue
        if line.captioned:
            line.mark("caption", "caption of a picture")
        elif line.label and line.label.value is not None:
            continue
        else:
            line.mark("headline", "link in the story" if line.link > 0.85 else "heading between paragraphs")


def _inline(page: Labelled, line: Line, *, sure: bool) -> None:
    found = inline_dateline(line.text)
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


def _is_bio(page: Labelled, line: Line) -> bool:
    """Whether a paragraph at the end says who the author is, whose name stands in a line of its own."""
    if len(line.text) > _LONGEST_BIO or not _BIO.search(line.text):
        return False
    found = line.text.split()
    heads = {" ".join(texts(fold(" ".join(found[:count])))) for count in (2, 3, 4)}
    stated = {" ".join(texts(fold(hint.value))) for hint in page.raw.hints if hint.fact == "author"}
    signed = {other.key.removeprefix("by ") for other in page.lines[: line.index] if other.size <= _SIGNED}
    named = {" ".join(texts(fold(credit.name))) for bar in page.bars.values() for credit in bar.credits}
    return not heads.isdisjoint(stated | signed | named)


def _is_outlet(page: Labelled, line: Line, name: str) -> bool:
    """Whether what stands where places stand is the site's own name, which it says elsewhere too."""
    if is_place(name):
        return False
    key = " ".join(texts(fold(name)))
    return key in page.outlets or any(other.key == key for other in page.lines if other is not line)


def _without_notes(page: Labelled, paragraphs: list[Line]) -> list[Line]:
    """Paragraphs without a note at either end that says who translated or edited the piece."""
    if len(paragraphs) < _MOST_OPENINGS:
        return paragraphs
    for line in (paragraphs[0], *paragraphs[-2:]):
        if found := note_credits(line.text):
            page.bars[line.index] = Bar(credits=found)
            line.mark("credits", "a note on who made the piece")
        elif line is not paragraphs[0] and _is_bio(page, line):
            line.mark("boilerplate", "who the author is")
    return [line for line in paragraphs if line.kind is None]


def _capitals(found: FoundDateline) -> bool:
    """Whether a dateline's place is in capitals."""
    return (found.dateline.place or "").partition(",")[0].isupper()


def _tail(page: Labelled, line: Line) -> None:
    told = tail_credits(line.text)
    if told is None:
        return
    at, found = told
    line.pieces.append(Piece(line.start + at, line.end, "credits", "behind the last sentence"))
    page.bars[line.index] = Bar(credits=found)


def _headed(page: Labelled, first: Line) -> bool:
    """Whether a line like a headline in the same script stands right above a paragraph."""
    above = page.lines[first.index - 1] if first.index else None
    return (
        above is not None
        and above.kind is None
        and above.script == first.script
        and 3 <= above.size <= 30
        and above.text[-1] not in ":.،,"
    )


def told_twice(mine: list[Line], theirs: list[Line], *, headed: bool = False) -> bool:
    """Whether two languages tell one story, rather than one quoting the other.

    They do where the smaller has its share and stands as a block before or after the other, or
    alternates with it paragraph by paragraph.

    Args:
        mine: paragraphs of one script.
        theirs: paragraphs of the other.
        headed: a headline of its own stands above ``theirs``; a smaller share is then enough.
    """
    sizes = sorted((sum(len(line.text) for line in mine), sum(len(line.text) for line in theirs)))
    if sizes[0] < (_HEADED_SHARE if headed and len(theirs) > 1 else _MUL_SHARE) * sizes[1]:
        return False
    apart = mine[-1].index < theirs[0].index or theirs[-1].index < mine[0].index
    fewer = min(len(mine), len(theirs))
    if apart:
        return fewer >= 2 or sizes[0] >= _EQUAL_SHARE * sizes[1]
    return fewer >= 2 and fewer >= _EQUAL_SHARE * max(len(mine), len(theirs)) and sizes[0] >= 0.5 * sizes[1]


def _texts(page: Labelled, body: list[Line], *, twice: bool) -> None:
    if twice:
        page.language = "mul"
        page.body = _text(page, [line for line in body if line.script != "ar"])
        page.body_ar = _text(page, [line for line in body if line.script == "ar"])
        return
    mostly_arabic = sum(line.arabic for line in body) > sum(line.latin for line in body)
    page.language = "ar" if mostly_arabic else "en"
    page.body = _text(page, body)


def _text(page: Labelled, body: list[Line]) -> str:
    parts = []
    for line in body:
        start = max((piece.end for piece in line.pieces if piece.kind == "dateline"), default=line.start)
        end = min((piece.start for piece in line.pieces if piece.kind == "credits"), default=line.end)
        part = page.raw.text[start:end].strip()
        parts.append(_BREAK.sub(" ", part) if "\n" in part or "\r" in part else part)
    return "\n\n".join(part for part in parts if part)
