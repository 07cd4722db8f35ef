"""Words that find a partner, against a slow reference."""

import numpy as np
import pytest

from bialign.align.beads import SHAPES
from bialign.align.coverage import Coverage, Words

AR = ["وصل الوزير إلى حلب", "ارتفعت أسعار الخبز 20", "!", "فاز الفريق الوطني"]
EN = ["The minister arrived in Aleppo", "?", "Bread prices rose 20", "The national team won", "It rained"]


def share(words, a_run, e_run):
    """Both sides' shares of one bead, pair of words by pair of words."""
    ar = [
        (word, float(rarity))
        for i in a_run
        for word, rarity in zip(words.ar[i], words.ar_rarity[i], strict=True)
    ]
    en = [
        (word, float(rarity))
        for j in e_run
        for word, rarity in zip(words.en[j], words.en_rarity[j], strict=True)
    ]
    if not ar or not en:
        return 0.0
    partners = words.partners(np.array([w for w, _ in ar]), np.array([w for w, _ in en]))
    one = sum(r * partners[k].max() for k, (_, r) in enumerate(ar)) / sum(r for _, r in ar)
    other = sum(r * partners[:, k].max() for k, (_, r) in enumerate(en)) / sum(r for _, r in en)
    return float(np.sqrt(one * other))


def test_every_bead_of_the_whole_rectangle():
    words = Words(AR, EN)
    low, high = np.zeros(len(AR) + 1, np.int64), np.full(len(AR) + 1, len(EN) + 1, np.int64)
    coverage = Coverage(words, low, high)
    for row in range(1, len(AR) + 1):
        found = coverage(row, 0, len(EN) + 1)
        for number, (a, b) in enumerate(SHAPES):
            for end in range(b, len(EN) + 1) if a <= row else ():
                wanted = share(words, range(row - a, row), range(end - b, end))
                assert found[number, end] == pytest.approx(wanted, abs=0.01), (row, a, end, b)


def test_translations_cover_each_other_better():
    words = Words(AR, EN)
    assert share(words, [0], [0]) > 2 * share(words, [0], [3])
    assert share(words, [1], [2]) > 2 * share(words, [1], [4])


def test_a_text_without_words():
    words = Words(["!"], ["?"])
    coverage = Coverage(words, np.array([0, 0]), np.array([2, 2]))
    assert not coverage(1, 0, 2).any()
