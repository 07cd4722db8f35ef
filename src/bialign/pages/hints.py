"""What the markup of a page states beside its text: OpenGraph, meta, ``<time>``, JSON-LD, microdata."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bialign.model import Hint

_META: Final = {
    "og:title": ("title", "opengraph"),
    "twitter:title": ("title", "opengraph"),
    "og:site_name": ("site", "opengraph"),
    "og:url": ("url", "opengraph"),
    "article:published_time": ("published", "opengraph"),
    "og:article:published_time": ("published", "opengraph"),
    "article:modified_time": ("updated", "opengraph"),
    "og:updated_time": ("updated", "opengraph"),
    "article:author": ("author", "opengraph"),
    "article:section": ("section", "opengraph"),
    "article:tag": ("tag", "opengraph"),
    "author": ("author", "meta"),
    "dc.creator": ("author", "meta"),
    "article:author_name": ("author", "meta"),
    "parsely-author": ("author", "meta"),
    "sailthru.author": ("author", "meta"),
    "twitter:creator_name": ("author", "meta"),
    "byl": ("author", "meta"),
    "dcterms.creator": ("author", "meta"),
    "citation_author": ("author", "meta"),
    "date": ("published", "meta"),
    "dc.date.issued": ("published", "meta"),
    "dcterms.date": ("published", "meta"),
    "dcterms.created": ("published", "meta"),
    "dcterms.issued": ("published", "meta"),
    "dcterms.modified": ("updated", "meta"),
    "article.published": ("published", "meta"),
    "article.created": ("published", "meta"),
    "article.updated": ("updated", "meta"),
    "parsely-pub-date": ("published", "meta"),
    "sailthru.date": ("published", "meta"),
    "publish-date": ("published", "meta"),
    "publish_date": ("published", "meta"),
    "publication_date": ("published", "meta"),
    "publisheddate": ("published", "meta"),
    "og:pubdate": ("published", "meta"),
    "article:publish_date": ("published", "meta"),
    "citation_date": ("published", "meta"),
    "cxenseparse:recs:publishtime": ("published", "meta"),
    "dc.date": ("published", "meta"),
    "pubdate": ("published", "meta"),
    "publishdate": ("published", "meta"),
    "datepublished": ("published", "meta"),
    "last-modified": ("updated", "meta"),
    "section": ("section", "meta"),
    "parsely-section": ("section", "meta"),
    "article.section": ("section", "meta"),
    "parsely-tags": ("keywords", "meta"),
    "news_keywords": ("keywords", "meta"),
    "keywords": ("keywords", "meta"),
}
_MICRODATA: Final = {
    "headline": "title",
    "datepublished": "published",
    "datemodified": "updated",
    "author": "author",
    "articlesection": "section",
}
_LD: Final = {
    "headline": "title",
    "datePublished": "published",
    "dateModified": "updated",
    "articleSection": "section",
    "url": "url",
}
_ARTICLES: Final = ("Article", "NewsArticle", "ReportageNewsArticle", "BlogPosting", "Report", "WebPage")
# What the address of a link to a list of stories says of the list: under a tag, or by an author.
_ADDRESSES: Final = {
    "tag": re.compile(r"/(?:tags?/|topic|keyword)"),
    "author": re.compile(r"/(?:author|writer|contributor|journalist|columnist)"),
}
_ADDRESS: Final = re.compile("|".join(pattern.pattern for pattern in _ADDRESSES.values()))
_RELATIONS: Final = {"tag": "tag", "category": "section", "author": "author"}
_TAG_LISTS: Final = '[class*="tags"] a, ul[class*="tags"] > li'
_LARGEST_LD: Final = 1_000_000
_MOST: Final = 200


def read_hints(tree: LexborHTMLParser) -> tuple[Hint, ...]:
    """The facts that a page's markup states, in a fixed order of origins; at most 200."""
    hints = [*_head(tree), *_json_ld(tree), *_times(tree), *_microdata(tree), *_links(tree)]
    return tuple(dict.fromkeys(hints))[:_MOST]


