"""Pages in a file behave as pages in a list."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bialign.model import Page
from bialign.pages.written import PageLine, Picked, Texts, WrittenPages, days, held, languages

PAGE = Page(
    "x", "x", None, "en", "Ten", None, "B", None, None, "2018-05-03T10:00", None, (), (), (), (), (), "B"
)


def some(*texts):
    return [
        dataclasses.replace(PAGE, id=str(n), text=text, language=("en", "ar", "mul")[n % 3],
                            published=None if n % 2 else f"2018-05-0{n % 9 + 1}T10:00")
        for n, text in enumerate(texts)
    ]  # fmt: skip


@given(st.lists(st.text(st.characters(exclude_categories=()), max_size=20), max_size=8))
def test_a_file_of_pages_is_the_list_of_them(tmp_path_factory, texts):
    pages = some(*texts)
    written = WrittenPages(map(PageLine.of, pages), tmp_path_factory.mktemp("w") / "pages.jsonl")
    assert list(written) == pages
    assert len(written) == len(pages)
    assert [written[n] for n in range(len(pages))] == pages
    assert list(written[1:3]) == pages[1:3]
    assert languages(written) == languages(pages)
    assert list(days(written)) == list(days(pages))
    numbers = list(range(0, len(pages), 2))
    picked = Picked(written, numbers)
    assert list(picked) == pages[::2]
    assert (languages(picked), days(picked)) == (languages(pages[::2]), days(pages[::2]))
    assert dict(Texts(written, {page.id: n for n, page in enumerate(pages)})) == {p.id: p.text for p in pages}


def test_outside_and_moved(tmp_path):
    written = WrittenPages(map(PageLine.of, some("a", "b")), tmp_path / "one.jsonl")
    assert written[-1].text == "b"
    with pytest.raises(IndexError):
        written[2]
    (tmp_path / "two.jsonl").write_text("old")
    written.move(tmp_path / "two.jsonl")
    assert [page.text for page in written] == ["a", "b"]
    assert not (tmp_path / "one.jsonl").exists()
    assert held(written) is written
