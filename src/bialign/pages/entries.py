"""The sentence with which blogs file an entry: its section and tags, ``This entry was posted in …``.

WordPress's default themes have written it below every entry for years, in both languages.
"""

from __future__ import annotations

import re
from typing import Final

_LONGEST: Final = 300
_MOST_WORDS: Final = 6
_ENGLISH: Final = re.compile(
    r"(?:this (?:entry|post|article) was )?(?:posted|filed)\s(?:on .{4,30}? )?"
    r"(?:in|under)\s(?P<section>[^.]{2,80}?)"
    r"(?:\s?,? and tagged(?: with)?\s(?P<tags>[^.]{2,150}?))?(?:\sby\s[^.]{2,40})?\.(?:\s[^.]{0,80}\.?)?$",
    re.IGNORECASE,
)
_ARABIC: Final = re.compile(
    r"(?:كُتبت|كتبت|نُشرت|نشرت|نُشر|نشر)?\s?(?:هذه|هذا)\s(?:المقالة|المقال|التدوينة|الموضوع|الخبر)"
    r"(?:\s(?:كُتبت|كتبت|كتب|نُشرت|نشرت|نُشر|نشر))?\s(?:ضمن(?:\sالتصنيف|\sتصنيف)?|في(?:\sقسم|\sتصنيف)?)"
    r"\s(?P<section>[^.]{2,80}?)"
    r"(?:\s?،?\s(?:والوسوم|والوسم|ووسمت ب|وموسومة? ب|وتحت الوسوم)\s?(?P<tags>[^.]{2,150}?))?"
    r"\.(?:\s[^.]{0,80}\.?)?$"
)
# Posted in News | Tagged Hama, bread | Leave a comment
_BARRED: Final = re.compile(
    r"(?:posted in|filed under|نُ?شرت? في|التصنيف:?)\s(?P<section>[^|\d]{2,80}?)\s?\|\s?"
    r"(?:tagged|tags:?|الوسوم:?|وسوم:?)\s(?P<tags>[^|]{2,150}?)\s?(?:\|[^|]{0,80})?$",
    re.IGNORECASE,
)


def read_entry(text: str) -> tuple[str, str] | None:
    """The section and the tags, as listed, of a line that files an entry; null for any other line.

    >>> read_entry("This entry was posted in News and tagged Hama, bread. Bookmark the permalink.")
    ('News', 'Hama, bread')
    """
    if len(text) > _LONGEST:
        return None
    match = (_ENGLISH.match(text) or _ARABIC.match(text)) if text[-1:] == "." else None
    match = match or (_BARRED.match(text) if "|" in text else None)
    if match is None or len(match["section"].split()) > _MOST_WORDS:
        return None
    return match["section"], match["tags"] or ""
