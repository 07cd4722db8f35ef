"""Measure the aligners: ``bench_align.py sentences|overlaps|words|names|entities|documents|time [--peers]``.

Data is read from ``../shared/data/bitext``. Peers run where their folder is given: an environment
with ``eflomal`` and ``galechurch``, which are never a part of bialign (eflomal is GPL).
"""

from __future__ import annotations

import argparse
import csv
import itertools
import json
import resource
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
import regex
from align_data import SHARED, Text, bitext, composed, entities, natural, read_text
from seeded import seeded

import bialign.align.likeness as likeness_module
import bialign.align.vectors as vectors_module
from bialign.align.documents import align_documents, page_vectors
from bialign.align.formats import read_pharaoh
from bialign.align.names import align_names
from bialign.align.scoring import read_beads, score_beads, score_links
from bialign.align.sentences import align_sentences, text_path
from bialign.align.stems import arabic_stem, english_stem
from bialign.align.symmetrize import grow_diag_final_and, intersection
from bialign.align.vectors import SentenceRuns
from bialign.align.words import UNITS, Method, align_words, links_of, word_posteriors
from bialign.model import NamePair, Page
from bialign.text.encoder import encoder

Links = list[set[tuple[int, int]]]
Key = tuple[int, ...]
#: Tokens of the word gold: runs of letters, numbers and single marks.
TOKEN = regex.compile(r"\p{L}[\p{L}\p{M}]*|\p{N}+|[^\s\p{L}\p{N}]")


def texts() -> dict[str, Text]:
    """The gold documents and composed texts."""
    flores, tico = bitext("flores"), bitext("tico19")
    return {name: natural(name) for name in ("literature/001", "law/001", "law/002")} | {
        "flores 10% merged 5% deleted": composed(flores, 0.10, 0.05, 2, 1),
        "flores 25% merged 15% deleted": composed(flores, 0.25, 0.15, 3, 2),
        "tico19 10% merged 5% deleted": composed(tico, 0.10, 0.05, 2, 3),
        "tico19 25% merged 15% deleted": composed(tico, 0.25, 0.15, 3, 4),
    }


def sentences(peers: Path | None) -> None:
    """Strict and lax F1, and the agreement of texts that are and that are not parallel."""
    for name, (ar, en, gold) in texts().items():
        row = [f"{name:30} {len(ar):5} x {len(en):<5}"]
        for vectors in (True, False):
            beads = align_sentences(ar, en, vectors=vectors, force=True)
            row.append(shown([(bead.ar, bead.en) for bead in beads], gold, "vectors" if vectors else "none"))
        if peers:
            row.append(shown(gale_church(peers, ar, en), gold, "galechurch"))
        agreements = " / ".join(f"{text_path(ar, en, vectors=v).agreement():.3f}" for v in (True, False))
        print("  ".join(row), f" agreement {agreements}", flush=True)
    flores, tico = bitext("flores"), bitext("tico19")
    for name, one, other in (
        ("flores / tico19", flores, tico),
        ("tico19 500- / 900-", tico[500:900], tico[900:1300]),
    ):
        unlike([ar for ar, _ in one], [en for _, en in other], name)
    unlike(natural("law/001")[0], natural("law/002")[1], "law/001 / law/002")


def unlike(ar: Sequence[str], en: Sequence[str], name: str) -> None:
    """Print the agreement of texts that are no translations, with vectors and without."""
    agreements = (text_path(ar, en, vectors=vectors).agreement() for vectors in (True, False))
    print(f"{name:30} not parallel: agreement", " / ".join(f"{one:.3f}" for one in agreements), flush=True)


def shown(
    system: Sequence[tuple[tuple[int, ...], tuple[int, ...]]],
    gold: Sequence[tuple[tuple[int, ...], tuple[int, ...]]],
    name: str,
) -> str:
    """One aligner's figures."""
    scores = score_beads(gold, system)
    return f"{name} {scores.strict.f1:.3f}/{scores.lax.f1:.3f}"


