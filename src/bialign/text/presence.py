"""Whether a text holds Arabic or Latin letters, asked at every start and so without a costly import.

The library ``regex`` knows Unicode's scripts, and takes longer to import than a pair of names to
match. Here are the two scripts' code points as ``re`` takes them; a test holds them to ``regex``'s.
"""

from __future__ import annotations

import re
from typing import Final

# Script_Extensions (UAX 24): the plain property would miss the comma, the question mark, tatweel
# and the harakat, which Unicode gives to several scripts.
_ARABIC_POINTS: Final = """
    600-604 606-6dc 6de-6ff 750-77f 870-891 897-8e1 8e3-8ff 204f 2e41 fb50-fdcf fdf0-fdff fe70-fe74
    fe76-fefc 102e0-102fb 10e60-10e7e 10ec2-10ec7 10ec9-10eee 10ef0-10eff 1ee00-1ee03 1ee05-1ee1f
    1ee21-1ee22 1ee24 1ee27 1ee29-1ee32 1ee34-1ee37 1ee39 1ee3b 1ee42 1ee47 1ee49 1ee4b 1ee4d-1ee4f
    1ee51-1ee52 1ee54 1ee57 1ee59 1ee5b 1ee5d 1ee5f 1ee61-1ee62 1ee64 1ee67-1ee6a 1ee6c-1ee72
    1ee74-1ee77 1ee79-1ee7c 1ee7e 1ee80-1ee89 1ee8b-1ee9b 1eea1-1eea3 1eea5-1eea9 1eeab-1eebb
    1eef0-1eef1
"""
_LATIN_POINTS: Final = """
    41-5a 61-7a aa ba c0-d6 d8-f6 f8-2b8 2e0-2e4 1d00-1d25 1d2c-1d5c 1d62-1d65 1d6b-1d77 1d79-1dbe
    1e00-1eff 2071 207f 2090-209f 212a-212b 2132 214e 2160-2188 2c60-2c7f a722-a787 a78b-a7dd a7e2
    a7f1-a7ff ab30-ab5a ab5c-ab64 ab66-ab69 ab6c-ab6d fb00-fb06 ff21-ff3a ff41-ff5a 10780-10785
    10787-107b0 107b2-107bf 1df00-1df81 1df90-1df96 1dfcd-1dff2 1dff5-1dfff
"""


def _any_of(points: str) -> re.Pattern[str]:
    ends = [[chr(int(end, 16)) for end in stretch.split("-")] for stretch in points.split()]
    return re.compile(f"[{''.join('-'.join(stretch) for stretch in ends)}]")


_ARABIC: Final = _any_of(_ARABIC_POINTS)
_LATIN: Final = _any_of(_LATIN_POINTS)


def has_arabic(text: str) -> bool:
    """Whether the text holds an Arabic letter, mark or sign.

    >>> has_arabic("Damascus"), has_arabic("دمشق")
    (False, True)
    """
    return _ARABIC.search(text) is not None


def has_latin(text: str) -> bool:
    """Whether the text holds a Latin letter."""
    return _LATIN.search(text) is not None
