"""Headlines of other stories: previous, next, related, and lists that only fill the page."""

from __future__ import annotations

from typing import Final

from bialign.model import Headline, Relation
from bialign.pages.labelled import RELATIONS, Labelled
from bialign.pages.lines import TEMPLATE, Line
from bialign.pages.story import Story

_MOST: Final = 15
_REACH: Final = 60
_SHORTEST: Final = 3
_BULLETS: Final = "♦◆■●•▪◄►*- "
_ARROWS: Final = "←→⟵⟶ "


def find_headlines(page: Labelled, story: Story | None = None) -> None:
    """Label the headlines that stand below or after a label, and note those with a relation."""
    if story is not None:
        _arrows(page, story)
    for line in page.lines:
        label = line.label
        if label is None or label.kind not in RELATIONS | {"popular"} or line.kind in {"body", "boilerplate"}:
            continue
        if label.value is not None and line.kind in {"navigation", "tag"}:
            continue
        relation: Relation | None = label.kind if label.kind != "popular" else None  # type: ignore[assignment]  # narrowed by the test above
        if label.value is not None:
            value = " ".join(page.raw.text[label.value : line.end].split())
            if relation and value:
                page.headlines.append(Headline(relation, value))
            line.mark("headline", f"after “{label.text}”")
            continue
        most = _MOST if label.kind in {"related", "popular"} else 1
        for below in _below(page, line, most):
            below.mark("headline", f"below “{label.text}”")
            if relation:
                page.headlines.append(Headline(relation, " ".join(below.text.lstrip(_BULLETS).split())))


def _arrows(page: Labelled, story: Story) -> None:
    """The neighbours that an arrow before or after them points to, as WordPress's themes set them.

    In both directions of writing the arrow before a headline leads back and the one after it on.
    """
    below = [line for line in page.lines[story.last + 1 :] if line.kind is None and line.size > _SHORTEST]
    pointed: tuple[tuple[Relation, list[Line]], ...] = (
        ("previous", [line for line in below if line.text[0] in _ARROWS]),
        ("next", [line for line in below if line.text[-1] in _ARROWS]),
    )
    for relation, lines in pointed:
        if len(lines) == 1:  # more are bullets
            lines[0].mark("headline", "an arrow points to it")
            page.headlines.append(Headline(relation, " ".join(lines[0].text.strip(_ARROWS).split())))


def _below(page: Labelled, line: Line, most: int) -> list[Line]:
    """The headlines of a list, dates between them passed over."""
    found: list[Line] = []
    for below in page.lines[line.index + 1 : line.index + 1 + _REACH]:
        if below.index in page.bars or below.kind == "date":
            continue
        taken = below.kind and below.reason != TEMPLATE
        if len(found) >= most or taken or below.label or below.size < _SHORTEST:
            break
        if found and line.block and found[0].path != below.path:
            break
        found.append(below)
    return found
