"""What a pipeline step is: a function from an article and its context to an article, or `Rejected`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from newscrawler.article import Article
from newscrawler.newsroom import Newsroom
from newscrawler.store.stories import StoryMember
from newscrawler.vocabulary import Vocabulary


class Neighbours(Protocol):
    """What the dedupe step may ask of the store; the stored articles it gives know their `story`."""

    def id_at(self, newsroom: str, url: str) -> str | None:
        """The id of the article that the newsroom is known to have under the address `url`."""

    def get(self, article_id: str) -> Article | None:
        """The live article with that id."""

    def at_addresses(self, newsroom: str, urls: Iterable[str], *, besides: str) -> list[Article]:
        """The newsroom's live articles known under one of `urls`, but for the one with the id `besides`."""

    def sharing(self, hashes: Iterable[int], *, since: datetime, besides: str, least: int = 1) -> list[Article]:
        """The live articles first seen after `since` that share `least` hashes or more, most shared first; of the 20
        articles that share most."""

    def in_story(self, story: str) -> list[StoryMember]:
        """The live articles of the story that the article with the id `story` leads."""


@dataclass(slots=True, kw_only=True, frozen=True)
class StepContext:
    """What a step may know besides the article: its newsroom (None for texts of unknown origin), the vocabulary, the
    present moment, and the store's neighbours (None where there is no store)."""

    vocabulary: Vocabulary
    now: datetime
    newsroom: Newsroom | None = None
    neighbours: Neighbours | None = None


Step = Callable[[Article, StepContext], Article]
