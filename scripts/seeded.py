"""Chance that is the same in every run: what an experiment draws, shuffles and composes."""

from __future__ import annotations

from random import Random


def seeded(seed: int | str) -> Random:
    """A source of draws that a second run repeats.

    It is the one place where the linter's question about secrets (S311) is answered: experiments and
    made data draw samples, and nothing that must not be guessed rests on them.

    Args:
        seed: a number, or a text that names the draw.
    """
    return Random(seed)  # noqa: S311  (an experiment must draw the same twice; no secret is made of it)
