"""Metadata lines: bylines, dates, sections, tags, with or without delimiters.

A line is metadata when credits, dates and known labels make up all of it but a few short chunks;
those chunks are then the section and the tags.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Final

import regex

from bialign.model import Kind, Role
from bialign.pages.broken import unreadable
from bialign.pages.bylines import is_place
from bialign.pages.credits import FoundCredit, find_credits, may_hold_credits, names_in
from bialign.pages.dates import FoundDate, find_dates
from bialign.pages.folding import fold
from bialign.pages.leads import FROM, LANGUAGE
from bialign.pages.lines import FURNITURE, Line, Piece
from bialign.pages.phrases import texts, words
from bialign.pages.relative import DAY_WORDS
from bialign.pages.sections import leading_section
from bialign.pages.tables import countries, given_names, labels

#: Longer lines are prose, whatever they hold.
LONGEST: Final = 400
_SEPARATOR: Final = regex.compile(r"[|•·؛;\t\p{So}\p{Co}»«›>]|\s[-–—/]+\s|\s[-–—/]+$|^[-–—/]+\s|[،,]\s")
_TRIM: Final = " \t\u00a0:：|•·-–—/،,.()[]*_\u200e\u200f\u200b\ufeff\ufe0f"
_TO_DATE: Final = frozenset(map(fold, ("بتاريخ", "في", "يوم", "تاريخ", "on", "at", "date")))
_DIGIT: Final = re.compile(r"\d")
_SHORT: Final = 8
_TAG: Final = regex.compile(r"#[\p{L}\p{M}\p{N}_]*\p{L}[\p{L}\p{M}\p{N}_]*")
_LIST: Final = regex.compile(r"\s*[,،|;؛•·/#]\s*|\s[-–]\s")
_ICON: Final = regex.compile(r"[\p{Extended_Pictographic}--[\p{N}©®™]]", regex.V1)
_ICON_BEFORE: Final = regex.compile(r"\p{Extended_Pictographic}\ufe0f?\s*$")
_ICONS: Final = {
    **dict.fromkeys("✍👤🖊🖋📝", "author"),
    **dict.fromkeys("📷📸", "photographer"),
    **dict.fromkeys("🏷🔖", "tag"),
    **dict.fromkeys("📁📂🗂📌", "category"),
}
_COLON: Final = re.compile(r"\s*[:：\t]")
# A verb of any stem in the passive, told by its first vowel or by the ending ت (أُنشئت, حُرّرت).
_PASSIVE: Final = re.compile(r"\w\u064f\w*|\w{3,5}ت")
_DASH_END: Final = re.compile(r"\s[-–—]\s*$")
_LONGEST_CHUNK: Final = 6
_MOST_WORDS: Final = 60
_LONGEST_NAME: Final = 3
_WITHIN: Final = frozenset({"ضمن", "في", "تحت", "in", "under"})


@dataclass
class Bar:
    """What a metadata line says."""

    credits: list[FoundCredit] = field(default_factory=list)
    dates: list[FoundDate] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    loose: list[tuple[int, int]] = field(default_factory=list)  # chunks of no known sort

    def moved(self, by: int) -> Bar:
        """The same bar standing elsewhere on the page."""
        pieces = [replace(piece, start=piece.start + by, end=piece.end + by) for piece in self.pieces]
        return replace(self, pieces=pieces, loose=[(start + by, end + by) for start, end in self.loose])


def read_bar(
    line: Line, *, crawled: str | None = None, day_first: bool | None = None, known: Collection[str] = ()
) -> Bar | None:
    """What a line says as metadata, or null if it is no metadata line.

    Args:
        line: the line.
        crawled: time of the crawl, for relative dates.
        day_first: order of all-digit dates on this site, where known.
        known: folded section names of the site's other pages.

    Returns:
        Facts and pieces; positions are those of the page.
    """
    if len(line.text) > LONGEST:
        return None
    dated = bool(_DIGIT.search(line.text)) or (line.size <= _SHORT and not DAY_WORDS.isdisjoint(line.texts))
    credited = line.size <= _MOST_WORDS and may_hold_credits(line.text, line.texts)
    if not dated and not credited and line.text[0] not in _ICONS:
        return None
    bar = Bar()
    if dated:
        bar.dates = find_dates(line.text, crawled=crawled, day_first=day_first)
        if not bar.dates and (broken := unreadable(line.text)):
            bar.dates = [broken]
    if credited:
        bar.credits = find_credits(_without(line.text, bar.dates))
    if not bar.credits and not bar.dates and line.text[0] not in _ICONS:
        return None
    if line.ends_sentence and ":" not in line.text and any(_is_clause(found.name) for found in bar.credits):
        return None
    taken = sorted(_taken(bar))
    chunks = _chunks(line.text, taken)
    if not _is_metadata(line, bar, chunks):
        return None
    bar.pieces = [Piece(line.start + a, line.start + b, kind, why) for a, b, kind, why in taken]
    for start, end in chunks:
        if _leads_to_date(line.text[start:end], line.text[end:], first=start == 0):
            continue
        _read_chunk(line, bar, start, end, known)
    bar.pieces.sort(key=lambda piece: piece.start)
    return bar


def _is_clause(name: str) -> bool:
    """Whether a name in a sentence is rather the rest of it: four words or more, no given name first."""
    found = words(fold(name))
    return len(found) > _LONGEST_NAME and found[0].text not in given_names("ar") | given_names("en")


def _without(text: str, dates: list[FoundDate]) -> str:
    """The text with its dates struck out, so that no name runs into one."""
    for date in dates:
        text = text[: date.start] + "|" * (date.end - date.start) + text[date.end :]
    return text


def _taken(bar: Bar) -> list[tuple[int, int, Kind, str]]:
    spans: dict[tuple[int, int], tuple[int, int, Kind, str]] = {}
    for credit in bar.credits:
        spans[credit.start, credit.end] = (
            credit.start,
            credit.end,
            "credits",
            f"{credit.role} {credit.reason}",
        )
    for date in bar.dates:
        start = date.start if date.cue_start is None else date.cue_start
        if any(start < credit.end <= date.start for credit in bar.credits):
            start = date.start  # the cue leads to a name first (كتب بواسطة … في …)
        spans[start, date.end] = (start, date.end, "date", date.reason)
    kept: list[tuple[int, int, Kind, str]] = []
    for span in sorted(spans.values()):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
        elif span[0] == kept[-1][0] and span[1] > kept[-1][1]:
            kept[-1] = span
    return kept


def _chunks(text: str, taken: list[tuple[int, int, Kind, str]]) -> list[tuple[int, int]]:
    """What is left between the taken spans, cut at separators, trimmed."""
    chunks: list[tuple[int, int]] = []
    position = 0
    for start, end in [*((a, b) for a, b, *_ in taken), (len(text), len(text))]:
        if start > position:
            cuts = [m.span() for m in _SEPARATOR.finditer(text, position, start)]
            at = position
            for cut_start, cut_end in [*cuts, (start, start)]:
                piece = text[at:cut_start]
                stripped = piece.strip(_TRIM)
                if stripped:
                    lo = at + piece.index(stripped)
                    chunks.append((lo, lo + len(stripped)))
                at = cut_end
        position = max(position, end)
    return chunks


def _is_metadata(line: Line, bar: Bar, chunks: list[tuple[int, int]]) -> bool:
    """Whether what credits and dates leave over is short enough for sections, tags and labels."""
    left = 0
    for start, end in chunks:
        chunk = texts(fold(line.text[start:end]))
        if not chunk or labels().whole_text(chunk) or leading_section(chunk) == len(chunk):
            continue
        if labels().at_text(chunk, 0) and ":" in line.text[start:end]:
            continue
        if chunk[0].isdigit() and len(chunk) <= _LONGEST_NAME:
            continue  # a counter
        if len(chunk) > 2 * _LONGEST_CHUNK:
            return False
        left += sum(not word.isdigit() for word in chunk)
    if len(_ICON.findall(line.text)) > 1 or (line.text[0] in _ICONS and left <= _LONGEST_CHUNK):
        return True
    said = len(bar.credits) * 3 + sum(6 if date.role or date.cue else 4 for date in bar.dates)
    return left <= said


def _leads_to_date(chunk: str, rest: str, *, first: bool) -> bool:
    """Whether a chunk with no separator after it is a label of the date that follows."""
    found = texts(fold(chunk))
    if not found or _SEPARATOR.match(rest):
        return False
    if first and len(found) == 1 and rest[:2].strip()[:1].isdigit() and not leading_section(found):
        return _PASSIVE.fullmatch(chunk) is not None
    return found[-1] in _TO_DATE or (found[0] in _TO_DATE and all(word.isdigit() for word in found[1:]))


def _read_chunk(line: Line, bar: Bar, start: int, end: int, known: Collection[str]) -> None:
    text = line.text[start:end]
    found = words(fold(text))
    at = line.start + start
    if not found or text[0].isdigit():
        return  # counters of readers, comments, minutes
    if hashes := list(_TAG.finditer(text)):
        bar.tags += [tag(m.group()) for m in hashes]
        bar.pieces.append(Piece(at, line.start + end, "tag", "hashtag"))
        return
    before = _ICON_BEFORE.search(line.text[:start])
    icon = _ICONS.get(before.group()[0]) if before else None
    if icon and len(found) <= _LONGEST_CHUNK:
        _read_icon(bar, icon, text, at, line.start + end)
        return
    if found[0].text in FROM and len(found) == 2 and LANGUAGE.fullmatch(found[1].text):
        return  # from which language
    if found[0].text == "in" and 1 < len(found) <= _LONGEST_CHUNK and bar.credits:
        value = text[found[1].start :]
        if is_place(value):
            bar.loose.append((at + found[1].start, line.start + end))
            return
        if bar.dates:  # Posted by X at 1 Feb 2011 in News, Egypt
            bar.categories += listed(value)
            bar.pieces.append(Piece(at, line.start + end, "category", "filed in"))
            return
    if found[0].text in {"في", "in"} and len(found) > 1 and _COLON.match(text, found[0].end):
        found = found[1:]
        text, at = text[found[0].start :], at + found[0].start
        found = words(fold(text))
    hit = labels().at(found, 0)
    if hit and _COLON.match(text, found[hit[0] - 1].end) and len(fold(text)) == len(text):
        _read_labelled(bar, hit[1], text[found[hit[0] - 1].end :].strip(_TRIM), at, line.start + end)
        return
    if found[0].text in _WITHIN and len(found) > 2 and labels().at(found, 1) == (1, "category"):
        bar.categories += listed(text[found[2].start :])  # ضمن قسم …
        bar.pieces.append(Piece(at, line.start + end, "category", "says so"))
        return
    label = labels().whole(found)
    if label in FURNITURE:
        bar.pieces.append(Piece(at, line.start + end, "navigation", f"{label} word"))
        return
    if label:
        return
    count = leading_section([word.text for word in found], 0, known)
    if count and text[0].isascii() and len(found) <= _LONGEST_NAME:
        count = len(found)  # English sections and tags never stand without a sign between
    if count == len(found) and _is_place(line.text[:start], text, bar):
        count = 0
    if count:
        cut = found[count - 1].end if len(fold(text)) == len(text) else len(text)
        bar.categories.append(" ".join(text[:cut].split()))
        bar.pieces.append(Piece(at, at + cut, "category", "section word"))
        rest = text[cut:].strip(_TRIM)
        if rest:
            lo = at + cut + text[cut:].index(rest)
            bar.tags.append(tag(rest))
            bar.pieces.append(Piece(lo, lo + len(rest), "tag", "stands after the section"))
        return
    bar.loose.append((at, line.start + end))


def _is_place(before: str, text: str, bar: Bar) -> bool:
    """Whether a country's name after a credit and a dash says where, not which section."""
    named = bool(bar.credits) and _DASH_END.search(before) is not None
    return named and fold(text) in countries()


