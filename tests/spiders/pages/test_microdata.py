from __future__ import annotations

import lxml.html
import pytest

from spiders.pages.microdata import Microdata, address_of, words_of


def _microdata(html: str, titles: str = "") -> Microdata:
    return Microdata(lxml.html.document_fromstring(f"<html><body>{html}</body></html>"), titles)


def _values(found: Microdata, name: str) -> list[str]:
    return [words_of(element) for element in found.article.elements(name)]


def test_properties_of_a_nested_item_are_not_the_articles() -> None:
    found = _microdata(
        """<div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">Көпір</h1>
        <figure itemprop="image" itemscope itemtype="https://schema.org/ImageObject">
        <span itemprop="author">Фото авторы</span></figure>
        <span itemprop="author creator" itemscope itemtype="https://schema.org/Person">
        <meta itemprop="name" content="Айгүл Сәрсенова"></span></div>"""
    )
    assert _values(found, "headline") == ["Көпір"]
    author = found.article.elements("author")
    assert len(author) == 1
    assert [words_of(name) for name in found.nested(author[0]).elements("name")] == ["Айгүл Сәрсенова"]
    assert found.article.elements("creator") == author


def test_templates_that_forget_itemscope() -> None:
    assert _values(_microdata('<h1 itemprop="headline">Көпір</h1><p itemprop="name">Сайт</p>'), "headline") == ["Көпір"]
    assert _microdata('<p itemprop="name">Сайт</p>').article.properties == {}
    typed = _microdata('<div itemtype="http://schema.org/Article"><b itemprop="headline">Көпір</b></div>')
    assert _values(typed, "headline") == ["Көпір"]


def test_of_several_articles_the_one_in_the_title() -> None:
    cards = "".join(
        f'<div itemscope itemtype="https://schema.org/Article"><h2 itemprop="headline">{name}</h2></div>'
        for name in ("Басқа жаңалық", "Көпір ашылды")
    )
    assert _values(_microdata(cards, "Көпір ашылды | Сайт"), "headline") == ["Көпір ашылды"]
    assert _microdata(cards, "Сайт").article.properties == {}


@pytest.mark.parametrize(
    ("html", "words", "address"),
    [
        ('<meta itemprop="x" content=" 2024 ">', "2024", "2024"),
        ('<time itemprop="x" datetime="2024-05-14">кеше</time>', "2024-05-14", "кеше"),
        ('<a itemprop="x" href="/a">мәтін</a>', "мәтін", "/a"),
        ('<img itemprop="x" src="/a.jpg">', "", "/a.jpg"),
        ('<span itemprop="x">мә<b>тін</b></span>', "мәтін", "мәтін"),
    ],
)
def test_values(html: str, words: str, address: str) -> None:
    root = lxml.html.fragment_fromstring(f"<div itemprop='headline'>{html}</div>")
    assert (words_of(root[0]), address_of(root[0])) == (words, address)
