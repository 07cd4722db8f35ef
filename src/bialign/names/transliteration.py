"""A name in the other script: romanise and arabise, with posterior probabilities."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from math import exp
from typing import Final

import numpy as np

from bialign.model import Candidate, Known
from bialign.names.decoding import decode
from bialign.names.gazetted import PROMINENT, Gazetted, english_of
from bialign.names.gazetteer import arabic_of
from bialign.names.letters import ARABIC, LATIN, fold, overlong, plain_arabic, plain_latin
from bialign.names.models import arabizer, attested, romanizer
from bialign.names.network import Array
from bialign.names.origin import origins
from bialign.names.unfolding import unfold_many
from bialign.names.units import LATIN_ARTICLES, arabic_units, latin_units
from bialign.text.presence import has_arabic, has_latin
from bialign.text.schemes import romanize_scheme

_SMALL: Final = frozenset(["bin", "ibn", "bint", "ould", "wa"])
#: Latin spellings looked for at the least.
_NARROW: Final = 6
#: Arabic spellings looked for, and those of each part that are put back into full spelling.
_WIDE: Final = 12
_FEW: Final = 4
_MOST: Final = 64
#: Sightings in the name lists that the model's posterior is worth.
_TRUST: Final = 3.0
#: What a sighting without the Arabic's article counts: lists of single words often drop it.
_BARE: Final = 0.3
#: How much likelier a Latin spelling is that stands in the lists, beside whatever Arabic.
_KNOWN: Final = 2.0
#: What is made of a guessed origin: the foreign list has Arab names too, and places (which have no
#: style of their own, so that an unknown one stands for them) are fewer where it is learned.
_LEANING: Final = {"world": 0.5, "place": 4.0}


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
        country: ISO 3166-1 alpha-2 code of the name's country, for its spelling habits; without
            one, or with one that the model does not know, they are guessed from the letters.
        scheme: a scholarly scheme (``text.schemes.SCHEMES``) instead of readable spellings.
        known: attested pairs; their spellings come first.

    Returns:
        Spellings of ``known`` or the gazetteer first, with their share there; then the model's,
        by its posterior and what the name lists attest of the name. ``attested`` says that the
        gazetteer or ``known`` have the spelling, or the lists that of each of its parts. Words of
        other scripts and figures inside a name stay as they are. A name without Arabic letters has no
        spelling, nor has what is too long for a name (``letters.overlong``).

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
    plain = [_letters_of(name, ARABIC) for name in names]
    parts = {ar: [unit.text for unit in arabic_units(ar)] for ar in plain}
    distinct = sorted({part for found in parts.values() for part in found})
    style = (country or "").upper()
    told = style in romanizer().styles[1:]
    styles = [style] * len(distinct) if told else _guessed_origins(distinct)
    decoded = decode(romanizer(), distinct, styles, beam=max(_NARROW, min(n + 2, _MOST)))
    weighed = _weigh(distinct, decoded, country=style if told else "")
    of_part = dict(zip(distinct, weighed, strict=True))
    spelled = {
        ar: [
            Candidate(display(en, ar), chance, attested=seen)
            for en, chance, seen in _joined([of_part[part] for part in found], max(n, 1))[: max(n, 0)]
        ]
        for ar, found in parts.items()
    }
    mixed = _mixed(names, _arabic_word, lambda some: romanize_many(some, n, country, known=known), n)
    return [
        _first(_attested_latin(name, known) if ar else [], mixed.get(name, spelled[ar]), n)
        for name, ar in zip(names, plain, strict=True)
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
    plain = [_letters_of(name, LATIN) for name in names]
    parts = {en: [unit.text for unit in latin_units(en)] for en in plain}
    distinct = sorted({part for found in parts.values() for part in found})
    decoded = decode(arabizer(), distinct, ["folded"] * len(distinct), max(_WIDE, min(n + 2, _MOST)))
    kept = [found[: max(n, _FEW)] for found in _weigh(distinct, decoded, arabic=False)]
    unfolded = iter(
        unfold_many(
            [ar for found in kept for ar, *_ in found],
            [en for en, found in zip(distinct, kept, strict=True) for _ in found],
        )
    )
    of_part = {
        en: [(next(unfolded), chance, seen) for _, chance, seen in found]
        for en, found in zip(distinct, kept, strict=True)
    }
    spelled = {
        en: [
            Candidate(ar, chance, attested=seen)
            for ar, chance, seen in _joined([of_part[part] for part in found], max(n, 1))[: max(n, 0)]
        ]
        for en, found in parts.items()
    }
    mixed = _mixed(names, has_latin, lambda some: arabize_many(some, n, known), n)
    return [
        _first(_attested_arabic(name, known) if en else [], mixed.get(name, spelled[en]), n)
        for name, en in zip(names, plain, strict=True)
    ]


def _mixed(
    names: Iterable[str],
    own: Callable[[str], bool],
    spell: Callable[[list[str]], list[list[Candidate]]],
    n: int,
) -> dict[str, list[Candidate]]:
    """Spellings of those names that have words without a letter of their script, which are kept.

    Args:
        names: the names.
        own: whether a word has letters of the script that is asked in.
        spell: spells names of that script.
        n: spellings a name.
    """
    found: dict[str, list[Candidate]] = {}
    for name in names:
        if name in found or overlong(name) or not own(name):
            continue
        words = unicodedata.normalize("NFKC", name).replace("-", " ").split()
        words = [word for word in words if own(word) or any(c.isalnum() for c in word)]
        runs: list[list[str]] = []
        for k, word in enumerate(words):
            if k and own(word) == own(words[k - 1]):
                runs[-1].append(word)
            else:
                runs.append([word])
        if len(runs) > 1:
            texts = [" ".join(run) for run in runs]
            spelled = iter(spell([text for text in texts if own(text)]))
            parts = [
                [(c.text, c.probability, c.attested) for c in next(spelled)]
                if own(text)
                else [(_western(text), 1.0, True)]
                for text in texts
            ]
            found[name] = [Candidate(text, p, attested=seen) for text, p, seen in _joined(parts, max(n, 1))]
    return found


def _arabic_word(text: str) -> bool:
    return has_arabic(text) and any(c.isalpha() for c in text)


def _western(text: str) -> str:
    """Figures of any script as 0 to 9."""
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def _guessed_origins(ars: list[str]) -> Array:
    """How likely each name is of each of the romaniser's styles, [names, styles]."""
    styles = romanizer().styles
    place = {style: k for k, style in enumerate(styles)}
    chances = origins().chances(ars)
    chances *= np.array([_LEANING.get(style, 1.0) for style in origins().styles], dtype=np.float32)
    chances /= chances.sum(axis=1, keepdims=True)
    shares = np.zeros((len(ars), len(styles)), dtype=np.float32)
    shares[:, [place.get(style, 0) for style in origins().styles]] = chances
    return shares


