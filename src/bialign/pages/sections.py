"""Section names: where one begins a text that nothing delimits.

Newspapers name sections in two ways: by a word of their own (``سياسة``), or by a head word and an
adjective (``خبر عسكري``, ``أخبار محلية``). The table in ``resources/pages/sections.tsv`` holds both.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bialign.pages.tables import section_words, sections


def leading_section(found: Sequence[str], index: int = 0, known: Collection[str] = ()) -> int:
    """How many words from ``index`` on are a section's name; 0 where none stands.

    Args:
        found: words of a folded text, without their places.
        index: where to look.
        known: folded section names that the site's other pages show.

    >>> from bialign.pages.folding import fold
    >>> from bialign.pages.phrases import texts
    >>> leading_section(texts(fold("خبر عسكري تنظيم الدولة الإسلامية")))
    2
    """
    for count in range(min(5, len(found) - index), 0, -1) if known else ():
        if " ".join(found[index : index + count]) in known:
            return count
    if found[index] in section_words("head") and index + 1 < len(found):
        count, adjectives = 1, section_words("adjective")
        while index + count < len(found) and found[index + count].removeprefix("و") in adjectives:
            count += 1
        if count > 1:
            return count
    hit = sections().at_text(found, index)
    return hit[0] if hit else 0
