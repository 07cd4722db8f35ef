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
from bialign.pages.phrases import Word, words
from bialign.pages.sections import leading_section
from bialign.pages.tables import Cue, given_names, labels, name_words, role_cues, strong_cues

#: Longest line that can be a line of credits, in characters; longer lines are prose.
LONGEST: Final = 600
#: Most words a name has; more are a sentence.
_MOST_WORDS: Final = 6
_SOURCE_WORDS: Final = 8
#: A share word or the like ends a name if so few words follow it.
_MOST_AFTER: Final = 3

# What may stand between a cue and its name, and whether it says "here comes a name".
_AFTER_CUE: Final = regex.compile(r"[^\S\n]*(?:(?P<colon>[:：]|\n|[-–—ـ](?=\s))\s*)*")
# What ends a name: separators, symbols, digits, brackets, line ends. A hyphen only with a space beside it.
_BREAK: Final = regex.compile(
    r"[|/•·؛;\n\r\p{So}\p{Co}\p{Nd}()\[\]{}«»\"“”+@#!?؟:]|\s[-–—]+\s|[-–—]+\s|\s[-–—]+|[–—]"
)
_SOURCE_BREAK: Final = regex.compile(r"[|•·؛;\n\r\p{So}]|\s[-–—]\s")
# A last word after a name, before a date that stands there.
_BEFORE_DATE: Final = frozenset(fold(word) for word in ("في", "يوم", "بتاريخ", "الساعة", "on", "at", "in"))
_MARK: Final = regex.compile(r"\p{M}")
_FROM: Final = frozenset(fold(word) for word in ("عن", "من", "إلى", "from", "into", "to"))
_LANGUAGE: Final = regex.compile(
    fold("ال(?:عربية|إنجليزية|إنكليزية|فرنسية|تركية|ألمانية|روسية|فارسية|كردية|عبرية|إسبانية)")
    + "|arabic|english|french|turkish|german|russian|persian|kurdish|hebrew|spanish"
)
_SPACED_DASH: Final = regex.compile(r"\s[-–—]\s")
_BEFORE_CUE: Final = regex.compile(r"(?:^|[^\p{L}\p{M}\p{Nd}\s])\s*(?:\band\s+|و)?$|\n\s*$")
_LIST: Final = regex.compile(r"\s*[,،&]\s*|\s+(?:and|و)\s+")
_ARABIC_NAME: Final = regex.compile(r"(?:(?:[\p{L}\p{M}\u0640'’ʼ\u200c-\u200f.-]|(?<=\p{L})['’-](?=\p{L}))+)")
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


@dataclass(frozen=True, slots=True)
class _Lead:
    """A cue, or several joined, in the folded text."""

    start: int
    end: int
    cues: tuple[Cue, ...]
    said: bool  # a colon or a line end follows

    @property
    def roles(self) -> tuple[Role, ...]:
        return tuple(dict.fromkeys(role for cue in self.cues for role in cue.roles))

    @property
    def text(self) -> str:
        return " + ".join(cue.text for cue in self.cues)


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
    folded = fold_with_places(line)
    found = words(folded.text)
    if role_cues().none_in(word.text for word in found):
        return []
    leads = _leads(folded.text, found)
    credited: list[FoundCredit] = []
    for number, lead in enumerate(leads):
        after = _AFTER_CUE.match(folded.text, lead.end)
        start = after.end() if after else lead.end
        limit = leads[number + 1].start if number + 1 < len(leads) else len(folded.text)
        credited += _names(line, folded, lead, start, limit, last=number + 1 == len(leads))
    return credited


