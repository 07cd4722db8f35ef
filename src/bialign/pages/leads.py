"""Cue words that lead to a credited name: one alone, or several joined (``ترجمة وتحرير``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import regex

from bialign.model import Role
from bialign.pages.folding import fold
from bialign.pages.phrases import Word
from bialign.pages.tables import Cue, agencies, given_names, role_cues

#: Most words a name has; more are a sentence.
MOST_WORDS: Final = 6
#: … and between two cues that nothing marks as such.
MOST_NAMED: Final = 4

#: What may stand between a cue and its name, and whether it says "here comes a name".
AFTER_CUE: Final = regex.compile(r"[^\S\n]*(?:[,،](?=\s))?[^\S\n]*(?:(?P<colon>[:：]|\n|[-–—ـ](?=\s))\s*)*")
# What a piece of work is called after its cue.
_OBJECTS: Final = frozenset(
    fold(word)
    for word in ("الخبر", "التقرير", "المقال", "المقالة", "النص", "المادة", "القصة", "الحوار", "اللقاء")
)
FROM: Final = frozenset(fold(word) for word in ("عن", "من", "إلى", "from", "into", "to"))
LANGUAGE: Final = regex.compile(
    fold(
        "ال(?:عربية|إنجليزية|إنكليزية|فرنسية|تركية|ألمانية|روسية|فارسية|كردية|عبرية|إسبانية|إيطالية|سريانية|أرمنية|أمازيغية)"
    )
    + "|arabic|english|french|turkish|german|russian|persian|kurdish|hebrew|spanish|italian|armenian"
)
_BEFORE_CUE: Final = regex.compile(r"(?:^|[^\p{L}\p{M}\p{Nd}\s])\s*(?:\band\s+|و)?$|\n\s*$")


_TRANSLATED: Final = frozenset({"translated", "translation"})


@dataclass(frozen=True, slots=True)
class Lead:
    """A cue, or several joined, in the folded text."""

    start: int
    end: int
    cues: tuple[Cue, ...]
    said: bool  # a colon or a line end follows

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles of all cues, each once."""
        return tuple(dict.fromkeys(role for cue in self.cues for role in cue.roles))

    @property
    def text(self) -> str:
        """The cues as the table spells them."""
        return " + ".join(cue.text for cue in self.cues)


def find_leads(text: str, found: list[Word]) -> list[Lead]:
    """The cues that can lead to a name, joined ones as one."""
    leads: list[Lead] = []
    index = 0
    told = _all_cues(found)
    cue_words = role_cues()
    while index < len(found):
        if found[index].text not in cue_words.firsts and found[index].text not in _TRANSLATED:
            index += 1
            continue
        hit = (
            cue_words.at(found, index)
            or _translated(found, index)
            or _with_waw(found, index)
            or _passive(found, index)
        )
        if hit is None:
            index += 1
            continue
        count, cue = hit
        cues, last = [cue], index + count - 1
        while (joined := _joined(text, found, last)) is not None:
            count, cue = joined
            cues.append(cue)
            last += count
        if last + 1 < len(found) and found[last + 1].text in _OBJECTS:
            last += 1  # مترجم الخبر
        if any("translator" in cue.roles for cue in cues):
            last += _languages(found, last + 1)
        start, end = found[index].start, found[last].end
        if _follows_work(text, found, index, end) and not leads:
            start = 0  # a work that no record has, before the cue (مونتاج وتصوير)
        said = _said(text, start, end)
        further = last + 1 < len(found) and _is_further_work(found, last + 1)
        if not said and further and not agencies().whole(found[last + 1 :]):
            said = _said(text, start, found[last + 1].end)
            last, end = (last + 1, found[last + 1].end) if said else (last, end)
        strong = told or any(cue.strong for cue in cues) or _name_follows(found, index, last + 1)
        if (said or strong) and (_at_boundary(text, start) or ((strong or said) and leads)):
            leads.append(Lead(start, end, tuple(cues), said))
            index = last + 1
        else:
            index += 1
    return leads


def _all_cues(found: list[Word]) -> bool:
    """Whether cues and names in turn are all there is (``Text Rana Haddad Photos Omar Malas``)."""
    cues, index, since = 0, 0, MOST_NAMED
    while index < len(found):
        hit = role_cues().at(found, index)
        if hit:
            if not 2 <= since <= MOST_NAMED:
                return False
            cues, index, since = cues + 1, index + hit[0], 0
        else:
            if not cues:
                return False
            index, since = index + 1, since + 1
    return cues > 1 and 2 <= since <= MOST_NAMED


def _said(text: str, start: int, end: int) -> bool:
    """Whether a colon or a line end after the cue says that a name comes."""
    after = AFTER_CUE.match(text, end)
    if start == 0 and text[end : end + 1] in {",", "،"}:  # Author, Omar Haddad
        return True
    return bool(after and after.group("colon")) or (end == len(text.rstrip()) and start == 0)


def _follows_work(text: str, found: list[Word], index: int, end: int) -> bool:
    """Whether a cue with و is joined to a work that no record has, of a word or two, at the line's start."""
    if not found[index].text.startswith("و"):
        return False
    return _said(text, 0, end) if index == 1 else index == 2 and text[end:].lstrip().startswith(":")


def _is_further_work(found: list[Word], index: int) -> bool:
    """Whether a word is a second work joined to a cue, one that no record has (``ترجمة وتعليق``)."""
    return found[index].text.startswith("و") and len(found[index].text) > 3


def _name_follows(found: list[Word], index: int, following: int) -> bool:
    """Whether a weak cue and an agency, or a few words from a given name on, are all there is."""
    if index == 0 and agencies().whole(found[following:]):
        return True
    if index or not 2 <= len(found) - following <= MOST_WORDS:
        return False
    first = found[following].text
    return first in given_names("en" if first.isascii() else "ar")


def _languages(found: list[Word], index: int) -> int:
    """How many words say from or into which language a translation is (``عن الإنجليزية``)."""
    here = [word.text for word in found[index : index + 3]]
    if len(here) > 1 and here[0] in FROM and LANGUAGE.fullmatch(here[1]):
        return 2
    if len(here) > 2 and here[0] in {"from", "into"} and here[1] == "the" and LANGUAGE.fullmatch(here[2]):
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


def _translated(found: list[Word], index: int) -> tuple[int, Cue] | None:
    """``Translated from the German by``: languages between the cue and its preposition."""
    if found[index].text not in _TRANSLATED:
        return None
    for count, word in enumerate(found[index + 1 : index + 8], 1):
        if word.text == "by" and count > 1:
            hit = role_cues().at([found[index]._replace(text="translated"), word], 0)
            return (count + 1, hit[1]) if hit else None
        if word.text not in FROM | {"the", "and", "original"} and not LANGUAGE.fullmatch(word.text):
            return None
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
    last = before.rstrip()[-1:]
    turns = last.isascii() and last.isalpha() and not text[start].isascii()  # from English to the byline
    return start == 0 or not last or turns or _BEFORE_CUE.search(before) is not None
