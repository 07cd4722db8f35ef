"""``lexicon build`` of many pages: the entries of one process, pages set aside, resumed."""

import pytest

from bialign.errors import BialignError
from bialign.lexicon.lexicon import Lexicon, build_lexicon
from bialign.pages.reading import read_pages
from bialign.pages.separating import separate_all
from bialign.pages.written import PageLine
from bialign.running import lexicons
from bialign.running.lexicons import add_pages


@pytest.fixture
def separated(pages):
    return list(separate_all(raw for path in sorted(pages.iterdir()) for raw in read_pages(path)))


def built(separated, folder, **options):
    told = []
    with Lexicon() as lexicon:
        add_pages(lexicon, map(PageLine.of, separated), folder, on_error=told.append, jobs=2, **options)
        return list(lexicon.entries()), told


def test_workers_and_one_process_give_the_same_entries(separated, tmp_path):
    entries, told = built(separated, tmp_path / "work")
    with build_lexicon(separated) as alone:
        assert entries == list(alone.entries())
    assert not told


@pytest.mark.parametrize("count", [40, 10])
def test_a_page_that_cannot_be_done_is_told_and_the_others_go_on(
    separated, tmp_path, stand_in, monkeypatch, count
):
    def fail(page, known=None):
        if "RAISE" in page.text:
            raise ValueError("cannot take this page")
        return find(page, known)

    from bialign.lexicon import observing

    find = observing.find_page_names
    monkeypatch.setattr(observing, "find_page_names", fail)  # few pages are done in this process
    some = separated[:count]
    bad = some[3].from_dict({**some[3].to_dict(), "text": some[3].text + "RAISE"})
    entries, told = built([*some[:3], bad, *some[4:]], tmp_path / "work", command=stand_in)
    assert [(error.path, "ValueError: cannot take this page" in str(error)) for error in told] == [
        (bad.source, True)
    ]
    with build_lexicon([*some[:3], *some[4:]]) as rest:
        assert entries == list(rest.entries())


def test_what_was_done_before_an_interruption_is_not_done_again(separated, tmp_path, monkeypatch):
    folder = tmp_path / "work"

    def stopped(*_args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(lexicons.local, "_parallel", stopped)
        with pytest.raises(KeyboardInterrupt, match="goes on from here"):
            built(separated, folder)
    results = {path.name: path.stat().st_mtime_ns for path in folder.rglob("*.jsonl")}
    assert len(results) > 2
    nothing = ("/no/such/program",)
    entries, _ = built(separated, folder, command=nothing)  # no names are left to find, and no worker starts
    assert {p.name: p.stat().st_mtime_ns for p in folder.rglob("*.jsonl")}.items() >= {
        (name, at) for name, at in results.items() if name not in {"spool.jsonl", "pages.jsonl"}
    }
    with build_lexicon(separated) as alone:
        assert entries == list(alone.entries())


def test_nothing_else_works_in_the_same_folder(separated, tmp_path):
    from bialign.running.journal import Journal

    with Journal(tmp_path / "work"), pytest.raises(BialignError, match="at work"):
        built(separated, tmp_path / "work")
