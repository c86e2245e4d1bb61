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


def test_what_stands_above_the_headline_is_told_apart() -> None:
    area, before, _ = _area("<article><b id=a></b><i id=b></i><h1 id=h></h1><u id=c></u><p class=t>x</p></article>")
    assert (before, area.above) == ("abhc", 2)


def test_the_head_of_the_site_is_left_out_and_that_of_the_article_is_not() -> None:
    head = "<header id=a><b id=b></b></header><div class=site-header id=c><b id=d></b></div>"
    article = "<div id=m><h1 id=h></h1></div><p class=t>x</p>"
    assert _area(f"<div>{head}{article}</div>")[1] == "mh"
    assert _area(f"<article><header id=a><b id=b></b></header>{article}</article>")[1] == "abmh"
    assert _area("<div><header id=a><b id=b></b><h1 id=h></h1></header><p class=t>x</p></div>")[1] == "abh"


def test_without_an_element_around_the_article_its_area_goes_from_headline_to_the_lines_after_the_body() -> None:
    area, before, after = _area(
        "<b id=a></b><h1 id=h></h1><i id=b></i><p class=t>x</p><s id=c></s><p class=t>y</p>"
        "<p id=d></p><time id=e></time><section id=f></section><p id=g></p>"
    )
    assert (before, after, area.above) == ("hb", "cde", 0)
