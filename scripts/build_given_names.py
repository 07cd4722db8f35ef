"""Make ``resources/pages/given_names.tsv``: given names by which a bare byline is told from a section.

Source: ``person_words.tsv`` of the shared data (Wikidata and the Dziri names list, CC0), words with the
role ``given``, counted over countries; those seen at least ``--least`` times in either script.

    python scripts/build_given_names.py ../shared/data/names/person_words.tsv
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from pathlib import Path

from bialign.files import writing
from bialign.pages.folding import fold

TARGET = Path(__file__).parents[1] / "src/bialign/resources/pages/given_names.tsv"

#: Common names that stand too rarely in the source; we wrote them.
ADDED = Path(__file__).parents[1] / "data/given_names_added.txt"


def added() -> set[tuple[str, str]]:
    """The names of ``ADDED``, folded, each with its language."""
    lines = ADDED.read_text("utf-8").splitlines()
    names = {fold(word) for line in lines if not line.startswith("#") for word in line.split()}
    return {("en" if word.isascii() else "ar", word) for word in names}


def main() -> None:
    """Count the given names and write the frequent ones."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("source", type=Path, help="person_words.tsv")
    parser.add_argument("--least", type=int, default=2, help="least count of a name (default 2)")
    options = parser.parse_args()
    counts: Counter[tuple[str, str]] = Counter()
    with options.source.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["role"] == "given":
                counts[fold(row["ar"]), "ar"] += int(row["count"])
                counts[fold(row["en"]), "en"] += int(row["count"])
    counted = {
        (language, word)
        for (word, language), count in counts.items()
        if count >= options.least and len(word) > 2 and " " not in word
    }
    kept = sorted(counted | added())
    with writing(TARGET) as out:
        out.write("# Given names of Arabs (Wikidata and Dziri, CC0; some added), folded. word, language\n")
        out.writelines(f"{word}\t{language}\n" for language, word in kept)
    print(f"{len(kept)} words in {TARGET}")


if __name__ == "__main__":
    main()
