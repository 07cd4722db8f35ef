"""HTML → visible text, one line a block, with the block structure; parsed by selectolax (lexbor).

The walk is iterative, and a page nested deeper than any real one is stripped of its tags first,
because an HTML parser looks up its stack of open elements at every start tag.
"""

from __future__ import annotations

import html as entities
import re
from typing import Any, Final, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bialign.model import Block, Hint
from bialign.pages.hints import read_hints

_SKIPPED: Final = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "select",
        "option",
        "textarea",
        "iframe",
        "object",
        "canvas",
        "audio",
        "video",
        "head",
        "-comment",
        "-doctype",
        "math",
        "datalist",
        "map",
    ]
)
_INLINE: Final = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "meter",
        "nobr",
        "output",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
_HTML: Final = re.compile(
    r"<(?:!doctype\s+html|html|head|body|div|p|article|table|h1|meta)\b[^<]{0,500}?>", re.IGNORECASE
)
_SPACE: Final = re.compile(r"[ \t\r\n\f\v]+")
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*?(/?)>")
_AUTO_CLOSED: Final = frozenset(
    [
        "p",
        "li",
        "td",
        "th",
        "tr",
        "dt",
        "dd",
        "option",
        "br",
        "hr",
        "img",
        "input",
        "meta",
        "link",
        "area",
        "base",
        "col",
        "embed",
        "source",
        "track",
        "wbr",
        "tbody",
        "thead",
    ]
)
_HIDING: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BODY: Final = re.compile(r"<(?:body|BODY)\b")
_BODY_END: Final = re.compile(r"</(?:body|html)\b", re.IGNORECASE)
# Scripts and counters may stand between the end of the body and that of the file.
_TAIL: Final = 50_000
_DEEPEST: Final = 2000
_PATH_DEPTH: Final = 6
# Inline elements that hold words of their own; two of them side by side are not one word.
_APART: Final = frozenset(["span", "time", "a", "label", "small", "cite", "data", "abbr"])
# A longer text before links is no label of a list.
_LONGEST_LABEL: Final = 30


class Parsed(NamedTuple):
    """The visible text of a page, its blocks, the hints of its markup, and what was odd."""

    text: str
    blocks: tuple[Block, ...]
    hints: tuple[Hint, ...]
    warnings: tuple[str, ...]


def looks_like_html(text: str) -> bool:
    """Whether a text is HTML: a tag of a page's skeleton in its beginning, or many paragraphs."""
    beginning = text[:4096]
    if "<" not in beginning:
        return False
    if not beginning.lstrip("\ufeff \t\r\n").startswith("<"):
        return bool(re.search(r"<html\b|<!doctype html", beginning, re.IGNORECASE))
    return _HTML.search(beginning) is not None


def parse_html(source: str) -> Parsed:
    r"""Parse a page.

    Args:
        source: decoded HTML.

    Returns:
        Visible text with one line a block, white space folded as a browser does.

    >>> parse_html("<h1>A  b</h1><p>c<br>d <a href=x>e</a></p>").text
    'A b\nc\nd e'
    """
    warnings: tuple[str, ...] = ()
    if source.count("<") > 4 * _DEEPEST and _depth(source) > _DEEPEST:
        source = entities.unescape(_TAG.sub("\n", source))
        return Parsed(_SPACE.sub(" ", source), (), (), ("markup nested too deep, left out",))
    if _is_cut_off(source):
        warnings = ("the page does not end: it may be cut off",)
    tree = LexborHTMLParser(source)
    root = tree.body
    if root is None:
        return Parsed("", (), read_hints(tree), (*warnings, "no body"))
    walk = _Walk(_hidden_nodes(tree))
    walk.run(root)
    return Parsed("\n".join(walk.lines), tuple(walk.blocks), read_hints(tree), warnings)


def _is_cut_off(source: str) -> bool:
    """Whether a page that opens its body never closes it, or ends inside a tag."""
    if source.rfind("<") > source.rfind(">"):
        return True
    return _BODY.search(source) is not None and _BODY_END.search(source, max(0, len(source) - _TAIL)) is None