def _leads(text: str, found: list[Word]) -> list[_Lead]:
    """The cues that can lead to a name, joined ones as one."""
    leads: list[_Lead] = []
    index = 0
    while index < len(found):
        hit = role_cues().at(found, index) or _with_waw(found, index) or _passive(found, index)
        if hit is None:
            index += 1
            continue
        count, cue = hit
        cues, last = [cue], index + count - 1
        while (joined := _joined(text, found, last)) is not None:
            count, cue = joined
            cues.append(cue)
            last += count
        if any("translator" in cue.roles for cue in cues):
            last += _languages(found, last + 1)
        start, end = found[index].start, found[last].end
        after = _AFTER_CUE.match(text, end)
        said = bool(after and after.group("colon")) or (end == len(text.rstrip()) and start == 0)
        strong = any(cue.strong for cue in cues) or _name_follows(found, index, last + 1)
        if (said or strong) and (_at_boundary(text, start) or (strong and leads)):
            leads.append(_Lead(start, end, tuple(cues), said))
            index = last + 1
        else:
            index += 1
    return leads


def _name_follows(found: list[Word], index: int, following: int) -> bool:
    """Whether a weak cue and a few words from a given name on are all there is."""
    if index or not 2 <= len(found) - following <= _MOST_WORDS:
        return False
    first = found[following].text
    return first in given_names("en" if first.isascii() else "ar")


def _languages(found: list[Word], index: int) -> int:
    """How many words say from or into which language a translation is (``عن الإنجليزية``)."""
    here = [word.text for word in found[index : index + 3]]
    if len(here) > 1 and here[0] in _FROM and _LANGUAGE.fullmatch(here[1]):
        return 2
    if len(here) > 2 and here[0] in {"from", "into"} and here[1] == "the" and _LANGUAGE.fullmatch(here[2]):
        return 3
    return 0


def _with_waw(found: list[Word], index: int) -> tuple[int, Cue] | None:
    word = found[index]
    if not word.text.startswith("و") or len(word.text) < 4:
        return None
    return role_cues().at([word._replace(text=word.text[1:]), *found[index + 1 : index + 5]], 0)


def _passive(found: list[Word], index: int) -> tuple[int, Cue] | None:
    """``translated`` of ``translated and edited by``."""
    if index + 2 < len(found) and found[index + 1].text == "and":
        hit = role_cues().at([found[index], found[index]._replace(text="by")], 0)
        return (1, hit[1]) if hit and hit[0] == 2 else None
    return None


def _joined(text: str, found: list[Word], last: int) -> tuple[int, Cue] | None:
    """The cue that a conjunction, a slash or an ampersand joins to the one ending at ``last``."""
    following = last + 1
    if following >= len(found):
        return None
    between = text[found[last].end : found[following].start]
    if between.isspace():
        if found[following].text in {"و", "and"} and following + 1 < len(found):
            hit = role_cues().at(found, following + 1)
            return (hit[0] + 1, hit[1]) if hit else None
        return _with_waw(found, following)
    if between.strip() in {"/", "&", "،", ",", "-", "+"}:
        return role_cues().at(found, following) or _with_waw(found, following)
    return None


def _at_boundary(text: str, start: int) -> bool:
    before = text[max(0, start - 12) : start]
    return start == 0 or not before.strip() or _BEFORE_CUE.search(before) is not None


def _names(
    line: str, folded: Folded, lead: _Lead, start: int, limit: int, *, last: bool
) -> list[FoundCredit]:
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
    line: str, folded: Folded, start: int, end: int, lead: _Lead, last: bool
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


def lead_alone(text: str, lead: _Lead, span: tuple[int, int]) -> bool:
    """Whether cue and name are all the text there is (``تصوير علي``)."""
    return lead.start == 0 and span[1] == len(text.rstrip())


def _one_name(line: str, folded: Folded, start: int, end: int) -> tuple[tuple[int, int] | None, str]:
    """The name that begins a piece, and what ended it: ``""``, ``label``, ``place`` or ``prose``."""
    text = folded.text
    found = words(text[start:end])
    first = last = None
    for index, word in enumerate(found):
        if word.text in name_words("end") or (index > 1 and leading_section(found, index) > 1):
            ended = "label"
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
        ended = "" if len(found) <= _MOST_WORDS else "prose"
    if first is None or last is None:
        return None, ended
    return (start + first, start + last), ended


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
    if not found or len(words(fold(text))) > 3 * _MOST_WORDS:
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
