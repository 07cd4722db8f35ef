"""The report as a file: whole, self-contained, escaped."""

from __future__ import annotations

import re

import pytest

from bialign.errors import InputError
from bialign.evaluation.consistency import consistency
from bialign.report.html import write_report


@pytest.fixture
def written(fakes, tmp_path):
    pages = [fakes.page(1, "In Homs <script>alert(1)</script> & </script> Homs.", "محمد <b>", "2018-02-12")]
    lexicon = fakes.FakeLexicon([fakes.entry("homs", "حمص", "Homs")], pages)
    path = tmp_path / "report.html"
    write_report(pages, lexicon, consistency(pages, lexicon), path)
    return path.read_text("utf-8")


def test_text_stays_text(written) -> None:
    assert "<script>alert" not in written
    assert "محمد <b>" not in written


def test_nothing_is_loaded_from_elsewhere(written) -> None:
    assert not re.search(r"""(?:src|href)\s*=\s*["']?(?!#|data:)[a-z]""", written)
    bare = written.replace("http-equiv", "").replace("http://www.w3.org/2000/svg", "").replace("^https?:", "")
    assert "http" not in bare
    assert "default-src 'none'" in written


def test_folder_must_exist(fakes, tmp_path) -> None:
    lexicon = fakes.FakeLexicon([])
    with pytest.raises(InputError, match="cannot write"):
        write_report([], lexicon, consistency([], lexicon), tmp_path / "none" / "r.html")