def gale_church(
    peers: Path, ar: Sequence[str], en: Sequence[str]
) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Beads of the package galechurch, run in its own environment."""
    code = (
        "import sys, json, galechurch\n"
        "ar, en = json.load(sys.stdin)\n"
        "print('\\n'.join(galechurch.align(ar, en).to_pharaoh_lines()))"
    )
    done = subprocess.run(
        [peers / "bin/python", "-c", code],
        input=json.dumps([list(ar), list(en)]),
        capture_output=True,
        text=True,
        check=True,
    )
    with tempfile.NamedTemporaryFile("w", suffix=".gold", encoding="utf-8") as file:
        file.write(done.stdout)
        file.flush()
        return read_beads(file.name)


def overlaps(_: Path | None) -> None:
    """How near the vectors of runs come to those of the joined text, and what either costs."""
    ar, en, _gold = natural("literature/001")
    for name, side in (("ar", ar), ("en", en)):
        runs = SentenceRuns(side)
        for size in (2, 3, 5, 8, 10):
            ends = np.arange(size, len(side), 3)
            true = encoder().encode([" ".join(side[end - size : end]) for end in ends])
            near = (runs.of(ends, np.full(len(ends), size)) * true).sum(axis=1)
            print(f"{name} runs of {size:2}: cosine mean {near.mean():.4f} least {near.min():.4f}")
    tico = [en_line for _, en_line in bitext("tico19")][:1000]
    start = time.process_time()
    ours = SentenceRuns(tico)
    ours.ending(np.arange(1, 1001), 10)
    spent = time.process_time() - start
    start = time.process_time()
    SentenceRuns([" ".join(tico[max(end - size, 0) : end]) for end in range(1, 101) for size in range(1, 11)])
    full = 10 * (time.process_time() - start)
    print(
        f"1,000 sentences, runs up to 10: {spent:.1f} s; embedding each run: {full:.1f} s (a tenth measured)"
    )


def word_data() -> tuple[list[tuple[list[str], list[str]]], Links]:
    """The gold sentences and behind them the bitext, as tokens; the gold links."""
    folder = SHARED / "word_alignment"
    pairs = [
        (ar.split(), en.split())
        for ar, en in zip(read_text(folder / "ar.tok.txt"), read_text(folder / "en.tok.txt"), strict=True)
    ]
    for name in ("flores", "tico19", "tatoeba"):
        pairs += [(TOKEN.findall(ar), TOKEN.findall(en)) for ar, en in bitext(name)]
    return pairs, read_pharaoh(str(folder / "align.txt"))


def words(peers: Path | None) -> None:
    """Precision, recall and F1 on content words, with the CPU time of all pairs."""
    pairs, gold = word_data()
    print(f"{len(pairs)} pairs, gold on {len(gold)}")
    start = time.process_time()
    posteriors = word_posteriors(pairs)
    spent = time.process_time() - start
    for method in get_args(Method):
        links = [links_of(one, other, method) for one, other in posteriors[: len(gold)]]
        judged(f"bialign {method}", gold, links, spent)
    for unit in UNITS:
        start = time.process_time()
        links = align_words(pairs, units=[unit])[: len(gold)]
        judged(f"bialign, {unit}s alone", gold, links, time.process_time() - start)
    for part in (1000, len(gold)):
        links = align_words(pairs[:part])[: len(gold)]
        judged(f"bialign, trained on {part} pairs", gold, links, 0.0)
    if peers:
        for name, ar_form, en_form in (("surface", str, str.lower), ("stems", arabic_stem, english_stem)):
            one, other, spent = eflomal(peers, pairs, ar_form, en_form)
            for how, joined in (("gdfa", grow_diag_final_and), ("intersection", intersection)):
                both = [joined(f, r) for f, r in zip(one, other, strict=True)]
                judged(f"eflomal {name} {how}", gold, both[: len(gold)], spent)


def judged(
    name: str, gold: Links, links: Sequence[Sequence[tuple[int, int]] | set[tuple[int, int]]], spent: float
) -> None:
    """Print one aligner's figures."""
    scores = score_links(gold, links, partial=True)
    cpu = f"  {spent:.0f} s" if spent else ""
    print(f"{name:38} P {scores.precision:.3f}  R {scores.recall:.3f}  F1 {scores.f1:.3f}{cpu}", flush=True)


