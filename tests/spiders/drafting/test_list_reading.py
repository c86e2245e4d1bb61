"""The selectors of a list, as its markup gives them."""

from __future__ import annotations

import pytest
from scrapy.http import TextResponse

from newscrawler.newsroom import ArticleAddresses
from spiders.drafting.list_reading import ListReading, find_list_reading
from spiders.drafting.page_links import page_links
from spiders.drafting.site import Site
from tests.spiders.drafting.site_in_memory import NOW, answer

SITE = Site("https://s.test/")
NEWSROOM = SITE.newsroom().model_copy(update={"articles": ArticleAddresses(include=(r"^/news/\d+$",))})
HEADLINES = [f"Қаладағы маңызды жаңалықтың тақырыбы {number}" for number in range(1, 7)]


def reading(body: str) -> ListReading:
    page = answer("https://s.test/news/", f"<!DOCTYPE html><html><body><main>{body}</main></body></html>")
    assert isinstance(page, TextResponse)
    return find_list_reading(page, page_links(page, SITE), NEWSROOM, NOW)


def entries(template: str) -> str:
    return "".join(
        template.replace("URL", f"/news/{number}").replace("HEADLINE", headline).replace("N", str(number))
        for number, headline in enumerate(HEADLINES, 1)
    )


@pytest.mark.parametrize(
    ("body", "item", "date"),
    [
        (
            entries('<li class="post"><a href="URL">HEADLINE</a><span class="when">N мамыр 2024, 09:30</span></li>'),
            ".post",
            ".when",
        ),
        (entries('<div class="row"><a href="URL">HEADLINE</a><time>N.05.2024</time></div>'), "main > div", "time"),
        (
            "<ul class=feed>" + entries('<li><a href="URL">HEADLINE</a> <i class="day">Кеше, 1N:05</i></li>') + "</ul>",
            ".feed > li",
            ".day",
        ),
        (entries('<p class="post"><a href="URL">HEADLINE</a></p>'), ".post", None),
        (entries('<a href="URL">HEADLINE</a><br>'), None, None),
    ],
)
def test_entries_and_their_dates(body: str, item: str | None, date: str | None) -> None:
    found = reading(body)
    assert (found.item, found.date, found.articles) == (item, date, 6)
    assert found.dated == (6 if date else 0)


def test_times_below_a_day_need_the_day() -> None:
    timed = entries('<div class="post"><span class="clock">0N:15</span><a href="URL">HEADLINE</a></div>')
    found = reading(f'<h3 class="day">Кеше</h3>{timed}')
    assert (found.item, found.date, found.day_heading, found.dated) == (".post", ".clock", ".day", 6)
    alone = reading(timed)
    assert (alone.item, alone.date, alone.day_heading) == (".post", None, None)


def test_margins_and_advertisements_do_not_make_entries() -> None:
    posts = entries('<li class="post"><a href="URL">HEADLINE</a></li>')
    advert = '<li class="post"><a href="https://shop.test/news/7">Жазғы жеңілдік басталды, асығыңыз достар</a></li>'
    aside = f"<aside>{entries('<p class=side><a href=URL>HEADLINE</a></p>')}</aside>"
    assert reading(f"{aside}{posts}{advert}").item == ".post"