def _depth(source: str) -> int:
    deepest = depth = 0
    for closing, name, empty in _TAG.findall(source):
        if name.lower() in _AUTO_CLOSED or empty:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        deepest = max(deepest, depth)
    return deepest


class _Walk:
    """One walk over a tree that gathers lines and blocks."""

    def __init__(self, hidden: set[int]) -> None:
        self.lines: list[str] = []
        self.blocks: list[Block] = []
        self._hidden = hidden
        self._position = 0
        self._parts: list[str] = []
        self._linked = 0
        self._links = 0
        self._link_at = 0
        self._open: list[list[Any]] = []  # an open block's node and tag, then its name once asked for

    def run(self, root: LexborNode) -> None:
        """Visit every visible node below ``root`` in document order."""
        stack: list[tuple[LexborNode, str, bool]] = []  # node, its tag, is a block
        parts, hidden, opened = self._parts, self._hidden, self._open
        opened.append([root, "body"])
        node = root.first_child
        while True:
            if node is None:
                if not stack:
                    break
                left, tag, block = stack.pop()
                node = left.next
                if block:
                    if parts:
                        self._flush()
                    opened.pop()
                    continue
                if tag == "a":
                    self._links -= 1
                if node is not None and tag in _APART:
                    self._beside(node, link=tag == "a")
                continue
            tag = node.tag or ""
            if tag == "-text":
                text = node.text_content or ""
                if parts or not text.isspace():
                    parts.append(text)
                    if self._links:
                        self._linked += len(text.strip())
            elif tag == "br":
                self._flush()
            elif tag not in _SKIPPED and not (hidden and node.mem_id in hidden):
                block = tag not in _INLINE
                if block:
                    if parts:
                        self._flush()
                    opened.append([node, tag])
                elif tag == "a":
                    self._links += 1
                    self._link_at = len(parts)
                stack.append((node, tag, block))
                node = node.first_child
                continue
            node = node.next
        self._flush()

    def _beside(self, node: LexborNode, *, link: bool) -> None:
        """What divides an inline element that has ended from the node beside it."""
        if link and node.tag == "a":
            self._flush()  # links with nothing between are items of a menu
        elif link and node.tag == "-text" and node.next is not None and node.next.tag == "a":
            self._list_item(node)
        elif node.tag in _APART:
            self._parts.append(" ")  # boxes side by side, whose distance is the style sheet's

    def _list_item(self, between: LexborNode) -> None:
        """Links with white space alone between them, after a label or nothing, are items of a list."""
        if not (between.text_content or "").isspace():
            return
        head = "".join(self._parts[: self._link_at]).strip()
        if len(head) > _LONGEST_LABEL:
            return
        if head:
            link, linked = self._parts[self._link_at :], self._linked
            del self._parts[self._link_at :]
            self._linked = 0
            self._flush()
            self._parts += link
            self._linked = linked
        self._flush()

    def _flush(self) -> None:
        line = " ".join("".join(self._parts).split())
        linked, self._linked = self._linked, 0
        self._parts.clear()
        if not line:
            return
        end = self._position + len(line)
        levels = self._open[-_PATH_DEPTH:]
        path = ">".join([level[2] if len(level) > 2 else _name(level) for level in levels])
        share = min(1.0, round(linked / len(line), 3)) if linked else 0.0
        self.blocks.append(Block(self._position, end, self._open[-1][1], path, share))
        self.lines.append(line)
        self._position = end + 1


def _name(level: list[Any]) -> str:
    """Tag and classes of an open block, kept as its third item."""
    classes = level[0].attributes.get("class")
    name: str = ".".join([level[1], *classes.split()[:4]]) if classes else level[1]
    level.append(name)
    return name


def _hidden_nodes(tree: LexborHTMLParser) -> set[int]:
    """Elements that the page hides by attribute or inline style."""
    candidates = tree.css('[hidden], [style*="none"], [style*="hidden"]')
    return {
        node.mem_id
        for node in candidates
        if "hidden" in node.attributes or _HIDING.search(node.attributes.get("style") or "")
    }
