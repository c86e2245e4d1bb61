"""Plain Scrapy on a news site, as its documentation shows it, in a process of its own.

    python -m benchmarks.plain_scrapy DOOR OUT MOST_MEMORY ADDRESS...

A CrawlSpider over lists, a SitemapSpider or an XMLFeedSpider, with Scrapy's default settings and its export to JSON
lines.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterator
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.linkextractors import LinkExtractor
from scrapy.spiders import CrawlSpider, Rule, SitemapSpider, XMLFeedSpider

_ARTICLES = r"/(kk|ru)/news/\d"
_LISTS = r"/(kk|ru)/(news(\?page=\d+)?$|calendar/|sessions)"


def _item(response: Any) -> dict[str, Any]:
    return {
        "url": response.url,
        "headline": response.css("h1::text").get(),
        "paragraphs": response.css("div.body p::text").getall(),
    }


class ListsSpider(CrawlSpider):  # type: ignore[misc]
    """Follows the lists and reads the articles."""

    name = "lists"
    rules = (
        Rule(LinkExtractor(allow=_ARTICLES), callback="parse_article"),
        Rule(LinkExtractor(allow=_LISTS)),
    )

    def parse_article(self, response: Any) -> Iterator[dict[str, Any]]:
        """The article on a page."""
        yield _item(response)


class MapSpider(SitemapSpider):  # type: ignore[misc]
    """Reads the articles that the sitemap names."""

    name = "sitemap"
    sitemap_rules = [(_ARTICLES, "parse_article")]  # noqa: RUF012 - as the documentation has it

    def parse_article(self, response: Any) -> Iterator[dict[str, Any]]:
        """The article on a page."""
        yield _item(response)


class FeedSpider(XMLFeedSpider):  # type: ignore[misc]
    """Reads the articles that the feed names."""

    name = "feed"

    def parse_node(self, response: Any, selector: Any) -> Iterator[Request]:
        """A request for the article of an entry."""
        yield Request(selector.xpath("link/text()").get(), callback=self.parse_article)

    def parse_article(self, response: Any) -> Iterator[dict[str, Any]]:
        """The article on a page."""
        yield _item(response)


_SPIDERS: dict[str, type[Spider]] = {"lists": ListsSpider, "sitemap": MapSpider, "feed": FeedSpider}


def main(door: str, out: str, most_memory: str, *addresses: str) -> None:
    """Crawls from these addresses to the end, writing what is found to the file `out`."""
    # What would fill the memory of the machine fills that of this process only.
    resource.setrlimit(resource.RLIMIT_AS, (int(most_memory), int(most_memory)))
    process = CrawlerProcess({"FEEDS": {out: {"format": "jsonlines", "overwrite": True}}})
    begin = "sitemap_urls" if door == "sitemap" else "start_urls"
    process.crawl(_SPIDERS[door], **{begin: list(addresses)})
    process.start()


if __name__ == "__main__":
    main(*sys.argv[1:])
