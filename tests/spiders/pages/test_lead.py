from __future__ import annotations

import json

import pytest

from tests.spiders.pages.page_samples import HEADLINE, PARAGRAPHS, article, body, newsroom, page_html

LEAD = "Бадам өзені арқылы өтетін көпір орталықтағы кептелісті азайтады."


def _meta(text: str) -> str:
    return f'<meta name="description" content="{text}">'


@pytest.mark.parametrize(
    "element",
    [
        f"<div class='article__lead'>{LEAD}</div>",
        f"<b class='anons' itemprop='description'>{LEAD}</b>",
        f"<h2 class='desc'>{LEAD}</h2>",
        f"<p class='intro'>{LEAD}</p>",
        f"<div class='newsHeading'><p>{LEAD}</p></div>",
        f"<div class='zz'>{LEAD}</div>",
    ],
)
def test_a_lead_in_an_element_of_its_own(element: str) -> None:
    found = article(page_html(f"{element}<div class='article__body'>{body()}</div>"))
    assert (found.description, found.sources["description"]) == (LEAD, "text")
    assert found.body == PARAGRAPHS


def test_a_description_shown_before_the_body_is_the_lead() -> None:
    text = "Көпір туралы қысқаша"
    value = json.dumps({"@type": "NewsArticle", "headline": HEADLINE, "description": text})
    head = f'<script type="application/ld+json">{value}</script>'
    found = article(page_html(f"<span>{text}</span><div class='article__body'>{body()}</div>", head=head))
    assert (found.description, found.sources["description"]) == (text, "json-ld")
    assert found.body == PARAGRAPHS


@pytest.mark.parametrize(
    "description",
    [
        PARAGRAPHS[0],
        PARAGRAPHS[0][:70] + "...",
        "Zhanalyq.test – Қазақстанның соңғы жаңалықтары, көпір де осында",
        "Қазақстан және әлем жаңалықтары, сараптама, сұхбат, ауа райы",
        HEADLINE,
    ],
)
def test_a_description_that_is_no_lead(description: str) -> None:
    assert article(page_html(f"<div>{body()}</div>", head=_meta(description))).description is None


def test_a_description_that_stands_nowhere_on_the_page_counts() -> None:
    text = "Шымкент қаласында Бадам өзені арқылы жаңа көпір салынды"
    found = article(page_html(f"<div>{body()}</div>", head=_meta(text)))
    assert (found.description, found.sources["description"]) == (text, "meta")


@pytest.mark.parametrize(
    ("before", "lead"), [(LEAD, LEAD), (f"{HEADLINE} {LEAD}", LEAD), ("АСТАНА. ҚАЗАҚПАРАТ –", None)]
)
def test_the_lead_may_stand_in_json_ld_only(before: str, lead: str | None) -> None:
    value = json.dumps({"@type": "NewsArticle", "articleBody": " ".join([before, *PARAGRAPHS])})
    head = f'<script type="application/ld+json">{value}</script>'
    assert article(page_html(f"<div class='content'>{body()}</div>", head=head)).description == lead


def test_a_first_paragraph_named_as_a_lead_stays_in_the_body() -> None:
    rest = body([*PARAGRAPHS[1:], "Соңғы сөйлем осы."])
    html = f"<div class='article__body'><p class='lead'>{PARAGRAPHS[0]}</p>{rest}</div>"
    found = article(page_html(html))
    assert found.description is None
    assert found.body[0] == PARAGRAPHS[0]


def test_the_newsrooms_selector_comes_first() -> None:
    html = f"<div class='lead'>Басқа бір мәтін осында тұр екен.</div><div class='a'>{LEAD}</div><div>{body()}</div>"
    found = article(page_html(html), newsroom(selectors={"description": ".a"}))
    assert (found.description, found.sources["description"]) == (LEAD, "selector .a")
    assert LEAD not in found.body
