"""Which pages of a crawl are wanted: those with text in some languages, or of some sites.

Most pages of a crawl are not. So each is asked the cheap questions first: its address, then whether its
bytes can hold enough Arabic at all; what passes is read as a page and its visible text is counted.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import regex

from bialign.errors import UsageError
from bialign.model import RawPage
from bialign.pages.templates import host

#: Letters of a script that a page has at least if it has text in its language: a link to the Arabic
#: edition is no Arabic text, a line of credits is; an English page has a sentence.
LETTERS: Final = {"ar": 12, "en": 60}
_SCRIPTS: Final = {"ar": regex.compile(r"\p{Script=Arabic}"), "en": regex.compile(r"\p{Script=Latin}")}
_WORDS: Final = {"ar": "Arabic", "en": "English"}

# In UTF-8 the first bytes of Arabic letters, and of their presentation forms.
_LEADS: Final = bytes([*range(0xD8, 0xDE), 0xEF])
_NO_LEADS: Final = bytes(set(range(256)) - set(_LEADS))
_NO_HIGH: Final = bytes(range(0x80))
_REFERENCE: Final = re.compile(rb"&#(?:[xX]0*(?:6|7[57]|[fF][bBcCdDeE])|0*(?:15|16|17|18|19|64|65))")
_BEGINNING: Final = 4096


@dataclass(slots=True)
class Sieve:
    """Keeps the wanted pages and counts the others by why they are passed over.

    A page is wanted if it has text in every one of the languages, or is of one of the sites.

    Args:
        languages: ``ar``, ``en`` or both; none: languages do not matter.
        sites: hosts; the hosts below them count too. None: sites do not matter.

    Raises:
        UsageError: another language, or neither languages nor sites.
    """

    languages: frozenset[str] = frozenset()
    sites: tuple[str, ...] = ()
    passed: Counter[str] = field(default_factory=Counter)
    kept: int = 0

    def __post_init__(self) -> None:
        for language in sorted(self.languages - LETTERS.keys()):
            raise UsageError(f"no language {language!r}", mend=f"some of {', '.join(LETTERS)}")
        if not (self.languages or self.sites):
            raise UsageError("nothing says which pages are wanted", mend="name languages or sites")

    @classmethod
    def of(cls, languages: Iterable[str] = (), sites: Iterable[str] = ()) -> Sieve | None:
        """As a person names them, separated by commas or one by one; null where none is named.

        >>> Sieve.of(["ar,en"], ["www.Example.org"]).sites
        ('example.org',)
        """
        spoken = frozenset(_named(languages))
        hosts = tuple(dict.fromkeys(_host(name) for name in _named(sites)))
        return cls(spoken, hosts) if spoken or hosts else None

    def may_have(self, data: bytes, url: str | None) -> bool:
        """Whether a page may be wanted, by its address and bytes; one that cannot is counted."""
        if self._of_site(url):
            return True
        if not self.languages:
            return self._pass_over("another site")
        if "ar" in self.languages and not may_have_arabic(data):
            return self._pass_over("too little Arabic")
        return True

    def has(self, page: RawPage) -> bool:
        """Whether a page is wanted; it is counted either way."""
        if not self._of_site(page.url):
            if not self.languages:
                return self._pass_over("another site")
            for language in sorted(self.languages):
                if not _has_letters(page.text, language):
                    return self._pass_over(f"too little {_WORDS[language]}")
        self.kept += 1
        return True

    def pass_over(self, reason: str) -> None:
        """Count a record that is no page to read."""
        self.passed[reason] += 1

    def _pass_over(self, reason: str) -> bool:
        self.pass_over(reason)
        return False

    def _of_site(self, url: str | None) -> bool:
        name = host(url) if self.sites else None
        return name is not None and any(name == site or name.endswith(f".{site}") for site in self.sites)


def may_have_arabic(data: bytes) -> bool:
    """Whether bytes can be a page with some Arabic in it, in any encoding that pages come in.

    Arabic in UTF-8, in the code pages of Windows, ISO and the Mac, in UTF-16 and as character
    references of HTML is never missed; what is not Arabic may pass.

    >>> may_have_arabic("ترجمة سعيد الحموي".encode()), may_have_arabic(b"Ten killed in Hama")
    (True, False)
    """
    least = LETTERS["ar"]
    if b"\0" in data[:_BEGINNING]:
        return True
    if data.isascii():
        return _references(data) >= least
    leads = len(data.translate(None, _NO_LEADS))
    if leads >= least:
        return True
    if leads + _references(data) >= least:
        return True
    return len(data.translate(None, _NO_HIGH)) >= least and not _is_utf8(data)


def _references(data: bytes) -> int:
    if b"&#" not in data:
        return 0
    return sum(1 for _ in itertools.islice(_REFERENCE.finditer(data), LETTERS["ar"]))


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _has_letters(text: str, language: str) -> bool:
    least = LETTERS[language]
    return sum(1 for _ in itertools.islice(_SCRIPTS[language].finditer(text), least)) == least


def _named(given: Iterable[str]) -> list[str]:
    return [name for part in given for name in (piece.strip() for piece in part.split(",")) if name]


def _host(name: str) -> str:
    found = host(name.lower())
    if found is None:
        raise UsageError(f"not a site: {name!r}", mend="a host, such as example.org")
    return found
