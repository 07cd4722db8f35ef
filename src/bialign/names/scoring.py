"""Many pairs of names laid side by side at once: which parts answer each other, how surely."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bialign.names.calibration import Floats
from bialign.names.examples import skeleton_counts
from bialign.names.lattice import Ints
from bialign.names.models import arabizer, attested, calibrators, romanizer, tables
from bialign.names.units import Unit, arabic_units, bare_arabic, bare_latin, free_latin, latin_units

#: Parts of a name looked at; what stands after them joins the last.
_MOST_UNITS: Final = 6
#: A unit pair below this log-odds is no pair: both units count as missing on the other side.
APART: Final = -4.0
#: Above these log-odds of the tables a pair is worth the networks' time.
_NEAR: Final = -5.0
#: Log-odds given to pairs whose consonants are too unlike to be scored.
_UNLIKE: Final = -20.0
#: What a part loses in log-odds when only one side writes the article.
_ARTICLE: Final = 1.0
#: What a part loses when its Latin has the t of a feminine that another word follows.
_CONSTRUCT: Final = 0.5
#: Sightings that the model's own judgement of an attested pair is worth.
_TRUST: Final = 2.0
#: Share of wrong pairs in the lists (data/README.md of the lists: 1 to 4 %).
_MISTAKES: Final = 0.02
#: Share of a word's sightings that one wrong spelling of it may have; so many say nothing.
_SCATTER: Final = 0.004
#: Two parts seen no more than this together, once each, have not shown how else they are written.
_HARDLY: Final = 2
#: A share above this speaks for a pair, by at most so much in log-odds.
_USUAL: Final = 0.3
_BOOST: Final = 2.0


@dataclass(frozen=True, slots=True)
class Side:
    """The distinct names of one side.

    Args:
        names: plain letters.
        units: the distinct parts, whole names among them.
        light: whether a part may be left out of a name, [units].
        parts: numbers of each name's parts, -1 after the last, [names, most parts].
        whole: number of each name taken as one part, [names].
        letters: number of letters of each part, [units].
        bare: number of each part without its article, its own where it has none, [units].
        free: of a Latin part that may end in the feminine's t, number of the part without it;
            of an Arabic part, its own number if it may be such a feminine; else -1, [units].
    """

    names: list[str]
    units: list[str]
    light: NDArray[np.bool_]
    parts: Ints
    whole: Ints
    letters: Ints
    bare: Ints
    free: Ints


@dataclass(frozen=True, slots=True)
class Laid:
    """Pairs of names laid side by side.

    Args:
        single: whether both names are of one part, [pairs].
        whole: log-odds of the names taken as one part each, zero where they were not needed.
        partner: which Latin part answers each Arabic part, -1 for none, [pairs, parts].
        logit: the log-odds of that, [pairs, parts].
        features: what the calibration of full names sees, [pairs, features].
    """

    single: NDArray[np.bool_]
    whole: Floats
    partner: Ints
    logit: Floats
    features: Floats


def arabic_side(names: Sequence[str]) -> Side:
    """Split distinct Arabic names, plain and folded."""
    return _side(names, arabic_units, bare_arabic, lambda unit: unit if unit.endswith("ه") else "")


def latin_side(names: Sequence[str]) -> Side:
    """Split distinct Latin names, plain."""
    return _side(
        names, latin_units, bare_latin, lambda unit: "" if free_latin(unit) == unit else free_latin(unit)
    )


def _side(
    names: Sequence[str],
    split: Callable[[str], list[Unit]],
    strip: Callable[[str], str],
    loosen: Callable[[str], str],
) -> Side:
    numbers: dict[str, int] = {}
    light: list[bool] = []

    def number(unit: Unit) -> int:
        found = numbers.setdefault(unit.text, len(numbers))
        if found == len(light):
            light.append(unit.light)
        return found

    split_names = []
    for name in names:
        units = split(name)
        if len(units) > _MOST_UNITS:
            rest = " ".join(u.text for u in units[_MOST_UNITS - 1 :])
            units = [*units[: _MOST_UNITS - 1], Unit(rest, light=False)]
        split_names.append([number(u) for u in units])
    parts = np.full((len(names), max(map(len, split_names), default=0)), -1, dtype=np.int64)
    for row, found in zip(parts, split_names, strict=True):
        row[: len(found)] = found
    whole = np.array([number(Unit(name, light=False)) for name in names], dtype=np.int64)
    given = list(numbers)
    bare = np.array([number(Unit(strip(text), light=False)) for text in given], dtype=np.int64)
    loose = [loosen(text) for text in given]
    free = np.array([number(Unit(t, light=False)) if t else -1 for t in loose], dtype=np.int64)
    added = np.arange(len(given), len(numbers))
    bare, free = np.concatenate([bare, added]), np.concatenate([free, np.full(len(added), -1)])
    letters = np.array([len(text) for text in numbers], dtype=np.int64)
    lightness = np.array(light, dtype=bool)
    return Side(list(names), list(numbers), lightness, parts, whole, letters, bare, free)


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
    there = there_tables.score_numbered(ar.units, en.units, first, second)
    back = back_tables.score_numbered(en.units, ar.units, second, first)
    n, m = ar.letters[first], en.letters[second]
    return np.column_stack([there, back, there / np.maximum(m, 1), back / np.maximum(n, 1), n, m])


def network_features(ar: Side, en: Side, first: Ints, second: Ints) -> Floats:
    """What the networks say, both directions; float64 [pairs, 4]. Arguments as ``table_features``."""
    left, right = [ar.units[k] for k in first], [en.units[k] for k in second]
    there = romanizer().score(left, right, [None] * len(left))
    back = arabizer().score(right, left, ["folded"] * len(left))
    n, m = np.maximum(ar.letters[first], 1), np.maximum(en.letters[second], 1)
    return np.column_stack([there, back, there / m, back / n])


def unit_logits(ar: Side, en: Side, first: Ints, second: Ints, *, closely: bool = True) -> Floats:
    """Log-odds that two parts are one name, each distinct pair scored once.

    Parts with unlike consonants are not scored; the tables score the rest, and the networks
    those that the tables find near. Where one side alone has the article, the parts are also
    compared without it.

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
    logits = _scored(ar, en, a, e, closely=closely)
    uneven = np.nonzero((ar.bare[a] != a) != (en.bare[e] != e))[0]
    if len(uneven):
        without = _scored(ar, en, ar.bare[a[uneven]], en.bare[e[uneven]], closely=closely)
        logits[uneven] = np.maximum(logits[uneven], without - _ARTICLE)
    found: Floats = logits[places]
    return found


