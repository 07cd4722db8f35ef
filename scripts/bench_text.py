"""Measure the text floor: speed of the Arabic profiles, and how well name keys bring spellings together.

    uv venv /tmp/peers && uv pip install --python /tmp/peers arabic-norm==0.1.0 arabic-normalize pyarabic
    OMP_NUM_THREADS=1 python scripts/bench_text.py speed --peers /tmp/peers/lib/python3.11/site-packages
    python scripts/bench_text.py keys

``speed`` reads the Arabic sides of ``../shared/data/bitext``, repeats them to 20 MB of UTF-8, and makes
a second text by putting random vowel marks on 7 of 10 letters. All libraries take turns in one run;
the best of the rounds counts, in MB of UTF-8 input a second. What each computes differs a little and is
told beside its name. ``keys`` reads ``../shared/data/names/person_words.tsv``, whose words fall in two
halves by a hash, to show how much the figures move; both were seen while the rules were made.
"""

from __future__ import annotations

import argparse
import functools
import hashlib
import importlib
import itertools
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from camel_tools.utils.dediac import dediac_ar
from camel_tools.utils.normalize import (
    normalize_alef_ar,
    normalize_alef_maksura_ar,
    normalize_teh_marbuta_ar,
    normalize_unicode,
)
from seeded import seeded

from bialign.names.differences import differences
from bialign.text.arabic import fold_arabic, normalize_arabic
from bialign.text.latin import latin_key
from bialign.text.sentences import sentences, tokens

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
MEGABYTES, ROUNDS = 20, 7
HARAKAT = "\u064b\u064e\u064f\u0650\u0651\u0652"
Work = Callable[[str], object]


def corpus() -> str:
    """All Arabic sides of the bitexts, one after the other."""
    paths = sorted(path for path in SHARED.glob("bitext/**/*ar*.txt"))
    return "".join(path.read_text(encoding="utf-8") for path in paths)


def repeated(text: str, megabytes: float) -> str:
    """The text repeated to a size in megabytes of UTF-8."""
    size = len(text.encode()) / 1e6
    text *= int(megabytes / size) + 1
    return text[: int(len(text) * megabytes / (len(text.encode()) / 1e6))]


def vowelled(text: str) -> str:
    """The text with random vowel marks on 7 of 10 letters."""
    chance = seeded(1)
    return "".join(
        c + chance.choice(HARAKAT) if "\u0621" <= c <= "\u064a" and chance.random() < 0.7 else c for c in text
    )


def camel_light(text: str) -> str:
    """CAMeL Tools: Unicode normalisation and vowel marks."""
    return str(dediac_ar(normalize_unicode(text)))


def camel_search(text: str) -> str:
    """CAMeL Tools: the whole chain."""
    return str(normalize_teh_marbuta_ar(normalize_alef_maksura_ar(normalize_alef_ar(camel_light(text)))))


def pyarabic_chain(araby: Any, text: str) -> object:
    """PyArabic: marks, tatweel, hamza seats."""
    return araby.normalize_hamza(araby.strip_tatweel(araby.strip_tashkeel(text)))


def ours() -> dict[str, Work]:
    """Our own calls."""
    return {
        "bialign light": lambda text: normalize_arabic(text, "light"),
        "bialign search": lambda text: normalize_arabic(text, "search"),
        "bialign light, offsets unpacked": lambda text: normalize_arabic(text, "light").offsets,
        "bialign search, offsets unpacked": lambda text: normalize_arabic(text, "search").offsets,
        "bialign clean": lambda text: normalize_arabic(text, "clean"),
        "bialign match": lambda text: normalize_arabic(text, "match"),
    }


def peers() -> dict[str, Work]:
    """The other libraries' nearest calls, as far as they are installed."""
    found: dict[str, Work] = {
        "camel-tools chain (unicode, dediac)": camel_light,
        "camel-tools chain (+ alef, yeh, teh)": camel_search,
    }
    for module in ("arabic_norm", "arabic_normalize", "pyarabic.araby"):
        try:
            peer = importlib.import_module(module)
        except ImportError:
            print(f"not installed: {module}")
            continue
        if module == "arabic_norm":
            found["arabic-norm (marks, tatweel, alef, yeh)"] = peer.normalize
        elif module == "arabic_normalize":
            found["arabic-normalize (its default)"] = peer.normalize
            found["arabic-normalize (its search)"] = peer.normalize_for_search
        else:
            found["pyarabic (marks, tatweel, hamza)"] = functools.partial(pyarabic_chain, peer)
    return found


