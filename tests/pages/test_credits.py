import pytest
from hypothesis import given
from hypothesis import strategies as st

from bialign.pages.credits import find_credits, names_in

GOLD = [
    (
        "تحرير سعيد علي | ترجمة محمد نور | تحرير الترجمة فرح حسن",
        "editor:سعيد علي translator:محمد نور translation_editor:فرح حسن",
    ),
    ("إعداد وتحرير: سعيد علي", "preparer:سعيد علي editor:سعيد علي"),
    ("ترجمة وتحرير: ليلى حسن", "translator:ليلى حسن editor:ليلى حسن"),
    ("تـحـريـر: سعيد علي", "editor:سعيد علي"),
    ("تَحرير: سعيد علي", "editor:سعيد علي"),
    ("كتبت أسماء نصار", "author:أسماء نصار"),
    ("بقلم: سعيد علي ومحمد نور", "author:سعيد علي author:محمد نور"),
    ("ترجمة: سعيد علي، محمد نور", "translator:سعيد علي translator:محمد نور"),
    ("إعداد: محمد وليد", "preparer:محمد وليد"),
    ("حاوره: سعيد علي • تصوير: ليلى حسن", "interviewer:سعيد علي photographer:ليلى حسن"),
    ("تدقيق لغوي: سعيد علي", "reviewer:سعيد علي"),
    ("المصدر: الجزيرة + وكالات", "source:الجزيرة source:وكالات"),
    ("رئيس التحرير: سعيد علي", "editor_in_chief:سعيد علي"),
    ("ترجمها عن الإنجليزية: يوسف كنعان", "translator:يوسف كنعان"),
    ("Translated by Ahmed al-Ali", "translator:Ahmed al-Ali"),
    ("Translated and edited by Ahmed al-Ali", "translator:Ahmed al-Ali editor:Ahmed al-Ali"),
    (
        "Translation: Farah Nasif | Translation editor: Omar Said",
        "translator:Farah Nasif translation_editor:Omar Said",
    ),
    ("By Ahmed al-Ali and Sami Nour", "author:Ahmed al-Ali author:Sami Nour"),
    ("(Reporting by Ahmed Ali in Beirut; Editing by Sara Noor)", "reporter:Ahmed Ali editor:Sara Noor"),
    ("Source: Enab Baladi", "source:Enab Baladi"),
    ("كتب بواسطة: سعيد علي", "author:سعيد علي"),
    ("كتب: د. سعيد علي", "author:د. سعيد علي"),
]
NEGATIVE = [
    "تحرير مدينة حلب",
    "تحرير الرقة من داعش",
    "كتب محمد على تويتر أن القوات دخلت البلدة",
    "كتاب جديد عن تاريخ المدينة",
    "قال مصدر محلي إن القوات دخلت",
    "By the end of the year the town was empty",
    "The editor of the paper said so",
    "صورة من الأرشيف",
    "ترجمة الكتاب من العربية إلى الفرنسية",
    "تصوير فيلم جديد في المدينة",
    "Edited volumes are rarely read",
    "تحرير أسعار الوقود يبدأ غدا",
]


@pytest.mark.parametrize(("line", "gold"), GOLD)
def test_credits(line, gold):
    assert " ".join(f"{credit.role}:{credit.name}" for credit in find_credits(line)) == gold


@pytest.mark.parametrize("line", NEGATIVE)
def test_what_is_no_credit(line):
    assert find_credits(line) == []


def test_label_on_one_line_and_name_on_the_next():
    assert [c.name for c in find_credits("المصدر:\n(أبوظبي - البيان)")] == ["البيان"]


def test_names_alone():
    assert names_in("Ahmed Ali and Sara Noor") == ["Ahmed Ali", "Sara Noor"]
    assert names_in("قتلى في القصف على المدينة") == []


@given(
    st.lists(
        st.sampled_from(
            [
                "تحرير",
                "ترجمة",
                "By ",
                "سعيد",
                " علي",
                "و",
                " | ",
                ":",
                "،",
                "\u200f",
                "ـ",
                "ً",
                " and ",
                "Ali",
                "12",
                "\n",
                "(",
                "🕔",
                "ﺗﺮﺟﻤﺔ",
            ]
        ),
        max_size=15,
    ).map("".join)
)
def test_spans_are_those_of_the_names(line):
    for credit in find_credits(line):
        assert 0 <= credit.start <= credit.name_start < credit.name_end <= credit.end <= len(line)
        assert " ".join(line[credit.name_start : credit.name_end].split()) == credit.name
