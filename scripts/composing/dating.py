"""How sites write a moment: month families, orders, digits, clocks, both calendars, direction marks.

The styles are templates in ``words.json``; a template's slots tell to which precision it dates.
"""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Final

from hijridate import Gregorian

from composing.stories import WORDS

_DIGITS: Final = {
    "<east>": str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"),
    "<persian>": str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"),
}


def _clock(rng: Random, moment: dt.datetime, form: str) -> str:
    halves = ("م", "مساءً", "م") if moment.hour >= 12 else ("ص", "صباحاً", "ص")
    return f"{moment.hour % 12 or 12:02}:{moment.strftime(form)} {rng.choice(halves)}"


def _parts(rng: Random, moment: dt.datetime) -> dict[str, object]:
    """The slots of the templates."""
    hijri = Gregorian(moment.year, moment.month, moment.day).to_hijri()
    families = ("egypt", "levant", "maghreb", "morocco", "english")
    return {family: WORDS[family][moment.month - 1] for family in families} | {
        "d": moment.day,
        "dd": f"{moment:%d}",
        "m": moment.month,
        "mm": f"{moment:%m}",
        "y": moment.year,
        "eng3": WORDS["english"][moment.month - 1][:3],
        "nth": {1: "st", 2: "nd", 3: "rd"}.get(
            moment.day % 10 if moment.day not in (11, 12, 13) else 0, "th"
        ),
        "weekday": WORDS["days_formal_ar"][moment.weekday()],
        "weekday_en": WORDS["days_en"][moment.weekday()],
        "hd": hijri.day,
        "hm": hijri.month,
        "hy": hijri.year,
        "hijri": WORDS["hijri"][hijri.month - 1],
        "hijri_en": WORDS["hijri_en"][hijri.month - 1],
        "HM": f"{moment:%H:%M}",
        "HMS": f"{moment:%H:%M:%S}",
        "clock": _clock(rng, moment, "%M"),
        "clock_s": _clock(rng, moment, "%M:%S"),
        "clock_en": f"{moment.hour % 12 or 12}:{moment:%M} {'PM' if moment.hour >= 12 else 'AM'}",
    }


def _stamp(template: str, moment: dt.datetime) -> str:
    """What a reader takes from a template filled with a moment."""
    if "{clock_s}" in template or "{HMS}" in template:
        return moment.isoformat(timespec="seconds")
    if not any(slot in template for slot in ("{clock", "{HM}")):
        return moment.date().isoformat()
    zone = "+04:00" if "0400" in template else "+03:00" if any(z in template for z in ("+", "مكة")) else ""
    return moment.isoformat(timespec="minutes") + zone


def write(rng: Random, moment: dt.datetime, *styles: str) -> tuple[str, str]:
    """A moment in one of the named styles, and the stamp a reader takes from it.

    Args:
        rng: where all choices come from.
        moment: the moment.
        styles: names in ``date_styles`` of ``words.json``.
    """
    template = rng.choice(WORDS["date_styles"][rng.choice(styles)])
    text = template.format(**_parts(rng, moment))
    for mark, digits in _DIGITS.items():
        if text.startswith(mark):
            text = text.removeprefix(mark).translate(digits)
    return text, _stamp(template, moment)


def random_moment(rng: Random) -> dt.datetime:
    """A moment between 2010 and 2024, local time as sites print it."""
    start = dt.datetime.fromisoformat("2010-01-01T00:00:00")
    return start + dt.timedelta(seconds=rng.randrange(15 * 365 * 86400))
