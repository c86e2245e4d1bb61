from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest

from newscrawler.address import Discovered
from newscrawler.article import Article, DatePrecision
from tests.spiders.pages.page_samples import HEADLINE, PARAGRAPHS, URL, article, body, newsroom, page_html

JSON_TIME = "2024-05-13T10:00:00+05:00"


def _json(**values: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **values})}</script>'


def _meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def _read(info: str = "", head: str = "", known: Discovered | None = None, url: str = URL) -> Article:
    room = newsroom(articles={"include": []})
    return article(page_html(f"{info}<div class='article__body'>{body()}</div>", head=head), room, known, url)


def _published(*args: Any, **kwargs: Any) -> str | None:
    found = _read(*args, **kwargs).date_published
    return found.isoformat() if found else None


@pytest.mark.parametrize(
    ("info", "head", "moment", "source"),
    [
        ("", _json(datePublished=JSON_TIME), JSON_TIME, "json-ld"),
        ("", _json(datePublished="2024-05-13 10:00"), JSON_TIME, "json-ld"),
        ("", _json(datePublished=1715576400), JSON_TIME, "json-ld"),
        ("", _json(datePublished="1715576400"), JSON_TIME, "json-ld"),
        ("", _json(datePublished="2024-05-13T05:00Z"), JSON_TIME, "json-ld"),
        ("", _json(datePublished="2024-05-13T08:00:00+0300"), "2024-05-13T08:00:00+03:00", "json-ld"),
        ("", _json(datePublished="2024-02-13T10:00"), "2024-02-13T10:00:00+06:00", "json-ld"),
        (
            "<div itemprop='headline'></div><meta itemprop='datePublished' content='2024-05-13T10:00'>",
            "",
            JSON_TIME,
            "microdata",
        ),
        ("", _meta("article:published_time", JSON_TIME), JSON_TIME, "og"),
        ("", _meta("pubdate", JSON_TIME), JSON_TIME, "meta"),
        ("<time datetime='2024-05-13T10:00+05:00'>кеше</time>", "", JSON_TIME, "time"),
        ("<span class='date'>13 мамыр 2024, 10:00</span>", "", JSON_TIME, "text"),
        ("<p>2024 жылғы 13 мамыр, 10:00</p>", "", JSON_TIME, "text"),
        ("<div class='info'>Жарияланды: 13.05.2024 10:00</div>", "", JSON_TIME, "text"),
    ],
)
def test_every_kind_of_evidence(info: str, head: str, moment: str, source: str) -> None:
    found = _read(info, head)
    assert found.date_published is not None
    assert (found.date_published.isoformat(), found.date_source) == (moment, source)
    assert found.date_precision is DatePrecision.MINUTE
    assert found.sources["date_published"] == source


def test_the_order_of_evidence() -> None:
    info = "<time datetime='2024-05-01T10:00+05:00'></time>"
    head = _json(datePublished=JSON_TIME) + _meta("article:published_time", "2024-05-02T10:00:00+05:00")
    assert _published(info, head) == JSON_TIME
    room = newsroom(selectors={"date_published": "time"})
    found = article(page_html(info + f"<div>{body()}</div>", head=head), room)
    assert (found.date_published, found.date_source) == (
        datetime.fromisoformat("2024-05-01T10:00+05:00"),
        "selector time",
    )


def test_evidence_that_says_otherwise_is_named() -> None:
    head = _json(datePublished=JSON_TIME) + _meta("article:published_time", "2024-05-02T10:00:00+05:00")
    found = _read("<span class='date'>13 мамыр 2024</span><b class='date'>1 мамыр 2024</b>", head)
    assert (found.date_published, found.date_source) == (datetime.fromisoformat(JSON_TIME), "json-ld")
    assert found.sources["date_disagreement"] == "og 2024-05-02T10:00:00+05:00; text 2024-05-01"
    agreed = _json(datePublished=JSON_TIME) + _meta("article:published_time", "2024-05-13T05:00:30Z")
    assert "date_disagreement" not in _read("<b class='date'>13 мамыр 2024</b>", agreed).sources


def test_the_website_and_teasers_have_dates_of_their_own() -> None:
    website = _json(datePublished="2019-02-01T00:00:00+06:00").replace("NewsArticle", "WebSite")
    side = (
        "<aside><time datetime='2024-05-01T10:00+05:00'></time></aside>"
        "<div class='related'><span class='date'>1 мамыр 2024</span></div>"
    )
    assert _published(side, website) is None


