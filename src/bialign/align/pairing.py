"""The English names of a page met with the Arabic that stands on the same page.

Such a page is no parallel text: its Arabic is a few lines of metadata (tags, headlines, the
section), so position says nothing and a name may have no partner at all. Two kinds of evidence
complete each other: spelling, for names that were transliterated, and meaning, for names that
were translated. An abbreviation goes with what it was bracketed to.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import regex

from bialign.model import Evidence, Kind, Mention, NamePair, Page, Record, Segment
from bialign.names.blocking import grams
from bialign.names.initials import find_arabic_abbreviation
from bialign.names.matching import match_many
from bialign.names.translated import is_transliterated
from bialign.text.arabic import fold_arabic
from bialign.text.encoder import encoder
from bialign.text.latin import latin_key
from bialign.text.scripts import has_arabic

# Matching is calibrated on pairs of which one in five is true (odds of 1 to 4). On a page, say
# three English names in ten have an Arabic partner: one of some ten names that somebody set
# apart, or one of some hundred stretches of words that may be no name at all. A tag says what the
# story is about, and so does its title: of the two or three names there it is one, more often than not.
_CALIBRATED_ODDS: Final = 1 / 4
_ODDS_WHOLE: Final = 0.3 / 10
_ODDS_BARE: Final = 0.3 / 100
_ODDS_TOPIC: Final = 0.6 / 2
# Cosine of a translated name and its partner: .75 to .92, with others under .7 (DESIGN.md).
_COSINE_MIDDLE: Final = 0.72
_COSINE_WIDTH: Final = 0.03
_LONGEST: Final = 5
# Dice coefficient of blocking keys below which two spellings are not worth the model's time.
_NEAR: Final = 0.2
_MOST_SPANS: Final = 400
_GRAMS_KEPT: Final = 50_000
_ENOUGH: Final = 0.5
#: A pair under ``_ENOUGH`` is worth keeping from here on: seen on more pages it may become likely.
_PERHAPS: Final = 0.1

_WORD: Final = regex.compile(r"[\p{scx=Arab}\p{M}&&[^\p{P}\p{Nd}\s]]+", flags=regex.V1)
_QUOTED: Final = regex.compile(r"[\"«“”„]([^\"«»“”„\n]{2,60})[\"»“”]")
_PROCLITICS: Final = "وفبلكس"
_KINDS: Final[frozenset[Kind]] = frozenset({"tag", "headline", "title", "body"})


@dataclass(frozen=True, slots=True)
class Span(Record):
    """An Arabic span of a page that may be a name.

    Args:
        whole: a tag, a quotation or a found mention: somebody set it apart as one thing, so it
            may be met by meaning; a bare stretch of words only by spelling.
        topic: a tag, which says what the page is about.
    """

    text: str
    start: int
    end: int
    whole: bool
    topic: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A page with its names, to be met.

    Args:
        page: the page.
        english: its English mentions, spans into ``page.text``.
        arabic: its Arabic ones.
        ties: abbreviations and parts with the fuller name they stand for, as mentions of
            ``english``; they share its partner.
    """

    page: Page
    english: Sequence[Mention]
    arabic: Sequence[Mention]
    ties: Sequence[tuple[Mention, Mention]] = ()


def arabic_spans(page: Page, mentions: Sequence[Mention]) -> list[Span]:
    """The Arabic spans of a page that may be names: tags, quotations, mentions, word stretches.

    Args:
        page: the page.
        mentions: Arabic mentions found on it, spans into ``page.text``.

    Returns:
        Spans into ``page.text``, each once, the set-apart ones first; at most 400.
    """
    found: dict[tuple[int, int], Span] = {}

    def add(start: int, end: int, *, whole: bool, topic: bool = False) -> None:
        found.setdefault((start, end), Span(page.text[start:end], start, end, whole, topic))

    arabic = list(_arabic_segments(page))
    for segment in arabic:
        if segment.kind == "tag":
            text = page.text[segment.start : segment.end]
            stripped = text.strip()
            at = segment.start + text.find(stripped)
            add(at, at + len(stripped), whole=True, topic=True)
    for mention in mentions:
        add(mention.start, mention.end, whole=True)
    for segment in arabic:
        text = page.text[segment.start : segment.end]
        for match in _QUOTED.finditer(text):
            add(segment.start + match.start(1), segment.start + match.end(1), whole=True)
    for segment in arabic:
        words = list(_WORD.finditer(page.text, segment.start, segment.end))
        for first, word in enumerate(words):
            for last in range(first, min(first + _LONGEST, len(words))):
                if last > first and page.text[words[last - 1].end() : words[last].start()].strip(" \u00a0"):
                    break
                add(word.start(), words[last].end(), whole=False)
                if len(word[0]) > 3 and word[0][0] in _PROCLITICS:
                    add(word.start() + 1, words[last].end(), whole=False)
    return list(found.values())[:_MOST_SPANS]


