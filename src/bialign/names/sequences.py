"""Sums and best paths of linear chains, many at once.

Forward and backward sums after Rabiner, "A tutorial on hidden Markov models" (1989), in the domain
of probabilities and scaled word by word; best paths after Viterbi.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[Any]

_TINY: Final = 1e-30


def expectations(
    scores: Floats, lengths: npt.NDArray[np.int64], moves: Floats, first: Floats
) -> tuple[Floats, Floats, Floats]:
    """Probability of every state of every word, how often every move is made, log of the sum over paths.

    Args:
        scores: [runs, words, STATES]; what stands past a run's length is not read.
        lengths: words of every run.
        moves: [STATES, STATES].
        first: [STATES].
    """
    count, longest, _ = scores.shape
    top = scores.max(axis=2, keepdims=True)
    lit, step = np.exp(scores - top), np.exp(moves)
    ahead = np.zeros_like(scores)
    logs = np.zeros(count)
    state = lit[:, 0] * np.exp(first)
    for at in range(longest):
        live = lengths > at
        if at:
            state = np.where(live[:, None], (state @ step) * lit[:, at], state)
        total = state.sum(axis=1)
        state = state / np.maximum(total, _TINY)[:, None]
        logs += np.where(live, np.log(np.maximum(total, _TINY)) + top[:, at, 0], 0)
        ahead[:, at] = state
    shares, pairs = np.zeros_like(scores), np.zeros_like(step)
    behind = np.ones((count, scores.shape[2]), dtype=scores.dtype)
    for at in range(longest - 1, -1, -1):
        both = ahead[:, at] * behind
        shares[:, at] = both / np.maximum(both.sum(axis=1, keepdims=True), _TINY)
        if at == 0:
            break
        live = (lengths > at)[:, None]
        arriving = lit[:, at] * behind
        following = arriving @ step.T
        sums = np.maximum((ahead[:, at - 1] * following).sum(axis=1, keepdims=True), _TINY)
        pairs += step * (ahead[:, at - 1].T @ np.where(live, arriving / sums, 0))
        behind = np.where(live, following / np.maximum(following.max(axis=1, keepdims=True), _TINY), behind)
    return shares, pairs, logs


def best_paths(
    scores: Floats, lengths: npt.NDArray[np.int64], moves: Floats, first: Floats
) -> list[list[int]]:
    """The likeliest states of every run (Viterbi)."""
    count, longest, _ = scores.shape
    back = np.zeros((longest, *scores.shape[::2]), dtype=np.int16)
    state = scores[:, 0] + first
    for at in range(1, longest):
        options = state[:, :, None] + moves[None]
        back[at] = options.argmax(axis=1)
        state = np.where((lengths > at)[:, None], options.max(axis=1) + scores[:, at], state)
    paths = []
    for row in range(count):
        here = int(state[row].argmax())
        path = [here]
        for at in range(int(lengths[row]) - 1, 0, -1):
            here = int(back[at, row, here])
            path.append(here)
        paths.append(path[::-1])
    return paths
