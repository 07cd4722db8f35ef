"""Clean scraped pages: one JSON record a page, title and body apart from credits, dates, sections.

python scripts/clean_pages.py seeds -o pages.jsonl
"""

from __future__ import annotations

import argparse
import sys

from bialign import read_pages, separate
from bialign.errors import BialignError
from bialign.files import write_jsonl


def main() -> None:
    """Read the inputs named on the command line and write their records."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help="a file, a folder, a glob, or -")
    parser.add_argument(
        "-o", "--out", default="-", metavar="FILE", help="where to write (default: standard output)"
    )
    options = parser.parse_args()
    try:
        write_jsonl((separate(raw) for name in options.inputs for raw in read_pages(name)), options.out)
    except BialignError as error:
        sys.exit(f"clean_pages: {error}")


if __name__ == "__main__":
    main()
