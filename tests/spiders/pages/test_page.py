from __future__ import annotations

from zoneinfo import ZoneInfo

from scrapy.http import HtmlResponse

from spiders.pages.page import open_page
from spiders.pages.visible_text import text_of
from tests.spiders.pages.page_samples import NOW, URL, newsroom, opened


def test_a_page_knows_what_the_site_calls_itself() -> None:
    page = opened(
        "<html><head><meta property='og:site_name' content='Жаңалық KZ'>"
        '<script type=\'application/ld+json\'>{"@type": "WebSite", "publisher": {"name": "Баспа ЖШС"}}</script>'
        "</head><body></body></html>",
        newsroom(wording={"site_names": ["Zh"]}),
    )
    assert {"жаңалық kz", "баспа жшс", "zh", "zhanalyq.test", "zhanalyq"} <= page.site_names
    assert "test" not in page.site_names


def test_of_several_articles_in_json_ld_the_one_in_the_title() -> None:
    teasers = "".join(
        f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{name}"}}</script>'
        for name in ("Бензин қымбаттады", "Көпір ашылды")
    )
    page = opened(f"<html><head><title>Көпір ашылды | Сайт</title>{teasers}</head><body></body></html>")
    assert [value["headline"] for value in page.articles] == ["Көпір ашылды"]
    assert opened(f"<html><head>{teasers}</head><body></body></html>").articles == []


def test_a_newsroom_gives_name_and_zone_and_no_newsroom_the_defaults() -> None:
    answer = HtmlResponse(URL, body=b"<p>x</p>", encoding="utf-8")
    known = open_page(answer, newsroom(time_zone="Asia/Aqtobe"), NOW, None)
    unknown = open_page(answer, None, NOW, None)
    assert (known.name, known.zone) == ("zhanalyq", ZoneInfo("Asia/Aqtobe"))
    assert (unknown.name, unknown.zone) == ("zhanalyq.test", ZoneInfo("Asia/Almaty"))


def test_selectors_that_match_nothing_are_passed_over() -> None:
    page = opened(
        "<p class='b'>бір</p><p class='b'> </p>", newsroom(selectors={"section": [".a", ".b", "p::attr(class)"]})
    )
    assert list(page.selected_texts("section")) == [("selector .b", ["бір"]), ("selector p::attr(class)", ["b", "b"])]


def test_removing_keeps_the_text_that_follows() -> None:
    page = opened("<p>бір<i>екі</i>үш</p>", newsroom(selectors={"remove": "i"}))
    assert text_of(page.root) == "бірүш"


def test_what_a_selector_matches_gives_its_text_and_a_link_its_words() -> None:
    page = opened(
        "<a class='s' href='/kk/politics'>Саясат</a><time class='d' datetime='2024-05-13'>кеше</time>"
        "<meta class='m' content='Айгүл Сәрсенова'>",
        newsroom(selectors={"section": ".s", "date_published": ".d", "authors": ".m"}),
    )
    for field, text in (("section", "Саясат"), ("date_published", "2024-05-13"), ("authors", "Айгүл Сәрсенова")):
        assert [texts for _, texts in page.selected_texts(field)] == [[text]]
