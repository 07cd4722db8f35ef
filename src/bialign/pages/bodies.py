"""The story itself: its paragraphs in one or two languages, its dateline, what stands between."""

from __future__ import annotations

from collections import Counter
from typing import Final

import regex

from bialign.model import Credit
from bialign.pages.datelines import inline_dateline, whole_dateline
from bialign.pages.labelling import Labelled
from bialign.pages.lines import Line, Piece
from bialign.pages.story import Story, is_paragraph

# A block path that holds this share of a run's letters is where the site puts its stories.
_CONTAINER_SHARE: Final = 0.6
_MUL_SHARE: Final = 0.25
_EQUAL_SHARE: Final = 0.6
_HEADING: Final = 10
# A sentence above the story with more unexplained lines below it is a poll or a teaser.
_MOST_STRANGERS: Final = 2
_BULLETS: Final = "-*•–—\"“”«'‘(["
_CAPTION_PATH: Final = regex.compile(r"caption|figure|photo-?desc|img-?desc")


def tell(page: Labelled, story: Story, title: Line | None) -> None:
    """Label the story's lines and fill in body, language, dateline and the second title.

    Args:
        page: the page, its furniture and metadata labelled.
        story: the run of paragraphs found.
        title: the title's line, if any.
    """
    story, path = _narrowed(page, story)
    _second_title(page, story, title)
    _opening(page, story, title)
    paragraphs = _paragraphs(page, story, path)
    if page.dateline is None and paragraphs:
        _inline(page, paragraphs[0])
    for line in paragraphs:
        line.mark("body", "paragraph of the story")
    _between(page, story)
    _languages(page, [line for line in page.lines if line.kind == "body"], title)


def _narrowed(page: Labelled, story: Story) -> tuple[Story, str]:
    """An HTML story ends where its container ends."""
    run = [line for line in page.lines[story.first : story.last + 1] if is_paragraph(line)]
    sizes: Counter[str] = Counter()
    for line in run:
        sizes[line.path] += len(line.text)
    if not sizes or not run[0].block:
        return story, ""
    path, size = sizes.most_common(1)[0]
    if size < _CONTAINER_SHARE * sum(sizes.values()):
        return story, ""
    inside = [line.index for line in run if line.path == path]
    return Story(story.first, inside[-1], story.script), path


def _opening(page: Labelled, story: Story, title: Line | None) -> None:
    """Between title and first paragraph: a dateline of its own, sentences, captions."""
    strangers = 0
    for line in reversed(page.lines[title.index + 1 if title else 0 : story.first]):
        if line.kind:
            continue
        if _CAPTION_PATH.search(line.path):
            line.mark("caption", "caption of a picture")
        elif page.dateline is None and (whole := whole_dateline(line.text)):
            page.dateline = whole.dateline
            line.mark("dateline", "place and agency")
        elif line.ends_sentence and line.size >= 3 and line.script == story.script and line.link < 0.5:
            if strangers <= _MOST_STRANGERS:
                line.mark("body", "sentence before the first paragraph")
        else:
            strangers += 1


def _paragraphs(page: Labelled, story: Story, path: str) -> list[Line]:
    lines = page.lines
    paragraphs = [line for line in lines[story.first : story.last + 1] if _belongs(line, path)]
    for line in lines[story.last + 1 :]:
        if line.kind or line.label or line.link > 0.5 or line.script != story.script:
            break
        if path and line.path != path:
            break
        if not (path or (line.ends_sentence and line.size >= 3)):
            break
        paragraphs.append(line)
    while paragraphs and paragraphs[-1].label and paragraphs[-1].label.kind == "notice":
        paragraphs.pop().mark("boilerplate", "notice of the site below the story")
    return paragraphs


