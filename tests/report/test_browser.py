"""The report in headless Chromium: search, sort, open a name, keyboard, themes, phone width."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from bialign.evaluation.consistency import Settings, consistency
from bialign.report.html import write_report

_SPEC = importlib.util.spec_from_file_location("bialign_test_browser", Path(__file__).with_name("browser.py"))
driving = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(driving)
pytestmark = pytest.mark.skipif(driving.missing() is not None, reason=str(driving.missing()))

HOSTILE = "<img src=x onerror='window.hit=1'><script>window.hit=1</script>"


@pytest.fixture(scope="module")
def report(fakes, tmp_path_factory) -> Path:
    page = fakes.page
    pages = [
        page(
            1,
            "Hamah; Hamah and Al-Hajar 😀 al-Hajar.",
            "محمد",
            "2018-02-01",
            source="/home/someone/scraped_pages_of_2018/the_clashes_in_the_countryside_of_hama.txt",
        ),
        page(2, "Hama by al-Hajar. Homs </script>" + HOSTILE, "سعيد " + HOSTILE, "2018-03-02", title=HOSTILE),
        page(3, "Hama in Homs.", None, None, url="javascript:window.hit=1", tags=(HOSTILE,)),
    ]
    entries = [
        fakes.entry("hajar", "الحجر", "al-Hajar", "Al-Hajar"),
        fakes.entry("hama", "حماة", "Hamah", "Hama by", "Hama in"),
        fakes.entry("homs", "حمص", "Homs"),
        fakes.entry("evil", None, HOSTILE, "Elsewhere"),
    ]
    lexicon = fakes.FakeLexicon(entries, pages)
    path = tmp_path_factory.mktemp("report") / "report.html"
    write_report(pages, lexicon, consistency(pages, lexicon, by=["translator", "month"]), path)
    return path


@pytest.fixture(scope="module")
def window():
    with driving.browser() as found:
        found.size(1280, 900)
        yield found


@pytest.fixture
def page(window, report):
    window.open(report, "#/")
    window.run("location.reload()")
    window.wait("document.querySelector('#names tbody tr.row')")
    yield window
    errors = [
        line for line in window.call("POST", "/se/log", {"type": "browser"}) if line["level"] == "SEVERE"
    ]
    assert errors == []
    assert window.run("return window.hit") is None


def names(window) -> list[str]:
    return window.texts("#names tbody tr.row td.spell a")


def test_search_in_both_scripts(page) -> None:
    page.type("#search", "HAMAH")
    assert names(page) == ["Hamah"]
    page.run("document.querySelector('#search').value = ''")
    page.type("#search", "الحجَر")
    assert names(page) == ["al-Hajar"]
    assert page.texts("#found") == ["1 name"]


def test_sort_by_a_column_and_back(page) -> None:
    page.click("th[data-sort=usual] button")
    assert names(page)[-1] == "Homs"
    assert page.run("return document.querySelector('th[data-sort=usual]').ariaSort") == "ascending"
    page.click("th[data-sort=usual] button")
    assert names(page)[-1] == HOSTILE
    page.click("th[data-sort=count] button")
    assert names(page)[0] == "Hamah"


def test_open_a_name_and_an_occurrence(page) -> None:
    page.type("#search", "hajar")
    page.click("#names tbody a")
    page.wait("document.querySelector('.uses')")
    assert page.texts("h1") == ["al-Hajar الحجر"]
    assert page.texts("h2")[:3] == ["Spellings", "Agreement by strictness", "Over time"]
    assert len(page.texts("svg circle")) == 3
    assert page.texts(".uses mark") == ["Al-Hajar", "al-Hajar", "al-Hajar"]
    assert page.run("return document.querySelector('.uses div').dir") == "ltr"  # whatever stands around it
    page.click(".uses li:nth-child(2) a")
    page.wait("document.querySelector('.here')")
    assert page.texts(".here") == ["al-Hajar"]  # after a letter of two UTF-16 units
    page.run("history.back()")
    page.wait("document.querySelector('.uses')")


def test_text_of_pages_stays_text(page) -> None:
    for fragment in (
        "#/",
        "#/pages",
        "#/page/0",
        "#/page/1",
        "#/page/2",
        "#/groups",
        "#/findings",
        "#/figures",
        "#/name/3",
    ):
        page.run(f"location.hash = {fragment!r}")
        page.wait("document.querySelector('h1')")
        assert page.run("return document.querySelectorAll('main img, main script').length") == 0
        assert page.run("return [...document.links].every((a) => !/^javascript/i.test(a.href))")


def test_arabic_is_marked_and_set_right_to_left(page) -> None:
    cells = "[...document.querySelectorAll('#names td.ar bdi')]"
    assert page.run(f"return {cells}.every((e) => e.lang === 'ar' && e.dir === 'rtl')")


def test_keyboard_alone(page) -> None:
    page.press("/")
    assert page.run("return document.activeElement.id") == "search"
    page.press("homs")
    assert names(page) == ["Homs"]
    page.press("\ue00c")  # escape
    assert len(names(page)) == 4
    page.run("document.querySelector('#names tbody a').focus()")
    page.press("\ue015")  # down
    assert page.run("return document.activeElement.textContent") == names(page)[1]
    chosen = page.run("return document.activeElement.getAttribute('href')")
    page.press("\ue007")  # enter
    page.wait("document.querySelector('.uses')")
    page.press("\ue00c")  # escape: back to the list, at the name that was left
    page.wait("document.querySelector('#names')")
    assert page.run("return document.activeElement.getAttribute('href')") == chosen


def test_tab_reaches_everything_in_order_and_shows_where_it_is(page) -> None:
    page.run("document.body.tabIndex = -1; document.body.focus()")
    reached = []
    for _ in range(18):
        page.press("\ue004")  # tab
        script = "const e = document.activeElement; return [e.id || e.getAttribute('href') || e.textContent, "
        name, outline, seen = page.run(
            f"{script} getComputedStyle(e).outlineStyle, e.getBoundingClientRect().top >= 0]"
        )
        assert (outline, seen) == ("solid", True), name
        reached.append(name)
    tabs = [
        "#main",
        "#/",
        "#/groups",
        "#/findings",
        "#/pages",
        "#/figures",
        "theme",
        "search",
        "which",
        "type",
    ]
    heads = ["Arabic", "Spelling", "How it is spelled", "Count", "Pages", "Agreement"]
    assert reached[: len(tabs) + len(heads)] == tabs + heads
    assert all(name.startswith("#/name/") for name in reached[len(tabs) + len(heads) :])


def test_print_has_the_whole_table_without_the_tools(page) -> None:
    page.call(
        "POST", "/goog/cdp/execute", {"cmd": "Emulation.setEmulatedMedia", "params": {"media": "print"}}
    )
    try:
        assert page.run("return getComputedStyle(document.querySelector('.tools')).display") == "none"
        assert page.run("return getComputedStyle(document.querySelector('.top')).display") == "none"
        assert (
            page.run(
                "dispatchEvent(new Event('beforeprint')); return document.querySelectorAll('#names tr.row').length"
            )
            == 4
        )
        pdf = page.call("POST", "/goog/cdp/execute", {"cmd": "Page.printToPDF", "params": {}})["data"]
        assert len(pdf) > 1000
    finally:
        page.call("POST", "/goog/cdp/execute", {"cmd": "Emulation.setEmulatedMedia", "params": {"media": ""}})


def test_figures_say_which_measure_each_is(page) -> None:
    page.run("location.hash = '#/figures'")
    page.wait("document.querySelector('main table')")
    named = page.texts("main tbody th")
    assert {
        "agreement",
        "dominance",
        "entropy",
        "pseudo reference, first",
        "pseudo reference, most frequent",
    } == {*named}


def test_themes(page) -> None:
    seen = set()
    for _ in range(3):
        page.click("#theme")
        seen.add(page.run("return getComputedStyle(document.body).backgroundColor"))
    assert len(seen) == 2


def test_phone_width_needs_no_sideways_scroll(page) -> None:
    page.size(390, 800)
    try:
        for fragment in ("#/", "#/name/0", "#/page/0", "#/groups", "#/findings", "#/pages"):
            page.run(f"location.hash = {fragment!r}")
            page.wait("document.querySelector('h1')")
            assert page.run("return document.documentElement.scrollWidth <= innerWidth"), fragment
    finally:
        page.size(1280, 900)


def test_ten_thousand_names_open_quickly(window, fakes, tmp_path) -> None:
    pages = [
        fakes.page(
            n,
            " ".join(f"Name{n * 100 + i}" for i in range(100)) + " ",
            "محمد",
            "2018-02-01",
        )
        for n in range(100)
    ]
    entries = [fakes.entry(f"e{i}", "اسم", f"Name{i}") for i in range(10_000)]
    lexicon = fakes.FakeLexicon([])
    lexicon._entries = entries
    for item in pages:
        lexicon._sources.append(fakes.source(item))
        start = 0
        for word in item.text.split():
            lexicon._occurrences.append((f"e{word[4:]}", fakes.use(item, word, start)))
            start += len(word) + 1
    path = tmp_path / "many.html"
    write_report(pages, lexicon, consistency(pages, lexicon, settings=Settings(rounds=0)), path)
    taken = []
    while not taken or (taken[-1] >= 3000 and len(taken) < 4):  # a busy machine is no slow report
        window.call("POST", "/url", {"url": "about:blank"})
        window.open(path)
        window.wait("document.querySelector('#names tbody tr.row')", 30)
        times = "performance.timing.domContentLoadedEventEnd - performance.timing.responseEnd"
        taken.append(window.run(f"return {times}"))
    assert min(taken) < 3000
    assert window.texts("#found") == ["10,000 names"]
    assert window.run("return document.querySelectorAll('#names tbody tr.row').length") < 120
    script = "const t = performance.now(); const s = document.getElementById('search'); s.value = 'name99'; s.dispatchEvent(new Event('input')); return performance.now() - t"
    assert window.run(script) < 500
    window.run("window.scrollTo(0, document.body.scrollHeight)")
    window.wait("[...document.querySelectorAll('#names tbody tr.row')].length > 5")
