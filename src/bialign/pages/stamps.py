"""When a page was published and updated: the visible dates, confirmed or contradicted by the markup."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Final

from bialign.model import Hint
from bialign.pages.dates import FoundDate

_DAY: Final = len("2018-02-12")
_STAMP: Final = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?(?:\.\d+)?\s?(Z|z|[+-]\d{2}:?\d{2})?)?"
)


def choose_stamps(
    dates: Sequence[FoundDate], hints: Sequence[Hint], above: Sequence[FoundDate] = ()
) -> tuple[str | None, str | None, list[str]]:
    """The publication and update stamps of a page, and what did not agree.

    Args:
        dates: dates standing with the story, in text order.
        hints: what the markup states.
        above: dates right above the title, which give a day its time if they are of that day.

    Returns:
        published, updated, warnings.
    """
    warnings: list[str] = [warning for date in dates for warning in date.warnings]
    said = [d for d in dates if d.role == "published" and d.stamp]
    bare = [d for d in dates if d.role is None and d.cue is None and d.stamp]
    updated = next((d.stamp for d in dates if d.role == "updated" and d.stamp), None)
    published = (said or bare)[0].stamp if said or bare else None
    if published is not None and len(published) == _DAY:
        finer = [d.stamp for d in (*bare, *above) if d.stamp and d.role != "updated" and d.precision != "day"]
        published = next((stamp for stamp in finer if stamp.startswith(published)), published)
    stated = [h for h in hints if h.fact == "published" and _normal(h.value)]
    if stated:
        published = _confirmed(published, stated, warnings)
    if updated is not None:
        updated = _finer(updated, [h for h in hints if h.fact == "updated"])
    return published, updated, warnings


def _confirmed(visible: str | None, stated: Sequence[Hint], warnings: list[str]) -> str:
    """The visible stamp, with the seconds and the offset of the markup where both agree."""
    if visible is None:
        first = _normal(stated[0].value) or stated[0].value
        stamps = [stamp for hint in stated if (stamp := _normal(hint.value))]
        return max((stamp for stamp in stamps if stamp.startswith(first)), key=len, default=first)
    agreeing = [h for h in stated if h.value[:10] == visible[:10]]
    if not agreeing:
        warnings.append(f"markup says published {stated[0].value}, the page {visible}: the page wins")
        return visible
    return _finer(visible, agreeing)


def _finer(visible: str, stated: Sequence[Hint]) -> str:
    """A visible stamp as the markup has it where that says the same and more."""
    stamps = [stamp for hint in stated if (stamp := _normal(hint.value))]
    return max((stamp for stamp in stamps if _same(stamp, visible)), key=len, default=visible)


def _same(stamp: str, visible: str) -> bool:
    """Whether a stamp says what the visible one says, and maybe more."""
    if stamp.startswith(visible):
        return True
    clock, offset = visible[: len("2018-02-12T11:29")], visible[len("2018-02-12T11:29") :]
    return offset[:1] in {"+", "-"} and stamp.startswith(clock) and stamp.endswith(offset)


def _normal(value: str) -> str | None:
    """A stamp of the markup as ISO 8601, no finer than it stands; null if it is none."""
    match = _STAMP.match(value.strip())
    if match is None:
        return None
    day, clock, seconds, zone = match.groups()
    try:
        dt.datetime.fromisoformat(f"{day}T{clock or '00:00'}{seconds or ''}")
    except ValueError:
        return None
    if clock is None:
        return day
    offset = "" if zone is None else "+00:00" if zone in {"Z", "z"} else f"{zone[:3]}:{zone[-2:]}"
    return f"{day}T{clock}{seconds or ''}{offset}"
