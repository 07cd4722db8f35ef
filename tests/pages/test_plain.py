"""Lines that need no closer look: whatever is plain holds no label, credit, date, tag or claim."""

from hypothesis import given
from hypothesis import strategies as st

from bialign.pages import grammar
from bialign.pages.bars import read_bar
from bialign.pages.folding import fold
from bialign.pages.lines import Line
from bialign.pages.phrases import texts
from bialign.pages.plain import is_plain
from bialign.pages.story import is_rights
from bialign.pages.tables import labels, rows

WORDS = [word for table in ("labels", "roles", "sections") for word, *_ in rows(table)]
OTHERS = ["سعيد", "الحموي", "Omar", "Haddad", "أمس", "2018", "مايو", "و", "حماة", "/", "#", "(", "اليوم", "."]


def plain(text: str) -> bool:
    return is_plain(text, texts(fold(text)))


def test_every_cue_and_label_asks_for_a_closer_look() -> None:
    cues = [row[0] for name in ("labels", "roles") for row in rows(name) if "related tail" not in row]
    assert [word for word in [*cues, *grammar.cues()] if plain(word)] == []


def test_a_menu_item_is_plain() -> None:
    assert all(map(plain, ("ثقافة وفن", "Opinion", "الشرق الأوسط")))


@given(st.lists(st.sampled_from(WORDS + OTHERS), min_size=1, max_size=6).map(" ".join))
def test_nothing_can_be_read_in_a_plain_line(text: str) -> None:
    if plain(text):
        line = Line(0, 0, len(text), text)
        assert read_bar(line) is None
        assert not is_rights(line)
        assert labels().at_text(texts(fold(text)), 0) is None
