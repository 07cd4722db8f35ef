"""Who took a picture: the credit that ends a caption, in brackets, after a dash or before an agency."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import regex

from bialign.pages.bylines import byline_names
from bialign.pages.folding import fold
from bialign.pages.phrases import texts
from bialign.pages.tables import agencies

_LONGEST: Final = 400
_LONGEST_CREDIT: Final = 60
_END: Final = regex.compile(
    r"[(\[](?P<bracket>[^()\[\]]{2,60})[)\]]\W*$"
    r"|(?<=[.!?]\s)(?P<slash>[\p{L} ]{2,25}/[\p{L} .'’-]{4,40})$"
    r"|(?:^|\s)(?:[-–—|]|©)\s*(?P<dash>[^-–—|©()]{2,60})$"
)
_PART: Final = regex.compile(r"\s*[/|،,–—-]\s+|\s*[/|]\s*|\s+via\s+|\s+عبر\s+", regex.IGNORECASE)
#: A bracket at a line's end that names an agency or says "photo": the line is a caption wherever it stands.
STRONG_CREDIT: Final = regex.compile(
    r"[(\[][^()\[\]]{0,50}"
    r"(?:\bphoto\b|getty|\bafp\b|reuters|\bepa\b|/ap\b|/reuters|\bfile\b|صورة|رويترز|أ\.?\s?ف\.?\s?ب|الأناضول)"
    r"[^()\[\]]{0,30}[)\]]$"
    r"|[.!?]\s(?:[A-Z]{2,10}|[\p{L} ]{2,20})/\p{Lu}[\p{L}'’-]+ [\p{L} .'’-]{2,30}$",
    regex.IGNORECASE,
)
_EDGES: Final = " \t.:،,-–—\u200e\u200f"


def caption_credit(text: str, outlets: Collection[str] = ()) -> tuple[int, int, str] | None:
    """The photographer that a caption ends in, by name, or the agency where no person is named.

    Args:
        text: a caption.
        outlets: keys of the site's own names, which are no person's.

    Returns:
        Where the credit stands, and the name; null where none does.

    >>> text = "A street in Homs, June 3 [Omar Haddad/Reuters]"
    >>> start, end, name = caption_credit(text)
    >>> text[start:end], name
    ('[Omar Haddad/Reuters]', 'Omar Haddad')
    >>> caption_credit("A street in Homs (before the war)") is None
    True
    """
    if len(text) > _LONGEST:
        return None
    end = _END.search(text, max(0, len(text) - _LONGEST_CREDIT - 5))
    if end is None:
        return None
    parts = [part.strip(_EDGES) for part in _PART.split(end["bracket"] or end["slash"] or end["dash"])]
    for beside in (False, len(parts) > 1):
        for part in parts:
            if byline_names(part, beside=beside) and " ".join(texts(fold(part))) not in outlets:
                return end.start(), end.end(), part
    for part in parts:
        if agencies().whole_text(texts(fold(part))):
            return end.start(), end.end(), part
    return None
