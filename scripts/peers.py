"""Other romanisers and matchers, asked in a Python environment of their own.

    python -m venv PEERS
    PEERS/bin/pip install arabic-name-romanizer uroman unidecode rapidfuzz nomenklatura
    python scripts/bench_names.py --part romanize pairs --peers PEERS/bin/python

What an environment lacks is left out. Their dictionaries may hold the test names; where a peer says
that an answer comes from its dictionary, the figures say so (``arabic-name-romanizer`` does).
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from typing import Any

ROMANISE = """
import json, sys
words = json.load(sys.stdin)
answers = {}
try:
    from unidecode import unidecode
    answers["unidecode"] = [[[unidecode(w)], False] for w in words]
except ImportError:
    pass
try:
    import uroman
    u = uroman.Uroman()
    answers["uroman"] = [[[u.romanize_string(w, lcode="ara")], False] for w in words]
except ImportError:
    pass
try:
    from arabic_name_romanizer import transliterate_many
    answers["arabic-name-romanizer"] = [
        [[c.text for c in found], bool(found) and found[0].source != "model"]
        for found in transliterate_many(words, top_k=5)
    ]
except ImportError:
    pass
json.dump(answers, sys.stdout)
"""

#: Scores of pairs. unidecode + rapidfuzz: likeness of the Latin letters of both; rigour: Levenshtein on
#: its own ASCII; logic-v2: the matcher of OpenSanctions, two persons with one name each.
MATCH = """
import json, sys
pairs = json.load(sys.stdin)
scores = {}
try:
    from rapidfuzz import fuzz
    from unidecode import unidecode
    scores["unidecode + rapidfuzz"] = [
        fuzz.ratio(unidecode(a).lower(), unidecode(b).lower()) / 100 for a, b in pairs
    ]
except ImportError:
    pass
try:
    from rigour.text import ascii_text, levenshtein_similarity
    scores["rigour"] = [
        levenshtein_similarity(ascii_text(a).lower(), ascii_text(b).lower()) for a, b in pairs
    ]
except ImportError:
    pass
try:
    from followthemoney import model
    from nomenklatura.matching import LogicV2
    def person(name):
        return model.get_proxy({"id": name, "schema": "Person", "properties": {"name": [name]}})
    settings = LogicV2.default_config()
    scores["logic-v2"] = [LogicV2.compare(person(a), person(b), settings).score for a, b in pairs]
except ImportError:
    pass
json.dump(scores, sys.stdout)
"""


def romanized_by(python: str, words: Sequence[str]) -> dict[str, list[tuple[list[str], bool]]]:
    """Each peer's spellings of words, and whether they came from its dictionary."""
    answers: dict[str, list[tuple[list[str], bool]]] = _ask(python, ROMANISE, list(words))
    return answers


def scored_by(python: str, pairs: Sequence[tuple[str, str]]) -> dict[str, list[float]]:
    """Each peer's score of pairs of names, 0 to 1."""
    scores: dict[str, list[float]] = _ask(python, MATCH, list(pairs))
    return scores


def _ask(python: str, script: str, asked: list[Any]) -> Any:
    done = subprocess.run(
        [python, "-c", script], input=json.dumps(asked), stdout=subprocess.PIPE, text=True, check=True
    )
    return json.loads(done.stdout)
