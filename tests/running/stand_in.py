"""A worker that does what the page's text tells it: hang, die, raise, or its proper work."""

import os
import signal
import time
from pathlib import Path

from bialign.lexicon.page_names import find_page_names
from bialign.running import worker

learned = worker.traits


def traits(raw):
    if "SNARE" in raw.text:  # hangs where its site is learned; what it says itself is still read
        time.sleep(600)
    return learned(raw)


def work(page):
    if "HANG" in page.text:
        time.sleep(600)
    if "DIE" in page.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "RAISE" in page.text:
        raise ValueError("cannot take this page")
    if "ONCE" in page.text:
        mark = Path(page.source).with_suffix(".mark")
        if not mark.exists():
            mark.touch()
            os._exit(3)
    if "SLOW" in page.text:
        time.sleep(0.05)
    return find_page_names(page)


if __name__ == "__main__":
    worker.traits = traits
    worker.main(work)
