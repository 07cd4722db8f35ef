"""Measure the lexicon.

    python scripts/bench_lexicon.py corpus [--pages 300] [--details] [--profile]
    python scripts/bench_lexicon.py scale [--pages 100000] [--first 30000] [--folder /tmp/scale]
    python scripts/bench_lexicon.py build --folder /tmp/scale
    python scripts/bench_lexicon.py namesakes [--pages 600]
    python scripts/bench_lexicon.py pairs
    python scripts/bench_lexicon.py clusters
    python scripts/bench_lexicon.py store [--entries 1000000] [--db /tmp/big.db]

``corpus`` builds the lexicon of made pages whose names are known (``lexicon_corpus``). ``scale`` does so
by the command line, as a user would; each command's pages a second and most memory are its own, and ``build``
is its second command alone. ``namesakes`` tells apart persons who share a spelling. ``pairs``
measures on ``word_alignment/propn_names.tsv``, ``clusters`` on places of two countries that training
left out. ``store`` opens and asks a large lexicon, its names made of the words of
``names/person_words.tsv``; every entry has two English spellings.
"""

from __future__ import annotations

import argparse
import cProfile
import importlib.util
import pstats
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from build_latin_pairs import TEST as LEFT_OUT
from build_latin_pairs import gold as gold_places
from lexicon_corpus import make_corpus, make_namesakes
from lexicon_truth import Truth
from seeded import seeded

from bialign.align.names import align_names
from bialign.files import dumps, read_jsonl
from bialign.lexicon.lexicon import Lexicon, build_lexicon
from bialign.lexicon.store import Resolution, Store
from bialign.model import Entry, Evidence, Page, RawPage, Variant
from bialign.names.blocking import skeletons
from bialign.names.clusters import bcubed, cluster_variants, proposed_pairs
from bialign.pages.separating import separate_all
from bialign.text.arabic import fold_arabic
from bialign.text.latin import latin_key

SHARED = Path(__file__).parents[2] / "shared" / "data"
#: Pages cleaned by one command.
_PART = 5000
LETTERS = {"en": "abcdefghijklmnopqrstuvwxyz", "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"}


def made_entries(count: int, words: list[tuple[str, str]], chance: random.Random) -> Iterator[Entry]:
    """Entries of two or three words, no two with the same Arabic."""
    seen: set[str] = set()
    while len(seen) < count:
        parts = [chance.choice(words) for _ in range(chance.choice((2, 2, 3)))]
        ar = " ".join(part[0] for part in parts)
        en = " ".join(part[1].title() for part in parts)
        other = " ".join(f"al-{part[1].title()}" for part in parts)
        if ar in seen:
            continue
        seen.add(ar)
        times = chance.randint(1, 50)
        variants = (
            Variant(en, times, times, "2018-01-01", "2020-01-01", ()),
            Variant(other, 1, 1, "2018-01-01", "2018-01-01", ("article",)),
        )
        evidence = (Evidence("parallel", "aligned sentences", f"pages/{len(seen)}.txt"),)
        yield Entry(f"{len(seen):012x}", ar, "person", en, variants, 0.98, evidence)


def misspelt(text: str, letters: str, chance: random.Random) -> str:
    """The text with one letter dropped, doubled, changed, or exchanged with the next."""
    place = chance.randrange(1, len(text) - 1)
    head, letter, tail = text[:place], text[place], text[place + 1 :]
    return chance.choice(
        (
            head + tail,
            head + letter * 2 + tail,
            head + chance.choice(letters) + tail,
            head + tail[:1] + letter + tail[1:],
        )
    )


def measure(lexicon: Lexicon, name: str, queries: list[tuple[str, str]]) -> None:
    """Print how long look-ups take (on the clock, and of one processor) and how often they find the entry."""
    clock, processor, first, among = [], 0.0, 0, 0
    for query, wanted in queries:
        start, begun = time.perf_counter(), time.process_time()
        found = [f.entry.id for f in lexicon.lookup(query, 10)]
        clock.append(1000 * (time.perf_counter() - start))
        processor += 1000 * (time.process_time() - begun)
        first += found[:1] == [wanted]
        among += wanted in found
    clock.sort()
    count = len(queries)
    print(
        f"{name:18} median {statistics.median(clock):5.1f} ms, 95 % {clock[int(0.95 * count)]:5.1f} ms, "
        f"processor {processor / count:5.1f} ms; found first {first / count:.3f}, in ten {among / count:.3f}"
    )


def make(count: int, words: list[tuple[str, str]], chance: random.Random, path: Path) -> None:
    """Write a lexicon of that many entries."""
    start = time.perf_counter()
    store = Store()
    store.replace(Resolution(list(made_entries(count, words, chance)), []))
    print(f"{count:,} entries made and written in {time.perf_counter() - start:.0f} s")
    start = time.perf_counter()
    Lexicon(store).save(path)
    store.close()
    print(f"saved in {time.perf_counter() - start:.1f} s")


