"""Measure the consistency evaluation: planted variants, terminology, speed, interval coverage.

    python scripts/bench_consistency.py planted terms entities speed coverage

Data: ../shared/data/bitext (tico19, flores, entity_translation), read there and not shipped.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy.stats import spearmanr

from bialign.evaluation.bootstrap import bootstrap
from bialign.evaluation.consistency import ConsistencyReport, Settings, evaluate
from bialign.evaluation.counts import Counts, Uses
from bialign.evaluation.findings import Finding
from bialign.evaluation.gathering import Gathered, gather
from bialign.evaluation.grouping import Document
from bialign.evaluation.measures import Agreement
from bialign.evaluation.terms import FORMS, entity_accuracy, term_exact_match
from bialign.lexicon.lexicon import build_lexicon
from bialign.lexicon.records import Occurrence
from bialign.model import Entry, Evidence, Page, Segment

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "bitext"
RATES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)
#: Plantings a rate, and how often a name must stand to be planted in.
REPEATS, OFTEN = 5, 4


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


def planted(corpus: str, seed: int) -> None:
    """Plant variants of known class at several rates into a corpus and look for them."""
    documents = read(corpus, "doc.txt")
    started = time.perf_counter()
    lexicon = build_lexicon(pairs=list(zip(read(corpus, "ar.txt"), read(corpus, "en.txt"), strict=True)))
    print(f"{corpus}: lexicon of {len(lexicon)} entries in {time.perf_counter() - started:.0f} s")
    pages = pages_of(read(corpus, "en.txt"), documents)
    base = gather(pages, lexicon)
    clean = evaluate(base, (), Settings(rounds=0))
    targets = _targets(base, clean)
    flagged = {finding.name for finding in clean.findings}
    grave = {finding.name for finding in clean.findings if finding.severity == "warning"}
    print(
        f"  unplanted: {len(clean.names)} names, {len(flagged)} flagged "
        f"({len(flagged) / len(clean.names):.1%}), {len(grave)} with a warning "
        f"({len(grave) / len(clean.names):.1%})"
    )
    print(f"  planted in {len(targets)} names of one spelling that occur {OFTEN} times or more")
    agreements = []
    for rate in RATES:
        rows = []
        for repeat in range(REPEATS):
            random_ = random.Random(f"{seed} {rate} {repeat}")  # noqa: S311  (a seeded experiment)
            changed, truth = _plant(pages, base, targets, rate, random_)
            found = evaluate(gather(changed, lexicon), (), Settings(rounds=0))
            judged = _compare(found.findings, truth, set(targets), clean)
            rows.append((found.score().micro or 0.0, float(len(truth)), *judged))
        agreement, departures, precision, recall, right = np.mean(rows, axis=0)
        agreements.append(float(agreement))
        print(
            f"  rate {rate:.1f}: agreement {agreement:.4f}, {departures:.1f} departures, "
            f"precision {precision:.3f}, recall {recall:.3f}, class right {right:.3f}"
        )
    statistic = spearmanr(RATES, agreements).statistic
    print(f"  means of {REPEATS} plantings; Spearman of rate and agreement {statistic:.3f}")


def _targets(base: Gathered, clean: ConsistencyReport) -> dict[str, tuple[str, str, str]]:
    """For every name to plant in: its spelling, the variant, the class."""
    once = [name for name in clean.names if name.occurrences >= OFTEN and len(name.variants) == 1]
    taken = {variant.text.casefold() for name in clean.names for variant in name.variants}
    classes = list(PLANTS)
    targets = {}
    for number, name in enumerate(once):
        for code in classes[number % len(classes) :] + classes[: number % len(classes)]:
            variant = PLANTS[code](name.usual)
            if variant and (code == "case" or variant.casefold() not in taken):
                targets[name.id] = (name.usual, variant, code)
                break
    return {name: value for name, value in targets.items() if name in base.entries}


Place = tuple[str, int]


def _plant(
    pages: Sequence[Page],
    base: Gathered,
    targets: Mapping[str, tuple[str, str, str]],
    rate: float,
    random_: random.Random,
) -> tuple[list[Page], dict[Place, tuple[str, str]]]:
    """The pages with variants, and for the place of each departure its name and class.

    The less frequent spelling of a name is the departure; of a tie the variant is.
    """
    chosen: defaultdict[str, list[tuple[int, int, str, str]]] = defaultdict(list)
    total = Counter(name for name, _ in base.uses if name in targets)
    quota = {name: int(rate * count + random_.random()) for name, count in total.items()}
    drawn = {name: set(random_.sample(range(count), quota[name])) for name, count in total.items()}
    met = Counter[str]()
    for name, use in base.uses:
        if name in targets:
            usual, variant, _ = targets[name]
            text = variant if met[name] in drawn[name] else usual
            met[name] += 1
            chosen[use.page].append((use.start, use.end, text, name))
    kept = Counter((name, text) for rows in chosen.values() for _, _, text, name in rows)
    changed, truth = [], {}
    for page in pages:
        parts, at, length = [], 0, 0
        for start, end, text, name in chosen[page.id]:
            parts += [page.text[at:start], text]
            length += start - at
            usual, variant, code = targets[name]
            minor = variant if kept[name, variant] <= kept[name, usual] else usual
            if text == minor:
                truth[page.id, length] = (name, code)
            length += len(text)
            at = end
        changed.append(_page(page.id, "".join([*parts, page.text[at:]])))
    return changed, truth


def _compare(
    findings: Sequence[Finding],
    truth: Mapping[Place, tuple[str, str]],
    targets: set[str],
    clean: ConsistencyReport,
) -> tuple[float, float, float]:
    """Precision and recall of planted departures, and how many of those found have their class.

    Findings on names that were flagged before planting are another matter and left out.
    """
    before = {finding.name for finding in clean.findings}
    found = {(f.page, f.start): f for f in findings if f.name not in before or f.name in targets}
    hits = [place for place in found if place in truth]
    right = sum(truth[place][1] == found[place].code for place in hits)
    return (
        len(hits) / len(found) if found else 1.0,
        len(hits) / len(truth) if truth else 1.0,
        right / len(hits) if hits else 1.0,
    )


# --- terminology and entities


def terms() -> None:
    """The share of term occurrences whose Arabic holds the listed term."""
    for name in ("f_en-ar_AR.csv", "g_en_ar.csv"):
        with (SHARED / "tico19" / "terminology" / name).open(encoding="utf-8", newline="") as lines:
            listed: defaultdict[str, list[str]] = defaultdict(list)
            for row in csv.DictReader(lines):
                if row["sourceString"].strip() and row["targetString"].strip():
                    listed[row["sourceString"].strip()].append(row["targetString"].strip())
        for form in FORMS:
            score = term_exact_match(read("tico19", "en.txt"), read("tico19", "ar.txt"), listed, form)
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


# --- speed and coverage


def speed(occurrences: int, seed: int) -> None:
    """Evaluate many occurrences with intervals, on one core."""
    gathered = _many(occurrences, seed)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started, processed = time.perf_counter(), time.process_time()
    report = evaluate(gathered, (), Settings())
    seconds, processor = time.perf_counter() - started, time.process_time() - processed
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    score = report.score()
    print(
        f"{len(gathered.uses):,} occurrences of {len(report.names):,} names in {report.documents:,} "
        f"documents: {processor:.1f} s of one core ({seconds:.1f} s by the clock) with 1,000 rounds at "
        f"five levels, both directions, findings and changes; "
        f"agreement {score.micro:.4f} {score.micro_interval}; "
        f"{before / 1024:.0f} MB before, {after / 1024:.0f} at most"
    )


def _many(occurrences: int, seed: int, names: int = 5000, documents: int = 20_000) -> Gathered:
    """Made-up names, a few spellings each, as often as words are (Zipf), in many documents."""
    generator = np.random.default_rng(seed)
    name = (generator.zipf(1.3, occurrences) - 1) % names
    variant = np.minimum(generator.geometric(0.97, occurrences) - 1, 3)
    document = np.sort(generator.integers(0, documents, occurrences))
    endings = ("a", "ah", "eh", "aa")
    letters = "bdfghjklmnqrstz"
    stems = ["".join(letters[n // 15**k % 15] + "a" for k in range(4)).capitalize() for n in range(names)]
    uses = tuple(
        (f"e{n}", Occurrence(f"d{d}", "en", stems[n][:-1] + endings[v], place, place + 8, "place"))
        for place, (n, v, d) in enumerate(
            zip(name.tolist(), variant.tolist(), document.tolist(), strict=True)
        )
    )
    met = sorted({int(n) for n in name.tolist()})
    seen = Evidence("page", "made up", "bench")
    entries = {f"e{n}": Entry(f"e{n}", None, "place", stems[n][:-1] + "a", (), 1.0, (seen,)) for n in met}
    dates = (f"{2000 + d // 1000}-{1 + d // 100 % 10:02}-{1 + d % 28:02}" for d in range(documents))
    papers = tuple(Document(f"d{d}", f"d{d}", None, date, "en") for d, date in enumerate(dates))
    return Gathered(papers, uses, entries, 0, 0)


def coverage(seed: int, repeats: int = 400) -> None:
    """How often the 95 % interval holds the truth, documents leaning to one spelling or not."""
    for lean in (0.0, 0.5):
        true, held, widths = _true_agreement(lean, seed), 0, 0.0
        for repeat in range(repeats):
            uses = _sample(np.random.default_rng([seed, repeat]), lean, documents=60)
            counts = {"written": Counts.of(uses.name, uses.spelling)}
            found = bootstrap(uses, counts, (Agreement(),), rounds=500, seed=repeat)["written", "agreement"]
            assert found.micro is not None
            held += found.micro[0] <= true <= found.micro[1]
            widths += found.micro[1] - found.micro[0]
        print(
            f"documents keep their own spelling with probability {lean}: 95 % interval holds the true "
            f"{true:.3f} in {held / repeats:.1%} of {repeats} samples, mean width {widths / repeats:.3f}"
        )


def _sample(generator: np.random.Generator, lean: float, documents: int) -> Uses:
    """One name of three spellings; a document holds 1 to 6 occurrences."""
    sizes = generator.integers(1, 7, documents)
    document = np.repeat(np.arange(documents), sizes)
    own = generator.choice(3, documents, p=(0.7, 0.2, 0.1))[document]
    free = generator.choice(3, len(document), p=(0.7, 0.2, 0.1))
    spelling = np.where(generator.random(len(document)) < lean, own, free)
    return Uses(np.zeros_like(document), spelling, document, 1, 3, documents)


def _true_agreement(lean: float, seed: int) -> float:
    """What the estimate is on average, from a sample that is large beside those tested."""
    values = []
    for repeat in range(400):
        uses = _sample(np.random.default_rng([seed, 1, repeat]), lean, documents=60)
        values.append(Agreement().score(Counts.of(uses.name, uses.spelling), "written").micro or 0.0)
    return float(np.mean(values))


def main() -> int:
    """Run the parts that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="+", choices=("planted", "terms", "entities", "speed", "coverage"))
    parser.add_argument("--corpus", action="append", choices=("tico19", "flores"), help="of planted")
    parser.add_argument("--occurrences", type=int, default=1_000_000, help="of speed")
    parser.add_argument("--seed", type=int, default=2026)
    options = parser.parse_args()
    if not SHARED.is_dir():
        print(f"bench_consistency: {SHARED} is absent", file=sys.stderr)
        return 2
    for corpus in (options.corpus or ("tico19", "flores")) if "planted" in options.parts else ():
        planted(corpus, options.seed)
    if "terms" in options.parts:
        terms()
    if "entities" in options.parts:
        entities()
    if "speed" in options.parts:
        speed(options.occurrences, options.seed)
    if "coverage" in options.parts:
        coverage(options.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
