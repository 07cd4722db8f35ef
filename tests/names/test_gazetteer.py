"""The gazetteer gives what libraries know, and nothing rather than nonsense."""

import pytest

from bialign.names.gazetteer import arabic_of, english_of, type_of


@pytest.mark.parametrize(
    ("english", "arabic"),
    [
        ("Hama", "حماة"), ("Hamah", "حماة"), ("Damascus", "دمشق"), ("Syria", "سوريا"), ("IRAQ", "العراق"),
        ("Al-Raqqa", "الرقة"), ("ar-Raqqah", "الرقة"), ("Turkey", "تركيا"), ("the US", None), ("US", "الولايات المتحدة"),
        ("London", "لندن"), ("Tehran", "طهران"), ("Latakia", "اللاذقية"), ("New York", "نيويورك"),
    ],
)  # fmt: skip
def test_arabic_of(english, arabic):
    assert [g.ar for g in arabic_of(english)][:1] == ([arabic] if arabic else [])


@pytest.mark.parametrize("name", ["Ihab", "Mohammed", "Ali", "", "-", "Xyzzy", "Friday"])
def test_nothing_rather_than_nonsense(name):
    assert arabic_of(name) == []


def test_a_country_settles_a_small_place():
    assert {g.country for g in arabic_of("Damascus", country="SY")} == {"SY"}
    assert arabic_of("Damascus", country="XX") == []


def test_english_of_and_type():
    assert english_of("دمشق")[0].en == "Damascus"
    assert type_of("بغداد") == "place"
    assert type_of("Kurdish") == "other"
