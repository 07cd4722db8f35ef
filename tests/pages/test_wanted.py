"""Which pages of a crawl are wanted, and that the cheap question never loses one."""

import html

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bialign.errors import UsageError
from bialign.model import RawPage
from bialign.pages.wanted import LETTERS, Sieve, may_have_arabic

ARABIC = "ترجمة سعيد الحموي، تحرير ريم شاهين"
ENGLISH = "Ten people were killed in Hama on Monday, residents of the town told the agency. " * 3
LINK = '<a href="/ar">العربية</a>'


def encoded(text, encoding):
    if encoding == "references":
        return "".join(f"&#{ord(c)};" if ord(c) > 127 else c for c in text).encode("ascii")
    if encoding == "hex references":
        return "".join(f"&#x{ord(c):x};" if ord(c) > 127 else c for c in text).encode("ascii")
    return text.encode(encoding, "ignore")


LETTER = st.sampled_from([c for c in map(chr, range(0x621, 0x64B)) if c != "\u063b" and c.isalpha()])


@given(
    st.text(LETTER, min_size=LETTERS["ar"], max_size=40),
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=200),
    st.sampled_from(
        ["utf-8", "cp1256", "iso-8859-6", "mac_arabic", "utf-16", "utf-16-le", "references", "hex references"]
    ),
)
@example("ابتثجحخدذرزس", "", "iso-8859-6")
def test_arabic_is_never_missed(arabic, latin, encoding):
    supported = "".join(
        c for c in arabic if c.encode("iso-8859-6", "ignore") and c.encode("cp1256", "ignore")
    )
    if len(supported) < LETTERS["ar"]:
        supported += "ا" * LETTERS["ar"]
    assert may_have_arabic(encoded(f"<p>{html.escape(latin)} {supported}</p>", encoding))


@given(
    st.text(st.characters(min_codepoint=32, max_codepoint=0x24F), max_size=400),
    st.integers(0, LETTERS["ar"] - 1),
)
def test_utf8_without_arabic_is_passed_over(latin, few):
    assert not may_have_arabic((latin.replace("&#", "") + "ا" * few).encode())


@pytest.mark.parametrize(
    ("text", "url", "languages", "sites", "reason"),
    [
        (ENGLISH + ARABIC, None, ["ar,en"], [], None),
        (ENGLISH + " العربية", None, ["ar", "en"], [], "too little Arabic"),
        (ARABIC + " Facebook Twitter", None, ["ar,en"], [], "too little English"),
        (ARABIC, None, ["ar"], [], None),
        (ENGLISH, None, ["en"], [], None),
        (ENGLISH, "https://www.example.org/a", ["ar"], ["example.org"], None),
        (ENGLISH, "https://english.example.org/a", [], ["example.org"], None),
        (ENGLISH + ARABIC, "https://example.com/a", [], ["example.org"], "another site"),
        (ENGLISH, "https://notexample.org/a", [], ["example.org"], "another site"),
        (ENGLISH, None, [], ["example.org"], "another site"),
    ],
)
def test_wanted(text, url, languages, sites, reason):
    sieve = Sieve.of(languages, sites)
    wanted = sieve.may_have(text.encode(), url) and sieve.has(RawPage("x", text, url=url))
    assert wanted == (reason is None)
    assert dict(sieve.passed) == ({} if reason is None else {reason: 1})
    assert sieve.kept == wanted


def test_nothing_named_keeps_everything():
    assert Sieve.of([], []) is None


@pytest.mark.parametrize(
    ("languages", "sites"), [(["fr"], []), (["ar,xx"], []), ([], ["no host"]), ([], ["x"])]
)
def test_wrong_use(languages, sites):
    with pytest.raises(UsageError):
        Sieve.of(languages, sites)
