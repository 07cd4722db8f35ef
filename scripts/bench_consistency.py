"""Measure the consistency evaluation: every figure that issue and documents ask of it.

    OMP_NUM_THREADS=1 python scripts/bench_consistency.py [PART ...] [--corpus tico19]

Parts: ``planted`` (spelling operations on the corpus's own names), ``attested`` (real names with their real
spellings, ``consistency_attested.py``), ``terms``, ``entities``, ``measures`` (against slow references),
``speed`` and ``intervals``; all of them if none is named.

Data: ../shared/data/bitext (tico19, flores, entity_translation) and ../shared/data/names, read there.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from bench_consistency_speed import coverage, speed
from consistency_attested import Pair, carry, draw, slots_of
from consistency_planting import RATES, Corpus, Place, Planted, Target, View, measure
from seeded import seeded

from bialign.evaluation.consistency import ConsistencyReport, Settings, evaluate
from bialign.evaluation.gathering import Gathered, gather
from bialign.evaluation.inputs import Bitext, gather_bitext
from bialign.evaluation.terms import FORMS, entity_accuracy, term_exact_match, term_lines
from bialign.lexicon.lexicon import Lexicon, build_lexicon
from bialign.model import Page, Segment

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data" / "bitext"
PARTS = ("planted", "attested", "terms", "entities", "measures", "speed", "intervals")
#: How often a name must stand to be planted in.
OFTEN = 4


def read(corpus: str, name: str) -> list[str]:
    """The lines of one file of a corpus."""
    return (SHARED / corpus / name).read_text("utf-8").removesuffix("\n").split("\n")


# --- planted variants


def _vowel(name: str) -> str | None:
    swaps = str.maketrans("aeiou", "eiouo")
    for place in range(1, len(name) - 1):
        if name[place] in "aeiou" and name[place - 1] not in "aeiouyw" and name[place + 1] not in "aeiouyw":
            return name[:place] + name[place].translate(swaps) + name[place + 1 :]
    return None


def _consonant(name: str) -> str | None:
    swaps = {"t": "d", "d": "t", "k": "g", "s": "z", "b": "p", "m": "n", "n": "m", "r": "l", "l": "r"}
    for place in range(2, len(name) - 1):
        if name[place] in swaps and name[place - 1] in "aeiou" and name[place + 1] in "aeiou":
            return name[:place] + swaps[name[place]] + name[place + 1 :]
    return None


def _mark(name: str) -> str | None:
    place = next((i for i in range(2, len(name) - 1) if name[i - 1 : i + 1].isalpha()), None)
    return None if place is None else f"{name[:place]}’{name[place:]}"


PLANTS: Mapping[str, Callable[[str], str | None]] = {
    "case": lambda name: name.upper() if not name.isupper() and len(name) > 3 else None,
    "spacing": lambda name: name.replace(" ", "", 1) if " " in name else None,
    "hyphen": lambda name: name.replace(" ", "-", 1) if " " in name else None,
    "mark": _mark,
    "article": lambda name: f"al-{name}" if " " not in name and len(name) > 3 else None,
    "vowel": _vowel,
    "consonant": _consonant,
    "ending": lambda name: f"{name}h" if name.endswith("a") else None,
}


def pages_of(lines: Sequence[str], documents: Sequence[str]) -> list[Page]:
    """A page a document: its English lines as the body."""
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for line, document in zip(lines, documents, strict=True):
        texts[document].append(line)
    return [_page(name, "\n".join(found)) for name, found in texts.items()]


def _page(name: str, text: str) -> Page:
    return Page(
        id=name,
        source=name,
        url=None,
        language="en",
        title="",
        dateline=None,
        body=text,
        title_ar=None,
        body_ar=None,
        published=None,
        updated=None,
        credits=(),
        categories=(),
        tags=(),
        headlines=(),
        segments=(Segment(0, len(text), "body", "all"),),
        text=text,
    )


def planted(corpus: str, seed: int, repeats: int) -> None:
    """Plant variants of known class at several rates into a corpus and look for them.

    First with the lexicon of the untouched corpus, names found in pages anew and joined by
    spelling; then from bitext alone, the lexicon built from the planted pairs themselves.
    """
    documents, english, arabic = (read(corpus, name) for name in ("doc.txt", "en.txt", "ar.txt"))
    given, lexicon = _bitext(list(zip(arabic, english, strict=True)), documents, corpus)
    pages = pages_of(english, documents)
    base = gather(pages, lexicon)
    clean = _unplanted(f"{corpus}, pages", base)
    whole = _corpus({page.id: page.text for page in pages}, base, clean)
    print(f"  planted in {len(whole.targets)} names of one spelling that stand {OFTEN} times or more")

    def again(changed: Planted) -> Gathered:
        return gather([_page(name, text) for name, text in changed.texts.items()], lexicon)

    measure(whole, [View("pages", again, clean)], RATES, repeats, seed)
    base = gather_bitext(given, lexicon)
    clean = _unplanted(f"{corpus}, bitext", base)
    lines = _corpus({f"bitext#{number}": line for number, line in enumerate(english, 1)}, base, clean)

    def rebuilt(changed: Planted) -> Gathered:
        return _rebuilt(given, changed)[0]

    measure(lines, [View("bitext", rebuilt, clean)], RATES, 1, seed)


def attested(corpus: str, seed: int) -> None:
    """Put real names in the place of the corpus's own, in one spelling, then plant their other spellings.

    Seen as pages with the lexicon of the untouched text (which has not seen the variants), as pages
    with the lexicon of the planted bitext, and as that bitext itself.
    """
    documents, english, arabic = (read(corpus, name) for name in ("doc.txt", "en.txt", "ar.txt"))
    own = list(zip(arabic, english, strict=True))
    _, lexicon = _bitext(own, documents, f"{corpus}, own names")
    random_ = seeded(seed)
    places = slots_of(lexicon, own, OFTEN)
    carriers = draw(len(places), random_)
    random_.shuffle(carriers)
    pairs, slots = carry(own, places, carriers)
    given, known = _bitext(pairs, documents, f"{corpus}, {len(carriers)} names of the lists put in")
    targets = {c.usual: Target(c.usual, c.other, c.classes, c.ar) for c in carriers}
    print(f"  {len(slots)} places; classes {dict(_counted('+'.join(c.classes) for c in carriers))}")
    lines = Corpus(
        {f"bitext#{number}": en for number, (_, en) in enumerate(pairs, 1)},
        [(f"bitext#{slot.line + 1}", slot.start, slot.end, slot.carrier.usual) for slot in slots],
        targets,
    )
    in_lines = _unplanted("bitext", gather_bitext(given, known))
    in_pages = _unplanted("pages", gather(pages_of([en for _, en in pairs], documents), known))
    made: dict[int, tuple[Gathered, Lexicon]] = {}

    def rebuilt(changed: Planted) -> tuple[Gathered, Lexicon]:
        if id(changed) not in made:
            made.clear()
            made[id(changed)] = _rebuilt(given, changed)
        return made[id(changed)]

    def paged(changed: Planted, names: Lexicon) -> Gathered:
        return gather(pages_of(list(changed.texts.values()), documents), names)

    def moved(changed: Planted) -> Planted:
        return _moved(changed, documents)

    views = [
        View("bitext", lambda changed: rebuilt(changed)[0], in_lines),
        View(
            "pages, variants in the lexicon",
            lambda changed: paged(changed, rebuilt(changed)[1]),
            in_pages,
            moved,
        ),
        View("pages, variants unseen", lambda changed: paged(changed, known), in_pages, moved),
    ]
    measure(lines, views, RATES, 1, seed)


def _bitext(pairs: Sequence[Pair], documents: Sequence[str], label: str) -> tuple[Bitext, Lexicon]:
    """The bitext and the lexicon built from it."""
    started, given = time.process_time(), Bitext(tuple(pairs), "en.txt", tuple(documents))
    lexicon = build_lexicon(pairs=given.located)
    spent = time.process_time() - started
    print(f"{label}: lexicon of {len(lexicon)} entries in {spent:.0f} s of processor time", flush=True)
    return given, lexicon


def _rebuilt(given: Bitext, changed: Planted) -> tuple[Gathered, Lexicon]:
    pairs = tuple((ar, en) for (ar, _), en in zip(given.pairs, changed.texts.values(), strict=True))
    bitext = replace(given, pairs=pairs)
    lexicon = build_lexicon(pairs=bitext.located)
    return gather_bitext(bitext, lexicon), lexicon


def _unplanted(label: str, base: Gathered) -> ConsistencyReport:
    """The report on the untouched text, and how many of its names it flags."""
    clean = evaluate(base, (), Settings(rounds=0))
    flagged = {finding.name for finding in clean.findings}
    grave = {finding.name for finding in clean.findings if finding.severity == "warning"}
    print(
        f"  {label}, unplanted: {len(clean.names)} names, {len(flagged)} flagged "
        f"({len(flagged) / len(clean.names):.1%}), {len(grave)} with a warning "
        f"({len(grave) / len(clean.names):.1%})"
    )
    return clean


def _corpus(texts: Mapping[str, str], base: Gathered, clean: ConsistencyReport) -> Corpus:
    """For every name to plant in its spelling, a variant and the class of the difference."""
    once = [name for name in clean.names if name.occurrences >= OFTEN and len(name.variants) == 1]
    taken = {variant.text.casefold() for name in clean.names for variant in name.variants}
    classes = list(PLANTS)
    targets = {}
    for number, name in enumerate(once):
        for code in classes[number % len(classes) :] + classes[: number % len(classes)]:
            variant = PLANTS[code](name.usual)
            if variant and (code == "case" or variant.casefold() not in taken):
                targets[name.id] = Target(name.usual, variant, (code,), name.ar)
                break
    slots = [(use.page, use.start, use.end, name) for name, use in base.uses if name in targets]
    return Corpus(texts, slots, targets)


def _moved(changed: Planted, documents: Sequence[str]) -> Planted:
    """What was planted in lines, by the page of each line's document and the place in it."""
    lengths: defaultdict[str, int] = defaultdict(int)
    begins: dict[str, Place] = {}
    for (line, text), document in zip(changed.texts.items(), documents, strict=True):
        begins[line] = (document, lengths[document])
        lengths[document] += len(text) + 1
    spelled = {
        (begins[line][0], begins[line][1] + start): spelling
        for (line, start), spelling in changed.spelled.items()
    }
    return replace(changed, spelled=spelled)


