"""Doubts: what in an expectation looks wrong, so that no recording enshrines a mistake."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from newscrawler.newsroom import Newsroom
from spiders.recordings.expectation import Expectation, ExpectedArticle

# By choice, not by measurement: a site's template lives for years, but its classes and labels are changed between
# redesigns, and half a year of such changes is more than one wants to find out about from missing articles.
OLD = timedelta(days=180)
# Of two articles that were published together one date says nothing.
_FEWEST_OF_ONE_DATE = 3


def doubts(expectation: Expectation, newsroom: Newsroom) -> list[str]:
    """What looks wrong, a sentence each that names the page: no body, or one shorter than the lead; a headline that is
    a name of the site; no date, or one for all articles."""
    found = [
        f"{article['url']}: {doubt}" for article in expectation.articles for doubt in _of_article(article, newsroom)
    ]
    dates = {article.get("date_published") for article in expectation.articles}
    if len(expectation.articles) >= _FEWEST_OF_ONE_DATE and len(dates) == 1 and None not in dates:
        found.append(f"all {len(expectation.articles)} articles have one date, {dates.pop()}: is it the articles' own?")
    return found


def age_doubt(recorded_at: datetime, now: datetime) -> str | None:
    """A sentence where a recording is older than OLD at `now`, else None."""
    age = now - recorded_at
    return f"it is {age.days} days old: does the site still look like this?" if age > OLD else None


def _of_article(article: ExpectedArticle, newsroom: Newsroom) -> Iterator[str]:
    names = {newsroom.title, newsroom.name, *newsroom.hosts, *newsroom.wording.site_names}
    headline = " ".join(article["headline"].split()).casefold()
    if headline in {" ".join(name.split()).casefold() for name in names}:
        yield "the headline is the site's name"
    body = sum(len(paragraph) for paragraph in article.get("body", []))
    if not body:
        yield "there is no body"
    elif body < len(article.get("description", "")):
        yield "the body is shorter than the lead"
    if "date_published" not in article:
        yield "there is no date of publication"
