"""The shipped name models, read once a process at first use."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from io import BytesIO

import numpy as np

from bialign.names.attested import Attested
from bialign.names.calibration import Logistic
from bialign.names.letters import ARABIC_LETTERS, LATIN_LETTERS
from bialign.names.network import Network
from bialign.names.tables import Tables


@cache
def romanizer() -> Network:
    """The network that writes Latin for Arabic; its styles are countries, ``world`` and ``alalc``."""
    return _network("romanize.npz", arabic_source=True)


@cache
def arabizer() -> Network:
    """The network that writes Arabic for Latin; style ``folded`` leaves hamza and teh marbuta out."""
    return _network("arabize.npz", arabic_source=False)


def _network(name: str, *, arabic_source: bool) -> Network:
    raw = (files("bialign.resources") / name).read_bytes()
    with np.load(BytesIO(raw), allow_pickle=False) as arrays:
        styles = tuple(str(s) for s in arrays["styles"])
        weights = {key: arrays[key].astype(np.float32) for key in arrays.files if key != "styles"}
    source, target = ARABIC_LETTERS, LATIN_LETTERS
    return (
        Network(source, target, styles, weights)
        if arabic_source
        else Network(target, source, styles, weights)
    )


@cache
def tables() -> tuple[Tables, Tables]:
    """The fast models, Arabic to Latin and Latin to Arabic, both of folded Arabic."""
    raw = (files("bialign.resources") / "tables.npz").read_bytes()
    with np.load(BytesIO(raw), allow_pickle=False) as arrays:
        there, back = arrays["there"], arrays["back"]
    return (
        Tables(ARABIC_LETTERS, LATIN_LETTERS, there),
        Tables(LATIN_LETTERS, ARABIC_LETTERS, back),
    )


@cache
def attested() -> Attested:
    """What the name lists attest."""
    raw = (files("bialign.resources") / "attested.npz").read_bytes()
    with np.load(BytesIO(raw), allow_pickle=False) as arrays:
        return Attested.from_arrays({key: arrays[key] for key in arrays.files})


@cache
def calibrators() -> dict[str, Logistic]:
    """The logistic regressions of ``matching``.

    ``fast`` and ``word`` judge single units, by the tables alone and with the networks too;
    ``apart`` weighs that judgement where both units are attested, but never together; ``full``
    judges names of several units, ``latin`` two Latin spellings.
    """
    raw = (files("bialign.resources") / "match.npz").read_bytes()
    with np.load(BytesIO(raw), allow_pickle=False) as arrays:
        stored = {key: arrays[key] for key in arrays.files}
    return {name: Logistic.from_array(row) for name, row in stored.items()}
