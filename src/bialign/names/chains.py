"""English words and the capitalised chains they form: where a name may stand, before any judgement.

A chain is a run of capitalised words with the particles between them. Scraped text breaks names
(``al- Rabee’``, ``al-Hayat- Tahrir-al-Sham``): a hyphen with a space on one side still joins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import regex

from bialign.names.cues import COMMON, cues, is_demonym, lower_share
from bialign.names.gazetteer import arabic_of
from bialign.text.latin import unmark

_WORD: Final = regex.compile(
    r"(?:\p{Lu}\.){2,}"  # U.S.
    r"|[ʿʾʻ]?[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’ʻʼʿʾ`´‘](?!s\b)[\p{L}\p{M}\p{N}]+)*(?:[’ʻʼʿʾ](?!\p{L}))?"
)
_HYPHEN: Final = regex.compile(r"[-‐‑](?: ?['’‘ʻʼ])?|[ \t]+[-‐‑]|[-‐‑][ \t]+")
_SPACE: Final = regex.compile(r"[ \t\u00a0\u202f]+")
_DOT: Final = regex.compile(r"\.[ \t\u00a0]*")
_POSSESSIVE: Final = regex.compile(r"['’][sS]?[ \t]+")
_AMPERSAND: Final = regex.compile(r"[ \t]*&[ \t]*")


#: Forms of the article that are English words too.
_ENGLISH: Final = frozenset(("as", "at", "an"))
#: No name has more words; a longer run of capitals is cut.
_LONGEST: Final = 15


@dataclass(frozen=True, slots=True)
class Word:
    """A word of an English text and how it hangs on the one before.

    Args:
        text: as it stands, a possessive ending left out.
        start, end: where it stands.
        gap: what joins it to the word before: ``space``, ``hyphen``, ``dot``, ``possessive``,
            ``and`` (an ampersand), or empty where nothing joins.
    """

    text: str
    start: int
    end: int
    gap: str

    @property
    def lower(self) -> str:
        """The word in lower case, trailing ayn mark left out."""
        return self.text.lower().rstrip("’ʻʼʿʾ")

    @property
    def capital(self) -> bool:
        """Whether it opens with a capital letter."""
        return self.text.lstrip("ʿʾʻ")[:1].isupper()

    @property
    def acronym(self) -> bool:
        """Whether it is written in capitals only, two at least."""
        letters = [c for c in self.text if c.isalpha()]
        return len(letters) > 1 and all(c.isupper() for c in letters)


def words_of(text: str) -> list[Word]:
    """The words of an English text, in order."""
    words: list[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        start, stop = match.span()
        written = match.group()
        if written in ("s", "S") and text[start - 1 : start] in ("'", "’"):
            continue
        if written[-1] in "’ʼ" and (written[-2:-1] in ("s", "S") or _closes_quote(text, start)):
            written, stop = written[:-1], stop - 1
        gap = text[end:start] if words and start - end < 8 else "\n"
        words.append(Word(written, start, stop, _joined(gap, words[-1] if words else None)))
        end = stop
    return words


def _closes_quote(text: str, start: int) -> bool:
    return "‘" in text[text.rfind("\n", max(0, start - 60), start) + 1 : start][-60:]


def _joined(gap: str, before: Word | None) -> str:
    if before is None:
        return ""
    if _SPACE.fullmatch(gap):
        return "space"
    if _HYPHEN.fullmatch(gap):
        return "hyphen"
    if _POSSESSIVE.fullmatch(gap):
        return "possessive"
    if _AMPERSAND.fullmatch(gap):
        return "and"
    initial = len(before.text) == 1 and before.capital and before.gap != "hyphen"
    if _DOT.fullmatch(gap) and (initial or before.lower in cues("english")["abbreviated"]):
        return "dot"
    return ""


def chains(words: Sequence[Word], openers: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Half-open word ranges that may be or hold a name, in order, apart from each other.

    Args:
        words: the text's words.
        openers: positions of words that open a sentence.
    """
    at = 0
    while at < len(words):
        head = _opening(words, at)
        if head is None:
            at += 1
            continue
        last = head
        while last - at < _LONGEST and (further := _next_capital(words, at, last, openers)) is not None:
            last = further
        yield at, last + 1
        at = last + 1


