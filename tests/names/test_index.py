"""The name index: finding across scripts, saving and mapping, bad input."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bialign.errors import StoreError, UsageError
from bialign.names.blocking import grams
from bialign.names.index import NameIndex, probabilities

NAMES = ["Homs", "Hama", "Maarrat al-Nu'man", "حلب", "Moustafa al-Khateeb", "إدلب", "Idlib", "Deir ez-Zor"]


@pytest.fixture(scope="module")
def index():
    return NameIndex(NAMES)


@pytest.mark.parametrize(
    ("query", "name"),
    [("حماة", "Hama"), ("مصطفى الخطيب", "Moustafa al-Khateeb"), ("معرة النعمان", "Maarrat al-Nu'man"),
     ("Aleb", "حلب"), ("Mustafa al-Khatib", "Moustafa al-Khateeb"), ("دير الزور", "Deir ez-Zor")],
)  # fmt: skip
def test_finds_across_and_within_scripts(index, query, name):
    assert name in [hit.name for hit in index.search(query, k=2)]


def test_the_same_name_in_both_scripts_is_found_twice(index):
    assert {hit.name for hit in index.search("Idlib", k=2)} == {"Idlib", "إدلب"}


def test_a_name_written_on_is_parted_where_its_capitals_stand():
    names = [
        f"{given} {family}" for given in ("Mohammed", "Ahmed", "Samir") for family in ("Jobrani", "Loub")
    ]
    assert NameIndex(names).candidates("MuhammadJobrani")[0] == 0
    assert NameIndex(["McDonald"]).candidates("Mcdonald") == [0]


def test_positions_are_those_of_the_list(index):
    for hit in index.search("Idlib"):
        assert NAMES[hit.position] == hit.name


def test_save_and_open_answer_the_same(index, tmp_path):
    index.save(tmp_path / "i")
    opened = NameIndex.open(tmp_path / "i")
    assert isinstance(opened._arrays.postings, np.memmap)
    assert len(opened) == len(index)
    assert opened.search("حماة") == index.search("حماة")


def test_an_empty_index_is_saved_and_finds_nothing(tmp_path):
    NameIndex().save(tmp_path / "i")
    assert NameIndex.open(tmp_path / "i").search("Hama") == []


@pytest.mark.parametrize("damage", ["keys.npy", "index.json"])
def test_a_damaged_index_is_a_clear_error(index, tmp_path, damage):
    index.save(tmp_path)
    (tmp_path / damage).write_bytes(b"xx")
    with pytest.raises(StoreError, match="name index"):
        NameIndex.open(tmp_path)


def test_no_index(tmp_path):
    with pytest.raises(StoreError, match="no name index"):
        NameIndex.open(tmp_path / "none")


def test_k_below_one(index):
    with pytest.raises(UsageError):
        index.search("Hama", k=0)


@settings(max_examples=50)
@given(st.lists(st.text(max_size=12), max_size=6), st.text(max_size=12))
def test_any_text_is_indexed_and_searched(names, query):
    index = NameIndex(names)
    assert [index[i] for i in range(len(names))] == names
    hits = index.search(query)
    assert all(0 <= hit.probability <= 1 for hit in hits)
    assert len({hit.position for hit in hits}) == len(hits)


@given(st.sampled_from(NAMES))
def test_candidates_agree_with_a_plain_count_of_shared_keys(name):
    index = NameIndex(NAMES)
    sharing = {i for i, other in enumerate(NAMES) if set(grams(other)) & set(grams(name))}
    assert set(index.candidates(name)) == sharing


def test_probabilities_of_nothing():
    assert probabilities("Hama", []).tolist() == []
    assert probabilities("", ["Hama"]).tolist() == [0.0]
