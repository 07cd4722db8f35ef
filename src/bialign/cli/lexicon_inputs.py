"""What ``bialign lexicon build`` reads: page records, scraped pages, parallel text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bialign.errors import BialignError
    from bialign.model import Page, RawPage
    from bialign.pages.written import PageLine

#: Endings of JSON lines: page records or parallel text.
_RECORDS = (".jsonl", ".ndjson", ".json")


def lines_of(
    items: Iterator[Page | RawPage | tuple[str, str, str]], pairs: list[tuple[str, str, str]]
) -> Iterator[PageLine]:
    """The lines of all pages, scraped ones separated; the pairs of parallel text go to ``pairs``."""
    import json
    import tempfile

    from bialign.files import dumps
    from bialign.model import Page
    from bialign.pages.separating import raw_page, separate_all
    from bialign.pages.written import PageLine

    with tempfile.TemporaryFile("w+", encoding="utf-8") as spool:
        for item in items:
            if isinstance(item, tuple):
                pairs.append(item)
            elif isinstance(item, Page):
                yield PageLine.of(item)
            else:
                spool.write(dumps(item) + "\n")
        spool.seek(0)
        yield from map(PageLine.of, separate_all(raw_page(json.loads(line)) for line in spool))


def lines_in(path: str) -> list[str]:
    """The lines of a text that say something: a list of spellings, say."""
    from bialign.lexicon.exchange.reading import open_text

    with open_text(path) as lines:
        return [line.strip() for line in lines if line.strip()]


def placed(
    path: str, partner: str | None, note: Callable[[BialignError], None]
) -> Iterator[Page | RawPage | tuple[str, str, str]]:
    """What ``_read`` gives, pairs with where they stand."""
    number = 0
    for item in _read(path, partner, note):
        if isinstance(item, tuple):
            number += 1
            yield (*item, f"{path}#{number}")
        else:
            yield item


def _read(
    path: str, partner: str | None, note: Callable[[BialignError], None]
) -> Iterator[Page | RawPage | tuple[str, str]]:
    """Pages and pairs of one input; a page of a file that cannot be read is noted, the rest goes on."""
    from bialign.files import read_jsonl
    from bialign.lexicon.exchange import bitext, tmx
    from bialign.pages.reading import read_pages

    if partner is not None:
        yield from bitext.read_moses(path, partner)
    elif path.endswith(".tsv"):
        yield from bitext.read_tsv(path)
    elif path.endswith(".tmx"):
        yield from tmx.read_pairs(path)
    elif path.endswith(_RECORDS) and _is_scraped(next(read_jsonl(path), (0, {}))[1]):
        yield from read_pages(path, on_error=note)
    elif path == "-" or path.endswith(_RECORDS):
        for number, data in read_jsonl(path):
            place = f"line {number}"
            yield _page(data, path, place) if "segments" in data else bitext.of_record(data, path, place)
    else:
        yield from read_pages(path, on_error=note)


def _is_scraped(record: dict[str, object]) -> bool:
    """Whether a record is a page as it was scraped: neither separated nor parallel text."""
    return (
        "segments" not in record
        and not {"ar", "en"} <= record.keys()
        and bool({"text", "html"} & record.keys())
    )


def _page(data: dict[str, object], path: str, place: str) -> Page:
    from bialign.errors import InputError
    from bialign.model import Page

    try:
        return Page.from_dict(data)
    except (KeyError, TypeError) as error:
        missing = f"no {error}" if isinstance(error, KeyError) else error
        raise InputError(
            f"not a page record: {missing}", path=path, place=place, mend="make it with bialign clean"
        ) from error
