"""The outline of a page: the way to the body, and what was left out of it."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from scrapy.http import HtmlResponse

from newscrawler.newsroom import Newsroom
from spiders.commands.page_outline import OutlineElement, outline

MOMENT = datetime.fromisoformat("2024-05-14T18:00:00+05:00")
URL = "https://small.test/a/1"
PARAGRAPHS = (
    "Шымкент қаласында Бадам өзені арқылы өтетін жаңа көпір пайдалануға берілді, оның ұзындығы үш жүз метрге жуық.",
    "Құрылыс екі жылға созылды. Қала әкімдігінің мәліметінше, жобаға сегіз миллиард теңге жұмсалған.",
)
PAGE = f"""
<nav class="menu">Басты бет, Қоғам, Спорт, Мәдениет, Әлем</nav>
<div class="wrap"><main>
  <h1 class="title">Шымкентте жаңа көпір ашылды</h1>
  <div class="text" id="story">
    <p>{PARAGRAPHS[0]}</p>
    <figure><img src="/a.jpg"><figcaption>Жаңа көпірдің құстың ұшар биігінен көрінісі</figcaption></figure>
    <div class="related">Тағы оқыңыз: <a href="/a/2">Алматыда жаңа метро стансасы ашылды</a></div>
    <p>{PARAGRAPHS[1]}</p>
  </div></main></div>
<footer>Барлық құқықтар қорғалған, сілтеме міндетті</footer>
"""


def elements(html: str, newsroom: Newsroom | None = None) -> dict[str, OutlineElement]:
    response = HtmlResponse(URL, body=f"<html><body>{html}</body></html>".encode())
    return {element.name: element for element in outline(response, newsroom, MOMENT)}


def test_the_way_to_the_body_is_marked_and_opened() -> None:
    found = elements(PAGE)
    way = ["body", "div.wrap", "main", "div#story.text", "p"]
    assert [name for name, element in found.items() if element.is_of_body] == way
    assert [found[name].depth for name in way] == [0, 1, 2, 3, 4]
    assert found["div#story.text"].note.startswith("the body, by text")
    assert found["p"].characters == len(PARAGRAPHS[1])
    assert found["h1.title"].note.startswith("the headline, by h1")


def test_what_was_left_out_says_why() -> None:
    found = elements(PAGE)
    assert found["figure"].note == "left out: a picture and its caption"
    assert found["div.related"].note.startswith("left out: ")
    assert found["footer"].note == found["nav.menu"].note == "clutter, by its tag, class or id"


def test_the_newsrooms_selectors_are_followed() -> None:
    newsroom = Newsroom.model_validate(
        {
            "name": "small",
            "title": "Шағын",
            "site": "https://small.test/",
            "hosts": "small.test",
            "languages": "kk",
            "selectors": {"body": "#story", "remove": ".related"},
        }
    )
    found = elements(PAGE, newsroom)
    assert found["div#story.text"].note.startswith("the body, by selector #story")
    assert "div.related" not in found


def test_without_an_article_the_large_parts_are_opened() -> None:
    items = "".join(f"<li>Тізімдегі {number}-жаңалықтың тақырыбы осында тұр</li>" for number in range(20))
    found = elements(f'<div id="all"><ul>{items}</ul></div>')
    assert list(found) == ["body", "div#all", "ul", "li"]
    assert not any(element.is_of_body for element in found.values())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from([*PAGE.split("\n"), "<div>", "</div>", "<p>", "<article class=body>", "<h1>"]), max_size=40
    )
)
def test_any_page_has_an_outline_from_its_top(parts: list[str]) -> None:
    response = HtmlResponse(URL, body="".join(parts).encode())
    found = outline(response, None, MOMENT)
    assert found[0].depth == 0
    assert all(after.depth <= before.depth + 1 for before, after in pairwise(found))
