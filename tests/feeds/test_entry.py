"""Tests of `feeds.entry`: what an article becomes in every format."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from feeds.content import source_alone
from feeds.entry import Category, Entry, Picture, RottenArticle, entry_of, tag_uri
from newscrawler.article import Alternate, Article, Image, Tag
from tests.feeds.articles import NEWSROOMS, NOON, VOCABULARY, article


def made(one: Article, newsroom: str = "bulaq_kz") -> Entry:
    return entry_of(one, newsroom=NEWSROOMS.get(newsroom), vocabulary=VOCABULARY, authority="news.example,2024")


def test_an_article_as_an_entry() -> None:
    one = article(1)
    entry = made(one)
    assert entry.id == f"tag:news.example,2024:{one.id}"
    assert (entry.title, entry.link, entry.language) == (one.headline, one.canonical_url, "kk")
    assert entry.published == entry.updated == one.date_published
    assert entry.authors == ("Әсел Құрманбай",)
    assert entry.categories == (
        Category(term="KZ-61", scheme="urn:iso:std:iso:3166:-2", label="Түркістан облысы"),
        Category(term="medtop:04000000", scheme="http://cv.iptc.org/newscodes/mediatopic/", label="Экономика"),
        Category(term="bulaq_kz", scheme="tag:news.example,2024:newsrooms", label="Bulaq.kz"),
    )
    assert entry.picture == Picture(
        url="https://bulaq.test/1.jpg", credit="Ерлан Сағын", caption="Цех", width=1200, height=675
    )
    assert entry.translations == {"ru": "https://bulaq.test/ru/1/"}
    assert (entry.source_title, entry.source_link) == ("Bulaq.kz", "https://bulaq.test/")


def test_labels_are_in_the_language_of_the_article() -> None:
    assert [one.label for one in made(article(language="ru")).categories][:2] == ["Туркестанская область", "Экономика"]
    assert [one.label for one in made(article(language="en", script="Latn")).categories][:2] == [
        "Turkistan Region",
        "economy, business and finance",
    ]


def test_tags_that_the_vocabulary_no_longer_knows_do_no_harm() -> None:
    tagged = article(regions=[Tag(code="KZ-99", score=1)], topics=[Tag(code="gone", score=1)])
    assert [one.term for one in made(tagged).categories] == ["KZ-99", "bulaq_kz"]


def test_an_article_of_an_unknown_newsroom_is_a_headline_with_its_site() -> None:
    entry = made(article(1), newsroom="gone")
    assert (entry.source_title, entry.source_link) == ("bulaq_kz", "https://bulaq.test/")
    assert entry.content == source_alone("bulaq_kz")


@pytest.mark.parametrize(
    ("language", "script", "tag"),
    [
        ("kk", "Cyrl", "kk"),
        ("kk", "Latn", "kk-Latn"),
        ("kk", "Arab", "kk-Arab"),
        ("ru", "Cyrl", "ru"),
        ("en", "Latn", "en"),
        ("kk", "Zyyy", "kk"),
        ("und", "Cyrl", "und"),
        ("", "Cyrl", "und"),
        ('kk"/><x', "Cyrl", "und"),
    ],
)
def test_language_tags(language: str, script: str, tag: str) -> None:
    assert made(article(language=language, script=script)).language == tag


def test_dates_keep_their_offset_in_whole_seconds() -> None:
    zone = timezone(timedelta(hours=6))
    entry = made(
        article(
            date_published=datetime(2023, 1, 2, 3, 4, 5, 678_901, tzinfo=zone),
            date_modified=datetime(2023, 1, 2, 4, 0, tzinfo=UTC),
        )
    )
    assert entry.published.isoformat() == "2023-01-02T03:04:05+06:00"
    assert entry.updated.isoformat() == "2023-01-02T04:00:00+00:00"


def test_local_mean_time_is_given_in_utc() -> None:
    zone = timezone(timedelta(hours=5, minutes=7, seconds=48))
    assert made(article(date_published=datetime(1920, 1, 1, tzinfo=zone))).published.isoformat() == (
        "1919-12-31T18:52:12+00:00"
    )


@pytest.mark.parametrize(
    ("alternates", "expected"),
    [
        ([("https://a.test/ru/", "ru")], {"ru": "https://a.test/ru/"}),
        ([("https://a.test/ru/", "RU-kz"), ("https://a.test/ru2/", "ru")], {"ru": "https://a.test/ru/"}),
        ([("https://a.test/kk/", "kk"), ("https://a.test/en/", "en"), ("https://a.test/x/", None)], {}),
        ([("/ru/", "ru"), ("javascript:x", "ru"), ("https://[bad/", "ru")], {}),
        ([("https://bulaq.test/kk/1/", "ru")], {}),
        ([("https://a.test/жаңа", "ru")], {"ru": "https://a.test/%D0%B6%D0%B0%D2%A3%D0%B0"}),
    ],
)
def test_translations(alternates: list[tuple[str, str | None]], expected: dict[str, str]) -> None:
    given = [Alternate(url=url, hreflang=hreflang) for url, hreflang in alternates]
    assert made(article(1, alternates=given)).translations == expected


def test_other_kinds_of_alternates_are_no_translations() -> None:
    amp = Alternate(url="https://bulaq.test/amp/", hreflang="ru", kind="amp")
    assert made(article(1, alternates=[amp])).translations == {}


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        (Image(url="javascript:x"), None),
        (Image(url="/relative.jpg"), None),
        (Image(url="https://a.test/сурет 1.jpg"), Picture(url="https://a.test/%D1%81%D1%83%D1%80%D0%B5%D1%82%201.jpg")),
        (
            Image(url="https://a.test/1.jpg", credit=" ", caption="", width=0, height=-3),
            Picture(url="https://a.test/1.jpg"),
        ),
    ],
)
def test_pictures(image: Image, expected: Picture | None) -> None:
    assert made(article(images=[image, Image(url="https://a.test/second.jpg")])).picture == expected


def test_authors_are_named_once_and_never_empty() -> None:
    assert made(article(authors=["Әсел", " ", "\u202eӘсел", "Ерлан"])).authors == ("Әсел", "Ерлан")


@pytest.mark.parametrize(
    ("one", "problem"),
    [
        (article(headline=" \u202e"), "no headline"),
        (article(canonical_url="ftp://a.test/"), "no address on the web"),
        (replace(article(), date_published=None), "no date"),
        (replace(article(), date_published=datetime(2024, 1, 1)), "a date without an offset"),  # noqa: DTZ001
        (replace(article(), date_modified=NOON.replace(tzinfo=None)), "a date without an offset"),
    ],
)
def test_rotten_articles(one: Article, problem: str) -> None:
    with pytest.raises(RottenArticle, match=problem) as raised:
        made(one)
    assert (raised.value.newsroom, raised.value.url) == (one.newsroom, one.canonical_url)


def test_tag_uri() -> None:
    assert tag_uri("news.example,2024-05", "abc") == "tag:news.example,2024-05:abc"


def test_where_nothing_may_be_given_the_source_is_named() -> None:
    policy = NEWSROOMS["bulaq_kz"].model_copy(update={"content": "headline"})
    entry = entry_of(article(1), newsroom=policy, vocabulary=VOCABULARY, authority="news.example,2024")
    assert (entry.content.summary, entry.content.body, entry.content.summary_text) == (
        "<p>Bulaq.kz</p>",
        "",
        "Bulaq.kz",
    )


def test_the_kind_of_a_picture_is_told_by_the_page_or_its_name() -> None:
    def picture(**values: object) -> Picture | None:
        return entry_of(
            article(1, images=[Image(url="https://bulaq.test/1.png?w=1", **values)]),  # type: ignore[arg-type]
            newsroom=None,
            vocabulary=VOCABULARY,
            authority="news.example,2024",
        ).picture

    assert picture(length=7) == Picture(url="https://bulaq.test/1.png?w=1", length=7, media_type="image/png")
    assert picture(length=7, media_type="image/webp") == Picture(
        url="https://bulaq.test/1.png?w=1", length=7, media_type="image/webp"
    )
    assert picture(length=0, media_type="image/webp") == Picture(url="https://bulaq.test/1.png?w=1")
