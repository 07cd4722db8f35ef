"""How far separated pages are from their gold: exact fields, body tokens, languages that leak or get lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

import regex

_ARABIC: Final = regex.compile(r"\p{scx=Arab}")
_LATIN: Final = regex.compile(r"\p{Latin}")
#: Fields compared as they are.
EXACT: Final = (
    "language",
    "title",
    "title_ar",
    "dateline",
    "published",
    "updated",
    "credits",
    "categories",
    "tags",
    "headlines",
)


def _fold(value: Any) -> Any:
    """White space folded, order of lists kept out of it."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, Mapping):
        return tuple(sorted((k, _fold(v)) for k, v in value.items()))
    if isinstance(value, (list, tuple)):
        return sorted((_fold(v) for v in value), key=repr)
    return value


def token_f1(gold: str, found: str) -> float:
    """Harmonic mean of precision and recall over the bag of white-space tokens (SQuAD's token F1).

    >>> token_f1("a b", "a b c")
    0.8
    """
    a, b = Counter(gold.split()), Counter(found.split())
    if not a and not b:
        return 1.0
    same = (a & b).total()
    return 2 * same / (a.total() + b.total())


def compare(gold: Mapping[str, Any], page: Mapping[str, Any]) -> dict[str, float]:
    """One page against its gold.

    Args:
        gold: the fields of ``Draft.gold``, with ``unscored`` naming fields that are left out.
        page: a ``Page`` as JSON data.

    Returns:
        For each exact field 1 or 0, ``body`` and ``body_ar`` token F1; ``arabic_leaked`` and ``english_lost``
        with their totals ``english_characters`` for English and mul bodies.
    """
    left_out = set(gold.get("unscored", ()))
    scores = {f: float(_fold(gold[f]) == _fold(page.get(f))) for f in EXACT if f not in left_out}
    if "body" in left_out:
        return scores
    scores["body"] = token_f1(gold["body"], page.get("body") or "")
    if gold["body_ar"] is not None:
        scores["body_ar"] = token_f1(gold["body_ar"], page.get("body_ar") or "")
    if gold["language"] != "ar":
        a, b = Counter(gold["body"].split()), Counter((page.get("body") or "").split())
        leaked, lost = "".join((b - a).elements()), "".join((a - b).elements())
        scores["arabic_leaked"] = float(len(_ARABIC.findall(leaked)))
        scores["english_lost"] = float(len(_LATIN.findall(lost)))
        scores["body_characters"] = float(len(page.get("body") or ""))
        scores["english_characters"] = float(len(_LATIN.findall(gold["body"])))
    return scores


def score(pairs: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> dict[str, float]:
    """All pages against their gold.

    Args:
        pairs: gold and page of each.

    Returns:
        Means of the fields over the pages that have them; ``arabic_leaked`` as a share of the
        characters of English bodies, ``english_lost`` as a share of the English letters; ``pages``.
    """
    rows = [compare(gold, page) for gold, page in pairs]
    names = [*EXACT, "body", "body_ar"]
    means = {}
    for name in names:
        values = [row[name] for row in rows if name in row]
        if values:
            means[name] = sum(values) / len(values)
    for part, whole in (("arabic_leaked", "body_characters"), ("english_lost", "english_characters")):
        total = sum(row.get(whole, 0) for row in rows)
        means[part] = sum(row.get(part, 0) for row in rows) / total if total else 0.0
    return means | {"pages": float(len(rows))}
