"""NewsroomLoader: one spider class a newsroom file, the shipped ones and the operator's own."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Self

from scrapy import Request
from scrapy.settings import BaseSettings

from newscrawler.config import Config, load_config
from newscrawler.newsroom import Newsroom
from newscrawler.newsroom_files import newsroom_path, read_newsroom, read_newsrooms
from spiders.newsroom_spider import NewsroomSpider

logger = logging.getLogger(__name__)


class NewsroomLoader:
    """SPIDER_LOADER_CLASS. A file is read when its newsroom is asked for, so a broken one harms no other."""

    def __init__(self, files: dict[str, Path]) -> None:
        self._files = files

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """A loader for the newsroom files that the configuration leads to. Raises ConfigError."""
        config: Config | None = settings.get("NEWSCRAWLER")
        return cls((config if config is not None else load_config()).newsroom_files())

    def list(self) -> list[str]:
        """The names of all newsrooms whose file can be read; the others are named in the log."""
        return list(self._newsrooms())

    def load(self, spider_name: str) -> type[NewsroomSpider]:
        """The spider class of a newsroom, by its name or the path of its file.

        Raises NewsroomNotFound, a KeyError, for an unknown one, NewsroomError for a broken file.
        """
        return spider_class(newsroom_path(spider_name, self._files))

    def find_by_request(self, request: Request) -> list[str]:  # type: ignore[valid-type]
        """The names of the newsrooms on whose hosts the request's address is."""
        return [name for name, newsroom in self._newsrooms().items() if newsroom.is_own(request.url)]

    def _newsrooms(self) -> dict[str, Newsroom]:
        newsrooms, errors = read_newsrooms(self._files)
        for error in errors:
            logger.error("%s", error)
        return newsrooms


def spider_class(path: Path) -> type[NewsroomSpider]:
    """The spider class of the newsroom in the file at `path`. Raises NewsroomError."""
    newsroom = read_newsroom(path)
    return type(f"Spider_{newsroom.name}", (NewsroomSpider,), {"name": newsroom.name, "newsroom": newsroom})
