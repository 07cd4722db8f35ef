"""When a page was published and updated: the visible dates, confirmed or contradicted by the markup."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bialign.model import Hint
from bialign.pages.dates import FoundDate


def choose_stamps(
    dates: Sequence[FoundDate], hints: Sequence[Hint]
) -> tuple[str | None, str | None, list[str]]:
    """The publication and update stamps of a page, and what did not agree.

    Args:
        dates: dates standing with the story, in text order.
        hints: what the markup states.

    Returns:
        published, updated, warnings.
    """
    warnings: list[str] = [warning for date in dates for warning in date.warnings]
    said = [d for d in dates if d.role == "published" and d.stamp]
    bare = [d for d in dates if d.role is None and d.cue is None and d.stamp]
    updated = next((d.stamp for d in dates if d.role == "updated" and d.stamp), None)
    published = (said or bare)[0].stamp if said or bare else None
    stated = [h for h in hints if h.fact == "published" and _iso(h.value)]
    if stated:
        published = _confirmed(published, stated, warnings)
    return published, updated, warnings


def _confirmed(visible: str | None, stated: Sequence[Hint], warnings: list[str]) -> str:
    """The visible stamp, with the seconds and the offset of the markup where both agree."""
    if visible is None:
        return stated[0].value
    agreeing = [h for h in stated if h.value[:10] == visible[:10]]
    if not agreeing:
        warnings.append(f"markup says published {stated[0].value}, the page {visible}: the page wins")
        return visible
    for hint in agreeing:
        if hint.value.startswith(visible):
            return hint.value
    return visible


def _iso(value: str) -> bool:
    try:
        dt.datetime.fromisoformat(value)
    except ValueError:
        return False
    return True
