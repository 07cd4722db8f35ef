"""What single words say of names."""

import pytest

from bialign.names.cues import is_country, is_demonym, is_nisba, lower_share


@pytest.mark.parametrize("word", ["Iraqi", "Tunisians", "Lebanese", "Tasmanian", "Gulf", "British", "Kurds"])
def test_demonyms(word):
    assert is_demonym(word)


@pytest.mark.parametrize("word", ["Baghdad", "Haddad", "Berlin", "Jordan", "Oman", "Ohio", "", "A"])
def test_no_demonyms(word):
    assert not is_demonym(word)


def test_common_words_by_their_stems():
    assert lower_share("negotiators") > 50
    assert lower_share("retakes") > 50
    assert lower_share("Baghdad") < 35
    assert lower_share("zzyzx") is None


def test_states():
    assert is_country("Singapore")
    assert not is_country("Haddad")
    assert is_nisba("السورية")
    assert not is_nisba("القاضي")
