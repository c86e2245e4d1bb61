"""Cleaning an article's texts, body and HTML."""

from __future__ import annotations

from copy import deepcopy
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.article import Article, Image, article_to_dict
from newscrawler.vocabulary import Vocabulary
from pipelines.clean import clean
from pipelines.step import StepContext
from tests.conftest import NOW, an_article


@pytest.fixture(scope="module")
def context(vocabulary: Vocabulary) -> StepContext:
    return StepContext(vocabulary=vocabulary, now=NOW)


def with_body(body: list[str], **values: object) -> Article:
    written = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in body)
    return an_article(1, **({"body": body, "body_html": written, "description": None} | values))


def test_every_text_is_in_normal_form(context: StepContext) -> None:
    article = with_body(
        ["Тү\u00adркістан\u00a0облысы", "\u200b"],
        headline="  Қaзaқстан\u200b ",
        description=" \u00a0",
        section="Қоғам\u00a0",
        authors=["Айгүл\u00a0Сәрсенова", " "],
        keywords=["жылы\u00adжай"],
        images=[Image(url="https://newsroom.test/1.jpg", caption="су\u00adрет", credit="\u200b")],
    )
    cleaned = clean(article, context)
    assert cleaned.headline == "Қазақстан"
    assert cleaned.description is None
    assert cleaned.section == "Қоғам"
    assert cleaned.authors == ["Айгүл Сәрсенова"]
    assert cleaned.keywords == ["жылыжай"]
    assert (cleaned.images[0].caption, cleaned.images[0].credit) == ("сурет", None)
    assert cleaned.body == ["Түркістан облысы"]
    assert cleaned.body_html.startswith("<p>Түркістан облысы</p>")


def test_the_article_that_was_given_stays_as_it_was(context: StepContext) -> None:
    article = with_body(
        ["Сө\u00adз.", "Читайте также: сөз"], images=[Image(url="https://newsroom.test/1.jpg", caption=" а")]
    )
    before = deepcopy(article)
    clean(article, context)
    assert article == before


def test_a_text_in_the_wrong_code_page_is_mended_everywhere(context: StepContext) -> None:
    headline, paragraph = "Ұлттық ұлан жаттығуы", "Қазақстанда ғылым мен өнер дамып келеді, ұлан жиналды."
    misread = [text.encode("kz1048").decode("cp1251") for text in (headline, paragraph)]
    cleaned = clean(with_body([misread[1]], headline=misread[0]), context)
    assert (cleaned.headline, cleaned.body) == (headline, [paragraph])
    assert cleaned.body_html == f"<p>{paragraph}</p>"


def test_headline_and_lead_on_top_of_the_body_are_dropped(context: StepContext) -> None:
    cleaned = clean(
        with_body(["Тақырып!", "Кіріспе", "Мәтін.", "Кіріспе."], headline="Тақырып", description="Кіріспе."),
        context,
    )
    assert cleaned.body == ["Мәтін.", "Кіріспе."]
    assert cleaned.body_html == "<p>Мәтін.</p><p>Кіріспе.</p>"


def test_a_body_that_only_repeats_the_headline_stays(context: StepContext) -> None:
    cleaned = clean(with_body(["Тақырып."], headline="Тақырып"), context)
    assert cleaned.body == ["Тақырып."]
    assert cleaned.body_html == "<p>Тақырып.</p>"


def test_stray_lines_are_dropped_from_body_and_html(context: StepContext) -> None:
    cleaned = clean(with_body(["Бірінші.", "Читайте также: В Алматы открыли парк", "Екінші.", "👁 532"]), context)
    assert cleaned.body == ["Бірінші.", "Екінші."]
    assert cleaned.body_html == "<p>Бірінші.</p><p>Екінші.</p>"


def test_links_below_a_heading_of_links_are_dropped_from_body_and_html(context: StepContext) -> None:
    body = ["Бірінші.", "Читайте также:", "В Қонаеве сменили акима", "Екінші."]
    written = (
        '<p>Бірінші.</p><div><p>Читайте также:</p><ul><li><a href="/2">В\u00a0Қонаеве сменили акима</a></li></ul></div>'
        "<p>Екінші.</p>"
    )
    cleaned = clean(with_body(body, body_html=written), context)
    assert cleaned.body == ["Бірінші.", "Екінші."]
    assert cleaned.body_html == "<p>Бірінші.</p><p>Екінші.</p>"


def test_another_count_of_views_makes_no_other_article(context: StepContext) -> None:
    yesterday, today = (
        clean(with_body(["Мәтін.", f"Просмотров: {views}", f"{views} комментариев"]), context)
        for views in ("1 234", "20 567")
    )
    assert article_to_dict(today) == article_to_dict(yesterday)


def test_quotes_and_dashes_stay_as_they_are_written(context: StepContext) -> None:
    paragraph = '– “Жол” — „бар“ - «иә» ‘жоқ’ "сөз" ‒ ’'
    cleaned = clean(with_body([paragraph], headline=paragraph + "!"), context)
    assert (cleaned.body, cleaned.headline) == ([paragraph], paragraph + "!")
    assert cleaned.body_html == f"<p>{escape(paragraph, quote=False)}</p>"


def test_the_source_is_kept_as_data_and_the_sentence_stays(context: StepContext) -> None:
    paragraph = "Зауыт ашылды,- деп хабарлайды newsroom.kz"
    cleaned = clean(with_body([paragraph, "Екінші."]), context)
    assert cleaned.credited_to == "newsroom.kz"
    assert cleaned.sources["credited_to"] == "text"
    assert cleaned.body[0] == paragraph


def test_a_source_that_the_page_names_stays_where_the_text_names_none(context: StepContext) -> None:
    cleaned = clean(with_body(["Мәтін."], credited_to=" Қаз\u00adАқпарат"), context)
    assert cleaned.credited_to == "ҚазАқпарат"
    assert "credited_to" not in cleaned.sources


paragraphs = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "Тақырып",
            "Тақырып.",
            "Кіріспе",
            "Читайте также: x",
            "Читайте также:",
            "👁 5",
            "Сөз, передаёт Zakon.kz.",
            "ќазаќ тiлi бойынша",
            "<b>&",
        ]
    ),
)


@given(headline=paragraphs, lead=st.none() | paragraphs, body=st.lists(paragraphs, max_size=6))
def test_cleaning_a_clean_article_changes_nothing(
    context: StepContext, headline: str, lead: str | None, body: list[str]
) -> None:
    once = clean(with_body(body, headline=headline, description=lead), context)
    twice = clean(deepcopy(once), context)
    assert article_to_dict(twice) == article_to_dict(once)
