"""What is nested a hundred thousand deep, or just as deep as Python calls, is read up to a bound or refused by name."""

from __future__ import annotations

import gzip
from contextlib import suppress
from pathlib import Path

import pytest
from scrapy.http import TextResponse, XmlResponse

from newscrawler.config import load_config
from newscrawler.errors import ConfigError, NewscrawlerError, NewsroomError, PageError
from newscrawler.newsroom_files import read_newsroom
from spiders.discovery.feed import read_feed
from spiders.discovery.listing import read_listing
from spiders.discovery.sitemap import read_sitemap
from spiders.fetching.saved_forms import read_archive
from spiders.fetching.saved_page import Opening
from spiders.recordings.expectation import read_expectation
from tests.spiders.pages.page_samples import HEADLINE, NOW, PARAGRAPHS, URL, article, body, newsroom, page_html

# JSON and TOML are decoded by functions that call themselves, as deep as Python's stack allows; what they just took in
# is walked from a place that is some calls deeper.
DEPTHS = (100, 400, 900, 940, 960, 980, 990, 1_000, 100_000)
DEEPEST = 100_000

NESTED_JSON = {
    "lists": ("[", "", "]"),
    "objects": ('{"a": ', "1", "}"),
    "graphs": ('{"@graph": [', "1", "]}"),
    "main entities": ('{"@type": "WebPage", "mainEntity": ', "1", "}"),
    "articles": ('{"@type": "NewsArticle", "author": ', '"Автор"', "}"),
    "names": ('{"@type": "NewsArticle", "headline": ', '"Тақырып"', "}"),
    "images": ('{"@type": "NewsArticle", "image": [', "1", "]}"),
    "bodies": ('{"@type": "NewsArticle", "articleBody": [', '"Мәтін"', "]}"),
    "keywords": ('{"@type": "NewsArticle", "keywords": [', '"сөз"', "]}"),
    "dates": ('{"@type": "NewsArticle", "datePublished": [', '"2024-05-14"', "]}"),
}


def nested(kind: str, depth: int) -> str:
    """JSON of that kind, so deep."""
    opened, inner, closed = NESTED_JSON[kind]
    return opened * depth + inner + closed * depth


@pytest.mark.parametrize("kind", NESTED_JSON)
def test_an_article_is_read_whatever_is_nested_in_its_structured_data(kind: str) -> None:
    for depth in DEPTHS:
        found = article(page_html(body(), f'<script type="application/ld+json">{nested(kind, depth)}</script>'))
        assert (found.url, found.body) == (URL, PARAGRAPHS), depth
        assert found.headline in (HEADLINE, "Тақырып")


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "ul><li", "blockquote", "svg><g", "template", "p"])
def test_elements_are_read_or_refused(tag: str) -> None:
    for depth in (1_000, DEEPEST):
        with suppress(PageError):
            assert PARAGRAPHS[0] in article(page_html(body() + f"<{tag}>" * depth)).body


@pytest.mark.parametrize(
    "attributes", ["itemscope itemprop=author", "itemscope itemtype=https://schema.org/NewsArticle"]
)
def test_nested_items_of_microdata_are_read_or_refused(attributes: str) -> None:
    for depth in (1_000, DEEPEST):
        with suppress(PageError):
            assert article(page_html(body() + f"<div {attributes}>" * depth)).body


@pytest.mark.parametrize("element", ["url", "sitemap", "loc", "x"])
def test_of_a_nested_sitemap_no_more_is_read_than_stands_above(element: str) -> None:
    above = f"<url><loc>{URL}</loc></url>"
    text = f"<urlset>{above}{f'<{element}>' * DEEPEST}{f'</{element}>' * DEEPEST}</urlset>".encode()
    for content in (text, gzip.compress(text)):
        found = read_sitemap(XmlResponse(URL, body=content), newsroom(), NOW)
        assert ([one.url for one in found.articles], found.whole) == ([URL], False)


