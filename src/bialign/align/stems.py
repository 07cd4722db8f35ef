"""Light stems of Arabic and English words: what two forms of one word share, for counting.

Arabic follows light10 (Larkey, Ballesteros & Connell 2007): the conjunction, the article with its
prepositions, and inflectional endings are cut where enough letters stay. English cuts the endings
of the S-stemmer (Harman 1991) and of regular verbs.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import regex

_FOLD: Final = str.maketrans("أإآٱىؤئة", "اااايويه")
_MARKS: Final = regex.compile(r"[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
_AR_HEAD: Final = regex.compile(r"^(?:[وف]?(?:[بك]?ال|لل)|[وف](?=[\p{L}]{3})|[بلك](?=[\p{L}]{4}))")
_AR_TAIL: Final = regex.compile(r"(?:تهما|اتها|اتهم|ياتها|هما|تها|ته|تهم|ات|ان|ين|ون|ها|هم|نا|وا|يه|ية|ه|ي)$")
_EN_IRREGULAR: Final = {
    "is": "be",
    "are": "be",
    "was": "be",
    "were": "be",
    "been": "be",
    "has": "have",
    "had": "have",
}


@lru_cache(maxsize=200_000)
def arabic_stem(word: str) -> str:
    """The light stem of an Arabic word.

    >>> arabic_stem("والمدارس"), arabic_stem("للمدينة"), arabic_stem("سيارتهم")
    ('مدارس', 'مدين', 'سيار')
    """
    folded: str = _MARKS.sub("", word).translate(_FOLD)
    head = _AR_HEAD.match(folded)
    if head and len(folded) - head.end() >= 2:
        folded = folded[head.end() :]
    tail = _AR_TAIL.search(folded)
    if tail and tail.start() >= 3:
        folded = folded[: tail.start()]
    return folded


@lru_cache(maxsize=200_000)
def english_stem(word: str) -> str:
    """The light stem of an English word, in lower case.

    >>> english_stem("Studies"), english_stem("signed"), english_stem("running"), english_stem("gas")
    ('study', 'sign', 'run', 'gas')
    """
    low = word.lower()
    low = _EN_IRREGULAR.get(low, low)
    if len(low) > 4 and low.endswith("ies"):
        return low[:-3] + "y"
    if len(low) > 3 and low.endswith("s") and low[-2] not in "sua'":
        low = low[:-1]
    for tail in ("ing", "ed"):
        if len(low) > len(tail) + 2 and low.endswith(tail):
            stem = low[: -len(tail)]
            if not any(vowel in stem for vowel in "aeiouy"):
                continue
            doubled = len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsz"
            return stem[:-1] if doubled else stem
    if len(low) > 4 and low.endswith("ly"):
        return low[:-2]
    return low[:-1] if len(low) > 4 and low.endswith("e") else low
