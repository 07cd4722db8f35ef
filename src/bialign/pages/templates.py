"""What repeats across the pages of one site."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bialign.model import RawPage, Record


@dataclass(frozen=True, slots=True)
class Template(Record):
    """What the pages of one site share.

    Args:
        site: the site's host or name.
        sections: folded section names.
    """

    site: str = ""
    sections: frozenset[str] = frozenset()


def learn(raws: Iterable[RawPage]) -> Template:
    """Learn what repeats across the pages of one site."""
    del raws
    return Template()
