"""The readers that are measured: ours, its peers, and lxml building the tree of the page and nothing else."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from typing import Any

from lxml import etree
from scrapy.http import HtmlResponse

from benchmarks.peers import load_installed
from newscrawler.errors import PageError
from spiders.pages import read_article

OURS = "newscrawler"
PARSE_ONLY = "parse only (lxml)"
_FETCHED_AT = datetime(2026, 11, 1, tzinfo=UTC)

Extract = Callable[[bytes, str], str]


@dataclass(slots=True, frozen=True)
class Extractor:
    """A reader: from the bytes of a page and its address to the text of its article, empty where it finds none."""

    name: str
    version: str
    extract: Extract


def ours() -> Extractor:
    """newscrawler: the whole article with all its fields, of which the body is given."""
    return Extractor(OURS, version("newscrawler") if _is_installed("newscrawler") else "", read_ours)


def parse_only() -> Extractor:
    """What lxml needs to build the tree of the same bytes; it gives no text."""
    return Extractor(PARSE_ONLY, version("lxml"), _parse)


def peers() -> tuple[list[Extractor], list[str]]:
    """The peers that are installed, and what cannot be run, with the reason."""
    return load_installed(_PEERS, Extractor)


def read_ours(html: bytes, url: str) -> str:
    """The body of the article; empty where the page is refused."""
    try:
        return "\n\n".join(read_article(HtmlResponse(url, body=html), None, _FETCHED_AT).body)
    except PageError:
        return ""


def _is_installed(package: str) -> bool:
    try:
        return bool(version(package))
    except ImportError:
        return False


def _parse(html: bytes, url: str) -> str:
    etree.fromstring(html, etree.HTMLParser(encoding="utf-8", huge_tree=True))
    return ""


def _trafilatura(*, favor_precision: bool) -> Extract:
    from trafilatura import extract

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    options: dict[str, Any] = {"include_comments": False, "favor_precision": favor_precision}
    return lambda html, url: extract(html.decode("utf-8", "replace"), **options) or ""


def _readability() -> Extract:
    from lxml.html import fromstring
    from readability import Document  # type: ignore[import-not-found]

    from spiders.pages.visible_text import text_of

    logging.getLogger("readability").setLevel(logging.CRITICAL)

    def extract(html: bytes, url: str) -> str:
        summary = Document(html.decode("utf-8", "replace"), url=url).summary()
        return text_of(fromstring(summary), between="\n")

    return extract


def _newspaper() -> Extract:
    from newspaper import Article, Config  # type: ignore[import-not-found]

    logging.getLogger("newspaper").setLevel(logging.CRITICAL)
    # It asks dateutil to read dates, which warns of time zones it does not know.
    warnings.filterwarnings("ignore", module="dateutil")
    config = Config()
    config.fetch_images = False

    def extract(html: bytes, url: str) -> str:
        article = Article(url, config=config)
        article.download(input_html=html.decode("utf-8", "replace"))
        article.parse()
        text: str = article.text
        return text

    return extract


def _resiliparse() -> Extract:
    from resiliparse.extract.html2text import extract_plain_text  # type: ignore[import-not-found]

    def extract(html: bytes, url: str) -> str:
        text: str = extract_plain_text(html.decode("utf-8", "replace"), main_content=True)
        return text

    return extract


_PEERS: tuple[tuple[str, str, Callable[[], Extract]], ...] = (
    ("trafilatura", "trafilatura", partial(_trafilatura, favor_precision=False)),
    ("trafilatura precision", "trafilatura", partial(_trafilatura, favor_precision=True)),
    ("readability-lxml", "readability-lxml", _readability),
    ("newspaper4k", "newspaper4k", _newspaper),
    ("resiliparse", "resiliparse", _resiliparse),
)
