"""Tests of `feeds.json_feed`: JSON Feed 1.1 as its specification has it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from feeds.content import Content
from feeds.entry import Entry, Picture, RottenArticle, entry_of
from feeds.json_feed import JSON_FEED
from feeds.publish import FORMATS
from newscrawler.errors import PublishError
from tests.feeds.articles import HEAD, NEWSROOMS, VOCABULARY, article


def entry(number: int = 1, **changes: Any) -> Entry:
    newsroom = NEWSROOMS["bulaq_kz"]
    made = entry_of(article(number), newsroom=newsroom, vocabulary=VOCABULARY, authority="news.example,2024")
    return replace(made, **changes)


def feed(*entries: Entry, **changes: Any) -> dict[str, Any]:
    fragments = [JSON_FEED.fragment(one) for one in entries]
    found: dict[str, Any] = json.loads(JSON_FEED.envelope(replace(HEAD, **changes), FORMATS).around(fragments))
    return found


def test_a_feed_says_what_it_is() -> None:
    said = feed()
    extension = said.pop("_newscrawler")
    assert said == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Барлық & <бәрі>",
        "home_page_url": "https://news.example/kk/all/all.html",
        "feed_url": "https://news.example/kk/all/all.json",
        "description": "Жаңалықтар",
        "icon": "https://news.example/icon.png",
        "favicon": "https://news.example/icon.png",
        "authors": [{"name": "Жаңалық", "url": "https://news.example/kk/all/all.html"}],
        "language": "kk",
        "items": [],
    }
    assert extension == {
        "about": "https://news.example/",
        "id": "tag:news.example,2024:kk/all/all",
        "updated": "2024-05-14T12:00:00+05:00",
        "rights": "Редакцияларға тиесілі.",
    }


def test_an_item_says_what_the_entry_says() -> None:
    (item,) = feed(entry(also_at=("https://other.test/1",)))["items"]
    extension = item.pop("_newscrawler")
    assert item == {
        "id": f"tag:news.example,2024:{article().id}",
        "url": "https://bulaq.test/kk/1/",
        "title": "Түркістанда 1-кәсіпорын ашылды",
        "content_html": article().body_html,
        "summary": "Өңірде жаңа жұмыс орындары пайда болды.",
        "image": "https://bulaq.test/1.jpg",
        "date_published": "2024-05-14T12:01:00+05:00",
        "date_modified": "2024-05-14T12:01:00+05:00",
        "authors": [{"name": "Әсел Құрманбай"}],
        "tags": ["Түркістан облысы", "Экономика", "Bulaq.kz"],
        "language": "kk",
    }
    assert extension["source"] == {"title": "Bulaq.kz", "url": "https://bulaq.test/"}
    assert extension["also_at"] == ["https://other.test/1"]
    assert extension["translations"] == {"ru": "https://bulaq.test/ru/1/"}
    assert extension["image"] == {"caption": "Цех", "credit": "Ерлан Сағын", "width": 1200, "height": 675}
    assert {category["term"] for category in extension["categories"]} == {"KZ-61", "medtop:04000000", "bulaq_kz"}


def test_without_a_picture_or_an_author_nothing_is_made_up() -> None:
    short = Content(summary="<p>a</p>", body="", summary_text="a")
    (item,) = feed(entry(picture=None, authors=(), content=short))["items"]
    assert "image" not in item
    assert item["_newscrawler"]["image"] is None
    assert item["authors"] == [{"name": "Bulaq.kz"}]
    assert (item["content_html"], "summary" in item) == ("<p>a</p>", False)


def test_items_stand_in_their_order_a_line_each() -> None:
    fragments = [JSON_FEED.fragment(entry(number)) for number in range(3)]
    whole = JSON_FEED.envelope(HEAD, FORMATS).around(fragments)
    assert [item["url"] for item in json.loads(whole)["items"]] == [entry(number).link for number in range(3)]
    assert len(whole.splitlines()) == 5


def test_the_next_page_is_the_archive_before() -> None:
    said = feed(previous_archive="https://news.example/kk/all/all/2024-04")
    assert said["next_url"] == "https://news.example/kk/all/all/2024-04.json"


@pytest.mark.parametrize("text", ["entries", '"entries"', '["entries"]', "</script><script>0</script>", "\u2028"])
def test_no_text_breaks_the_feed(text: str) -> None:
    joined = JSON_FEED.envelope(replace(HEAD, title=text), FORMATS).around([JSON_FEED.fragment(entry(title=text))])
    assert b"<script" not in joined
    read = json.loads(joined)
    assert (read["title"], read["items"][0]["title"]) == (text, text)


def test_half_a_surrogate_pair_is_a_rotten_article_and_a_bad_title() -> None:
    with pytest.raises(RottenArticle, match="JSON cannot hold it"):
        JSON_FEED.fragment(entry(title="a\ud800"))
    with pytest.raises(PublishError, match="kk/all/all"):
        JSON_FEED.envelope(replace(HEAD, title="a\ud800"), FORMATS)


def test_an_entry_that_readers_would_choke_on_is_a_rotten_article() -> None:
    with pytest.raises(RottenArticle, match="bytes, more than 1000000"):
        JSON_FEED.fragment(entry(content=Content(summary="", body="а" * 500_001)))


def test_a_picture_of_known_length_is_an_attachment() -> None:
    picture = Picture(url="https://bulaq.test/1.jpg", length=48_213, media_type="image/jpeg")
    (item,) = feed(entry(picture=picture))["items"]
    assert item["attachments"] == [{"url": picture.url, "mime_type": "image/jpeg", "size_in_bytes": 48_213}]
    (item,) = feed(entry(picture=replace(picture, length=None)))["items"]
    assert "attachments" not in item
