"""Measure the consistency evaluation: planted variants, terminology, entities.

    python scripts/bench_consistency.py planted terms entities

Data: ../shared/data/bitext (tico19, flores, entity_translation), read there and not shipped.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.stats import spearmanr

from bialign.evaluation.consistency import ConsistencyReport, Settings, evaluate
from bialign.evaluation.findings import Finding
from bialign.evaluation.gathering import Gathered, gather
from bialign.evaluation.inputs import Bitext, gather_bitext
from bialign.evaluation.terms import FORMS, entity_accuracy, term_exact_match, term_lines
from bialign.lexicon.lexicon import build_lexicon
from bialign.model import Page, Segment

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
    """Plant variants of known class at several rates into a corpus and look for them.

    First with the lexicon of the untouched corpus, names found in pages anew and joined by
    spelling; then from bitext alone, the lexicon built from the planted pairs themselves.
    """
    documents, english, arabic = (read(corpus, name) for name in ("doc.txt", "en.txt", "ar.txt"))
    started = time.perf_counter()
    given = Bitext(tuple(zip(arabic, english, strict=True)), "en.txt", tuple(documents))
    lexicon = build_lexicon(pairs=given.located)
    print(f"{corpus}: lexicon of {len(lexicon)} entries in {time.perf_counter() - started:.0f} s")
    pages = pages_of(english, documents)
    texts = {page.id: page.text for page in pages}

    def again(changed: Mapping[str, str]) -> Gathered:
        return gather([_page(name, text) for name, text in changed.items()], lexicon)

    print("  pages, with the lexicon of the untouched corpus:")
    _rates(gather(pages, lexicon), texts, again, RATES, REPEATS, seed)

    def rebuilt(changed: Mapping[str, str]) -> Gathered:
        pairs = tuple(zip(arabic, changed.values(), strict=True))
        bitext = replace(given, pairs=pairs)
        return gather_bitext(bitext, build_lexicon(pairs=bitext.located))

    print("  bitext alone:")
    lines = {f"bitext#{number}": line for number, line in enumerate(english, 1)}
    _rates(gather_bitext(given, lexicon), lines, rebuilt, (0.2, 0.4), 1, seed)


def _rates(
    base: Gathered,
    texts: Mapping[str, str],
    again: Callable[[Mapping[str, str]], Gathered],
    rates: Sequence[float],
    repeats: int,
    seed: int,
) -> None:
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
    agreements, missed = [], Counter[str]()
    for rate in rates:
        rows = []
        for repeat in range(repeats):
            random_ = random.Random(f"{seed} {rate} {repeat}")  # noqa: S311  (a seeded experiment)
            changed, truth = _plant(texts, base, targets, rate, random_)
            found = evaluate(again(changed), (), Settings(rounds=0))
            places = {(finding.page, finding.start) for finding in found.findings}
            missed.update(code for where, (_, code) in truth.items() if where not in places)
            rows.append(
                (found.score().micro or 0.0, float(len(truth)), *_compare(found.findings, truth, clean))
            )
        agreement, departures, precision, recall, right = np.mean(rows, axis=0)
        agreements.append(float(agreement))
        print(
            f"  rate {rate:.1f}: agreement {agreement:.4f}, {departures:.1f} departures, "
            f"precision {precision:.3f}, recall {recall:.3f}, class right {right:.3f}"
        )
    if len(rates) > 2:
        statistic = spearmanr(rates, agreements).statistic
        print(f"  Spearman of rate and agreement {statistic:.3f}")
    print(f"  means of {repeats} plantings; missed by class: {dict(missed.most_common())}")


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
    texts: Mapping[str, str],
    base: Gathered,
    targets: Mapping[str, tuple[str, str, str]],
    rate: float,
    random_: random.Random,
) -> tuple[dict[str, str], dict[Place, tuple[str, str]]]:
    """The texts with variants, and for the place of each departure its name and class.

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
    changed, truth = {}, {}
    for page, whole in texts.items():
        parts, at, length = [], 0, 0
        for start, end, text, name in chosen[page]:
            parts += [whole[at:start], text]
            length += start - at
            usual, variant, code = targets[name]
            minor = variant if 2 * quota[name] <= total[name] else usual
            if text == minor:
                truth[page, length] = (name, code)
            length += len(text)
            at = end
        changed[page] = "".join([*parts, whole[at:]])
    return changed, truth


def _compare(
    findings: Sequence[Finding], truth: Mapping[Place, tuple[str, str]], clean: ConsistencyReport
) -> tuple[float, float, float]:
    """Precision and recall of planted departures, and how many of those found have their class.

    A finding that the untouched text has too (same spelling, same expectation) is another matter.
    """
    before = {(finding.found, finding.expected) for finding in clean.findings}
    found = {(f.page, f.start): f for f in findings if (f.found, f.expected) not in before}
    hits = [place for place in found if place in truth]
    right = sum(truth[place][1] == found[place].code for place in hits)
    return (
        len(hits) / len(found) if found else 1.0,
        len(hits) / len(truth) if truth else 1.0,
        right / len(hits) if hits else 1.0,
    )


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
            for measure in (term_exact_match, term_lines):
                score = measure(read("tico19", "en.txt"), read("tico19", "ar.txt"), listed, form)
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


def main() -> int:
    """Run the parts that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="+", choices=("planted", "terms", "entities"))
    parser.add_argument("--corpus", action="append", choices=("tico19", "flores"), help="of planted")
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
    return 0


if __name__ == "__main__":
    sys.exit(main())
