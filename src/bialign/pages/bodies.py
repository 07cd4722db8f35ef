"""The story itself: its paragraphs in one or two languages, its dateline, what stands between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

import regex

from bialign.pages.bars import Bar
from bialign.pages.folding import fold
from bialign.pages.labelled import Labelled
from bialign.pages.lines import Line, Piece
from bialign.pages.openings import mark_inline, mark_opening
from bialign.pages.phrases import texts
from bialign.pages.story import HEADINGS, Story, find_title, is_paragraph
from bialign.pages.tails import note_credits, tail_credits
from bialign.pages.titling import Side, entitle, mark_two_titles, titles_of

# A block path that holds this share of a run's letters is where the site puts its stories.
_CONTAINER_SHARE: Final = 0.6
_MUL_SHARE: Final = 0.25
_HEADED_SHARE: Final = 0.12
_EQUAL_SHARE: Final = 0.6
_HEADING: Final = 10
_EDGE_SHARE: Final = 0.2
_MOST_LINES: Final = 500
_LONGEST_BIO: Final = 400
_SIGNED: Final = 6
_BIO: Final = regex.compile(
    r"\bis (?:an?|the|currently|based|also)\b|\bwrites\b|\bteaches\b"
    r"|كاتب|صحفي|صحافي|باحث|أكاديمي|روائي|شاعر|محلل"
)
_MOST_SUMMARY: Final = 2
_LONGEST_SUMMARY: Final = 60
_MOST_OPENINGS: Final = 3
_APART: Final = frozenset({"popular", "comments", "related"})
_BULLETS: Final = "-*•–—\"“”«'‘(["
_BREAK: Final = regex.compile(r"[^\S\r\n]*[\r\n]+\s*")
# A work credit of a role that no record has (``مونتاج: …``).
_CREDIT: Final = regex.compile(r"[^\s:]+(?: [^\s:]+)?\s*:(?: [\p{L}\p{M}]+){2,4}$")


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
            entitle(page, title)
        return title, None
    run = _run(page, stories[0])
    sides = _sides(page, stories, _without_summary(page, run))
    titles = titles_of(page, sides)
    _summary(run, sides[0], titles[0])
    for side, title in sorted(zip(sides, titles, strict=True), key=lambda pair: pair[0].story.script != "en"):
        mark_opening(page, side, title)
        paragraphs = _paragraphs(page, side)
        for paragraph in paragraphs[:_MOST_OPENINGS]:  # a summary may stand before the dateline
            if page.dateline is None or page.dateline.agency is None:
                mark_inline(page, paragraph, sure=paragraph is paragraphs[0])
        paragraphs = _without_notes(page, paragraphs)
        for line in paragraphs:
            line.mark("body", "paragraph of the story")
        if paragraphs:
            _tail(page, paragraphs[-1])
    whole = Story(
        min(side.story.first for side in sides), max(side.story.last for side in sides), sides[0].story.script
    )
    if len(sides) > 1 and None in titles:
        mark_two_titles(page, titles)
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
