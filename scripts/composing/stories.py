"""Invented stories, people and headlines for composed pages, in English and Arabic.

Every name, headline and sentence is made up here from templates; slots keep the paragraphs of
different pages apart, so that nothing in a body looks like a site's template by accident.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Final

#: The word lists and sentence templates, by name.
WORDS: Final[dict[str, Any]] = json.loads(Path(__file__).with_name("words.json").read_text("utf-8"))


def person_ar(rng: Random) -> str:
    """An invented Arabic name."""
    return f"{rng.choice(WORDS['first_ar'])} {rng.choice(WORDS['last_ar'])}"


def person_en(rng: Random) -> str:
    """An invented name in Latin letters."""
    return f"{rng.choice(WORDS['first_en'])} {rng.choice(WORDS['last_en'])}"


def _fill(rng: Random, template: str, *, arabic: bool) -> str:
    places = rng.sample(WORDS["places_ar" if arabic else "places_en"], 2)
    group = rng.choice(WORDS["groups_en"])
    who = person_ar if arabic else person_en
    return template.format(
        place=places[0],
        place2=places[1],
        person=who(rng),
        person2=who(rng),
        group=group,
        Group=group[0].upper() + group[1:],
        thing=rng.choice(WORDS["things_en"]),
        agency=rng.choice(WORDS["agencies_en"][:4]),
        n=rng.randint(11, 97),
        m=rng.randint(11, 97),
        s=rng.randint(2, 9),
        t=rng.randint(0, 1),
        d=rng.randint(1, 28),
        mm=rng.randint(10, 59),
        year=rng.randint(2009, 2017),
        quote=rng.choice(WORDS["quotes_ar"]),
        hashtag=rng.choice(WORDS["tags_ar"]).replace(" ", "_"),
        arabic_place=rng.choice(WORDS["places_ar"]),
        day=rng.choice(WORDS["days_ar" if arabic else "days_en"]),
        month=rng.choice(WORDS["egypt" if arabic else "english"]),
    )


def headline_ar(rng: Random) -> str:
    """An invented Arabic headline."""
    return _fill(rng, rng.choice(WORDS["headlines_ar"]), arabic=True)


def headline_en(rng: Random) -> str:
    """An invented English headline."""
    return _fill(rng, rng.choice(WORDS["headlines_en"]), arabic=False)


def paragraph_ar(rng: Random) -> str:
    """An invented Arabic paragraph."""
    return _paragraphs(rng, WORDS["sentences_ar"], 1, arabic=True)[0]


@dataclass(frozen=True)
class Story:
    """A story to put on a page.

    Args:
        language: ``en``, ``ar`` or ``mul``.
        title, body: English (Arabic for ``ar``), the body as paragraphs.
        title_ar, body_ar: the Arabic side of a ``mul`` story, empty otherwise.
        place: the English and the Arabic name of where it was filed.
    """

    language: str
    title: str
    body: list[str]
    title_ar: str = ""
    body_ar: list[str] = field(default_factory=list)
    place: tuple[str, str] = ("", "")


def _paragraphs(rng: Random, pool: list[str], count: int, *, arabic: bool) -> list[str]:
    sentences = rng.sample(pool, min(len(pool), count * 2 + 1))
    paragraphs: list[str] = []
    while sentences and len(paragraphs) < count:
        size = rng.choice((1, 2, 2, 3))
        paragraphs.append(" ".join(_fill(rng, s, arabic=arabic) for s in sentences[:size]))
        sentences = sentences[size:]
    return paragraphs


def story(rng: Random, language: str) -> Story:
    """An invented story; one in three English ones has Arabic quotations, names or hashtags in it.

    Args:
        rng: where all choices come from.
        language: ``en``, ``ar`` or ``mul``.
    """
    index = rng.randrange(len(WORDS["places_en"]))
    place = WORDS["places_en"][index], WORDS["places_ar"][index]
    arabic = _paragraphs(rng, WORDS["sentences_ar"], rng.randint(3, 5), arabic=True)
    if language == "ar":
        return Story("ar", headline_ar(rng), arabic, place=place)
    pool = [*WORDS["sentences_en"], *(WORDS["mixed_en"] if rng.random() < 0.34 else ())]
    body = _paragraphs(rng, pool, rng.randint(3, 7), arabic=False)
    if language == "en":
        return Story("en", headline_en(rng), body, place=place)
    return Story("mul", headline_en(rng), body, headline_ar(rng), arabic, place)
