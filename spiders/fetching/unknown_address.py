"""Unknown addresses: what a site shows, under status 200, at an address that it cannot know."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import re
from pathlib import PurePosixPath
from urllib.parse import urlsplit, urlunsplit

from scrapy import Request
from scrapy.crawler import Crawler

from newscrawler.address import Address, AddressState
from newscrawler.article import Article
from newscrawler.crawl import Crawl
from newscrawler.errors import PageError
from newscrawler.store.articles import has_headline
from newscrawler.store.articles import read_article as stored_article
from spiders.fetching.cut_off import DownloadCutOff
from spiders.fetching.faults import LeftToNextRun
from spiders.pages import read_article
from spiders.pages.headline import alike

logger = logging.getLogger(__name__)

SHOWN_EVERYWHERE = "the site shows the same at addresses that do not exist"
_MOST_ASKED = 5
_NUMBER = re.compile(r"\d+")
# In the folders of a path, where days, months and years stand too.
_ID = re.compile(r"(?!(?:19|20)\d\d(?!\d))(?<!\d)\d{3,}")


class UnknownAddresses:
    """Knows which text a site shows at every address that leads nowhere: a notice, the front page, or an article that
    belongs elsewhere. Finding that out takes a request for an address that was made up, one a folder and five a run at
    most, and only where a page is in doubt; none is sent over saved pages, or while every answer is recorded."""

    def __init__(self, crawler: Crawler, crawl: Crawl, *, recorded: bool) -> None:
        self._crawler = crawler
        self._crawl = crawl
        self._may_ask = crawl.saved is None and not recorded
        self._asking = asyncio.Lock()
        # By the folder that was asked; None where nothing is shown.
        self._shown: dict[str, Article | None] = {}
        self._given: dict[str, str] = {}

    async def show(self, article: Article, address: Address) -> bool:
        """Whether `article`, as the page at `address` gives it, is what stands where nothing is.

        In doubt is a page under a headline that neither a list or feed nor the article stored for it knows, where it is
        undated, has a headline that this run has seen elsewhere (or the store, where it was refused before), or another
        date than what it replaces. Of what a made-up address shows, a text without a date is no article wherever it
        stands; a dated one is an article once.

        Raises DownloadCutOff and LeftToNextRun where the made-up address cannot be asked in this run.
        """
        if self._may_ask and self._is_in_doubt(article, address):
            shown = await self._shown_beside(article.url)
            if shown is not None and self._is_of_nowhere(shown, article):
                once = shown.date_published is not None and address.article_id is None
                return not once or self._stands_elsewhere(article)
        self._given.setdefault(article.headline, article.url)
        return False

    def _is_in_doubt(self, article: Article, address: Address) -> bool:
        if address.known.headline is not None and alike(address.known.headline, article.headline):
            return False
        if article.date_published is None or self._is_given_elsewhere(article):
            return True
        if address.article_id is None:
            return address.state is AddressState.REJECTED and self._stands_elsewhere(article)
        with self._crawl.store.read() as connection:
            stored = stored_article(connection, address.article_id)
        changed = stored is not None and not alike(stored.headline, article.headline)
        return changed and stored is not None and stored.date_published != article.date_published

    def _is_given_elsewhere(self, article: Article) -> bool:
        return self._given.get(article.headline, article.url) != article.url

    def _stands_elsewhere(self, article: Article) -> bool:
        if self._is_given_elsewhere(article):
            return True
        with self._crawl.store.read() as connection:
            return has_headline(connection, article.newsroom, article.headline)

    def _is_of_nowhere(self, shown: Article, article: Article) -> bool:
        """Whether `shown` is what stands at made-up addresses, and `article` the same. Sites that go by a part of the
        address may show the article itself there, under its own address."""
        own = self._crawl.newsroom.canonical(article.url)
        return shown.canonical_url != own and _text_of(shown) == _text_of(article)

    async def _shown_beside(self, url: str) -> Article | None:
        folder = urlsplit(url).path.rstrip("/").rpartition("/")[0]
        async with self._asking:
            if folder not in self._shown and len(self._shown) < _MOST_ASKED:
                self._shown[folder] = await self._ask(made_up(url))
        return self._shown.get(folder)

    async def _ask(self, url: str) -> Article | None:
        name = self._crawl.newsroom.name
        meta = {"download_maxsize": self._crawl.config.max_page_bytes, "dont_retry": True, "dont_redirect": True}
        request = Request(url, meta=meta)
        try:
            response = await self._crawler.engine.download_async(request)
            if response.status != 200 or response.url != url:
                return None
            moment = request.meta.get("fetched_at", self._crawl.clock())
            found = read_article(response, self._crawl.newsroom, moment.astimezone(self._crawl.newsroom.zone))
        except (DownloadCutOff, LeftToNextRun):
            raise
        except PageError:
            return None
        except Exception as error:  # noqa: BLE001 - whatever keeps it from being asked says nothing of the page in doubt
            logger.info("%s: %s, which was made up: %s", name, url, error)
            return None
        logger.info("%s: addresses that do not exist show %r", name, found.headline)
        return found


def _text_of(article: Article) -> tuple[str, ...]:
    return article.headline, *article.body


def made_up(url: str) -> str:
    """An address like `url` that nobody has given to anything, always the same: with other numbers than those that may
    name an article, in the path and in the query, and another word in the last part of the path."""
    digest = hashlib.sha256(url.encode()).hexdigest()
    digits = f"7{int(digest, 16) % 1_000_000:06}"
    parts = urlsplit(url)
    path = PurePosixPath(parts.path)
    folder = _ID.sub(lambda found: digits + found[0], parts.path.rstrip("/").rpartition("/")[0])
    stem = _NUMBER.sub(lambda found: digits + found[0], path.stem)
    query = _NUMBER.sub(lambda found: digits + found[0], parts.query)
    end = "/" if parts.path.endswith("/") else ""
    return urlunsplit(parts._replace(path=f"{folder}/{stem}-{digest[:8]}{path.suffix}{end}", query=query))
