"""Hold a lexicon against the corpus it was built of; ``bench_lexicon.py`` prints what comes out."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable

from lexicon_corpus import CREDITED, Corpus, Name

from bialign.lexicon.lexicon import Lexicon
from bialign.model import Entry, Page
from bialign.names.clusters import bcubed
from bialign.text.arabic import fold_arabic

Unit = tuple[str, str]


class Truth:
    """A lexicon beside the names of its corpus.

    Args:
        lexicon: built of ``pages``.
        pages: the separated pages of the corpus.
        corpus: what stands where.
    """

    def __init__(self, lexicon: Lexicon, pages: Iterable[Page], corpus: Corpus) -> None:
        self.lexicon, self.corpus = lexicon, corpus
        self.wanted: dict[tuple[str, int, int], str] = {}
        self.written: dict[tuple[str, int, int], str] = {}
        for page in pages:
            for span, name in corpus.placed[page.id].items():
                self.wanted[page.id, *span] = name
                self.written[page.id, *span] = sys.intern(" ".join(page.text[slice(*span)].split()))
        self.found = {(o.page, o.start, o.end): (e, o.text) for e, o in lexicon.occurrences(script="en")}
        homes: dict[Unit, Counter[str]] = defaultdict(Counter)
        for key in self.wanted.keys() & self.found.keys():
            homes[self.wanted[key], self.written[key]][self.found[key][0]] += 1
        self.homes = homes
        self.entry_of = {unit: min(held, key=lambda e: (-held[e], e)) for unit, held in homes.items()}

    def show(self, *, details: bool) -> None:
        """Print mentions, counts, entries, types and Arabic, and with ``details`` what is wrong."""
        wanted, found = self.wanted, self.found
        hits = wanted.keys() & found.keys()
        precision, recall = len(hits) / max(len(found), 1), len(hits) / len(wanted)
        print(
            f"English names: {len(wanted)} stand, {len(found)} found; "
            f"precision {precision:.4f}, recall {recall:.4f}"
        )
        counts = Counter((name, self.written[key]) for key, name in wanted.items())
        exact = sum(self.homes[u].total() == n and len(self.homes[u]) == 1 for u, n in counts.items())
        print(f"spellings whose every occurrence is counted, in one entry: {exact} of {len(counts)}")
        names = {f"{name}\t{text}": name for name, text in self.entry_of}
        entries = {f"{name}\t{text}": entry for (name, text), entry in self.entry_of.items()}
        figures = "precision {:.4f}, recall {:.4f}, F1 {:.4f}".format(*bcubed(names, entries))
        print(f"spellings in entries, B-cubed: {figures}")
        wrong = self._show_arabic()
        junk = self._show_arabic_alone()
        if details:
            missed = Counter(self.written[key] for key in wanted.keys() - found.keys())
            extra = Counter(found[key][1] for key in found.keys() - wanted.keys())
            print(*wrong, f"no names {junk}", f"missed {missed}", f"not of the corpus {extra}", sep="\n")

    def _show_arabic(self) -> list[str]:
        """Print, by type, how each name's Arabic came out; returns a line for each that is wrong."""
        held: dict[str, Counter[str]] = defaultdict(Counter)
        for (name, text), entry_id in self.entry_of.items():
            held[name][entry_id] += self.homes[name, text].total()
        outcomes: dict[str, Counter[str]] = defaultdict(Counter)
        wrong = []
        for name, entries in sorted(held.items()):
            entry = self.lexicon.entry(min(entries, key=lambda e: (-entries[e], e)))
            if entry is None:
                continue
            known = self.corpus.names[name]
            outcome = arabic_outcome(entry, known)
            outcomes[known.type][outcome] += 1
            outcomes[known.type]["of the right type"] += entry.type == known.type
            if outcome in ("wrong", "other orthography") or entry.type != known.type or len(entries) > 1:
                shown = "; ".join(f"{e.kind}: {e.detail}" for e in entry.evidence[:2])
                spelled = [v.text for v in entry.variants]
                wrong.append(
                    f"{outcome}: {known.arabic[0]} {known.spellings} | {entry.ar} {entry.type} "
                    f"{entry.probability} {spelled} | {shown} | {len(entries)} entries"
                )
        for kind, counts in outcomes.items():
            total = counts.total() - counts["of the right type"]
            print(f"{kind}: {total} names,", ", ".join(f"{n} {what}" for what, n in sorted(counts.items())))
        return wrong

    def _show_arabic_alone(self) -> list[str | None]:
        alone = [e for e in self.lexicon.entries() if all(v.proposed for v in e.variants)]
        names = [ar for name in self.corpus.names.values() for ar in name.arabic]
        true = {fold_arabic(ar) for ar in (*names, *(name for page in CREDITED for name in page))}
        junk = [e.ar for e in alone if fold_arabic(e.ar or "") not in true]
        print(f"entries of Arabic alone: {len(alone)}, {len(junk)} of them no names of the corpus")
        return junk


def arabic_outcome(entry: Entry, known: Name) -> str:
    """Whether an entry's Arabic is that of the name, and where it came from."""
    if entry.ar is None:
        return "without Arabic"
    right = fold_arabic(entry.ar) in {fold_arabic(ar) for ar in known.arabic}
    if any(e.kind == "model" for e in entry.evidence):
        return "generated right" if right else "generated otherwise"
    if right and entry.ar not in known.arabic:
        return "other orthography"
    return "right" if right else "wrong"
