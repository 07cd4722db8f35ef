"""Which groups of English spellings are one name, and which Arabic each of them takes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import regex

from bialign.lexicon.arabic_alone import is_part
from bialign.lexicon.generating import generated_arabic
from bialign.lexicon.groups import Group, Groups, Key
from bialign.lexicon.namesakes import plain_key
from bialign.lexicon.observations import key_of
from bialign.lexicon.scoring import ENOUGH, Score, Scores
from bialign.names.abbreviations import letters_support
from bialign.names.latin_pairs import same_latin_many
from bialign.names.matching import match_many
from bialign.names.translated import is_abbreviation, is_transliterated
from bialign.text.latin import drop_article

# From this probability two English groups are one name without Arabic to say so. The model's prior
# is that of all pairs of like names in a large list; names of one corpus meet less by chance.
_ONE_NAME: Final = 0.3
_NEIGHBOURS: Final = 20
_VOWELS: Final = regex.compile(r"[aeiouwy\W]+")
# Arabic less likely than this to be written so is nothing like a spelling; a rare one is seen this
# many times less often than another.
_NOTHING_LIKE: Final = 0.02
_RARE: Final = 3
# Arabic seen beside a name is nearly as likely its own as not.
_NEARLY: Final = 0.4


def rather_than_made(groups: Groups, scores: Scores, arabic: Mapping[Key, Key]) -> dict[Key, Key]:
    """The Arabic seen beside a name without any, where it is likelier than what would be generated for it."""
    near = {
        key: best
        for key in groups.english
        if key not in arabic
        and not is_abbreviation(key)
        and (best := best_arabic(scores.get(key, {}), _NEARLY)) is not None
    }
    made = generated_arabic([groups.english[key].usual for key in near])
    return {
        key: ar
        for (key, ar), candidate in zip(near.items(), made, strict=True)
        if candidate is not None and candidate.probability < scores[key][ar].probability
    }


def without_doubtful(groups: Groups, arabic: Mapping[Key, Key]) -> dict[Key, Key]:
    """The Arabic of each group, but none where it is a misspelling's and an accident.

    In parallel text a misspelled name (``Alepo``) may have been aligned with the word beside its own.
    That is so where the Arabic is nothing like the spelling, while a name spelled nearly the same, and
    seen more often, has Arabic that is.
    """
    told = [key for key in arabic if key in groups.english and is_transliterated(groups.english[key].usual)]
    own = dict(zip(told, match_many([(arabic[key], groups.english[key].usual) for key in told]), strict=True))
    seen = {key: sum(t.count for t in groups.english[key].surfaces.values()) for key in told}
    pairs = [
        (one, other)
        for pair in _neighbours(groups)
        for one, other in (pair, pair[::-1])
        if own.get(one, 1.0) < _NOTHING_LIKE
        and other in own
        and arabic[one] != arabic[other]
        and _RARE * seen[one] <= seen[other]
        and _comparable(groups.english[one], groups.english[other])
    ]
    usual = [groups.english[one].usual for one, _ in pairs]
    fits = match_many([(arabic[other], text) for (_, other), text in zip(pairs, usual, strict=True)])
    alike = same_latin_many(
        [(text, groups.english[o].usual) for (_, o), text in zip(pairs, usual, strict=True)]
    )
    doubtful = {
        one
        for (one, _), fit, same in zip(pairs, fits.tolist(), alike.tolist(), strict=True)
        if fit >= ENOUGH and same >= _ONE_NAME
    }
    return {key: ar for key, ar in arabic.items() if key not in doubtful}


def best_arabic(scores: Mapping[Key, Score], least: float = ENOUGH) -> Key | None:
    """The likeliest Arabic key, if as likely as ``least``; ties to the one on more pages.

    One that is a part of a longer likely one stands for it, unless it is seen on more pages: word
    links and spelling often agree about the middle of a name only.
    """
    if not scores:
        return None
    order = lambda key: (-scores[key].probability, -scores[key].spellings.total(), key)  # noqa: E731
    best = min(scores, key=order)
    if scores[best].probability < least:
        return None
    pages = scores[best].spellings.total()
    whole = [
        key
        for key, score in scores.items()
        if score.probability >= least and is_part(best, key) and score.spellings.total() >= pages
    ]
    return min(whole, key=order) if whole else best


def clusters_of(groups: Groups, arabic: Mapping[Key, Key]) -> Iterator[list[Key]]:
    """English groups that are one name: by their Arabic, else by their spelling alone."""
    cluster: dict[Key, list[Key]] = {}
    by_arabic: dict[Key, list[Key]] = defaultdict(list)
    for key in sorted(groups.english, key=is_abbreviation):
        held = by_arabic[arabic[key]] if key in arabic else []
        if _namesakes([key], held):
            held = []
        if is_abbreviation(key) and any(_another(groups.english[key], groups.english[k]) for k in held):
            held = []  # NAWA the agency is not Nawa the town, though one word spells both in Arabic
        held.append(key)
        cluster[key] = held
    for one, other in (*_capitals(groups), *_alike(groups, arabic)):
        ours, theirs = cluster[one], cluster[other]
        apart = {arabic[key] for key in (*ours, *theirs) if key in arabic}
        if ours is not theirs and len(apart) < 2 and not _namesakes(ours, theirs):
            ours += theirs
            cluster |= dict.fromkeys(theirs, ours)
    yield from sorted(sorted(keys) for keys in {id(keys): keys for keys in cluster.values()}.values())


def _namesakes(ours: Sequence[Key], theirs: Sequence[Key]) -> bool:
    """Whether two senses of one spelling are among the groups of two lists."""
    return not {plain_key(key) for key in ours}.isdisjoint(plain_key(key) for key in theirs)


def _capitals(groups: Groups) -> Iterator[tuple[Key, Key]]:
    """Groups of one word written in capitals and not: ``COVID`` and ``Covid``, but no agency and a town."""
    for key in sorted(filter(is_abbreviation, groups.english)):
        other = key_of(key, "en")
        if other in groups.english and not _another(groups.english[key], groups.english[other]):
            yield other, key


def _neighbours(groups: Groups) -> Iterator[tuple[Key, Key]]:
    """Pairs of groups worth comparing: those near each other when sorted by consonants."""
    ordered = sorted(
        (_VOWELS.sub("", plain_key(key)), key) for key in groups.english if not is_abbreviation(key)
    )
    for i, (skeleton, key) in enumerate(ordered):
        for other_skeleton, other in ordered[i + 1 : i + _NEIGHBOURS]:
            if skeleton[:2] == other_skeleton[:2]:
                yield key, other


def _another(short: Group, other: Group) -> bool:
    """Whether an abbreviation is something else than a name spelled like it, and not its initials."""
    if short.type == other.type or "other" in (short.type, other.type):
        return False
    if other.usual.endswith(short.usual) and drop_article(other.usual.casefold()) == short.usual.casefold():
        return False
    words = other.usual.split()
    return len(words) < 2 or not letters_support(short.usual, words)


def _alike(groups: Groups, arabic: Mapping[Key, Key]) -> Iterator[tuple[Key, Key]]:
    """Pairs of groups, one without Arabic at least, that are one name by their spelling; surest first."""
    pairs = [
        (one, other)
        for one, other in _neighbours(groups)
        if not (one in arabic and other in arabic) and _comparable(groups.english[one], groups.english[other])
    ]
    names = [(groups.english[one].usual, groups.english[other].usual) for one, other in pairs]
    probability = same_latin_many(names).tolist()
    for p, one, other in sorted((-p, *pair) for p, pair in zip(probability, pairs, strict=True)):
        if -p >= _ONE_NAME:
            yield one, other


def _comparable(one: Group, other: Group) -> bool:
    """Whether two groups may be one transliterated name, by their types and words.

    One of the two may look translated: a misspelling can make an English word.
    """
    typed = one.type == other.type or "other" in (one.type, other.type)
    return typed and (is_transliterated(one.usual) or is_transliterated(other.usual))
