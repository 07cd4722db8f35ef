"""Moses text: two files, a line of one translating the same line of the other."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bialign.errors import UsageError
from bialign.files import STANDARD, writing
from bialign.model import Entry


def write(entries: Iterable[Entry], path: str | Path) -> int:
    """Write ``X.ar`` and ``X.en`` for ``X.moses``: each seen spelling of an accepted or proposed name.

    Returns:
        How many entries were written: those with Arabic that was seen.

    Raises:
        UsageError: ``path`` is standard output, which cannot be two files.
    """
    if str(path) == STANDARD:
        raise UsageError("Moses text is two files", mend="name them with -o X.moses")
    stem = Path(path).with_suffix("") if Path(path).suffix == ".moses" else Path(path)
    count = 0
    with writing(f"{stem}.ar") as ar_out, writing(f"{stem}.en") as en_out:
        for entry in entries:
            seen = [v.text for v in entry.variants if not v.proposed]
            generated = any(e.kind == "model" for e in entry.evidence)
            if entry.ar is None or generated or entry.status == "rejected" or not seen:
                continue
            count += 1
            ar_out.writelines(" ".join(entry.ar.split()) + "\n" for _ in seen)
            en_out.writelines(" ".join(text.split()) + "\n" for text in seen)
    return count
