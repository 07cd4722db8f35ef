"""What stands around a name in Latin letters without being part of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import regex

from bialign.model import Record
from bialign.text.latin import MARKS

# Words that are also given names (Sultan, Amir, Sayed, Said) are left to the name.
_TITLES: Final = """
    mr mrs ms miss dr doctor prof professor sir lady lord dame eng engineer hon honourable honorable
    president vice prime deputy minister premier chancellor ambassador senator governor mayor judge
    justice king queen prince princess crown caliph emperor
    general gen colonel col lieutenant lt major maj captain capt sergeant sgt brigadier brig
    commander cmdr admiral marshal field private pvt officer
    sheikh shaykh sheik cheikh sheikha imam hajj haj hajji ayatollah grand mullah mufti patriarch
    pope bishop archbishop cardinal father fr reverend rev rabbi saint st prophet
"""
_TITLE: Final = regex.compile(rf"(?i)(?:(?:{'|'.join(_TITLES.split())})\b\.?-?\s*)++(?=\p{{L}}|[{MARKS}])")
_HONORIFIC: Final = regex.compile(
    r"(?i)[\s,]+(?:pasha|bey|effendi|jr\.?|sr\.?|ph\.?d\.?|m\.?d\.?"
    r"|\(?(?:pbuh|p\.b\.u\.h\.|saw|s\.a\.w\.|swt|ra|r\.a\.|as)\)"
    r"|ﷺ)\s*\Z"
)
_POSSESSIVE: Final = regex.compile(rf"(?i)(?<=\p{{L}})(?:[{MARKS}]s|(?<=s)[’'])\s*\Z")


@dataclass(frozen=True, slots=True)
class NameParts(Record):
    """A name with what stands around it.

    Args:
        title: titles before it, as written; empty where there are none.
        name: the name itself.
        honorific: what honours it from behind (Pasha, PBUH, PhD).
        possessive: the English possessive ending.
        start, end: the name's place in the text, in code points.
    """

    title: str
    name: str
    honorific: str
    possessive: str
    start: int
    end: int


def name_parts(text: str) -> NameParts:
    """Part titles, honorifics and a possessive ending from a name.

    Args:
        text: one name as a text has it.

    >>> parts = name_parts("Prime Minister Dr. Salam Fayyad’s")
    >>> parts.title, parts.name, parts.possessive
    ('Prime Minister Dr.', 'Salam Fayyad', '’s')
    >>> name_parts("Sultan").title
    ''
    """
    start, end = 0, len(text)
    possessive = _POSSESSIVE.search(text)
    if possessive:
        end = possessive.start()
    honorific = _HONORIFIC.search(text, 0, end)
    if honorific:
        end = honorific.start()
    lead = len(text) - len(text.lstrip())
    title = _TITLE.match(text, lead, end)
    start = title.end() if title else min(lead, end)
    name = text[start:end].rstrip()
    return NameParts(
        title.group().rstrip(" -") if title else "",
        name,
        honorific.group().strip(" ,") if honorific else "",
        possessive.group().strip() if possessive else "",
        start,
        start + len(name),
    )
