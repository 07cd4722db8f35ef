"""Looking a name up in the store: as written, as folded, as a beginning, by its words, and misspelt.

Misspelt input is found by letter trigrams: spellings that share two of the query's rarest ones,
far enough apart that one wrong letter cannot spoil both. What they bring is compared letter by
letter (normalised Indel similarity of the comparison keys, as rapidfuzz has it).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Literal, NamedTuple

import regex
from rapidfuzz import fuzz, process

from bialign.lexicon.store import Script, Store, key_of, storable
from bialign.model import Entry, Record
from bialign.names.differences import differences
from bialign.text.scripts import has_arabic

#: Of the query's trigrams the rarest are paired; how many rows the pairs may make the index read,
#: how many it may give for one pair, and how many spellings are compared in full.
_RAREST: Final = 8
_COST: Final = 100_000
_ROWS: Final = 500
_COMPARED: Final = 300
#: Names taken that begin with the query, or have its words.
_BEGINNINGS: Final = 50
#: Longest query in characters, most words of it that are searched; names are shorter.
_LONGEST: Final = 200
_WORDS: Final = 8
_WORD: Final = regex.compile(r"[\p{L}\p{N}]+")
#: Similarity under which two spellings are not offered as one name.
_SIMILAR: Final = 0.65
#: What an answer is worth by its way, against 1 for the spelling itself. A ranking, not fitted.
_KEY: Final = 0.97
_NEAR: Final = 0.95
_BEGINNING: Final = 0.9
_WORDED: Final = 0.89
#: Of forms f and g (one of each script) of entry e: a person, a gazetteer or a page says that
#: they are one name. A generated Arabic form and a proposed English one are said by none of them.
_SEEN = """(e.status = 'accepted'
 OR EXISTS (SELECT 1 FROM evidence v WHERE v.entry = e.number AND v.kind = 'gazetteer')
 OR (CASE ? WHEN 'en' THEN f.count ELSE g.count END > 0
     AND (EXISTS (SELECT 1 FROM evidence v WHERE v.entry = e.number AND v.kind = 'parallel')
          OR NOT EXISTS (SELECT 1 FROM evidence v WHERE v.entry = e.number AND v.kind = 'model'))))"""


@dataclass(frozen=True, slots=True)
class Found(Record):
    """An entry that may be what was looked up.

    Args:
        entry: the entry.
        probability: 1 for the spelling itself, less the farther it is; where several entries
            have that very spelling, each has its share of the times it was seen. It ranks the
            answers; it was not fitted to how often they are right.
        why: which of its spellings answered, and how.
    """

    entry: Entry
    probability: float
    why: str


def lookup(store: Store, text: str, limit: int = 10) -> list[Found]:
    """The entries that ``text`` may name, likeliest first.

    Args:
        store: where to look.
        text: a name in either script, perhaps misspelt, its beginning, or some of its words.
        limit: how many to give at most.
    """
    query = storable(" ".join(text.split())[:_LONGEST])
    if not query or limit < 1:
        return []
    script: Script = "ar" if has_arabic(query) else "en"
    best: dict[int, tuple[float, int, _Like]] = {}
    likes = _likes(store, query, script)
    for spelling, entries in _entries_of(store, list(likes)).items():
        total = sum(count + 1 for _, count in entries)
        for entry, count in entries:
            score = likes[spelling].score * (count + 1) / total
            if entry not in best or (score, count) > best[entry][:2]:
                best[entry] = (score, count, likes[spelling])
    for entry, like in _with_words(store, query):
        if entry not in best or like.score > best[entry][0]:
            best[entry] = (like.score, 0, like)
    chosen = sorted(best.items(), key=lambda item: (-item[1][0], -item[1][1], item[0]))[:limit]
    found = store.numbered([number for number, _ in chosen])
    return [
        Found(found[number], round(score, 4), _reason(query, like, script))
        for number, (score, _, like) in chosen
    ]


class _Like(NamedTuple):
    """How a spelling answers a query: how well, and by what."""

    score: float
    text: str
    way: Literal["same", "key", "begins", "near", "words"]


def _likes(store: Store, query: str, script: Script) -> dict[int, _Like]:
    """Spellings like the query, by their number, each in its best way."""
    key = key_of(query, script)
    likes: dict[int, _Like] = {}
    if not key:
        return likes
    same = store.rows("SELECT number, text FROM spelling WHERE script = ? AND key = ?", (script, key))
    # What is in the lexicon was not misspelt.
    for number, text, similarity in [] if same else _near(store, key, script):
        likes[number] = _Like(_NEAR * similarity, text, "near")
    for number, text, longer in store.rows(
        "SELECT number, text, key FROM spelling WHERE script = ? AND key > ? AND key < ? LIMIT ?",
        (script, key, key + "\U0010ffff", _BEGINNINGS),
    ):
        like = _Like(_BEGINNING * (0.7 + 0.3 * len(key) / len(longer)), text, "begins")
        likes[number] = max(like, likes.get(number, like))
    for number, text in same:
        likes[number] = _Like(1.0, text, "same") if text == query else _Like(_KEY, text, "key")
    return likes


def _near(store: Store, key: str, script: Script) -> list[tuple[int, str, float]]:
    """Spellings that share two rare trigrams with the key, with their similarity to it."""
    shared: Counter[int] = Counter()
    for first, second in _gram_pairs(store, key):
        shared.update(
            number
            for (number,) in store.rows(
                "SELECT rowid FROM spelling_near WHERE spelling_near MATCH ? LIMIT ?",
                (f"{_quoted(first)} AND {_quoted(second)}", _ROWS),
            )
        )
    numbers = [number for number, _ in shared.most_common(_COMPARED)]
    rows = store.rows(
        # +script, lest SQLite read the whole index of the script
        f"SELECT number, text, key FROM spelling WHERE number IN ({_marks(numbers)}) AND +script = ?",  # noqa: S608  (question marks only)
        (*numbers, script),
    )
    alike = process.extract(
        key, [row[2] for row in rows], scorer=fuzz.ratio, score_cutoff=100 * _SIMILAR, limit=None
    )
    return [(rows[i][0], rows[i][1], score / 100) for _, score, i in alike if score < 100]


def _gram_pairs(store: Store, key: str) -> list[tuple[str, str]]:
    """Pairs of the key's rarest trigrams, cheapest first, within what one look-up may cost.

    The two have no letter in common, so that one wrong letter spoils one of them at most. A key
    too short for that has its rarest trigrams paired with themselves.
    """
    grams = [key[i : i + 3] for i in range(len(key) - 2)]
    counts = dict(
        store.rows(f"SELECT term, count FROM gram WHERE term IN ({_marks(grams)})", grams)  # noqa: S608  (question marks only)
    )
    rarest = sorted((counts[gram], i, gram) for i, gram in enumerate(grams) if gram in counts)[:_RAREST]
    pairs = sorted((min(a[0], b[0]), a[2], b[2]) for a, b in combinations(rarest, 2) if abs(a[1] - b[1]) >= 3)
    chosen: list[tuple[str, str]] = []
    cost = 0
    for count, first, second in pairs or [(count, gram, gram) for count, _, gram in rarest]:
        cost += count
        if chosen and cost > _COST:
            break
        chosen.append((first, second))
    return chosen


def _quoted(gram: str) -> str:
    """A trigram as an FTS5 string."""
    doubled = gram.replace('"', '""')
    return f'"{doubled}"'


def _with_words(store: Store, query: str) -> Iterator[tuple[int, _Like]]:
    """Entries whose name has every word of the query."""
    words = _WORD.findall(query)
    match = " ".join(f'"{word}"' for word in words[:_WORDS])
    if not match:
        return
    for number, ar, canonical in store.rows(
        "SELECT rowid, ar, canonical FROM entry_search WHERE entry_search MATCH ? LIMIT ?",
        (match, _BEGINNINGS),
    ):
        name = ar if has_arabic(query) and ar else canonical
        yield number, _Like(_WORDED * (0.7 + 0.3 * min(1.0, len(query) / len(name))), name, "words")


def _entries_of(store: Store, spellings: list[int]) -> dict[int, list[tuple[int, int]]]:
    """For each spelling the entries that have it, with its count there."""
    found: dict[int, list[tuple[int, int]]] = {}
    for spelling, entry, count in store.rows(
        f"SELECT spelling, entry, count FROM form WHERE spelling IN ({_marks(spellings)})",  # noqa: S608  (question marks only)
        spellings,
    ):
        found.setdefault(spelling, []).append((entry, count))
    return found


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def _reason(query: str, like: _Like, script: Script) -> str:
    """Why a spelling answered, for a person."""
    if like.way == "same":
        return f"{like.text}: the spelling itself"
    if like.way == "begins":
        return f"{like.text} begins with it"
    if like.way == "words":
        return f"{like.text} has its words"
    codes = ", ".join(differences(like.text, query)) if script == "en" else ""
    if like.way == "key":
        return f"{like.text} but for {codes or 'letters of one sound'}"
    return f"{like.text} is {like.score / _NEAR:.0%} alike" + (f" ({codes})" if codes else "")


def attested(store: Store, text: str, script: Script) -> tuple[tuple[str, int], ...]:
    """Spellings in the other script attested for a name, with counts, most frequent first.

    The name is taken as written; where no entry has it so, as folded.
    """
    text = storable(" ".join(text.split()))
    for column, value in (("text", text), ("key", key_of(text, script))):
        rows = tuple(
            store.query(
                # CROSS JOIN: the few entries of the name first, whatever SQLite guesses
                "SELECT y.text, sum(g.count) AS total FROM spelling x "  # noqa: S608  (text or key)
                "CROSS JOIN form f ON f.spelling = x.number CROSS JOIN entry e ON e.number = f.entry "
                "CROSS JOIN form g ON g.entry = e.number CROSS JOIN spelling y ON y.number = g.spelling "
                f"WHERE x.script = ? AND x.{column} = ? AND y.script = ? AND e.status <> 'rejected' "
                f"AND e.ar IS NOT NULL AND {_SEEN} GROUP BY y.text ORDER BY total DESC, y.text",
                (script, value, "en" if script == "ar" else "ar", script),
            )
        )
        if rows:
            return rows
    return ()
