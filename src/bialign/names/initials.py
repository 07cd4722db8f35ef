"""Arabic abbreviations from English expansions: translate, reorder, take the initials.

An English name is translated word by word with a learned table (``resources/word_table.tsv``,
``scripts/build_word_table.py``) and the gazetteer. Arabic puts the head noun first, so each noun
phrase between ``of``, ``for`` and ``in`` is turned: the last word leads, its modifiers follow in
any order. The first letters of the Arabic words, articles passed over, spell the abbreviation;
some abbreviations take two letters of a word. No abbreviation is listed anywhere.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import permutations, product
from typing import Final

import regex

from bialign.model import Candidate, Record
from bialign.names.cues import cues, is_demonym
from bialign.names.gazetteer import arabic_fold, arabic_of

_LATIN_WORD = regex.compile(r"[\p{L}\p{N}]+(?:['’]\p{L}+)?")
_BREAKS: Final = frozenset({"of", "for", "in", "on", "to"})
_SKIPPED: Final = frozenset({"the", "and", "a", "an"})
_ARABIC_WORD = regex.compile(r"[\p{Arab}--[،؛؟]][\p{Arab}\p{M}--[،؛؟]]*", regex.V1)

#: An expansion of more content words is not abbreviated letter by letter.
_MOST_WORDS: Final = 7
_MOST_MODIFIERS: Final = 4
_LONGEST_TOKEN: Final = 6
#: Letters an abbreviation takes of a word, how often it does, and letters passed over: the last word
#: of some gives two, and a word that opens with alef may give the letter after it.
_WAYS: Final = ((1, 0.8, 0), (2, 0.1, 0), (1, 0.1, 1))
#: What the learned table weighs beside the list of words of organisations.
_LEARNED: Final = 0.3
#: How often a word of a name of more words than so many gives no letter at all.
_DROPPED, _DROPS_FROM = 0.05, 3


@dataclass(frozen=True, slots=True)
class ArabicAbbreviation(Record):
    """An Arabic token that can abbreviate an English expansion.

    Args:
        text: the token as written, without quotation marks.
        index: which of the given texts it stands in.
        start, end: where.
        probability: how much better the expansion explains its letters than chance does, 0 to 1.
        words: the Arabic words the letters were taken from, most probable reading.
        reason: in one line.
    """

    text: str
    index: int
    start: int
    end: int
    probability: float
    words: tuple[str, ...]
    reason: str


def english_stem(word: str) -> str:
    """An English word without its plural, possessive and past endings, roughly.

    >>> [english_stem(w) for w in ("forces", "parties", "united", "press", "news")]
    ['force', 'party', 'united', 'press', 'news']
    """
    word = word.lower().replace("’", "'").removesuffix("'s")
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is", "ews")) and len(word) > 3:
        return word[:-1]
    return word


def bare_word(word: str, counts: Mapping[str, int]) -> str:
    """A folded Arabic word without proclitics and article, as far as the corpus supports it.

    >>> bare_word("والدوله", {"دوله": 3}), bare_word("وزير", {"زير": 0, "وزير": 5})
    ('دوله', 'وزير')
    """
    for clitic in ("وبال", "وال", "بال", "كال", "فال", "ولل", "لل", "ال"):
        if word.startswith(clitic) and len(word) - len(clitic) >= 3:
            return word[len(clitic) :]
    if len(word) > 3 and word[0] in "وفبلكس":
        rest = word[1:]
        seen = max(counts.get(rest, 0), counts.get("ال" + rest, 0))
        if seen > counts.get(word, 0):
            return rest
    return word


@cache
def _table() -> dict[str, tuple[tuple[str, float], ...]]:
    text = files("bialign").joinpath("resources/word_table.tsv").read_text(encoding="utf-8")
    table = {}
    for line in text.splitlines():
        english, _, arabic = line.partition("\t")
        pairs = (entry.rpartition(":") for entry in arabic.split())
        table[english] = tuple((word, float(weight)) for word, _, weight in pairs)
    return table


@cache
def _listed() -> dict[str, tuple[str, ...]]:
    text = files("bialign").joinpath("resources/organisation_words.tsv").read_text(encoding="utf-8")
    lines = (line.partition("\t") for line in text.splitlines())
    return {english: tuple(arabic.split()) for english, _, arabic in lines}


@lru_cache(maxsize=4096)
def translations(word: str) -> tuple[tuple[str, float], ...]:
    """Arabic of one English word, folded and without article, with weights that sum to one.

    Countries and their adjectives come from the gazetteer, words that organisations are called by
    from a list we wrote (``resources/organisation_words.tsv``), others from the learned table.

    >>> translations("Egyptian")[0][0], translations("xyzzy")
    ('مصر', ())
    """
    for name in (word, *_countries_of(word)):
        found = [g for g in arabic_of(name, type="place") if g.source == "cldr" and " " not in g.ar]
        if found:
            return ((_without_article(arabic_fold(found[0].ar)), 1.0),)
    listed = _listed().get(word.lower().replace("’", "'"), ())
    pairs = _table().get(english_stem(word), ())
    if pairs or listed:
        total = sum(weight for _, weight in pairs) or 1.0
        rest = _LEARNED if listed else 1.0
        weights = {arabic: rest * weight / total for arabic, weight in pairs}
        for arabic in listed:
            weights[arabic] = weights.get(arabic, 0.0) + (1 - rest) / len(listed)
        whole = sum(weights.values())
        return tuple(
            sorted(((a, w / whole) for a, w in weights.items()), key=lambda item: (-item[1], item[0]))
        )
    places = arabic_of(word, type="place")
    return ((_without_article(arabic_fold(places[0].ar)), 1.0),) if places else ()


def _countries_of(word: str) -> Iterator[str]:
    """What country a demonym may come from."""
    if not is_demonym(word):
        return
    for ending in ("n", "an", "ian", "i", "ese", "ish"):
        if word.endswith(ending):
            yield word.removesuffix(ending)


def _without_article(word: str) -> str:
    return word.removeprefix("ال") if len(word) > 4 else word


def _orders(expansion: str) -> list[tuple[str, ...]]:
    """The expansion's content words in the orders that Arabic may put them."""
    groups: list[list[str]] = [[]]
    for word in _LATIN_WORD.findall(expansion):
        if word.lower() in _BREAKS or (word.lower() == "and" and len(groups) > 1):
            groups.append([])
        elif word.lower() not in _SKIPPED:
            groups[-1].append(word)
    groups = [group for group in groups if group]
    if not groups or sum(map(len, groups)) > _MOST_WORDS:
        return []
    if any(len(group) > _MOST_MODIFIERS + 1 for group in groups):
        return []
    turned = [[(group[-1], *rest) for rest in permutations(group[:-1])] for group in groups]
    return [tuple(word for part in parts for word in part) for parts in product(*turned)]


