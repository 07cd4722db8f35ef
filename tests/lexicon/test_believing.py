"""Links between texts, believed or not for the sound of their names."""

from bialign.lexicon.believing import believable
from bialign.lexicon.records import Link


def links(*pairs):
    return [Link("p", ar, en, "parallel", "word links 1.00", 0.99) for ar, en in pairs]


def test_names_of_one_sound_are_believed():
    told = links(("موفق ناصيف", "Mowaffaq Nasif"), ("الرقة", "Raqqa"))
    assert believable(told) == told


def test_another_story_in_the_same_words_is_none():
    assert believable(links(("موفق ناصيف", "Mohamed Mokhtar"), ("الرقة", "Homs"), ("دمشق", "Tafas"))) == []


def test_a_conventional_name_takes_more_pages():
    told = links(("جبيل", "Byblos"), ("موفق ناصيف", "Mowaffaq Nasif"), ("الجيش الحر", "Free Army"))
    believed = {link.en: link.probability for link in believable(told)}
    assert believed == {"Byblos": 0.297, "Mowaffaq Nasif": 0.99, "Free Army": 0.99}


def test_nothing():
    assert believable([]) == []
    alone = links(("جبيل", "Byblos"))
    assert [link.en for link in believable(alone)] == ["Byblos"]
