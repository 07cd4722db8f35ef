import time

from hypothesis import given
from hypothesis import strategies as st

from bialign.pages.html import looks_like_html, parse_html


def test_blocks_are_lines():
    parsed = parse_html("<div><h1>A</h1> <p>b <b>c</b>\n d<br>e</p><ul><li><a href=x>f</a></li></ul></div>")
    assert parsed.text == "A\nb c d\ne\nf"
    assert [block.tag for block in parsed.blocks] == ["h1", "p", "p", "li"]
    assert [block.link_share for block in parsed.blocks] == [0, 0, 0, 1]
    assert [parsed.text[b.start : b.end] for b in parsed.blocks] == parsed.text.split("\n")


def test_what_is_not_seen_is_not_read():
    parsed = parse_html(
        "<body><script>x</script><style>y</style><p hidden>z</p><p style='display:none'>w</p><!-- c --><p>a</p>"
    )
    assert parsed.text == "a"


def test_hints():
    parsed = parse_html(
        "<html><head><title>T - S</title><meta property='article:published_time' content='2020-01-02T03:04:05Z'>"
        '<script type=\'application/ld+json\'>{"@type":"NewsArticle","author":{"name":"A B"}}</script>'
        "<script type='application/ld+json'>{broken</script></head><body><a rel=tag href=x>t</a></body></html>"
    )
    assert {(hint.fact, hint.value, hint.origin) for hint in parsed.hints} == {
        ("title", "T - S", "title"),
        ("published", "2020-01-02T03:04:05Z", "opengraph"),
        ("author", "A B", "json-ld"),
        ("tag", "t", "link"),
    }


def test_what_looks_like_html():
    assert looks_like_html("\ufeff\n<!DOCTYPE html><p>a")
    assert not looks_like_html("5 < 6 and a <b> in text")
    assert not looks_like_html("<الخبر> نص")


def test_deep_nesting_ends_soon_and_keeps_the_text():
    start = time.perf_counter()
    parsed = parse_html("<div>" * 100_000 + "text" + "</div>" * 100_000)
    assert time.perf_counter() - start < 5
    assert parsed.text.strip() == "text"
    assert parsed.warnings


def test_truncated_markup():
    assert parse_html("<div><p>one</p><p>two <a href='x").text.startswith("one")
    assert parse_html("").text == ""


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<div class=a>",
                "</div>",
                "<br>",
                "a ",
                "نص",
                "<a href=x>",
                "</a>",
                "<b>",
                "&nbsp;",
                "\x00",
                "<table>",
                "<li>",
                "<",
            ]
        ),
        max_size=40,
    )
)
def test_blocks_tile_the_lines_whatever_the_markup(parts):
    parsed = parse_html("".join(parts))
    if parsed.blocks:
        assert [parsed.text[b.start : b.end] for b in parsed.blocks] == parsed.text.split("\n")