def _counted(codes: Iterable[str]) -> list[tuple[str, int]]:
    return Counter(codes).most_common()


# --- terminology and entities


def terms() -> None:
    """The share of term occurrences whose Arabic holds the listed term, strictly and simply counted."""
    for name in ("f_en-ar_AR.csv", "g_en_ar.csv"):
        with (SHARED / "tico19" / "terminology" / name).open(encoding="utf-8", newline="") as lines:
            listed: defaultdict[str, list[str]] = defaultdict(list)
            for row in csv.DictReader(lines):
                if row["sourceString"].strip() and row["targetString"].strip():
                    listed[row["sourceString"].strip()].append(row["targetString"].strip())
        for form in FORMS:
            for counted in (term_exact_match, term_lines):
                score = counted(read("tico19", "en.txt"), read("tico19", "ar.txt"), listed, form)
                print(f"{name} {form}: {score.score:.1%} of {score.total}  {score.signature}")


def entities() -> None:
    """M-ETA of the two systems whose outputs are at hand."""
    folder = SHARED / "entity_translation"
    rows = [json.loads(line) for line in (folder / "validation.jsonl").read_text("utf-8").splitlines()]
    mentions = {row["id"]: [target["mention"] for target in row["targets"]] for row in rows}
    for path in sorted(folder.glob("pred.*.jsonl")):
        lines = map(json.loads, path.read_text("utf-8").splitlines())
        score = entity_accuracy({row["id"]: row["prediction"] for row in lines}, mentions)
        print(f"{path.name}: {score.score:.1%} of {score.total}  {score.signature}")


