from __future__ import annotations

import json
from typing import Any

import pytest

from newscrawler.article import Image
from tests.spiders.pages.page_samples import article, body, newsroom, page_html

SITE = "https://zhanalyq.test"


def _images(main: str = "", head: str = "", after: str = "", **room: Any) -> list[Image]:
    html = page_html(f"{main}<div class='article__body'>{body()}</div>{after}", head=head)
    return article(html, newsroom(**room)).images


def _json(image: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "image": image})}</script>'


@pytest.mark.parametrize(
    ("head", "image"),
    [
        (_json("/u/a.jpg"), Image(url=f"{SITE}/u/a.jpg")),
        (_json(["/u/a.jpg", "/u/b.jpg"]), Image(url=f"{SITE}/u/a.jpg")),
        (
            _json({"url": "/u/a.jpg", "width": 1200, "height": {"value": "630"}, "caption": "Көпір. Фото: Дәурен"}),
            Image(url=f"{SITE}/u/a.jpg", caption="Көпір.", credit="Дәурен", width=1200, height=630),
        ),
        (_json({"url": "/u/a.jpg", "author": {"name": "Фото: Дәурен"}}), Image(url=f"{SITE}/u/a.jpg", credit="Дәурен")),
        (
            '<meta property="og:image" content="//cdn.test/a.jpg"><meta property="og:image:width" content="720">',
            Image(url="https://cdn.test/a.jpg", width=720),
        ),
        ('<meta property="og:image" content="/i/logo-share.png">', None),
        (
            _json({"url": "/u/a.jpg", "contentSize": "48213 B", "encodingFormat": "image/jpeg"}),
            Image(url=f"{SITE}/u/a.jpg", length=48_213, media_type="image/jpeg"),
        ),
        (_json({"url": "/u/a.jpg", "contentSize": "48 kB", "encodingFormat": "JPEG"}), Image(url=f"{SITE}/u/a.jpg")),
        (_json({"url": "javascript:x"}), None),
    ],
)
def test_the_lead_picture_as_it_is_named(head: str, image: Image | None) -> None:
    assert _images(head=head) == ([image] if image else [])


def test_caption_and_credit_come_from_the_page() -> None:
    figure = "<figure><img src='/u/a-1536x1024.jpg' width='800'><figcaption>Көпір. Фото: Дәурен</figcaption></figure>"
    assert _images(figure, _json("/u/a.jpg")) == [
        Image(url=f"{SITE}/u/a.jpg", caption="Көпір.", credit="Дәурен", width=800)
    ]
    # Another file above the body is the same picture, cut for the networks; its size is not.
    assert _images(figure, _json("/og/77.jpg")) == [Image(url=f"{SITE}/og/77.jpg", caption="Көпір.", credit="Дәурен")]


@pytest.mark.parametrize(
    ("image", "url"),
    [
        ("<img src='data:image/gif;base64,R0' data-src='/u/a.jpg'>", "/u/a.jpg"),
        ("<img src='/blank.gif' data-original='/u/a.jpg'>", "/u/a.jpg"),
        ("<img srcset='/u/s.jpg 300w, /u/l.jpg 1200w, /u/m.jpg 600w'>", "/u/l.jpg"),
        ("<img data-srcset='/u/s.jpg 1x,/u/l.jpg 2x'>", "/u/l.jpg"),
        ("<picture><source srcset='/u/l.webp 900w'><img alt=''></picture>", "/u/l.webp"),
        ("<amp-img src='/u/a.jpg' width='600' height='400'></amp-img>", "/u/a.jpg"),
    ],
)
def test_lazy_and_responsive_pictures(image: str, url: str) -> None:
    assert [found.url for found in _images(f"<figure>{image}</figure>")] == [SITE + url]


@pytest.mark.parametrize(
    "image",
    [
        "<img src='/counter.gif' width='1' height='1'>",
        "<div class='author'><img src='/u/aigul.jpg'></div>",
        "<img class='avatar' src='/u/aigul.jpg'>",
        "<a class='share-btn'><img src='/u/tg.png'></a>",
        "<img src='/theme/icons/tg.png'>",
        "<img src='/u/logo.png'>",
        "<img src='/u/a.svg'>",
        "<img src='about:blank'>",
        "<div class='related'><img src='/u/other.jpg' width='600'></div>",
        "<img>",
    ],
)
def test_icons_faces_and_other_articles_pictures_are_none(image: str) -> None:
    assert _images(image, after=image) == []


def test_a_gallery_is_kept_as_pictures_in_order() -> None:
    figures = "".join(
        f"<figure><img src='/g/{number}.jpg'><figcaption>Сурет {number} туралы. Фото: Дәурен</figcaption></figure>"
        for number in range(1, 16)
    )
    found = _images(after=figures, head=_json("/g/1.jpg"))
    assert [image.url for image in found] == [f"{SITE}/g/{number}.jpg" for number in range(1, 16)]
    assert {image.credit for image in found} == {"Дәурен"}
    assert found[14].caption == "Сурет 15 туралы."


def test_selectors_for_picture_caption_and_credit() -> None:
    html = "<div class='p'><img src='/u/x.jpg'></div><b class='c'>Көпір</b><b class='k'>Фото: Дәурен</b>"
    selectors = {"image": ".p img", "image_caption": ".c", "image_credit": ".k"}
    assert _images(html, _json("/u/a.jpg"), selectors=selectors)[0] == Image(
        url=f"{SITE}/u/x.jpg", caption="Көпір", credit="Дәурен"
    )