def _read_icon(bar: Bar, kind: str, text: str, start: int, end: int) -> None:
    """A chunk after a picture that says what it is."""
    if kind == "tag":
        bar.tags += listed(text)
        bar.pieces.append(Piece(start, end, "tag", "after a tag's icon"))
    elif kind == "category":
        bar.categories += listed(text)
        bar.pieces.append(Piece(start, end, "category", "after a folder's icon"))
    else:
        role: Role = "photographer" if kind == "photographer" else "author"
        bar.pieces.append(Piece(start, end, "credits", f"{role} after an icon"))
        for name in names_in(text):
            bar.credits.append(FoundCredit(0, 0, 0, 0, role, name, "after an icon"))


def _read_labelled(bar: Bar, kind: str, value: str, start: int, end: int) -> None:
    """A chunk that says itself what it is (``القسم: أخبار محلية``)."""
    if kind == "category":
        bar.categories += listed(value)
        bar.pieces.append(Piece(start, end, "category", "says so"))
    elif kind == "tags":
        bar.tags += listed(value)
        bar.pieces.append(Piece(start, end, "tag", "says so"))
    else:
        bar.pieces.append(Piece(start, end, "boilerplate", f"{kind} word"))


def tag(text: str) -> str:
    """A tag without ``#``, ``_`` as a space.

    >>> tag("#دير_الزور")
    'دير الزور'
    """
    return " ".join(text.lstrip("#").replace("_", " ").split())


def listed(text: str) -> list[str]:
    """The items of a list of tags or sections, whatever divides them.

    >>> listed("سوريا، داعش | #دير_الزور")
    ['سوريا', 'داعش', 'دير الزور']
    """
    if text.lstrip().startswith("#") and not _LIST.search(text.replace("#", "")):
        return [tag(m.group()) for m in _TAG.finditer(text)]
    return [cleaned for part in _LIST.split(text) if (cleaned := tag(part.strip(_TRIM)))]


def cut(text: str, stated: Collection[str]) -> list[str]:
    """The stated tags that a text consists of, one after the other; empty if anything else stands in it.

    >>> cut("wheat al-Hasakah", {"wheat", "al hasakah"})
    ['wheat', 'al-Hasakah']
    """
    folded = fold(text)
    found, tags, index = words(folded), list[str](), 0
    if len(folded) != len(text):
        return [tag(text)] if " ".join(word.text for word in found) in stated else []
    while index < len(found):
        for end in range(len(found), index, -1):
            if " ".join(word.text for word in found[index:end]) in stated:
                tags.append(tag(text[found[index].start : found[end - 1].end]))
                index = end
                break
        else:
            return []
    return tags
