"""In what two Latin spellings of one Arabic name differ: stable codes for lexicon and reports.

The two names are cut into words with their articles; the words are paired; each pair and each
joint between words is then asked one question a class.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

import regex

from bialign.model import DIFFERENCES
from bialign.names.likeness import same_word
from bialign.text.latin import MARKS, drop_article, drop_possessive, unmark
from bialign.text.romanised import fold_compounds, fold_word

_GAP: Final = regex.compile(r"[\s\p{Pd}_.,·]+")
_LETTERS: Final = regex.compile(r"\P{L}+")
_STOPS: Final = regex.compile(r"[.,·]+")
_WHITE: Final = regex.compile(r"\s+")
_CAPITALS: Final = regex.compile(r"\p{Lu}(?:[.-]?\p{Lu})+\.?\Z")
_INITIAL: Final = regex.compile(r"(\p{L})\.?\Z")
_VOWELS: Final = regex.compile(r"[aeiouyw]+")
_ENDING: Final = regex.compile(r"(?:[ae]h|[ae]t|a|e)\Z")
_SMALL: Final = frozenset({"of", "the", "and", "for", "in", "de", "la", "du", "et"})


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a name as written, with the article before it and what joins them to the rest."""

    article: str
    joint: str
    word: str
    before: str

    @property
    def plain(self) -> str:
        return unmark(self.word.casefold())


@functools.lru_cache(maxsize=32_768)
def differences(usual: str, other: str) -> tuple[str, ...]:
    """The difference classes between two Latin spellings of one name.

    Args:
        usual: the spelling to compare with, as a rule the most frequent.
        other: another spelling.

    Returns:
        Codes of ``bialign.model.DIFFERENCES`` in their order; empty for spellings that are equal
        with white space folded. ``abbreviation``, ``translation`` and ``different`` stand alone:
        letters of unlike words cannot be compared.

    >>> differences("al-Bab al-Kabir", "Al-Bab al-Kabir")
    ('case',)
    >>> differences("Mohammed", "Muhamad"), differences("Hassan", "Hussein")
    (('vowel', 'consonant'), ('different',))
    """
    a, b = (" ".join(drop_possessive(text).split()) for text in (usual, other))
    if a == b:
        return ()
    if _abbreviates(a, b) or _abbreviates(b, a):
        return ("abbreviation",)
    found = _compare(a, b)
    if "different" in found:
        found = {"translation"} if _translates(a, b) else {"different"}
    return tuple(code for code in DIFFERENCES if code in found)


def _compare(a: str, b: str) -> set[str]:
    words_a, words_b = _cut(a), _cut(b)
    if len(words_a) == len(words_b):
        found = _paired(list(zip(words_a, words_b, strict=True)))
        if "different" not in found:
            return found | _marks(a, b)
    if _joined(a) and _joined(b) and _same_joined(a, b):
        return _as_one(a, b) | _marks(a, b)
    return _expanded(words_a, words_b) or {"different"}


def _cut(name: str) -> list[_Word]:
    """Cut a name into words, each with its own article."""
    pieces: list[tuple[str, str]] = []
    at = 0
    before = ""
    for gap in _GAP.finditer(name):
        pieces.append((before, name[at : gap.start()]))
        before, at = gap.group(), gap.end()
    pieces.append((before, name[at:]))
    pieces = [(gap, word) for gap, word in pieces if word]
    words: list[_Word] = []
    index = 0
    while index < len(pieces):
        gap, word = pieces[index]
        if index + 1 < len(pieces):
            next_gap, following = pieces[index + 1]
            whole = unmark(f"{word}{next_gap}{following}".casefold())
            if drop_article(whole) != whole and drop_article(whole) == unmark(following.casefold()):
                words.append(_Word(word, next_gap, following, gap))
                index += 2
                continue
        words.append(_Word("", "", word, gap))
        index += 1
    return words


