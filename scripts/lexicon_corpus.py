"""A corpus whose names are known: what the lexicon's benchmark reads, made in memory.

Names come from ``../shared/data/names``: persons and places with several Latin spellings of one
Arabic name, used at falling rates. Organisations are translated names made here. Stories are a
few template sentences in both languages; the layout is that of the seeds: an English story, with
a bar of Arabic credits, a tag and neighbouring Arabic headlines; some stories stand in Arabic too.
"""

from __future__ import annotations

import json
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import regex
from seeded import seeded

from bialign.model import RawPage
from bialign.names.examples import consonants_agree
from bialign.names.gazetteer import arabic_of
from bialign.text.arabic import fold_arabic

NAMES = Path(__file__).parents[2] / "shared" / "data" / "names"
COUNTRIES = ("SY", "IQ", "JO")
ORGANISATIONS = [
    ("Olive Growers' Union", "اتحاد مزارعي الزيتون", "OGU"),
    ("Northern Water Authority", "هيئة مياه الشمال", "NWA"),
    ("National Theatre Company", "فرقة المسرح الوطني", "NTC"),
    ("Teachers' Syndicate", "نقابة المعلمين", ""),
    ("River Guard Brigade", "لواء حرس النهر", "RGB"),
    ("Democratic Renewal Party", "حزب التجديد الديمقراطي", "DRP"),
    ("Supreme Electricity Council", "المجلس الأعلى للكهرباء", "SEC"),
    ("Fishermen's Association", "جمعية الصيادين", ""),
    ("Free Farmers Movement", "حركة المزارعين الأحرار", "FFM"),
    ("Ministry of Irrigation", "وزارة الري", ""),
    ("Popular Health Front", "جبهة الصحة الشعبية", "PHF"),
    ("Eastern Desert Army", "جيش الصحراء الشرقية", "EDA"),
]
# Slots: p a person, q its family name alone, l and m places, o an organisation; O spells out its
# abbreviation in brackets, s is the short form where there is one.
SENTENCES = [
    (
        "{p} arrived in {l} on Monday for talks with officials.",
        "وصل {p} إلى {l} يوم الاثنين لإجراء محادثات مع مسؤولين.",
    ),
    (
        "Residents of {l} said the road to {m} was closed for hours.",
        "قال سكان {l} إن الطريق إلى {m} أغلق ساعات.",
    ),
    ("The {O} opened an office in {l} last week.", "افتتح {o} مكتبا في {l} الأسبوع الماضي."),
    (
        "According to the {s}, aid reached the town of {m} at noon.",
        "وبحسب {o} وصلت المساعدات إلى بلدة {m} ظهرا.",
    ),
    (
        "{q} told reporters that repairs would take two months.",
        "وقال {p} للصحفيين إن الإصلاحات ستستغرق شهرين.",
    ),
    ("A spokesman for the {s} denied the report.", "ونفى متحدث باسم {o} صحة التقرير."),
    ("Farmers between {l} and {m} lost a third of their harvest.", "خسر مزارعون بين {l} و{m} ثلث محصولهم."),
    ("The engineer {p} said the bridge near {m} is safe.", "وقال المهندس {p} إن الجسر قرب {m} آمن."),
    ("Prices rose in the market of {l} after the storm.", "ارتفعت الأسعار في سوق {l} بعد العاصفة."),
    ("Doctors in {m} asked {q} for medicine.", "وطلب أطباء في {m} من {p} أدوية."),
]
TITLES = [
    ("Storm cuts the road between {l} and {m}", "عاصفة تقطع الطريق بين {l} و{m}"),
    ("The {o} opens a school in {l}", "{o} يفتتح مدرسة في {l}"),
    ("Residents return to {l} after the flood", "سكان يعودون إلى {l} بعد الفيضان"),
]
HEADLINES = [
    "حريق كبير في سوق {l} ليلا",
    "{p} يزور بلدة {m}",
    "{o} يدعو إلى اجتماع عاجل",
    "قتلى وجرحى بحادث سير قرب {m}",
    "أسعار الخضار ترتفع مع بداية الشتاء",
]
# A place that opens like a person's title is as good as unreadable in a sentence.
TITLED = ("Sayyid", "Imam", "Hajj", "Haj", "Shaykh", "Sheikh")
CREDITED = [("سامي الحداد", "رنا الشامي", "فادي منصور"), ("هدى كرم", "نزار قباوة", "ليلى صباغ")]
Row = dict[str, Any]
_SLOT = regex.compile(r"\{(\w)\}")
_RATES = (0.7, 0.2, 0.1)
#: How often the lists have a word spelled so, and how many stories are not of a person's home.
LEAST_SEEN, ABROAD = 10, 0.2