def store_part(count: int, data: Path, queries: int, path: Path) -> None:
    """A lexicon of many entries: making (unless it is there), opening, looking up."""
    chance = seeded(7)
    rows = (
        line.split("\t") for line in (data / "names/person_words.tsv").read_text("utf-8").splitlines()[1:]
    )
    words = [(row[0], row[1]) for row in rows if len(row[0]) > 2 and len(row[1]) > 2]
    if not path.exists():
        make(count, words, chance, path)
    start = time.perf_counter()
    lexicon = Lexicon.open(path)
    opened = time.perf_counter() - start
    print(f"{len(lexicon):,} entries, {path.stat().st_size / 1e6:.0f} MB, opened in {1000 * opened:.1f} ms")
    ids = [f"{chance.randint(1, count):012x}" for _ in range(queries)]
    sample = [entry for entry_id in ids if (entry := lexicon.entry(entry_id)) is not None]
    en, ar = LETTERS["en"], LETTERS["ar"]
    kinds: list[tuple[str, Callable[[Entry], str]]] = [
        ("as written", lambda e: e.canonical),
        ("other case, marks", lambda e: e.variants[1].text.upper().replace("-", " ")),
        ("Arabic", lambda e: e.ar or ""),
        ("one letter wrong", lambda e: misspelt(e.canonical, en, chance)),
        ("Arabic, one wrong", lambda e: misspelt(e.ar or "", ar, chance)),
        ("two letters wrong", lambda e: misspelt(misspelt(e.canonical, en, chance), en, chance)),
        ("beginning", lambda e: e.canonical[: 2 * len(e.canonical) // 3]),
    ]
    for name, query_of in kinds:
        measure(lexicon, name, [(query_of(e), e.id) for e in sample])
    start = time.process_time()
    for e in sample:
        lexicon.spellings(e.ar or "")
        lexicon.arabic(e.canonical)
    print(f"spellings and arabic of a name: {1000 * (time.process_time() - start) / len(sample):.2f} ms")
    lexicon.close()


def corpus_part(count: int, seed: int, *, profiled: bool, details: bool) -> None:
    """Build the lexicon of a corpus whose names are known, and hold it against the truth."""
    corpus = make_corpus(count, seed)
    start = time.perf_counter()
    pages = list(separate_all(corpus.pages))
    print(f"{len(pages)} pages separated in {time.perf_counter() - start:.1f} s")
    profile = cProfile.Profile()
    start, begun = time.perf_counter(), time.process_time()
    if profiled:
        profile.enable()
    lexicon = build_lexicon(pages)
    entries = len(lexicon)
    profile.disable()
    spent, processor = time.perf_counter() - start, time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"build_lexicon: {len(pages) / spent:.1f} pages a second on the clock, {len(pages) / processor:.1f} "
        f"of one processor; {entries} entries; peak memory {peak:.0f} MB with the corpus"
    )
    if profiled:
        pstats.Stats(profile).sort_stats("cumulative").print_stats("bialign|encode", 40)
    Truth(lexicon, pages, corpus).show(details=details)


def namesakes_part(count: int, seed: int) -> None:
    """Two persons of one English spelling: how often a mention is in the entry of the right one."""
    corpus, twins = make_namesakes(count, 20, seed)
    pages = list(separate_all(corpus.pages))
    lexicon = build_lexicon(pages)
    found = {(o.page, o.start, o.end): entry for entry, o in lexicon.occurrences(script="en")}
    arabic = {entry.id: fold_arabic(entry.ar or "") for entry in lexicon.entries()}
    gold, made, right, seen, first = {}, {}, 0, 0, 0
    ids = {name for twin in twins for name in twin}
    counts = Counter(name for placed in corpus.placed.values() for name in placed.values())
    usual = {
        name: counts[name] >= max(counts[other] for other in twin)
        for twin in twins
        for name in twin
        for other in twin
    }
    for page, placed in corpus.placed.items():
        for span, name in placed.items():
            if name in ids and (page, *span) in found:
                place = f"{page}:{span[0]}"
                gold[place], made[place] = name, found[page, *span]
                seen += 1
                first += usual[name]
                right += arabic[made[place]] == fold_arabic(corpus.names[name].arabic[0])
    apart = sum(len({e for place, e in made.items() if gold[place] in twin}) > 1 for twin in twins)
    print(f"{len(pages)} pages, {len(twins)} spellings of two persons each, {seen} mentions of them")
    print(
        f"mentions in an entry of the right Arabic {right / seen:.4f} "
        f"(the commoner one always: {first / seen:.4f})"
    )
    figures = "precision {:.4f}, recall {:.4f}, F1 {:.4f}".format(*bcubed(gold, made))
    print(f"spellings kept apart {apart}; mentions, B-cubed: {figures}")


def memory_of(root: int) -> float:
    """The memory (resident, MB) of a process and all that it started."""
    size, parent = {}, {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text("utf-8").rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        size[int(path.parent.name)], parent[int(path.parent.name)] = int(fields[21]), int(fields[1])
    page = resource.getpagesize() / 1e6

    def is_ours(process: int) -> bool:
        while process not in (root, 0, 1):
            process = parent.get(process, 0)
        return process == root

    return sum(pages * page for process, pages in size.items() if is_ours(process))


def report(command: list[str], pages: int, folder: Path) -> None:
    """Run a command to its end and print what it took, of its worker processes too."""
    start, most = time.perf_counter(), 0.0
    begun = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen([sys.executable, "-m", "bialign", *command])
    how = ""
    while process.poll() is None:
        try:
            most = max(most, memory_of(process.pid))
            time.sleep(0.5)
        except KeyboardInterrupt:
            how = " INTERRUPTED,"
            process.wait()
    clock, used = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = used.ru_utime + used.ru_stime - begun.ru_utime - begun.ru_stime
    name = " ".join(word for word in command if not word.startswith(str(folder)))
    print(
        f"bialign {name}:{how} {pages} pages in {clock:.0f} s ({processor:.0f} s of processors), "
        f"{pages / clock:.1f} pages a second ({pages / processor:.1f} a processor second), "
        f"peak memory {most:.0f} MB of all its processes",
        flush=True,
    )
    if process.returncode:
        raise SystemExit(f"{name} ended with {process.returncode}")


def scale_part(count: int, first: int, seed: int, folder: Path, *, details: bool) -> None:
    """Clean and build the first pages of a corpus by the command line; hold the lexicon against the truth.

    What an earlier call that was interrupted cleaned is kept, and the build goes on where it stopped.
    """
    raws: dict[str, list[str]] = {}
    total = 0

    def take(page: RawPage) -> None:
        nonlocal total
        if total == first:
            return
        raws.setdefault(f"{total // _PART:03}", []).append(dumps({"id": page.id, "text": page.text}))
        total += 1
        if total % _PART == 0:
            write()

    def write() -> None:
        for name, lines in raws.items():
            made = folder / f"pages-{name}.jsonl"
            if not made.exists():
                (folder / "raw.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
                report(["clean", str(folder / "raw.jsonl"), "-o", str(made)], len(lines), folder)
        raws.clear()

    corpus = make_corpus(count, seed, take)
    write()
    parts, out = sorted(map(str, folder.glob("pages-*.jsonl"))), folder / "lexicon.db"
    if not out.exists():
        report(["lexicon", "build", *parts, "-o", str(out)], total, folder)
    start = time.perf_counter()
    with Lexicon.open(out) as lexicon:
        print(f"{len(lexicon)} entries, {out.stat().st_size / 1e6:.0f} MB", lexicon.stats())
        lexicon.lookup("Damascus")
        print(f"opened, counted and asked for one name in {time.perf_counter() - start:.2f} s")
        pages = (Page.from_dict(data) for part in parts for _, data in read_jsonl(part))
        Truth(lexicon, pages, corpus).show(details=details)


Span = tuple[int, int]


def read_pairs(folder: Path) -> tuple[list[tuple[str, str]], list[tuple[int, Span, list[Span]]]]:
    """Tokenised sentence pairs, and for each gold name its sentence, English and Arabic word spans.

    An Arabic name in several pieces has several spans.
    """
    ar = (folder / "ar.tok.txt").read_text("utf-8").splitlines()
    en = (folder / "en.tok.txt").read_text("utf-8").splitlines()
    numbers = {name: n for n, name in enumerate((folder / "sent_id.txt").read_text("utf-8").split())}
    gold = []
    for line in (folder / "propn_names.tsv").read_text("utf-8").splitlines()[1:]:
        sentence, english, _, arabic = line.split("\t")[:4]
        first, _, last = english.partition("-")
        words = sorted(int(i) for i in arabic.split(","))
        gold.append((numbers[sentence], (int(first), int(last or first)), [(i, i) for i in words]))
    return list(zip(ar, en, strict=True)), gold


def characters(text: str, words: Span) -> Span:
    """The code points of a span of words."""
    ends, at = [], 0
    for word in text.split(" "):
        ends.append((at, at + len(word)))
        at += len(word) + 1
    return ends[words[0]][0], ends[words[1]][1]


def words_of(text: str, start: int, end: int) -> set[int]:
    """The numbers of the words that a stretch of text touches."""
    count = len(text.split(" "))
    return {i for i in range(count) if (s := characters(text, (i, i)))[0] < end and start < s[1]}


def pairs_part(data: Path) -> None:
    """Names of aligned sentences: the Arabic of given English names, and names found by us."""
    pairs, gold = read_pairs(data / "bitext/word_alignment")
    given = [[characters(pairs[n][1], span) for k, span, _ in gold if k == n] for n in range(len(pairs))]
    found = align_names(pairs, en_names=given)
    exact = overlap = size = 0
    for n, english, arabic in gold:
        spans = [p for p in found[n] if (p.en.start, p.en.end) == characters(pairs[n][1], english)]
        true = {i for span in arabic for i in span}
        said = {i for p in spans[:1] for i in words_of(pairs[n][0], p.ar.start, p.ar.end)}
        exact += said == true
        overlap += len(said & true)
        size += len(said) + len(true)
    print(
        f"English given: {len(gold)} names, Arabic exact {exact / len(gold):.4f}, F1 {2 * overlap / size:.4f}"
    )
    ours = align_names(pairs)
    true_pairs = [
        (n, frozenset(range(en[0], en[1] + 1)), frozenset(i for span in ar for i in span))
        for n, en, ar in gold
    ]
    said_pairs = [
        (
            n,
            frozenset(words_of(pairs[n][1], p.en.start, p.en.end)),
            frozenset(words_of(pairs[n][0], p.ar.start, p.ar.end)),
        )
        for n, names in enumerate(ours)
        for p in names
    ]
    hits = len(set(true_pairs) & set(said_pairs))
    met = sum(any(n == k and e & f and a & b for k, f, b in said_pairs) for n, e, a in true_pairs)
    right = sum(any(n == k and e & f and a & b for k, f, b in true_pairs) for n, e, a in said_pairs)
    recall, precision = met / len(true_pairs), right / max(len(said_pairs), 1)
    print(
        f"names found by us: {len(said_pairs)}, exact on both sides {hits}; overlapping on both sides: "
        f"precision {precision:.4f}, recall {recall:.4f}, "
        f"F1 {2 * precision * recall / (precision + recall):.4f}"
    )


def clusters_part(data: Path) -> None:
    """Clusters of the spellings of places of two countries left out of training, and peers' clusters."""
    truth = gold_places(data / "names/places.jsonl", LEFT_OUT)
    names = sorted(truth)
    pairs = proposed_pairs(names)
    rows = {
        "comparison key": {name: latin_key(name) for name in names},
        "skeleton fold": {name: skeletons(name)[0] for name in names},
        "cluster_variants": {n: str(i) for i, group in enumerate(cluster_variants(names)) for n in group},
    }
    if importlib.util.find_spec("metaphone"):
        metaphone = importlib.import_module("metaphone")
        rows["Double Metaphone"] = {name: metaphone.doublemetaphone(name)[0] for name in names}
    else:
        print("Double Metaphone is not installed (metaphone)")
    print(f"{'+'.join(LEFT_OUT)}: {len(names)} spellings, {len(pairs)} pairs proposed")
    gold = {name: str(place) for name, place in truth.items()}
    for label, made in rows.items():
        print(
            f"{label:18} precision {{:.4f}}, recall {{:.4f}}, B-cubed F1 {{:.4f}}".format(*bcubed(gold, made))
        )


def main() -> None:
    """Run one part."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "part", choices=["store", "corpus", "scale", "build", "namesakes", "pairs", "clusters"]
    )
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--data", type=Path, default=SHARED)
    parser.add_argument("--db", type=Path, help="keep the lexicon here, or use the one that is there")
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--folder", type=Path, help="scale: keep the files here")
    parser.add_argument("--first", type=int, help="scale: only so many pages of the corpus")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--profile", action="store_true", help="say where the time goes")
    parser.add_argument("--details", action="store_true", help="list what is wrong")
    options = parser.parse_args()
    if options.part == "corpus":
        corpus_part(options.pages, options.seed, profiled=options.profile, details=options.details)
        return
    if options.part == "namesakes":
        namesakes_part(options.pages, options.seed)
        return
    if options.part == "build":
        parts = sorted(map(str, options.folder.glob("pages-*.jsonl")))
        command = ["lexicon", "build", *parts, "-o", str(options.folder / "lexicon.db")]
        report(command, sum(Path(part).read_bytes().count(b"\n") for part in parts), options.folder)
        return
    if options.part == "scale":
        with tempfile.TemporaryDirectory() as scratch:
            folder = options.folder or Path(scratch)
            folder.mkdir(parents=True, exist_ok=True)
            scale_part(options.pages, options.first or -1, options.seed, folder, details=options.details)
        return
    if options.part in ("pairs", "clusters"):
        {"pairs": pairs_part, "clusters": clusters_part}[options.part](options.data)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = options.db or Path(folder, "big.db")
        store_part(options.entries, options.data, options.queries, path)


if __name__ == "__main__":
    main()
