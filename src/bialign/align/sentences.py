"""Which sentences of an Arabic and an English text translate each other.

Three steps: ``anchors`` finds sure 1-1 pairs and the band they leave open, ``beads`` the best path
of many-to-many beads inside it, over gains from sentence vectors, and ``refine`` the best one near
that by the words of each bead.
"""

from __future__ import annotations

from collections.abc import Sequence

from bialign.align.confidence import confidences
from bialign.align.lexical import lexical_path
from bialign.align.path import Path, find_path, lengths
from bialign.align.refine import refined
from bialign.align.shared import mixed_runs
from bialign.errors import NotParallel
from bialign.model import Bead
from bialign.text.scripts import arabic_share

#: Sentences looked at to tell a side's language.
LANGUAGE_SAMPLE = 200
#: Without vectors: the agreement below which texts are no translations, and the sentences it needs
#: (gold law and news have .24 and more, another law .06: ``scripts/bench_align.py sentences``).
LEARNED, TELLING = 0.12, 100
#: How many times longer a side must be for the message to say it.
UNEVEN = 3


def align_sentences(
    ar_sentences: Sequence[str], en_sentences: Sequence[str], *, force: bool = False, vectors: bool = True
) -> list[Bead]:
    """Align the sentences of two texts that translate each other.

    Args:
        ar_sentences: the Arabic sentences in text order; a blank one is left alone.
        en_sentences: the English ones, likewise.
        force: give the best alignment there is, also where the texts are no translations.
        vectors: compare by sentence vectors; without them by length, numbers, names and a
            dictionary learned from the text itself, which is weak on short and free texts.

    Returns:
        Beads in text order; every sentence is in exactly one. A side may be empty: that sentence
        has no translation. ``score`` is the probability that the bead is right.

    Raises:
        NotParallel: a side is empty or in the wrong language, or too little matches. Without
            vectors a text of fewer than 100 sentences is never refused for that: it teaches too few
            words to tell.
    """
    ar_places = [i for i, text in enumerate(ar_sentences) if text.strip()]
    en_places = [j for j, text in enumerate(en_sentences) if text.strip()]
    ar = [ar_sentences[i] for i in ar_places]
    en = [en_sentences[j] for j in en_places]
    if not force and (ar_sentences or en_sentences):
        _check_sides(ar, en)
    beads: list[Bead] = []
    if ar and en:
        found = text_path(ar, en, vectors=vectors)
        if not force:
            _check_agreement(found, len(ar), len(en), vectors=vectors)
        scores = confidences(found, lengths(ar), lengths(en), vectors=vectors)
        beads = [
            Bead(tuple(range(i, i + a)), tuple(range(j, j + b)), score)
            for (i, a, j, b), score in zip(found.beads.tolist(), scores, strict=True)
        ]
    placed = [
        Bead(tuple(ar_places[i] for i in bead.ar), tuple(en_places[j] for j in bead.en), bead.score)
        for bead in beads
    ]
    return _with_left(placed, len(ar_sentences), len(en_sentences))


def _check_sides(ar: list[str], en: list[str]) -> None:
    """Refuse an empty side and a side in the other's language."""
    for side, texts in (("Arabic", ar), ("English", en)):
        if not texts:
            raise NotParallel(f"the {side} side is empty")
        step = max(1, len(texts) // LANGUAGE_SAMPLE)
        share = arabic_share(" ".join(text[:200] for text in texts[::step]))
        if (share < 0.5) == (side == "Arabic"):
            other = "no" if side == "Arabic" else "mostly"
            raise NotParallel(f"the {side} side has {other} Arabic text", mend="are the sides exchanged?")


def _check_agreement(found: Path, ar_count: int, en_count: int, *, vectors: bool) -> None:
    """Refuse texts in which too little matches."""
    if vectors and found.parallel():
        return
    if not vectors and (min(ar_count, en_count) < TELLING or found.agreement() >= LEARNED):
        return
    uneven = max(ar_count, en_count) > UNEVEN * min(ar_count, en_count)
    sides = f" ({ar_count} Arabic sentences, {en_count} English ones)" if uneven else ""
    raise NotParallel(
        f"the two texts are no translations of each other{sides}", mend="--force aligns them all the same"
    )


def text_path(ar: Sequence[str], en: Sequence[str], *, vectors: bool = True) -> Path:
    """The path over sentences none of which is blank.

    Args:
        ar: Arabic sentences, at least one.
        en: English sentences, at least one.
        vectors: as for ``align_sentences``.
    """
    if not vectors:
        return lexical_path(ar, en)
    runs = mixed_runs(ar, en)
    sizes = lengths(ar), lengths(en)
    return refined(find_path(*runs, *sizes), ar, en, *runs, *sizes)


def _with_left(beads: list[Bead], ar_count: int, en_count: int) -> list[Bead]:
    """Add a bead for each sentence in none, before the next bead of its side."""
    out: list[Bead] = []
    ar_next = en_next = 0
    for bead in [*beads, Bead((ar_count,), (en_count,), 1.0)]:
        if bead.ar:
            out.extend(Bead((i,), (), 1.0) for i in range(ar_next, bead.ar[0]))
            ar_next = bead.ar[-1] + 1
        if bead.en:
            out.extend(Bead((), (j,), 1.0) for j in range(en_next, bead.en[0]))
            en_next = bead.en[-1] + 1
        out.append(bead)
    return out[:-1]
