"""What of two texts' links can be believed, judged by the names that sound the same in both.

Stories of one kind are told in the same words: their vectors are near and their words align well,
whoever did it and wherever it was. The names tell such stories apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bialign.lexicon.records import Link
from bialign.names.matching import match_many
from bialign.names.translated import is_abbreviation, is_transliterated

#: A pair of spellings is one sound from here on, and surely another below.
_ALIKE: Final = 0.5
_UNLIKE: Final = 0.02
#: Of the names told by their sound, so many must sound the same in a story and its original.
_ENOUGH: Final = 1 / 3
#: What is left of a link whose spellings are of another sound: it takes many pages to be believed.
_LEFT: Final = 0.3


def believable(links: Sequence[Link]) -> list[Link]:
    """The links of two texts, without those that the sound of the names speaks against.

    Args:
        links: between a story and the text that is taken for its original.

    Returns:
        None of them where less than a third of the names that were spelled by sound have a partner
        of that sound. Else all, those of another sound with little probability: conventional names
        (Byblos, جبيل) are such, and so are mistakes.
    """
    sounded = list(
        dict.fromkeys(
            (link.ar, link.en)
            for link in links
            if is_transliterated(link.en) and not is_abbreviation(link.en)
        )
    )
    alike = dict(zip(sounded, match_many(sounded).tolist(), strict=True))
    if len(sounded) > 1 and sum(p >= _ALIKE for p in alike.values()) < _ENOUGH * len(sounded):
        return []
    return [
        replace(link, probability=round(link.probability * _LEFT, 4))
        if alike.get((link.ar, link.en), 1.0) < _UNLIKE
        else link
        for link in links
    ]