# --- the measures, and main


def measures(samples: int = 300, seed: int = 2026) -> None:
    """How far the measures are from the slow, obvious references of the tests, over random counts."""
    spec = importlib.util.spec_from_file_location("slow", ROOT / "tests" / "evaluation" / "test_measures.py")
    assert spec is not None
    assert spec.loader is not None
    slow = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(slow)
    generator = np.random.default_rng(seed)
    furthest = dict.fromkeys((measure.label for measure, *_ in slow.REFERENCES), 0.0)
    for _ in range(samples):
        names = [generator.integers(0, 5, size).tolist() for size in generator.integers(2, 120, 6)]
        for measured, reference, weight in slow.REFERENCES:
            score = measured.score(slow.count(names), "written")
            figures, weights = [reference(row) for row in names], [weight(row) for row in names]
            gaps = (score.macro - np.mean(figures), score.micro - np.average(figures, weights=weights))
            furthest[measured.label] = max(furthest[measured.label], *map(abs, gaps))
    for label, gap in furthest.items():
        print(f"{label}: micro and macro within {gap:.1e} of the slow reference in {samples} random tables")


def main() -> int:
    """Run the parts that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all if left out")
    parser.add_argument(
        "--corpus", action="append", choices=("tico19", "flores"), help="of planted and attested"
    )
    parser.add_argument(
        "--repeats", type=int, default=5, help="plantings a rate of spelling operations in pages"
    )
    parser.add_argument("--seed", type=int, default=2026)
    options = parser.parse_args()
    parts = options.parts or PARTS
    if not set(parts) <= set(PARTS):
        parser.error(f"parts are {', '.join(PARTS)}")
    if not SHARED.is_dir():
        print(f"bench_consistency: {SHARED} is absent", file=sys.stderr)
        return 2
    corpora = options.corpus or ("tico19", "flores")
    works: dict[str, Callable[[str], None]] = {
        "planted": lambda corpus: planted(corpus, options.seed, options.repeats),
        "attested": lambda corpus: attested(corpus, options.seed),
        "terms": lambda _: terms(),
        "entities": lambda _: entities(),
        "measures": lambda _: measures(),
        "speed": lambda _: speed(1_000_000, options.seed),
        "intervals": lambda _: coverage(options.seed),
    }
    for part in parts:
        print(f"== {part}", flush=True)
        for corpus in corpora if part in ("planted", "attested") else corpora[:1]:
            works[part](corpus)
    return 0


if __name__ == "__main__":
    sys.exit(main())