def _head(tree: LexborHTMLParser) -> Iterator[Hint]:
    title = tree.css_first("title")
    if title is not None and (text := " ".join(title.text().split())):
        yield Hint("title", text, "title")
    canonical = tree.css_first('link[rel="canonical"]')
    if canonical is not None and (address := canonical.attributes.get("href")):
        yield Hint("url", address, "meta")
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        key = (
            attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        ).lower()
        value = " ".join((attributes.get("content") or "").split())
        if value and key in _META:
            fact, origin = _META[key]
            yield Hint(fact, value, origin)
        elif value and key in _MICRODATA:
            yield Hint(_MICRODATA[key], value, "microdata")


def _times(tree: LexborHTMLParser) -> Iterator[Hint]:
    for node in tree.css("time[datetime]"):
        attributes = node.attributes
        if value := (attributes.get("datetime") or "").strip():
            updated = "modified" in (attributes.get("itemprop") or "").lower()
            yield Hint("updated" if updated else "published", value, "time")


def _links(tree: LexborHTMLParser) -> Iterator[Hint]:
    """Links that the markup calls a tag, a category or an author, by attribute, class or address."""
    found: dict[str, list[LexborNode]] = {"tag": [], "section": [], "author": []}
    for node in tree.css("a"):
        attributes = node.attributes
        address = attributes.get("href") or ""
        if _ADDRESS.search(address):
            for fact, pattern in _ADDRESSES.items():
                if pattern.search(address):
                    found[fact].append(node)
        for relation in (attributes.get("rel") or "").split():
            if relation in _RELATIONS:
                found[_RELATIONS[relation]].append(node)
    found["tag"] += tree.css(_TAG_LISTS)
    for fact, nodes in found.items():
        for node in nodes:
            if (value := " ".join(node.text().split()).strip("#,،")) and len(value) < 80:
                yield Hint(fact, value, "link")


def _microdata(tree: LexborHTMLParser) -> Iterator[Hint]:
    for node in tree.css("[itemprop]"):
        attributes = node.attributes
        fact = _MICRODATA.get((attributes.get("itemprop") or "").lower())
        if fact and node.tag not in {"meta", "time"}:
            value = " ".join((attributes.get("content") or node.text()).split())
            if value and len(value) < 500:
                yield Hint(fact, value, "microdata")


def _json_ld(tree: LexborHTMLParser) -> Iterator[Hint]:
    for node in tree.css('script[type="application/ld+json"]'):
        source = node.text()
        if len(source) > _LARGEST_LD:
            continue
        try:
            data = json.loads(source, strict=False)
        except (ValueError, RecursionError):
            continue  # broken JSON-LD is everyday; the visible page decides anyway
        for item in _articles(data):
            yield from _article(item)


def _articles(data: Any) -> Iterator[dict[str, Any]]:
    items = data if isinstance(data, list) else [data]
    for item in items:
        if not isinstance(item, dict):
            continue
        graph = item.get("@graph")
        if isinstance(graph, list):
            yield from (part for part in graph if isinstance(part, dict) and _is_article(part))
        if _is_article(item):
            yield item


def _is_article(item: dict[str, Any]) -> bool:
    kind = item.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(k, str) and k.endswith(_ARTICLES) for k in kinds)


def _article(item: dict[str, Any]) -> Iterator[Hint]:
    for key, fact in _LD.items():
        for value in _strings(item.get(key)):
            yield Hint(fact, value, "json-ld")
    for value in _strings(item.get("author")):
        yield Hint("author", value, "json-ld")
    for value in _strings(item.get("keywords")):
        yield Hint("keywords", value, "json-ld")


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str) and value.strip():
        yield " ".join(value.split())
    elif isinstance(value, dict):
        yield from _strings(value.get("name"))
    elif isinstance(value, list):
        for item in value[:50]:
            yield from _strings(item)
