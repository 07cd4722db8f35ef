"""Evaluate how consistently names are spelled across scraped pages.

python scripts/evaluate_consistency.py seeds --by translator
"""

from __future__ import annotations

import argparse
import sys

import bialign
from bialign.errors import BialignError
from bialign.files import expand


def main() -> int:
    """Read pages, build their lexicon, print the names that vary most."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("inputs", nargs="+", help="pages: files, folders, globs")
    parser.add_argument("--by", default="translator", help="translator, outlet, month …")
    parser.add_argument("--top", type=int, default=10, help="how many names to print")
    options = parser.parse_args()
    try:
        raws = [raw for name in expand(options.inputs) for raw in bialign.read_pages(name)]
        pages = [bialign.separate(raw) for raw in raws]
        report = bialign.consistency(pages, bialign.build_lexicon(pages), by=options.by)
    except BialignError as error:
        print(f"evaluate_consistency: {error}", file=sys.stderr)
        return 2
    varied = sorted((name for name in report.names if len(name.variants) > 1), key=lambda n: -n.occurrences)
    for name in varied[: options.top]:
        print(name.ar or "—", ", ".join(f"{v.text} ({v.count})" for v in name.variants), sep="\t")
    for group in report.groups:
        print(f"{group.group}: {group.departures} of {group.occurrences} not the usual spelling")
    return 0


if __name__ == "__main__":
    sys.exit(main())
