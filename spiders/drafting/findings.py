"""Findings: what looking at a site's pages has brought so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from scrapy.http import HtmlResponse, Response

from newscrawler.address import Discovered
from newscrawler.newsroom import SourceKind
from spiders.drafting.page_links import PageLink
from spiders.drafting.site import Site


@dataclass(slots=True, kw_only=True)
class FoundSource:
    """A feed or sitemap. `entries` is how many articles it gave, None where it was not read; `note` says
    what it rests on; with `is_archive` it names the whole past of the site."""

    kind: SourceKind
    url: str
    entries: int | None = None
    note: str = ""
    is_archive: bool = False


@dataclass(slots=True, kw_only=True)
class SeenPage:
    """A page that was read for its links; `fetched_at` carries an offset.

    With `json_html` it came as JSON, and `response` is the HTML in the field of that name.
    """

    response: HtmlResponse
    links: list[PageLink]
    fetched_at: datetime
    language: str | None = None
    json_html: str | None = None


@dataclass(slots=True, kw_only=True)
class Findings:
    """What is known of a site.

    `lists` are pages that name articles, by canonical address. `sure` are addresses of articles, with what feeds, news
    sitemaps and other articles say of them; `doubtful` those that may be. `others` lead to other pages. `articles` are
    pages at hand that hold an article. `not_tried` are sources that were named and not asked.
    `named_by_index` are sitemaps that another one names.
    """

    site: Site
    lists: dict[str, SeenPage] = field(default_factory=dict)
    sources: list[FoundSource] = field(default_factory=list)
    sure: dict[str, Discovered] = field(default_factory=dict)
    doubtful: dict[str, Discovered] = field(default_factory=dict)
    others: dict[str, None] = field(default_factory=dict)
    articles: dict[str, Response] = field(default_factory=dict)
    site_names: list[str] = field(default_factory=list)
    not_tried: list[str] = field(default_factory=list)
    named_by_index: set[str] = field(default_factory=set)

    @property
    def own_sources(self) -> list[FoundSource]:
        """The sources without the sitemaps that another one names."""
        return [source for source in self.sources if source.url not in self.named_by_index]

    def see(self, page: SeenPage) -> None:
        """Takes in the links of a page: headlines may be articles', the rest leads to other pages."""
        headlines: dict[str, PageLink] = {}
        for link in page.links:
            self.site.meet(link.url)
            if link.is_headline:
                headlines.setdefault(link.url, link)
        for url, link in headlines.items():
            self.doubtful.setdefault(url, Discovered(url=url, headline=link.text))
        for link in page.links:
            if link.url not in headlines and link.text:
                self.others.setdefault(link.url)
        self.note_site_name(page.response)

    def note_site_name(self, response: Response) -> None:
        """Keeps what a page calls the site."""
        name = response.css('meta[property="og:site_name"]').attrib.get("content", "").strip()
        if name:
            self.site_names.append(name)

    @property
    def other_pages(self) -> list[str]:
        """The addresses that are surely no article's: lists, and what is linked by no headline anywhere."""
        maybe = self.sure.keys() | self.doubtful.keys()
        return [*self.lists, *(url for url in self.others if url not in maybe)]
