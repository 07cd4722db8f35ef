"""Scholars' transliteration schemes for Arabic."""

from __future__ import annotations

import functools
from typing import Any, Final

from bialign.errors import UsageError

_CAMEL: Final = {
    "buckwalter": "ar2bw",
    "safe-buckwalter": "ar2safebw",
    "xml-buckwalter": "ar2xmlbw",
    "hsb": "ar2hsb",
}

#: The names of the schemes.
SCHEMES: Final[tuple[str, ...]] = tuple(_CAMEL)


def romanize_scheme(text: str, scheme: str) -> str:
    """Write Arabic text in a transliteration scheme.

    Args:
        text: Arabic text, with its vowel marks where the scheme is to show them.
        scheme: one of ``SCHEMES``.

    Raises:
        UsageError: no such scheme.

    >>> romanize_scheme("حلب", "buckwalter")
    'Hlb'
    """
    if scheme not in _CAMEL:
        raise UsageError(f"no transliteration scheme {scheme!r}", mend=f"one of {', '.join(SCHEMES)}")
    return str(_mapper(_CAMEL[scheme]).map_string(text))


@functools.cache
def _mapper(name: str) -> Any:
    from camel_tools.utils.charmap import CharMapper  # noqa: PLC0415  (read at first use)

    return CharMapper.builtin_mapper(name)
