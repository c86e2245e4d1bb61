from __future__ import annotations

import lxml.html

from spiders.pages.article_area import ArticleArea, find_area


def _area(html: str) -> tuple[ArticleArea, str, str]:
    root = lxml.html.document_fromstring(f"<html><body>{html}</body></html>")
    paragraphs = [element for element in root.iter("p") if element.get("class") == "t"]
    area = find_area(next(root.iter("h1"), None), paragraphs)
    ids = ["".join(element.get("id", "") for element in part) for part in (area.before, area.after)]
    return area, ids[0], ids[1]


def test_what_stands_before_and_after_the_body() -> None:
    area, before, after = _area(
        "<nav id=n></nav><article><b id=a></b><h1 id=h></h1><div id=m><i id=b></i></div>"
        "<div id=d><p class=t id=x>x</p><s id=c></s><p class=t id=y>y</p></div>"
        "<aside id=z></aside><div class=related><b id=q></b></div><u id=e></u></article><b id=o></b>"
    )
    assert (before, after) == ("ahmbd", "ce")
    assert [element.get("id") for element in area.around()] == list("ahmbdce")


def test_a_headline_far_from_the_body_has_its_own_element() -> None:
    assert _area("<header><h1 id=h></h1><i id=a></i></header><main><p class=t>x</p></main>")[1:] == ("ha", "")


def test_no_headline_no_area() -> None:
    assert _area("<p class=t>x</p>")[0].root is None
