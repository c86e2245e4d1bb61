from __future__ import annotations

import json
from typing import Any

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.pages.structured_data import (
    breadcrumbs,
    is_article,
    is_web_page,
    json_ld_objects,
    json_text,
    text_values,
)


def _objects(*scripts: str) -> list[dict[str, Any]]:
    html = "".join(f'<script type="application/ld+json">{script}</script>' for script in scripts)
    return json_ld_objects(lxml.html.document_fromstring(f"<html><head>{html}</head><body><p>x</p></body></html>"))


def _headlines(*scripts: str) -> list[Any]:
    return [value.get("headline") for value in _objects(*scripts) if is_article(value)]


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "headline": "Көпір"}',
        '[{"@type": "WebSite"}, {"@type": ["Article", "Thing"], "headline": "Көпір"}]',
        '{"@graph": [{"@type": "WebSite"}, {"@type": "BlogPosting", "headline": "Көпір"}]}',
        '{"@type": "WebPage", "mainEntity": {"@type": "NewsArticle", "headline": "Көпір"}}',
        '{"@type": "WebSite"}\n{"@type": "NewsArticle", "headline": "Көпір"}',
        '{"@type": "http://schema.org/NewsArticle", "headline": "Көпір",}',
        '<!-- {"@type": "NewsArticle", "headline": "Көпір"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "Көпір"}\n//]]>',
        '{"@type": "NewsArticle", "headline": "Көпір", "description": "жол\nаяғы \\x \\\' \\u12"}',
    ],
)
def test_finds_the_article_wherever_and_however_it_is_written(script: str) -> None:
    assert _headlines(script) == ["Көпір"]


def test_keeps_the_dates_of_a_script_that_is_broken() -> None:
    broken = '{"@type": "NewsArticle", "headline": "Ол "көпір" деді", "datePublished": "2024-05-14T10:00:00+05:00"}'
    assert _objects(broken) == [{"@type": "NewsArticle", "datePublished": "2024-05-14T10:00:00+05:00"}]


def test_a_broken_script_takes_no_other_with_it() -> None:
    assert _headlines("{{{", '{"@type": "NewsArticle", "headline": "Көпір"}') == ["Көпір"]


def test_a_site_is_no_article_and_a_page_is_a_page() -> None:
    website, page = _objects('{"@type": "WebSite"}', '{"@type": "CollectionPage"}')
    assert not is_article(website)
    assert not is_web_page(website)
    assert is_web_page(page)


def test_breadcrumbs_in_both_ways_of_writing_them() -> None:
    steps = [{"name": "Басты бет"}, {"item": {"name": "Қоғам &amp; заң"}}, {"position": 3}]
    listed = json.dumps({"@type": "BreadcrumbList", "itemListElement": steps})
    assert breadcrumbs(_objects(listed)) == ["Басты бет", "Қоғам & заң"]


def test_texts_of_strings_objects_and_lists() -> None:
    assert list(text_values([{"name": "А"}, "Б", {"title": "В"}, 4, None])) == ["А", "Б"]


def test_text_without_entities_and_tags() -> None:
    assert json_text("&amp;quot;Көпір&amp;quot;  <b>ашылды</b>") == '"Көпір" ашылды'


@given(st.text(max_size=200))
def test_any_script_is_survived(script: str) -> None:
    assert isinstance(_objects(script.replace("</", "")), list)
