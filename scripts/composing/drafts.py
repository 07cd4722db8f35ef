"""A page being composed from a layout: its text, and what a careful reader would take from it.

A layout is text or HTML with slots ``{{name|argument|…}}``; filling a slot writes something on the
page and, where it is a fact of the story, notes it in the gold. A line that begins with ``?`` is
left out of half of the pages.
"""

from __future__ import annotations

import datetime as dt
import html
from random import Random
from typing import Any, Final

import regex

from composing import dating, stories
from composing.stories import WORDS, Story

_SLOT: Final = regex.compile(r"\{\{(\w+)((?:\|[^|{}]*)*)\}\}")


class Draft:
    """A page and its gold.

    Args:
        rng: where all choices come from.
        names: the site's name in Arabic and in Latin letters.
        story: what the page tells.
        markup: whether the page is HTML.

    Attributes:
        gold: the fields of a ``Page``, and in ``unscored`` those no reader could be sure of.
        crawled: the time of the crawl where the page is given one.
    """

    def __init__(self, rng: Random, names: tuple[str, str], story: Story, *, markup: bool) -> None:
        self.rng = rng
        self.names = names
        self.story = story
        self.markup = markup
        self.moment = dating.random_moment(rng)
        self.crawled: str | None = None
        self.exact: str | None = None
        mul = story.language == "mul"
        self.gold: dict[str, Any] = {
            "language": story.language,
            "title": story.title,
            "dateline": None,
            "body": "\n\n".join(story.body),
            "title_ar": story.title_ar if mul else None,
            "body_ar": "\n\n".join(story.body_ar) if mul else None,
            "published": None,
            "updated": None,
            "credits": [],
            "categories": [],
            "tags": [],
            "headlines": [],
            "unscored": [],
        }

    def fill(self, layout: str) -> str:
        """The page a layout makes, slots filled from its beginning to its end."""
        lines = [line for line in layout.splitlines() if not line.startswith("?") or self.rng.random() < 0.5]
        page: str = _SLOT.sub(self._slot, "\n".join(line.removeprefix("?") for line in lines))
        if self.exact:
            self.gold["published"] = self.exact
        return page + "\n"

    def _slot(self, match: regex.Match[str]) -> str:
        text = str(getattr(self, f"slot_{match[1]}")(*match[2].split("|")[1:]))
        return (
            text
            if match[1] in ("body", "body_ar", "rest", "sections", "headlines", "others")
            else self._escaped(text)
        )

    def _escaped(self, text: str) -> str:
        return html.escape(text, quote=False) if self.markup else text

    def _each(self, texts: list[str], tag: str) -> str:
        """Texts one after the other: in an element each, or on lines, a blank line between for ``blank``."""
        if not self.markup:
            return ("\n\n" if tag == "blank" else "\n").join(texts)
        if tag == "br":
            return "<br><br>".join(map(self._escaped, texts))
        name = tag.split(maxsplit=1)[0]
        return "\n".join(f"<{tag}>{self._escaped(text)}</{name}>" for text in texts)

    def slot_title(self) -> str:
        """The story's headline."""
        return self.story.title

    def slot_title_ar(self) -> str:
        """The Arabic headline of a story in both languages."""
        return self.story.title_ar

    def slot_site(self) -> str:
        """The site's name in Arabic."""
        return self.names[0]

    def slot_site_en(self) -> str:
        """The site's name in Latin letters."""
        return self.names[1]

    def slot_body(self, tag: str) -> str:
        """All paragraphs, each in an element."""
        return self._each(self.story.body, tag)

    def slot_body_ar(self, tag: str) -> str:
        """The Arabic paragraphs of a story in both languages."""
        return self._each(self.story.body_ar, tag)

    def slot_first(self) -> str:
        """The first paragraph, for layouts that put something before it."""
        return self.story.body[0]

    def slot_second(self) -> str:
        """The second paragraph."""
        return self.story.body[1]

    def slot_rest(self, tag: str, skip: str = "1") -> str:
        """The paragraphs after the first ones."""
        return self._each(self.story.body[int(skip) :], tag)

    def slot_quoted(self, place: str) -> str:
        """A whole Arabic paragraph quoted inside an English story, part of its body."""
        paragraph = stories.paragraph_ar(self.rng)
        body = [*self.story.body[: int(place)], paragraph, *self.story.body[int(place) :]]
        self.story.body[:] = body
        self.gold["body"] = "\n\n".join(body)
        return paragraph

    def _dateline(self, key: str, value: str) -> str:
        self.gold["dateline"] = (self.gold["dateline"] or {"place": None, "agency": None}) | {key: value}
        return value

    def slot_place(self, language: str) -> str:
        """Where the story was filed."""
        return self._dateline("place", self.story.place[language == "ar"])

    def slot_place_caps(self) -> str:
        """Where the story was filed, in capitals."""
        return self._dateline("place", self.story.place[0].upper())

    def slot_agency(self, language: str, name: str | None = None) -> str:
        """Which agency filed it."""
        return self._dateline("agency", name or self.rng.choice(WORDS[f"agencies_{language}"]))

    def slot_paper(self) -> str:
        """The site itself as the agency of the dateline."""
        return self._dateline("agency", self.names[0])

    def slot_date(self, *styles: str) -> str:
        """When the story was published."""
        text, self.gold["published"] = dating.write(self.rng, self.moment, *styles)
        return text

    def slot_later(self, *styles: str) -> str:
        """When it was updated, some hours on."""
        moment = self.moment + dt.timedelta(minutes=self.rng.randint(70, 1800))
        text, self.gold["updated"] = dating.write(self.rng, moment, *styles)
        return text

    def slot_same(self, *styles: str) -> str:
        """The time of an update on the day of publication."""
        text, self.gold["updated"] = dating.write(self.rng, self.moment, *styles)
        return text

    def slot_other(self, days: str, *styles: str) -> str:
        """Another date on the page, so many days on."""
        return dating.write(self.rng, self.moment + dt.timedelta(days=int(days)), *styles)[0]

    def slot_year(self, years: str = "0") -> str:
        """A year alone."""
        return str(self.moment.year + int(years))

    def slot_stamp(self, days: str = "0", zone: str = "") -> str:
        """A time stamp in markup; on the day itself, and with its zone, it makes the date exact."""
        moment = (self.moment + dt.timedelta(days=int(days))).isoformat(timespec="seconds") + zone
        if days == "0":
            self.exact = moment
        return moment

    def slot_ago(self) -> str:
        """A relative date; half of the pages know when they were crawled."""
        hours = self.rng.randint(3, 9)
        if self.rng.random() < 0.5:
            self.crawled = self.moment.isoformat(timespec="seconds")
            self.gold["published"] = (self.moment - dt.timedelta(hours=hours)).isoformat(timespec="minutes")
        return f"منذ {self.rng.choice((str(hours), '٠١٢٣٤٥٦٧٨٩'[hours]))} ساعات"

    def slot_credit(self, roles: str, cue: str = "", count: str = "1") -> str:
        """``cue names`` in Arabic; roles joined by + share the names."""
        return self._credit(roles, cue, int(count), "ar")

    def slot_credit_en(self, roles: str, cue: str = "", count: str = "1") -> str:
        """``cue names`` in English."""
        return self._credit(roles, cue, int(count), "en")

    def _credit(self, roles: str, cue: str, count: int, language: str) -> str:
        name = stories.person_ar if language == "ar" else stories.person_en
        names = list(dict.fromkeys(name(self.rng) for _ in range(count)))
        self.gold["credits"] += [{"role": role, "name": n} for role in roles.split("+") for n in names]
        comma, last = ("، ", " و") if language == "ar" else (", ", " and ")
        listed = names[0] if len(names) == 1 else comma.join(names[:-1]) + last + names[-1]
        cue = cue or self.rng.choice(WORDS[f"cues_{language}"][roles.partition("+")[0]])
        return listed if cue == "none" else f"{cue} {listed}"

    def slot_source(self, cue: str = "المصدر:") -> str:
        """The agency a story was taken from."""
        agency = self.rng.choice(WORDS["agencies_ar"])
        self.gold["credits"].append({"role": "source", "name": agency})
        return agency if cue == "none" else f"{cue} {agency}"

    def slot_person(self, language: str = "ar") -> str:
        """Somebody who has no part in the story."""
        return stories.person_ar(self.rng) if language == "ar" else stories.person_en(self.rng)

    def slot_category(self) -> str:
        """The story's section."""
        section = str(self.rng.choice(WORDS["sections_ar"]))
        self.gold["categories"].append(section)
        return section

    def slot_sections(self, count: str, tag: str = "") -> str:
        """A menu of sections."""
        return self._each(self.rng.sample(WORDS["sections_ar"], int(count)), tag)

    def slot_tag(self) -> str:
        """One tag."""
        tag = str(self.rng.choice([t for t in WORDS["tags_ar"] if t not in self.gold["tags"]]))
        self.gold["tags"].append(tag)
        return tag

    def slot_hashtag(self) -> str:
        """One tag as a hashtag."""
        return "#" + self.slot_tag().replace(" ", "_")

    def slot_headline(self, relation: str) -> str:
        """Another story's headline."""
        taken = [headline["text"] for headline in self.gold["headlines"]]
        text = stories.headline_ar(self.rng)
        while text in taken:
            text = stories.headline_ar(self.rng)
        self.gold["headlines"].append({"relation": relation, "text": text})
        return text

    def slot_headlines(self, relation: str, count: str, tag: str = "") -> str:
        """Several headlines."""
        return self._each([self.slot_headline(relation) for _ in range(int(count))], tag)

    def slot_others(self, count: str, tag: str = "") -> str:
        """Headlines of a ticker or a list of the most read; a reader may call them related or a menu."""
        self.gold["unscored"].append("headlines")
        return self._each([stories.headline_ar(self.rng) for _ in range(int(count))], tag)

    def slot_unscored(self, *fields: str) -> str:
        """Nothing; names fields that no reader could be sure of on this layout."""
        self.gold["unscored"] += fields
        return ""

    def slot_number(self, low: str, high: str) -> str:
        """A number."""
        return str(self.rng.randint(int(low), int(high)))
