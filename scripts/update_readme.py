"""Write what `bialign run seeds` really prints into README.md, so that it is never made up."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
START, END = "<!-- run: make run -->\n```\n", "```\n<!-- /run -->"
_LINES = 12


def shown() -> str:
    """The lines of a real run that the README shows: one page, then the names."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bialign", "run", "seeds", "-o", str(Path(folder, "out"))]
        lines = subprocess.run(
            command, cwd=ROOT, check=True, capture_output=True, text=True
        ).stdout.splitlines()
    names = next(i for i, line in enumerate(lines) if " in English, " in line)
    return "\n".join([*lines[:3], "  …", *lines[names : names + _LINES - 4]]) + "\n"


def main() -> None:
    """Rewrite the block, or with --check say whether it is what a run prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="change nothing; exit 1 if the block is not current"
    )
    arguments = parser.parse_args()
    path = ROOT / "README.md"
    head, rest = path.read_text("utf-8").split(START)
    block, tail = rest.split(END)
    current = shown()
    if arguments.check:
        sys.exit(int(block != current))
    path.write_text(head + START + current + END + tail, "utf-8")


if __name__ == "__main__":
    main()
