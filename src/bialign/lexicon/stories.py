"""The stories of pages in the store: packed, with the vector they are compared by and their original."""

from __future__ import annotations

import json
import sqlite3
import zlib
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bialign.lexicon.records import Source, Story
from bialign.model import Language

Floats = NDArray[np.float32]

#: The setting that says that stories came or went since they were last paired.
_UNPAIRED: Final = "stories"
#: Half precision: a cosine moves by a thousandth, the file is half as large.
_KEPT: Final = np.float16


def keep(connection: sqlite3.Connection, number: int, source: Source) -> None:
    """Record the story of a source in the place of what it told before.

    English stories whose original told something else before are linked again.
    """
    old = connection.execute("SELECT told FROM story WHERE source = ?", (number,)).fetchone()
    story = source.story
    if old is None and story is None:
        return
    told = None if story is None else _pack(story)
    if old is not None and old[0] != told:
        for (english,) in connection.execute(
            "SELECT source FROM story WHERE original = ?", (source.id,)
        ).fetchall():
            unlink(connection, english)
    connection.execute("DELETE FROM story WHERE source = ?", (number,))
    if story is not None:
        vector = None if story.vector is None else np.array(story.vector, _KEPT).tobytes()
        row = (number, source.language, told, vector, story.original)
        connection.execute("INSERT INTO story VALUES (?,?,?,?,?)", row)
    connection.execute("INSERT OR REPLACE INTO setting VALUES (?,'unpaired')", (_UNPAIRED,))


def story_of(connection: sqlite3.Connection, number: int) -> Story | None:
    """The story of a source, if one is kept."""
    row = connection.execute(
        "SELECT told, vector, original FROM story WHERE source = ?", (number,)
    ).fetchone()
    if row is None:
        return None
    vector = None if row[1] is None else tuple(np.frombuffer(row[1], _KEPT).astype(float).tolist())
    return Story(*told(row[0]), vector, row[2])


def told(packed: bytes) -> tuple[str, str, str]:
    """Title, body and text of a packed story."""
    title, body, text = json.loads(zlib.decompress(packed))
    return title, body, text


def _pack(story: Story) -> bytes:
    return zlib.compress(json.dumps([story.title, story.body, story.text]).encode())


def unlink(connection: sqlite3.Connection, number: int, original: str | None = None) -> None:
    """Forget what an English story was linked by; its original is another one now, or none."""
    connection.execute("DELETE FROM link WHERE source = ? AND kind = 'parallel'", (number,))
    connection.execute("UPDATE story SET original = ? WHERE source = ?", (original, number))


def unpaired(connection: sqlite3.Connection) -> bool:
    """Whether stories of both languages are there and some came or went since they were paired."""
    languages = connection.execute("SELECT count(DISTINCT language) FROM story").fetchone()[0]
    changed = connection.execute("SELECT 1 FROM setting WHERE name = ?", (_UNPAIRED,)).fetchone()
    return languages > 1 and changed is not None


def any_kept(connection: sqlite3.Connection) -> bool:
    """Whether the store has any story."""
    return connection.execute("SELECT 1 FROM story LIMIT 1").fetchone() is not None


def paired(connection: sqlite3.Connection) -> None:
    """Note that the stories are paired as they now are."""
    connection.execute("DELETE FROM setting WHERE name = ?", (_UNPAIRED,))


def numbers(connection: sqlite3.Connection, language: Language) -> list[tuple[int, str]]:
    """The sources with a story in a language: their numbers and ids, by id."""
    rows = connection.execute(
        "SELECT t.source, s.id FROM story t JOIN source s ON s.number = t.source "
        "WHERE t.language = ? ORDER BY s.id",
        (language,),
    )
    return [(number, name) for number, name in rows]


def without_vector(connection: sqlite3.Connection) -> list[int]:
    """The sources whose story has no vector yet."""
    return [number for (number,) in connection.execute("SELECT source FROM story WHERE vector IS NULL")]


def set_vector(connection: sqlite3.Connection, number: int, vector: Floats) -> None:
    """Keep the vector of a story."""
    connection.execute(
        "UPDATE story SET vector = ? WHERE source = ?", (vector.astype(_KEPT).tobytes(), number)
    )


def vectors(connection: sqlite3.Connection, wanted: list[int]) -> Floats:
    """The vectors of stories ``[n, width]``, in the order wanted."""
    kept = [
        connection.execute("SELECT vector FROM story WHERE source = ?", (number,)).fetchone()[0]
        for number in wanted
    ]
    return np.stack([np.frombuffer(vector, _KEPT) for vector in kept]).astype(np.float32)
