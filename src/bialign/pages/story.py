"""Which lines tell the story, and which line is its title."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from bialign.model import Hint
from bialign.pages.bylines import byline_names, read_byline
from bialign.pages.datelines import whole_dateline
from bialign.pages.folding import fold
from bialign.pages.lines import TEMPLATE, Line
from bialign.pages.phrases import texts
from bialign.pages.sections import leading_section
from bialign.pages.tables import cities

#: A line with this many words is a paragraph whether or not a full stop ends it.
LONG: Final = 20
#: … with this many where no line of the page is one
SHORT: Final = 8
#: … and with this many if a full stop does.
SENTENCE: Final = 7
#: Elements that hold headings.
HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LONGEST_CLAIM: Final = 40
# A line of so many words that is a name alone loses so much as a title.
_LONGEST_NAME: Final = 5
_LONGEST_SIGNED: Final = 8
_LONGEST_LABEL: Final = 2
_SHORTEST: Final = 3
_BYLINE: Final = 5
#: The most that the line below a title says for it.
_MOST_BEFORE: Final = 4
_WIDEST_GAP: Final = 9
_LISTS: Final = frozenset({"related", "previous", "next", "tags", "popular"})
_CLOSERS: Final = frozenset({"popular", "comments"})
_RIGHTS: Final = re.compile(
    r"©(?!\s(?-i:[a-z]))|\(c\) ?\d{4}|حقوق\s*(?:النشر|الطبع)?.{0,12}محفوظ|all rights reserved", re.IGNORECASE
)
# … of which each has one of these.
_CLAIMS: Final = ("©", "(c)", "(C)", "محفوظ", "eserved", "ESERVED")
# How the markup calls what holds the headline of a story, and the name of the site.
_TITLE_PATH: Final = re.compile(
    r"\.(?:\S*(?:post|entry|article|news|story|single|page)[-_]?(?:title|headline)|headline)"
)
_SITE_PATH: Final = re.compile(r"\.(?:site|blog)[-_]?(?:title|name|description)|\.logo\b")
_ASIDE: Final = re.compile(
    r"nav|menu|breadcrumb|footer|sidebar|widget|related|comment|popular|trending|newsletter|cookie|share|social"
)
_LONGEST_OFFICE: Final = 5
_LONGEST_DATELINE: Final = 8
# With one of these the names of papers and stations begin.
_OUTLETS: Final = frozenset(
    map(fold, ("شبكة", "وكالة", "صحيفة", "جريدة", "موقع", "مجلة", "راديو", "إذاعة", "قناة"))
)
_OWN: Final = re.compile(r"\s[-–—/|]\s(?:خاص|متابعات|متابعه|وكالات|exclusive)$")
_PLACE_END: Final = re.compile(r"\s[-–—]\s(\w+(?:\s\w+)?)$")
_PLACE_START: Final = re.compile(r"^(\w+(?:\s\w+)?)\s[-–—]\s")
_MENU: Final = re.compile(r"(?:home|الرئيسيه|الصفحه الرئيسيه)\b")
_TAIL: Final = re.compile(r"\s+[|»«•]\s+|\s+[-–—:]{1,2}\s+")


@dataclass(frozen=True, slots=True)
class Story:
    """First and last line of a story (inclusive), its script, and which of its lines are paragraphs."""

    first: int
    last: int
    script: str
    paragraphs: tuple[int, ...] = ()


def is_rights(line: Line) -> bool:
    """Whether the line claims copyright."""
    if line.size >= _LONGEST_CLAIM or not any(sign in line.text for sign in _CLAIMS):
        return False
    return _RIGHTS.search(line.text) is not None


def is_paragraph(line: Line) -> bool:
    """Whether the line alone reads like running text."""
    if line.kind or line.size < SENTENCE or line.link > 0.5 or not (line.arabic or line.latin):
        return False
    if line.block and line.block.tag in HEADINGS:
        return line.size >= LONG and line.text[-1] == "."
    if is_rights(line):
        return False
    if line.label and (line.label.value is None or line.label.kind in _LISTS):
        return False
    if line.block and line.captioned:
        return False
    if line.block and _ASIDE.search(line.path):
        return line.size >= 2 * LONG and line.ends_sentence
    return line.ends_sentence or line.size >= LONG


def find_stories(lines: Sequence[Line]) -> list[Story]:
    """Runs of paragraphs, the longest text first; a run is named by the script of most of it.

    Where nothing reads like a paragraph, lines of eight words are taken for one.
    """
    return _runs(lines, is_paragraph) or _runs(lines, _is_long)


def _is_long(line: Line) -> bool:
    """What passes for a paragraph on a page that has no full stops."""
    plain = line.kind is None and line.label is None and line.link < 0.5
    return plain and line.size >= SHORT and line.index > 0


def _runs(lines: Sequence[Line], is_paragraph: Callable[[Line], bool]) -> list[Story]:
    stories: list[tuple[int, Story]] = []
    run: list[Line] = []
    for line in lines:
        if line.block and line.block.tag == "h1" and run:
            stories.append(_story(run))
            run = []
        if not is_paragraph(line):
            if run and line.label and line.label.value is None and line.label.kind in _CLOSERS:
                stories.append(_story(run))
                run = []
            continue
        if run and _between(lines, run[-1], line) > _WIDEST_GAP:
            stories.append(_story(run))
            run = []
        run.append(line)
    if run:
        stories.append(_story(run))
    stories.sort(key=lambda item: -item[0])
    return [story for _, story in stories]


def _between(lines: Sequence[Line], before: Line, after: Line) -> int:
    return sum(1 for line in lines[before.index + 1 : after.index] if line.kind is None)


def _story(run: Sequence[Line]) -> tuple[int, Story]:
    arabic, latin = sum(line.arabic for line in run), sum(line.latin for line in run)
    indexes = tuple(line.index for line in run)
    return arabic + latin, Story(indexes[0], indexes[-1], "ar" if arabic > latin else "en", indexes)


def find_title(
    lines: Sequence[Line],
    story: Story | None,
    hints: Sequence[Hint],
    *,
    since: int = 0,
    script: str | None = None,
) -> Line | None:
    """The line that is the story's title, or null where none can be told.

    Args:
        lines: the page's lines, metadata labelled.
        story: the story, if any; its title stands above it.
        hints: what the markup states.
        since: the first line that may be it.
        script: the script it must be in, if any.
    """
    stated = [hint.value for hint in hints if hint.fact == "title"]
    hinted = [_key(part) for title in stated for part in (title, *_TAIL.split(title), *_after_colon(title))]
    end = story.first if story else len(lines)
    scores: list[tuple[float, int]] = []
    for line in lines[since:end]:
        if script is not None and line.script != script:
            continue
        score = _quick_score(line, end, story, hinted)
        if score is not None:
            scores.append((score, line.index))
    scores.sort(reverse=True)
    best: tuple[float, int] | None = None
    for most, index in scores:
        if best is not None and most + _MOST_BEFORE < best[0]:
            break  # a closer look only at those that can still win
        closer = _closer_score(lines[index], lines, end)
        if closer is not None:
            best = max(best or (-math.inf, 0), (most + closer, index))
    return lines[best[1]] if best else None


def _quick_score(line: Line, end: int, story: Story | None, hinted: Sequence[str]) -> float | None:
    """How well a line would do for a title by what is seen at once; null where it cannot be one."""
    repeated = line.reason == TEMPLATE  # a headline may stand in the lists of other pages
    if (line.kind and not repeated) or line.label or line.size > 45 or line.size < 2 or not line.key:
        return None
    score = -3.0 if repeated else 0.0
    if line.key in hinted or (line.size > 3 and any(key.startswith(line.key) for key in hinted)):
        score += 8
    if line.block and line.block.tag in {"h1", "h2"}:
        score += 6 if line.block.tag == "h1" else 2
    if story and line.script == story.script:
        score += 4
    score += 2 if len(line.texts) >= 4 else -1
    if line.text[-1] == "." and not line.text.endswith(".."):
        score -= 4  # a summary, rather
    if line.index == 0 and len(line.texts) >= 4:
        score += 2
    if line.link > 0.8:
        score -= 4
    if line.block and (own := _own_path(line)):
        score += 3 if _TITLE_PATH.search(own) else -6 if _SITE_PATH.search(own) else 0
    if line.block and _ASIDE.search(line.path):
        score -= 5
    return score - min(3.0, 0.1 * (end - line.index))


def _after_colon(title: str) -> list[str]:
    """What follows the name of a blog in a page's title (``Blog: entry``)."""
    head, colon, rest = title.partition(": ")
    return [rest] if colon and head else []


