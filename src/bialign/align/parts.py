"""Long texts cut into parts that translate each other, so that words are aligned in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from bialign.align.sentences import align_sentences
from bialign.text.sentences import Token, each_token, sentences

#: A text of more characters on either side is cut; one beyond ``HUGE`` is no text of a document.
LONG: Final = 800
HUGE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Part:
    """Sentences of a text and their translation.

    Args:
        pair: place of the text pair.
        ar_start, ar_end, en_start, en_end: where either side stands in its text.
    """

    pair: int
    ar_start: int
    ar_end: int
    en_start: int
    en_end: int


def parts(pairs: Sequence[tuple[str, str]]) -> list[Part]:
    """The parts of text pairs, in order.

    Args:
        pairs: Arabic and English texts.

    Returns:
        One part for a short pair; for a long one its beads, without the sentences that have no
        translation; none for a pair with a side of over a million characters.
    """
    out: list[Part] = []
    for number, (ar, en) in enumerate(pairs):
        longest = max(len(ar), len(en))
        if longest <= LONG:
            out.append(Part(number, 0, len(ar), 0, len(en)))
        elif longest <= HUGE:
            out += _beads(number, ar, en)
    return out


def _beads(number: int, ar: str, en: str) -> list[Part]:
    ar_cut, en_cut = sentences(ar, "ar"), sentences(en, "en")
    found = align_sentences([s.text for s in ar_cut], [s.text for s in en_cut], force=True)
    return [
        Part(
            number,
            ar_cut[bead.ar[0]].start,
            ar_cut[bead.ar[-1]].end,
            en_cut[bead.en[0]].start,
            en_cut[bead.en[-1]].end,
        )
        for bead in found
        if bead.ar and bead.en
    ]


def words_between(text: str, start: int, end: int, most: int) -> list[Token]:
    """The words of a stretch of text, placed in the whole text.

    Args:
        text: the whole text.
        start: where the stretch begins.
        end: where it ends.
        most: no more words than one beyond this are read; so a caller can tell that there are more.
    """
    found = islice(each_token(text[start:end]), most + 1)
    return [Token(word.text, word.start + start, word.end + start) for word in found]
