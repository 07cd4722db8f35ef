"""What kind of thing an English name reads like, by its letters and the words around it.

A multinomial logistic regression on hashed features (``scripts/build_english_kinds.py``): persons and
places of the name lists, common words of the table of lower case, and the contexts in which the
names that rules are sure of stand in bitext.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final
from zlib import crc32

import numpy as np
import numpy.typing as npt
import regex

Floats = npt.NDArray[np.float32]

#: What a capitalised chain may be; ``word`` is a common word that a sentence opens with.
KINDS: Final = ("person", "place", "organisation", "word")
SIZE: Final = 1 << 14
_PART: Final = regex.compile(r"\p{L}[\p{L}\p{M}'’]*")


def letter_features(name: str) -> list[str]:
    """Feature names of a name by itself."""
    parts = [part.lower().replace("’", "'") for part in _PART.findall(name)]
    names = [f"words={min(len(parts), 4)}", f"hyphen={'-' in name}", "name always"]
    for at, part in enumerate(parts[:5]):
        marked = f"^{part}$"
        where = "first" if at == 0 else "last" if at == len(parts) - 1 else "inner"
        names += [f"part={part}", f"{where}={part}"]
        names += [f"gram={marked[i : i + n]}" for n in (2, 3, 4, 5) for i in range(len(marked) - n + 1)]
        names += [f"{where} ends={part[-3:]}", f"{where} opens={part[:3]}"]
    return names


def context_features(before: str, after: str) -> list[str]:
    """Feature names of the text on either side; a few words are enough."""
    ahead = [word.lower() for word in _PART.findall(before[-40:])]
    behind = [word.lower() for word in _PART.findall(after[:40])]
    names = [
        "context always",
        f"comma after={after.lstrip(' ')[:1] == ','}",
        f"possessive={after[:2] in POSSESSIVES}",
    ]
    for step in (1, 2):
        names.append(f"-{step}={ahead[-step] if len(ahead) >= step else ''}")
        names.append(f"+{step}={behind[step - 1] if len(behind) >= step else ''}")
    return names


POSSESSIVES: Final = frozenset({"'s", "’s"})


def hashed(names: Sequence[str]) -> npt.NDArray[np.int64]:
    """Rows of the weights that feature names have."""
    return np.array([crc32(name.encode()) % SIZE for name in names], dtype=np.int64)


@cache
def _weights() -> Floats:
    data = files("bialign").joinpath("resources/english_kinds.bin").read_bytes()
    scale = np.frombuffer(data[:4], dtype="<f4")[0]
    weights: Floats = np.frombuffer(data[4:], dtype=np.int8).reshape(SIZE, len(KINDS)) * scale
    return weights


@lru_cache(maxsize=50_000)
def _by_letters(name: str) -> Floats:
    return np.asarray(_weights()[hashed(letter_features(name))].sum(axis=0))


def kind_shares(name: str, before: str = "", after: str = "") -> dict[str, float]:
    """How likely a capitalised chain is each of ``KINDS``.

    Args:
        name: the chain.
        before: the text before it; it and the next empty where only the letters may speak.
        after: the text after it.

    >>> max((share, kind) for kind, share in kind_shares("Abdulrahman").items())[1]
    'person'
    """
    scores = _by_letters(name)
    if before or after:
        scores = scores + _weights()[hashed(context_features(before, after))].sum(axis=0)
    shares = np.exp(scores - scores.max())
    return dict(zip(KINDS, (shares / shares.sum()).tolist(), strict=True))