def pair_names(
    page: Page,
    english: Sequence[Mention],
    arabic: Sequence[Mention],
    ties: Iterable[tuple[Mention, Mention]] = (),
) -> list[NamePair]:
    """Meet the English names of a page with the Arabic standing on it; see ``pair_pages``."""
    return pair_pages([Named(page, english, arabic, list(ties))])[0]


def pair_pages(pages: Sequence[Named]) -> list[list[NamePair]]:
    """Meet the English names of pages with the Arabic standing on each.

    Every name takes at most one Arabic span and every span one name (an assignment by falling
    probability). A pair that is less likely than not is given too, from a tenth on: on this page
    it says little, on many something.

    Args:
        pages: what is asked of the models is asked for all of them at once.

    Returns:
        For each page one pair a distinct English spelling, its evidence of kind ``page``.
    """
    meetings = [_Meeting.of(named) for named in pages]
    spelled, meant = _by_spelling(meetings), _by_meaning(meetings)
    return [
        _met(named, meeting, *found) if meeting.spans and meeting.names else []
        for named, meeting, *found in zip(pages, meetings, spelled, meant, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Meeting:
    """The Arabic spans of a page, its English names by key, and which key stands in its title."""

    spans: list[Span]
    groups: dict[str, list[Mention]]
    names: list[Mention]
    titled: list[bool]

    @classmethod
    def of(cls, named: Named) -> _Meeting:
        groups: dict[str, list[Mention]] = {}
        for mention in named.english:
            groups.setdefault(_key(mention), []).append(mention)
        spans = arabic_spans(named.page, named.arabic) if groups else []
        titles = [s for s in named.page.segments if s.kind == "title"]
        titled = [
            any(s.start <= m.start and m.end <= s.end for m in group for s in titles)
            for group in groups.values()
        ]
        return cls(spans, groups, [group[0] for group in groups.values()], titled)

    def odds(self, row: int, column: int) -> float:
        """Prior odds that a span is a name."""
        span = self.spans[row]
        if span.topic and self.titled[column]:
            return _ODDS_TOPIC
        return _ODDS_WHOLE if span.whole else _ODDS_BARE


def _met(
    named: Named, meeting: _Meeting, spelled: npt.NDArray[np.float64], meant: npt.NDArray[np.float64]
) -> list[NamePair]:
    page, ties, spans, names = named.page, named.ties, meeting.spans, meeting.names
    together = 1 - (1 - spelled) * (1 - meant)
    chosen = list(_assign(together, spans))
    pairs: dict[str, NamePair] = {}
    for column, row in [*chosen, *_inflected(chosen, together, names)]:
        probability = float(together[row, column])
        both = (("spelled alike", spelled[row, column]), ("of one meaning", meant[row, column]))
        least = _ENOUGH if probability >= _ENOUGH else _PERHAPS
        detail = [f"{how} on the page, {p:.2f}" for how, p in both if p >= least]
        if not detail:
            continue
        for name in {m.text: m for m in meeting.groups[_key(names[column])]}.values():
            pairs[name.text] = _pair(page, spans[row], name, probability, detail)
    for abbreviation in _abbreviated(page, ties):
        if abbreviation.probability >= pairs.get(abbreviation.en.text, abbreviation).probability:
            pairs[abbreviation.en.text] = abbreviation
    for short, full in ties:
        if full.text in pairs and short.text not in pairs:
            tied = pairs[full.text]
            evidence = Evidence("page", f"stands for {full.text}: {tied.evidence[0].detail}", page.source)
            pairs[short.text] = NamePair(tied.ar, short, tied.probability, (evidence,))
    return list(pairs.values())


def _by_spelling(meetings: Sequence[_Meeting]) -> list[npt.NDArray[np.float64]]:
    """For each page the probability that each span (row) is each name (column) transliterated.

    Pairs with too few blocking keys in common are none without asking the model.
    """
    out = [np.zeros((len(meeting.spans), len(meeting.names))) for meeting in meetings]
    near = [(page, row, column) for page, meeting in enumerate(meetings) for row, column in _near(meeting)]
    if not near:
        return out
    texts = [(meetings[p].spans[row].text, meetings[p].names[column].text) for p, row, column in near]
    calibrated = match_many(texts)
    prior = np.array([meetings[p].odds(row, column) for p, row, column in near])
    odds = prior / _CALIBRATED_ODDS * calibrated / np.maximum(1 - calibrated, 1e-9)
    for (page, row, column), probability in zip(near, (odds / (1 + odds)).tolist(), strict=True):
        out[page][row, column] = probability
    return out


def _near(meeting: _Meeting) -> Iterator[tuple[int, int]]:
    """Rows and columns of a page's spans and names that share letters enough."""
    span_keys = [_grams(span.text) for span in meeting.spans]
    for column, name in enumerate(meeting.names):
        right = _grams(name.text) if is_transliterated(name.text) else frozenset()
        for row, left in enumerate(span_keys):
            if right and 2 * len(left & right) >= _NEAR * (len(left) + len(right)):
                yield row, column


@functools.lru_cache(_GRAMS_KEPT)
def _grams(text: str) -> frozenset[str]:
    return frozenset(grams(text))


def _met_by_meaning(spans: Sequence[Span], names: Sequence[Mention]) -> tuple[list[int], list[int]]:
    """Which spans (rows) and names (columns) can be met by meaning.

    Spans that somebody set apart, of two words or more, and translated names of two words or more.
    """
    rows = [i for i, s in enumerate(spans) if s.whole and len(s.text.split()) > 1]
    columns = [j for j, n in enumerate(names) if len(n.text.split()) > 1 and not is_transliterated(n.text)]
    return (rows, columns) if rows and columns else ([], [])


def _by_meaning(meetings: Sequence[_Meeting]) -> list[npt.NDArray[np.float64]]:
    """For each page the probability that each span is each name translated."""
    asked = [_met_by_meaning(meeting.spans, meeting.names) for meeting in meetings]
    texts = [
        text
        for meeting, (rows, columns) in zip(meetings, asked, strict=True)
        for text in (*(meeting.spans[i].text for i in rows), *(meeting.names[j].text for j in columns))
    ]
    distinct = list(dict.fromkeys(texts))
    vectors = dict(zip(distinct, encoder().encode(distinct), strict=True)) if distinct else {}
    out = [np.zeros((len(meeting.spans), len(meeting.names))) for meeting in meetings]
    for found, meeting, (rows, columns) in zip(out, meetings, asked, strict=True):
        if rows:
            left = np.stack([vectors[meeting.spans[i].text] for i in rows])
            right = np.stack([vectors[meeting.names[j].text] for j in columns])
            cosine = (left @ right.T).astype(float)
            found[np.ix_(rows, columns)] = 1 / (1 + np.exp(-(cosine - _COSINE_MIDDLE) / _COSINE_WIDTH))
    return out


def _assign(probability: npt.NDArray[np.float64], spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """One-to-one by falling probability; yields (column, row). Ties go to the longer span.

    Spans of one folded text are one candidate, and a span that overlaps a taken one is gone.
    """
    size = np.array([span.end - span.start for span in spans])
    rows, columns = np.nonzero(probability >= _PERHAPS)
    order = np.lexsort((columns, rows, -size[rows], -np.round(probability[rows, columns], 4)))
    taken_columns: set[int] = set()
    taken: dict[str, list[Span]] = {}
    for row, column in zip(rows[order].tolist(), columns[order].tolist(), strict=True):
        span = spans[row]
        overlaps = any(s.start < span.end and span.start < s.end for held in taken.values() for s in held)
        if column in taken_columns or overlaps or fold_arabic(span.text) in taken:
            continue
        taken_columns.add(column)
        taken[fold_arabic(span.text)] = [span]
        yield column, row


def _inflected(
    chosen: Sequence[tuple[int, int]], probability: npt.NDArray[np.float64], names: Sequence[Mention]
) -> Iterator[tuple[int, int]]:
    """Names left over that are another's in another number (``Islamic states``): its span is theirs.

    They must meet the span by themselves, and differ from the name that took it in endings alone.
    """
    taken = {column for column, _ in chosen}
    for column, name in enumerate(names):
        for other, row in chosen:
            alike = _stems(name.text) == _stems(names[other].text)
            if column not in taken and alike and probability[row, column] >= _ENOUGH:
                taken.add(column)
                yield column, row


def _stems(name: str) -> list[str]:
    return [word.removesuffix("s") for word in name.casefold().split()]


def _abbreviated(page: Page, ties: Sequence[tuple[Mention, Mention]]) -> Iterator[NamePair]:
    """Arabic abbreviations of the names that the page abbreviates in English."""
    segments = list(_arabic_segments(page))
    texts = [page.text[s.start : s.end] for s in segments]
    for full in {full.text: full for short, full in ties if short.text.isupper()}.values():
        found = find_arabic_abbreviation(full.text, texts)
        if found is not None:
            start = segments[found.index].start
            span = Span(found.text, start + found.start, start + found.end, whole=True)
            yield _pair(page, span, full, found.probability, [found.reason])


def _arabic_segments(page: Page) -> Iterator[Segment]:
    """Segments of a page that may hold Arabic names."""
    for segment in page.segments:
        if segment.kind in _KINDS and has_arabic(page.text[segment.start : segment.end]):
            yield segment


def _pair(page: Page, span: Span, name: Mention, probability: float, detail: Sequence[str]) -> NamePair:
    arabic = Mention(span.text, span.start, span.end, span.start, span.end, name.type, detail[0])
    evidence = tuple(Evidence("page", line, page.source) for line in detail)
    return NamePair(arabic, name, probability, evidence)


def _key(mention: Mention) -> str:
    return latin_key(mention.text) or mention.text