def arabic_initials(en_expansion: str, n: int = 10) -> list[Candidate]:
    """Arabic abbreviations an English name may have, by the initials of its translation.

    Args:
        en_expansion: a spelled-out English name of two to seven content words.
        n: how many at most.

    Returns:
        Candidates, most probable first; empty where a word has no known Arabic.

    >>> "موع" in [c.text for c in arabic_initials("Iraqi National Council")]
    True
    """
    orders = _orders(en_expansion)
    if not orders or len(orders[0]) < 2:
        return []
    weights: dict[str, float] = {}
    for order in orders:
        beam = {"": 1 / len(orders)}
        for word in order:
            letters = _initials(word)
            longer: dict[str, float] = {}
            for spelled, weight in beam.items():
                for letter, share in letters.items():
                    longer[spelled + letter] = longer.get(spelled + letter, 0.0) + weight * share
            beam = dict(sorted(longer.items(), key=lambda item: (-item[1], item[0]))[:200])
        for spelled, weight in beam.items():
            weights[spelled] = weights.get(spelled, 0.0) + weight
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    return [Candidate(text, round(weight, 4)) for text, weight in ranked[:n]]


@lru_cache(maxsize=4096)
def _initials(word: str) -> dict[str, float]:
    shares: dict[str, float] = {}
    for arabic, weight in translations(word):
        shares[arabic[0]] = shares.get(arabic[0], 0.0) + weight
    return shares