def _weigh(
    asked: list[str],
    decoded: list[list[tuple[str, float]]],
    *,
    arabic: bool = True,
    country: str = "",
) -> list[list[tuple[str, float, bool]]]:
    """The model's spellings with their share of what the name lists attest of the name.

    The model counts as ``_TRUST`` sightings, so that an unseen name keeps the model's posterior. Among
    Latin spellings, those that the lists have, of whatever name, are ``_KNOWN`` times as likely.

    Args:
        asked: plain names.
        decoded: each one's spellings and log-probabilities.
        arabic: whether the names asked are the Arabic ones.
        country: if told, the counts of its people weigh, not those of everyone.
    """
    lists = attested()
    keys = [fold(name) for name in asked]
    rows = [(key, text) for key, found in zip(keys, decoded, strict=True) for text, _ in found]
    ars, ens = [key for key, _ in rows], [text for _, text in rows]
    if not arabic:
        ars, ens = ens, ars
    seen = lists.pair(ars, ens)
    times = iter((lists.pair_in(country, ars, ens) if country else seen).tolist())
    of_name = (
        lists.arabic_in(country, keys) if country else (lists.arabic if arabic else lists.latin).of(keys)
    )
    known = iter((seen > 0).tolist())
    met = iter(lists.latin.of(text for _, text in rows).tolist() if arabic else [])
    weighed = []
    for key, every, found in zip(keys, of_name.tolist(), decoded, strict=True):
        counted = [(text, exp(score), next(times)) for text, score in found]
        if arabic:
            counted = _favoured(counted, [next(met) > 0 for _ in found])
        total = max(every, sum(n for *_, n in counted))
        shares = [
            (text, (n * (_BARE if _bare(key, text) else 1) + _TRUST * p) / (total + _TRUST), next(known))
            for text, p, n in counted
        ]
        weighed.append(sorted(shares, key=lambda c: -c[1]))
    return weighed


def _favoured(counted: list[tuple[str, float, float]], met: list[bool]) -> list[tuple[str, float, float]]:
    """The same spellings, the ones that the lists have likelier; the sum stays."""
    before = sum(p for _, p, _ in counted)
    weights = [p * _KNOWN if known else p for (_, p, _), known in zip(counted, met, strict=True)]
    scale = before / (sum(weights) or 1.0)
    return [(text, weight * scale, n) for (text, _, n), weight in zip(counted, weights, strict=True)]


def _bare(ar: str, en: str) -> bool:
    """Whether only the Arabic has the article."""
    return len(ar) > 4 and ar.startswith("ال") and not en.startswith(("a", "e", "u"))


def _joined(parts: list[list[tuple[str, float, bool]]], n: int) -> list[tuple[str, float, bool]]:
    """The likeliest spellings of a whole name out of those of its parts."""
    if len(parts) < 2:
        return parts[0] if parts else []
    best = [("", 1.0, True)]
    for part in parts:
        longer = [
            (f"{start} {en}".strip(), chance * p, attested_start and attested_part)
            for start, chance, attested_start in best
            for en, p, attested_part in part
        ]
        best = sorted(longer, key=lambda found: -found[1])[: max(n, 8)]
    return best


def _letters_of(name: str, alphabet: str) -> str:
    """Only the letters the model knows: unknown ones say nothing; of an overlong text none."""
    if overlong(name):
        return ""
    plain = plain_arabic(name) if alphabet is ARABIC else plain_latin(name)
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
    if len(words) == 1:
        return en.capitalize()
    # A short word counts as the article only where the Arabic has one, so "An Najaf" but "El Paso".
    articles = sum(w.startswith("ال") for w in ar.split())
    pieces: list[str] = []
    for i, word in enumerate(words):
        last = i == len(words) - 1
        if articles and not last and word in LATIN_ARTICLES:
            pieces.append(word + "-")
            articles -= 1
        elif word in _SMALL and i:
            pieces.append(word + " ")
        else:
            pieces.append(word.capitalize() + " ")
    return "".join(pieces).strip()
