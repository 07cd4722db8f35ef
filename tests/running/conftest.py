"""Small folders of pages, and a worker that misbehaves when a page says so."""

import sys
from pathlib import Path

import pytest

PAGE = """{place} sees attack number {number}
Editor: Salma Haddad | {day} May 2018
{place}, Enab - {count} people were killed in {place} on Monday, said Ihab al-Salti of the Free Syrian Army (FSA).
The shelling near {place} went on until Tuesday, residents told the agency.
#{ar}
"""
PLACES = [("Hama", "حماة"), ("Homs", "حمص"), ("Idlib", "إدلب"), ("Raqqa", "الرقة"), ("Daraa", "درعا")]


@pytest.fixture
def pages(tmp_path):
    """A folder of forty short pages."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(40):
        place, ar = PLACES[number % len(PLACES)]
        text = PAGE.format(number=number, day=number % 28 + 1, place=place, count=number + 2, ar=ar)
        (folder / f"{number:03}.txt").write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="session")
def stand_in():
    """The command of a worker that hangs, dies or raises on pages that say so."""
    return (sys.executable, "-P", str(Path(__file__).with_name("stand_in.py")))
