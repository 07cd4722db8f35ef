"""Every compiled pattern over page text, found by walking the modules, ends soon whatever it is given."""

import functools
import importlib
import pkgutil
import re
import signal
import time
from collections.abc import Mapping

import pytest
import regex

FLOORS = (
    "bialign.pages",
    "bialign.names",
    "bialign.text",
    "bialign.align",
    "bialign.lexicon",
    "bialign.evaluation",
)
#: Characters of a hostile line, and processor seconds that one pattern may take for one: a pattern that
#: reads a text once takes about a millisecond, one that goes back exponentially never ends.
SIZE, LIMIT = 2500, 1.5
#: Patterns that are only given so many characters of a text, by the code beside them.
WINDOWS = {
    "bialign.names.english._OPENS_SENTENCE": 40,  # the gap between two words, no longer than _LONG_GAP
    "bialign.names.kinds._BEFORE": 40,  # kind_of
}

PIECES = (
    "a", "A", " ", "\n", "1", "-", "'", '"', "(", "<", "&", ",", ".", "/", "#", "_", "ـ", "َ", "و", "\u200f", "a ", "Aa ",
    "al-", "Al-", "A. ", "A'", "1,", "12/", "12:30 ", "1 2 ", "بن ", "3 مايو ", "ترجمة: ", "Ab (CD) ", "(a", " - ", " | ",
    "http://a", "a@a.", "e\u0301", "aA", "a1", "A-", "ا، ",
)  # fmt: skip
#: What stands after many pieces, so that a pattern that took them all must go back.
END = "\x00!"


def modules():
    for floor in FLOORS:
        package = importlib.import_module(floor)
        yield floor
        yield from (found.name for found in pkgutil.walk_packages(package.__path__, f"{floor}."))


def patterns(value, depth=0):
    """The compiled patterns in a value: itself, or within tuples, lists, sets, mappings and our own objects."""
    if isinstance(value, (re.Pattern, regex.Pattern)):
        yield value
    elif depth < 3:
        if isinstance(value, Mapping):
            for item in value.values():
                yield from patterns(item, depth + 1)
        elif isinstance(value, (tuple, list, set, frozenset)):
            for item in value:
                yield from patterns(item, depth + 1)


def warm():
    """Have what is compiled at first use compiled: patterns within cached functions and objects."""
    from bialign.pages.sites import Sites
    from bialign.running.worker import _WARM_UP, observe

    observe(_WARM_UP, Sites())


def compiled_while_warming():
    """Patterns that are compiled within functions."""
    seen = {}
    plain, own = re.compile, regex.compile

    def noting(compile_):
        def compiled(*args, **kwargs):
            found = compile_(*args, **kwargs)
            seen[found] = None
            return found

        return compiled

    re.compile, regex.compile = noting(plain), noting(own)
    try:
        warm()
    finally:
        re.compile, regex.compile = plain, own
    return list(seen)


@functools.cache
def all_patterns():
    found = {}
    for name in modules():
        module = importlib.import_module(name)
        for attribute, value in vars(module).items():
            for pattern in patterns(value):
                found.setdefault(pattern, f"{name}.{attribute}")
    for number, pattern in enumerate(compiled_while_warming()):
        found.setdefault(pattern, f"compiled at first use {number}")
    named = [(name, pattern) for pattern, name in found.items() if isinstance(pattern.pattern, str)]
    return sorted(named, key=lambda item: (item[0], item[1].pattern))


def literals(pattern):
    """Words of the pattern itself, repeated: what it waits for."""
    words = re.findall(r"[^\W\d_]{2,}", re.sub(r"\\[pP]\{[^}]*\}|\(\?[P<&:!=]*\w*>?", " ", pattern.pattern))
    return [text for word in list(dict.fromkeys(words))[:2] for text in (f"{word} ", f"{word}: ")]


def spent(pattern, text):
    """Processor seconds of a pattern over a text, all ways of using it together."""

    def stop(*_):
        raise TimeoutError

    limit = {"timeout": 20} if isinstance(pattern, regex.Pattern) else {}
    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, 10)
    begun = time.process_time()
    try:
        for _ in pattern.finditer(text, **limit):
            pass
        pattern.fullmatch(text, **limit)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return time.process_time() - begun


def test_there_are_patterns_on_every_floor():
    assert len(all_patterns()) > 100
    for floor in FLOORS[:3]:
        assert any(name.startswith(floor) for name, _ in all_patterns())


@pytest.mark.parametrize("chunk", range(8))
def test_no_pattern_takes_long(chunk):
    slow = []
    for name, pattern in all_patterns()[chunk::8]:
        for piece in (*PIECES, *literals(pattern)):
            text = piece * (WINDOWS.get(name, SIZE) // len(piece)) + END
            try:
                took = spent(pattern, text)
            except TimeoutError:
                took = 10.0
            if took >= LIMIT:
                slow.append((name, pattern.pattern[:120], piece, round(took, 2)))
    assert not slow, slow
