"""Content: as much of an article as its newsroom lets feeds give, as HTML in which nothing is active."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import Literal

import nh3

from newscrawler.article import Article
from newscrawler.folding import folded_words
from newscrawler.urls import is_web_address

ContentPolicy = Literal["full", "excerpt", "headline"]

# An excerpt must not become the whole text where a newsroom writes its articles in one paragraph.
_LONGEST_PARAGRAPH = 1000
_TAGS = {"p", "br", "h2", "h3", "ul", "ol", "li", "blockquote", "a", "strong", "em"}
_SILENT = {
    *("script", "style", "template", "noscript", "iframe", "object", "svg", "math", "title", "head"),
    *("textarea", "select", "button", "audio", "video", "canvas"),
}
# Overrides and isolates turn the text around them about, in a reader's list too (UAX 9, section 2).
_BIDI = "\u202a-\u202e\u2066-\u2069"
_BIDI_CONTROLS = re.compile(f"[{_BIDI}]")
# Besides those: what HTML parsers write for references to no character, such as `&#0;`, and what XML cannot hold (XML
# 1.0, section 2.2), which references such as `&#1;` can bring.
_NOT_IN_HTML = re.compile(f"[{_BIDI}\ufffd\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(slots=True, kw_only=True, frozen=True)
class Content:
    """What feeds give of an article, possibly empty: a short text and the whole one as safe HTML, and the short one as
    plain text."""

    summary: str
    body: str
    summary_text: str = ""


def content_of(article: Article, policy: ContentPolicy) -> Content:
    """What the newsroom's `policy` lets feeds give: "full" the lead and the body, "excerpt" the lead and the first
    paragraph, "headline" nothing."""
    if policy == "headline":
        return Content(summary="", body="")
    told = [article.description or ""] if policy == "full" else _excerpt(article)
    return Content(
        summary=_paragraphs(told),
        body=safe_html(article.body_html) if policy == "full" else "",
        summary_text="\n\n".join(_shortened(text) for text in map(plain_text, told) if text),
    )


def source_alone(title: str) -> Content:
    """What feeds give of an article of which they may give nothing: who published it. A reader shows an empty entry as
    a fault, and RFC 4287 wants some text of each."""
    return Content(summary=_paragraphs([title]), body="", summary_text=plain_text(title))


def safe_html(html: str) -> str:
    """`html` with plain text structure and links to web pages only: no images, so no trackers, nothing that loads or
    runs, no relative address, no character that turns the direction of the text."""
    clean = nh3.clean(
        html,
        tags=_TAGS,
        clean_content_tags=_SILENT,
        attributes={"a": {"href"}},
        attribute_filter=_web_addresses_only,
        url_schemes={"http", "https"},
        link_rel=None,
    )
    # After it, as references become characters there; every `<` and `&` of a text is escaped by then.
    return _NOT_IN_HTML.sub("", clean).strip()


def plain_text(text: str) -> str:
    """`text` without characters that turn its direction, its ends bare."""
    return _BIDI_CONTROLS.sub("", text).strip()


def _excerpt(article: Article) -> list[str]:
    lead, first = article.description or "", article.body[0] if article.body else ""
    lead_words, first_words = folded_words(lead), folded_words(first)
    if first_words[: len(lead_words)] == lead_words:
        return [first]
    if lead_words[: len(first_words)] == first_words:
        return [lead]
    return [lead, first]


def _paragraphs(texts: list[str]) -> str:
    return safe_html("".join(f"<p>{escape(_shortened(text), quote=False)}</p>" for text in texts if text.strip()))


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST_PARAGRAPH:
        return text
    words = text[:_LONGEST_PARAGRAPH].rsplit(maxsplit=1)[0]
    return f"{words.rstrip(' ,;:.–—-')}…"


def _web_addresses_only(tag: str, attribute: str, value: str) -> str | None:
    return value if is_web_address(value) else None