def speed() -> None:
    """Print MB/s of every library on both texts, whole and line by line."""
    one = corpus()
    works = ours() | peers()
    for name, text in (("plain", repeated(one, MEGABYTES)), ("vowelled", repeated(vowelled(one), MEGABYTES))):
        size = len(text.encode()) / 1e6
        print(f"\n{name}: {size:.1f} MB in one call, best of {ROUNDS}")
        _print(works, size, functools.partial(_whole, text))
    for name, text in (("plain", one), ("vowelled", vowelled(one))):
        lines = text.splitlines()
        size = len(text.encode()) / 1e6
        print(f"\n{name}: {len(lines)} lines of {size:.1f} MB, a call a line")
        _print(works, size, functools.partial(_by_line, lines))
    size = len(one.encode()) / 1e6
    lines = one.splitlines()
    words = one.split()[:50_000]
    print()
    for name, call in (
        ("sentences", lambda: [sentences(line, "ar") for line in lines]),
        ("tokens", lambda: [tokens(line, "ar") for line in lines]),
    ):
        print(f"{name:44}{size / _best(call, 2):9.1f} MB/s")
    folding = _best(lambda: [fold_arabic(word) for word in words], 2)
    print(f"{'fold_arabic, a word at a time':44}{len(words) / folding:9.0f} /s")


def _whole(text: str, work: Work) -> None:
    work(text)


def _by_line(lines: list[str], work: Work) -> None:
    for line in lines:
        work(line)


def _print(works: dict[str, Work], size: float, call: Callable[[Work], object]) -> None:
    best = dict.fromkeys(works, float("inf"))
    for turn in range(ROUNDS):
        for name, work in works.items():
            # the slow ones are measured twice only
            if turn < 2 or best[name] < 1:
                begin = time.perf_counter()
                call(work)
                best[name] = min(best[name], time.perf_counter() - begin)
    for name, seconds in best.items():
        print(f"{name:44}{size / seconds:9.1f} MB/s")


def _best(call: Callable[[], object], turns: int) -> float:
    seconds = []
    for _ in range(turns):
        begin = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - begin)
    return min(seconds)


def keys() -> None:
    """Print how often spellings of one Arabic word share the key, and keys belong to one word."""
    spelled: dict[str, set[str]] = defaultdict(set)
    path = SHARED / "names/person_words.tsv"
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        ar, en = line.split("\t")[:2]
        bare = ar.removeprefix("ال").replace(" ", "")
        spelled[bare].add(en.lower())
    chance = seeded(0)
    for half in (0, 1):
        words = [ar for ar in sorted(spelled) if half_of(ar) == half]
        same = [pair for ar in words for pair in _pairs(spelled[ar], chance)]
        arabic: dict[str, set[str]] = defaultdict(set)
        for ar in words:
            for en in spelled[ar]:
                arabic[en].add(ar)
        by_key: dict[str, set[str]] = defaultdict(set)
        for en in arabic:
            by_key[latin_key(en)].add(en)
        together = [pair for group in by_key.values() for pair in _pairs(group, chance)]
        spellings = sorted(arabic)
        drawn = [chance.sample(spellings, 2) for _ in range(20_000)]
        far = [(a, b) for a, b in drawn if a[:1] == b[:1] and not arabic[a] & arabic[b]]
        shared = sum(latin_key(a) == latin_key(b) for a, b in same) / len(same)
        right = sum(bool(arabic[a] & arabic[b]) for a, b in together) / len(together)
        begin = time.perf_counter()
        known = sum("different" not in differences(a, b) for a, b in same) / len(same)
        micro = (time.perf_counter() - begin) / len(same) * 1e6
        wrong = sum("different" not in differences(a, b) for a, b in far) / len(far)
        print(f"half {half}: {len(same)} pairs of spellings of one word: {shared:.3f} share the key")
        print(f"  {len(together)} pairs that share a key: {right:.3f} are spellings of one word")
        print(f"  differences: {known:.3f} of the first are called one name, {micro:.0f} us a pair;")
        print(f"  {wrong:.4f} of {len(far)} pairs of different words with the same first letter are")


def half_of(word: str) -> int:
    """The half (0 or 1) of the words that a word is in, by its digest; which half is no secret."""
    return hashlib.md5(word.encode(), usedforsecurity=False).digest()[-1] % 2


def _pairs(items: set[str], chance: random.Random) -> list[tuple[str, str]]:
    """At most 15 pairs of a group."""
    pairs = list(itertools.combinations(sorted(items), 2))
    chance.shuffle(pairs)
    return pairs[:15]


def main() -> None:
    """Run the part asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("part", choices=("speed", "keys"))
    parser.add_argument("--peers", help="site-packages folder that holds the other libraries")
    arguments = parser.parse_args()
    if arguments.peers:
        sys.path.append(arguments.peers)
    {"speed": speed, "keys": keys}[arguments.part]()


if __name__ == "__main__":
    main()
