"""From a normalised text back to the untouched one.

A normalised text keeps one number a character: where in the untouched text that character comes
from. The numbers never fall, so every span of the one text is a span of the other.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import regex

from bialign.model import Record

Offsets = npt.NDArray[np.int32]

#: What may hang behind a character without being part of it: marks of direction, spaces, quotes.
_HANGING = regex.compile(r"[\p{Cf}\p{Cc}\p{Z}\p{P}]+\Z")


@dataclass(frozen=True, slots=True)
class Change(Record):
    """One stretch of the untouched text that reads otherwise in the normalised one.

    Args:
        start, end: code points of the untouched text.
        before, after: the stretch there and here.
        reason: what was done, in a few words.
    """

    start: int
    end: int
    before: str
    after: str
    reason: str


class Matched(Protocol):
    """What a replacement function may ask of a match."""

    @property
    def string(self) -> str:
        """The text that was searched."""
        ...

    def group(self, group: int | str = 0, /) -> str:
        """What a group matched."""
        ...

    def start(self, group: int | str = 0, /) -> int:
        """Where that begins."""
        ...

    def end(self, group: int | str = 0, /) -> int:
        """Where that ends."""
        ...


@dataclass(frozen=True, slots=True)
class Normalized(Record):
    """A normalised text, with the way back to the untouched one.

    Args:
        text: the normalised text.
        origins: the offsets, or a function that works them out; it is called when ``offsets`` is
            first asked for, so that a caller who wants the text alone does not pay for them.
        changes: what was changed and why; where a profile does not note reasons (the Arabic
            tables), they are worked out from the offsets when asked for with ``explain``.
        source: the untouched text.

    >>> n = identity("abc")
    >>> n.text, n.span(1, 2)
    ('abc', (1, 2))
    """

    text: str
    origins: Offsets | Callable[[], Offsets] = field(repr=False, compare=False)
    changes: tuple[Change, ...] = ()
    source: str = ""

    @property
    def offsets(self) -> Offsets:
        """Where each character comes from.

        int32, one a character of ``text`` and one more: the code point of ``source`` it comes
        from, never falling; the last is the length of ``source``.
        """
        known = self.origins
        if callable(known):
            known = known()
            # The record stays frozen to its users; this only keeps what was worked out.
            object.__setattr__(self, "origins", known)
        return known

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the untouched text behind a span of the normalised one.

        Marks that stood on the last character belong to the span; direction marks, spaces and
        punctuation that were dropped behind it do not.

        Args:
            start: the first code point in ``text``.
            end: the code point behind the last.

        Raises:
            IndexError: the span does not lie in ``text``.
        """
        if not 0 <= start <= end <= len(self.text):
            raise IndexError(f"span {start}:{end} outside 0:{len(self.text)}")
        offsets = self.offsets
        first = int(offsets[start])
        if start == end:
            return first, first
        last = int(offsets[end - 1])
        # An int32 is looked up in place; a Python number would have the whole array converted.
        stop = int(offsets[np.searchsorted(offsets, np.int32(last), side="right")])
        hanging = _HANGING.search(self.source, last + 1, stop)
        return first, hanging.start() if hanging else stop

    def explain(self) -> tuple[Change, ...]:
        """``changes``, or where none were noted, what differs character by character."""
        return self.changes or tuple(_differences(self))

    def to_dict(self) -> dict[str, Any]:
        """The record as JSON-ready data; ``source`` is left out, the caller has it."""
        return {
            "text": self.text,
            "offsets": self.offsets.tolist(),
            "changes": [change.to_dict() for change in self.changes],
        }


def identity(text: str) -> Normalized:
    """A text as it is, every character its own origin."""
    return Normalized(text, np.arange(len(text) + 1, dtype=np.int32), (), text)


def substitute(
    done: Normalized, pattern: regex.Pattern[str], to: str | Callable[[Matched], str], reason: str
) -> Normalized:
    """Replace every match of ``pattern`` in the normalised text, keeping the way back.

    Args:
        done: what was normalised so far.
        pattern: what to replace; empty matches are passed over.
        to: the replacement, or a function from the match to it.
        reason: the reason noted with every change.

    Returns:
        A new ``Normalized``; ``done`` itself where nothing matched or nothing changed.
    """
    pieces: list[str] = []
    origins: list[Offsets] = []
    changes: list[Change] = []
    at = 0
    for match in pattern.finditer(done.text):
        start, end = match.span()
        before = match.group()
        after = to if isinstance(to, str) else to(match)
        if before == after or start == end:
            continue
        pieces += (done.text[at:start], after)
        origins += (done.offsets[at:start], spread(done.offsets[start : end + 1], before, after))
        first, last = done.span(start, end)
        changes.append(Change(first, last, done.source[first:last], after, reason))
        at = end
    if not changes:
        return done
    pieces.append(done.text[at:])
    origins.append(done.offsets[at:])
    return Normalized("".join(pieces), np.concatenate(origins), (*done.changes, *changes), done.source)


def trim(done: Normalized, reason: str) -> Normalized:
    """Drop the white space at both ends, keeping the way back."""
    text = done.text.strip()
    if text == done.text:
        return done
    start = len(done.text) - len(done.text.lstrip()) if text else 0
    stop = start + len(text)
    changes: list[Change] = []
    for first, last in ((0, start), (stop, len(done.text))):
        if first < last:
            here, there = int(done.offsets[first]), int(done.offsets[last])
            changes.append(Change(here, there, done.source[here:there], "", reason))
    offsets = np.append(done.offsets[start:stop], np.int32(len(done.source)))
    return Normalized(text, offsets, (*done.changes, *changes), done.source)


def spread(origins: Sequence[int] | Offsets, before: str, after: str) -> Offsets:
    """Origins for the characters of ``after``, which stands where ``before`` stood.

    What both begin with or end with keeps its own origin; characters between are matched one to
    one as far as they go.

    Args:
        origins: the origins of the characters of ``before`` and of what follows them.
        before: what was replaced.
        after: what replaces it.

    >>> spread([4, 5, 6, 7], "a-b", "a b").tolist(), spread([4, 5], "ﻻ", "لا").tolist()
    ([4, 5, 6], [4, 4])
    """
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    inside = range(head, len(after) - tail)
    last = max(len(before) - tail - 1, min(head, len(before) - 1))
    chosen = [*range(head), *(min(i, last) for i in inside)]
    chosen += range(len(before) - tail, len(before))
    return np.asarray([origins[i] for i in chosen], dtype=np.int32)


def _common(a: str, b: str) -> int:
    count = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        count += 1
    return count


def _differences(done: Normalized) -> list[Change]:
    """Stretches where source and text part, read off the offsets."""
    starts = np.unique(done.offsets[:-1])
    edges = [*np.searchsorted(done.offsets, starts).tolist(), len(done.text)]
    found: list[Change] = []
    places = [*starts.tolist(), len(done.source)]
    if places[0] > 0:
        found.append(_change(done.source, 0, places[0], ""))
    for here, there, first, last in zip(places, places[1:], edges, edges[1:], strict=False):
        before, after = done.source[here:there], done.text[first:last]
        if before == after:
            continue
        kept = _common(before, after)
        found.append(_change(done.source, here + kept, there, after[kept:]))
    return found


def _change(source: str, start: int, end: int, after: str) -> Change:
    before = source[start:end]
    name = unicodedata.name(before[0], f"U+{ord(before[0]):04X}").lower() if before else ""
    return Change(start, end, before, after, f"{name} {'replaced' if after else 'dropped'}".strip())
