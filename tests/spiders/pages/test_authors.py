from __future__ import annotations

import json
from typing import Any

import pytest

from newscrawler.article import Article
from newscrawler.newsroom import Newsroom
from tests.spiders.pages.page_samples import article, body, newsroom, page_html

PERSON = "Айгүл Сәрсенова"


def _read(around: str = "", head: str = "", room: Newsroom | None = None) -> Article:
    return article(page_html(f"<div class='article__body'>{body()}</div>{around}", head=head), room)


def _json(author: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "author": author})}</script>'


@pytest.mark.parametrize(
    "author",
    [PERSON, {"@type": "Person", "name": PERSON}, [{"@type": "Person", "name": PERSON}, {"name": "Zhanalyq.test"}]],
)
def test_people_in_json_ld(author: Any) -> None:
    found = _read(head=_json(author))
    assert (found.authors, found.sources["authors"]) == ([PERSON], "json-ld")


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Автор: Айгүл Сәрсенова", [PERSON]),
        ("Текст: Айгүл Сәрсенова · 11 мамыр 2024", [PERSON]),
        ("Мәтін: Айгүл Сәрсенова, Дәурен Әбдіғали", [PERSON, "Дәурен Әбдіғали"]),
        ("Айгүл Сәрсенова және Дәурен Әбдіғали", [PERSON, "Дәурен Әбдіғали"]),
        ("Айгуль КУВАТОВА", ["Айгуль КУВАТОВА"]),
        ("А. Байтұрсынұлы", ["А. Байтұрсынұлы"]),
        ("Айгүл Сәрсенова<br>Фото: Дәурен Әбдіғали", [PERSON]),
        ("Автор: Qazinform агенттігі", []),
        ("Автор: Zhanalyq.test", []),
        ("Ақпарат орталығының тілшісі", []),
        ("admin", []),
        ("https://t.me/aigul", []),
        ("12 мамыр 2024", []),
        ("اۆتور: ايگٴۇل سارسەنوۆا".replace("ٴ", ""), ["ايگۇل سارسەنوۆا"]),
    ],
)
def test_lines_under_an_article(line: str, names: list[str]) -> None:
    assert _read(f"<p class='article__author'>{line}</p>").authors == names


def test_a_label_is_enough_to_know_a_byline() -> None:
    found = _read(f"<p>Автор:</p><p class='name'>Басқа</p><div>Мәтін: {PERSON}</div>")
    assert (found.authors, found.sources["authors"]) == ([PERSON], "text")


def test_an_agency_in_json_ld_gives_way_to_the_person_on_the_page() -> None:
    agency = _json({"@type": "Organization", "name": "Казинформ"})
    assert _read(f"<div class='author'><a href='/a'>{PERSON}</a></div>", agency).authors == [PERSON]


@pytest.mark.parametrize(
    "around",
    [
        f"<figure><img src='/a.jpg'><figcaption class='author'>{PERSON}</figcaption></figure>",
        f"<div class='photo-text'><span class='author'>{PERSON}</span></div>",
        f"<aside><span class='author'>{PERSON}</span></aside>",
        f"<div class='comments'><span class='author'>{PERSON}</span></div>",
    ],
)
def test_photographers_and_readers_are_no_authors(around: str) -> None:
    assert _read(around).authors == []


def test_names_in_outer_and_inner_elements_are_one() -> None:
    line = f"<div class='byline'><span class='author'>{PERSON}</span> Бөлісу</div>"
    assert _read(line).authors == [PERSON]


def test_a_selector_may_give_a_pen_name() -> None:
    room = newsroom(selectors={"authors": ".pen"})
    found = _read("<i class='pen'>Автор: Абайсың</i>", _json(PERSON), room)
    assert (found.authors, found.sources["authors"]) == (["Абайсың"], "selector .pen")


def test_a_long_text_in_an_author_box_is_no_name() -> None:
    assert (
        _read("<div class='author'>" + "Автор көп жылдан бері осы салада жазып келеді. " * 5 + "</div>").authors == []
    )
