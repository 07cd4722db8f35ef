"""Fuzz the date grammar and the separator (by hand; needs atheris, which bialign does not).

    python scripts/fuzz_pages.py dates [libFuzzer options, e.g. -max_total_time=600]
    python scripts/fuzz_pages.py separate [CORPUS_FOLDER] [options]
    python scripts/fuzz_pages.py composed [--rounds 2000] [--seed 1]

The first two let libFuzzer invent input and watch coverage. ``composed`` needs no atheris: it cuts,
doubles, swaps and splices composed pages (``compose_pages.py``), text and HTML, as bytes. Each round
asserts what must hold of any input: no error but a ``BialignError`` in reading, spans in order and inside the
text, segments that tile it, stamps that are ISO 8601, no more time than a page of its size may take.
"""

from __future__ import annotations

import argparse
import datetime as dt
import inspect
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from compose_pages import compose
from seeded import seeded

from bialign.errors import BialignError
from bialign.pages.dates import find_dates, parse_date
from bialign.pages.reading import page_from_bytes
from bialign.pages.separating import separate

#: Seconds a page may take: a start, and so much for each character. Wide, for a loaded machine.
_START, _EACH = 2.0, 2e-4

#: Where ``composed`` leaves the page it is at, for a look at what broke.
LAST = Path(tempfile.gettempdir()) / "fuzz_pages.last"


def check_dates(text: str, crawled: str | None, day_first: bool | None) -> None:
    """Assert what must hold of the dates of any text."""
    begun = time.process_time()
    found = find_dates(text, crawled=crawled, day_first=day_first)
    parse_date(text, crawled=crawled, day_first=day_first)
    edges = [edge for date in found for edge in (date.start, date.end)]
    assert edges == sorted(edges), f"spans overlap in {text!r}"
    for date in found:
        assert 0 <= date.start < date.end <= len(text), f"a span leaves {text!r}"
        assert date.stamp is None or dt.datetime.fromisoformat(date.stamp), date
        assert date.cue_start is None or 0 <= date.cue_start <= date.start, date
    assert time.process_time() - begun < _START + _EACH * len(text), f"slow on {text[:200]!r}"


def check_page(data: bytes, *, html: bool | None, crawled: str | None) -> None:
    """Assert what must hold of the page any bytes make."""
    begun = time.process_time()
    try:
        raw = page_from_bytes(data, "fuzz", html=html, crawled=crawled)
    except BialignError:
        return
    page = separate(raw)
    at = 0
    for segment in page.segments:
        assert segment.start == at < segment.end, f"segments do not tile at {at}: {data[:200]!r}"
        at = segment.end
    assert at == len(raw.text), f"segments end at {at} of {len(raw.text)}"
    for stamp in (page.published, page.updated):
        assert stamp is None or dt.datetime.fromisoformat(stamp), stamp
    assert time.process_time() - begun < _START + _EACH * len(data), f"slow on {data[:200]!r}"


def mutated(rng: Random, data: bytes, other: bytes) -> bytes:
    """A page with some of its bytes cut, doubled, swapped, overwritten or spliced with another page."""
    for _ in range(rng.randint(1, 6)):
        a, b = sorted(rng.randrange(len(data) + 1) for _ in range(2))
        kind = rng.randrange(6)
        if kind == 0:
            data = data[:a] + data[b:]
        elif kind == 1:
            data = data[:b] + data[a : min(b, a + 400)] * rng.randint(1, 20) + data[b:]
        elif kind == 2:
            data = data[:a] + data[a:b][::-1] + data[b:]
        elif kind == 3:
            data = data[:a] + bytes(rng.randrange(256) for _ in range(rng.randint(1, 9))) + data[a:]
        elif kind == 4:
            c = rng.randrange(len(other) + 1)
            data = data[:a] + other[c : c + rng.randint(1, 2000)] + data[a:]
        else:
            data = (
                data[:a]
                + rng.choice((b"\x00", b"\r", b"\n", b"<div>" * 50, b"\xe2\x80\x8f", b"12/", b"|"))
                + data[a:]
            )
    return data


def composed(rounds: int, seed: int) -> None:
    """Separate mutated composed pages."""
    pages = [(page.text.encode(page.encoding), page.name.endswith("html")) for page in compose(200, seed)]
    rng = seeded(seed)
    slowest = 0.0
    for _ in range(rounds):
        (data, html), (other, _) = rng.choice(pages), rng.choice(pages)
        broken = mutated(rng, data, other)
        begun = time.process_time()
        LAST.write_bytes(broken)
        check_page(broken, html=rng.choice((html, None)), crawled=rng.choice((None, "2020-01-01T00:00:00Z")))
        slowest = max(slowest, (time.process_time() - begun) / (len(broken) + 1000))
        check_dates(
            broken.decode("utf-8", "replace"),
            rng.choice((None, "2020-01-01")),
            rng.choice((None, True, False)),
        )
    print(f"{rounds} mutated pages, no finding; slowest {slowest * 1e6:.1f} ms for a thousand bytes")


def libfuzzer(target: str, options: list[str]) -> None:
    """Run atheris on one of the two checks."""
    import atheris  # type: ignore[import-untyped]  # installed by hand, only to fuzz

    def one(data: bytes) -> None:
        provider = atheris.FuzzedDataProvider(data)
        flags = provider.ConsumeIntInRange(0, 5)
        crawled = (None, "2020-01-01T00:00:00", "0001-01-01")[flags % 3]
        if target == "dates":
            check_dates(provider.ConsumeUnicode(4000), crawled, (None, True)[flags % 2])
        else:
            check_page(provider.ConsumeBytes(20_000), html=(None, True)[flags % 2], crawled=crawled)

    for name, module in list(sys.modules.items()):
        if name.startswith("bialign.pages"):
            for function in vars(module).values():
                if inspect.isfunction(function) and function.__module__ == name:
                    atheris.instrument_func(function)
    atheris.Setup([sys.argv[0], *options], one)
    atheris.Fuzz()


def main() -> None:
    """Fuzz what the first argument names."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("target", choices=("dates", "separate", "composed"))
    parser.add_argument("--rounds", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    options, rest = parser.parse_known_args()
    for page in compose(100):  # what is loaded at first use is not the time of a page
        separate(page_from_bytes(page.text.encode(page.encoding), page.name))
    if options.target == "composed":
        composed(options.rounds, options.seed)
    else:
        libfuzzer(options.target, rest)


if __name__ == "__main__":
    main()