def _paired(pairs: list[tuple[_Word, _Word]]) -> set[str]:
    """The classes between words that stand for each other, joints included."""
    found: set[str] = set()
    for first, pair in enumerate(pairs):
        x, y = _even(*pair)
        found |= _letters(x.plain, y.plain)
        found |= _case(x.word, y.word)
        if x.article.casefold() != y.article.casefold():
            found.add("article")
        if x.article and y.article:
            found |= _joints(x.joint, y.joint) | _case(x.article, y.article)
        if first:
            found |= _joints(x.before, y.before)
    return found


def _even(x: _Word, y: _Word) -> tuple[_Word, _Word]:
    """Take an article run together with its word apart where the other has one apart."""
    if x.article and y.article:
        return x, y
    return (x if x.article else _fused(x, y)), (y if y.article else _fused(y, x))


def _fused(fused: _Word, apart: _Word) -> _Word:
    plain = fused.plain
    for length in (2, 3):
        article, rest = plain[:length], plain[length:]
        if len(rest) >= 3 and (
            article in {"al", "el", "ul", "il", apart.article.casefold()} or article[1:] == rest[: length - 1]
        ):
            cut = fused.word.casefold().find(rest[0], length)
            if same_word(rest, apart.plain) and not same_word(plain, apart.plain) and cut > 0:
                # A capital inside was the word's own; else the word takes the other's.
                word = fused.word[cut:]
                word = word if word[0].isupper() == apart.word[0].isupper() else word.capitalize()
                return _Word(fused.word[:cut], "", word, fused.before)
    return fused


def _joints(a: str, b: str) -> set[str]:
    if a == b:
        return set()
    x, y = (_STOPS.sub("", joint) for joint in (a, b))
    if x == y:
        return set()
    return {"spacing"} if _WHITE.sub("", x) == _WHITE.sub("", y) else {"hyphen"}


def _case(a: str, b: str) -> set[str]:
    if a == b:
        return set()
    if a.casefold() == b.casefold():
        return {"case"}
    x, y = (_LETTERS.sub("", unmark(word)) for word in (a, b))
    if not x or not y:
        return set()
    shapes = [(word[0].isupper(), len(word) > 1 and word.isupper()) for word in (x, y)]
    return {"case"} if shapes[0] != shapes[1] else set()


def _marks(a: str, b: str) -> set[str]:
    """Apostrophes and diacritics, compared in the order they stand in."""
    return {"mark"} if _marked(a) != _marked(b) else set()


def _marked(text: str) -> list[str]:
    return [c for c in text.casefold() if c in MARKS or unmark(c) != c]


def _letters(a: str, b: str) -> set[str]:
    """The classes between two plain words; ``different`` where they cannot be one word."""
    if a == b:
        return set()
    initials = _INITIAL.match(a) or _INITIAL.match(b)
    if initials and a[:1] == b[:1]:
        return {"abbreviation"}
    found: set[str] = set()
    end_a, end_b = _ENDING.search(a), _ENDING.search(b)
    if end_a and end_b and end_a.group() != end_b.group() and _alike(a, b, end_a.start(), end_b.start()):
        found.add("ending")
        a, b = a[: end_a.start()], b[: end_b.start()]
    elif not _one_word(a, b):
        return {"different"}
    if _VOWELS.sub("", a) != _VOWELS.sub("", b):
        found.add("consonant")
    if _VOWELS.findall(a) != _VOWELS.findall(b):
        found.add("vowel")
    return found


def _alike(a: str, b: str, end_a: int, end_b: int) -> bool:
    """Whether two words are one but for the feminine ending that begins at the two places."""
    if "t" in (a[-1], b[-1]):
        return _one_word(a[:end_a], b[:end_b]) and min(end_a, end_b) > 2
    return _one_word(a, b)


def _one_word(a: str, b: str) -> bool:
    return fold_word(a) == fold_word(b) or same_word(a, b)


def _joined(name: str) -> str:
    return " ".join(_GAP.split(unmark(name.casefold()))).strip()


def _same_joined(a: str, b: str) -> bool:
    """Whether two names cut into words differently are one when written together."""
    x, y = (fold_compounds(drop_article(_joined(name))).split() for name in (a, b))
    if len(x) == len(y):
        return all(map(_one_word, x, y))
    return _one_word("".join(x), "".join(y))