def _own_path(line: Line) -> str:
    """Element and classes of the line's own block."""
    return line.path.rpartition(">")[2]


def _closer_score(line: Line, lines: Sequence[Line], end: int) -> int | None:
    """What tables and the line below add to a line's score, at most ``_MOST_BEFORE``; null for a dateline."""
    if line.size < 8 and line.index + 3 > end and whole_dateline(line.text):
        return None
    score = 0
    if leading_section(line.texts) == len(line.texts) or _is_office(line) or _MENU.match(line.folded):
        score -= 6
    if line.texts[0] in _OUTLETS and line.size <= _LONGEST_OFFICE:
        score -= 4
    label, colon, name = line.text.partition(":")
    if colon and len(label.split()) <= _LONGEST_LABEL and byline_names(name.strip()):
        score -= _BYLINE  # a work and a name
    following = lines[line.index + 1] if line.index + 1 < len(lines) else None
    if following is not None and (line.size >= _SHORTEST or following.kind):
        score += _before(following, end)
    if line.size <= _LONGEST_SIGNED and read_byline(line.text):
        score -= 2 * _BYLINE
    elif line.size <= _LONGEST_NAME and read_byline(line.text, beside=True):
        score -= _BYLINE
    return score


def _before(following: Line, end: int) -> int:
    """What it says for a title that this line follows it."""
    if following.kind in {"credits", "date", "dateline"}:
        return _MOST_BEFORE
    short = following.kind is None and following.index < end and following.size <= _LONGEST_SIGNED
    if short and read_byline(following.text):
        return _MOST_BEFORE
    return 3 if following.index == end or _is_dateline(following) else 0


