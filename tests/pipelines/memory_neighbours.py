"""MemoryNeighbours: what a store tells the dedupe step of its articles, without a store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from newscrawler.article import Article
from newscrawler.store.stories import StoryMember
from pipelines.near_text import sampled_hashes
from pipelines.same_event import event_hashes
from tests.conftest import NOW


class MemoryNeighbours:
    """Neighbours from a list; `keep` makes an article one of them, first seen at NOW."""

    def __init__(self) -> None:
        self.articles: dict[str, Article] = {}
        self.addresses: dict[tuple[str, str], str] = {}

    def keep(self, article: Article) -> None:
        self.articles[article.id] = replace(article, first_seen=article.first_seen or NOW)
        for url in article.addresses or [article.url]:
            self.addresses[article.newsroom, url] = article.id
        self.addresses.setdefault((article.newsroom, article.canonical_url), article.id)

    def id_at(self, newsroom: str, url: str) -> str | None:
        return self.addresses.get((newsroom, url))

    def get(self, article_id: str) -> Article | None:
        return self.articles.get(article_id)

    def at_addresses(self, newsroom: str, urls: Iterable[str], *, besides: str) -> list[Article]:
        ids = {self.addresses.get((newsroom, url)) for url in urls} - {None, besides}
        return [article for article in self.articles.values() if article.id in ids]

    def sharing(self, hashes: Iterable[int], *, since: datetime, besides: str, least: int = 1) -> list[Article]:
        wanted = set(hashes)
        shared = {
            article.id: len(wanted & (sampled_hashes(article) | event_hashes(article)))
            for article in self.articles.values()
            if article.id != besides and article.first_seen is not None and article.first_seen >= since
        }
        most = sorted((-number, article_id) for article_id, number in shared.items() if number >= least)
        return [self.articles[article_id] for _, article_id in most[:20]]

    def in_story(self, story: str) -> list[StoryMember]:
        return [
            StoryMember(
                id=article.id,
                newsroom=article.newsroom,
                url=article.canonical_url,
                headline=article.headline,
                language=article.language,
                relation=article.relation,
            )
            for article in self.articles.values()
            if article.story == story
        ]
