"""The formats of others: what each keeps comes back, their tools read it, bad files say where."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bialign.errors import BialignError, UsageError
from bialign.lexicon import exchange
from bialign.lexicon.exchange import bitext, tmx
from bialign.lexicon.joining import with_canonical
from bialign.model import Entry, Evidence, Variant

LATIN = st.from_regex(r"[A-Za-z][a-z'\-&<\"]{0,6}( [A-Z][a-z]{1,5})?", fullmatch=True)
ARABIC = st.from_regex(r"[ا-ي]{2,8}( [ا-ي]{2,6})?", fullmatch=True)


@st.composite
def entry(draw):
    texts = draw(st.lists(LATIN, min_size=1, max_size=4, unique=True))
    counts = sorted((draw(st.integers(1, 9)) for _ in texts), reverse=True)
    variants = tuple(Variant(t, n, 0, None, None, ()) for t, n in zip(texts, counts, strict=True))
    kind = draw(st.sampled_from(["person", "place", "organisation", "other"]))
    made = Entry(draw(st.uuids()).hex, draw(ARABIC), kind, texts[0], variants, 1.0, ())
    return with_canonical(made, texts[0])


ENTRIES = st.lists(entry(), max_size=4)
#: What each format keeps of a seen entry: its parts as a comparable value.
KEPT = {
    "tmx": lambda e: (e.id, e.ar, e.type, e.canonical, e.status, {(v.text, v.count) for v in e.variants}),
    "tbx": lambda e: (e.id, e.ar, e.type, e.canonical, e.status, {v.text for v in e.variants}),
    "tbx2": lambda e: (e.id, e.ar, e.type, e.canonical, e.status, {v.text for v in e.variants}),
    "ftm": lambda e: (e.id, e.ar, e.type, e.canonical, {v.text for v in e.variants}),
}


@pytest.mark.parametrize("ending", KEPT)
@settings(max_examples=30)
@given(entries=ENTRIES)
def test_what_a_format_keeps_comes_back(tmp_path_factory, ending, entries):
    path = tmp_path_factory.mktemp("x") / f"l.{ending}"
    assert exchange.export(entries, path) == len(entries)
    again = list(exchange.read(path))
    assert [KEPT[ending](e) for e in again] == [KEPT[ending](e) for e in entries]
    assert [e.variants[0].text for e in again] == [e.canonical for e in entries]


NAMES = (
    Entry(
        "a1",
        "حماة",
        "place",
        "Hama",
        (
            Variant("Hama", 3, 2, "2017-01-02", "2018-02-12", ()),
            Variant('Hamah & <"H', 1, 1, "2018-03-01", "2018-03-01", ("ending",)),
            Variant("Ḥamāh", 0, 0, None, None, ("mark",), proposed=True),
        ),
        0.98,
        (Evidence("parallel", "aligned", "p1"),),
    ),
    Entry(
        "b2",
        "بكر",
        "person",
        "Bakr",
        (Variant("Bakr", 1, 1, None, None, ()),),
        0.7,
        (Evidence("model", "generated", ""),),
    ),
    Entry("c3", None, "other", "SDF", (Variant("SDF", 1, 1, None, None, ()),), 0.9, (), "rejected"),
)


@pytest.fixture
def written(tmp_path):
    def write(ending):
        path = tmp_path / f"l.{ending}"
        exchange.export(NAMES, path)
        return path

    return write


def test_tmx_keeps_dates(written):
    [hama, bakr] = exchange.read(written("tmx"))
    assert (hama.variants[0].first, hama.variants[0].last) == ("2017-01-02", "2018-02-12")
    assert [v.proposed for v in hama.variants] == [False, False, True]
    assert bakr.canonical == "Bakr"


def test_tbx_keeps_names_without_arabic_and_status(written):
    entries = list(exchange.read(written("tbx")))
    assert [e.ar for e in entries] == ["حماة", "بكر", None]
    assert [e.status for e in entries] == ["proposed", "proposed", "rejected"]


def test_translate_toolkit_reads_tmx(written):
    storage = pytest.importorskip("translate.storage.tmx", reason="translate-toolkit is a development tool")
    with written("tmx").open("rb") as stream:
        units = storage.tmxfile(stream, sourcelanguage="ar", targetlanguage="en").units
    assert [(u.source, u.target) for u in units] == [
        ("حماة", "Hama"),
        ("حماة", 'Hamah & <"H'),
        ("حماة", "Ḥamāh"),
        ("بكر", "Bakr"),
    ]


def test_translate_toolkit_reads_tbx_2008(written):
    storage = pytest.importorskip("translate.storage.tbx", reason="translate-toolkit is a development tool")
    with written("tbx2").open("rb") as stream:
        units = storage.tbxfile(stream, sourcelanguage="ar", targetlanguage="en").units
    assert [(u.source, u.target) for u in units][:2] == [("حماة", "Hama"), ("بكر", "Bakr")]


def test_translate_toolkit_reads_tbx_2019(written):
    """The toolkit knows the form of 2008 only; under the element names of 2019 it reads ours."""
    storage = pytest.importorskip("translate.storage.tbx", reason="translate-toolkit is a development tool")

    class Unit(storage.tbxunit):
        rootNode = "conceptEntry"  # noqa: N815  (the toolkit's name)
        languageNode = "langSec"  # noqa: N815

    class File(storage.tbxfile):
        UnitClass = Unit
        rootNode = "tbx"  # noqa: N815
        namespace = "urn:iso:std:iso:30042:ed-2"

    with written("tbx").open("rb") as stream:
        units = File(stream, sourcelanguage="ar", targetlanguage="en").units
    assert [(u.source, u.target) for u in units][:2] == [("حماة", "Hama"), ("بكر", "Bakr")]


def test_skos_is_turtle(written):
    text = written("ttl").read_text(encoding="utf-8")
    assert 'skos:prefLabel "Hama"@en' in text
    assert 'skos:hiddenLabel "بكر"@ar' in text
    rdflib = pytest.importorskip("rdflib", reason="rdflib checks the Turtle where it is installed")
    graph = rdflib.Graph().parse(data=text, format="turtle")
    skos = rdflib.Namespace("http://www.w3.org/2004/02/skos/core#")
    assert len(set(graph.subjects(rdflib.RDF.type, skos.Concept))) == len(NAMES)


def test_ftm_is_one_entity_a_line(written):
    hama, bakr = (json.loads(line) for line in written("ftm").read_text(encoding="utf-8").splitlines())
    assert hama == {
        "id": "a1",
        "schema": "Address",
        "properties": {"name": ["Hama", "حماة"], "alias": ['Hamah & <"H'], "weakAlias": ["Ḥamāh"]},
    }
    assert bakr["properties"] == {"name": ["Bakr"], "weakAlias": ["بكر"]}


def test_moses_is_two_files(written, tmp_path):
    written("moses")
    pairs = list(bitext.read_moses(str(tmp_path / "l.ar"), str(tmp_path / "l.en")))
    assert pairs == [("حماة", "Hama"), ("حماة", 'Hamah & <"H')]
    with pytest.raises(UsageError):
        exchange.export(NAMES, "-", "moses")


def test_geonames(tmp_path):
    path = tmp_path / "alternateNames.txt"
    path.write_text(
        "1\t170017\ten\tHamah\t\t\t\t\t\t\n"
        "2\t170017\tar\tحماة\t\t\t\t\t\t\n"
        "3\t170017\ten\tHama\t1\t\t\t\t\t\n"
        "4\t170017\ten\tEpiphania\t\t\t\t1\t\t\n"
        "5\t99\ten\tNowhere\t\t\t\t\t\t\n"
        "6\t170017\tlink\thttps://example.org\t\t\t\t\t\t\n",
        encoding="utf-8",
    )
    [hama] = exchange.read(path, "geonames")
    assert (hama.id, hama.ar, hama.type, hama.canonical) == ("geonames-170017", "حماة", "place", "Hama")
    assert [v.text for v in hama.variants] == ["Hama", "Hamah"]
    assert hama.evidence[0].detail == "GeoNames alternate names"


def test_tmx_of_others(tmp_path):
    path = tmp_path / "x.tmx"
    text = (
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE tmx SYSTEM "tmx14.dtd">'
        '<tmx version="1.4"><header srclang="en"/><body>'
        '<tu><tuv xml:lang="EN-US"><seg>He was <bpt i="1"/>born</seg></tuv>'
        '<tuv xml:lang="ar_SY"><seg>ولد</seg></tuv><tuv xml:lang="fr"><seg>né</seg></tuv></tu>'
        '<tu><tuv xml:lang="en"><seg>alone</seg></tuv></tu></body></tmx>'
    )
    path.write_bytes(text.encode("utf-16"))
    assert list(tmx.read_pairs(str(path))) == [("ولد", "He was born")]
    [entry_] = exchange.read(path)
    assert (entry_.ar, entry_.canonical) == ("ولد", "He was born")


LAUGHS = '<!DOCTYPE tmx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><tmx><body><tu>&b;</tu></body></tmx>'
FETCH = '<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/passwd">]><tmx><body><tu>&a;</tu></body></tmx>'


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.tmx", LAUGHS, "declares the entity 'a'"),
        ("a.tmx", FETCH, "declares the entity 'a'"),
        ("a.tmx", "<tmx>", "not XML"),
        ("a.tmx", "hello", "not XML"),
        ("a.tmx", "", "not XML"),
        ("a.tmx", "<html/>", "no TMX"),
        ("a.tmx", "<tmx>" + "<a>" * 100_000, "too deep"),
        ("a.tmx", '<?xml version="1.0" encoding="klingon"?><tmx/>', "not XML"),
        ("a.tbx", "<html/>", "no TBX"),
        (
            "a.tbx",
            '<tbx><tbxHeader/><conceptEntry id="c-1"/><conceptEntry id="c-1"/></tbx>',
            "the id 'c-1' a second time",
        ),
        ("a.ftm", '{"id": "x"}\n', "not an entity"),
        ("a.ftm", '{"id":"x","schema":"Person","properties":{"name":["<i>Ali</i>"]}}\n', "markup"),
        ("a.ftm", '{"id":"x","schema":"Vessel","properties":{}}\n' * 2, "line 2"),
    ],
)
def test_bad_files_say_where(tmp_path, name, content, says):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BialignError) as caught:
        list(exchange.read(path))
    assert says in str(caught.value)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_geonames_is_told_from_other_tables(tmp_path):
    path = tmp_path / "x.txt"
    path.write_text("ar\ten\n", encoding="utf-8")
    with pytest.raises(BialignError, match="line 1"):
        list(exchange.read(path, "geonames"))


def test_one_way_formats():
    with pytest.raises(UsageError):
        exchange.export(NAMES, "x", "geonames")
    with pytest.raises(UsageError):
        exchange.read("x", "skos")


@pytest.mark.parametrize("ending", ["tmx", "tbx", "tbx2", "ttl"])
def test_characters_that_xml_cannot_hold(tmp_path, ending):
    path = tmp_path / f"x.{ending}"
    odd = 'A\x00\x0b\ufffe\ud800\\"\n</seg>'
    exchange.export([Entry("x", "ا", "other", odd, (Variant(odd, 1, 1, None, None, ()),), 1.0, ())], path)
    assert "A\ufffd\ufffd\ufffd\ufffd" in path.read_text(encoding="utf-8")
