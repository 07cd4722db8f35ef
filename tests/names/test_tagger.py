"""The classifier of Arabic words knows names by their letters and their neighbours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bialign.names.tagger import judge, readings


@pytest.mark.parametrize(("word", "before", "after"), [("ويليامز", "قال", "إن"), ("كوبنهاغن", "في", "")])
def test_names(word, before, after):
    assert judge(word, before, after)[0] > 0.5


@pytest.mark.parametrize("word", ["الحكومة", "مسؤول", "أعلنت", "المدنيين", "تسعة", "اجتماعات"])
def test_common_words(word):
    assert judge(word, "", "")[0] < 0.5


@given(st.text(alphabet="وفبلكساهيمنرت", min_size=1, max_size=8))
def test_readings_give_the_word_back(word):
    for cut, rest in readings(word):
        assert word[:cut] + rest in (word, word[:cut] + "ا" + word[cut:])
        assert 0 <= judge(word, "", "")[0] <= 1
