from __future__ import annotations

import json

import pytest

from newscrawler.address import Discovered
from newscrawler.newsroom import Newsroom
from spiders.pages.headline import Headline, alike, read_headline, without_site
from tests.spiders.pages.page_samples import HEADLINE, URL, article, body, newsroom, opened

SLOGAN = "Қазақстан және әлем жаңалықтары"


def _headline(body: str, head: str = "", room: Newsroom | None = None, known: Discovered | None = None) -> Headline:
    found = read_headline(opened(f"<html><head>{head}</head><body>{body}</body></html>", room, known))
    assert found is not None
    return found


def _json(**values: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **values})}</script>'


def _og(title: str) -> str:
    return f'<meta property="og:title" content="{title}">'


def test_heading_and_structured_data_agree() -> None:
    found = _headline(
        f"<h1>{HEADLINE}</h1>", _json(headline=f"{HEADLINE} — Zhanalyq.test") + f"<title>{SLOGAN}</title>"
    )
    assert (found.text, found.source) == (HEADLINE, "json-ld")
    assert found.element is not None
    assert found.element.tag == "h1"


def test_the_words_of_the_heading_are_what_the_reader_sees() -> None:
    found = _headline(f"<h1>{HEADLINE}</h1>", _json(headline="Шымкентте жаңа көпір ашылды: бейнежазба"))
    assert (found.text, found.source) == (HEADLINE, "h1")


def test_a_logo_in_a_heading_is_no_headline() -> None:
    assert _headline(f"<h1><a href='/'>Сайт аты</a></h1><h1>{HEADLINE}</h1>").text == HEADLINE
    assert _headline("<h1>Zhanalyq.test</h1>", _og(HEADLINE)).text == HEADLINE


def test_a_heading_of_another_thing_gives_way_to_structured_data() -> None:
    headings = "<h1>Ауа райы болжамы бүгін</h1><h1>Валюта бағамы қандай</h1>"
    assert _headline(headings, _json(headline=HEADLINE)).text == HEADLINE


def test_a_generic_title_never_wins() -> None:
    title = f"<title>{SLOGAN} | Zhanalyq.test</title>"
    assert _headline(f"<h1>{HEADLINE}</h1>", title).text == HEADLINE
    assert read_headline(opened(f"<html><head>{title}</head><body><p>мәтін</p></body></html>")) is None


@pytest.mark.parametrize("shown", [f"<h2>{HEADLINE}</h2>", f"<td>{HEADLINE}</td>", f"<div><b>{HEADLINE}</b></div>"])
def test_a_title_counts_where_the_page_shows_it(shown: str) -> None:
    found = _headline(f"<table><tr>{shown}</tr></table>", f"<title>{HEADLINE} | Zhanalyq.test</title>")
    assert (found.text, found.source) == (HEADLINE, "title")
    assert found.element is not None


def test_a_title_may_be_shown_in_whatever_old_templates_use() -> None:
    page = "<title>Көпір ашылды | Zhanalyq.test</title><dl><dt>Көпір ашылды</dt><dd>13.05.2024</dd></dl>"
    found = read_headline(opened(page))
    assert found is not None
    assert (found.text, found.source) == ("Көпір ашылды", "title")
    assert found.element is not None
    assert found.element.tag == "dt"


def test_what_is_longer_than_any_headline_is_none() -> None:
    assert read_headline(opened(f"<title>{'сөз | ' * 500}</title><h1>{'сөз ' * 500}</h1>")) is None


def test_selectors_come_first_and_discovery_last() -> None:
    room = newsroom(selectors={"headline": [".none", ".t"]})
    found = _headline(f"<h1>Айдар</h1><p class='t'>{HEADLINE}</p>", room=room)
    assert (found.text, found.source) == (HEADLINE, "selector .t")
    assert _headline("<p>x</p>", known=Discovered(url=URL, headline=HEADLINE)).source == "discovery"


def test_an_attribute_may_be_selected() -> None:
    room = newsroom(selectors={"headline": ["div::attr(data-title)"]})
    assert _headline(f"<div data-title='{HEADLINE}'></div>", room=room).text == HEADLINE


def test_the_alternative_headline_is_kept_where_it_differs() -> None:
    assert (
        _headline(f"<h1>{HEADLINE}</h1>", _json(headline=HEADLINE, alternativeHeadline="Көпір")).alternative == "Көпір"
    )
    assert _headline(f"<h1>{HEADLINE}</h1>", _json(headline=HEADLINE, alternativeHeadline=HEADLINE)).alternative is None


def test_no_break_spaces_of_a_heading_are_spaces() -> None:
    assert _headline("<h1>Дауыл\xa0соқты\u200b бүгін</h1>").text == "Дауыл соқты бүгін"


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Көпір ашылды | Zhanalyq.test", "Көпір ашылды"),
        ("Көпір ашылды - ZHANALYQ.TEST", "Көпір ашылды"),
        ("Көпір ашылды — Қоғам — Zhanalyq.test", "Көпір ашылды — Қоғам"),
        ("Zhanalyq.test: Көпір ашылды", "Көпір ашылды"),
        ("Алматы - Астана пойызы - Zhanalyq.test", "Алматы - Астана пойызы"),
        ("Алматы – Астана пойызы", "Алматы – Астана пойызы"),
        ("Zhanalyq.test", "Zhanalyq.test"),
    ],
)
def test_the_site_is_cut_off(text: str, clean: str) -> None:
    assert without_site(text, frozenset({"zhanalyq.test"})) == clean


def test_alike() -> None:
    assert alike("Көпір ашылды: фото", "Көпір ашылды")
    assert not alike("Көпір ашылды", "Бензин қымбаттады")
    assert not alike("Көпір", "Шымкентте Бадам өзені арқылы өтетін жаңа көпір ашылды")
    assert not alike("!!", "??")


def test_a_headline_marked_on_a_link_is_its_words() -> None:
    heading = f"<h2><a itemprop='headline' href='/kk/news/101'>{HEADLINE}</a></h2>"
    html = f"<div itemscope itemtype='https://schema.org/NewsArticle'>{heading}{body()}</div>"
    found = article(f"<html><head><title>x</title></head><body>{html}</body></html>")
    assert (found.headline, found.sources["headline"]) == (HEADLINE, "microdata")