@pytest.mark.parametrize(("ahead", "taken"), [("18:10", True), ("18:11", False)])
def test_the_future_is_refused_beyond_ten_minutes(ahead: str, taken: bool) -> None:
    moment = f"2024-05-14T{ahead}:00+05:00"
    later = _meta("article:published_time", JSON_TIME)
    assert _published("", _json(datePublished=moment) + later) == (moment if taken else JSON_TIME)


def test_a_day_is_noon_by_agreement() -> None:
    found = _read("", _json(datePublished="2024-05-13"))
    assert found.date_published == datetime.fromisoformat("2024-05-13T12:00:00+05:00")
    assert found.date_precision is DatePrecision.DAY


@pytest.mark.parametrize("stated", ["2024-05-13", "2024-05-13T00:00:00+05:00", "2024-05-13\\"])
def test_a_day_gives_way_to_a_moment_on_that_day(stated: str) -> None:
    found = _read("<span class='date'>13 мамыр 2024, 10:00</span>", _json(datePublished=stated))
    assert found.date_published == datetime.fromisoformat(JSON_TIME)
    assert (found.date_precision, found.date_source) == (DatePrecision.MINUTE, "text")


def test_a_day_does_not_give_way_to_another_day() -> None:
    found = _read("<span class='date'>12 мамыр 2024, 10:00</span>", _json(datePublished="2024-05-13"))
    assert found.date_published == datetime.fromisoformat("2024-05-13T12:00:00+05:00")
    assert found.date_precision is DatePrecision.DAY


def test_midnight_beside_a_bare_day_is_that_day() -> None:
    found = _read("<span class='date'>13 мамыр 2024</span>", _json(datePublished="2024-05-13T00:00:00+05:00"))
    assert found.date_precision is DatePrecision.DAY


@pytest.mark.parametrize(
    ("published", "modified"),
    [("2024-05-13T05:00:00+05:00", "2024-05-13T06:00:00+05:00"), ("2024-05-13T10:00:00Z", "2024-05-13T11:00:00Z")],
)
def test_utc_under_a_local_offset_and_the_other_way_round(published: str, modified: str) -> None:
    found = _read("<b class='date'>13 мамыр 2024, 10:00</b>", _json(datePublished=published, dateModified=modified))
    assert found.date_published == datetime.fromisoformat(JSON_TIME)
    assert found.date_source == "text (json-ld is off by 5:00:00)"
    assert found.date_modified == datetime.fromisoformat("2024-05-13T11:00:00+05:00")


@pytest.mark.parametrize("text", ["2024", "2024 жыл", "12+", "14:05", "02:31:07", "2024-13-45", "0001-01-01T00:00:00Z"])
def test_guesses_are_refused(text: str) -> None:
    assert _published(f"<span class='date'>{text}</span>", _json(datePublished=text)) is None


def test_the_day_in_an_address_is_the_last_resort() -> None:
    found = _read(url="https://zhanalyq.test/20240512/kopir.html")
    assert (found.date_source, found.date_precision) == ("address", DatePrecision.DAY)
    known = Discovered(url=URL, date_published=datetime.fromisoformat(JSON_TIME), date_precision=DatePrecision.MINUTE)
    assert _read(known=known, url="https://zhanalyq.test/2024-05-12/kopir").date_source == "discovery"


@pytest.mark.parametrize(
    ("info", "head", "moment", "source"),
    [
        (
            "",
            _json(datePublished=JSON_TIME, dateModified="2024-05-13T11:00:00+05:00"),
            "2024-05-13T11:00:00+05:00",
            "json-ld",
        ),
        (
            "<span>Жаңартылды: 13 мамыр 2024, 12:30</span>",
            _json(datePublished=JSON_TIME),
            "2024-05-13T12:30:00+05:00",
            "text",
        ),
        (
            "<time datetime='2024-05-13T10:00'></time><i>обновлено <time datetime='2024-05-13T13:00'></time></i>",
            "",
            "2024-05-13T13:00:00+05:00",
            "time",
        ),
    ],
)
def test_changes(info: str, head: str, moment: str, source: str) -> None:
    found = _read(info, head)
    assert found.date_published == datetime.fromisoformat(JSON_TIME)
    assert found.date_modified == datetime.fromisoformat(moment)
    assert found.sources["date_modified"] == source


