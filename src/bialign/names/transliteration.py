"""A name in the other script: romanise and arabise, with posterior probabilities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice, product
from math import exp
from typing import Final

import numpy as np

from bialign.model import Candidate, Known
from bialign.names.decoding import decode
from bialign.names.gazetteer import Gazetted, arabic_of, english_of
from bialign.names.letters import ARABIC, LATIN, fold, plain_arabic, plain_latin
from bialign.names.models import arabizer, attested, romanizer
from bialign.names.units import arabic_units
from bialign.text.schemes import romanize_scheme

#: Latin forms of the Arabic article, as they stand before a word.
_ARTICLES: Final = frozenset(
    [
        "al",
        "el",
        "ul",
        "il",
        "as",
        "ash",
        "ad",
        "adh",
        "ar",
        "an",
        "at",
        "ath",
        "az",
        "es",
        "ech",
        "ed",
        "er",
        "en",
        "et",
        "ez",
    ]
)
_SMALL: Final = frozenset(["bin", "ibn", "bint", "ould", "wa"])
#: The folded forms that the letters of a folded name may stand for: at the start, at the end.
_STARTS: Final = {"ا": "اأإآ"}
_ENDS: Final = {"ه": "هة", "ي": "يى"}
_MOST: Final = 64
#: Sightings in the name lists that the model's posterior is worth.
_TRUST: Final = 3.0
#: What a sighting without the Arabic's article counts: lists of single words often drop it.
_BARE: Final = 0.3
#: A place of one word is meant by its bare name from this prominence on (see ``gazetteer``).
PROMINENT: Final = 6.5


def romanize(
    ar: str,
    n: int = 1,
    country: str | None = None,
    scheme: str | None = None,
    known: Known | None = None,
) -> list[Candidate]:
    """English spellings of an Arabic name.

    Args:
        ar: the name; vowel marks and letter variants do not matter.
        n: how many spellings at most.
        country: ISO 3166-1 alpha-2 code of the name's country, for its spelling habits.
        scheme: a scholarly scheme (``text.schemes.SCHEMES``) instead of readable spellings.
        known: attested pairs; their spellings come first.

    Returns:
        Spellings of ``known`` or the gazetteer first, with their share there; then the model's,
        by its posterior and what the name lists attest of the name. ``attested`` says that the
        lists, the gazetteer or ``known`` have the spelling. A name without Arabic letters has none.

    Raises:
        UsageError: no such scheme.
    """
    return romanize_many([ar], n, country, scheme, known)[0]


def romanize_many(
    names: Iterable[str],
    n: int = 1,
    country: str | None = None,
    scheme: str | None = None,
    known: Known | None = None,
) -> list[list[Candidate]]:
    """``romanize`` for many names at once, which is many times as fast."""
    names = list(names)
    if scheme is not None:
        return [[Candidate(romanize_scheme(name, scheme), 1.0)] for name in names]
    plain = [_letters_of(plain_arabic(name), ARABIC) for name in names]
    parts = {ar: [unit.text for unit in arabic_units(ar)] for ar in plain}
    distinct = sorted({part for found in parts.values() for part in found})
    net = romanizer()
    decoded = decode(net, distinct, [country] * len(distinct), beam=max(6, min(n + 2, _MOST)))
    weighed = _weigh(distinct, decoded, share=country not in net.styles[1:])
    of_part = dict(zip(distinct, weighed, strict=True))
    spelled = {
        ar: [
            Candidate(display(en, ar), chance, attested=seen)
            for en, chance, seen in _joined([of_part[part] for part in found], max(n, 1))
        ]
        for ar, found in parts.items()
    }
    return [
        _first(_attested_latin(name, known), spelled[ar], n) for name, ar in zip(names, plain, strict=True)
    ]


def arabize(en: str, n: int = 1, known: Known | None = None) -> list[Candidate]:
    """Arabic spellings of an English name, hamza and teh marbuta placed.

    Args:
        en: the name, in any readable spelling.
        n: how many spellings at most; those that differ in hamza, alif maqsura or teh marbuta
            only count as one and the likeliest of them stands for all.
        known: attested pairs; their spellings come first.

    Returns:
        As ``romanize``.
    """
    return arabize_many([en], n, known)[0]


def arabize_many(names: Iterable[str], n: int = 1, known: Known | None = None) -> list[list[Candidate]]:
    """``arabize`` for many names at once, which is many times as fast."""
    names = list(names)
    plain = [_letters_of(plain_latin(name), LATIN) for name in names]
    distinct = sorted(set(plain))
    net, beam = arabizer(), max(6, min(n + 2, _MOST))
    folded = decode(net, distinct, ["folded"] * len(distinct), beam)
    full = decode(net, distinct, [None] * len(distinct))
    spelled = dict(zip(distinct, _unfold(distinct, folded, full, n), strict=True))
    return [
        _first(_attested_arabic(name, known), spelled[en], n) for name, en in zip(names, plain, strict=True)
    ]


def _weigh(
    ars: list[str], decoded: list[list[tuple[str, float]]], *, share: bool
) -> list[list[tuple[str, float, bool]]]:
    """The model's spellings with their share of what the name lists attest of the Arabic name.

    The model counts as ``_TRUST`` sightings, so that an unseen name keeps the model's posterior.

    Args:
        ars: plain names.
        decoded: each one's spellings and log-probabilities.
        share: whether the counts weigh, or only say what is attested.
    """
    lists = attested()
    keys = [fold(ar) for ar in ars]
    totals = lists.arabic.of(keys).tolist()
    rows = [(key, en) for key, found in zip(keys, decoded, strict=True) for en, _ in found]
    seen = iter(lists.pair([a for a, _ in rows], [e for _, e in rows]).tolist())
    weighed = []
    for key, total, found in zip(keys, totals, decoded, strict=True):
        counted = [(en, exp(score), next(seen)) for en, score in found]
        if share:
            counted = [
                (en, (n * (_BARE if _bare(key, en) else 1) + _TRUST * p) / (total + _TRUST), n)
                for en, p, n in counted
            ]
        weighed.append(sorted(((en, p, n > 0) for en, p, n in counted), key=lambda c: -c[1]))
    return weighed


def _bare(ar: str, en: str) -> bool:
    """Whether only the Arabic has the article."""
    return len(ar) > 4 and ar.startswith("ال") and not en.startswith(("a", "e", "u"))


def _joined(parts: list[list[tuple[str, float, bool]]], n: int) -> list[tuple[str, float, bool]]:
    """The likeliest spellings of a whole name out of those of its parts."""
    if not parts:
        return []
    best = [("", 1.0, True)]
    for part in parts:
        longer = [
            (f"{start} {en}".strip(), chance * p, attested_start and attested_part)
            for start, chance, attested_start in best
            for en, p, attested_part in part
        ]
        best = sorted(longer, key=lambda found: -found[1])[: max(n, 8)]
    return best


def _letters_of(plain: str, alphabet: str) -> str:
    """Only the letters the model knows; unknown ones say nothing about a spelling."""
    return " ".join("".join(c for c in plain if c in alphabet[2:]).split())


def _first(attested: list[Candidate], modelled: list[Candidate], n: int) -> list[Candidate]:
    """The first ``n`` different spellings."""
    kept: dict[str, Candidate] = {}
    for candidate in (*attested, *modelled):
        kept.setdefault(candidate.text.casefold(), candidate)
    return list(kept.values())[: max(n, 0)]


def _shares(spellings: Sequence[tuple[str, int]]) -> list[Candidate]:
    total = sum(count for _, count in spellings) or 1
    return [Candidate(text, count / total, attested=True) for text, count in spellings]


def _attested_latin(ar: str, known: Known | None) -> list[Candidate]:
    seen = _shares(known.spellings(ar)) if known is not None else []
    if seen:
        return seen
    asked = fold(plain_arabic(ar))
    found = [g for g in english_of(ar) if fold(plain_arabic(g.ar)) == asked and _telling(g, asked)]
    return [Candidate(g.en, 1.0, attested=True) for g in found[:1]]


def _attested_arabic(en: str, known: Known | None) -> list[Candidate]:
    seen = _shares(known.arabic(en)) if known is not None else []
    if seen:
        return seen
    asked = plain_latin(en)
    found = [g for g in arabic_of(en) if plain_latin(g.en) == asked and _telling(g, asked)]
    return [Candidate(g.ar, 1.0, attested=True) for g in found[:1]]


def _telling(place: Gazetted, asked: str) -> bool:
    """Whether a place is likelier meant by its name than a person of that name."""
    return " " in asked or place.prominence >= PROMINENT


def display(en: str, ar: str = "") -> str:
    """Plain letters as a name is written: capitals, and the article small with its hyphen.

    >>> display("al hajar al aswad", "الحجر الأسود")
    'al-Hajar al-Aswad'
    """
    words = en.split()
    # A short word counts as the article only where the Arabic has one, so "An Najaf" but "El Paso".
    articles = sum(w.startswith("ال") for w in ar.split())
    pieces: list[str] = []
    for i, word in enumerate(words):
        last = i == len(words) - 1
        if articles and not last and word in _ARTICLES:
            pieces.append(word + "-")
            articles -= 1
        elif word in _SMALL and i:
            pieces.append(word + " ")
        else:
            pieces.append(word.capitalize() + " ")
    return "".join(pieces).strip()


def _unfold(
    names: list[str],
    folded: list[list[tuple[str, float]]],
    full: list[list[tuple[str, float]]],
    n: int,
) -> list[list[Candidate]]:
    """For the best folded spellings of each name the likeliest full spelling.

    The folded style was learned from all lists and ranks; the full one, learned from the lists
    that keep hamza and teh marbuta, says which of the spellings behind a folded one it is.
    """
    best: list[dict[str, tuple[float, str, float]]] = [{} for _ in names]
    asked: list[tuple[int, str, str, float]] = []
    for k, (ranked, others) in enumerate(zip(folded, full, strict=True)):
        behind: dict[str, tuple[float, str]] = {}
        for spelling, own in others:
            behind.setdefault(fold(spelling), (own, spelling))
        for spelling, score in ranked[: max(n, 0)]:
            if spelling in behind:
                best[k][spelling] = (*behind[spelling], score)
            else:
                best[k][spelling] = (-np.inf, spelling, score)
                asked.extend((k, spelling, variant, score) for variant in _variants(spelling))
    scores = arabizer().score([names[k] for k, *_ in asked], [v for *_, v, _ in asked], [None] * len(asked))
    for (k, spelling, variant, score), own in zip(asked, scores, strict=True):
        if own > best[k][spelling][0]:
            best[k][spelling] = (float(own), variant, score)
    return [[Candidate(text, exp(score)) for _, text, score in found.values()] for found in best]


def _variants(folded: str) -> list[str]:
    """What a folded name may be unfolded: hamza at the start of words, the last letter of each.

    >>> _variants("امه")
    ['امه', 'امة', 'أمه', 'أمة', 'إمه', 'إمة', 'آمه', 'آمة']
    """
    words = []
    for word in folded.split():
        stem, article = (word[2:], "ال") if word.startswith("ال") and len(word) > 4 else (word, "")
        starts = _STARTS.get(stem[0], stem[0])
        ends = _ENDS.get(stem[-1], stem[-1]) if len(stem) > 1 else ("",)
        middle = stem[1:-1]
        words.append([f"{article}{a}{middle}{z}" for a in starts for z in ends])
    return [" ".join(choice) for choice in islice(product(*words), _MOST)]
