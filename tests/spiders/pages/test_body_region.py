from __future__ import annotations

from spiders.pages.body_region import Region, find_region
from spiders.pages.headline import read_headline
from spiders.pages.prose import ClutterRule, find_prose
from tests.spiders.pages.page_samples import PARAGRAPHS, body, newsroom, opened, page_html


def _region(html: str, **room: object) -> tuple[Region | None, str]:
    page = opened(html, newsroom(**room))
    headline = read_headline(page)
    assert headline is not None
    return find_region(page, headline, find_prose(page.root, ClutterRule(), headline.element))


def _classes(region: Region | None) -> list[str | None]:
    assert region is not None
    return [element.get("class") for element in region.elements]


def test_a_body_over_several_containers_of_one_kind() -> None:
    gap, last = (
        "<div class='gap'><b>x</b></div>",
        "<div class='part b'><p>Соңғы бөлік те мақаланікі, ол да керек.</p></div>",
    )
    region, source = _region(page_html(f"<div class='part a'>{body(PARAGRAPHS * 3)}</div>{gap}{last * 2}"))
    assert source == "text"
    assert _classes(region) == ["part a", "part b", "part b"]


def test_what_stands_beside_the_body_in_a_container_of_another_kind_is_left_out() -> None:
    beside = "<div class='row bio extra'><p>Автор туралы ұзақ сөйлем осында тұр.</p></div>"
    region, _ = _region(page_html(f"<div class='row text'>{body(PARAGRAPHS * 3)}</div>{beside * 2}"))
    assert _classes(region) == ["row text"]


def test_a_marked_body_wins_and_an_inner_mark_is_not_read_twice() -> None:
    html = f"<div itemprop='articleBody' class='out'><div itemprop='articleBody' class='in'>{body()}</div></div>"
    region, source = _region(page_html(html + f"<div class='other'>{body(PARAGRAPHS * 2)}</div>"))
    assert source == "microdata"
    assert _classes(region) == ["out"]


def test_what_stands_between_headline_and_body_is_the_front() -> None:
    region, _ = _region(
        page_html(f"<i class='a'>x</i><div><b class='b'>x</b><div class='main'>{body(PARAGRAPHS * 2)}</div></div>")
    )
    assert region is not None
    assert [element.get("class") for element in region.front] == ["a", "b"]
    assert region.share == 1.0


def test_nothing_to_read_is_no_region() -> None:
    assert _region(page_html("<p>Қысқа.</p>")) == (None, "text")


def test_a_column_beside_an_empty_body_is_no_region() -> None:
    html = page_html("<div class='article-body'> </div>", around=f"<div class='column'>{body()}</div>")
    assert _region(html)[0] is None
