"""``bialign run`` on a crawl: WARC and WET records, the wanted pages, what was passed over."""

import gzip
import json

import pytest

ARABIC = "ترجمة: سعيد الحموي\nتحرير: ريم شاهين"
STORY = "Ten people were killed in {place} on Monday, residents of the town told the agency. It was said by Ihab al-Salti."
PLACES = ("Hama", "Homs", "Idlib", "Raqqa")


def record(kind, url, content, body):
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: 2020-05-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
    if url:
        head += f"WARC-Target-URI: {url}\r\n"
    return (
        head.encode()
        + f"Content-Type: {content}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        + body
        + b"\r\n\r\n"
    )


def response(url, body, kind="text/html; charset=utf-8", status="200 OK"):
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    return record("response", url, "application/http; msgtype=response", http)


def page(number, arabic=ARABIC):
    place = PLACES[number % 4]
    lines = "".join(f"<p>{line}</p>" for line in (STORY.format(place=place), arabic))
    return f"<html><body><h1>Attack {number} in {place}</h1>{lines}</body></html>".encode()


@pytest.fixture
def crawl(tmp_path):
    """A folder with a WARC and a WET file, packed a record at a time as crawls are, and their index."""
    folder = tmp_path / "crawl"
    folder.mkdir()
    records = [record("warcinfo", None, "application/warc-fields", b"software: test\r\n")]
    for number in range(18):
        records.append(response(f"https://news.example.org/{number}", page(number)))
        records.append(response(f"https://plain.example.net/{number}", page(number, "Nothing in Arabic")))
    records.append(response("https://news.example.org/gone", page(1), status="404 Not Found"))
    records.append(response("https://news.example.org/x.png", b"\x89PNG", kind="image/png"))
    (folder / "a.warc.gz").write_bytes(b"".join(map(gzip.compress, records)))
    texts = [
        f"Attack {n}\n{STORY.format(place=PLACES[n % 4])}\n{ARABIC if n % 2 else ''}\n".encode()
        for n in range(6)
    ]
    wet = [
        record("conversion", f"https://wet.example.org/{n}", "text/plain", text)
        for n, text in enumerate(texts)
    ]
    (folder / "b.warc.wet.gz").write_bytes(b"".join(map(gzip.compress, [records[0], *wet])))
    (folder / "index.cdx").write_text("no WARC")
    return folder


def test_pages_in_both_languages_are_kept_and_the_others_counted(bialign, crawl, tmp_path):
    out = tmp_path / "out"
    done = bialign("run", "--warc", crawl, "--language", "ar,en", "-o", out)
    assert done.returncode == 0, done.stderr
    assert "21 pages read" in done.stdout
    assert "passed over 23: too little Arabic 21, HTTP status 404 1, neither HTML nor text 1" in done.stdout
    pages = [json.loads(line) for line in (out / "pages.jsonl").read_text("utf-8").splitlines()]
    assert {page["url"].split("/")[2] for page in pages} == {"news.example.org", "wet.example.org"}
    told = json.loads((out / "passed_over.json").read_text())
    assert told == {
        "kept": 21,
        "passed_over": {"too little Arabic": 21, "HTTP status 404": 1, "neither HTML nor text": 1},
    }


def test_named_one_by_one_and_of_a_site(bialign, crawl, tmp_path):
    out = tmp_path / "out"
    done = bialign(
        "run", "--warc", *sorted(crawl.glob("*.gz")), "--site", "plain.example.net", "-o", out, "--json"
    )
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    assert len(summary["pages"]) == 18
    assert summary["passed_over"]["another site"] == 24
    again = bialign("run", "--warc", crawl, "-o", out)
    assert again.returncode == 0
    assert "42 pages read" in again.stdout
    assert not (out / "passed_over.json").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--language", "fr"), "no language 'fr'"),
        (("--site", "nowhere"), "not a site: 'nowhere'"),
        (("--site", "example.com"), "no wanted page"),
    ],
)
def test_wrong_use_is_one_line(bialign, crawl, tmp_path, options, said):
    done = bialign("run", "--warc", crawl, *options, "-o", tmp_path / "out")
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_file_that_is_no_warc_is_named(bialign, crawl, tmp_path):
    done = bialign("run", "--warc", crawl / "index.cdx", crawl / "a.warc.gz", "-o", tmp_path / "out")
    assert done.returncode == 2
    assert "index.cdx: not a WARC file" in done.stderr
    assert "36 pages read" in done.stdout
