"""Which of its spellings a name is listed under: by a rule the user picks.

The house styles choose among spellings that were seen the one nearest to the style; they never
write a new one. What they ask for is from the ALA-LC Arabic romanization table (Library of
Congress 2012) and the IJMES transliteration guide (International Journal of Middle East Studies).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final, Literal, get_args

import regex

from bialign.lexicon.joining import with_canonical
from bialign.model import Entry, Variant
from bialign.text.latin import MARKS, unmark

Rule = Literal["frequent", "recent", "list", "ala-lc", "ijmes"]
RULES: Final[tuple[Rule, ...]] = get_args(Rule)

#: Differences that make a spelling less than the whole name in letters.
_LESS: Final = frozenset({"abbreviation", "expansion", "translation", "different"})
_ARTICLE: Final = regex.compile(
    r"(?i)\b(?:[aeiu]l|[ae](?:sh?|th?|dh?|[rnz]))[-\s]+(?=[\p{L}\p{M}" + MARKS + "])"
)
_FOREIGN_VOWEL: Final = regex.compile(r"[eo]")
_MACRON: Final = regex.compile(r"[āīūĀĪŪ\u0304]")
_MARK: Final = regex.compile(f"[{MARKS}]")
#: Arabic letters and what both styles write for them.
_LETTERS: Final = {"ق": "q", "ج": "j", "خ": "kh", "ش": "sh", "ذ": "dh", "ث": "th", "غ": "gh"}


def under(entries: Iterable[Entry], rule: Rule, preferred: Collection[str] = frozenset()) -> Iterator[Entry]:
    """Entries under the spelling the rule picks; accepted ones stay as the person saw them.

    Args:
        entries: as resolved: under their most frequent full spelling.
        rule: ``frequent``; ``recent`` (seen last, then most often); ``list`` (one of
            ``preferred`` where the entry has it); ``ala-lc`` or ``ijmes`` (nearest to the style).
        preferred: the spellings of ``list``.
    """
    for entry in entries:
        if rule == "frequent" or entry.status == "accepted":
            yield entry
            continue
        chosen = _choice(entry, rule, preferred)
        yield entry if chosen == entry.canonical else with_canonical(entry, chosen)


def _choice(entry: Entry, rule: Rule, preferred: Collection[str]) -> str:
    whole = [v for v in entry.variants if not v.proposed and not _LESS.intersection(v.differences)]
    if rule == "list":
        whole = [v for v in whole if v.text in preferred]
    if not whole:
        return entry.canonical

    def rank(variant: Variant) -> tuple[int, int, bool, str]:
        far = departures(variant.text, entry.ar, rule) if rule in {"ala-lc", "ijmes"} else 0
        return (far, -variant.count, variant.text != entry.canonical, variant.text)

    if rule == "recent":
        latest = max(v.last or "" for v in whole)
        whole = [v for v in whole if (v.last or "") == latest]
    return min(whole, key=rank).text


def departures(text: str, ar: str | None, style: str) -> int:
    """At how many points a spelling leaves a house style.

    Args:
        text: an English spelling of an Arabic name.
        ar: the Arabic name, where known; without it only the article and the vowels are judged.
        style: ``ala-lc`` or ``ijmes``.

    >>> departures("al-Hasaka", "الحسكة", "ijmes"), departures("El-Hasakeh", "الحسكة", "ijmes")
    (0, 3)
    """
    count: int = sum(found != "al-" for found in _ARTICLE.findall(text))
    rest = unmark(_ARTICLE.sub("", text).casefold())
    count += sum(bool(_FOREIGN_VOWEL.search(word)) for word in rest.split())
    if ar is None:
        return count
    letters = set(ar)
    count += sum(latin not in rest for arabic, latin in _LETTERS.items() if arabic in letters)
    count += "ع" in letters and not _MARK.search(text)
    long_vowels = bool(_MACRON.search(text))
    count += ("ا" in ar[1:] and not long_vowels) if style == "ala-lc" else long_vowels
    ending = "ah" if style == "ala-lc" else "a"
    words, arabic_words = rest.replace("-", " ").split(), ar.split()
    if len(words) == len(arabic_words):
        count += sum(
            not (word.endswith(ending) and (ending == "ah" or not word.endswith("ah")))
            for word, arabic in zip(words, arabic_words, strict=True)
            if arabic.endswith("ة")
        )
    return count
