"""What the commands over names share: reading names, and writing their spellings."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import IO

from bialign.cli.common import Failures
from bialign.errors import InputError
from bialign.files import STANDARD, dumps, expand, read_text, writing
from bialign.model import Candidate, Match

_AT_ONCE = 2000
_ARABIC_RUN = re.compile("[\u0600-\u06ff]+(?: [\u0600-\u06ff]+)*")
#: Names told of when a file is of the wrong script, and characters of each.
_TOLD, _SHOWN = 10, 60
_BOUNDS = "at most 64 letters a word, 320 a name"


def read_names(path: str) -> Iterator[str]:
    """Names of a file, one a line, blank lines kept out; ``-`` is standard input.

    Raises:
        InputError: the file cannot be read or is no UTF-8 text.
    """
    yield from (line.strip() for line in read_text(path).split("\n") if line.strip())


def gather(names: list[str] | None, inputs: list[str], failures: Failures) -> Iterator[str]:
    """Names given as arguments, then those of files; standard input where neither is given.

    An argument that is ``-`` or names a file stands for the names in it.
    """
    for name in names or []:
        # os.path: a name may be too long to be a file's, which Path takes for an error
        if name == STANDARD or os.path.isfile(name):  # noqa: PTH113  (see above)
            yield from failures.each([name], read_names)
        else:
            yield name
    yield from failures.each(expand(inputs or ([] if names else [STANDARD])), read_names)


def transliterate(
    names: list[str] | None,
    inputs: list[str],
    out: str,
    work: Callable[[list[str]], list[list[Candidate]]],
    *,
    script: str,
    as_json: bool,
) -> None:
    """Write every name's spellings: tab separated (name, spelling, probability, attested) or JSON.

    A name without a letter of the ``script`` has none: its JSON says so, a table leaves it out and
    an error line tells, as it does of what is too long for a name.
    """
    from bialign.names.letters import overlong

    failures = Failures()
    without = 0
    with writing(out) as stream:
        waiting = gather(names, inputs, failures)
        while some := list(islice(waiting, _AT_ONCE)):
            for name, candidates in zip(some, work(some), strict=True):
                _write(stream, name, candidates, as_json=as_json)
                if overlong(name):
                    failures.note(InputError(f"too long for a name: {name[:_SHOWN]!r} …", mend=_BOUNDS))
                elif not candidates and not as_json:
                    without += 1
                    if without <= _TOLD:
                        failures.note(InputError(f"no {script} letters in the name {name[:_SHOWN]!r}"))
    if without > _TOLD:
        failures.note(InputError(f"{without - _TOLD} more names without {script} letters"))
    failures.leave()


def _write(stream: IO[str], name: str, candidates: list[Candidate], *, as_json: bool) -> None:
    if as_json:
        stream.write(dumps({"name": name, "candidates": [c.to_dict() for c in candidates]}) + "\n")
        return
    for c in candidates:
        mark = "attested" if c.attested else "model"
        stream.write(f"{name}\t{c.text}\t{c.probability:.3f}\t{mark}\n")


def read_pairs(path: str) -> Iterator[tuple[str, str]]:
    """Tab-separated pairs of names, one a line.

    Raises:
        InputError: the file cannot be read, or a line is no pair.
    """
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if not line.strip():
            continue
        parts = [part.strip() for part in line.split("\t")]
        if len(parts) < 2:
            raise InputError("no pair", path=path, place=f"line {number}", mend="name, tab, name")
        yield parts[0], parts[1]


def gather_pairs(names: list[str] | None, inputs: list[str], failures: Failures) -> Iterator[tuple[str, str]]:
    """The pair given as arguments, then those of files; standard input where neither is given."""
    given = list(names or [])
    if given:
        yield given[0], given[1]
    yield from failures.each(expand(inputs or ([] if given else [STANDARD])), read_pairs)


def judge(pairs: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str, Match]]:
    """Each pair with its judgement."""
    from bialign.names.matching import match
    from bialign.text.presence import has_arabic

    for a, b in pairs:
        if has_arabic(a) != has_arabic(b):
            yield a, b, match(a, b)
        else:  # asks more of the models, and what it imports is not wanted for a pair in two scripts
            from bialign.names.sameness import same_name

            yield a, b, same_name(a, b)


def rank(names: Iterator[str], against: str, n: int) -> Iterator[tuple[str, str, Match]]:
    """For each name the ``n`` likeliest of a list; of a long one, among those that blocking proposes.

    Raises:
        InputError: the list cannot be read.
    """
    import numpy as np

    from bialign.names.index import CANDIDATES, NameIndex
    from bialign.names.sameness import same_many, same_name

    others = list(read_names(against))
    index = NameIndex(others) if len(others) > CANDIDATES else None
    for name in names:
        positions = range(len(others)) if index is None else index.candidates(name, max(CANDIDATES, n))
        near = [others[k] for k in positions]
        scores = same_many([(name, other) for other in near])
        for k in np.argsort(-scores, kind="stable")[:n]:
            yield name, near[k], same_name(name, near[k])


def write_matches(
    stream: IO[str], judged: Iterator[tuple[str, str, Match]], *, explain: bool, as_json: bool
) -> None:
    """Write judgements: tab separated (probability, name, name), with the evidence below if asked for."""
    for a, b, found in judged:
        if as_json:
            stream.write(dumps({"a": a, "b": b} | found.to_dict()) + "\n")
            continue
        stream.write(f"{found.probability:.3f}\t{a}\t{b}\n")
        if explain:
            stream.writelines(f"    {set_right(line)}\n" for line in found.evidence)
            if found.differences:
                stream.write(f"    differences: {', '.join(found.differences)}\n")


def set_right(line: str) -> str:
    """A line of evidence that reads left to right, each run of Arabic in it right to left.

    Without the isolates (Unicode Standard Annex 9) the marks between two Arabic letters would turn
    with them, and ``م→– ي→i`` be shown the wrong way round.
    """
    return "\u2066" + _ARABIC_RUN.sub("\u2067\\g<0>\u2069", line) + "\u2069"