def find_arabic_abbreviation(en_expansion: str, arabic_texts: Iterable[str]) -> ArabicAbbreviation | None:
    """The Arabic token of some texts that most likely abbreviates an English name, or None.

    Args:
        en_expansion: the spelled-out English name.
        arabic_texts: the page's Arabic texts (headlines, tags, title, body), or single tokens.

    >>> found = find_arabic_abbreviation("Iraqi National Council", ["اجتماع «موع» في البصرة"])
    >>> found.text, found.words
    ('موع', ('مجلس', 'وطني', 'عراق'))
    """
    return next(iter(arabic_abbreviations(en_expansion, arabic_texts)), None)


def arabic_abbreviations(en_expansion: str, arabic_texts: Iterable[str]) -> list[ArabicAbbreviation]:
    """All short Arabic tokens of some texts that an English name can be abbreviated to, best first.

    A token of two to six letters is weighed: the probability of its letters under the expansion's
    translations against letters drawn at chance. Between quotation marks it is trusted more, and a
    word that the translation table itself knows must be quoted to be taken.

    Args:
        en_expansion: the spelled-out English name.
        arabic_texts: the texts to look through.
    """
    orders = _orders(en_expansion)
    if not orders or len(orders[0]) < 2:
        return []
    found = []
    weighed: dict[str, tuple[float, tuple[str, ...]]] = {}
    for index, text in enumerate(arabic_texts):
        for match in _ARABIC_WORD.finditer(text):
            token = arabic_fold(match.group())
            quoted = _is_quoted(text, match.start(), match.end())
            if not 2 <= len(token) <= _LONGEST_TOKEN or (not quoted and token in _common_words()):
                continue
            if token not in weighed:
                weighed[token] = max((_spelled(token, order) for order in orders), key=lambda item: item[0])
            weight, words = weighed[token]
            probability = round(_against_chance(weight / len(orders), len(token), quoted), 4)
            if probability >= 0.5:
                reason = f"initials of {' '.join(words)}" + (", quoted" if quoted else "")
                span = match.start(), match.end()
                found.append(ArabicAbbreviation(match.group(), index, *span, probability, words, reason))
    return sorted(found, key=lambda item: (-item.probability, item.index, item.start))


def _spelled(token: str, order: Sequence[str]) -> tuple[float, tuple[str, ...]]:
    """Probability that the words in this order are abbreviated so, and the likeliest Arabic words."""
    states: dict[tuple[int, bool], tuple[float, tuple[str, ...]]] = {(0, False): (1.0, ())}
    for position, word in enumerate(order):
        following: dict[tuple[int, bool], tuple[float, tuple[str, ...]]] = {}
        for (at, dropped), (weight, words) in states.items():
            for taken, prior, skipped in _WAYS:
                part = token[at : at + taken]
                fitting = [
                    (share, arabic)
                    for arabic, share in translations(word)
                    if arabic.startswith(part, skipped) and (not skipped or arabic[0] == "ا")
                ]
                if len(part) < taken or not fitting:
                    continue
                total = weight * prior * sum(share for share, _ in fitting)
                if total > following.get((at + taken, dropped), (0.0, ()))[0]:
                    following[at + taken, dropped] = total, (*words, max(fitting)[1])
            # one word of a longer name may leave no letter, but not its head
            if position and not dropped and len(order) > _DROPS_FROM:
                total = weight * _DROPPED
                if total > following.get((at, True), (0.0, ()))[0]:
                    following[at, True] = total, words
        states = following
    ends = (states.get((len(token), dropped), (0.0, ())) for dropped in (False, True))
    return max(ends, key=lambda end: end[0])


def _against_chance(weight: float, letters: int, quoted: bool) -> float:
    """The token's probability as this abbreviation, against a chance run of as many letters."""
    if weight <= 0:
        return 0.0
    prior = 0.3 if quoted else 0.02
    odds = prior / (1 - prior) * weight / math.pow(1 / 18, letters)
    return odds / (1 + odds)


def _is_quoted(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start] in set("\"“”«'‘(") and text[end : end + 1] in set("\"“”»'’)")


@cache
def _common_words() -> frozenset[str]:
    """Folded Arabic words that are no abbreviation unless quoted."""
    table = {arabic for pairs in _table().values() for arabic, _ in pairs}
    return frozenset(table | {arabic_fold(word) for word in cues("arabic")["stop_words"]})
