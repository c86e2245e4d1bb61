"""Every page of the fixture newsroom, read without selectors, field by field against its truth."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import pytest
from scrapy.http import HtmlResponse

from newscrawler.address import Discovered
from newscrawler.article import Article, DatePrecision
from newscrawler.errors import NotAnArticle
from newscrawler.newsroom import Newsroom
from spiders.pages import read_article
from tests.newsroom.clock import CLOCK
from tests.newsroom.site import Answer, build_site
from tests.newsroom.truth import aliases, not_articles, truth

ROOM = Newsroom(
    name="newsroom_test",
    title="Newsroom.test",
    site="https://newsroom.test/",
    hosts=("newsroom.test", "www.newsroom.test"),
    languages=("kk", "ru"),
    articles={"include": (r"^/(kk|ru)/(news|gallery)/[^?]", r"^/(lat|arab)/news/\d", r"^/post/\d")},
)


@dataclass(frozen=True)
class Expected:
    """One record of the truth, in one snapshot."""

    day: int
    record: dict[str, Any]

    def __str__(self) -> str:
        return f"day{self.day}{urlsplit(self.record['url']).path[:40]}"


def _answer(url: str, day: int) -> tuple[str, Answer]:
    """The answer at `url`, redirects followed."""
    for _ in range(5):
        parts = urlsplit(url)
        answer = build_site(day).answer(f"{parts.path}?{parts.query}" if parts.query else parts.path)
        if answer.status != 301:
            break
        url = f"https://newsroom.test{urlsplit(answer.headers['Location']).path}"
    return url, answer


def _read(url: str, day: int, known: Discovered | None = None) -> Article:
    final, answer = _answer(url, day)
    assert answer.status == 200
    return read_article(HtmlResponse(final, headers=dict(answer.headers), body=answer.body), ROOM, CLOCK[day], known)


@cache
def _article(url: str, day: int) -> Article:
    return _read(url, day)


def _expected(*, scheduled: bool = True) -> list[Any]:
    """The records of both days; the page that gives a time in the future only where `scheduled`."""
    records = [Expected(day, record) for day in (1, 2) for record in truth(day)]
    return [
        pytest.param(expected, id=str(expected))
        for expected in records
        if scheduled or (expected.record["kind"], expected.record["language"]) != ("scheduled", "kk")
    ]


@pytest.mark.parametrize("expected", _expected())
def test_words(expected: Expected) -> None:
    record = expected.record
    found = _article(record["url"], expected.day)
    assert found.headline == record["headline"]
    assert found.description == record["lead"]
    assert found.body == record["paragraphs"]
    text = "\n".join(found.body)
    assert [words for words in record["must_not_contain"] if words in text] == []


@pytest.mark.parametrize("expected", _expected())
def test_who_what_and_where(expected: Expected) -> None:
    record = expected.record
    found = _article(record["url"], expected.day)
    assert found.authors == record["authors"]
    assert found.section == record["section"]
    assert found.keywords == record["keywords"]
    assert found.canonical_url == record["url"]
    assert {other.url for other in found.alternates if other.kind == "language"} == set(record["alternates"].values())


@pytest.mark.parametrize("expected", _expected())
def test_pictures(expected: Expected) -> None:
    record = expected.record
    found = _article(record["url"], expected.day)
    assert [image.url for image in found.images] == record["image_urls"]
    assert (found.images[0].credit if found.images else None) == record["photo_credit"]


@pytest.mark.parametrize("expected", _expected(scheduled=False))
def test_dates(expected: Expected) -> None:
    record = expected.record
    found = _article(record["url"], expected.day)
    published = datetime.fromisoformat(record["published"])
    assert found.date_precision == record["date_precision"]
    assert found.date_published is not None
    if record["date_precision"] == DatePrecision.DAY:
        assert found.date_published.date() == published.date()
        assert found.date_published.hour == 12
    else:
        assert found.date_published.isoformat() == published.isoformat()
    modified = datetime.fromisoformat(record["modified"]) if record["modified"] else None
    assert found.date_modified == (modified if modified and modified > published else None)


@pytest.mark.parametrize("expected", _expected())
def test_html_has_the_paragraphs_one_to_one(expected: Expected) -> None:
    found = _article(expected.record["url"], expected.day)
    blocks = re.findall(r"<(p|h2|h3|li)>(.*?)</\1>", found.body_html, re.DOTALL)
    plain = [re.sub(r"<[^>]+>", "", html).replace("&nbsp;", "\xa0").replace("&amp;", "&") for _, html in blocks]
    assert plain == found.body


def test_a_time_in_the_future_gives_way_to_what_the_list_says() -> None:
    record = next(record for record in truth(1) if record["kind"] == "scheduled" and record["language"] == "kk")
    listed = datetime.fromisoformat(record["published"])
    known = Discovered(url=record["url"], date_published=listed, date_precision=DatePrecision.MINUTE)
    assert _article(record["url"], 1).date_published is None
    assert _read(record["url"], 1, known).date_published == listed


@pytest.mark.parametrize("day", [1, 2])
def test_other_addresses_of_an_article_lead_to_its_canonical_one(day: int) -> None:
    for alias, canonical in aliases(day).items():
        assert _read(alias, day).canonical_url == canonical


@pytest.mark.parametrize("day", [1, 2])
def test_what_is_no_article_is_refused(day: int) -> None:
    answers = [_answer(page["url"], day) for page in not_articles(day)]
    pages = [(url, answer) for url, answer in answers if answer.status == 200]
    assert len(pages) >= 2
    for url, answer in pages:
        with pytest.raises(NotAnArticle):
            read_article(HtmlResponse(url, headers=dict(answer.headers), body=answer.body), ROOM, CLOCK[day])
