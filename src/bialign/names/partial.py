"""Names that are a part of a fuller name on the same page: ``al-Salti`` beside ``Ihab al-Salti``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from bialign.model import Mention
from bialign.text.latin import latin_key


def fuller_names(mentions: Sequence[Mention]) -> list[tuple[Mention, Mention]]:
    """Tie short mentions to the fuller name they end, as newspapers do after first use.

    A mention is a part when its words are the last words of exactly one longer name of the same
    text, and that name stands before it; a person's family name alone may also come first, as in a
    headline. A place is no part of anything but a person's name, where many family names are places
    too (``Damascus`` stays itself beside ``University of Damascus``).

    Args:
        mentions: the English mentions of one text, in text order.

    Returns:
        ``(part, fuller)`` pairs in text order, each part once.
    """
    keys = [_words(mention.text) for mention in mentions]
    ending: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for j, key in enumerate(keys):
        for at in range(1, len(key)):
            ending[key[at:]].append(j)
    found = []
    for i, part in enumerate(mentions):
        fitting = [j for j in ending.get(keys[i], ()) if keys[i] and _fits(part, mentions[j])]
        before = [j for j in fitting if j < i]
        after = [j for j in fitting if j > i and "person" == part.type == mentions[j].type]
        longer = {keys[j]: mentions[j] for j in reversed(before or after)}
        if len(longer) == 1:
            found.append((part, next(iter(longer.values()))))
    return found


def _words(name: str) -> tuple[str, ...]:
    return tuple(key for key in map(latin_key, name.split()) if key)


def _fits(part: Mention, fuller: Mention) -> bool:
    if part.type == "place":
        return fuller.type == "person"
    return fuller.type != "place" and (part.type in (fuller.type, "other") or fuller.type == "other")
