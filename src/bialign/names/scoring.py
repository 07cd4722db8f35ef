"""How surely an Arabic and a Latin part of a name are one: tables, networks, attested counts."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bialign.names.calibration import Floats
from bialign.names.consonants import skeleton_counts
from bialign.names.decoding import decode
from bialign.names.lattice import Ints
from bialign.names.models import arabizer, attested, calibrators, romanizer, tables
from bialign.names.network import Network
from bialign.names.sides import Side

#: Above these log-odds of the tables a pair is worth the networks' time.
_NEAR: Final = -5.0
#: Places of the hisses and the stops among the consonant classes, and the letters that may be either.
_HISS, _STOP, _EITHER = 3, 4, "جغچگgjcx"
#: Parts this likely need no second look.
_SURE: Final = 3.0
#: Log-odds given to pairs whose consonants are too unlike to be scored.
UNLIKE: Final = -20.0
#: What a part loses in log-odds when only one side writes the article.
_ARTICLE: Final = 1.0
#: What a part loses in log-odds when it is read as it is also said (see ``Side.soft``).
_SAID: Final = 0.5
#: Prefixes kept in the search for a part's best spelling, and the least its score counts.
_BEAM: Final = 2
_LEAST: Final = -40.0
#: What a compound may have above the part that tells it from others of its kind.
_COMPOUND: Final = 1.0
#: Sightings that the model's own judgement of an attested pair is worth.
_TRUST: Final = 2.0
#: Share of wrong pairs in the lists (data/README.md of the lists: 1 to 4 %).
_MISTAKES: Final = 0.02
#: Share of a word's sightings that one wrong spelling of it may have; so many say nothing.
_SCATTER: Final = 0.004
#: The share of a Latin part's sightings that is most of them, and what such a pair loses all the same.
_MOSTLY: Final = 0.5
_DOUBT: Final = 1.0
#: Two parts seen no more than this together, once each, have not shown how else they are written.
_HARDLY: Final = 2
#: A share above this speaks for a pair, by at most so much in log-odds for each e-fold of sightings.
_USUAL: Final = 0.3
_BOOST: Final = 2.0
#: Pairs of parts whose log-odds are remembered, some fifty megabytes, and parts whose best spelling is.
_REMEMBERED: Final = 200_000
#: More pairs than this at once are judged anew: to look each up would cost more.
_LATELY: Final = 4096


def table_features(ar: Side, en: Side, first: Ints, second: Ints) -> Floats:
    """What the tables say of pairs of parts: scores of both directions, a letter too, and lengths.

    Args:
        ar: the Arabic side, folded.
        en: the Latin side.
        first: numbers of Arabic parts.
        second: numbers of Latin parts, pair by pair.

    Returns:
        float64 [pairs, 6].
    """
    there_tables, back_tables = tables()
    there = there_tables.score_numbered(ar.read, en.read, first, second)
    back = back_tables.score_numbered(en.read, ar.read, second, first)
    n, m = ar.letters[first], en.letters[second]
    return np.column_stack([there, back, there / np.maximum(m, 1), back / np.maximum(n, 1), n, m])


def close_features(ar: Side, en: Side, first: Ints, second: Ints, fast: Floats) -> Floats:
    """What tables and networks say together; arguments as ``table_features``, and what that gave.

    A low score alone may only mean an odd name, so each is also held against the best spelling
    that its network knows: Samira is far from the best for سمير, and سمير for Samira.

    Returns:
        float64 [pairs, 21].
    """
    left, right = [ar.read[k] for k in first], [en.read[k] for k in second]
    there = romanizer().score(left, right, [None] * len(left))
    back = arabizer().score(right, left, ["folded"] * len(left))
    best_there, best_back = _best(romanizer(), ar, first, ""), _best(arabizer(), en, second, "folded")
    n, m = np.maximum(ar.letters[first], 1), np.maximum(en.letters[second], 1)
    gap, gap_back = there - best_there, back - best_back
    return np.column_stack(
        [
            *(fast, there, back, there / m, back / n),
            *(best_there, best_back, best_there / m, best_back / n),
            *(gap, gap_back, np.minimum(gap, gap_back), gap + gap_back, (gap + gap_back) / (n + m)),
            *(np.sqrt(np.maximum(-gap, 0)), np.sqrt(np.maximum(-gap_back, 0))),
        ]
    )


def _best(net: Network, side: Side, parts: Ints, style: str) -> Floats:
    """Log-probability of the best spelling the network writes for each part; words come again."""
    distinct, places = np.unique(parts, return_inverse=True)
    texts = [side.read[k] for k in distinct]
    known = net.best
    new = [text for text in texts if text not in known]
    if len(known) + len(new) > _REMEMBERED:
        known.clear()
        new = texts
    for text, spellings in zip(new, decode(net, new, [style] * len(new), _BEAM), strict=True):
        known[text] = max(spellings[0][1], _LEAST) if spellings else 0.0
    return np.array([known[text] for text in texts])[places]


def unit_logits(ar: Side, en: Side, first: Ints, second: Ints, *, closely: bool = True) -> Floats:
    """Log-odds that two parts are one name, each distinct pair scored once.

    Parts with unlike consonants are not scored; the tables score the rest, and the networks
    those that the tables find near. Where one side alone has the article, the parts are also
    compared without it; ث and ذ also as dialects say them, a last ى as a. Of two compounds of one
    kind (servant of X, father of X) the X must agree, however much the rest does.

    Args:
        ar: the Arabic side, folded.
        en: the Latin side.
        first: numbers of Arabic parts.
        second: numbers of Latin parts, pair by pair.
        closely: whether the networks are asked at all.
    """
    width = max(len(en.units), 1)
    keys, places = np.unique(first * width + second, return_inverse=True)
    a, e = keys // width, keys % width
    uneven = np.nonzero((ar.bare[a] != a) != (en.bare[e] != e))[0]
    left, right = np.append(a, ar.bare[a[uneven]]), np.append(e, en.bare[e[uneven]])
    akin = np.nonzero((ar.kind[left] == en.kind[right]) & (ar.kind[left] > 0))[0]
    said = np.nonzero(ar.soft[a] >= 0)[0]
    # What is asked of the models at once costs them little more than one pair.
    asked_ar = np.concatenate([left, ar.core[left[akin]], ar.soft[a[said]]])
    asked_en = np.concatenate([right, en.core[right[akin]], e[said]])
    asked, row = np.unique(asked_ar * width + asked_en, return_inverse=True)
    found = judged(ar, en, asked // width, asked % width, closely=closely)[row]
    scored, cores, soft = np.split(found, [len(left), len(left) + len(akin)])
    scored[akin] = np.minimum(scored[akin], np.where(scored[akin] > UNLIKE, cores + _COMPOUND, UNLIKE))
    like = np.nonzero(scored > UNLIKE)[0]
    if len(like):
        scored[like] = remembered(ar, en, left[like], right[like], scored[like])
    logits = scored[: len(a)]
    _raise(logits, uneven, scored[len(a) :] - _ARTICLE)
    open_ = (logits[said] > UNLIKE) & (logits[said] < _SURE)
    _raise(logits, said[open_], soft[open_] - _SAID)
    result: Floats = logits[places]
    return result


def _raise(logits: Floats, where: Ints, least: Floats) -> None:
    logits[where] = np.maximum(logits[where], least)


@cache
def _judged_before() -> tuple[dict[tuple[str, ...], float], dict[tuple[str, ...], float]]:
    """The log-odds of the parts judged lately, not closely and closely: texts repeat the same words."""
    return {}, {}


def judged(ar: Side, en: Side, a: Ints, e: Ints, *, closely: bool = True) -> Floats:
    """Log-odds by tables and networks alone; arguments as ``unit_logits``."""
    if len(a) > _LATELY:
        return _judged(ar, en, a, e, closely=closely)
    before = _judged_before()[closely]
    pairs = [
        (ar.units[k], ar.read[k], en.units[m], en.read[m])
        for k, m in zip(a.tolist(), e.tolist(), strict=True)
    ]
    logits = np.array([before.get(pair, np.nan) for pair in pairs])
    new = np.flatnonzero(np.isnan(logits))
    if len(new):
        logits[new] = _judged(ar, en, a[new], e[new], closely=closely)
        if len(before) + len(new) > _REMEMBERED:
            before.clear()
        before.update(zip([pairs[k] for k in new.tolist()], logits[new].tolist(), strict=True))
    return logits


def _judged(ar: Side, en: Side, a: Ints, e: Ints, *, closely: bool) -> Floats:
    logits = np.full(len(a), UNLIKE)
    like = np.nonzero(_alike(ar, en, a, e))[0]
    if len(like):
        fast = table_features(ar, en, a[like], e[like])
        logits[like] = calibrators()["fast"].logit(fast)
        near = logits[like] > _NEAR
        if closely and near.any():
            more = close_features(ar, en, a[like[near]], e[like[near]], fast[near])
            logits[like[near]] = calibrators()["word"].logit(more)
        logits[like] = np.maximum(logits[like], UNLIKE + 1)
    return logits


def remembered(ar: Side, en: Side, a: Ints, e: Ints, logits: Floats) -> Floats:
    """Log-odds with what the name lists attest of the two parts.

    Sightings no more than the lists' mistakes account for, by how often each part was seen, are
    taken out. Two known parts never seen together lose by a regression on how often each was seen,
    or by ``_DOUBT`` where the few sightings are most that the Latin part has at all and the model agrees.
    A pair that was seen gets the odds of its share among the Arabic forms of its Latin one, against
    the share that mistakes have in the lists; the model's judgement counts as ``_TRUST`` sightings.
    """
    pair, left, right = attested_counts(ar, en, a, e)
    mostly = pair >= _MOSTLY * np.maximum(right, 1)
    mistaken = np.where(pair <= _SCATTER * (left + right), pair, 0.0)
    pair, left, right = pair - mistaken, left - mistaken, right - mistaken
    weighed = logits.copy()
    apart = np.nonzero((pair == 0) & (left > 0) & (right > 0) & (left + right > _HARDLY))[0]
    if len(apart) and "apart" in calibrators():
        least = np.minimum(left[apart], right[apart])
        weighed[apart] = calibrators()["apart"].logit(np.column_stack([logits[apart], np.log1p(least)]))
        _raise(
            weighed,
            apart,
            np.where(mostly[apart] & (logits[apart] > _DOUBT), logits[apart] - _DOUBT, -np.inf),
        )
    seen = pair > 0
    expected = 1 / (1 + np.exp(-logits[seen]))
    share = (pair[seen] + _TRUST * expected) / (right[seen] + _TRUST)
    odds = np.log(share / _MISTAKES)
    plain = logits[seen]
    usual = np.maximum(plain, np.minimum(odds, plain + _BOOST * np.log1p(pair[seen])))
    weighed[seen] = np.where(share > _USUAL, usual, np.minimum(plain, odds))
    return weighed


def attested_counts(ar: Side, en: Side, a: Ints, e: Ints) -> tuple[Floats, Floats, Floats]:
    """How often each pair of parts is attested, and each part of it; arguments as above."""
    seen = attested()
    pair = seen.pair([ar.read[k] for k in a], [en.read[k] for k in e])
    return pair, seen.arabic.of(ar.read)[a], seen.latin.of(en.read)[e]


def _alike(ar: Side, en: Side, first: Ints, second: Ints) -> NDArray[np.bool_]:
    """Whether the consonants of two parts are nearly the same, order aside.

    Letters that stand for a hiss in one spelling and for a stop in another (ج in جورج, George) are
    counted with both.
    """
    left = np.array([skeleton_counts(text, arabic=True) for text in ar.read], dtype=np.int16)
    right = np.array([skeleton_counts(text, arabic=False) for text in en.units], dtype=np.int16)
    gap = left[first] - right[second]
    either = np.array([sum(map(text.count, _EITHER)) for text in ar.units])[first]
    either = either + np.array([sum(map(text.count, _EITHER)) for text in en.units])[second]
    hiss, stop = gap[:, _HISS], gap[:, _STOP]
    crossed = np.minimum(np.minimum(np.abs(hiss), np.abs(stop)) * (hiss * stop < 0), either)
    apart = np.abs(gap).sum(axis=1) - 2 * crossed
    size = left.sum(axis=1, dtype=np.int64)[first] + right.sum(axis=1, dtype=np.int64)[second]
    alike: NDArray[np.bool_] = apart <= np.where(size >= 8, 4, 3)
    return alike
