"""Compose news pages with known answers, and score a separator on them.

    python scripts/compose_pages.py OUT [--pages 600] [--seed 1]    write pages and gold
    python scripts/compose_pages.py OUT --score [--failures FILE]   separate them and score

Pages come from the layouts of ``scripts/composing`` (text and HTML; English, Arabic and both), all
names, headlines and sentences invented there. The same seed gives the same pages. ``OUT/gold.jsonl``
has one line a page: its file, its layout and the fields of a ``Page`` a careful reader would give.
The layouts know nothing of the separator.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from composing import stories
from composing.drafts import Draft
from composing.scoring import EXACT, compare, score
from seeded import seeded


@dataclass(frozen=True)
class Composed:
    """A composed page.

    Args:
        name: file name, whose suffix tells text, HTML and JSON lines apart.
        layout: the layout's name.
        text: what the file holds, before it is encoded.
        gold: the fields of a ``Page``.
        encoding: what to encode it with.
    """

    name: str
    layout: str
    text: str
    gold: dict[str, Any]
    encoding: str = "utf-8"


@dataclass(frozen=True)
class Layout:
    """A layout.

    Args:
        name: what it is called.
        suffix: ``txt`` or ``html``.
        languages: of its stories.
        options: ``crlf`` and ``bom`` as they say, ``cp1256`` for the encoding.
        text: the page with its slots.
    """

    name: str
    suffix: str
    languages: list[str]
    options: list[str]
    text: str


LAYOUTS = Path(__file__).parent / "composing" / "layouts.txt"


def read_layouts(path: Path = LAYOUTS) -> list[Layout]:
    """The layouts of a file."""
    layouts = []
    for part in path.read_text("utf-8").split("=== ")[1:]:
        head, _, text = part.partition("\n")
        file, *words = head.split()
        name, _, suffix = file.partition(".")
        languages = [word for word in words if word in ("en", "ar", "mul")]
        options = [word for word in words if word not in languages]
        layouts.append(Layout(name, suffix, languages, options, text.removesuffix("\n")))
    return layouts


def compose(pages: int = 600, seed: int = 1, path: Path = LAYOUTS) -> Iterator[Composed]:
    """Composed pages, layouts taking turns.

    Args:
        pages: how many.
        seed: where all choices come from.
        path: the layouts.

    Yields:
        The pages in order.
    """
    layouts = read_layouts(path)
    sites = list(zip(stories.WORDS["sites"], stories.WORDS["sites_en"], strict=True))
    for number in range(pages):
        layout = layouts[number % len(layouts)]
        rng = seeded(f"{seed}/{number}")
        told = stories.story(rng, rng.choice(layout.languages))
        site = sites[number % len(layouts) % len(sites)]
        draft = Draft(rng, site, told, markup=layout.suffix == "html")
        text = draft.fill(layout.text)
        suffix = layout.suffix
        if draft.crawled:
            suffix, text = (
                "jsonl",
                json.dumps({"text": text, "crawled": draft.crawled}, ensure_ascii=False) + "\n",
            )
        if "crlf" in layout.options:
            text = text.replace("\n", "\r\n")
        encoding = (
            "cp1256" if "cp1256" in layout.options else "utf-8-sig" if "bom" in layout.options else "utf-8"
        )
        yield Composed(f"{number:04}_{layout.name}.{suffix}", layout.name, text, draft.gold, encoding)


def write(folder: Path, pages: int, seed: int, path: Path = LAYOUTS) -> None:
    """Write the pages and ``gold.jsonl`` into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "gold.jsonl").open("w", encoding="utf-8") as gold:
        for page in compose(pages, seed, path):
            (folder / page.name).write_bytes(page.text.encode(page.encoding))
            gold.write(
                json.dumps({"file": page.name, "layout": page.layout} | page.gold, ensure_ascii=False) + "\n"
            )


def separated(folder: Path) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Gold and separated page of every page in a folder, each separated alone."""
    from bialign.pages.reading import read_pages
    from bialign.pages.separating import separate

    for line in (folder / "gold.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)
        (raw,) = read_pages(str(folder / gold["file"]))
        yield gold, separate(raw).to_dict()


def failures(pairs: list[tuple[dict[str, Any], dict[str, Any]]]) -> str:
    """What is wrong by layout and field, the first example of each written out."""
    wrong: dict[tuple[str, str], list[str]] = defaultdict(list)
    for gold, page in pairs:
        scores = compare(gold, page)
        for field in (*EXACT, "body", "body_ar"):
            if scores.get(field, 1.0) < 1.0:
                wrong[gold["layout"], field].append(
                    f"{gold['file']}\n    gold  {gold[field]!r}\n    found {page[field]!r}"
                )
    parts = [
        f"## {layout}: {field} ({len(cases)})\n  {cases[0][:1500]}\n"
        for (layout, field), cases in sorted(wrong.items())
    ]
    return "\n".join(parts)


def main() -> None:
    """Write pages, or score the separator on pages written before."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--layouts", type=Path, default=LAYOUTS, help="a file of other layouts")
    parser.add_argument("--score", action="store_true")
    parser.add_argument("--failures", type=Path)
    options = parser.parse_args()
    if not options.score:
        write(options.folder, options.pages, options.seed, options.layouts)
        return
    pairs = list(separated(options.folder))
    for name, value in score(pairs).items():
        print(f"{name:20} {value:.5f}" if name != "pages" else f"{name:20} {value:.0f}")
    if options.failures:
        options.failures.write_text(failures(pairs), encoding="utf-8")


if __name__ == "__main__":
    main()
