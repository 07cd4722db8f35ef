import pytest

from bialign.pages.decoding import decode


def test_declared_encodings_are_used_where_nothing_tells():
    assert decode("caf\xe9 noir".encode("latin-1"), path="a", declared="iso-8859-1").text == "café noir"
    assert decode(b"plain", path="a", declared="utf-16").text == "plain"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "windows-1256"])
def test_every_character_is_kept(encoding):
    text = (
        "قال من في على الشارع\r\nو\t\u200fالبلد"
        if encoding != "windows-1256"
        else "قال من في على الشارع\r\nالبلد"
    )
    assert decode(text.encode(encoding), path="a").text == text


def test_a_nul_is_said():
    assert decode("نص\x00 آخر في السطر".encode(), path="a").warnings == ("NUL character at 2",)