def eflomal(
    peers: Path,
    pairs: Sequence[tuple[list[str], list[str]]],
    ar_form: Callable[[str], str],
    en_form: Callable[[str], str],
) -> tuple[Links, Links, float]:
    """Both directions of eflomal over the given forms of the words."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for side, form, at in (("ar", ar_form, 0), ("en", en_form, 1)):
            lines = (" ".join(form(word) or "_" for word in pair[at]) for pair in pairs)
            (folder / side).write_text("\n".join(lines) + "\n", "utf-8")
        start = time.perf_counter()
        command = ["eflomal-align", "-s", "en", "-t", "ar", "-f", "forward", "-r", "reverse", "--overwrite"]
        subprocess.run(
            [str(peers / "bin" / command[0]), *command[1:]],
            check=True,
            cwd=folder,
            capture_output=True,
            env={"PATH": f"{peers}/bin:/usr/bin:/bin", "OMP_NUM_THREADS": "1"},
        )
        spent = time.perf_counter() - start
        return read_pharaoh(str(folder / "forward")), read_pharaoh(str(folder / "reverse")), spent


def names(_: Path | None) -> None:
    """Exact and overlapping Arabic span of given English names (proclitics cut)."""
    folder = SHARED / "word_alignment"
    lines = list(zip(read_text(folder / "ar.tok.txt"), read_text(folder / "en.tok.txt"), strict=True))
    ids = read_text(folder / "sent_id.txt")
    spans: list[list[tuple[int, int]]] = [[] for _ in lines]
    gold: dict[Key, tuple[int, int]] = {}
    with (folder / "propn_names.tsv").open(encoding="utf-8") as handle:
        for row in csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["contiguous"] != "contig":
                continue
            k = ids.index(row["sent_id"])
            first, last = map(int, row["en_surface_span"].split("-"))
            start, end = span_of(lines[k][1], first, last)
            places = [int(cell) for cell in row["ar_surface_idx"].split(",")]
            ar_start, ar_end = span_of(lines[k][0], places[0], places[-1])
            inner = lines[k][0][ar_start:ar_end].find(row["ar_ud_tokens"])
            if inner >= 0:
                ar_start += inner
                ar_end = ar_start + len(row["ar_ud_tokens"])
            spans[k].append((start, end))
            gold[k, start, end] = (ar_start, ar_end)
    found, spent = with_bitext(lines, spans)
    given: dict[Key, tuple[int, int]] = {
        (k, p.en.start, p.en.end): (p.ar.start, p.ar.end) for k, named in enumerate(found) for p in named
    }
    judge_spans("names", gold, given, spent)


def with_bitext(
    pairs: Sequence[tuple[str, str]], spans: Sequence[Sequence[tuple[int, int]]] | None
) -> tuple[list[list[NamePair]], float]:
    """Name pairs of ``pairs``, aligned together with the bitext, and the CPU seconds of it all."""
    more = [pair for name in ("flores", "tico19", "tatoeba") for pair in bitext(name)]
    start = time.process_time()
    found = align_names([*pairs, *more], None if spans is None else [*spans, *([] for _ in more)])
    return found[: len(pairs)], time.process_time() - start


def judge_spans(
    name: str, gold: Mapping[Key, tuple[int, int]], given: Mapping[Key, tuple[int, int]], spent: float
) -> None:
    """Print how many Arabic spans are exact, and how many share a letter with the gold span."""
    exact = sum(given.get(key) == span for key, span in gold.items())
    touching = sum(
        key in given and given[key][0] < span[1] and span[0] < given[key][1] for key, span in gold.items()
    )
    total = len(gold) + len(given)
    print(
        f"{len(gold)} {name}: exact {exact / len(gold):.3f}, exact F1 {2 * exact / total:.3f}, "
        f"overlap F1 {2 * touching / total:.3f}, {spent:.0f} s",
        flush=True,
    )


def ask_entities(_: Path | None) -> None:
    """The marked Arabic mention of an entity, from one question and its translation.

    With the English name given, exact and overlap of the one span. Without, the names are found by
    us, and the mention counts where one of their Arabic spans is it.
    """
    asked = entities()
    pairs = [(one.ar, one.en) for one in asked]
    found, spent = with_bitext(pairs, [[one.name] if one.name else [] for one in asked])
    gold: dict[Key, tuple[int, int]] = {(k,): one.mention for k, one in enumerate(asked) if one.name}
    given: dict[Key, tuple[int, int]] = {
        (k,): (p.ar.start, p.ar.end) for k, named in enumerate(found) for p in named
    }
    judge_spans("entities, name given", gold, given, spent)
    found, spent = with_bitext(pairs, None)
    exact = sum(
        any((p.ar.start, p.ar.end) == one.mention for p in named)
        for one, named in zip(asked, found, strict=True)
    )
    print(f"{len(asked)} entities, names found: exact {exact / len(asked):.3f}, {spent:.0f} s")


def span_of(line: str, first: int, last: int) -> tuple[int, int]:
    """The code points of some of a line's space-separated tokens."""
    parts = line.split(" ")
    start = sum(len(part) + 1 for part in parts[:first])
    return start, start + len(" ".join(parts[first : last + 1]))