def _scored(ar: Side, en: Side, a: Ints, e: Ints, *, closely: bool) -> Floats:
    logits = judged(ar, en, a, e, closely=closely)
    like = np.nonzero(logits > _UNLIKE)[0]
    if len(like):
        logits[like] = remembered(ar, en, a[like], e[like], logits[like])
    return logits


def judged(ar: Side, en: Side, a: Ints, e: Ints, *, closely: bool = True) -> Floats:
    """Log-odds by tables and networks alone; arguments as ``unit_logits``."""
    logits = np.full(len(a), _UNLIKE)
    like = np.nonzero(_alike(ar, en, a, e))[0]
    if len(like):
        fast = table_features(ar, en, a[like], e[like])
        logits[like] = calibrators()["fast"].logit(fast)
        near = logits[like] > _NEAR
        if closely and near.any():
            more = network_features(ar, en, a[like[near]], e[like[near]])
            logits[like[near]] = calibrators()["word"].logit(np.column_stack([fast[near], more]))
        logits[like] = np.maximum(logits[like], _UNLIKE + 1)
    return logits


def remembered(ar: Side, en: Side, a: Ints, e: Ints, logits: Floats) -> Floats:
    """Log-odds with what the name lists attest of the two parts.

    Sightings no more than the lists' mistakes account for, by how often each part was seen, are
    taken out. Two known parts never seen together lose by a regression on how often each was seen.
    A pair that was seen gets the odds of its share among the Arabic forms of its Latin one, against
    the share that mistakes have in the lists; the model's judgement counts as ``_TRUST`` sightings.
    """
    pair, left, right = attested_counts(ar, en, a, e)
    mistaken = np.where(pair <= _SCATTER * (left + right), pair, 0.0)
    pair, left, right = pair - mistaken, left - mistaken, right - mistaken
    weighed = logits.copy()
    apart = np.nonzero((pair == 0) & (left > 0) & (right > 0) & (left + right > _HARDLY))[0]
    if len(apart) and "apart" in calibrators():
        least = np.minimum(left[apart], right[apart])
        weighed[apart] = calibrators()["apart"].logit(np.column_stack([logits[apart], np.log1p(least)]))
    seen = pair > 0
    expected = 1 / (1 + np.exp(-logits[seen]))
    share = (pair[seen] + _TRUST * expected) / (right[seen] + _TRUST)
    odds = np.log(share / _MISTAKES)
    plain = logits[seen]
    usual = np.maximum(plain, np.minimum(odds, plain + _BOOST))
    weighed[seen] = np.where(share > _USUAL, usual, np.minimum(plain, odds))
    return weighed


