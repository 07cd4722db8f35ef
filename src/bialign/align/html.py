"""An alignment as one HTML page: both texts side by side, beads joined, words linked.

The page needs nothing from outside. A word lights up with its partners under the pointer or, as
every linked word can be reached with the tab key, under the focus.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from bialign.align.words import align_words
from bialign.files import writing
from bialign.model import Bead
from bialign.text.sentences import Token, tokens

_HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 1rem/1.6 system-ui, sans-serif; max-width: 75rem; margin: 2rem auto; padding: 0 1rem; }}
table {{ border-collapse: collapse; width: 100%; table-layout: fixed; }}
td, th {{ vertical-align: top; padding: .5rem .75rem; border-top: 1px solid #8886; overflow-wrap: anywhere; }}
th.score, td.score {{ width: 4.5rem; text-align: center; font-variant-numeric: tabular-nums; }}
td[dir=rtl], th[dir=rtl] {{ text-align: right; font-size: 1.15em; }}
tr.alone td {{ opacity: .65; }}
tr.unsure td.score {{ font-weight: bold; text-decoration: underline dotted; }}
p {{ margin: 0 0 .3rem; }}
[data-w]:hover, [data-w]:focus, .on {{ background: #fd6; color: #000; outline: 2px solid #b70; }}
</style></head><body>
<h1>{title}</h1>
<p>{summary} A word lights up with its partners under the pointer or the focus (tab key).</p>
<table><thead><tr><th scope="col">English</th><th scope="col" class="score">sure</th>
<th scope="col" dir="rtl" lang="ar">العربية</th></tr></thead><tbody>
"""
_TAIL = """</tbody></table>
<script>
const show = (on) => (event) => {
  const word = event.target.closest && event.target.closest("[data-w]");
  if (!word) return;
  const row = word.closest("tr");
  for (const id of word.dataset.w.split(" "))
    row.querySelectorAll('[data-w~="' + id + '"]').forEach((w) => w.classList.toggle("on", on));
};
for (const [type, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]])
  document.addEventListener(type, show(on));
</script></body></html>
"""


def write_html(
    beads: Sequence[Bead], ar: Sequence[str], en: Sequence[str], path: str | Path, title: str = "Alignment"
) -> None:
    """Write the page.

    Args:
        beads: as ``align_sentences`` gives them.
        ar: the Arabic sentences.
        en: the English sentences.
        path: the file, written whole or not at all.
        title: its heading.
    """
    whole = sum(bool(bead.ar and bead.en) for bead in beads)
    summary = f"{len(beads)} beads, {len(beads) - whole} of them sentences left alone."
    with writing(path) as out:
        out.write(_HEAD.format(title=escape(title), summary=summary))
        out.writelines(_rows(beads, ar, en))
        out.write(_TAIL)


def _rows(beads: Sequence[Bead], ar: Sequence[str], en: Sequence[str]) -> Iterator[str]:
    ar_words = [[tokens(ar[i], "ar") for i in bead.ar] for bead in beads]
    en_words = [[tokens(en[j], "en") for j in bead.en] for bead in beads]
    links = align_words([(_words(a), _words(e)) for a, e in zip(ar_words, en_words, strict=True)])
    for bead, ar_side, en_side, found in zip(beads, ar_words, en_words, links, strict=True):
        marks: tuple[dict[int, list[int]], dict[int, list[int]]] = (defaultdict(list), defaultdict(list))
        for number, (i, j) in enumerate(found):
            marks[0][i].append(number)
            marks[1][j].append(number)
        kind = "alone" if not (bead.ar and bead.en) else "unsure" if bead.score < 0.5 else ""
        left = _side([en[j] for j in bead.en], en_side, marks[0])
        right = _side([ar[i] for i in bead.ar], ar_side, marks[1])
        yield (
            f'<tr class="{kind}"><td lang="en" dir="ltr">{left}</td><td class="score">{bead.score:.2f}</td>'
            f'<td lang="ar" dir="rtl">{right}</td></tr>\n'
        )


def _words(side: Sequence[Sequence[Token]]) -> list[str]:
    return [word.text for sentence in side for word in sentence]


def _side(texts: Sequence[str], words: Sequence[Sequence[Token]], marks: dict[int, list[int]]) -> str:
    """The sentences of one side, linked words as elements that take the focus."""
    out: list[str] = []
    number = 0
    for text, sentence in zip(texts, words, strict=True):
        at = 0
        parts: list[str] = []
        for word in sentence:
            parts.append(escape(text[at : word.start]))
            shown = escape(text[word.start : word.end])
            ids = " ".join(map(str, marks.get(number, ())))
            parts.append(f'<span tabindex="0" data-w="{ids}">{shown}</span>' if ids else shown)
            at = word.end
            number += 1
        out.append("<p>" + "".join(parts) + escape(text[at:]) + "</p>")
    return "".join(out)
