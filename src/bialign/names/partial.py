"""Names that are a part of a fuller name on the same page: ``al-Salti`` beside ``Ihab al-Salti``."""

from __future__ import annotations

from collections.abc import Sequence

from bialign.model import Mention
from bialign.text.latin import latin_key


def fuller_names(mentions: Sequence[Mention]) -> list[tuple[Mention, Mention]]:
    """Tie short mentions to the fuller name they end, as newspapers do after first use.

    A mention is a part when its words are the last words of exactly one longer name of the same
    text, and that name stands before it. A place is no part of anything but a person's name, where
    many family names are places too (``Damascus`` stays itself beside ``University of Damascus``).

    Args:
        mentions: the English mentions of one text, in text order.

    Returns:
        ``(part, fuller)`` pairs in text order, each part once.
    """
    keys = [_words(mention.text) for mention in mentions]
    found = []
    for i, part in enumerate(mentions):
        if not keys[i]:
            continue
        size = len(keys[i])
        longer = {
            keys[j]: mentions[j]
            for j in range(i - 1, -1, -1)
            if len(keys[j]) > size and keys[j][-size:] == keys[i] and _fits(part, mentions[j])
        }
        if len(longer) == 1:
            found.append((part, next(iter(longer.values()))))
    return found


def _words(name: str) -> tuple[str, ...]:
    return tuple(key for key in map(latin_key, name.split()) if key)


def _fits(part: Mention, fuller: Mention) -> bool:
    if part.type == "place":
        return fuller.type == "person"
    return fuller.type != "place" and (part.type in (fuller.type, "other") or fuller.type == "other")