def attested_counts(ar: Side, en: Side, a: Ints, e: Ints) -> tuple[Floats, Floats, Floats]:
    """How often each pair of parts is attested, and each part of it; arguments as above."""
    seen = attested()
    pair = seen.pair([ar.units[k] for k in a], [en.units[k] for k in e])
    return pair, seen.arabic.of(ar.units)[a], seen.latin.of(en.units)[e]


def _alike(ar: Side, en: Side, first: Ints, second: Ints) -> NDArray[np.bool_]:
    """Whether the consonants of two parts are nearly the same, order aside."""
    left = np.array([skeleton_counts(text, arabic=True) for text in ar.units], dtype=np.int8)
    right = np.array([skeleton_counts(text, arabic=False) for text in en.units], dtype=np.int8)
    apart = np.abs(left[first] - right[second]).sum(axis=1)
    size = left.sum(axis=1, dtype=np.int64)[first] + right.sum(axis=1, dtype=np.int64)[second]
    alike: NDArray[np.bool_] = apart <= np.where(size >= 8, 4, 3)
    return alike


def lay(ar: Side, en: Side, first: Ints, second: Ints) -> Laid:
    """Lay pairs of names side by side.

    Args:
        ar: the Arabic side, folded.
        en: the Latin side.
        first: numbers of Arabic names.
        second: numbers of Latin names, pair by pair.
    """
    left, right = ar.parts[first], en.parts[second]
    present = (left >= 0)[:, :, None] & (right >= 0)[:, None, :]
    pair, i, j = np.nonzero(present)
    logits = np.full(present.shape, -np.inf)
    logits[pair, i, j] = unit_logits(ar, en, left[pair, i], right[pair, j])
    _loosen(ar, en, left, right, logits)
    partner, logit = _assign(logits)
    single = ((left >= 0).sum(axis=1) == 1) & ((right >= 0).sum(axis=1) == 1)
    whole = np.where(single, logits[:, 0, 0] if logits.size else 0.0, 0.0)
    missing_ar = (left >= 0) & (partner < 0)
    answered = (partner[:, :, None] == np.arange(right.shape[1])).any(axis=1)
    missing_en = (right >= 0) & ~answered
    asked = np.nonzero(~single & (missing_ar.any(axis=1) | missing_en.any(axis=1)))[0]
    if len(asked):
        whole[asked] = unit_logits(ar, en, ar.whole[first[asked]], en.whole[second[asked]], closely=False)
    features = np.column_stack(
        [
            *_paired(partner, logit),
            *_missing(ar, left, missing_ar),
            *_missing(en, right, missing_en),
            # each side lacks an answer: another name, not a longer form of this one
            np.minimum(
                (missing_ar & ~ar.light[left]).sum(axis=1), (missing_en & ~en.light[right]).sum(axis=1)
            ),
            ((missing_ar & ~ar.light[left]).any(axis=1) | (missing_en & ~en.light[right]).any(axis=1)),
            np.clip(whole, -8.0, 8.0) * ~single,
        ]
    )
    return Laid(single, whole, partner, logit, features)


