import gzip
import io
import json
import sys

import pytest
import zstandard

from bialign.errors import InputError, UsageError
from bialign.pages import opening, reading
from bialign.pages.reading import read_pages

STORY = "قتل ثلاثة مدنيين في القصف على المدينة، وقال المصدر إن الفرق في المكان.\n"
HTML = f"<html><head><title>عنوان</title></head><body><h1>عنوان</h1><p>{STORY}</p></body></html>"


def one(path, **options):
    (page,) = read_pages(path, **options)
    return page


def test_text_is_untouched(tmp_path):
    data = "\ufeffأول\r\nثان\rثالث\n".encode()
    (tmp_path / "a.txt").write_bytes(data)
    page = one(tmp_path / "a.txt")
    assert page.text == data.decode()
    assert page.media == "text"


@pytest.mark.parametrize("encoding", ["windows-1256", "iso-8859-6", "utf-16-le", "utf-16", "utf-8-sig"])
def test_encodings_are_detected(tmp_path, encoding):
    story = STORY.replace("،", ",") if encoding == "iso-8859-6" else STORY
    (tmp_path / "a.txt").write_bytes(story.encode(encoding))
    assert one(tmp_path / "a.txt").text.lstrip("\ufeff") == story


def test_forced_encoding_that_does_not_fit(tmp_path):
    (tmp_path / "a.txt").write_bytes(STORY.encode("windows-1256"))
    with pytest.raises(InputError, match=r"a\.txt: byte \d+: not in the encoding"):
        one(tmp_path / "a.txt", encoding="utf-8")
    with pytest.raises(UsageError):
        one(tmp_path / "a.txt", encoding="klingon")


def test_broken_utf8_is_said_with_its_place(tmp_path):
    (tmp_path / "a.txt").write_bytes(STORY.encode() + b"\xff" + STORY.encode())
    page = one(tmp_path / "a.txt")
    assert any(f"byte {len(STORY.encode())}" in warning for warning in page.warnings)


def test_mojibake_is_noticed(tmp_path):
    (tmp_path / "a.txt").write_text(STORY.encode().decode("windows-1256", "replace"))
    assert any("mojibake" in warning for warning in one(tmp_path / "a.txt").warnings)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "PNG"),
        (bytes(range(32)) * 50, "binary"),
        (b"%PDF-1.4 ...", "PDF"),
    ],
)
def test_what_is_no_text(tmp_path, data, message):
    (tmp_path / "a.txt").write_bytes(data)
    with pytest.raises(InputError, match=message):
        one(tmp_path / "a.txt")


def test_missing_and_folder_without_pages(tmp_path):
    with pytest.raises(InputError, match="No such file"):
        one(tmp_path / "none.txt")
    (tmp_path / "picture.png").write_bytes(b"x")
    with pytest.raises(InputError, match="nothing to read"):
        list(read_pages(tmp_path))


def test_a_bad_file_among_good_ones(tmp_path):
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.txt").write_text(STORY)
    errors = []
    assert len(list(read_pages(tmp_path, on_error=errors.append))) == 2
    assert [str(error).split(":")[0] for error in errors] == [str(tmp_path / "b.txt")]


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.ZstdCompressor().compress])
def test_packed_files(tmp_path, pack):
    (tmp_path / "a.txt.gz").write_bytes(pack(STORY.encode()))
    assert one(tmp_path / "a.txt.gz").text == STORY


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.ZstdCompressor().compress])
def test_a_packed_file_that_is_cut_off(tmp_path, pack):
    (tmp_path / "a.txt.gz").write_bytes(pack(STORY.encode() * 400)[:-9])
    with pytest.raises(InputError, match="damaged compression"):
        one(tmp_path / "a.txt.gz")


def test_zstandard_frames_one_after_the_other(tmp_path):
    frames = [zstandard.ZstdCompressor().compress(part.encode()) for part in (STORY, "\n", "Last line.")]
    (tmp_path / "a.txt.zst").write_bytes(b"".join(frames))
    assert one(tmp_path / "a.txt.zst").text == f"{STORY}\nLast line."
    (tmp_path / "a.txt.zst").write_bytes(b"".join(frames)[:-3])
    with pytest.raises(InputError, match="damaged compression"):
        one(tmp_path / "a.txt.zst")


def test_jsonl_fields_and_bad_lines(tmp_path):
    lines = [
        {"id": 7, "text": STORY, "url": "https://a.org/1", "crawled": "2020-01-01"},
        {"html": HTML},
        {"nothing": 1},
        [1],
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join([*map(json.dumps, lines), "{", ""]))
    errors = []
    pages = list(read_pages(path, on_error=errors.append))
    assert [page.source for page in pages] == [f"{path}#1", f"{path}#2"]
    assert (pages[0].id, pages[0].url, pages[0].crawled) == ("7", "https://a.org/1", "2020-01-01")
    assert pages[1].media == "html"
    assert [error.place for error in errors] == ["line 3", "line 4", "line 5"]
    path.write_text(json.dumps({"content": STORY}))
    assert one(path, fields={"text": "content"}).text == STORY
    with pytest.raises(UsageError):
        reading.field_names(["nonsense"])


def test_a_line_that_is_too_long(tmp_path, monkeypatch):
    for module in (opening, reading):
        monkeypatch.setattr(module, "LARGEST", 1000)
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": "x" * 5000}) + "\n" + json.dumps({"text": "ok"}) + "\n")
    errors = []
    assert [page.text for page in read_pages(path, on_error=errors.append)] == ["ok"]
    assert [error.place for error in errors] == ["line 1"]


def test_standard_input(monkeypatch):
    for data, media in ((STORY, "text"), (HTML, "html"), (json.dumps({"text": STORY}), "text")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
        assert one("-").media == media


def record(url, body, headers=b"", kind=b"text/html; charset=windows-1256"):
    http = b"HTTP/1.1 200 OK\r\nContent-Type: " + kind + b"\r\n" + headers
    http += b"Content-Length: %d\r\n\r\n" % len(body) + body
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: " + url
    head += b"\r\nWARC-Date: 2020-01-02T03:04:05Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
    head += b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n" % len(http)
    return head + http + b"\r\n\r\n"


def test_warc(tmp_path):
    body = HTML.encode("windows-1256")
    chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
    data = (
        record(b"http://a.org/1", body)
        + record(b"http://a.org/2", gzip.compress(body), b"Content-Encoding: gzip\r\n")
        + record(b"http://a.org/3", chunked, b"Transfer-Encoding: chunked\r\n")
        + record(b"http://a.org/4", b"\x89PNG", kind=b"image/png")
        + record(b"http://a.org/5", b"not gzip", b"Content-Encoding: gzip\r\n")
    )
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(data))
    errors = []
    pages = list(read_pages(path, on_error=errors.append))
    assert [page.url for page in pages] == [f"http://a.org/{n}" for n in (1, 2, 3)]
    assert all(page.text == f"عنوان\n{STORY.strip()}" for page in pages)
    assert pages[0].crawled == "2020-01-02T03:04:05+00:00"
    assert len(errors) == 1
    assert "byte" in errors[0].place


@pytest.mark.parametrize("cut", [10, 150, 400])
def test_a_warc_that_is_cut_off(tmp_path, cut):
    path = tmp_path / "a.warc"
    path.write_bytes(record(b"http://a.org/1", HTML.encode("windows-1256"))[:cut])
    errors = []
    pages = list(read_pages(path, on_error=errors.append))
    assert errors or any("cut off" in warning for page in pages for warning in page.warnings)
