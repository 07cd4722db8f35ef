"""Write docs/commands.md from what every command says with --help."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

TARGET = Path(__file__).parent.parent / "docs/commands.md"
GROUPS = {
    "": ("run", "clean", "normalize", "romanize", "arabize", "match", "names"),
    "align": ("documents", "sentences", "words", "names", "score"),
    "lexicon": ("build", "lookup", "merge", "export", "import", "stats", "decide", "diff"),
    " ": ("consistency", "quality", "report"),
}
_INTRO = """# The commands

Made by `scripts/build_command_reference.py` from what each command says with `--help`.

Each stage reads and writes JSON lines; `-` is standard input or output. An input that cannot be read
gives one line on standard error, the rest are done, and the exit code is 2. Exit code 1 means findings
(`consistency --fail-under`), 0 that all went well.
"""


def reference() -> str:
    """The whole page."""
    parts = [_INTRO]
    for group, commands in GROUPS.items():
        for command in commands:
            words = [*group.split(), command]
            parts.append(f"## bialign {' '.join(words)}\n\n```\n{said(words)}```\n")
    return "\n".join(parts)


def said(words: list[str]) -> str:
    """What a command says with ``--help``."""
    done = subprocess.run(
        [sys.executable, "-c", "from bialign.cli import main; main()", *words, "--help"],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "COLUMNS": "100", "TERM": "dumb"},
    )
    text = done.stdout.replace("Usage: -c ", "Usage: bialign ")
    return "\n".join(line.rstrip() for line in text.strip().splitlines()) + "\n"


def main() -> None:
    """Write the page, or with --check say whether it is current."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 if the page is not current"
    )
    arguments = parser.parse_args()
    if arguments.check:
        sys.exit(int(TARGET.read_text("utf-8") != reference()))
    TARGET.write_text(reference(), "utf-8")


if __name__ == "__main__":
    main()
