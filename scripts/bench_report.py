"""Measure how quickly the report opens and answers in headless Chromium, at desktop and phone width.

    python scripts/bench_report.py [--names 10000] [--keep DIR]

The names are made up, two spellings each, in dated pages by four translators. Measured in the page: from the
start of navigation to the first row of the table, and to the end of the last task longer than 50 ms
(interactive); then a search, a sort and opening a name, each until the new rows or the name stand.
Needs chromium and chromedriver.
"""

from __future__ import annotations

import argparse
import base64
import importlib.util
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from bialign.evaluation.consistency import Settings, consistency
from bialign.report.html import write_report

TESTS = Path(__file__).resolve().parents[1] / "tests"
WIDTHS = {"desktop": (1280, 900), "phone": (390, 800)}
#: Runs before anything of the page does.
WATCH = """
window.seen = {};
new MutationObserver(() => {
  if (!window.seen.row && document.querySelector('#names tbody tr.row')) window.seen.row = performance.now();
}).observe(document, {childList: true, subtree: true});
new PerformanceObserver((list) => {
  for (const task of list.getEntries()) window.seen.busy = task.startTime + task.duration;
}).observe({type: 'longtask', buffered: true});
"""
#: Each gives the milliseconds until what was asked for is drawn.
ACTIONS = {
    "search": "const s = document.getElementById('search'); s.value = 'rudi';"
    " s.dispatchEvent(new Event('input'));",
    "sort": "document.querySelector('th[data-sort=usual] button').click();",
    "open a name": "document.querySelector('#names tbody a').click();",
}


#: An action, and when what it asked for was drawn.
TIMED = """
window.took = 0;
window.started = performance.now();
%s;
requestAnimationFrame(() => setTimeout(() => { window.took = performance.now() - window.started; }));
"""


def part(path: Path) -> ModuleType:
    """A module of the tests: their made-up lexicon, their browser."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


def write(names: int, path: Path) -> None:
    """Write a report of made-up names."""
    fakes = part(TESTS / "evaluation" / "fakes.py")
    syllables = ("ba", "di", "ru", "sha", "kho", "mi", "la", "tu", "ne", "ga")
    spelled = [
        "".join(syllables[n // 10**k % 10] for k in range(4)).capitalize() + f"{n // 10**4 or ''}"
        for n in range(names)
    ]
    size = 100
    pages, uses, entries = [], [], []
    for first in range(0, names, size):
        block = spelled[first : first + size]
        words = [word for n, word in enumerate(block) for word in (word, word, f"{word}h" if n % 2 else word)]
        day = first // size
        page = fakes.page(
            day,
            " in ".join(words),
            f"مترجم {day % 4}",
            f"{2015 + day // 120}-{1 + day // 10 % 12:02}-{1 + day % 10:02}",
        )
        pages.append(page)
        start = 0
        for number, word in enumerate(words):
            uses.append((f"e{first + number // 3}", fakes.use(page, word, start)))
            start += len(word) + 4
        entries += [fakes.entry(f"e{first + n}", "اسم", word, f"{word}h") for n, word in enumerate(block)]
    lexicon = fakes.FakeLexicon([])
    lexicon.fill(entries, uses, pages)
    report = consistency(pages, lexicon, by=["translator", "month"], settings=Settings(rounds=0))
    write_report(pages, lexicon, report, path)


def cdp(window: Any, command: str, **params: Any) -> Any:
    """A command of the DevTools protocol."""
    return window.call("POST", "/goog/cdp/execute", {"cmd": command, "params": params})


def measure(window: Any, path: Path, label: str, keep: Path | None) -> None:
    """Open the report at one width and print what it took."""
    width, height = WIDTHS[label]
    cdp(
        window,
        "Emulation.setDeviceMetricsOverride",
        width=width,
        height=height,
        deviceScaleFactor=1,
        mobile=label == "phone",
    )
    window.call("POST", "/url", {"url": "about:blank"})
    window.open(path)
    window.wait("window.seen && window.seen.row", 60)
    time.sleep(1)
    seen = window.run("return window.seen")
    shown = window.run("return document.querySelectorAll('#names tbody tr.row').length")
    print(
        f"{label} ({width} × {height}): first row after {seen['row']:.0f} ms, interactive after "
        f"{max(seen['row'], seen.get('busy', 0)):.0f} ms, {shown} rows in the document, "
        f"sideways scroll: {window.run('return document.documentElement.scrollWidth > innerWidth')}"
    )
    for number, (action, script) in enumerate(ACTIONS.items()):
        if keep:
            picture = cdp(window, "Page.captureScreenshot")["data"]
            (keep / f"{label}-{number}.png").write_bytes(base64.b64decode(picture))
        window.run(TIMED % script)
        window.wait("window.took")
        print(f"  {action}: {window.run('return window.took'):.0f} ms; {window.run('return location.hash')}")
    if keep:
        (keep / f"{label}-name.png").write_bytes(
            base64.b64decode(cdp(window, "Page.captureScreenshot")["data"])
        )


def main() -> int:
    """Write the report and open it at both widths."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--names", type=int, default=10_000)
    parser.add_argument("--keep", type=Path, help="a folder for the report and screenshots")
    options = parser.parse_args()
    driving = part(TESTS / "report" / "browser.py")
    if driving.missing():
        print(f"bench_report: {driving.missing()}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "report.html"
        started = time.process_time()
        write(options.names, path)
        spent = time.process_time() - started
        print(
            f"{options.names:,} names: {path.stat().st_size / 1e6:.1f} MB, "
            f"written in {spent:.1f} s of processor time"
        )
        with driving.browser() as window:
            cdp(window, "Page.enable")
            cdp(window, "Page.addScriptToEvaluateOnNewDocument", source=WATCH)
            for label in WIDTHS:
                measure(window, path, label, options.keep)
    return 0


if __name__ == "__main__":
    sys.exit(main())
