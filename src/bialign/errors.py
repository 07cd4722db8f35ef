"""The errors a caller or a person at the command line meets: one line, the place, the mend."""

from __future__ import annotations


class BialignError(Exception):
    """Base of every error bialign raises on purpose.

    Args:
        message: what is wrong, in one line.
        path: the file it is in, as the caller named it.
        place: where in that file (``"line 3"``, ``"byte 120"``).
        mend: what the person can do about it.

    >>> str(BialignError("not JSON", path="a.jsonl", place="line 3", mend="one object a line"))
    'a.jsonl: line 3: not JSON (one object a line)'
    """

    def __init__(
        self, message: str, *, path: str | None = None, place: str | None = None, mend: str | None = None
    ) -> None:
        super().__init__(message, path, place, mend)
        self.message = message
        self.path = path
        self.place = place
        self.mend = mend

    def __str__(self) -> str:
        head = ": ".join(part for part in (self.path, self.place, self.message) if part)
        line = f"{head} ({self.mend})" if self.mend else head
        return " ".join(line.split())


class InputError(BialignError):
    """An input cannot be read: missing, empty, binary, wrongly encoded, malformed."""


class UsageError(BialignError):
    """The call itself is wrong: an unknown profile, options that exclude each other."""


class StoreError(BialignError):
    """A lexicon file cannot be opened or written: locked, damaged, of another version."""


class NotParallel(BialignError):  # noqa: N818  (the name DESIGN.md gives it)
    """Two texts given as translations of each other are not."""
