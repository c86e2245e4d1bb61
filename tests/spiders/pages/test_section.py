from __future__ import annotations

import json
from typing import Any

import pytest

from tests.spiders.pages.page_samples import HEADLINE, article, body, newsroom, page_html


def _read(main: str = "", head: str = "", **room: Any) -> Any:
    return article(page_html(f"{main}<div class='article__body'>{body()}</div>", head=head), newsroom(**room))


def _json(**values: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps(values)}</script>'


@pytest.mark.parametrize(
    ("main", "head", "section", "source"),
    [
        ("", _json(**{"@type": "NewsArticle", "articleSection": ["Қоғам", "Аймақ"]}), "Қоғам", "json-ld"),
        ("", '<meta property="article:section" content="Қоғам">', "Қоғам", "og"),
        (
            "<nav class='breadcrumb'><a>Басты бет</a> / <a>Жаңалықтар</a> / <span>Қоғам</span></nav>",
            "",
            "Қоғам",
            "breadcrumb",
        ),
        (
            f"<ul class='Breadcrumbs'><li><a>Басты бет</a></li><li><a>Қоғам</a></li><li>{HEADLINE}</li></ul>",
            "",
            "Қоғам",
            "breadcrumb",
        ),
        ("<span class='cat-links'>Қоғам</span>", "", "Қоғам", "text"),
        ("<nav class='breadcrumb'><a>Басты бет</a> / <a>Жаңалықтар</a></nav>", "", None, None),
        ("<span class='rubric'>Zhanalyq.test</span>", "", None, None),
    ],
)
def test_sections(main: str, head: str, section: str | None, source: str | None) -> None:
    found = _read(main, head)
    assert (found.section, found.sources.get("section")) == (section, source)


def test_a_breadcrumb_list_ends_in_the_section() -> None:
    steps = [{"name": "Басты бет"}, {"name": "Қоғам"}, {"name": HEADLINE}]
    assert _read(head=_json(**{"@type": "BreadcrumbList", "itemListElement": steps})).section == "Қоғам"


@pytest.mark.parametrize(
    ("main", "head", "keywords", "source"),
    [
        ("", _json(**{"@type": "NewsArticle", "keywords": ["көпір", "Көпір", "жол"]}), ["көпір", "жол"], "json-ld"),
        (
            "",
            _json(**{"@type": "NewsArticle", "keywords": "көпір, #жол; ФК «Ордабасы»"}),
            ["көпір", "жол", "ФК «Ордабасы»"],
            "json-ld",
        ),
        (
            "",
            "<meta property='article:tag' content='көпір'><meta property='article:tag' content='жол'>",
            ["көпір", "жол"],
            "og",
        ),
        ("", "<meta name='news_keywords' content='көпір,жол'>", ["көпір", "жол"], "meta"),
        ("<div class='tags'><a rel='tag' href='/t'>көпір</a></div>", "", ["көпір"], "text"),
        ("", f"<meta name='keywords' content='{'ұзақ ' * 20}'>", [], None),
    ],
)
def test_keywords(main: str, head: str, keywords: list[str], source: str | None) -> None:
    found = _read(main, head)
    assert (found.keywords, found.sources.get("keywords")) == (keywords, source)


def test_selectors_come_first() -> None:
    found = _read(
        "<b class='s'>Аймақ</b><i class='k'>су</i><i class='k'>жер</i>", selectors={"section": ".s", "keywords": ".k"}
    )
    assert (found.section, found.keywords) == ("Аймақ", ["су", "жер"])


def test_a_section_marked_on_a_link_is_its_name() -> None:
    marked = "<a itemprop='articleSection' href='/kk/politics'>Саясат</a>"
    html = f"<div itemscope itemtype='https://schema.org/NewsArticle'>{marked}{body()}</div>"
    found = article(page_html(html))
    assert (found.section, found.sources["section"]) == ("Саясат", "microdata")
