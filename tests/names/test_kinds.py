"""Of what type an English name is."""

from typing import get_args

import pytest

from bialign.model import NameType
from bialign.names.kinds import kind_of


@pytest.mark.parametrize("name", ["An Nasri", "Barot"])
def test_a_place_listed_under_another_spelling_before_a_word_for_speaking(name):
    """The gazetteer knows it by its letters only; it is no place of renown then."""
    assert kind_of(name, "", " said that")[0] in get_args(NameType)
    assert kind_of(name, "the town of ", "")[0] == "place"
