"""Build a name-variant lexicon of scraped pages: every Arabic name with its English spellings.

python scripts/build_lexicon.py seeds -o lexicon.db
"""

from __future__ import annotations

import argparse
import sys

import bialign
from bialign.errors import BialignError
from bialign.files import expand


def main() -> int:
    """Read pages, build their lexicon, save it, print the names with the most spellings."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help="pages: files, folders, globs")
    parser.add_argument("-o", "--out", default="lexicon.db", metavar="FILE", help="the lexicon to write")
    parser.add_argument("--top", type=int, default=10, metavar="N", help="how many names to print")
    options = parser.parse_args()
    try:
        pages = [bialign.separate(raw) for name in expand(options.inputs) for raw in bialign.read_pages(name)]
        lexicon = bialign.build_lexicon(pages)
        lexicon.save(options.out)
    except BialignError as error:
        print(f"build_lexicon: {error}", file=sys.stderr)
        return 2
    seen = [(entry, [v for v in entry.variants if not v.proposed]) for entry in lexicon.entries()]
    for entry, variants in sorted(seen, key=lambda pair: -len(pair[1]))[: options.top]:
        print(entry.ar or "—", ", ".join(f"{v.text} ({v.count})" for v in variants), sep="\t")
    return 0


if __name__ == "__main__":
    sys.exit(main())
