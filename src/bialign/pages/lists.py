"""Lists of sections and tags that stand after a label or below one."""

from __future__ import annotations

from typing import Final

from bialign.model import Kind
from bialign.pages.bars import cut, listed
from bialign.pages.folding import fold
from bialign.pages.labelled import Labelled
from bialign.pages.lines import Line
from bialign.pages.phrases import texts, words
from bialign.pages.sections import leading_section
from bialign.pages.tables import labels

_TOPICS: Final = frozenset({"topics", "tags", "مواضيع", "المواضيع", "موضوعات", "الموضوعات"})
_LONGEST_TOPIC: Final = 3
_LONGEST_SECTION: Final = 6


def take_topics(page: Labelled, line: Line) -> bool:
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


def says_section(line: Line) -> bool:
    """Whether a line is a label that no table has, a colon and a section (``النوع: سياسة``)."""
    name, colon, _ = line.text.partition(":")
    if not colon or line.size > _LONGEST_SECTION or not 0 < len(name.split()) <= 2 or line.label:
        return False
    value = line.texts[len(texts(fold(name))) :]
    return bool(value) and leading_section(value) == len(value)


def take_list(page: Labelled, line: Line) -> None:
    """Take what stands after a label of sections or tags, or below one that has its line alone."""
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
