import csv

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bialign.errors import BialignError, InputError
from bialign.lexicon import exchange
from bialign.model import Entry, Evidence, Variant

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
DATE = st.none() | st.dates().map(str)
VARIANT = st.builds(
    Variant,
    text=TEXT,
    count=st.integers(0, 9),
    pages=st.integers(0, 9),
    first=DATE,
    last=DATE,
    differences=st.lists(st.sampled_from(["case", "article", "vowel"]), unique=True).map(tuple),
    proposed=st.booleans(),
)
ENTRY = st.builds(
    Entry,
    id=TEXT,
    ar=st.none() | TEXT,
    type=st.sampled_from(["person", "place", "organisation", "other"]),
    canonical=TEXT,
    variants=st.lists(VARIANT, min_size=1, max_size=4, unique_by=lambda v: v.text).map(tuple),
    probability=st.integers(0, 10000).map(lambda n: n / 10000),
    evidence=st.lists(
        st.builds(Evidence, st.sampled_from(["parallel", "page", "gazetteer", "model"]), TEXT, TEXT),
        max_size=2,
    ).map(tuple),
    status=st.sampled_from(["proposed", "accepted", "rejected"]),
)
ENTRIES = st.lists(ENTRY, max_size=4, unique_by=lambda e: e.id)


@pytest.mark.parametrize("name", ["jsonl", "tsv", "csv"])
@settings(max_examples=30)
@given(entries=ENTRIES)
def test_nothing_is_lost(tmp_path_factory, name, entries):
    path = tmp_path_factory.mktemp("x") / f"l.{name}"
    assert exchange.export(entries, path) == len(entries)
    assert list(exchange.read(path)) == entries


def test_csv_runs_no_formula(tmp_path):
    nasty = ["=1+1", "@x", "+1", "-1", "\t=1", "'=1", "plain"]
    entries = [Entry(t, None, "other", t, (Variant(t, 1, 1, None, None, ()),), 1.0, ()) for t in nasty]
    path = tmp_path / "x.csv"
    exchange.export(entries, path)
    with path.open(encoding="utf-8-sig", newline="") as lines:
        cells = [cell for row in csv.reader(lines) for cell in row]
    assert not [c for c in cells if c[:1] in "=+-@\t" and c]
    assert [e.canonical for e in exchange.read(path)] == nasty


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.jsonl", '{"id": "x"}\n', "line 1"),
        ("a.jsonl", "[1]\n", "not a JSON object"),
        ("a.tsv", "arabic\tfrench\nx\ty\n", "no column 'en'"),
        ("a.tsv", "", "no column"),
        ("a.tsv", "ar\ten\nحماة\n", "line 2"),
        ("a.tsv", "ar\ten\nHama\tحماة\n", "exchanged"),
        ("a.tsv", "ar\ten\nحماة\t<b>Hama</b>\n", "markup"),
        ("a.tsv", "ar\ten\tcount\nحماة\tHama\tmany\n", "no count"),
        ("a.tsv", "ar\ten\nحماة\t\u202eamaH\u202c\n", "direction marks"),
        ("a.tsv", "ar\ten\n\u202bحماة\tHama\n", "direction marks"),
        ("a.tsv", b"ar\ten\n\xff\xfe\n", "not UTF-8"),
        ("a.csv", 'ar,en\n"حماة,Hama\n', "line 2"),
        ("a.xyz", "", "no format"),
    ],
)
def test_bad_files_say_where(tmp_path, name, content, says):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(BialignError) as caught:
        list(exchange.read(path))
    assert says in str(caught.value)


def test_missing_file():
    with pytest.raises(InputError):
        list(exchange.read("/nowhere/x.tsv"))


def test_pairs_are_gathered(tmp_path):
    path = tmp_path / "x.tsv"
    path.write_text(
        "English\tArabic\tcount\nHamah\tحماة\t1\nHama\tحماه\t4\n\u200eHoms\u200f\tحمص\t\n", encoding="utf-8"
    )
    hama, homs = exchange.read(path)
    assert (hama.ar, hama.canonical, [v.count for v in hama.variants]) == ("حماه", "Hama", [4, 1])
    assert homs.canonical == "Homs"
    assert homs.variants[0].proposed
    assert homs.evidence[0].source == "x.tsv, line 4"


def test_semicolons_and_a_byte_order_mark(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text('\ufeffAR;EN;Note\r\nحماة;"Hama; the city";1,5\r\n\r\n', encoding="utf-8")
    [hama] = exchange.read(path)
    assert (hama.ar, hama.canonical) == ("حماة", "Hama; the city")


def own_table(tmp_path, change):
    path = tmp_path / "x.tsv"
    variants = tuple(Variant(t, n, 1, None, None, ()) for t, n in (("Hama", 2), ("Hamah", 1)))
    entries = [
        Entry("a", "حماة", "place", "Hama", variants, 0.5, (Evidence("page", "d", "s"),)),
        Entry("b", None, "other", "Homs", (Variant("Homs", 1, 1, None, None, ()),), 0.5, ()),
    ]
    exchange.export(entries, path)
    header, *lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text(header + "".join(change(lines)), encoding="utf-8")
    return entries, path


def test_a_sorted_table_is_still_read(tmp_path):
    entries, path = own_table(tmp_path, lambda lines: sorted(lines, key=lambda line: line.split("\t")[4]))
    assert list(exchange.read(path)) == entries
    entries, path = own_table(tmp_path, reversed)
    again = {e.id: e for e in exchange.read(path)}
    assert again["b"] == entries[1]
    assert again["a"].evidence == entries[0].evidence
    assert {v.text for v in again["a"].variants} == {"Hama", "Hamah"}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda lines: [lines[0].replace("\t2\t", "\t-2\t")], "count cannot be -2"),
        (lambda lines: [lines[0].replace("\t2\t", f"\t{10**30}\t")], "count cannot be 1e+30"),
        (lambda lines: [lines[0].replace("0.5", "nan")], "probability cannot be nan"),
        (lambda lines: [lines[0].replace('"d"', '"\\\\ud800"')], "detail holds half a character"),
        (lambda lines: [lines[0].replace("[{", "[" * 100_000)], "line 2"),
        (lambda lines: [*lines, lines[2].replace("Homs", "Hims")], "the id 'b' a second time"),
        (lambda lines: [lines[0], lines[0]], "one spelling twice"),
        (lambda lines: [lines[0].replace("0.5", "much")], "line 2: could not convert"),
        (lambda lines: [lines[0].replace("[{", "[")], "line 2"),
        (lambda lines: [lines[0].replace("place", "planet")], "type cannot be 'planet'"),
    ],
)
def test_our_own_table_with_faults(tmp_path, change, says):
    _, path = own_table(tmp_path, change)
    with pytest.raises(InputError) as caught:
        list(exchange.read(path))
    assert says in str(caught.value)