def _opening(words: Sequence[Word], at: int) -> int | None:
    """The first capitalised word of a chain that opens at ``at``, perhaps with particles before it."""
    if words[at].capital:
        return at
    lists = cues("english")
    position = at
    while position - at < 2 and not words[position].capital:
        following = position + 1
        if following >= len(words):
            return None
        word, gap = words[position].lower, words[following].gap
        particle = word in lists["arabic_particles"] and gap in ("space", "hyphen")
        article = (word in lists["articles"] and gap == "hyphen") or (
            gap == "space" and _is_assimilated(word, words[following].text)
        )
        if not (particle or article):
            return None
        position = following
    return position if words[position].capital else None


def _is_assimilated(article: str, following: str) -> bool:
    """Whether a word that stands alone is the article, by the sun letter that it takes on.

    ``as``, ``at`` and ``an`` are English words too, and count where they carry a mark only.

    >>> _is_assimilated("ez", "Zor"), _is_assimilated("aş", "Şughrá"), _is_assimilated("at", "Tripoli")
    (True, True, False)
    """
    bare = unmark(article)
    if bare not in cues("english")["articles"] or (bare in _ENGLISH and bare == article):
        return False
    return unmark(following.lower()).startswith(bare[1:])


def _next_capital(words: Sequence[Word], start: int, last: int, openers: frozenset[int]) -> int | None:
    """The position of the chain's next capitalised word after ``last``, or None at its end."""
    following = last + 1
    if following >= len(words) or not words[following].gap:
        return None
    word = words[following]
    if word.gap == "possessive" and (lower_share(words[last].lower) or 0) < COMMON:
        return None  # Syria's Idlib is two names, the People's Council one
    if word.capital:
        return None if following in openers else following
    if (head := _opening(words, following)) is not None:
        return head
    lists = cues("english")
    if word.gap == "hyphen" and len(word.text) <= 3 and _capital_at(words, following + 1, ("hyphen",)):
        return following + 1
    if word.lower in lists["european_particles"] and word.gap == "space":
        step = 2 if following + 1 < len(words) and words[following + 1].lower in ("la", "los", "las") else 1
        return _capital_at(words, following + step, ("space",))
    if word.lower in ("of", "for", "and") and word.gap == "space":
        step = 2 if following + 1 < len(words) and words[following + 1].lower == "the" else 1
        target = _capital_at(words, following + step, ("space",))
        if target is not None and _preposition_joins(words, start, last, word.lower, target, openers):
            return target
    return None


def _capital_at(words: Sequence[Word], at: int, gaps: tuple[str, ...]) -> int | None:
    if at < len(words) and words[at].gap in gaps:
        head = _opening(words, at)
        if head is not None:
            return head
    return None


def _preposition_joins(
    words: Sequence[Word], start: int, last: int, joiner: str, target: int, openers: frozenset[int]
) -> bool:
    """Whether ``of``, ``for`` or ``and`` after the chain's last word stands inside one name."""
    lists = cues("english")
    head = words[last]
    if joiner == "and":
        whole = " ".join(word.text for word in words[start : target + 1])
        if arabic_of(whole):
            return True
        inside = any(word.lower in ("of", "for") for word in words[start:last])
        return (
            inside
            and (lower_share(head.lower) or 0) >= COMMON
            and (lower_share(words[target].lower) or 0) >= COMMON
        )
    if head.acronym or head.lower in lists["titles"] or is_demonym(head.text):
        return False
    if head.lower in lists["organisation_words"]:
        return True
    if head.lower in lists["place_words"]:
        return joiner == "of"  # one leaves a camp for a city
    if last > start and unmark(words[last - 1].lower) in lists["articles"]:
        return False  # no English noun, however often English has one that looks like it (ez-Zor)
    return start not in openers and (lower_share(head.lower) or 0) >= COMMON
