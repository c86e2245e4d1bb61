"""The order of evidence, field by field: of all that states a field the best wins, and without it the next."""

from __future__ import annotations

from datetime import datetime
from itertools import permutations

import pytest

from newscrawler.address import Discovered
from newscrawler.article import Article, DatePrecision
from tests.spiders.pages.page_samples import HEADLINE, URL, article, body, newsroom, page_html

# For each field, what states it in the order of the issue: where it stands, and its markup with a value of its own.
_ITEM = "<div itemscope itemtype='https://schema.org/NewsArticle'>{}</div>"
FIELDS: dict[str, list[tuple[str, str, str]]] = {
    "date_published": [
        ("selector", "<b class='own'>1 мамыр 2024, 10:00</b>", "2024-05-01"),
        ("json-ld", '"datePublished": "2024-05-02T10:00:00+05:00"', "2024-05-02"),
        ("microdata", "<meta itemprop='datePublished' content='2024-05-03T10:00'>", "2024-05-03"),
        ("og", "<meta property='article:published_time' content='2024-05-04T10:00+05:00'>", "2024-05-04"),
        ("meta", "<meta name='pubdate' content='2024-05-05T10:00+05:00'>", "2024-05-05"),
        ("time", "<time datetime='2024-05-06T10:00'>6</time>", "2024-05-06"),
        ("text", "<i class='date'>7 мамыр 2024, 10:00</i>", "2024-05-07"),
        ("discovery", "2024-05-08T10:00:00+05:00", "2024-05-08"),
    ],
    "section": [
        ("selector", "<b class='own'>Бірінші</b>", "Бірінші"),
        ("json-ld", '"articleSection": "Екінші"', "Екінші"),
        ("microdata", "<meta itemprop='articleSection' content='Үшінші'>", "Үшінші"),
        ("og", "<meta property='article:section' content='Төртінші'>", "Төртінші"),
        ("breadcrumb", "<nav class='breadcrumb'><a href='/'>Басты бет</a><a href='/5'>Бесінші</a></nav>", "Бесінші"),
        ("text", "<i class='rubric'>Алтыншы</i>", "Алтыншы"),
    ],
    "authors": [
        ("selector", "<b class='own'>Айгүл Бір</b>", "Айгүл Бір"),
        ("json-ld", '"author": {"@type": "Person", "name": "Айгүл Екі"}', "Айгүл Екі"),
        ("microdata", "<meta itemprop='author' content='Айгүл Үш'>", "Айгүл Үш"),
        ("meta", "<meta name='author' content='Айгүл Төрт'>", "Айгүл Төрт"),
        ("text", "<i class='byline'>Айгүл Бес</i>", "Айгүл Бес"),
    ],
    "keywords": [
        ("selector", "<b class='own'>бір</b>", "бір"),
        ("json-ld", '"keywords": "екі"', "екі"),
        ("microdata", "<meta itemprop='keywords' content='үш'>", "үш"),
        ("og", "<meta property='article:tag' content='төрт'>", "төрт"),
        ("meta", "<meta name='news_keywords' content='бес'>", "бес"),
        ("text", "<a rel='tag' href='/6'>алты</a>", "алты"),
    ],
    "images": [
        ("selector", "<img class='own' src='/u/first.jpg'>", "/u/first.jpg"),
        ("json-ld", '"image": "/u/second.jpg"', "/u/second.jpg"),
        ("microdata", "<link itemprop='image' href='/u/third.jpg'>", "/u/third.jpg"),
        ("og", "<meta property='og:image' content='/u/fourth.jpg'>", "/u/fourth.jpg"),
        ("text", "<figure><img src='/u/fifth.jpg'></figure>", "/u/fifth.jpg"),
    ],
}


def _read(field: str, stated: list[tuple[str, str, str]]) -> Article:
    """The article of a page that states `field` in the ways that are given, in any order of the markup."""
    main, head, json_ld, known = "", "", ['"@type": "NewsArticle"'], None
    item = f"<meta itemprop='headline' content='{HEADLINE}'>"
    selectors: dict[str, str] = {}
    for source, markup, _ in stated:
        if source == "json-ld":
            json_ld.append(markup)
        elif source in ("og", "meta"):
            head += markup
        elif source == "microdata":
            item += markup
        elif source == "discovery":
            moment = datetime.fromisoformat(markup)
            known = Discovered(url=URL, date_published=moment, date_precision=DatePrecision.MINUTE)
        else:
            main += markup
            if source == "selector":
                selectors["image" if field == "images" else field] = ".own"
    head += f'<script type="application/ld+json">{{{", ".join(json_ld)}}}</script>'
    html = page_html(main + _ITEM.format(item) + f"<div>{body()}</div>", head=head)
    return article(html, newsroom(selectors=selectors), known)


def _value(found: Article, field: str) -> str:
    value = getattr(found, field)
    if field == "images":
        return str(value[0].url).removeprefix("https://zhanalyq.test")
    return str(value[0] if isinstance(value, list) else value)


_CASES = [(field, best) for field, ways in FIELDS.items() for best in range(len(ways))]


@pytest.mark.parametrize(("field", "best"), _CASES)
def test_the_best_evidence_wins_and_is_named(field: str, best: int) -> None:
    source, _, value = FIELDS[field][best]
    found = _read(field, FIELDS[field][best:])
    assert _value(found, field).startswith(value)
    assert found.sources[field].partition(" ")[0] == source


@pytest.mark.parametrize("field", FIELDS)
def test_the_order_in_the_page_does_not_matter(field: str) -> None:
    ways = FIELDS[field][:3]
    for order in permutations(ways):
        assert _value(_read(field, list(order)), field).startswith(ways[0][2])


def test_without_any_evidence_there_is_nothing() -> None:
    """No field is filled by a guess; above all, an article is not dated by the time it was fetched."""
    found = _read("date_published", [])
    assert (found.date_published, found.date_modified, found.date_source, found.date_precision) == (None,) * 4
    assert (found.section, found.authors, found.keywords, found.images) == (None, [], [], [])
    assert not {"date_published", "date_modified", "section", "authors", "keywords", "images"} & found.sources.keys()
