from datetime import UTC, datetime

import pytest
from scrapy.http import HtmlResponse

from newscrawler.errors import NotAnArticle
from spiders.pages import read_article

NOW = datetime(2024, 5, 14, 13, 0, tzinfo=UTC)
LONG = "Қалада жаңа көпір ашылды, оған аудан тұрғындары мен құрылысшылар қатысты. " * 8


def read(title: str, heading: str, text: str) -> str:
    body = f"<html><head><title>{title}</title></head><body><h1>{heading}</h1><div><p>{text}</p></div></body></html>"
    return read_article(HtmlResponse("https://a.kz/kk/1", body=body.encode(), encoding="utf-8"), None, NOW).headline


@pytest.mark.parametrize(
    ("title", "heading", "text"),
    [
        ("Ой! | Шағын", "Ой!", "Страница не найдена. Она удалена или никогда не существовала."),
        ("Кешіріңіз | Шағын", "Кешіріңіз", "Мұндай бет табылмады, мекенжайды тексеріңіз. Басты бетке оралыңыз."),
        (
            "Шағын - Бет табылмады",
            "Кешіріңіз, қате кетті",
            "Іздегеніңіз көшірілген болуы мүмкін. Басты бетке оралыңыз.",
        ),
        ("404 | Шағын", "Кешіріңіз, қате кетті", "Іздегеніңіз көшірілген болуы мүмкін. Басты бетке оралыңыз."),
        ("Whoops", "Whoops, sorry", "Page not found! Please go back to the front page of our site and try again."),
    ],
)
def test_a_short_page_that_says_so_in_its_title_or_text_is_an_error_page(title: str, heading: str, text: str) -> None:
    with pytest.raises(NotAnArticle, match="it is an error page"):
        read(title, heading, text)


@pytest.mark.parametrize(
    ("title", "heading", "text"),
    [
        (
            "Көпір ашылды | Шағын",
            "Көпір ашылды",
            "404 оқушы жаңа мектепке барды, деп хабарлады әкімдік баспасөз қызметі.",
        ),
        ("Көпір ашылды | Шағын", "Көпір ашылды", f"Страница не найдена. {LONG}"),
        ("Бет табылмады | Шағын", "Көпір ашылды", LONG),
    ],
)
def test_an_article_that_holds_such_words_is_none(title: str, heading: str, text: str) -> None:
    assert read(title, heading, text) == heading
