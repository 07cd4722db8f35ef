"""Vectors kept on disk: found again, by many processes, never more than there may be, never in the way."""

import subprocess
import sys

import numpy as np
import pytest

from bialign.text import encoder as encoding
from bialign.text.cache import VectorCache

ROW = np.arange(512, dtype=np.float32)


@pytest.fixture
def cache(tmp_path):
    kept = VectorCache(tmp_path / "cache", "model 1")
    yield kept
    kept.close()


def test_found_again_to_the_bit(cache):
    vectors = {"Hama": ROW / 7, "حماة": -ROW, "\ud800": ROW}
    cache.put(vectors)
    found = cache.get(["حماة", "Homs", "Hama", "\ud800"])
    assert found.keys() == vectors.keys()
    assert all((found[text] == vectors[text]).all() for text in vectors)


def test_another_model_has_its_own(cache, tmp_path):
    cache.put({"Hama": ROW})
    other = VectorCache(tmp_path / "cache", "model 2")
    assert other.get(["Hama"]) == {}
    other.close()


def test_no_text_is_stored(cache):
    cache.put({"a secret name": ROW})
    cache.close()
    assert b"secret" not in b"".join(path.read_bytes() for path in cache.path.parent.iterdir())


def test_it_stays_below_its_size_and_what_is_used_stays(tmp_path, monkeypatch):
    cache = VectorCache(tmp_path, "m", megabytes=0.5)
    clock = [1e6]
    monkeypatch.setattr("bialign.text.cache.time.time", lambda: clock[0])
    for number in range(60):
        clock[0] += 10_000
        cache.put({f"{number}-{n}": ROW for n in range(10)})
        assert cache.get(["0-0"])
    assert cache.get(["59-9"])
    assert not cache.get(["0-1"])
    kept = sum(len(cache.get([f"{number}-{n}" for n in range(10)])) for number in range(60))
    assert 100 < kept < 300
    cache.close()
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 1_500_000


WRITER = """
import sys
import numpy as np
from bialign.text.cache import VectorCache
cache = VectorCache(sys.argv[1], "m", megabytes=1.0)
mine = int(sys.argv[2])
for number in range(60):
    cache.put({f"{(number * 7 + mine) % 200}": np.full(512, (number * 7 + mine) % 200, np.float32)})
    for text, vector in cache.get([str(n) for n in range(0, 200, 3)]).items():
        assert (vector == float(text)).all(), text
"""


def test_several_processes_at_once(tmp_path):
    running = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), str(number)], stderr=subprocess.PIPE)
        for number in range(4)
    ]
    for process in running:
        assert process.communicate()[1] == b""
        assert process.returncode == 0
    cache = VectorCache(tmp_path, "m")
    found = cache.get([str(number) for number in range(200)])
    assert len(found) > 100
    assert all((vector == float(text)).all() for text, vector in found.items())
    cache.close()


@pytest.mark.parametrize("damage", [b"no database at all, this" * 100, b""])
def test_a_damaged_file_is_begun_anew(cache, damage):
    cache.put({"Hama": ROW})
    cache.close()
    cache.path.write_bytes(damage)
    assert cache.get(["Hama"]) == {}
    cache.put({"Hama": ROW})
    assert (cache.get(["Hama"])["Hama"] == ROW).all()


def test_a_folder_that_cannot_be_written_is_no_hindrance(tmp_path):
    (tmp_path / "file").write_text("x")
    cache = VectorCache(tmp_path / "file" / "below", "m")
    cache.put({"Hama": ROW})
    assert cache.get(["Hama"]) == {}


@pytest.mark.parametrize("value", [None, "", "0", "off", "No"])
def test_nothing_is_kept_unless_a_folder_is_named(value):
    assert VectorCache.chosen("m", {} if value is None else {"BIALIGN_CACHE": value}) is None


def test_the_encoder_uses_the_folder_that_is_named(tmp_path, monkeypatch):
    texts = ["The sky is blue.", "السماء زرقاء."]
    plain = encoding.Encoder().encode(texts)
    monkeypatch.setenv("BIALIGN_CACHE", str(tmp_path))
    encoding._cache.cache_clear()
    try:
        first = encoding.Encoder().encode(texts)
        monkeypatch.setattr(encoding, "_encoded", lambda _: pytest.fail("computed again"))
        assert (encoding.Encoder().encode(texts) == first).all()
        assert np.allclose(first, plain, atol=1e-6)
    finally:
        encoding._cache.cache_clear()
