"""Subword units of a corpus's words: what statistics share between forms that no rule foresees.

A unigram model of pieces (Kudo 2018, as the library sentencepiece trains it) is learned in memory
from the distinct words and their counts. A word's unit is its heaviest piece, the one that the
model finds least probable: mostly what is left when proclitics and endings are their own pieces.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

#: Distinct words for each piece of the vocabulary, and the largest vocabulary.
WORDS_A_PIECE: Final = 4
MOST: Final = 8000
#: A corpus of fewer distinct words has no statistics of pieces; its words are their own units.
FEWEST: Final = 200
#: A longer word is its own unit, and so is what is not letters only.
LONGEST: Final = 40


def heaviest_pieces(words: Sequence[str], counts: Iterable[int]) -> list[str]:
    """The heaviest piece of each word.

    Args:
        words: words as they are to be compared: normalised, in lower case. They may repeat.
        counts: how often the corpus has each.

    Returns:
        A unit for each word; the words themselves where they are too few to learn from.

    >>> heaviest_pieces(["cat", "cats"], [3, 1])
    ['cat', 'cats']
    """
    known: Counter[str] = Counter()
    for word, count in zip(words, counts, strict=True):
        if word.isalpha() and len(word) <= LONGEST:
            known[word] += int(count)
    if len(known) < FEWEST:
        return list(words)
    model = _trained(known)
    distinct = sorted(known)
    weight = [-model.get_score(piece) for piece in range(model.get_piece_size())]
    unit = {
        word: str(model.id_to_piece(max(pieces, key=weight.__getitem__)))
        for word, pieces in zip(distinct, model.encode(distinct), strict=True)
    }
    return [unit.get(word, word) for word in words]


def _trained(known: Mapping[str, int]) -> Any:
    """A model of the pieces of words, as sentencepiece reads it back."""
    import sentencepiece  # noqa: PLC0415  (only the word aligner needs it)

    letters = len(set().union(*known))
    written = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=(f"{word}\t{count}" for word, count in sorted(known.items())),
        input_format="tsv",
        model_writer=written,
        # every letter is a piece, and unknown, begin and end are three more
        vocab_size=max(min(len(known) // WORDS_A_PIECE, MOST), letters + 3),
        hard_vocab_limit=False,
        character_coverage=1.0,
        # the words come normalised, and a piece is the same inside a word as at its beginning
        normalization_rule_name="identity",
        add_dummy_prefix=False,
        num_threads=1,
        minloglevel=2,
    )
    return sentencepiece.SentencePieceProcessor(model_proto=written.getvalue())