def _belongs(line: Line, path: str) -> bool:
    if line.kind or (line.link > 0.85 and not line.ends_sentence):
        return False
    if line.label and line.label.kind in {"related", "previous", "next"}:
        return False
    if _CAPTION_PATH.search(line.path) or (
        line.block and line.block.tag in {"h1", "h2", "h3", "h4", "h5", "h6"}
    ):
        return False
    if path and line.path == path:
        return line.size > 3 or line.ends_sentence
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
        if _CAPTION_PATH.search(line.path):
            line.mark("caption", "caption of a picture")
        elif line.label and line.label.value is not None:
            continue
        else:
            line.mark("headline", "link in the story" if line.link > 0.85 else "heading between paragraphs")


def _inline(page: Labelled, line: Line) -> None:
    found = inline_dateline(line.text)
    if found is None:
        return
    page.dateline = found.dateline
    line.pieces = [Piece(line.start, line.start + found.end, "dateline", "place and agency before the story")]
    page.dates += found.dates
    if found.reporter:
        page.credits.append(Credit("reporter", found.reporter))


def _second_title(page: Labelled, story: Story, title: Line | None) -> None:
    """Mark the title of the story's other language, where it is told twice."""
    run = [line for line in page.lines[story.first : story.last + 1] if is_paragraph(line)]
    other = "en" if story.script == "ar" else "ar"
    mine = [line for line in run if line.script != other]
    theirs = [line for line in run if line.script == other]
    if not mine or not theirs or not told_twice(mine, theirs):
        return
    page.told_twice = True
    before = max((line.index for line in mine if line.index < theirs[0].index), default=-1)
    near = [
        line
        for line in page.lines[before + 1 : theirs[0].index]
        if line.kind is None and line.script == other and 3 <= line.size <= 45 and not line.label
    ]
    if not near and title is not None:
        around = page.lines[max(0, title.index - 3) : title.index + 4]
        near = [line for line in around if line.kind is None and line.script == other and line.size >= 4]
    if near:
        best = max(
            near,
            key=lambda line: (
                bool(line.block and line.block.tag[:1] == "h"),
                not line.ends_sentence,
                -line.index,
            ),
        )
        best.mark("title", "headline of the other language")
        page.second_title = best


def told_twice(mine: list[Line], theirs: list[Line]) -> bool:
    """Whether two languages tell one story, rather than one quoting the other.

    They do where the smaller has its share and stands as a block before or after the other, or
    alternates with it paragraph by paragraph.
    """
    sizes = sorted((sum(len(line.text) for line in mine), sum(len(line.text) for line in theirs)))
    if sizes[0] < _MUL_SHARE * sizes[1]:
        return False
    apart = mine[-1].index < theirs[0].index or theirs[-1].index < mine[0].index
    fewer = min(len(mine), len(theirs))
    if apart:
        return fewer >= 2 or sizes[0] >= _EQUAL_SHARE * sizes[1]
    return fewer >= 2 and fewer >= _EQUAL_SHARE * max(len(mine), len(theirs)) and sizes[0] >= 0.5 * sizes[1]


def _languages(page: Labelled, body: list[Line], title: Line | None) -> None:
    arabic = [line for line in body if line.script == "ar"]
    latin = [line for line in body if line.script != "ar"]
    mostly_arabic = sum(line.arabic for line in body) > sum(line.latin for line in body)
    page.language = "ar" if mostly_arabic else "en"
    page.body = _text(page, body)
    if not page.told_twice:
        return
    page.language = "mul"
    page.body, page.body_ar = _text(page, latin), _text(page, arabic)
    second = page.second_title.text if page.second_title else ""
    if title is not None and title.script == "ar":
        page.title, page.title_ar = second, page.title
    else:
        page.title_ar = second or None


def _text(page: Labelled, body: list[Line]) -> str:
    parts = []
    for line in body:
        start = max((piece.end for piece in line.pieces if piece.kind == "dateline"), default=line.start)
        parts.append(page.raw.text[start : line.end].strip())
    return "\n\n".join(part for part in parts if part)