@pytest.mark.parametrize(("root", "link"), [("rss><channel", f"<link>{URL}</link>"), ("feed", f'<link href="{URL}"/>')])
def test_of_a_nested_feed_no_more_is_read_than_stands_above(root: str, link: str) -> None:
    entry = "item" if root.startswith("rss") else "entry"
    text = f"<{root}><{entry}><title>Тақырып</title>{link}</{entry}>{f'<{entry}>' * DEEPEST}".encode()
    found = read_feed(XmlResponse(URL, body=text), newsroom())
    assert ([one.url for one in found.articles], found.whole) == ([URL], False)


@pytest.mark.parametrize("kind", ["lists", "objects"])
def test_a_list_in_nested_json_is_refused(kind: str) -> None:
    source = {"kind": "listing", "url": URL, "json_html": "html"}
    room = newsroom(sources=[source])
    for depth in DEPTHS:
        answer = TextResponse(URL, body=f'{{"html": {nested(kind, depth)}}}'.encode())
        with pytest.raises(PageError):
            read_listing(answer, room.sources[0], room, NOW, 1)


@pytest.mark.parametrize("kind", ["lists", "objects"])
@pytest.mark.parametrize("name", ["a.har", "a.json", "a.webarchive"])
def test_nested_archives_are_named_or_read(name: str, kind: str, tmp_path: Path) -> None:
    for depth in DEPTHS:
        inner = nested(kind, depth)
        for text in (f'{{"log": {inner}}}', f'{{"log": {{"entries": [{inner}]}}}}', inner):
            (tmp_path / name).write_text(text)
            with suppress(NewscrawlerError):
                assert list(read_archive(Opening(path=tmp_path))) == []


def test_nested_parts_of_a_message_are_named(tmp_path: Path) -> None:
    head = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.test/\r\nMIME-Version: 1.0\r\n"
    parts = "".join(
        f'Content-Type: multipart/related; boundary="b{number}"\r\n\r\n--b{number}\r\n' for number in range(2_000)
    )
    (tmp_path / "a.mhtml").write_text(head + parts)
    with suppress(NewscrawlerError):
        assert list(read_archive(Opening(path=tmp_path))) == []


def test_a_nested_property_list_is_named(tmp_path: Path) -> None:
    head = '<?xml version="1.0"?><plist version="1.0">'
    for depth in (900, 1_000, DEEPEST):
        (tmp_path / "a.webarchive").write_text(f"{head}{'<array>' * depth}{'</array>' * depth}</plist>")
        with suppress(NewscrawlerError):
            assert list(read_archive(Opening(path=tmp_path))) == []


@pytest.mark.parametrize(("opened", "inner", "closed"), [("[", "", "]"), ("{ a = ", "1", " }")])
def test_nested_toml_is_refused_and_the_file_named(opened: str, inner: str, closed: str, tmp_path: Path) -> None:
    for depth in DEPTHS:
        value = opened * depth + inner + closed * depth
        file = tmp_path / "newscrawler.toml"
        file.write_text(f"title = {value}\n")
        with pytest.raises(ConfigError, match=r"newscrawler\.toml"):
            load_config(file, {})
        newsroom_file = tmp_path / "deep.toml"
        newsroom_file.write_text(f"title = {value}\n")
        with pytest.raises(NewsroomError, match=r"deep\.toml"):
            read_newsroom(newsroom_file)


def test_tables_of_toml_that_are_named_very_deep_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "newscrawler.toml"
    for depth in DEPTHS[:-1]:
        file.write_text(f"[{'.'.join(['a'] * depth)}]\n")
        with pytest.raises(ConfigError, match=r"newscrawler\.toml"):
            load_config(file, {})


@pytest.mark.parametrize("kind", ["lists", "objects"])
def test_a_nested_expectation_of_a_recording_is_refused(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "articles.json"
    for depth in DEPTHS:
        file.write_text(nested(kind, depth))
        with pytest.raises(NewscrawlerError, match=r"articles\.json"):
            read_expectation(file)
