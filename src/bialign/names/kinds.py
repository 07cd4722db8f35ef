"""Of what kind a name is: person, place, organisation or other, and why.

Rules in order of trust: a title before it, the noun in it, the gazetteer, the words around it,
personal names; where none speaks, a learned model of letters and neighbours
(``bialign.names.english_letters``).
"""

from __future__ import annotations

from typing import Final

import regex

from bialign.model import NameType
from bialign.names.cues import COMMON, cues, is_country, is_demonym, lower_share, place_names
from bialign.names.english_letters import kind_shares
from bialign.names.gazetteer import lookup, person_words, type_of

#: log10 of people from which on a place may speak (``Damascus said``) without being taken for a person.
_KNOWN = 6.0
#: A longer word in capitals is a word of a headline rather than an abbreviation.
_LONGEST_ACRONYM = 5
#: Letters and neighbours decide from this share on.
_TELLING = 0.5

_HEADS: Final[tuple[tuple[NameType, str], ...]] = (
    ("organisation", "organisation_heads"),
    ("place", "place_heads"),
)
_WORDS = regex.compile(r"\p{L}[\p{L}\p{M}'’]*")
_BEFORE = regex.compile(r"([\p{L}]+)(?:\s+of)?(?:\s+the)?[\s\-]*$")
_AFTER = regex.compile(r"^(?:['’]s)?[\s,\-]*([\p{L}]+)")


def kind_of(name: str, before: str, after: str, title: str = "") -> tuple[NameType, str]:
    """Type of an English name and the reason.

    Args:
        name: the name as written.
        before: the text before it, a few words are enough.
        after: the text after it, likewise.
        title: the title that stood before it, if any.

    >>> kind_of("Sittah", "and the town of ", ". Battles")
    ('place', "after 'town'")
    >>> kind_of("Nile Valley University", "of the ", "")
    ('organisation', "holds 'university'")
    """
    lists = cues("english")
    if title:
        return "person", f"after the title '{title}'"
    parts = [word.lower().replace("’", "'") for word in _WORDS.findall(name)]
    if name.lower() in lists["gazetted_organisations"]:
        return "organisation", "a union of states"
    ahead, behind = _BEFORE.search(before[-40:]), _AFTER.search(after[:40])
    word_before = ahead.group(1).lower() if ahead else ""
    word_after = behind.group(1).lower() if behind else ""
    letters = [c for c in name if c.isalpha()]
    acronym = 1 < len(letters) <= _LONGEST_ACRONYM and all(c.isupper() for c in letters)
    if acronym and not is_country(name) and any(c.islower() for c in before[-40:] + after[:40]):
        return "organisation", "written in capitals"
    gazetted = type_of(name)
    speaks = word_after in lists["person_after"]
    little_known = all(place.prominence < _KNOWN for place in lookup(name)[:1])
    if gazetted == "place" and not (speaks and not is_country(name) and little_known):
        return "place", "in the gazetteer"
    if name.lower() in place_names():
        return "place", "a country or province"
    for word in reversed(parts):
        if word in lists["organisation_words"]:
            return "organisation", f"holds '{word}'"
        if word in lists["place_words"] and len(parts) > 1:
            return "place", f"holds '{word}'"
    if acronym:
        return "organisation", "written in capitals"
    if word_after in lists["place_after"]:
        return "place", f"before '{word_after}'"
    if word_before in lists["place_words"] | lists["place_after"] | lists["directions"]:
        return "place", f"after '{word_before}'"
    if word_after in lists["organisation_after"]:
        return "organisation", f"before '{word_after}'"
    if gazetted == "other":
        return "other", "a language's name"
    if any(part in lists["arabic_particles"] - {"al", "el", "ul"} for part in parts[:-1]):
        return "person", "holds a particle of personal names"
    content = [part for part in parts if part not in lists["articles"]]
    if len(content) > 1:
        for kind, heads in _HEADS:
            if content[0] in lists[heads]:
                return kind, f"opens with '{content[0]}'"
    people, _ = person_words()
    if len(content) > 1 and content[0] in people:
        return "person", f"opens with the given name '{content[0]}'"
    if word_after in lists["person_after"]:
        return "person", f"before '{word_after}'"
    if word_before in lists["place_before"] - {"of", "from", "by", "to", "between"}:
        return "place", f"after '{word_before}'"
    if content and content[0] in people and parts == content:
        return "person", f"'{content[0]}' is a personal name"
    if parts and parts[-1] in lists["event_words"]:
        return "other", f"a '{parts[-1]}'"
    if len(content) > 1 and all((lower_share(p) or 0) >= COMMON or is_demonym(p) for p in content[-2:]):
        return "organisation", "made of common words"
    return _by_letters(name, before, after)


def _by_letters(name: str, before: str, after: str) -> tuple[NameType, str]:
    """What the letters and the words around say where no rule does."""
    written = name.title() if name.isupper() else name
    shares = kind_shares(written, before, after)
    kinds: tuple[NameType, ...] = ("person", "place", "organisation")
    best = max(kinds, key=lambda kind: shares[kind])
    if shares[best] >= _TELLING:
        return best, f"reads like one ({shares[best]:.2f})"
    return "other", "no cue"