@dataclass(frozen=True)
class Name:
    """A name of the corpus.

    Args:
        id: unique.
        type: as a mention's.
        arabic: its Arabic spellings, the one used first.
        spellings: English ones, the usual first.
        short: an abbreviation, or the family name for each spelling's first.
    """

    id: str
    type: str
    arabic: tuple[str, ...]
    spellings: tuple[str, ...]
    short: str = ""

    def spelled(self, chance: Random) -> str:
        """One of its spellings, by falling rates."""
        return chance.choices(self.spellings, _RATES[: len(self.spellings)])[0]


@dataclass
class Corpus:
    """Pages, and where every English name stands on them.

    Args:
        pages: in order; an Arabic story follows its English one.
        placed: for a page's id, ``(start, end)`` of every English name with its id.
        names: by id.
    """

    pages: list[RawPage] = field(default_factory=list)
    placed: dict[str, dict[tuple[int, int], str]] = field(default_factory=dict)
    names: dict[str, Name] = field(default_factory=dict)


AGENCY = Name("org/agency", "organisation", ("نوى",), ("NAWA",))


def read_persons(count: int, chance: Random) -> Iterator[Name]:
    """Persons of two or three words; those with several spellings first among the picked."""
    spelled: dict[str, list[str]] = defaultdict(list)
    for line in (NAMES / "person_full.tsv").read_text("utf-8").splitlines()[1:]:
        ar, en = line.split("\t")[:2]
        words = len(ar.split())
        if (
            words in (2, 3)
            and len(en.split()) == words
            and en.istitle()
            and en.isascii()
            and en not in spelled[ar]
        ):
            spelled[ar].append(en)
    several = sorted(ar for ar, found in spelled.items() if len(found) > 1)
    single = sorted(ar for ar, found in spelled.items() if len(found) == 1)
    picked = chance.sample(several, min(len(several), count // 2))
    families: set[str] = set()
    for ar in picked + chance.sample(single, count - len(picked)):
        family = fold_arabic(ar.split()[-1])
        if family not in families:
            families.add(family)
            yield Name(f"person/{ar}", "person", (ar,), tuple(spelled[ar][:3]))


def read_places(count: int, chance: Random) -> Iterator[Name]:
    """Towns whose Latin names agree with their Arabic one by consonants, no two spelled alike.

    A third, where there are as many, are towns the gazetteer knows. Diacritics go, as in a newspaper.
    """
    with (NAMES / "places.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    rows = [r for r in rows if r["cc"] in COUNTRIES and r["pt"] == "locality" and r["ar"] and r["en"]]
    chance.shuffle(rows)
    known = {row["id"] for row in rows if arabic_of(row["en"][0])}
    rows.sort(key=lambda row: len(row["en"]) < 2)
    rows = _mixed([r for r in rows if r["id"] in known], [r for r in rows if r["id"] not in known])
    taken: set[str] = set()
    for row in rows:
        ar = row["ar"][0].strip("\u200e\u200f ")
        found = [_plain(en) for en in row["en"] if consonants_agree(fold_arabic(ar), en)]
        names = list(dict.fromkeys(en for en in found if en.istitle() and en.isascii()))
        keys = {fold_arabic(a) for a in row["ar"]} | {en.casefold() for en in names}
        titled = any(en.split()[0] in TITLED for en in names)
        if len(ar) < 4 or not names or titled or keys & taken:
            continue
        taken |= keys
        count -= 1
        yield Name(f"place/{row['id']}", "place", (ar, *row["ar"]), tuple(names[:3]))
        if not count:
            return


def _mixed(one: list[Row], other: list[Row]) -> list[Row]:
    """One of the first list to two of the other, while it lasts."""
    mixed = []
    for at, row in enumerate(one):
        mixed += [row, *other[2 * at : 2 * at + 2]]
    return mixed + other[2 * len(one) :]


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name).replace("`", "'")
    return "".join(c for c in letters if not unicodedata.combining(c)).lstrip("'").replace(" '", " ")


class _Writer:
    """One story's text in one language, with the places of the names in it."""

    def __init__(self, chance: Random, cast: dict[str, Name], *, arabic: bool) -> None:
        self.chance, self.cast, self.arabic = chance, cast, arabic
        self.text = ""
        self.placed: dict[tuple[int, int], str] = {}
        self.introduced: dict[str, str] = {}

    def write(self, template: str) -> None:
        """Add a template, its slots filled."""
        at = 0
        for slot in _SLOT.finditer(template):
            self.text += template[at : slot.start()]
            at = slot.end()
            self._name(slot[1])
        self.text += template[at:]

    def _name(self, slot: str) -> None:
        name = self.cast[{"q": "p", "O": "o", "s": "o"}.get(slot, slot)]
        if self.arabic:
            self.text += name.arabic[0]
            return
        usual = self.introduced.get(name.id)
        spelled = usual or name.spelled(self.chance)
        if slot == "q" and usual:
            spelled = usual.split()[-1]
        elif slot == "s" and name.short and f"{name.id}/short" in self.introduced:
            spelled = name.short
        elif usual is not None and self.chance.random() < 0.1:
            spelled = name.spelled(self.chance)
        self.introduced.setdefault(name.id, spelled)
        self._place(spelled, name.id)
        if slot == "O" and name.short and f"{name.id}/short" not in self.introduced:
            self.introduced[f"{name.id}/short"] = name.short
            self.text += " ("
            self._place(name.short, name.id)
            self.text += ")"

    def agency(self) -> None:
        """Add who filed the story."""
        if self.arabic:
            self.text += AGENCY.arabic[0]
        else:
            self._place(AGENCY.spellings[0], AGENCY.id)
        self.text += "\n\n"

    def _place(self, spelled: str, name: str) -> None:
        self.placed[len(self.text), len(self.text) + len(spelled)] = name
        self.text += spelled


def _story(
    number: int, chance: Random, cast: dict[str, Name], others: dict[str, Name], *, both: bool
) -> Iterator[tuple[RawPage, dict[tuple[int, int], str]]]:
    title = chance.choice(TITLES)
    told = [SENTENCES[i] for i in sorted(chance.sample(range(len(SENTENCES)), 7))]
    editor, translator, second = chance.choice(CREDITED)
    day = f"{chance.randint(1, 28)} فبراير، {chance.randint(2015, 2019)}"
    day = f"{day} {chance.randint(1, 11)}:{chance.randint(10, 59)} ص"
    tag = chance.choice((cast["o"], cast["l"], cast["o"])).arabic[0]
    bar = (
        f"تحرير {editor} | ترجمة {translator} | تحرير الترجمة {second} "
        f"🕔 تم النشر بتاريخ : {day} خبر محلي {tag}"
    )
    for language in ("en", "ar") if both else ("en",):
        arabic = language == "ar"
        writer = _Writer(chance, cast, arabic=arabic)
        side = int(arabic)
        writer.write(title[side])
        writer.text += f"\n\n{bar}\n\n"
        writer.write("{l}، " if arabic else "{l}, ")
        writer.agency()
        for at, sentence in enumerate(told):
            writer.write(sentence[side] + ("\n\n" if at % 2 else " "))
        writer.text += f"\n\nالأخبار المتعلقة\n\n{bar}\nالخبر السابق\n"
        headlines = _Writer(chance, others, arabic=True)
        headlines.write(chance.choice(HEADLINES) + "\nالخبر التالي\n")
        headlines.cast = cast
        headlines.write(chance.choice(HEADLINES) + "\n")
        name = f"made/{number:06}.{language}.txt"
        yield RawPage(name, writer.text + headlines.text, id=name), writer.placed


def read_namesakes(persons: list[Name], count: int) -> Iterator[tuple[Name, Name]]:
    """Persons, each with another who is spelled the same in English and otherwise in Arabic.

    One word of the Arabic is exchanged for another one that the lists spell the same, ten times and more.
    """
    seen: dict[tuple[str, str], int] = defaultdict(int)
    for line in (NAMES / "person_words.tsv").read_text("utf-8").splitlines()[1:]:
        ar, en, _, _, times = line.split("\t")[:5]
        seen[en.casefold(), fold_arabic(ar)] += int(times)
    arabic: dict[str, list[str]] = defaultdict(list)
    for (en, ar), total in seen.items():
        if total >= LEAST_SEEN:
            arabic[en].append(ar)
    for person in persons:
        words, english = person.arabic[0].split(), person.spellings[0].split()
        if len(words) != len(english) or not count:
            continue
        for at, (ar, en) in enumerate(zip(words, english, strict=True)):
            others = [
                o
                for o in dict.fromkeys(arabic[en.casefold()])
                if o.strip("اه") != fold_arabic(ar).strip("اه")
            ]
            if others and fold_arabic(ar) in arabic[en.casefold()]:
                other = " ".join([*words[:at], others[0], *words[at + 1 :]])
                count -= 1
                yield person, Name(f"person/{other}", "person", (other,), person.spellings)
                break


def make_namesakes(count: int, pairs: int, seed: int = 1) -> tuple[Corpus, list[tuple[str, str]]]:
    """A corpus of stories about persons who share their English spelling with another, by twos.

    Each has a home of three towns and an organisation, which his stories are told of, but for one in five.

    Returns:
        The corpus, and the ids of each two.
    """
    chance = seeded(seed)
    twins = list(read_namesakes(list(read_persons(40 * pairs, chance)), pairs))
    places = list(read_places(max(60, 2 * pairs), chance))
    organisations = [
        Name(f"org/{en}", "organisation", (ar,), (en,), short) for en, ar, short in ORGANISATIONS
    ]
    persons = [person for twin in twins for person in twin]
    homes = {person.id: (chance.sample(places, 3), chance.choice(organisations)) for person in persons}
    corpus = Corpus(names={name.id: name for name in (*persons, *places, *organisations, AGENCY)})
    for number in range(count * 10 // 11):
        person = chance.choice(persons)
        towns, organisation = homes[person.id]
        if chance.random() < ABROAD:
            towns, organisation = places, chance.choice(organisations)
        cast = dict(zip("plmo", (person, *chance.sample(towns, 2), organisation), strict=True))
        others = dict(
            zip("plmo", (chance.choice(persons), *chance.sample(places, 2), organisation), strict=True)
        )
        for page, placed in _story(number, chance, cast, others, both=chance.random() < 0.1):
            corpus.pages.append(page)
            corpus.placed[page.source] = placed
    return corpus, [(one.id, other.id) for one, other in twins]


def make_corpus(count: int, seed: int = 1, take: Callable[[RawPage], None] | None = None) -> Corpus:
    """A corpus of about ``count`` pages, one story in ten told in both languages.

    With ``take`` each page goes there and is not held.
    """
    chance = seeded(seed)
    size = max(20, round(4 * count**0.6))
    persons, places = list(read_persons(size, chance)), list(read_places(size, chance))
    organisations = [
        Name(f"org/{en}", "organisation", (ar,), (en,), short) for en, ar, short in ORGANISATIONS
    ]
    corpus = Corpus(names={name.id: name for name in (*persons, *places, *organisations, AGENCY)})
    for number in range(count * 10 // 11):
        cast, others = (
            dict(
                zip(
                    "plmo",
                    (chance.choice(persons), *chance.sample(places, 2), chance.choice(organisations)),
                    strict=True,
                )
            )
            for _ in range(2)
        )
        for page, placed in _story(number, chance, cast, others, both=chance.random() < 0.1):
            (take or corpus.pages.append)(page)
            corpus.placed[page.source] = placed
    return corpus