def _is_dateline(line: Line) -> bool:
    return line.kind is None and line.size < _LONGEST_DATELINE and whole_dateline(line.text) is not None


def _is_office(line: Line) -> bool:
    """Whether a few words and a city behind a dash are all the line holds (``مركز الأخبار – غزة``)."""
    if line.size <= _LONGEST_OFFICE and _OWN.search(line.folded):
        return True
    if line.size > _LONGEST_OFFICE or line.index == 0:
        return False
    before = _PLACE_START.search(line.folded)
    if before is not None and before[1] in cities():
        return True
    place = _PLACE_END.search(line.folded)
    return place is not None and place[1] in cities()


def _key(text: str) -> str:
    return " ".join(texts(fold(text)))


def without_site(title: str, sites: Sequence[str]) -> str:
    """A title without the name of the site at its end.

    Args:
        title: as the page has it.
        sites: names of the site, as hints or the site's other pages give them.

    >>> without_site("مقتل ثلاثة في القصف - اليوم السابع", ["اليوم السابع"])
    'مقتل ثلاثة في القصف'
    >>> without_site("Ten killed in Hama | Site", [])
    'Ten killed in Hama'
    """
    title = " ".join(title.split())
    keys = {_key(site) for site in sites if site}
    for cut in reversed(list(_TAIL.finditer(title))):
        head, tail = title[: cut.start()], title[cut.end() :]
        piped = cut.group().strip() in {"|", "»", "«", "•"}
        if _key(tail) in keys or (piped and len(tail.split()) <= 4 and len(head.split()) >= 2):
            return without_site(head, sites)
        break
    return title
