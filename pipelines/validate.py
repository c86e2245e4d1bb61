"""Validate: refuse what is no article, and drop dates that cannot be."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from newscrawler.article import Article
from newscrawler.errors import Rejected
from newscrawler.newsroom import Newsroom
from pipelines.step import StepContext

_LONGEST_BODY = 1_000_000
_CLOCKS_DIFFER = timedelta(minutes=10)
_FIRST_YEAR = 1990


def validate(article: Article, context: StepContext) -> Article:
    """`article` with dates that can be true: not before 1990, not later than ten minutes after the page was fetched,
    `date_modified` not before `date_published`. What is dropped is named in `sources`.

    Raises Rejected: `no headline`, `headline is the site's name`, `no body` (nor a picture with a sentence),
    `too long` (more than a million characters).
    """
    _require_substance(article, context.newsroom)
    now, sources = article.fetched_at, dict(article.sources)
    published, why = _sane(article.date_published, now)
    if why:
        article = replace(article, date_published=None, date_precision=None, date_source=None)
        sources["date_published"] = f"dropped: {why}"
    modified, why = _sane(article.date_modified, now)
    if modified and published and modified < published:
        why = "before published"
    if why:
        article = replace(article, date_modified=None)
        sources["date_modified"] = f"dropped: {why}"
    return replace(article, sources=sources)


def _require_substance(article: Article, newsroom: Newsroom | None) -> None:
    def refuse(reason: str) -> Rejected:
        return Rejected(reason, url=article.url, newsroom=article.newsroom)

    headline = " ".join(article.headline.split()).casefold()
    if not headline:
        raise refuse("no headline")
    if newsroom and headline in _site_names(newsroom):
        raise refuse("headline is the site's name")
    if not any(paragraph.strip() for paragraph in article.body) and not _is_picture_story(article):
        raise refuse("no body")
    if sum(map(len, article.body)) > _LONGEST_BODY:
        raise refuse("too long")


def _site_names(newsroom: Newsroom) -> set[str]:
    names = (newsroom.title, newsroom.name, *newsroom.hosts, *newsroom.wording.site_names)
    return {" ".join(name.split()).casefold() for name in names}


def _is_picture_story(article: Article) -> bool:
    sentences = [article.description, *(image.caption for image in article.images)]
    return bool(article.images) and any(text and text.strip() for text in sentences)


def _sane(moment: datetime | None, now: datetime) -> tuple[datetime | None, str]:
    """`moment` where it can be true, else None and why not."""
    if moment is None:
        return None, ""
    if moment.tzinfo is None:
        return None, "no offset"
    if moment.year < _FIRST_YEAR:
        return None, f"before {_FIRST_YEAR}"
    if moment > now + _CLOCKS_DIFFER:
        return None, "in the future"
    return moment, ""
