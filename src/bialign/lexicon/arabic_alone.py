"""Which Arabic words that no English name met are names worth an entry of their own.

Arabic has no capitals: what a page's Arabic was searched for names with takes some common words
for names, and parts of names for whole ones. Beside an English name that does no harm; alone it
would fill the lexicon.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from bialign.lexicon.groups import Group, Groups, Key
from bialign.lexicon.store import key_of
from bialign.names.gazetteer import english_of
from bialign.names.mentions import find_names
from bialign.text.scripts import has_arabic

# What ``names.mentions`` says of a word taken for a name by its letters and neighbours alone.
_GUESSED = "looks like a name"


def names_by_themselves(
    unmet: Sequence[Group], groups: Groups, met: Iterable[str], credited: Iterable[str]
) -> Iterator[Group]:
    """The Arabic groups that are names though no English name met them.

    A credited name is one, and one the gazetteer has. A part of a longer name of these pages is
    none, and neither is a name that English met with words about it. Of the rest, names of several
    words are. A single word is one if something beside it says that a name follows, or if it is
    known as a name's word and stands in two places that differ.

    Args:
        unmet: the Arabic groups without English.
        groups: all groups.
        met: the Arabic of the names that English met.
        credited: the people whom the pages credit.
    """
    makers = {key_of(name, "ar") for name in credited if has_arabic(name)}
    known = {key_of(name, "ar") for name in met}
    parts = _parts({*groups.arabic, *known})
    for group in unmet:
        given = group.key in makers or (group.type == "place" and english_of(group.usual))
        if not given and _is_more_than(group, known):
            continue
        if given or (group.key not in parts and (" " in group.key or _is_shown(group))):
            yield group


def _is_more_than(group: Group, known: Collection[Key]) -> bool:
    """Whether a name is one that English met and words about it: the market of a place, a person arriving.

    Of a person's name two words must have been met, for many share one; organisations are called
    after places.
    """
    least = {"place": 1, "person": 2}.get(group.type)
    return least is not None and any(
        part in known and len(part.split()) >= least for part in _parts([group.key])
    )


def is_part(part: Key, whole: Key) -> bool:
    """Whether some words of a longer name, in a row, are the other name.

    >>> is_part("a b", "a b c"), is_part("a", "ab c"), is_part("a b", "a b")
    (True, False, False)
    """
    return part != whole and f" {part} " in f" {whole} "


def _parts(names: Iterable[Key]) -> frozenset[Key]:
    """Every run of words that is shorter than the name it is of."""
    found: set[Key] = set()
    for name in names:
        words = name.split()
        for size in range(1, len(words)):
            found.update(" ".join(words[at : at + size]) for at in range(len(words) - size + 1))
    return frozenset(found)


def _is_shown(group: Group) -> bool:
    """Whether a single word is a name by more than its looks."""
    if group.type != "other" and len(group.contexts) > 1 and len(group.pages) > 1:
        return True
    return any(
        mention.text in group.surfaces and _GUESSED not in mention.reason
        for context in group.contexts
        for mention in find_names(context, "ar")
    )