def _as_one(a: str, b: str) -> set[str]:
    """The classes between two names whose words are cut differently."""
    found: set[str] = set()
    if a.count("-") != b.count("-"):
        found.add("hyphen")
    if a.count(" ") != b.count(" ") and not (
        "hyphen" in found and len(_GAP.findall(a)) == len(_GAP.findall(b))
    ):
        found.add("spacing")
    x, y = (_joined(name).replace(" ", "") for name in (a, b))
    if x == y:
        bare = [regex.sub(r"[\s\p{Pd}]", "", name) for name in (a, b)]
        starts = [
            {len(_GAP.sub("", name[: m.start()])) for m in regex.finditer(r"(?<![\p{L}\p{M}'’])\p{L}", name)}
            for name in (a, b)
        ]
        shared = starts[0] & starts[1]
        if any(p != q and i in shared for i, (p, q) in enumerate(zip(bare[0], bare[1], strict=False))):
            found.add("case")
        return found
    if [w.article.casefold() for w in _cut(a) if w.article] != [
        w.article.casefold() for w in _cut(b) if w.article
    ]:
        found.add("article")
    plain = [fold_compounds(drop_article(_joined(name))).split() for name in (a, b)]
    if len(plain[0]) != len(plain[1]):
        return found | _letters("".join(plain[0]), "".join(plain[1]))
    for v, w in zip(*plain, strict=True):
        found |= _letters(v, w)
    if "article" not in found and _VOWELS.findall(x) != _VOWELS.findall(y):
        found.add("vowel")
    return found


def _expanded(words_a: list[_Word], words_b: list[_Word]) -> set[str]:
    """``expansion`` and the classes of the shared words, where one name holds the other."""
    shorter, longer = sorted((words_a, words_b), key=len)
    if not shorter or len(shorter) == len(longer):
        return set()
    pairs: list[tuple[_Word, _Word]] = []
    rest = iter(longer)
    for word in shorter:
        fellow = next((w for w in rest if not _letters(word.plain, w.plain) & {"different"}), None)
        if fellow is None:
            return set()
        pairs.append((word, fellow))
    return {"expansion"} | _paired(pairs) - {"hyphen", "spacing"}


def _abbreviates(short: str, long: str) -> bool:
    """Whether ``short`` is the initials of ``long`` (small words may be left out)."""
    if not _CAPITALS.match(short) or _CAPITALS.match(long):
        return False
    letters = regex.sub(r"[.-]", "", short).casefold()
    words = [unmark(word) for word in _GAP.split(drop_article(long.casefold())) if word]
    if "".join(words) == letters:  # the same letters, with an article
        return False
    full = "".join(word[0] for word in words if word)
    main = "".join(word[0] for word in words if word and word not in _SMALL)
    return letters in {full, main}


def _translates(a: str, b: str) -> bool:
    """Whether one name translates words that the other romanises."""
    x, y = ([w for w in drop_article(_joined(name)).split() if w not in _SMALL] for name in (a, b))
    table = _translations()
    translated = 0
    left = list(y)
    for word in x:
        fellow = next((w for w in left if w == word or same_word(word, w)), None)
        if fellow is None:
            fellow = next(
                (
                    w
                    for w in left
                    if w in table.get(fold_word(word), ()) or word in table.get(fold_word(w), ())
                ),
                None,
            )
            translated += fellow is not None
        if fellow is not None:
            left.remove(fellow)
    matched = len(y) - len(left)
    return translated > 0 and 2 * matched >= max(len(x), len(y))


@functools.cache
def _translations() -> dict[str, frozenset[str]]:
    """English words by the key of the Arabic words that names carry untranslated."""
    text = files("bialign").joinpath("resources/name_words.tsv").read_text(encoding="utf-8")
    table: dict[str, set[str]] = {}
    for line in text.splitlines()[1:]:
        romanised, english = line.split("\t")
        table.setdefault(fold_word(romanised), set()).add(english)
    return {key: frozenset(words) for key, words in table.items()}
