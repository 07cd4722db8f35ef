"""Pages written out whole, with their gold marked in place: the layouts separated at first sight.

A file holds pages, each under a line ``=== name.suffix language key=value …`` (``pub``, ``upd``,
``crawled``, ``unscored``, ``enc``). In a page ``⟦kind|text⟧`` writes the text and says what it is:
``T`` title, ``TA`` Arabic title of a ``mul`` page, ``P`` and ``PA`` a paragraph of the two bodies,
``dp`` and ``da`` place and agency of the dateline, ``c role+role`` a credited name, ``s`` section,
``k`` tag, ``hp`` ``hn`` ``hr`` a previous, next, related headline. ``⟦MORE|tag|count|language⟧`` writes
paragraphs of news from a bitext, sentences that nobody here wrote.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import regex
from seeded import seeded

FOLDER: Final = Path(__file__).parent / "first_sight"
NEWS: Final = Path(__file__).parents[3] / "shared/data/bitext/flores"
_MARK: Final = regex.compile(r"⟦([^|⟧]+)\|([^⟧]*)⟧")
_TAG: Final = regex.compile(r"<[^>]*>")
_RELATIONS: Final = {"hp": "previous", "hn": "next", "hr": "related"}


@dataclass(frozen=True)
class Literal:
    """A page as a file holds it, and the fields of a ``Page`` that a careful reader would give."""

    name: str
    text: str
    gold: dict[str, Any]
    crawled: str | None = None
    encoding: str = "utf-8"


@cache
def _news() -> list[dict[str, str]]:
    """Aligned sentences, in the order of their documents."""
    sides = {side: (NEWS / f"{side}.txt").read_text("utf-8").splitlines() for side in ("en", "ar")}
    return [dict(zip(sides, pair, strict=True)) for pair in zip(*sides.values(), strict=True)]


class _Writer:
    def __init__(self, name: str, language: str, options: dict[str, str]) -> None:
        self.markup = name.endswith("html")
        self.language = language
        self.rng = seeded(name)
        self.bodies: dict[str, list[str]] = {"P": [], "PA": []}
        self.gold: dict[str, Any] = {
            "language": language,
            "title": "",
            "dateline": None,
            "title_ar": None,
            "published": options.get("pub"),
            "updated": options.get("upd"),
            "credits": [],
            "categories": [],
            "tags": [],
            "headlines": [],
            "unscored": [field for field in options.get("unscored", "").split(",") if field],
        }

    def write(self, match: regex.Match[str]) -> str:
        kind, _, roles = match[1].partition(" ")
        shown: str = match[2]
        text = " ".join(html.unescape(_TAG.sub("", shown)).split()) if self.markup else shown.strip()
        match kind:
            case "MORE":
                return self._more(*shown.split("|"))
            case "T" | "TA":
                self.gold["title" if kind == "T" else "title_ar"] = text
            case "P" | "PA":
                self.bodies[kind].append(text)
            case "dp" | "da":
                line = self.gold["dateline"] or {"place": None, "agency": None}
                self.gold["dateline"] = line | {"place" if kind == "dp" else "agency": text}
            case "c":
                self.gold["credits"] += [
                    {"role": role, "name": text}
                    for role in roles.split("+")
                    if {"role": role, "name": text} not in self.gold["credits"]
                ]
            case "s" | "k":
                field = self.gold["categories" if kind == "s" else "tags"]
                field += [text.strip("#").replace("_", " ")]
            case _:
                self.gold["headlines"].append({"relation": _RELATIONS[kind], "text": text})
        return shown

    def _more(self, tag: str, count: str, language: str = "") -> str:
        side = language or ("ar" if self.language == "ar" else "en")
        news = _news()
        start = self.rng.randrange(len(news) - 3 * int(count))
        paragraphs = []
        for _ in range(int(count)):
            size = self.rng.choice((1, 1, 2, 3))
            paragraphs.append(" ".join(row[side] for row in news[start : start + size]))
            start += size
        self.bodies["PA" if side == "ar" and self.language == "mul" else "P"] += paragraphs
        if not self.markup:
            return ("\n\n" if tag == "blank" else "\n").join(paragraphs)
        shown = [html.escape(paragraph, quote=False) for paragraph in paragraphs]
        if tag == "br":
            return "<br><br>".join(shown)
        return "\n".join(f"<{tag}>{paragraph}</{tag.split(maxsplit=1)[0]}>" for paragraph in shown)


def read_batch(path: Path) -> Iterator[Literal]:
    """The pages of a batch.

    Args:
        path: a file of pages.
    """
    for part in path.read_text("utf-8").split("\n=== ")[0:]:
        head, _, body = part.removeprefix("=== ").partition("\n")
        name, language, *settings = head.split()
        options = dict(setting.split("=", 1) for setting in settings)
        writer = _Writer(name, language, options)
        text = _MARK.sub(writer.write, body)
        gold = writer.gold
        gold["body"] = "\n\n".join(writer.bodies["P"])
        gold["body_ar"] = "\n\n".join(writer.bodies["PA"]) if language == "mul" else None
        yield Literal(name, text, gold, options.get("crawled"), options.get("enc", "utf-8"))


def batches() -> list[Path]:
    """The batches, oldest first."""
    return sorted(FOLDER.glob("batch*.txt"))
