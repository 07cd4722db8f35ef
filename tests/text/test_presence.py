"""The code points of the scripts, held to what ``regex`` knows of Unicode."""

import pytest
import regex

from bialign.text.presence import has_arabic, has_latin


@pytest.mark.parametrize(
    ("has", "pattern"), [(has_arabic, r"\p{scx=Arab}"), (has_latin, r"\p{Script=Latin}")]
)
def test_every_code_point_is_where_unicode_puts_it(has, pattern):
    every = [chr(point) for point in range(0x110000)]
    assert {c for c in every if has(c)} == set(regex.findall(pattern, "".join(every)))
