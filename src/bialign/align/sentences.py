"""Which sentences of an Arabic and an English text translate each other.

Two passes: ``anchors`` finds sure 1-1 pairs and the band they leave open, ``beads`` the best path
of many-to-many beads inside it, over gains from sentence vectors.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bialign.align.anchors import find_band
from bialign.align.beads import SHAPES, best_path
from bialign.align.gains import SKIP, VectorGains
from bialign.align.vectors import Runs, finished
from bialign.errors import NotParallel
from bialign.model import Bead
from bialign.text.scripts import arabic_share

#: Sentences looked at to tell a side's language.
LANGUAGE_SAMPLE = 200
#: Below this mean confidence, counted by sentence, two texts are no translation of each other.
PARALLEL = 0.25


def align_sentences(
    ar_sentences: Sequence[str], en_sentences: Sequence[str], *, force: bool = False
) -> list[Bead]:
    """Align the sentences of two texts that translate each other.

    Args:
        ar_sentences: the Arabic sentences in text order; a blank one is left alone.
        en_sentences: the English ones, likewise.
        force: give the best alignment there is, also where the texts are no translations.

    Returns:
        Beads in text order; every sentence is in exactly one. A side may be empty: that sentence
        has no translation. ``score`` is the probability that the bead is right.

    Raises:
        NotParallel: a side is empty or in the wrong language, or too little matches.
    """
    ar_places = [i for i, text in enumerate(ar_sentences) if text.strip()]
    en_places = [j for j, text in enumerate(en_sentences) if text.strip()]
    ar = [ar_sentences[i] for i in ar_places]
    en = [en_sentences[j] for j in en_places]
    if not force:
        _check_sides(ar, en)
    beads = _aligned(ar, en) if ar and en else []
    covered = sum(bead.score * (len(bead.ar) + len(bead.en)) for bead in beads if bead.ar and bead.en)
    if not force and covered < PARALLEL * (len(ar) + len(en)):
        raise NotParallel(
            "the two texts are no translations of each other", mend="--force aligns them all the same"
        )
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


def _aligned(ar: list[str], en: list[str]) -> list[Bead]:
    """Beads over sentences none of which is blank."""
    ar_runs, en_runs = Runs(ar), Runs(en)
    low, high = find_band(finished(ar_runs.sums, ar_runs.counts), finished(en_runs.sums, en_runs.counts))
    ar_lengths = np.array([len(text) for text in ar], np.float32)
    en_lengths = np.array([len(text) for text in en], np.float32)
    gains = VectorGains(ar_runs, en_runs, ar_lengths, en_lengths, low, high)
    alone_ar = np.full(len(ar), SKIP, np.float32)
    alone_en = np.full(len(en), SKIP, np.float32)
    path = best_path(low, high, gains, alone_ar, alone_en)
    out: list[Bead] = []
    for i, a, j, b in path:
        if a and b:
            similarity = float(gains.similarities(i + a, j + b, j + b + 1)[SHAPES.index((a, b)), 0])
            score = 1 / (1 + np.exp(-12 * (similarity - 0.35)))
        else:
            score = 0.5
        out.append(Bead(tuple(range(i, i + a)), tuple(range(j, j + b)), round(float(score), 4)))
    return out


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