def page(number: int, language: Literal["ar", "en"], text: str) -> Page:
    """A page that has only a body."""
    return Page(
        str(number), "", None, language, "", None, text, None, None, None, None, (), (), (), (), (), text
    )


def pages(most: int) -> list[tuple[str, str]]:
    """Parts of at most ``most`` lines of the documents of flores and tico19, both languages."""
    out: list[tuple[str, str]] = []
    for name in ("flores", "tico19"):
        lines = zip(bitext(name), read_text(SHARED / name / "doc.txt"), strict=True)
        for _, group in itertools.groupby(lines, key=lambda line: line[1]):
            held = [pair for pair, _ in group]
            for at in range(0, len(held), most):
                ar, en = zip(*held[at : at + most], strict=True)
                out.append(("\n\n".join(ar), "\n\n".join(en)))
    return out


def documents(_: Path | None) -> None:
    """Recall and precision of page pairs where a third of either side has no partner, and the time."""
    choose = seeded(1)
    for most in (2, 6, 20):
        both = pages(most)
        kinds = [choose.choice(("both", "both", "both", "both", "ar", "en")) for _ in both]
        ar = [(k, one) for k, (one, _) in enumerate(both) if kinds[k] != "en"]
        en = [(k, other) for k, (_, other) in enumerate(both) if kinds[k] != "ar"]
        choose.shuffle(ar)
        choose.shuffle(en)
        found = align_documents(
            [page(k, "ar", text) for k, text in ar], [page(k, "en", text) for k, text in en]
        )
        same = sum(ar[pair.ar][0] == en[pair.en][0] for pair in found)
        print(
            f"pages of {most:2} lines: {len(ar)} x {len(en)}, {kinds.count('both')} pairs: "
            f"precision {same / len(found):.3f}  recall {same / kinds.count('both'):.3f}",
            flush=True,
        )
    lines = bitext("tatoeba")
    for size in (2_500, 5_000, 10_000):
        ar_pages = [page(k, "ar", one) for k, (one, _) in enumerate(lines[:size])]
        en_pages = [page(k, "en", other) for k, (_, other) in enumerate(lines[:size])]
        start = time.process_time()
        vectors = page_vectors(ar_pages), page_vectors(en_pages)
        embedded = time.process_time()
        found = align_documents(ar_pages, en_pages, vectors)
        spent = time.process_time() - embedded
        same = sum(pair.ar == pair.en for pair in found)
        print(
            f"{size:6} pages of one short line: embedding {embedded - start:.1f} s, pairing {spent:.1f} s, "
            f"precision {same / len(found):.3f}  recall {same / size:.3f}",
            flush=True,
        )


def times(_: Path | None) -> None:
    """CPU time and memory by length, embedding told apart: vectors of sentences, runs and words."""
    spent = 0.0

    def timed(work: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any) -> Any:
            nonlocal spent
            start = time.process_time()
            out = work(*given)
            spent += time.process_time() - start
            return out

        return run

    for module in (vectors_module, likeness_module):
        for name in ("pooled", "finished"):
            setattr(module, name, timed(getattr(module, name)))
    text_path(*(side[:20] for side in natural("law/001")[:2]))  # reads the weights
    pairs = [pair for name in ("tico19", "flores", "tatoeba") for pair in bitext(name)]
    for size in (1_000, 2_000, 10_000, 50_000):
        ar, en, gold = composed((pairs * 5)[:size], 0.1, 0.05, 2, 5)
        spent, start = 0.0, time.process_time()
        path = text_path(ar, en)
        whole = time.process_time() - start
        beads = [(tuple(range(i, i + a)), tuple(range(j, j + b))) for i, a, j, b in path.beads.tolist()]
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        print(
            f"{size:6} pairs, {len(ar)} x {len(en)}: embedding {spent:.1f} s, "
            f"aligning {whole - spent:.1f} s, peak {memory:.2f} GB, {shown(beads, gold, 'F1')}",
            flush=True,
        )


def main() -> None:
    """Run one bench."""
    benches = {
        "sentences": sentences,
        "overlaps": overlaps,
        "words": words,
        "names": names,
        "entities": ask_entities,
        "documents": documents,
        "time": times,
    }
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bench", choices=benches)
    parser.add_argument("--peers", type=Path, help="an environment with eflomal and galechurch")
    given = parser.parse_args()
    benches[given.bench](given.peers)


if __name__ == "__main__":
    main()