@pytest.mark.parametrize(
    "modified", [JSON_TIME, "2024-05-12T10:00:00+05:00", "2024-05-13", "2024-06-01T10:00:00+05:00"]
)
def test_a_change_is_later_than_the_publication_and_not_in_the_future(modified: str) -> None:
    assert _read("", _json(datePublished=JSON_TIME, dateModified=modified)).date_modified is None


TODAY = "<span class='date'>14 мамыр 2024, сейсенбі</span>"
OWN = "<span class='date'>12 мамыр 2024, 10:00</span>"


def _bare(above: str, below: str) -> str | None:
    """The date of a page whose elements stand in `body`, without any around the article."""
    html = f"<html><body>{above}<h1>{HEADLINE}</h1>{below}</body></html>"
    found = article(html, newsroom(articles={"include": []})).date_published
    return found.isoformat() if found else None


def test_a_date_is_read_where_no_element_stands_around_the_article() -> None:
    day = "2024-05-12T10:00:00+05:00"
    assert _bare("", OWN + body()) == day
    assert _bare("", f"<time datetime='{day}'>12 мамыр</time>" + body()) == day
    assert _bare("", f"<p>12.05.2024 10:00</p><div>{body()}</div>") == day
    assert _bare("", body() + "<p class='date'>Жарияланды: 12.05.2024 10:00</p>") == day
    assert _bare("", body() + f"<section><h3>Басқа</h3><time datetime='{day}'>12 мамыр</time></section>") is None


@pytest.mark.parametrize(
    "top",
    [
        f"<header>{TODAY}</header>",
        f"<div class='site-header'><div>{TODAY}</div></div>",
        f"<div class='top-bar'>{TODAY}</div>",
        "<div class='today'>14.05.2024</div>",
        "<div id='current-date'><time>14 мамыр 2024, 18:00</time></div>",
    ],
)
@pytest.mark.parametrize("around", ["<div class='wrapper'>{}</div>", "{}"])
def test_the_date_of_today_in_the_head_of_the_site_is_not_the_articles(top: str, around: str) -> None:
    room = newsroom(articles={"include": []})
    for own, expected in (("", None), (OWN, "2024-05-12T10:00:00+05:00")):
        content = f"{top}<div class='title'><h1>{HEADLINE}</h1></div>{own}<div class='text'>{body()}</div>"
        found = article(f"<html><body>{around.format(content)}</body></html>", room).date_published
        if expected is None or "wrapper" in around:
            assert (found and found.isoformat()) == expected


def test_of_two_lines_the_nearer_to_the_headline_counts() -> None:
    for above, below in ((TODAY + OWN, ""), (TODAY, OWN)):
        html = f"<div class='w'>{above}<h1>{HEADLINE}</h1>{below}<div>{body()}</div></div>"
        found = article(f"<html><body>{html}</body></html>", newsroom(articles={"include": []}))
        assert found.date_published == datetime.fromisoformat("2024-05-12T10:00:00+05:00")


@pytest.mark.parametrize(
    "html",
    [
        f"<article><header>{OWN}</header><h1>{HEADLINE}</h1>{body()}</article>",
        f"<div><h1>{HEADLINE}</h1><header class='today'>{OWN}</header><p>{PARAGRAPHS[0]}</p></div>",
        f"<div><div class='meta icon-clock'>{OWN}</div><h1>{HEADLINE}</h1>{body()}</div>",
    ],
)
def test_a_date_in_the_head_of_the_article_counts(html: str) -> None:
    found = article(f"<html><body>{html}</body></html>", newsroom(articles={"include": []}))
    assert found.date_published == datetime.fromisoformat("2024-05-12T10:00:00+05:00")


@pytest.mark.parametrize(
    ("zone", "day", "offset"),
    [
        ("Asia/Almaty", "2024-02-29", "+06:00"),
        ("Asia/Almaty", "2024-03-01", "+05:00"),
        ("Asia/Oral", "2024-02-29", "+05:00"),
        ("Europe/Moscow", "2024-02-29", "+03:00"),
    ],
)
def test_a_time_without_an_offset_is_in_the_newsrooms_zone(zone: str, day: str, offset: str) -> None:
    room = newsroom(time_zone=zone)
    for head, line in ((_json(datePublished=f"{day}T10:00"), ""), ("", f"<time datetime='{day} 10:00'></time>")):
        found = article(page_html(line + body(), head=head), room).date_published
        assert found is not None
        assert found.isoformat() == f"{day}T10:00:00{offset}"
