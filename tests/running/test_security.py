"""What hostile pages and archives cannot do; ``docs/security.md`` promises it."""

import gzip
import json
import resource
import socket
import time

import pytest
import zstandard

from bialign import pipeline
from bialign.errors import InputError
from bialign.model import RawPage
from bialign.pages.reading import page_from_text, read_pages
from bialign.pages.sites import Sites
from bialign.running.worker import observe

BOMB = 400_000_000


def packed(kind):
    if kind == "gz":
        return gzip.compress(bytes(BOMB // 100) + b"a" * 1000, 1) * 100
    return zstandard.ZstdCompressor().compress(bytes(BOMB))


@pytest.mark.parametrize("kind", ["gz", "zst"])
@pytest.mark.parametrize("form", ["txt", "html", "jsonl"])
def test_a_small_file_that_unpacks_to_a_large_one_is_refused(tmp_path, kind, form):
    path = tmp_path / f"bomb.{form}.{kind}"
    path.write_bytes(packed(kind))
    assert path.stat().st_size < BOMB / 50
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(InputError, match="larger than 50 MB"):
        list(read_pages(path))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 250_000


def warc_record(body, headers):
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{headers}\r\n\r\n".encode() + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2020-05-01T00:00:00Z\r\n"
        "WARC-Target-URI: https://example.org/a\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def test_a_bomb_inside_a_warc_record_is_refused_and_the_next_record_read(tmp_path):
    bomb = gzip.compress(bytes(BOMB // 4), 1)
    good = b"<html><body><p>Ten people were killed in Hama.</p></body></html>"
    path = tmp_path / "bomb.warc"
    path.write_bytes(warc_record(bomb, "Content-Encoding: gzip") + warc_record(good, "X: y"))
    assert path.stat().st_size < BOMB / 50
    told = []
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    pages = list(read_pages(path, on_error=told.append))
    assert [page.text.strip() for page in pages] == ["Ten people were killed in Hama."]
    assert ["larger than 50 MB" in str(error) for error in told] == [True]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 250_000


def test_entities_of_a_page_are_not_expanded():
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    text = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY e0 "boom">{levels}]><html><body><p>&e9; Hama</p></body></html>'
    page = page_from_text(text, "laughs.xhtml", html=True)
    assert len(page.text) < len(text)
    assert "boomboom" not in page.text


def test_a_file_named_by_an_entity_is_not_read(tmp_path):
    (tmp_path / "secret").write_text("the secret of Hama", "utf-8")
    entity = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
    page = page_from_text(f"{entity}<html><body><p>Hama &x;</p></body></html>", "x.html", html=True)
    assert "secret of Hama" not in page.text


def test_nothing_is_fetched_and_no_file_is_named_by_a_page(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("a page opened a connection")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    html = (
        '<html><head><link rel="stylesheet" href="http://example.org/a.css"><base href="http://example.org/">'
        '<meta http-equiv="refresh" content="0;url=http://example.org"></head><body><h1>Ten killed in Hama</h1>'
        '<img src="http://example.org/x.png"><iframe src="file:///etc/passwd"></iframe>'
        "<p>Ten people were killed in Hama on Monday, said Ihab al-Salti.</p></body></html>"
    )
    inside = tmp_path / "inside"
    inside.mkdir()
    names = ("../../outside", "/tmp/outside", "a/b/c", "x\u0000y", "..", "con")
    records = [json.dumps({"id": name, "url": f"file:///{name}", "html": html}) for name in names]
    (inside / "pages.jsonl").write_text("\n".join(records), "utf-8")
    pipeline.run([inside], inside / "out")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["inside"]
    assert sorted(path.name for path in inside.iterdir()) == ["out", "pages.jsonl"]
    assert sorted(path.name for path in (inside / "out").iterdir()) == sorted(pipeline.FILES)


PIECES = [
    "a", " ", "\t\n", "(", "((", "[", '"', "«", "“", "-", "--", "- ", "al-", "Al-", "'", "’", "A.", "A. B. ",
    "a@", "#", "#a_", "http://", "www.", "12/", "12:30 ", "2018-", "3 مايو ", "الاثنين ", "،", "ـ", "َ", "و", "ال",
    "ترجمة ", "ترجمة: ", "بقلم ", "Editor: ", "by ", "| ", " - ", "• ", "A (A", "Ab Cd ", "Ab (CD) ", "Abu ",
    "عبد ", "أبو ", "\u200f", "\u200d", "a\u0301", "&", "<", "</", "<p>", "X of the ", "ABC", "1,", "٣",
]  # fmt: skip


@pytest.mark.parametrize("piece", PIECES, ids=ascii)
def test_no_line_keeps_a_page_busy(piece):
    line = piece * (20_000 // len(piece))
    text = f"Ten killed in Hama\n{line}\nHama, Enab - Ten people were killed in Hama on Monday, he said.\n"
    begun = time.process_time()
    observe(RawPage("hostile.txt", text), Sites())
    assert time.process_time() - begun < 10