def _loosen(ar: Side, en: Side, left: Ints, right: Ints, logits: Floats) -> None:
    """Compare feminine parts that another part follows without the t they have there in Latin."""
    wide, high = left.shape[1], right.shape[1]
    followed_ar = np.column_stack([left[:, 1:] >= 0, np.zeros((len(left), min(wide, 1)), dtype=bool)])
    followed_en = np.column_stack([right[:, 1:] >= 0, np.zeros((len(right), min(high, 1)), dtype=bool)])
    open_ar = followed_ar & (ar.free[left] >= 0)
    open_en = followed_en & (en.free[right] >= 0)
    pair, i, j = np.nonzero(open_ar[:, :, None] & open_en[:, None, :])
    if len(pair):
        found = unit_logits(ar, en, left[pair, i], en.free[right[pair, j]]) - _CONSTRUCT
        logits[pair, i, j] = np.maximum(logits[pair, i, j], found)


def _assign(logits: Floats) -> tuple[Ints, Floats]:
    """Pair the parts of each name, the surest first, each once; near places win a tie."""
    pairs, rows, columns = logits.shape
    partner = np.full((pairs, rows), -1, dtype=np.int64)
    logit = np.zeros((pairs, rows))
    off = 1e-3 * np.abs(np.arange(rows)[:, None] - np.arange(columns))
    left = (logits - off).reshape(pairs, rows * columns) if logits.size else np.zeros((pairs, 0))
    live = np.arange(pairs) if logits.size else np.zeros(0, dtype=np.int64)
    for _ in range(min(rows, columns)):
        best = left[live].argmax(axis=1)
        sure = left[live, best] > APART
        live, best = live[sure], best[sure]
        if not len(live):
            break
        i, j = best // columns, best % columns
        partner[live, i] = j
        logit[live, i] = logits[live, i, j]
        grid = left.reshape(pairs, rows, columns)
        grid[live, i, :] = -np.inf
        grid[live, :, j] = -np.inf
    return partner, logit


def _paired(partner: Ints, logit: Floats) -> list[Floats]:
    """Mean and least log-odds of the paired parts, their number, whether any stand crossed."""
    paired = partner >= 0
    count = paired.sum(axis=1)
    kept = np.where(paired, np.minimum(logit, 8.0), 0.0)
    mean = np.where(count > 0, kept.sum(axis=1) / np.maximum(count, 1), APART)
    least = np.where(paired, logit, 12.0).min(axis=1, initial=12.0)
    least = np.where(count > 0, np.minimum(least, 8.0), APART)
    highest = np.maximum.accumulate(np.where(paired, partner, -1), axis=1)
    crossed = (paired & (partner < highest)).any(axis=1)
    return [mean, least, np.minimum(count, 4).astype(np.float64), crossed.astype(np.float64)]


def _missing(side: Side, parts: Ints, missing: NDArray[np.bool_]) -> list[Floats]:
    """Heavy and light parts that nothing answers, and their share of the letters."""
    light = side.light[parts]
    letters = np.where(parts >= 0, side.letters[parts], 0)
    lost = np.where(missing & ~light, letters, 0).sum(axis=1)
    heavy = (missing & ~light).sum(axis=1).astype(np.float64)
    return [
        heavy,
        (missing & light).sum(axis=1).astype(np.float64),
        lost / np.maximum(letters.sum(axis=1), 1),
    ]
