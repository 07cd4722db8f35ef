"""Looking a name up in the store: as written, as folded, as a beginning, and misspelt.

Misspelt input is found by letter trigrams: of those in the query the rarest in the lexicon are
looked up (a misspelling leaves most trigrams whole), so that the work does not grow with the
lexicon; the spellings they bring are then compared letter by letter (Indel similarity of the
comparison keys, Levenshtein 1966 without substitution).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from bialign.lexicon.store import Script, Store, key_of, storable
from bialign.model import Entry, Record
from bialign.names.differences import differences
from bialign.text.scripts import has_arabic

#: Rows of the trigram index one look-up may touch, and spellings it compares in full.
_ROWS: Final = 6000
_COMPARED: Final = 300
#: Spellings taken that begin with the query.
_BEGINNINGS: Final = 50
#: Longest query in characters; names are shorter.
_LONGEST: Final = 200
#: Similarity under which two spellings are not offered as one name.
_SIMILAR: Final = 0.6
#: What a beginning is worth against a whole name.
_BEGINNING: Final = 0.9

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
            have that very spelling, each has its share of the times it was seen.
        why: which of its spellings answered, and how.
    """

    entry: Entry
    probability: float
    why: str


def lookup(store: Store, text: str, limit: int = 10) -> list[Found]:
    """The entries that ``text`` may name, likeliest first.

    Args:
        store: where to look.
        text: a name in either script, perhaps misspelt, or its beginning.
        limit: how many to give at most.
    """
    query = storable(" ".join(text.split())[:_LONGEST])
    if not query or limit < 1:
        return []
    script: Script = "ar" if has_arabic(query) else "en"
    scored: dict[int, tuple[float, str]] = {}
    for spelling, score, why in _spellings(store, query, script):
        if score > scored.get(spelling, (0.0, ""))[0]:
            scored[spelling] = (score, why)
    best: dict[int, tuple[float, int, str]] = {}
    for spelling, (score, why) in scored.items():
        rows = list(store.query("SELECT entry, count FROM form WHERE spelling = ?", (spelling,)))
        total = sum(count + 1 for _, count in rows)
        for entry, count in rows:
            shared = score * (count + 1) / total
            if (shared, count) > best.get(entry, (0.0, 0, ""))[:2]:
                best[entry] = (shared, count, why)
    chosen = sorted(best.items(), key=lambda item: (-item[1][0], -item[1][1], item[0]))[:limit]
    entries = store.numbered([number for number, _ in chosen])
    return [Found(entries[number], round(score, 4), why) for number, (score, _, why) in chosen]


def _spellings(store: Store, query: str, script: Script) -> list[tuple[int, float, str]]:
    """Spellings like the query: number, similarity, how."""
    key = key_of(query, script)
    found: list[tuple[int, float, str]] = []
    for number, text in store.query(
        "SELECT number, text FROM spelling WHERE script = ? AND key = ?", (script, key)
    ):
        how = _difference(query, text, script)
        found.append((number, 1.0 if text == query else 0.97, how))
    if not key:
        return found
    begins = list(
        store.query(
            "SELECT number, text, key FROM spelling WHERE script = ? AND key > ? AND key < ? LIMIT ?",
            (script, key, key + "\U0010ffff", _BEGINNINGS),
        )
    )
    for number, text, longer in begins:
        score = _BEGINNING * (0.5 + 0.5 * len(key) / len(longer))
        found.append((number, score, f"{text} begins with it"))
    near = _near(store, key, script)
    for number, text, score in near:
        if score < 1.0:
            found.append(
                (number, 0.95 * score, f"{text} is {score:.0%} alike: {_difference(query, text, script)}")
            )
    return found


def _near(store: Store, key: str, script: Script) -> list[tuple[int, str, float]]:
    """Spellings that share rare trigrams with the key, with their similarity to it."""
    grams = {key[i : i + 3] for i in range(len(key) - 2)}
    counts = []
    for gram in grams:
        [rows] = next(
            store.query("SELECT doc FROM spelling_gram WHERE term = ? AND col = 'key'", (gram,)), (0,)
        )
        if rows:
            counts.append((rows, gram))
    shared: Counter[int] = Counter()
    left = _ROWS
    for rows, gram in sorted(counts):
        if rows > left and shared:
            break
        quoted = gram.replace('"', '""')
        shared.update(
            number
            for (number,) in store.query(
                "SELECT rowid FROM spelling_search WHERE spelling_search MATCH ? LIMIT ?",
                (f'key : "{quoted}"', max(left, 0)),
            )
        )
        left -= rows
        if left <= 0:
            break
    numbers = [number for number, _ in shared.most_common(_COMPARED)]
    marks = ",".join("?" * len(numbers))
    rows_found = list(
        store.query(
            f"SELECT number, text, key FROM spelling WHERE script = ? AND number IN ({marks})",  # noqa: S608  (question marks only)
            (script, *numbers),
        )
    )
    alike = process.extract(
        key, [row[2] for row in rows_found], scorer=fuzz.ratio, score_cutoff=100 * _SIMILAR, limit=None
    )
    return [(rows_found[i][0], rows_found[i][1], score / 100) for _, score, i in alike]


def _difference(query: str, text: str, script: Script) -> str:
    if query == text:
        return "the spelling itself"
    if script == "ar":
        return f"{text} but for Arabic spelling"
    codes = ", ".join(differences(text, query))
    return f"{text} but for {codes}"


def attested(store: Store, text: str, script: Script) -> tuple[tuple[str, int], ...]:
    """Spellings in the other script attested for a name, with counts, most frequent first.

    The name is taken as written; where no entry has it so, as folded.
    """
    text = storable(" ".join(text.split()))
    for column, value in (("text", text), ("key", key_of(text, script))):
        rows = tuple(
            store.query(
                "SELECT y.text, sum(g.count) AS total FROM spelling x "  # noqa: S608  (text or key)
                "JOIN form f ON f.spelling = x.number JOIN entry e ON e.number = f.entry "
                "JOIN form g ON g.entry = e.number JOIN spelling y ON y.number = g.spelling "
                f"WHERE x.script = ? AND x.{column} = ? AND y.script = ? AND e.status <> 'rejected' "
                f"AND e.ar IS NOT NULL AND {_SEEN} GROUP BY y.text ORDER BY total DESC, y.text",
                (script, value, "en" if script == "ar" else "ar", script),
            )
        )
        if rows:
            return rows
    return ()
