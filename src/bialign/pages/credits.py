"""Who did what for a page: role words and the people they lead to, in both languages.

A credit is a cue (``ترجمة``, ``Translated by``), perhaps several joined (``إعداد وتحرير``), and one
or more names. A *strong* cue needs only a name shape after it; a *weak* one is also an everyday
word (``صورة``, ``Source``) and needs a colon or a line end. ``تحرير`` is also "liberation", so a name
never holds a preposition, a place word or a digit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import regex

from bialign.model import Record, Role
from bialign.pages.folding import Folded, fold, fold_with_places
from bialign.pages.leads import AFTER_CUE, FROM, LANGUAGE, MOST_WORDS, Lead, find_leads
from bialign.pages.phrases import Word, words
from bialign.pages.sections import leading_section
from bialign.pages.tables import labels, name_words, role_cues, strong_cues

#: Longest line that can be a line of credits, in characters; longer lines are prose.
LONGEST: Final = 600
_SOURCE_WORDS: Final = 8
#: A share word or the like ends a name if so few words follow it.
_MOST_AFTER: Final = 3

# What ends a name: separators, symbols, digits, brackets, line ends. A hyphen only with a space beside it.
_BREAK: Final = regex.compile(
    r"[|/•·؛;\n\r\p{So}\p{Co}\p{Nd}()\[\]{}«»\"“”+@#!?؟:]|\s[-–—]+\s|[-–—]+\s|\s[-–—]+|[–—]"
)
_SOURCE_BREAK: Final = regex.compile(r"[|•·؛;\n\r\p{So}]|\s[-–—]\s")
# A last word after a name, before a date that stands there.
_BEFORE_DATE: Final = frozenset(fold(word) for word in ("في", "يوم", "بتاريخ", "الساعة", "on", "at", "in"))
# A tatweel alone is a dash.
_TATWEEL: Final = regex.compile(r"(?<=\s)ـ(?=\s)")
_MARK: Final = regex.compile(r"\p{M}")
_SPACED_DASH: Final = regex.compile(r"\s[-–—]\s")
_LIST: Final = regex.compile(r"\s*[,،&]\s*|\s+(?:and|و)\s+")
_ARABIC_NAME: Final = regex.compile(r"[\p{L}\p{M}\u0640'’ʼ\u200c-\u200f.-]+")
_LATIN: Final = regex.compile(r"\p{Latin}")
_LATIN_NAME: Final = regex.compile(
    r"(?:\p{Lu}[\p{L}\p{M}'’ʼ‘.-]*|(?:al|el|ash|at|ar|as|an|bin|bint|ibn|abu|umm|abd|de|del|van|von|der|da|le|la|di|du|ul)(?:[-'’]\p{L}[\p{L}'’-]*)?|['’‘ʼ]\p{L}+[\p{L}'’-]*)"
)


@dataclass(frozen=True, slots=True)
class FoundCredit(Record):
    """A credited name and where it stands.

    Args:
        start, end: the whole credit, cue and name, in the given text.
        name_start, name_end: the name alone.
        role: what the person did.
        name: as written, white space folded.
        reason: the cue that led to it.
    """

    start: int
    end: int
    name_start: int
    name_end: int
    role: Role
    name: str
    reason: str


def may_hold_credits(line: str, found: Sequence[str]) -> bool:
    """Whether a line's words can hold a cue at all; a weak cue needs a colon, a dash or the whole line.

    Args:
        line: the line.
        found: its folded words.
    """
    if not strong_cues().none_in(found):
        return True
    marked = len(found) < _SOURCE_WORDS or any(sign in line for sign in ":：-–—\n")
    return marked and not role_cues().none_in(found)


def is_cue(line: str) -> bool:
    """Whether a line is a cue, or several joined, and no more: the name stands on the next line.

    >>> is_cue("ترجمة وتحرير:"), is_cue("تصوير علي")
    (True, False)
    """
    text = fold(line)
    found = words(text)
    if role_cues().none_in(word.text for word in found):
        return False
    leads = find_leads(text, found)
    return len(leads) == 1 and leads[0].start <= found[0].start and leads[0].end == found[-1].end


def find_credits(line: str) -> list[FoundCredit]:
    """The credits of a line, or of a label line and the line below it.

    Args:
        line: a line of metadata; prose longer than ``LONGEST`` gives nothing.

    Returns:
        One item a role and name, in the order of the text.

    >>> [(c.role, c.name) for c in find_credits("تحرير سعيد علي | ترجمة: محمد نور")]
    [('editor', 'سعيد علي'), ('translator', 'محمد نور')]
    >>> [(c.role, c.name) for c in find_credits("ترجمة وتحرير: سعيد علي")]
    [('translator', 'سعيد علي'), ('editor', 'سعيد علي')]
    >>> find_credits("تحرير مدينة حلب من المسلحين")
    []
    """
    if len(line) > LONGEST:
        return []
    folded = fold_with_places(_TATWEEL.sub("-", line))
    found = words(folded.text)
    if role_cues().none_in(word.text for word in found):
        return []
    leads = find_leads(folded.text, found)
    credited: list[FoundCredit] = []
    for number, lead in enumerate(leads):
        after = AFTER_CUE.match(folded.text, lead.end)
        start = after.end() if after else lead.end
        limit = leads[number + 1].start if number + 1 < len(leads) else len(folded.text)
        credited += _names(line, folded, lead, start, limit, last=number + 1 == len(leads))
    return credited


def _names(line: str, folded: Folded, lead: Lead, start: int, limit: int, *, last: bool) -> list[FoundCredit]:
    """The names between a cue and the next one."""
    source = lead.roles == ("source",)
    text = folded.text
    if source and text.startswith("(", start):  # (place - agency)
        closing = text.find(")", start, limit)
        limit = closing if closing > 0 else limit
        dashes = [dash.end() for dash in _SPACED_DASH.finditer(text, start, limit)]
        start = dashes[-1] if dashes else start + 1
    stop = (_SOURCE_BREAK if source else _BREAK).search(text, start, limit)
    while stop and stop.start() == start:  # brackets and quotes around the name
        start = stop.end()
        stop = (_SOURCE_BREAK if source else _BREAK).search(text, start, limit)
    end = stop.start() if stop else limit
    spans = _source_spans(text, start, end) if source else _name_spans(line, folded, start, end, lead, last)
    credited = []
    for name_start, name_end in spans:
        lo, hi = folded.back(name_start), folded.back(name_end - 1) + 1
        while hi < len(line) and _MARK.match(line[hi]):  # harakat after the last letter
            hi += 1
        name = " ".join(line[lo:hi].split())
        credited += [
            FoundCredit(folded.back(lead.start), hi, lo, hi, role, name, f"after “{lead.text}”")
            for role in lead.roles
        ]
    return credited


def _source_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    chunk = text[start:end]
    if len(chunk.split()) > _SOURCE_WORDS:
        return []
    spans = []
    for part in regex.finditer(r"[^+،,]+", chunk):
        bare = regex.search(r"[\p{L}\p{N}].*[\p{L}\p{N}]", part.group(), regex.DOTALL)
        if bare:
            spans.append((start + part.start() + bare.start(), start + part.start() + bare.end()))
    return spans


def _name_spans(
    line: str, folded: Folded, start: int, end: int, lead: Lead, last: bool
) -> list[tuple[int, int]]:
    """Spans of the names in a stretch; none if it reads like prose."""
    text = folded.text
    spans: list[tuple[int, int]] = []
    position = start
    while position < end:
        joint = _LIST.search(text, position, end)
        piece_end = joint.start() if joint else end
        span, ended = _one_name(line, folded, position, piece_end)
        if span is None:
            return spans if spans or lead.said else []
        if ended == "prose" and not lead.said and not spans:
            return []
        ended = "label" if ended == "place" else ended
        if (
            len(words(text[span[0] : span[1]])) < 2
            and not lead.said
            and not spans
            and joint is None
            and last
            and not lead_alone(text, lead, span)
        ):
            return []
        spans += _split_waw(text, *span)
        if ended or not joint:
            break
        position = joint.end()
    return spans


def lead_alone(text: str, lead: Lead, span: tuple[int, int]) -> bool:
    """Whether cue and name are all the text there is (``تصوير علي``)."""
    return lead.start == 0 and span[1] == len(text.rstrip())


def _one_name(line: str, folded: Folded, start: int, end: int) -> tuple[tuple[int, int] | None, str]:
    """The name that begins a piece, and what ended it: ``""``, ``label``, ``place`` or ``prose``."""
    text = folded.text
    found = words(text[start:end])
    said = [word.text for word in found]
    first = last = None
    for index, word in enumerate(found):
        if word.text in name_words("end") or (index > 1 and leading_section(said, index) > 1):
            ended = "label"
            break
        if word.text in FROM and index > 1 and _is_language(found, index + 1):
            ended = "label"  # ترجمة فلان عن العربية
            break
        label = labels().at(found, index) if index > 1 else None
        if label is not None and len(found) - index - label[0] <= _MOST_AFTER:
            ended = "label"
            break
        if first is not None and index + 1 == len(found) and word.text in _BEFORE_DATE:
            ended = "label"
            break
        written = line[folded.back(start + word.start) : folded.back(start + word.end - 1) + 1]
        if (
            word.text in name_words("never")
            or word.text in name_words("place")
            or not _name_shape(written, line, folded.back(start + word.start))
        ):
            ended = "place" if word.text in {"in", "from"} and index > 1 else "prose"
            break
        first = word.start if first is None else first
        last = word.end
    else:
        ended = "" if len(found) <= MOST_WORDS else "prose"
    if first is None or last is None:
        return None, ended
    return (start + first, start + last), ended


def _is_language(found: list[Word], index: int) -> bool:
    return index < len(found) and LANGUAGE.fullmatch(found[index].text) is not None


def _name_shape(written: str, line: str, position: int) -> bool:
    if written[0].isascii() or _LATIN.match(written):
        inside = position > 0 and line[position - 1] in "-'’‘ʼ."
        return bool(inside or _LATIN_NAME.fullmatch(written))
    return _ARABIC_NAME.fullmatch(written) is not None


def names_in(text: str) -> list[str]:
    """The names that a text is, with nothing else in it; empty if it is anything but names.

    >>> names_in("سعيد علي ومحمد نور")
    ['سعيد علي', 'محمد نور']
    >>> names_in("Ten killed in Hama")
    []
    """
    found = find_credits(f"by:\n{text}")
    if not found or len(words(fold(text))) > 3 * MOST_WORDS:
        return []
    told = sum(len(words(fold(credit.name))) for credit in found)
    joints = sum(1 for word in words(fold(text)) if word.text in {"and", "و"})
    return [credit.name for credit in found] if told + joints >= len(words(fold(text))) else []


def _split_waw(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Two names joined by و written onto the second (``سعيد علي ومحمد نور``)."""
    found = words(text[start:end])
    for index, word in enumerate(found):
        if index and word.text.startswith("و") and len(word.text) > 3 and word.text not in name_words("waw"):
            left = (start + found[0].start, start + found[index - 1].end)
            return [left, *_split_waw(text, start + word.start + 1, end)]
    return [(start, end)]
