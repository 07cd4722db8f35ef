"""What changed between two lexicons: new and lost names, and names spelled another way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bialign.lexicon.joining import Drafts
from bialign.model import Entry, Record


@dataclass(frozen=True, slots=True)
class Change(Record):
    """One name that differs.

    Args:
        change: ``new``, ``lost`` or ``changed``.
        entry: the name as the new lexicon has it; as the old one, if lost.
        canonical: the canonical spelling before, where it is another now.
        ar: the Arabic before, where it is another now.
        status: the status before, where it is another now.
        gained: spellings seen now and not before.
        dropped: spellings seen before and not now.
        counts: ``(spelling, before, now)`` where a spelling of both stands another number of times.
    """

    change: Literal["new", "lost", "changed"]
    entry: Entry
    canonical: str | None = None
    ar: str | None = None
    status: str | None = None
    gained: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    counts: tuple[tuple[str, int, int], ...] = ()


def compare(old: Iterable[Entry], new: Iterable[Entry]) -> list[Change]:
    """The names that differ between two lexicons.

    A name is followed by its Arabic and its spellings, so that another id or another canonical
    spelling does not make it another name.

    Args:
        old: entries as they were.
        new: entries as they are.

    Returns:
        New names, then changed ones, in the order of ``new``; then lost ones in the order of ``old``.
    """
    before = list(old)
    drafts = Drafts(before, (), lambda _: ())
    followed: set[str] = set()
    fresh, changed = [], []
    for entry in new:
        was = drafts.find(entry)
        if was is None or was.id in followed:
            fresh.append(Change("new", entry))
            continue
        followed.add(was.id)
        change = _change(was, entry)
        if change is not None:
            changed.append(change)
    lost = [Change("lost", entry) for entry in before if entry.id not in followed]
    return fresh + changed + lost


def _change(was: Entry, now: Entry) -> Change | None:
    before = {v.text: v.count for v in was.variants if not v.proposed}
    after = {v.text: v.count for v in now.variants if not v.proposed}
    change = Change(
        "changed",
        now,
        canonical=was.canonical if was.canonical != now.canonical else None,
        ar=was.ar if was.ar != now.ar else None,
        status=was.status if was.status != now.status else None,
        gained=tuple(text for text in after if text not in before),
        dropped=tuple(text for text in before if text not in after),
        counts=tuple(
            (text, before[text], count)
            for text, count in after.items()
            if text in before and before[text] != count
        ),
    )
    nothing = Change("changed", now)
    return None if change == nothing and was.ar == now.ar else change
