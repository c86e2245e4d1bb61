"""What a pipeline step is: a function from an article and its context to an article, or `Rejected`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from newscrawler.article import Article
from newscrawler.newsroom import Newsroom
from newscrawler.vocabulary import Vocabulary


@dataclass(slots=True, kw_only=True, frozen=True)
class Neighbour:
    """A stored article that may be the same text as, or a version of, the one at hand."""

    id: str
    story: str
    newsroom: str
    canonical_url: str
    language: str
    script: str
    date_published: datetime | None
    text: str
    first_seen: datetime


class Neighbours(Protocol):
    """What the dedupe step may ask of the store; every answer leaves out the article at hand itself."""

    def id_at(self, newsroom: str, urls: Iterable[str]) -> str | None:
        """The id of the article that the newsroom is known to have under one of the addresses `urls`."""

    def at_addresses(self, urls: Iterable[str], besides: str) -> list[Neighbour]:
        """The articles known under one of `urls`, but for the one with the id `besides`."""

    def sharing(self, hashes: Iterable[int], since: datetime, besides: str) -> list[Neighbour]:
        """The articles first seen after `since` that share a sampled text hash, most shared first, at most 20."""


@dataclass(slots=True, kw_only=True, frozen=True)
class StepContext:
    """What a step may know besides the article: its newsroom (None for texts of unknown origin), the vocabulary, the
    present moment, and the store's neighbours (None where there is no store)."""

    vocabulary: Vocabulary
    now: datetime
    newsroom: Newsroom | None = None
    neighbours: Neighbours | None = None


Step = Callable[[Article, StepContext], Article]
