"""Score the separator on pages written out whole, and keep what it scored at first sight.

    python scripts/first_sight.py [BATCH…] [--failures FILE]     score batches as the separator is now
    python scripts/first_sight.py BATCH --note                   and add the scores to the history

A batch of ``scripts/composing/first_sight`` is written before anybody looks at what the separator does
with it, and scored once, at a commit that ``history.tsv`` names; the separator is mended after that.
To print a first sight again: check that commit out and score the batch with it. Fields are per page:
right or wrong as a whole; bodies token F1.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from typing import Any

from composing.literal import FOLDER, batches, read_batch
from composing.scoring import EXACT, compare, score

Pair = tuple[dict[str, Any], dict[str, Any]]
FIELDS = ("title", "published", "updated", "credits", "dateline", "categories", "tags", "headlines", "body")
NAN = float("nan")  # no page of the batch is scored on the field
HISTORY = FOLDER / "history.tsv"


def separated(path: Path) -> list[tuple[str, Pair]]:
    """Name, gold and separated page of every page of a batch, each separated alone."""
    from bialign.pages.reading import page_from_bytes
    from bialign.pages.separating import separate

    pairs = []
    for page in read_batch(path):
        html = page.name.endswith("html")
        raw = page_from_bytes(
            page.text.encode(page.encoding, "replace"), page.name, html=html, crawled=page.crawled
        )
        pairs.append((page.name, (page.gold, separate(raw).to_dict())))
    return pairs


def failures(pairs: list[tuple[str, Pair]]) -> str:
    """What is wrong, page by page."""
    parts = []
    for name, (gold, page) in pairs:
        scores = compare(gold, page)
        wrong = [field for field in (*EXACT, "body", "body_ar") if scores.get(field, 1.0) < 1.0]
        parts += [f"## {name}: {f}\n    gold  {gold[f]!r}\n    found {page[f]!r}\n" for f in wrong]
    return "\n".join(parts)


def table(names: list[str], rows: list[dict[str, float]]) -> str:
    """Scores of batches, a line each."""
    head = (
        f"{'batch':<10}{'pages':>6}"
        + "".join(f"{field:>11}" for field in FIELDS)
        + f"{'leaked':>9}{'lost':>8}"
    )
    lines = [
        f"{name:<10}{row['pages']:>6.0f}"
        + "".join(f"{row.get(field, NAN):>11.3f}" for field in FIELDS)
        + f"{row['arabic_leaked']:>9.4f}{row['english_lost']:>8.4f}"
        for name, row in zip(names, rows, strict=True)
    ]
    return "\n".join([head, *lines])


def history() -> str:
    """What the batches scored at first sight."""
    names, rows = [], []
    for line in HISTORY.read_text("utf-8").splitlines()[1:] if HISTORY.exists() else ():
        name, commit, *values = line.split("\t")
        names.append(f"{name.removeprefix('batch')}@{commit}")
        keys = ("pages", *FIELDS, "arabic_leaked", "english_lost")
        rows.append(dict(zip(keys, map(float, values), strict=True)))
    return table(names, rows)


def note(path: Path, row: dict[str, float]) -> None:
    """Add a batch's scores to the history, once."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short=7", "HEAD"], check=True, capture_output=True, encoding="utf-8"
    ).stdout.strip()
    keys = ("pages", *FIELDS, "arabic_leaked", "english_lost")
    before = HISTORY.read_text("utf-8") if HISTORY.exists() else "\t".join(("batch", "commit", *keys)) + "\n"
    if f"\n{path.stem}\t" in before:
        sys.exit(f"first_sight: {path.stem} has been seen before")
    values = (f"{row.get(key, NAN):.5g}" for key in keys)
    HISTORY.write_text(before + "\t".join((path.stem, commit, *values)) + "\n", "utf-8")


def main() -> None:
    """Score batches."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("batch", type=Path, nargs="*", help="files of pages; all if left out")
    parser.add_argument("--failures", type=Path, help="where to write what is wrong")
    parser.add_argument("--note", action="store_true", help="add to the history of first sights")
    options = parser.parse_args()
    paths = options.batch or batches()
    found = {path: separated(path) for path in paths}
    rows = [score(pair for _, pair in pairs) for pairs in found.values()]
    print("as it is now")
    print(table([path.stem for path in paths], rows))
    if options.note:
        note(*next(zip(paths, rows, strict=True)))
    print("at first sight")
    print(history())
    if options.failures:
        options.failures.write_text("\n".join(map(failures, found.values())), encoding="utf-8")


if __name__ == "__main__":
    main()
